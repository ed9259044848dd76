import { CONSTRUCTORS, dtypeOf, room, width, type DType, type TypedArray } from "./dtype.js";
import { shared } from "./errors.js";
import { complexIn, describe, fits, isComplex, refuse, scalarIn } from "./scalar.js";

/** An element as JavaScript sees it. */
export type Element = number | bigint | boolean | Complex;

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** Nested lists of elements. */
export type Nested = Element | readonly Nested[];

/** A typed array with a shape, strides in elements and an offset. Of complex numbers, the typed array has the parts of each element beside each other. */
export interface View {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly dtype: DType;
}

/** Part of an axis: an index, which takes the axis away; `[start, stop, step]` as in Python, of which each may be missing; or null, all of it. */
export type Range = number | null | readonly (number | null | undefined)[];

/** Strides, in elements, of a C-contiguous array. */
export const contiguous = (shape: readonly number[]): number[] => {
  const strides: number[] = [];
  for (let k = shape.length, stride = 1; k-- > 0; stride *= shape[k]!) strides[k] = stride;
  return strides;
};

/** The number of elements of a shape. */
export const product = (shape: readonly number[]): number => {
  let size = 1;
  for (let k = 0; k < shape.length; k++) size *= shape[k]!;
  return size;
};

/** Whether two lists hold the same numbers. */
export const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((x, k) => x === b[k]);

/** The positions in the data of the first and the last element of a view; the last is below the first where it has none. */
export const reach = ({ shape, strides, offset }: Omit<View, "data" | "dtype">): [first: number, last: number] => {
  let first = offset;
  let last = offset;
  for (let k = 0; k < shape.length; k++) {
    const way = (shape[k]! - 1) * strides[k]!;
    if (way < 0) first += way;
    else last += way;
    if (!shape[k]) return [0, -1];
  }
  return [first, last];
};

/** Copies the elements of one view to another of the same shape and dtype. */
export const assign = (to: View, from: View): void => {
  const { shape, strides, offset } = from;
  const source = from.data;
  const target = to.data as TypedArray & { [k: number]: unknown };
  const wide = width(from.dtype);
  if (isPacked(to) && isPacked(from)) {
    return target.set(source.subarray(offset * wide, (offset + product(shape)) * wide) as never, to.offset * wide);
  }
  const level = (axis: number, a: number, b: number): void => {
    if (axis === shape.length) for (let k = 0; k < wide; k++) target[a * wide + k] = source[b * wide + k];
    else for (let i = 0; i < shape[axis]!; i++) level(axis + 1, a + i * to.strides[axis]!, b + i * strides[axis]!);
  };
  level(0, to.offset, offset);
};

/** Whether two indices may mean one element: certainly not where each axis steps over all that those with smaller strides reach. */
export const overlapsItself = ({ shape, strides }: Pick<View, "shape" | "strides">): boolean => {
  const axes = shape.map((n, k) => [Math.abs(strides[k]!), n] as const).filter(([, n]) => n > 1).sort(([a], [b]) => a - b);
  let reached = 0;
  for (const [stride, n] of axes) {
    if (stride <= reached) return true;
    reached += stride * (n - 1);
  }
  return false;
};

/** Whether a view is C-contiguous. */
export const isPacked = ({ shape, strides }: Pick<View, "shape" | "strides">): boolean => {
  // As in NumPy, the stride along an axis of one element is of no account, and an array without elements is in order.
  if (shape.includes(0)) return true;
  let stride = 1;
  for (let k = shape.length; k-- > 0; stride *= shape[k]!) if (shape[k] !== 1 && strides[k] !== stride) return false;
  return true;
};

/** Whether a view's data was taken away: transferred, of a memory that has grown, or of a buffer that has shrunk. */
const isDetached = (data: TypedArray): boolean => {
  if (data.length) return false;
  try {
    data.at(0);
    return false;
  } catch {
    return true;
  }
};

/** Whether a list holds integers from 0. */
export const isShape = (shape: unknown): shape is readonly number[] =>
  Array.isArray(shape) && shape.every((n) => Number.isInteger(n) && n >= 0);

/** No array has so many elements, and none along an axis: in a module's memory they could not be counted. */
const MOST = 2 ** 31;

