// Controls: sliders, boxes and lists, each beside its name and its value, which can be typed.

import type { Typed } from "./cells.js";
import { element } from "./element.js";
import { scalarOf, startOf, written, type Scalar } from "./numbers.js";
import { parts } from "./parts.js";
import type { Control } from "./spec.js";
import type { Nested } from "./text.js";

/** What a control has: a number or two, a bool, the position of a choice, an array, or a tuple. */
export type Value = Scalar | [number, number] | Typed | Nested;

/** The part that makes the control of an array or a tuple; other controls are made here. */
const entry = (control: Control, changed: (value: Value) => void): { element: HTMLElement; value: Value } | undefined => parts[control.kind as "table"]?.(control as never, changed);

/** The value that a control begins with. */
export const initial = (control: Control): Value => entry(control, () => undefined)?.value ?? (control.kind === "number" ? startOf(control) : (control.value as Value));

/** A value that a kernel may write to. */
export const copied = (value: Value): Value =>
  Array.isArray(value) ? value.map(copied)
  : value instanceof Map ? new Map(Array.from(value, ([key, content]) => [key, copied(content)]))
  : value instanceof Set ? new Set(value)
  : typeof value !== "object" ? value
  : "data" in value ? ({ ...value, data: (value as Typed).data.slice() } as Typed)
  : Object.fromEntries(Object.entries(value).map(([field, content]) => [field, copied(content)]));

/** Decimals of a step, as ipywidgets shows a value. */
const decimals = (step: number): number => Math.min(10, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));

/** The row of a control. `changed` is called with each new value. */
export const row = (control: Control, changed: (value: Value) => void): HTMLElement => {
  const { name } = control;
  const words = name.replaceAll("_", " ");
  if (control.kind === "bool") {
    const box = element("input", { type: "checkbox", name });
    box.checked = control.value;
    box.addEventListener("input", () => changed(box.checked));
    return element("label", { class: "control" }, element("span", {}, words), box);
  }
  const array = entry(control, changed);
  if (array) return element("div", { class: "control" }, element("span", {}, words), array.element);
  if (control.kind === "choice") {
    const list = element("select", { name }, ...control.labels.map((label, k) => element("option", { value: String(k) }, label)));
    list.value = String(control.value);
    list.addEventListener("input", () => changed(Number(list.value)));
    return element("label", { class: "control" }, element("span", {}, words), list);
  }
  if (control.kind !== "number") return parts.more!(control as never, changed, slider);
  const { track, typed, wrong } = slider(control, changed);
  return element("label", { class: "control" }, element("span", {}, words), track, typed, wrong);
};

/** A track and a field for one number, and what is wrong with what stands there. */
export const slider = (control: Extract<Control, { kind: "number" }>, changed: (value: number | bigint) => void) => {
  const { low, high, step, integer, log, name, dtype } = control;
  // On the track of a logarithmic slider are exponents of ten.
  const outside = (position: number): number => (log ? 10 ** position : position);
  const inside = (value: number): number => (log ? Math.log10(value) : value);
  const shown = (value: number | bigint): string => (dtype || integer ? written(value, dtype) : log ? String(Number(Number(value).toPrecision(4))) : [Number(value).toFixed(decimals(step)), String(value)].find((text) => Number(text) === value)!);
  const track = element("input", { type: "range", name, "aria-label": name, min: String(low), max: String(high), step: String(step) });
  const typed = element("input", { type: "text", inputmode: "decimal", "aria-label": `${name}, value`, size: /int64/.test(dtype ?? "") ? "20" : dtype ? "12" : "7" });
  const wrong = element("span", { class: "wrong", role: "alert" });
  const told = (message: string): void => {
    wrong.textContent = message;
    typed.setAttribute("aria-invalid", String(!!message));
  };
  const set = (value: number | bigint): void => {
    const position = inside(Number(value));
    if (position === position) track.value = String(Math.min(Math.max(position, low), high));
    typed.value = shown(value);
    track.setAttribute("aria-valuetext", typed.value);
    told("");
  };
  const take = (value: number | bigint): void => {
    set(value);
    changed(value);
  };
  const settled = (position: number): number => {
    const value = outside(Math.min(Math.max(position, low), high));
    return integer ? Math.round(value) : value;
  };
  track.addEventListener("input", () => take(settled(Number(track.value))));
  track.addEventListener("keydown", (event) => {
    const pages = event.key === "PageUp" ? 10 : event.key === "PageDown" ? -10 : 0;
    if (!pages) return;
    event.preventDefault();
    track.value = String(Number(track.value) + pages * step);
    take(settled(Number(track.value)));
  });
  typed.addEventListener("change", () => {
    try {
      const value = scalarOf(typed.value, dtype ?? "float64") as number | bigint;
      if (dtype) return take(value);
      // The track is all there is.
      if (integer && !Number.isInteger(value)) return told(`takes an integer from ${low} to ${high}, not ${typed.value.trim()}`);
      const position = inside(Number(value));
      if (position !== position) return told(`takes a number from ${shown(outside(low))} to ${shown(outside(high))}, not ${typed.value.trim()}`);
      take(settled(position));
    } catch (error) {
      told((error as Error).message);
    }
  });
  track.addEventListener("dblclick", () => take(startOf(control)));
  set(startOf(control));
  return { track, typed, wrong, set };
};
