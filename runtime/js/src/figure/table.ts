// A control for an array: a table in which numbers are typed and pasted, rows and columns are added and removed, and files are dropped.

import { cellsOf, element, takesFiles, typed, valuesOf, type Typed } from "./cells.js";
import { fitted, scalarOf, written, type Scalar } from "./numbers.js";
import type { Control } from "./spec.js";

/** Rows and columns that have cells; there may be more. */
const MOST = [100, 24] as const;

/** The table. `changed` is called with the whole array whenever a cell is. */
export const table = (control: Extract<Control, { kind: "table" }>, changed: (value: Typed) => void): { element: HTMLElement; value: Typed } => {
  const { name, dtype, wide } = control;
  const ndim = control.shape.length;
  let array = typed(dtype, control.shape, (k) => scalarOf(String(control.value[k]), dtype));
  const size = (): [rows: number, columns: number] => [array.shape[0]!, array.shape[1] ?? 1];
  /** Makes another array of rows and columns, and shows it. */
  const become = (rows: number, columns: number, item: (row: number, column: number) => Scalar): void => {
    take(typed(dtype, ndim > 1 ? [rows, columns] : [rows], (k) => item(Math.floor(k / columns), k % columns)));
  };
  const take = (next: Typed): void => {
    array = next;
    build();
    changed(array);
  };
  const item = (row: number, column: number): Scalar => element(array, row * size()[1] + column);
  const zero = fitted(0, dtype);

  const entry = document.createElement("div");
  entry.className = "entry";
  entry.setAttribute("role", "group");
  entry.setAttribute("aria-label", name.replaceAll("_", " "));
  const grid = document.createElement("table");
  const wrong = Object.assign(document.createElement("div"), { className: "wrong" });
  wrong.setAttribute("role", "alert");
  const refused = (message: string): void => void (wrong.textContent = message);
  const button = (text: string, label: string, action: () => void): HTMLButtonElement => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    made.setAttribute("aria-label", label);
    made.addEventListener("click", action);
    return made;
  };
  const fieldAt = (row: number, column: number): HTMLInputElement | null | undefined => grid.rows[row]?.cells[column]?.querySelector("input");
  const cell = (row: number, column: number): HTMLInputElement => {
    const input = Object.assign(document.createElement("input"), { type: "text", value: written(item(row, column), dtype) });
    input.inputMode = dtype === "bool" ? "text" : "decimal";
    input.setAttribute("aria-label", `${name}, row ${row}${ndim > 1 ? `, column ${column}` : ""}`);
    input.addEventListener("change", () => {
      refused("");
      try {
        const value = scalarOf(input.value, dtype);
        array = typed(dtype, array.shape, (k) => (k === row * size()[1] + column ? value : element(array, k)));
        changed(array);
      } catch (error) {
        refused((error as Error).message);
      }
      input.setAttribute("aria-invalid", String(!!wrong.textContent));
    });
    input.addEventListener("keydown", (event) => {
      const next = fieldAt(row + ({ ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key] ?? NaN), column);
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.select();
    });
    input.addEventListener("paste", (event) => {
      const cells = cellsOf(event.clipboardData?.getData("text") ?? "", ndim > 1 || dtype[0] !== "f");
      if (cells.length < 2 && (cells[0]?.length ?? 0) < 2) return;
      event.preventDefault();
      try {
        paste(row, column, valuesOf(cells, dtype));
      } catch (error) {
        refused((error as Error).message);
      }
    });
    return input;
  };
  /** Puts values at a cell, to the right and below; rows, and columns if they may be, are added where they are missing. A line of several is a column where there is one. */
  const paste = (row: number, column: number, values: Scalar[][]): void => {
    const lines = ndim === 1 && values.length === 1 ? values[0]!.map((one) => [one]) : values;
    const [rows, columns] = size();
    const most = column + Math.max(...lines.map((line) => line.length));
    if (most > columns && !wide) throw new RangeError(`the table has ${columns} column${columns > 1 ? "s" : ""}, and what is pasted here needs ${most}`);
    become(Math.max(rows, row + lines.length), Math.max(columns, most), (r, c) => lines[r - row]?.[c - column] ?? (r < rows && c < columns ? item(r, c) : zero));
  };
  const build = (): void => {
    refused("");
    grid.replaceChildren();
    const [rows, columns] = size();
    const [shownRows, shownColumns] = [Math.min(rows, MOST[0]), Math.min(columns, MOST[1])];
    for (let r = 0; r < shownRows; r++) {
      const line = grid.insertRow();
      for (let c = 0; c < shownColumns; c++) line.insertCell().append(cell(r, c));
      const away = button("×", `remove row ${r}`, () => become(rows - 1, columns, (row, c) => item(row < r ? row : row + 1, c)));
      away.disabled = rows === 1;
      line.insertCell().append(away);
    }
    if (wide && columns > 1) {
      const line = grid.insertRow();
      for (let c = 0; c < shownColumns; c++) line.insertCell().append(button("×", `remove column ${c}`, () => become(rows, columns - 1, (r, column) => item(r, column < c ? column : column + 1))));
    }
    if (rows > shownRows || columns > shownColumns) grid.createCaption().textContent = `the first ${shownRows} rows and ${shownColumns} columns of ${rows} × ${columns}`;
  };
  build();
  const more = button(wide ? "+ row" : "+", "add a row", () => {
    const [rows, columns] = size();
    become(rows + 1, columns, (r, c) => (rows ? item(Math.min(r, rows - 1), c) : zero));
    fieldAt(rows, 0)?.focus();
  });
  const further = button("+ column", "add a column", () => {
    const [rows, columns] = size();
    become(rows, columns + 1, (r, c) => (columns ? item(r, Math.min(c, columns - 1)) : zero));
    fieldAt(0, columns)?.focus();
  });
  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.append(grid);
  const buttons = Object.assign(document.createElement("div"), { className: "pair" });
  const file = takesFiles(entry, name, dtype, ndim, (next) => {
    const [, columns] = size();
    if (ndim > 1 && !wide && next.shape[1] !== columns) throw new RangeError(`the table has ${columns} columns, not ${next.shape[1]}`);
    take(next);
  }, refused);
  buttons.append(more, ...(wide ? [further] : []), file);
  entry.append(scroll, buttons, wrong);
  return { element: entry, value: array };
};
