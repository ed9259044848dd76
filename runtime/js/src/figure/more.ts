// The controls that few figures have: a button, a track with two handles, the fields of a point.

import type { slider as Slider, Value } from "./controls.js";
import { element } from "./element.js";
import type { Control } from "./spec.js";

/** The row of such a control. `slider` makes a track and a field. */
export const more = (control: Extract<Control, { kind: "button" | "point" | "pointer" | "range" }>, changed: (value: Value) => void, slider: typeof Slider): HTMLElement => {
  const { name } = control;
  const words = name.replaceAll("_", " ");
  if (control.kind === "button") {
    let count = control.value;
    const button = element("button", { type: "button", name }, control.label ?? words);
    button.addEventListener("click", () => changed(++count));
    return element("div", { class: "control" }, element("span", {}, control.label ? words : ""), button);
  }
  const value: [number, number] = [...control.value];
  const row = (...children: Node[]): HTMLElement => element("div", { class: "control", role: "group", "aria-label": words }, element("span", {}, words), ...children);
  const pair = (children: Node[]): HTMLElement => element("span", { class: "pair" }, ...children);
  if (control.kind === "range") {
    const handles = value.map((start, k) => slider({ ...control, kind: "number", log: false, value: start, name: `${name} ${k ? "to" : "from"}` }, (next) => {
      value[k] = Number(next);
      // A handle takes the other one along.
      if (value[0] > value[1]) {
        value[1 - k] = value[k]!;
        handles[1 - k]!.set(next);
      }
      changed([...value]);
    }));
    return row(pair(handles.map(({ track }) => track)), pair(handles.map(({ typed }) => typed)), ...handles.map(({ wrong }) => wrong));
  }
  // A point's fields are for keys, and follow it.
  const fields = value.map((start, k) => {
    const field = element("input", { type: "number", step: "any", name: `${name} ${"xy"[k]!}`, "aria-label": `${name}, ${"xy"[k]!}`, value: String(Number(start.toPrecision(6))) });
    field.addEventListener("input", () => {
      const isNumber = Number.isFinite(field.valueAsNumber);
      field.setAttribute("aria-invalid", String(!isNumber));
      if (!isNumber) return;
      value[k] = field.valueAsNumber;
      changed([...value]);
    });
    // What is no number gives way to what counts.
    field.addEventListener("change", () => {
      if (Number.isFinite(field.valueAsNumber)) return;
      field.value = String(Number(value[k]!.toPrecision(6)));
      field.setAttribute("aria-invalid", "false");
    });
    return field;
  });
  return row(pair(fields));
};
