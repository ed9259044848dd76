// A figure in its host: controls that call a kernel, and views of what it gives.

import type { Theme } from "./axes.js";
import { beside, exactly, type Beside } from "./beside.js";
import { copied, initial, row, type Value } from "./controls.js";
import { element } from "./element.js";
import type { Handle } from "./hands.js";
import type { Values } from "./format.js";
import { keepKeys } from "./keys.js";
import { parts } from "./parts.js";
import type { ArrayResult, Control, Result, Shown, Spec, View } from "./spec.js";
import style from "./style.css";

/** The compiled functions, and their module. */
export type Kernels = Record<string, (...args: unknown[]) => Result> & { $m: Memory };

/** A module, where arrays can stay. */
interface Memory {
  wasm: object | undefined;
  init(): Promise<unknown>;
  array(dtype: string, shape: readonly number[]): ArrayResult & { data: { set(from: ArrayLike<number | bigint>): void } };
}

const isArray = (value: Result): value is ArrayResult => typeof value === "object" && "data" in value;

/** The view of a result of which Python says nothing. */
const viewOf = (result: Result): View["kind"] => {
  if (Array.isArray(result)) return result.every(isArray) ? "lines" : "table";
  if (!isArray(result)) return "number";
  const { shape, dtype } = result;
  if (shape.length === 3 && dtype === "uint8" && (shape[2] === 3 || shape[2] === 4)) return "rgb";
  return shape.length === 2 ? "image" : shape.length === 1 ? "lines" : "table";
};

/** A kernel that takes more milliseconds runs beside the page. */
const SLOW = 100;

/** A kernel that has taken more milliseconds is given up for newer values. */
const ENOUGH = 2000;

/** What a host has as its property `figure`. */
export interface Figure {
  /** Of the controls, in their order. */
  readonly values: readonly Value[];
  /** The last one. */
  readonly result: Result | undefined;
  /** Whether the kernel runs in a worker. */
  readonly beside: boolean;
  /** Puts another control in the place of one, by its position, and takes its value. */
  put(control: Control, k: number): void;
}

/** Puts a figure into its host, in the place of its picture. `makes` makes the kernels once more; `end` says that the figure is no longer shown. The host gets a property
 * `figure`, and an event `figure` after each result, each error, and each value that steers a simulation. */
