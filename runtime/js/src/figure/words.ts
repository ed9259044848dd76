// Results as words: tables of numbers, or one number.

import { elements } from "./elements.js";
import { written } from "./numbers.js";
import type { ArrayResult, Result, Shown } from "./spec.js";

const isArray = (value: Result): value is ArrayResult => typeof value === "object" && "data" in value;

/** A number as a reader wants it: with six digits, or those before the point, and integers with all; what is no number as Python writes it. */
const rounded = (value: unknown): string =>
  written(typeof value === "number" && Number.isFinite(value) && !Number.isInteger(value) ? Number(value.toPrecision(Math.max(6, String(Math.trunc(Math.abs(value))).length))) : value);

/** Rows and columns that are shown. */
const MOST = [200, 50] as const;

/** A row of numbers, after what it is called. */
type Row = [head: string, values: unknown[]];

/** The first rows of an array, whole: an array of one dimension is one, and of more than two each has its index. */
const rowsOf = (array: ArrayResult): Row[] => {
  const { shape, dtype } = array;
  const all = elements(array);
  const columns = shape[shape.length - 1]!;
  const rows = columns ? all.length / columns : 0;
  return Array.from({ length: Math.min(rows, MOST[0]) }, (_, row): Row => {
    const index: number[] = [];
    for (let axis = shape.length - 1, rest = row; axis-- > 0; rest = Math.floor(rest / shape[axis]!)) index.unshift(rest % shape[axis]!);
    return [index.join(", "), Array.from({ length: columns }, (_, k) => (dtype === "bool" ? !!all[row * columns + k] : all[row * columns + k]))];
  });
};

/** A table of numbers, or one number; with a dtype, which is that of a number, with all their digits, and arrays by rows. */
export const words = (body: HTMLElement, dtype?: string): Shown => ({
  show(result) {
    if (!Array.isArray(result) && !isArray(result)) {
      const number = Object.assign(document.createElement("div"), { className: "number" });
      number.textContent = dtype === undefined ? rounded(result) : written(result, dtype);
      return body.replaceChildren(number);
    }
    const isExact = dtype !== undefined && isArray(result);
    const plain = () => (Array.isArray(result) ? result.map((one) => (isArray(one) ? one.toArray() : one)) : result.toArray()) as unknown[];
    const rows = isExact ? rowsOf(result) : plain().map((values, k): Row => [String(k), [values].flat(Infinity)]);
    const table = document.createElement("table");
    const head = (line: HTMLTableRowElement, text: string, scope: string): void => {
      const cell = Object.assign(document.createElement("th"), { textContent: text, scope });
      line.append(cell);
    };
    const most = Math.max(0, ...rows.map(([, values]) => values.length));
    if (isExact && most) {
      const line = table.createTHead().insertRow();
      if (result.shape.length > 1) line.insertCell();
      for (let k = 0; k < Math.min(most, MOST[1]); k++) head(line, String(k), "col");
    }
    const lines = table.createTBody();
    for (const [index, all] of rows.slice(0, MOST[0])) {
      const line = lines.insertRow();
      if (!isExact || result.shape.length > 1) head(line, index, "row");
      for (const value of all.slice(0, MOST[1])) line.insertCell().textContent = isExact ? written(value, result.dtype) : rounded(value);
      if (all.length > MOST[1]) line.insertCell().textContent = isExact ? `… ${all.length - MOST[1]} more` : "…";
    }
    const missing = (isExact && result.shape.length > 1 ? result.shape.slice(0, -1).reduce((size, n) => size * n, 1) : rows.length) - MOST[0];
    if (missing > 0) table.createCaption().textContent = `… ${missing} more`;
    const scroll = Object.assign(document.createElement("div"), { className: "scroll" });
    scroll.tabIndex = 0;
    scroll.append(table);
    body.replaceChildren(scroll);
  },
  paint() {},
});
