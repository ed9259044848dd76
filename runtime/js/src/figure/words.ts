// Results as words: tables of numbers, or one number.

import type { ArrayResult, Result, Shown } from "./spec.js";

const isArray = (value: Result): value is ArrayResult => typeof value === "object" && "data" in value;

/** A number as a reader wants it: with six digits, or those before the point, and integers with all; what is no number as Python writes it. */
const text = (value: unknown): string => {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  return Number.isFinite(value) ? String(Number(value.toPrecision(Math.max(6, String(Math.trunc(Math.abs(value))).length)))) : String(value).replace("Infinity", "inf").replace("NaN", "nan");
};

/** A table of numbers, or one number. */
export const words = (body: HTMLElement): Shown => ({
  show(result) {
    if (!Array.isArray(result) && !isArray(result)) {
      const number = Object.assign(document.createElement("div"), { className: "number" });
      number.textContent = text(result);
      return body.replaceChildren(number);
    }
    const rows = (Array.isArray(result) ? result.map((one) => (isArray(one) ? one.toArray() : one)) : result.toArray()) as unknown[];
    const table = document.createElement("table");
    rows.slice(0, 200).forEach((values, k) => {
      const line = table.insertRow();
      const head = document.createElement("th");
      head.textContent = String(k);
      line.append(head);
      const all = [values].flat(Infinity);
      for (const value of all.slice(0, 50)) line.insertCell().textContent = text(value);
      if (all.length > 50) line.insertCell().textContent = "…";
    });
    if (rows.length > 200) table.createCaption().textContent = `… ${rows.length - 200} more`;
    const scroll = Object.assign(document.createElement("div"), { className: "scroll" });
    scroll.tabIndex = 0;
    scroll.append(table);
    body.replaceChildren(scroll);
  },
  paint() {},
});
