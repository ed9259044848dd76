// A figure in its host: controls that call a kernel, and views of what it gives.

import type { Theme } from "./axes.js";
import { row, type Value } from "./controls.js";
import type { Values } from "./format.js";
import { parts } from "./parts.js";
import type { ArrayResult, Result, Spec, View } from "./spec.js";
import style from "./style.css";

/** The compiled functions, and their module. */
export type Kernels = Record<string, (...args: unknown[]) => Result> & { $m: Memory };

/** A module, where arrays can stay. */
interface Memory {
  wasm: object | undefined;
  init(): Promise<unknown>;
  array(dtype: string, shape: readonly number[]): ArrayResult & { data: { set(from: ArrayLike<number | bigint>): void } };
}

/** What shows a result. */
interface Shown {
  /** Takes the words of a view, in which values stand. */
  relabel?(view: View): void;
  show(result: Result): void;
  paint(): void;
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

/** A number as a reader wants it. */
const text = (value: unknown): string => (typeof value === "number" && !Number.isInteger(value) ? String(Number(value.toPrecision(6))) : String(value));

const made = <K extends keyof HTMLElementTagNameMap>(tag: K, name = ""): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  if (name) element.className = name;
  return element;
};

/** A table of numbers, or one number. */
const words = (body: HTMLElement): Shown => ({
  show(result) {
    if (!Array.isArray(result) && !isArray(result)) {
      const number = made("div", "number");
      number.textContent = text(result);
      return body.replaceChildren(number);
    }
    const rows = (Array.isArray(result) ? result.map((one) => (isArray(one) ? one.toArray() : one)) : result.toArray()) as unknown[];
    const table = made("table");
    rows.slice(0, 200).forEach((values, k) => {
      const line = table.insertRow();
      const head = made("th");
      head.textContent = String(k);
      line.append(head);
      for (const value of [values].flat().slice(0, 50)) line.insertCell().textContent = text(value);
    });
    const scroll = made("div", "scroll");
    scroll.tabIndex = 0;
    scroll.append(table);
    body.replaceChildren(scroll);
  },
  paint() {},
});

/** Puts a figure into its host, in the place of its picture. The host gets a property `figure`: the controls' values, and the last result. */
export const mount = (host: HTMLElement, spec: Spec, kernels: Kernels): void => {
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  const panels = made("div", "panels");
  const controls = made("div", "controls");
  const told = made("p", "told");
  const error = made("p", "error");
  error.setAttribute("role", "alert");
  root.append(panels, told, error, controls);

  const theme = (): Theme => {
    const { color, fontFamily } = getComputedStyle(host);
    const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
    const shade = (alpha: number) => `rgba(${r},${g},${b},${alpha})`;
    return { text: color, quiet: shade(0.65), grid: shade(0.12), font: fontFamily };
  };
  let shown: Shown[] = [];
  const captions: HTMLElement[] = [];
  const viewAt = (k: number): View => spec.views[k] ?? spec.views[0] ?? { kind: "auto" };
  /** Puts values into the words of a view. */
  const worded = (view: View, results: Result[]): View => {
    const named: Values = {};
    spec.names?.forEach((name, k) => (named[name] = results[k]));
    spec.controls.forEach((control, k) => (named[control.name] = control.kind === "choice" ? (control.values?.[values[k] as number] ?? control.labels[values[k] as number]) : values[k]));
    const put = (text?: string) => text && (parts.titled?.(text, named, spec.floats) ?? text);
    const { title, x, y, y2, labels } = view;
    return Object.assign({ ...view }, ...Object.entries({ title: put(title), x: put(x), y: put(y), y2: put(y2), labels: labels?.map((label) => put(label)!) }).map(([key, value]) => (value === undefined ? {} : { [key]: value })));
  };
  const prepare = (results: Result[]): void => {
    shown = results.map((result, k) => {
      const view = viewAt(k);
      const kind = view.kind === "auto" ? viewOf(result) : view.kind;
      const figure = made("figure");
      const title = view.title ?? spec.names?.[k];
      if (title) {
        const caption = made("figcaption");
        caption.textContent = title;
        captions[k] = caption;
        figure.append(caption);
      }
      panels.append(figure);
      if (kind === "table" || kind === "number") {
        const body = made("div");
        figure.append(body);
        return words(body);
      }
      const canvas = made("canvas");
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", title ?? spec.alt);
      const plot = made("div", "plot");
      plot.append(canvas);
      figure.append(plot);
      const tell = (line: string) => void (told.textContent = line);
      return kind === "image" || kind === "rgb" ? new parts.Image!(canvas, view, theme, tell) : new parts.Chart!(canvas, { ...view, kind }, theme, tell);
    });
    const resized = new ResizeObserver(() => shown.forEach((one) => one.paint()));
    resized.observe(panels);
  };

  const values: Value[] = spec.controls.map(({ value }) => value);
  /** Calls the kernel of the choices with the values of the other controls, after other arguments. */
  const call = (...args: unknown[]): Result => {
    const chosen: number[] = [];
    spec.controls.forEach((control, k) => {
      const value = values[k]!;
      if (control.kind !== "choice") args.push(value);
      else if (control.values) args.push(control.values[value as number]);
      else chosen.push(value as number);
    });
    return kernels[spec.kernels[chosen.join()]!]!(...args);
  };
  const state: { values: Value[]; result: Result | undefined } = { values, result: undefined };
  Object.defineProperty(host, "figure", { value: state });
  const simulation = spec.animation && parts.simulated!(spec.animation, kernels, call);
  const update = (): void => {
    try {
      const result = (state.result = simulation ? simulation.show() : call());
      const results = spec.names ? (result as Result[]) : [result];
      if (!shown.length) prepare(results);
      shown.forEach((one, k) => {
        const view = worded(viewAt(k), results);
        if (captions[k] && view.title) captions[k].textContent = view.title;
        one.relabel?.({ ...view, kind: view.kind === "auto" ? viewOf(results[k]!) : view.kind });
        one.show(results[k]!);
      });
      error.textContent = "";
    } catch (caught) {
      const { name, message, pyLine, pyFunction } = caught as Error & { pyLine?: number; pyFunction?: string };
      error.textContent = `${name}: ${message}${pyLine ? ` (line ${pyLine}, in ${pyFunction})` : ""}`;
    }
  };

  // Of several values in one frame the last one counts.
  let waiting = false;
  spec.controls.forEach((control, k) =>
    controls.append(
      row(control, (value) => {
        values[k] = value;
        if (waiting || simulation) return;
        waiting = true;
        requestAnimationFrame(() => {
          waiting = false;
          update();
        });
      }),
    ),
  );
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => shown.forEach((one) => one.paint()));
  update();
  if (simulation) {
    controls.prepend(
      parts.player!(host, spec.animation!.speed, update, simulation, (caught) => {
        error.textContent = `${(caught as Error).name}: ${(caught as Error).message}`;
      }),
    );
  }
};