/** Checks that the parts of a view fit together. */
export const checked = (view: View, refused: (got: string) => never): void => {
  const { data, shape, strides, offset } = view;
  if (!isShape(shape)) refused(`the shape ${Array.isArray(shape) ? `[${(shape as unknown[]).join(", ")}]` : describe(shape)}`);
  if (product(shape) >= MOST || shape.some((n) => n >= MOST)) refused(`the shape [${shape.join(", ")}], which has 2**31 elements or more`);
  if (!Array.isArray(strides)) refused(`the strides ${describe(strides)}`);
  const right = strides.length === shape.length && [...strides, offset].every(Number.isInteger);
  if (!right) refused(`strides [${strides.join(", ")}] and offset ${offset} for ${shape.length} axes`);
  const [first, last] = reach(view);
  if (isDetached(data)) refused("detached data");
  const wide = width(view.dtype);
  if (first < 0 || last >= Math.floor(data.length / wide)) refused(`elements ${first} to ${last} of data of length ${data.length}${wide > 1 ? `, ${wide} for each` : ""}`);
};

/**
 * An n-dimensional array: a typed array with a shape, strides in elements and an offset.
 *
 * Results of compiled functions own their data. `memory.array` makes arrays that lie in a module's memory. `structuredClone` and
 * `postMessage` give a plain object of the same fields, which every function takes, and of which `NDArray.from` makes an array again.
 */
class OwnNDArray implements View {
  declare readonly data: TypedArray;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  /** Whether functions may write to it. */
  writeable = true;

  constructor(
    data: TypedArray | undefined,
    shape?: readonly number[],
    strides?: readonly number[],
    offset = 0,
    dtype: DType = dtypeOf(data)!,
  ) {
    shape ??= [data!.length / width(dtype)];
    strides ??= contiguous(shape);
    // Of an array in a module's memory, data is a view that is made when it is asked for.
    if (data) this.data = data;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.dtype = dtype;
    if (data) checked(this, (got) => refuse("NDArray()", "data, shape, strides and an offset that fit together", got));
  }

