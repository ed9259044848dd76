// A control for an array: a table in which numbers are typed and pasted, and rows are added and removed.

import type { Control } from "./spec.js";

/** An array as kernels take it. */
export interface Typed {
  data: ArrayLike<number | bigint> & { slice(): ArrayLike<number | bigint> };
  shape: number[];
}

/** A number as readers type it: with a comma or a point, `.5`, `3.`, `nan`, `inf`; nothing if it is none. */
export const numberOf = (text: string): number | undefined => {
  const plain = text.trim().replace("−", "-").replace(/^(-?[\d]*),(\d*)$/, "$1.$2").toLowerCase();
  if (plain === "nan") return NaN;
  const infinite = /^([+-]?)inf(inity)?$/.exec(plain);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(plain) ? Number(plain) : undefined;
};

/** A number in a cell. */
const shown = (value: number): string => (value === Infinity ? "inf" : value === -Infinity ? "-inf" : Number.isNaN(value) ? "nan" : String(value));

/** Cells of pasted text: lines, and what stands between tabs, semicolons or spaces, or commas before a space or in a line without tabs. */
const pasted = (text: string): string[][] => {
  const mark = text.includes("\t") ? "\t" : text.includes(";") ? ";" : /,\s|\d,.*\d\.|,.*,/.test(text) ? "," : /\s+/;
  return text.replace(/[\r\n]+$/, "").split(/\r?\n/).map((line) => line.split(mark).map((cell) => cell.trim()).filter((cell) => cell));
};

const CLASSES: Record<string, new (items: never[]) => Typed["data"]> = {
  int8: Int8Array, int16: Int16Array, int32: Int32Array, uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array,
  int64: BigInt64Array, uint64: BigUint64Array, float32: Float32Array, float64: Float64Array,
} as never;

/** The table. `changed` is called with the whole array whenever a cell is. */
export const table = (control: Extract<Control, { kind: "table" }>, changed: (value: Typed) => void): { element: HTMLElement; value: Typed } => {
  const { name, dtype, shape } = control;
  const columns = shape[1] ?? 1;
  const integer = !dtype.startsWith("f");
  const [, low, high] = integer ? limits(dtype) : [0, -Infinity, Infinity];
  let items = control.value.map((item) => numberOf(String(item))!);
  const array = (): Typed => {
    const rows = items.length / columns;
    return { data: new CLASSES[dtype]!((dtype.endsWith("64") && integer ? items.map(BigInt) : items) as never[]), shape: shape.length > 1 ? [rows, columns] : [rows] };
  };
  const fits = (value: number | undefined): value is number => value !== undefined && (!integer || (Number.isInteger(value) && value >= low && value <= high));
  const element = document.createElement("div");
  element.className = "entry";
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", name.replaceAll("_", " "));
  const grid = document.createElement("table");
  const button = (text: string, label: string, action: () => void): HTMLButtonElement => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    made.setAttribute("aria-label", label);
    made.addEventListener("click", action);
    return made;
  };
  const cell = (k: number): HTMLInputElement => {
    const input = Object.assign(document.createElement("input"), { type: "text", value: shown(items[k]!) });
    input.inputMode = "decimal";
    input.setAttribute("aria-label", `${name}, row ${Math.floor(k / columns)}${columns > 1 ? `, column ${k % columns}` : ""}`);
    input.addEventListener("change", () => {
      const value = numberOf(input.value);
      input.setAttribute("aria-invalid", String(!fits(value)));
      if (!fits(value)) return;
      items[k] = value;
      changed(array());
    });
    input.addEventListener("keydown", (event) => {
      const way = { ArrowUp: -columns, ArrowDown: columns, Enter: columns }[event.key];
      const next = way && grid.querySelectorAll("input")[k + way];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.select();
    });
    input.addEventListener("paste", (event) => {
      const cells = pasted(event.clipboardData?.getData("text") ?? "");
      if (cells.length < 2 && (cells[0]?.length ?? 0) < 2) return;
      event.preventDefault();
      paste(k, cells);
    });
    return input;
  };
  /** Puts cells at an item and below it; rows are added where they are missing. A line of several is a column where there is one. */
  const paste = (from: number, cells: string[][]): void => {
    const lines = columns === 1 && cells.length === 1 ? cells[0]!.map((one) => [one]) : cells;
    const [row, column] = [Math.floor(from / columns), from % columns];
    const next = items.slice();
    for (const [r, line] of lines.entries()) {
      while (next.length < (row + r + 1) * columns) next.push(0);
      for (const [c, text] of line.entries()) {
        const value = numberOf(text);
        if (column + c < columns && fits(value)) next[(row + r) * columns + column + c] = value;
      }
    }
    items = next;
    build();
    changed(array());
  };
  const build = (): void => {
    grid.replaceChildren();
    const rows = items.length / columns;
    for (let r = 0; r < rows; r++) {
      const line = grid.insertRow();
      for (let c = 0; c < columns; c++) line.insertCell().append(cell(r * columns + c));
      const away = button("×", `remove row ${r}`, () => {
        items.splice(r * columns, columns);
        build();
        changed(array());
      });
      away.disabled = rows === 1;
      line.insertCell().append(away);
    }
  };
  build();
  const more = button("+", "add a row", () => {
    items.push(...items.slice(-columns));
    build();
    grid.querySelectorAll("input")[items.length - columns]!.focus();
    changed(array());
  });
  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.append(grid);
  element.append(scroll, more);
  return { element, value: array() };
};

/** The least and the greatest integer of a dtype that a number holds exactly. */
const limits = (dtype: string): [bits: number, low: number, high: number] => {
  const bits = Math.min(54, Number(/\d+/.exec(dtype)![0]));
  return dtype[0] === "i" ? [bits, -(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [bits, 0, 2 ** Math.min(bits, 53) - 1];
};
