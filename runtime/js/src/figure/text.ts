// A control for what no table has room for: arrays of more dimensions, and tuples, as nested lists that are typed.

import type { Written } from "../leaf.js";
import { element, takesFiles, typed, type Typed } from "./cells.js";
import { scalarOf, written, type Scalar } from "./numbers.js";
import type { Control } from "./spec.js";

/** What such a control has: a number, a string, an array, or a tuple, a list, a dict, a set or an instance of these. */
export type Nested = Scalar | string | Typed | undefined | Nested[] | Map<Nested, Nested> | Set<Nested> | { [field: string]: Nested };

type Tree = string | Tree[];

/** Nested lists or tuples of words. */
const treeOf = (text: string): Tree => {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[[\](),]|[^\s[\](),]+/g) ?? [];
  let at = 0;
  const wrong = (): never => {
    throw new RangeError(`takes nested lists, such as [[1, 2], [3, 4]], and cannot read ${tokens[at] ? `on at ${tokens.slice(at, at + 5).join(" ")}` : "an end here"}`);
  };
  const value = (): Tree => {
    const token = tokens[at];
    const close = { "[": "]", "(": ")" }[token ?? ""];
    if (!close) {
      if (!token || "]),".includes(token)) wrong();
      at++;
      return token!;
    }
    const items: Tree[] = [];
    for (at++; tokens[at] !== close; ) {
      items.push(value());
      if (tokens[at] === ",") at++;
      else if (tokens[at] !== close) wrong();
    }
    at++;
    return items;
  };
  const found = value();
  return at === tokens.length ? found : wrong();
};

/** What stands between the quotes of a string. */
const stringOf = (token: string): string => token.slice(1, -1).replace(/\\(.)/g, (_, char: string) => ({ n: "\n", t: "\t" })[char] ?? char);

/** What rows stand for: a dict, a set, or an instance with fields. */
const heldOf = ([name, ...fields]: readonly string[], rows: Nested[][], refused: (takes: string, got: string) => never): Nested => {
  if (name === "dict") return new Map(rows as [Nested, Nested][]);
  if (name === "set") return new Set(rows.map(([item]) => item));
  return rows.length === 1 ? Object.fromEntries(fields.map((field, k) => [field, rows[0]![k]])) : refused("a list of one tuple, of the fields", `of ${rows.length}`);
};

/** A tree as a value of a type; `place` says where it stands. */
const valueOf = (tree: Tree, type: Written, place = ""): Nested => {
  const refused = (takes: string, got: string): never => {
    throw new RangeError(`${place && `item ${place} `}takes ${takes}, not ${got}`);
  };
  const told = (part: Tree): string => (typeof part === "string" ? part : `a list of ${part.length}`);
  const scalar = (part: Tree, dtype: string, at: string): Scalar => {
    if (typeof part !== "string") return refused(`a number${at && ` at ${at}`}`, told(part));
    try {
      return scalarOf(part, dtype);
    } catch (error) {
      throw new RangeError(`${place + at && `item ${place + at} `}${(error as Error).message}`);
    }
  };
  if (type === null) return tree === "None" ? undefined : refused("None", told(tree));
  if (Array.isArray(type)) return Array.isArray(tree) && tree.length === type.length ? tree.map((part, k) => valueOf(part, type[k]!, `${place}[${k}]`)) : refused(`a tuple of ${type.length}`, told(tree));
  if (typeof type === "object") {
    const items = Array.isArray(tree) ? tree.map((part, k) => valueOf(part, type.list, `${place}[${k}]`)) : refused("a list", told(tree));
    return type.held ? heldOf(type.held, items as Nested[][], refused) : items;
  }
  if (type === "str") return typeof tree === "string" && /^["']/.test(tree) ? stringOf(tree) : refused("a string, in quotes", told(tree));
  const [dtype, axes] = type.split("[") as [string, string?];
  if (!axes) return scalar(tree, dtype, "");
  const ndim = axes.split(",").length;
  const shape: number[] = [];
  for (let level = tree; Array.isArray(level); level = level[0]!) shape.push(level.length);
  // Of an empty list, the further extents are 0.
  while (shape.length < ndim && shape.includes(0)) shape.push(0);
  if (shape.length !== ndim) refused(`lists in ${ndim} level${ndim > 1 ? "s" : ""}`, `in ${shape.length}`);
  const items: Scalar[] = [];
  const level = (part: Tree, axis: number, at: string): void => {
    if (axis === ndim) return void items.push(scalar(part, dtype, at));
    if (!Array.isArray(part) || part.length !== shape[axis]) return refused(`lists of equal lengths (${shape[axis]}${at && ` at ${at}`})`, told(part));
    part.forEach((one, k) => level(one, axis + 1, `${at}[${k}]`));
  };
  level(tree, 0, "");
  return typed(dtype, shape, (k) => items[k]!);
};

/** An array as nested lists. */
const textOf = (array: Typed): string => {
  const level = (axis: number, at: number, size: number): string => {
    if (axis === array.shape.length) return written(element(array, at), array.dtype);
    const n = array.shape[axis]!;
    return `[${Array.from({ length: n }, (_, k) => level(axis + 1, at + (k * size) / n, size / n)).join(", ")}]`;
  };
  return level(0, 0, array.data.length);
};

/** Of more elements than these, an array from a file is not shown as text. */
const MOST = 4000;

/** The control. `changed` is called with each new value. */
export const text = (control: Extract<Control, { kind: "text" }>, changed: (value: Nested) => void): { element: HTMLElement; value: Nested } => {
  const { name, type } = control;
  const entry = Object.assign(document.createElement("div"), { className: "entry" });
  const area = Object.assign(document.createElement("textarea"), { name, value: control.value, rows: 3, spellcheck: false });
  area.setAttribute("aria-label", name.replaceAll("_", " "));
  const wrong = Object.assign(document.createElement("div"), { className: "wrong" });
  wrong.setAttribute("role", "alert");
  const told = (message: string): void => {
    wrong.textContent = message;
    area.setAttribute("aria-invalid", String(!!message));
  };
  // A string alone needs no quotes.
  const read = (): Nested => (type === "str" && !/^\s*["']/.test(area.value) ? area.value : valueOf(treeOf(area.value), type));
  area.addEventListener("input", () => {
    try {
      const value = read();
      told("");
      changed(value);
    } catch (error) {
      told((error as Error).message);
    }
  });
  entry.append(area, wrong);
  if (typeof type === "string" && type.includes("[")) {
    const [dtype, axes] = type.split("[") as [string, string];
    wrong.before(takesFiles(entry, name, dtype, axes.split(",").length, (array, file) => {
      area.value = array.data.length > MOST ? "" : textOf(array);
      area.placeholder = `an array of shape (${array.shape.join(", ")}) from ${file}`;
      told("");
      changed(array);
    }, told));
  }
  return { element: entry, value: read() };
};