  /** Number of dimensions. */
  get ndim(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get size(): number {
    return product(this.shape);
  }

  private place(index: readonly number[]): number {
    if (index.length !== this.ndim) throw new TypeError(`expected ${this.ndim} indices, got ${index.length}`);
    return index.reduce((at, i, k) => at + this.along(i, k) * this.strides[k]!, this.offset);
  }

  /** An index along an axis, counted from its beginning. */
  private along(i: number, axis: number): number {
    const n = this.shape[axis]!;
    if (!(Number.isInteger(i) && i >= -n && i < n)) throw new RangeError(`index ${i} is out of bounds for axis ${axis} with size ${n}`);
    return i < 0 ? i + n : i;
  }

  private element(at: number): Element {
    const { data, dtype } = this;
    if (width(dtype) > 1) return { re: data[2 * at] as number, im: data[2 * at + 1] as number };
    const value = data[at]!;
    return dtype === "bool" ? value !== 0 : value;
  }

  /** The element at an index; negative counts from the end. */
  get(...index: number[]): Element {
    return this.element(this.place(index));
  }

  /** Sets the element at an index; the last argument is the value, which has to fit the dtype. */
  set(...indexAndValue: [...number[], Element]): void {
    const value = indexAndValue.pop() as Element;
    const at = this.place(indexAndValue as number[]);
    if (!this.writeable) throw new TypeError("assignment destination is read-only");
    put(this.data, at, this.dtype, value, "NDArray.set()");
  }

  /** Element `i`, or the part at index `i` of the first axis, which shares its data. */
  at(i: number): Element | NDArray {
    return this.ndim === 1 ? this.get(i) : this.slice(i);
  }

  /** A view of part of it, one range for each leading axis: `x.slice([1, -1], 0)` is `x[1:-1, 0]`. */
  slice(...ranges: Range[]): NDArray {
    let offset = this.offset;
    const shape: number[] = [];
    const strides: number[] = [];
    if (ranges.length > this.ndim) throw new TypeError(`expected at most ${this.ndim} ranges, got ${ranges.length}`);
    for (let k = 0; k < this.ndim; k++) {
      const range = ranges[k] ?? [];
      const stride = this.strides[k]!;
      if (typeof range === "number") {
        offset += this.along(range, k) * stride;
        continue;
      }
      const n = this.shape[k]!;
      const step = range[2] ?? 1;
      if (!Number.isInteger(step) || !step) throw new RangeError("slice step must be an integer other than 0");
      const [low, high] = step > 0 ? [0, n] : [-1, n - 1];
      const bound = (i: number | null | undefined, missing: number) => (i == null ? missing : Math.min(Math.max(i < 0 ? i + n : i, low), high));
      const [start, stop] = step > 0 ? [bound(range[0], low), bound(range[1], high)] : [bound(range[0], high), bound(range[1], low)];
      const count = Math.max(Math.ceil((stop - start) / step), 0);
      if (count) offset += start * stride;
      shape.push(count);
      strides.push(step * stride);
    }
    return this.view(shape, strides, offset);
  }

  /** An array with another shape, strides and offset over the same data. */
  view(shape: readonly number[], strides: readonly number[], offset: number): NDArray {
    const view = new NDArray(this.data, shape, strides, offset, this.dtype);
    view.writeable = this.writeable;
    return view;
  }

  /** Elements in C order. */
  *[Symbol.iterator](): Generator<Element> {
    const packed = this.copy();
    for (let k = 0; k < packed.size; k++) yield packed.element(k);
  }

  /** Nested lists of the elements. */
  toArray(): Nested {
    const level = (axis: number, at: number): Nested =>
      axis < this.ndim ? Array.from({ length: this.shape[axis]! }, (_, i) => level(axis + 1, at + i * this.strides[axis]!)) : this.element(at);
    return level(0, this.offset);
  }

  /** Nested lists for `JSON.stringify`. 64-bit integers that no number holds exactly become strings; NaN and infinities, as ever, null. */
  toJSON(): unknown {
    const plain = (value: Nested): unknown =>
      typeof value !== "bigint" ? (Array.isArray(value) ? (value as Nested[]).map(plain) : value) : Number.isSafeInteger(Number(value)) ? Number(value) : `${value}`;
    return plain(this.toArray());
  }

  /** A C-contiguous copy that owns its data. */
  copy(): NDArray {
    const { data, dtype, shape, offset, size } = this;
    const packed = isPacked(this);
    const wide = width(dtype);
    const own = packed ? data.slice(offset * wide, (offset + size) * wide) : room(dtype, size);
    const out = new NDArray(own as TypedArray, shape, undefined, 0, dtype);
    if (!packed) assign(out, this);
    return out;
  }

  /** The text that NumPy prints. */
  toString(): string {
    return text(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `NDArray(${`${this}`.replaceAll("\n", "\n        ")}, dtype=${this.dtype})`;
  }

  /** An array of nested lists, a typed array, or an object with `data` and `shape`. Without a dtype: float64, int64 for BigInts, bool for booleans, complex128 for `{ re, im }`. */
  static from(source: Nested | TypedArray | Partial<View>, dtype?: DType): NDArray {
    const given = source as Partial<View>;
    const array =
      source instanceof NDArray ? source
      : dtypeOf(source) ? new NDArray(source as TypedArray)
      : given?.data && given.shape ? new NDArray(given.data, given.shape, given.strides, given.offset, given.dtype)
      : undefined;
    if (array) return (dtype ?? array.dtype) === array.dtype ? array.copy() : NDArray.from(array.toArray(), dtype);
    const shape = shapeOf(source as Nested);
    if (shape.length > 32) refuse("NDArray.from()", "lists in up to 32 levels", "a list that holds itself, or more");
    const element = shape.reduce((level: unknown) => (level as Nested[])[0], source) as unknown;
    const first = typeof element;
    const chosen = dtype ?? (first === "bigint" ? "int64" : first === "boolean" ? "bool" : isComplex(element) ? "complex128" : "float64");
    if (!Object.hasOwn(CONSTRUCTORS, chosen)) throw new TypeError(`there is no dtype ${describe(chosen)}`);
    const data = room(chosen, product(shape));
    fill(data, source as Nested, shape, chosen, "NDArray.from()");
    return new NDArray(data, shape, undefined, 0, chosen);
  }
}
export const NDArray = /* @__PURE__ */ shared("NDArray", OwnNDArray);
export type NDArray = OwnNDArray;

/** An element as NumPy prints it. */
const word = (value: Element, dtype: DType): string =>
  typeof value === "boolean" ? (value ? "True" : "False")
  : typeof value === "object" ? `${word(value.re, "float64")}${/^-/.test(`${value.im}`) || Object.is(value.im, -0) ? "" : "+"}${word(value.im, "float64")}j`
  : dtype[0] === "f" ? `${value}`.replace("NaN", "nan").replace("Infinity", "inf").replace(/^-?\d+$/, "$&.")
  : `${value}`;

/** Elements in brackets, of long axes the first and the last three, as NumPy prints them. */
const text = (array: NDArray): string => {
  if (!array.size) return "[]";
  if (!array.ndim) return word(array.get() as Element, array.dtype);
  const [item, edge] = array.size > 1000 ? [3, 3] : [Infinity, 0];
  const words: string[] = [];
  const level = (part: Element | NDArray): unknown => {
    if (!(part instanceof NDArray)) return words.push(word(part, array.dtype));
    const n = part.shape[0]!;
    const all = Array.from({ length: n > item + edge ? item + edge : n }, (_, i) => level(part.at(i < item ? i : i - item - edge)));
    return n > item + edge ? [...all.slice(0, item), "...", ...all.slice(item)] : all;
  };
  const tree = level(array);
  const width = Math.max(...words.map((word) => word.length), 0);
  const show = (node: unknown, indent: string): string =>
    Array.isArray(node)
      ? `[${node.map((x) => show(x, `${indent} `)).join(Array.isArray(node[0]) ? `\n${indent} ` : " ")}]`
      : node === "..." ? node : words[(node as number) - 1]!.padStart(width);
  return show(tree, "");
};

/** The shape that nested lists have if all of one level have one length. */
export const shapeOf = (nested: Nested): number[] => {
  const shape: number[] = [];
  // Beyond so many levels a list may hold itself.
  for (let level = nested; Array.isArray(level) && shape.length < 64; level = level[0] as Nested) shape.push(level.length);
  return shape;
};

/** Writes an element, which has to fit the dtype. */
const put = (data: TypedArray, at: number, dtype: DType, value: unknown, what: string): void => {
  const out = data as { [k: number]: unknown };
  if (width(dtype) > 1) {
    const { re, im } = complexIn(dtype, value, what);
    [out[2 * at], out[2 * at + 1]] = [re, im];
  } else out[at] = scalarIn(dtype, value, what);
};

/** Writes the elements of nested lists of a shape in C order, each exactly; names the first that does not fit. */
export const fill = (data: TypedArray, nested: Nested, shape: readonly number[], dtype: DType, what: string): void => {
  const out = data as { [k: number]: unknown };
  const float = dtype[0] === "f";
  let at = 0;
  const level = (node: Nested, axis: number, path: string): void => {
    if (axis === shape.length) {
      if (Array.isArray(node)) refuse(`${what}, item ${path},`, "lists of equal depth", "a list");
      put(data, at++, dtype, dtype === "bool" && typeof node === "number" ? node !== 0 : node, `${what}, item ${path},`);
      return;
    }
    const n = shape[axis]!;
    if (!Array.isArray(node)) refuse(`${what}, item ${path},`, "lists of equal depth", describe(node));
    const list = node as readonly Nested[];
    if (list.length !== n) refuse(`${what}, item ${path || "[]"},`, `lists of equal lengths (${n} here)`, `a list of ${list.length}`);
    let i = 0;
    if (axis === shape.length - 1 && float) at += i = numbers(out, at, list, dtype === "float32");
    for (; i < n; i++) level(list[i] as Nested, axis + 1, `${path}[${i}]`);
  };
  level(nested, 0, "");
};

/** Writes the numbers that a list begins with; gives how many. */
const numbers = (out: { [k: number]: unknown }, at: number, list: readonly unknown[], single: boolean): number => {
  const n = list.length;
  for (let i = 0; i < n; i++) {
    const value = list[i];
    if (typeof value !== "number" || (single && !fits(value, "float32"))) return i;
    out[at + i] = value;
  }
  return n;
};
