// Arrays of numbers from outside: pasted text, and files.

import { CONSTRUCTORS, type DType, type TypedArray } from "../dtype.js";
import { fromNpyParts } from "../npy-parts.js";
import { fitted, scalarOf, type Scalar } from "./numbers.js";

/** An array as kernels take it, in C order. */
export interface Typed {
  data: TypedArray;
  shape: number[];
  dtype: string;
}

const product = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1);

/** An array of a dtype, of which a function gives each element. */
export const typed = (dtype: string, shape: number[], element: (k: number) => Scalar): Typed => {
  const data = new CONSTRUCTORS[dtype as DType](product(shape));
  const wide = data instanceof BigInt64Array || data instanceof BigUint64Array;
  for (let k = 0; k < data.length; k++) {
    const value = element(k);
    (data as { [k: number]: unknown })[k] = wide ? BigInt(value) : Number(value);
  }
  return { data, shape, dtype };
};

/** An element as readers see it. */
export const element = ({ data, dtype }: Typed, k: number): Scalar => (dtype === "bool" ? !!data[k] : data[k]!);

/** Cells of text: its lines, and what stands in them between tabs, semicolons, commas or spaces. With `commas`, one comma in a line is no decimal comma. */
export const cellsOf = (text: string, commas: boolean): string[][] => {
  const mark = text.includes("\t") ? "\t" : text.includes(";") ? ";" : /,\s*\S*\s*,|,[ \t]|\d,.*\d\.|\.\d*,/.test(text) || (commas && text.includes(",")) ? "," : undefined;
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/).filter((line) => line.trim());
  const cells = lines.map((line) => (mark ? line.split(mark).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1")) : line.trim().split(/\s+/)));
  // A mark at the end of every line begins no column.
  return cells.every((line) => line.length > 1 && !line[line.length - 1]) ? cells.map((line) => line.slice(0, -1)) : cells;
};

/** The values of cells. An empty cell is NaN among floats. A first line of words, above others, is left out. What is no value is named by its place. */
export const valuesOf = (cells: string[][], dtype: string): Scalar[][] => {
  const isWord = (cell: string): boolean => {
    try {
      scalarOf(cell, "float64");
      return false;
    } catch {
      return true;
    }
  };
  const head = cells.length > 1 && cells[0]!.every(isWord) ? 1 : 0;
  return cells.slice(head).map((line, r) =>
    line.map((cell, c) => {
      if (!cell && dtype[0] === "f") return NaN;
      try {
        return scalarOf(cell, dtype);
      } catch (error) {
        throw new RangeError(`line ${r + head + 1}, column ${c + 1}: ${(error as Error).message}`);
      }
    }),
  );
};

/** An array of lines of values; one line or one column is an array of one dimension, if that is what is wanted. */
const ofLines = (lines: Scalar[][], dtype: string, ndim: number): Typed => {
  const columns = lines[0]?.length ?? 0;
  const uneven = lines.findIndex((line) => line.length !== columns);
  if (uneven > 0) throw new RangeError(`line ${uneven + 1} has ${lines[uneven]!.length} columns, and the first has ${columns}`);
  const flat = lines.flat();
  if (ndim === 1 && lines.length > 1 && columns > 1) throw new RangeError(`takes one row or one column, not ${lines.length} rows of ${columns}`);
  return typed(dtype, ndim === 1 ? [flat.length] : [lines.length, columns], (k) => flat[k]!);
};

/** The array in a file, `.npy` or text. */
export const arrayOf = async (file: File, dtype: string, ndim: number): Promise<Typed> => {
  const bytes = await file.arrayBuffer();
  const isNpy = String.fromCharCode(...new Uint8Array(bytes, 0, Math.min(6, bytes.byteLength))).endsWith("NUMPY");
  if (!isNpy && ndim > 2) throw new RangeError(`takes ${ndim} dimensions, which only .npy files have`);
  if (!isNpy) return ofLines(valuesOf(cellsOf(new TextDecoder().decode(bytes), true), dtype), dtype, ndim);
  const { data, shape, dtype: own, fortran } = fromNpyParts(bytes);
  if (shape.length !== ndim) throw new RangeError(`takes ${ndim} dimension${ndim > 1 ? "s" : ""}, not the shape (${shape.join(", ")}${shape.length === 1 ? "," : ""})`);
  // Position in C order to that in the file.
  const at = (k: number): number => {
    let place = 0;
    let stride = product(shape);
    for (let axis = shape.length; axis-- > 0; k = Math.floor(k / shape[axis]!)) place += (k % shape[axis]!) * (stride /= shape[axis]!);
    return place;
  };
  const given = { data, shape, dtype: own };
  return typed(dtype, shape, (k) => fitted(element(given, fortran ? at(k) : k), dtype));
};

/** Lets an element of the page take files: dropped on it, or chosen by a button, which is returned. */
export const takesFiles = (target: HTMLElement, name: string, dtype: string, ndim: number, taken: (array: Typed, file: string) => void, wrong: (message: string) => void): HTMLElement => {
  const read = (file: File | undefined): void => {
    if (file) arrayOf(file, dtype, ndim).then((array) => taken(array, file.name)).catch((error: Error) => wrong(`${file.name}: ${error.message}`));
  };
  const field = Object.assign(document.createElement("input"), { type: "file", accept: ".npy,.csv,.tsv,.txt", hidden: true });
  field.addEventListener("change", () => {
    read(field.files?.[0]);
    field.value = "";
  });
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "open …", title: "a .npy or .csv file, which can be dropped here too" });
  button.setAttribute("aria-label", `open a .npy or .csv file for ${name}`);
  button.addEventListener("click", () => field.click());
  button.append(field);
  for (const kind of ["dragover", "dragleave", "drop"] as const) {
    target.addEventListener(kind, (event) => {
      event.preventDefault();
      target.classList.toggle("over", kind === "dragover");
      if (kind === "drop") read(event.dataTransfer?.files[0]);
    });
  }
  return button;
};
