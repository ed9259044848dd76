// Simulations: a state in the module's memory, which a kernel advances, and the buttons that drive it.

import type { row as Row } from "./controls.js";
import type { ArrayResult, Result, Spec } from "./spec.js";

/** A simulation without its looks. */
export interface Simulation {
  reset(): void;
  step(): void;
  show(): Result;
}

interface Kernels {
  $m: { array(dtype: string, shape: readonly number[]): ArrayResult };
  [name: string]: unknown;
}

/** A simulation whose `step` takes the arrays of the state, which stay in memory, before what the controls say. */
export const simulated = ({ start, show, skip }: NonNullable<Spec["animation"]>, kernels: Kernels, step: (...state: unknown[]) => Result): Simulation => {
  const call = (name: string, ...args: unknown[]) => (kernels[name] as (...args: unknown[]) => Result)(...args);
  let state: ArrayResult[] = [];
  const simulation = {
    reset: () => {
      const begun = call(start);
      const parts = (Array.isArray(begun) ? begun : [begun]) as ArrayResult[];
      if (!state.length) state = parts.map(({ dtype, shape }) => kernels.$m.array(dtype, shape));
      parts.forEach((part, k) => (state[k]!.data as unknown as { set(from: unknown): void }).set(part.data));
      for (let k = 0; k < skip; k++) simulation.step();
    },
    step: () => void step(...state),
    show: () => call(show, ...state),
  };
  simulation.reset();
  return simulation;
};

/** The buttons of a simulation. It stands still while its host cannot be seen, and begins so where the reader prefers reduced motion. */
export const player = (host: HTMLElement, speed: number, update: () => void, { reset, step }: Simulation, failed: (error: unknown) => void, row: typeof Row): HTMLElement => {
  let running = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  let seen = false;
  let scheduled = false;
  const guarded = (action: () => void) => {
    try {
      action();
      update();
    } catch (error) {
      running = false;
      told();
      failed(error);
    }
  };
  const frame = (): void => {
    scheduled = false;
    if (!running || !seen || !host.isConnected) return;
    guarded(() => {
      for (let k = 0; k < speed; k++) step();
    });
    wake();
  };
  const wake = (): void => {
    if (scheduled || !running || !seen) return;
    scheduled = true;
    requestAnimationFrame(frame);
  };
  new IntersectionObserver((entries) => {
    seen = entries.at(-1)!.isIntersecting;
    wake();
  }).observe(host);

  const button = (name: string, action: () => void): HTMLButtonElement => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = name;
    made.addEventListener("click", action);
    return made;
  };
  const play = button("", () => {
    running = !running;
    told();
    wake();
  });
  const told = () => void (play.textContent = running ? "Pause" : "Play");
  told();
  const once = button("Step", () => {
    running = false;
    told();
    guarded(step);
  });
  const again = button("Reset", () => guarded(reset));
  const buttons = document.createElement("div");
  buttons.className = "buttons";
  buttons.append(play, once, again);
  const group = document.createElement("div");
  group.className = "player";
  group.append(buttons, row({ kind: "number", name: "steps_in_a_frame", integer: true, log: false, low: 1, high: Math.max(20, 2 * speed), step: 1, value: speed }, (value) => (speed = value as number)));
  return group;
};