export const mount = (host: HTMLElement, spec: Spec, kernels: Kernels, makes: () => Kernels, end?: AbortSignal): void => {
  const root = host.attachShadow({ mode: "open" });
  keepKeys(host);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style + parts.styles);
  root.adoptedStyleSheets = [sheet];
  const panels = element("div", { class: "panels" });
  const controls = element("div", { class: "controls" });
  const told = element("p", { class: "told", role: "status" });
  const error = element("p", { class: "error", role: "alert" });
  root.append(panels, told, error, controls);

  const theme = (): Theme => {
    const { color, fontFamily } = getComputedStyle(host);
    const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
    const shade = (alpha: number) => `rgba(${r},${g},${b},${alpha})`;
    return { text: color, quiet: shade(0.65), grid: shade(0.12), font: fontFamily };
  };
  let shown: Shown[] = [];
  const repaint = (): void => shown.forEach((one) => one.paint());
  const captions: HTMLElement[] = [];
  const viewAt = (k: number): View => spec.views[k] ?? spec.views[0] ?? { kind: "auto" };
  /** Puts values into the words of a view. */
  const worded = (view: View, results: Result[]): View => {
    const named: Values = {};
    spec.names?.forEach((name, k) => (named[name] = results[k]));
    spec.controls.forEach((control, k) => (named[control.name] = control.kind === "choice" ? (control.values?.[values[k] as number] ?? control.labels[values[k] as number]) : values[k]));
    const put = (text: string) => parts.titled?.(text, named, spec.floats) ?? text;
    const words = { ...view };
    for (const key of ["title", "x", "y", "y2"] as const) if (view[key]) words[key] = put(view[key]);
    if (view.labels) words.labels = view.labels.map(put);
    return words;
  };
  const rows: HTMLElement[] = [];
  const handles: Handle[] = [];
  /** Puts the points that are dragged into their panels. */
  const handle = (): void => {
    spec.controls.forEach((control, k) => {
      if (control.kind !== "point" && control.kind !== "pointer") return;
      const panel = shown[spec.names && control.panel ? spec.names.indexOf(control.panel) : shown.findIndex((one) => one.hand)];
      const moved = (value: [number, number]): void => {
        change(k, value);
        rows[k]?.querySelectorAll("input").forEach((field, axis) => (field.value = String(Number(value[axis]!.toPrecision(6)))));
      };
      handles[k] = { name: control.name, value: [...control.value], follows: control.kind === "pointer", moved };
      panel?.hand?.handles.push(handles[k]);
    });
  };
  const prepare = (results: Result[]): void => {
    shown = results.map((result, k) => {
      const view = viewAt(k);
      const kind = view.kind === "auto" ? viewOf(result) : view.kind;
      const figure = element("figure");
      const title = view.title ?? spec.names?.[k];
      if (title) {
        captions[k] = element("figcaption", {}, title);
        figure.append(captions[k]);
      }
      panels.append(figure);
      const drawn = (body: HTMLElement, kind: View["kind"]): Shown => {
        const canvas = element("canvas", { role: "img", "aria-label": title ?? spec.alt });
        body.append(element("div", { class: "plot" }, canvas));
        figure.className = "drawn";
        const tell = (line: string) => void (told.textContent = line);
        return kind === "image" || kind === "rgb" ? new parts.Image!(canvas, view, theme, tell, parts.ColourMap!, parts.hands) : new parts.Chart!(canvas, { ...view, kind }, theme, tell, parts.ColourMap);
      };
      if (kind === "array") return parts.array!(figure, drawn, parts.words!);
      if (kind !== "table" && kind !== "number") return drawn(figure, kind);
      const body = element("div");
      figure.append(body);
      return parts.words!(body, view.dtype);
    });
    new ResizeObserver(repaint).observe(panels);
  };

  const values: Value[] = spec.controls.map(initial);
  /** The kernel of the choices, and the values of the other controls. */
  const request = (): [name: string, args: unknown[]] => {
    const chosen: number[] = [];
    const args: unknown[] = [];
    spec.controls.forEach((control, k) => {
      const value = values[k];
      if (control.kind !== "choice") args.push(copied(value));
      else if (control.values) args.push(control.values[value as number]);
      else chosen.push(value as number);
    });
    return [spec.kernels[chosen.join()]!, args];
  };
  /** Calls the kernel with the values of the controls, after other arguments. */
  const call = (...before: unknown[]): Result => {
    const [name, args] = request();
    return before.length ? kernels[name]!(...before, ...args) : exactly(kernels[name]!, args);
  };
  const state = { values, result: undefined as Result | undefined, beside: false as boolean, put: (control: Control, k: number): void => (place(control, k), take(k, initial(control))) } satisfies Figure;
  const notify = (): void => void host.dispatchEvent(new Event("figure"));
  Object.defineProperty(host, "figure", { value: state });
  const simulation = spec.animation && parts.simulated!(spec.animation, kernels, call);
  const display = (result: Result): void => {
    state.result = result;
    const results = spec.names ? (result as Result[]) : [result];
    if (!shown.length) {
      prepare(results);
      handle();
    }
    shown.forEach((one, k) => {
      const view = worded(viewAt(k), results);
      if (captions[k] && view.title) captions[k].textContent = view.title;
      one.relabel?.({ ...view, kind: view.kind === "auto" ? viewOf(results[k]!) : view.kind });
      one.show(results[k]!);
    });
    error.textContent = "";
    notify();
  };
  const failed = (caught: unknown): void => {
    const { name, message, pyLine, pyFunction } = caught as Error & { pyLine?: number; pyFunction?: string };
    error.textContent = `${name}: ${message}${pyLine ? ` (line ${pyLine}, in ${pyFunction})` : ""}`;
    notify();
  };
  let slow: Beside | undefined;
  /** When the call began that runs. */
  let since: number | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  /** Calls a slow kernel, and once more if values have changed meanwhile: those in between do not count. */
  const updateSlowly = async (): Promise<void> => {
    if (since !== undefined) {
      again ??= setTimeout(slow!.stop, since + ENOUGH - performance.now());
      return;
    }
    since = performance.now();
    panels.setAttribute("aria-busy", "true");
    const late = setTimeout(() => (told.textContent = "computing …"), SLOW);
    try {
      const result = await slow!.call(...request());
      if (result !== undefined) display(result);
    } catch (caught) {
      failed(caught);
    }
    since = undefined;
    clearTimeout(late);
    told.textContent = "";
    panels.setAttribute("aria-busy", "false");
    if (again === undefined) return;
    clearTimeout(again);
    again = undefined;
    void updateSlowly();
  };
  const update = (): void => {
    if (slow) return void updateSlowly();
    try {
      const started = performance.now();
      const result = simulation ? simulation.show() : call();
      const took = performance.now() - started;
      display(result);
      if ((took <= SLOW && !spec.beside) || simulation) return;
      slow = beside(makes, (name, args) => exactly(kernels[name]!, args), () => (told.textContent = "computing …"), end);
      state.beside = true;
    } catch (caught) {
      failed(caught);
    }
  };

  // Of several values in one frame the last one counts.
  let waiting = false;
  const change = (k: number, value: Value): void => {
    values[k] = value;
    if (simulation) notify();
    if (waiting || simulation) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      update();
    });
  };
  const take = (k: number, value: Value): void => {
    change(k, value);
    if (handles[k]) handles[k].value = value as [number, number];
  };
  const place = (control: Control, k: number): void => {
    if (control.kind === "pointer") return;
    const line = row(control, (value) => take(k, value));
    if (rows[k]) rows[k].replaceWith(line);
    else controls.append(line);
    rows[k] = line;
  };
  spec.controls.forEach(place);
  // A host that changes its colours changes those of text, which has a transition, however short; and a window may move to a screen that is sharper.
  host.addEventListener("transitionend", repaint);
  for (const query of ["(prefers-color-scheme: dark)", `(resolution: ${devicePixelRatio}dppx)`]) matchMedia(query).addEventListener("change", repaint, { signal: end! });
  update();
  if (simulation) controls.prepend(parts.player!(host, spec.animation!.speed, update, simulation, failed, row));
};
