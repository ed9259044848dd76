// Controls: sliders, boxes and lists, each beside its name and its value, which can be typed.

import { parts } from "./parts.js";
import type { Control } from "./spec.js";
import type { Typed } from "./table.js";

/** What a control has: a number or two, a bool, the position of a choice, or an array. */
export type Value = number | boolean | [number, number] | Typed;

const element = <K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

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
  if (control.kind === "button") {
    let count = control.value;
    const button = element("button", { type: "button", name }, control.label ?? words);
    button.addEventListener("click", () => changed(++count));
    return element("div", { class: "control" }, element("span", {}, control.label ? words : ""), button);
  }
  if (control.kind === "table") return element("div", { class: "control" }, element("span", {}, words), parts.table!(control, changed).element);
  // The pointer has no row; a point's fields are for keys, and follow it.
  if (control.kind === "point" || control.kind === "pointer") {
    const value: [number, number] = [...control.value];
    const fields = value.map((start, k) => {
      const field = element("input", { type: "number", step: "any", name: `${name} ${"xy"[k]!}`, "aria-label": `${name}, ${"xy"[k]!}`, value: String(Number(start.toPrecision(6))) });
      field.addEventListener("input", () => {
        if (!Number.isFinite(field.valueAsNumber)) return;
        value[k] = field.valueAsNumber;
        changed([...value]);
      });
      return field;
    });
    return element("div", { class: "control", role: "group", "aria-label": words }, element("span", {}, words), element("span", { class: "pair" }, ...fields));
  }
  if (control.kind === "choice") {
    const list = element("select", { name }, ...control.labels.map((label, k) => element("option", { value: String(k) }, label)));
    list.value = String(control.value);
    list.addEventListener("input", () => changed(Number(list.value)));
    return element("label", { class: "control" }, element("span", {}, words), list);
  }
  if (control.kind === "range") {
    const value: [number, number] = [...control.value];
    const handles = value.map((start, k) => slider({ ...control, kind: "number", log: false, value: start, name: `${name} ${k ? "to" : "from"}` }, (next) => {
      value[k] = next;
      // A handle takes the other one along.
      if (value[0] > value[1]) {
        value[1 - k] = next;
        handles[1 - k]!.set(next);
      }
      changed([...value]);
    }));
    return element("div", { class: "control", role: "group", "aria-label": words }, element("span", {}, words), element("span", { class: "pair" }, ...handles.map(({ track }) => track)), element("span", { class: "pair" }, ...handles.map(({ typed }) => typed)));
  }
  const { track, typed } = slider(control, changed);
  return element("label", { class: "control" }, element("span", {}, words), track, typed);
};

/** A track and a field for one number. */
const slider = (control: Extract<Control, { kind: "number" }>, changed: (value: number) => void) => {
  const { low, high, step, integer, log, name } = control;
  // On the track of a logarithmic slider are exponents of ten.
  const outside = (position: number): number => (log ? 10 ** position : position);
  const inside = (value: number): number => (log ? Math.log10(value) : value);
  const shown = (value: number): string => (integer ? String(value) : log ? String(Number(value.toPrecision(4))) : value.toFixed(decimals(step)));
  const track = element("input", { type: "range", name, "aria-label": name, min: String(low), max: String(high), step: String(step) });
  const typed = element("input", { type: "text", inputmode: "decimal", "aria-label": `${name}, value`, size: "7" });
  const set = (value: number): void => {
    track.value = String(inside(value));
    typed.value = shown(value);
    track.setAttribute("aria-valuetext", typed.value);
  };
  const take = (value: number): void => {
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
    take(settled(Number(track.value) + pages * step));
  });
  typed.addEventListener("change", () => {
    const value = Number(typed.value.replace("−", "-").replace(",", "."));
    take(Number.isFinite(value) && typed.value.trim() ? settled(inside(value)) : settled(Number(track.value)));
  });
  track.addEventListener("dblclick", () => take(control.value));
  set(control.value);
  return { track, typed, set };
};
