import { CONSTRUCTORS, dtypeOf, isBig, type DType, type TypedArray } from "./dtype.js";

/** An element as JavaScript sees it. */
export type Element = number | bigint | boolean;

/** Nested lists of elements. */
export type Nested = Element | readonly Nested[];

/** Strides, in elements, of a C-contiguous array. */
export const contiguous = (shape: readonly number[]): number[] => {
  const strides = new Array<number>(shape.length);
  for (let k = shape.length, stride = 1; k-- > 0; stride *= shape[k]!) strides[k] = stride;
  return strides;
};

/** The number of elements of a shape. */
export const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/**
 * An n-dimensional array: a typed array with a shape, strides in elements and an offset.
 *
 * Results of compiled functions own their data. `memory.array` makes arrays that lie in a module's memory.
 */
export class NDArray {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  /** Gives the data; of an array in a module's memory, a view that is valid until the memory grows. */
  protected readonly read: () => TypedArray;

  constructor(
    data: TypedArray | (() => TypedArray),
    shape: readonly number[] = [(data as TypedArray).length],
    strides: readonly number[] = contiguous(shape),
    offset = 0,
    dtype?: DType,
  ) {
    this.read = typeof data === "function" ? data : () => data;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.dtype = dtype ?? dtypeOf(this.read())!;
  }

  /** The elements' typed array. */
  get data(): TypedArray {
    return this.read();
  }

  /** Number of dimensions. */
  get ndim(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get size(): number {
    return product(this.shape);
  }

  private at(index: readonly number[]): number {
    if (index.length !== this.ndim) throw new TypeError(`expected ${this.ndim} indices, got ${index.length}`);
    let at = this.offset;
    for (let k = 0; k < index.length; k++) {
      const n = this.shape[k]!;
      const i = index[k]! < 0 ? index[k]! + n : index[k]!;
      if (!(i >= 0 && i < n)) {
        throw new RangeError(`index ${index[k]} is out of bounds for axis ${k} with size ${n}`);
      }
      at += i * this.strides[k]!;
    }
    return at;
  }

  /** The element at an index; negative counts from the end. */
  get(...index: number[]): Element {
    const value = this.data[this.at(index)]!;
    return this.dtype === "bool" ? value !== 0 : value;
  }

  /** Sets the element at an index; the last argument is the value. */
  set(...indexAndValue: [...number[], Element]): void {
    const value = indexAndValue.pop() as Element;
    const at = this.at(indexAndValue as number[]);
    (this.data as { [k: number]: unknown })[at] = isBig(this.dtype) ? BigInt(value) : Number(value);
  }

  /** Elements in C order. */
  *[Symbol.iterator](): Generator<Element> {
    const { data, shape, strides, dtype } = this;
    const n = this.size;
    const index = new Array<number>(shape.length).fill(0);
    for (let count = 0, at = this.offset; count < n; count++) {
      const value = data[at]!;
      yield dtype === "bool" ? value !== 0 : value;
      for (let k = shape.length; k-- > 0; ) {
        at += strides[k]!;
        if (++index[k]! < shape[k]!) break;
        at -= shape[k]! * strides[k]!;
        index[k] = 0;
      }
    }
  }

  /** Nested lists of the elements. */
  toArray(): Nested {
    const flat = [...this] as Nested[];
    let level = flat;
    for (let k = this.ndim; k-- > 1; ) {
      const n = this.shape[k]!;
      const rows = product(this.shape.slice(0, k));
      level = Array.from({ length: rows }, (_, i) => level.slice(i * n, (i + 1) * n));
    }
    return this.ndim ? level : flat[0]!;
  }

  /** A C-contiguous copy that owns its data. */
  copy(): NDArray {
    const out = new CONSTRUCTORS[this.dtype](this.size);
    let k = 0;
    for (const value of this) (out as { [k: number]: unknown })[k++] = typeof value === "boolean" ? Number(value) : value;
    return new NDArray(out, this.shape, undefined, 0, this.dtype);
  }

  /** An array of nested lists or a typed array. Without a dtype: float64, int64 for BigInts, bool for booleans. */
  static from(source: Nested | TypedArray | NDArray, dtype?: DType): NDArray {
    if (source instanceof NDArray) return dtype && dtype !== source.dtype ? NDArray.from(source.toArray(), dtype) : source.copy();
    if (dtypeOf(source)) return new NDArray((source as TypedArray).slice() as TypedArray, undefined, undefined, 0, dtype);
    const [flat, shape] = flatten(source as Nested);
    const first = flat[0];
    const chosen = dtype ?? (typeof first === "bigint" ? "int64" : typeof first === "boolean" ? "bool" : "float64");
    const data = new CONSTRUCTORS[chosen](flat.length);
    flat.forEach((value, k) => {
      (data as { [k: number]: unknown })[k] = isBig(chosen) ? BigInt(value) : Number(value);
    });
    return new NDArray(data, shape, undefined, 0, chosen);
  }
}

/** The elements of nested lists in C order, and their shape. */
export const flatten = (nested: Nested): [Element[], number[]] => {
  const shape: number[] = [];
  let level: Nested[] = [nested];
  while (level.length && Array.isArray(level[0])) {
    const n = level[0].length;
    if (level.some((row) => !Array.isArray(row) || row.length !== n)) {
      throw new TypeError("nested lists must have equal lengths at each level");
    }
    shape.push(n);
    level = (level as Nested[][]).flat();
  }
  if (level.some((item) => !/^(number|bigint|boolean)$/.test(typeof item))) {
    throw new TypeError("expected nested lists of numbers");
  }
  return [level as Element[], shape];
};
