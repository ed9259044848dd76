import { CONSTRUCTORS, dtypeOf, isBig, type DType, type TypedArray } from "./dtype.js";
import { scalarIn } from "./scalar.js";

/** An element as JavaScript sees it. */
export type Element = number | bigint | boolean;

/** Nested lists of elements. */
export type Nested = Element | readonly Nested[];

/** A typed array with a shape, strides in elements and an offset. */
export interface View {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly dtype: DType;
}

/** Strides, in elements, of a C-contiguous array. */
export const contiguous = (shape: readonly number[]): number[] => {
  const strides: number[] = [];
  for (let k = shape.length, stride = 1; k-- > 0; stride *= shape[k]!) strides[k] = stride;
  return strides;
};

/** The number of elements of a shape. */
export const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Whether two lists hold the same numbers. */
export const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((x, k) => x === b[k]);

/** Copies the elements of one view to another of the same shape and dtype. */
export const assign = (to: View, from: View): void => {
  const { shape, strides, offset } = from;
  const source = from.data;
  const target = to.data as TypedArray & { [k: number]: unknown };
  if (same(to.strides, strides) && same(strides, contiguous(shape))) {
    return target.set(source.subarray(offset, offset + product(shape)) as never, to.offset);
  }
  const level = (axis: number, a: number, b: number): void => {
    if (axis === shape.length) target[a] = source[b];
    else for (let i = 0; i < shape[axis]!; i++) level(axis + 1, a + i * to.strides[axis]!, b + i * strides[axis]!);
  };
  level(0, to.offset, offset);
};

/**
 * An n-dimensional array: a typed array with a shape, strides in elements and an offset.
 *
 * Results of compiled functions own their data. `memory.array` makes arrays that lie in a module's memory.
 */
export class NDArray implements View {
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
    dtype: DType = dtypeOf(data)!,
  ) {
    this.read = typeof data === "function" ? data : () => data;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.dtype = dtype;
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
    return index.reduce((at, i, k) => {
      const n = this.shape[k]!;
      if (!(i >= -n && i < n)) throw new RangeError(`index ${i} is out of bounds for axis ${k} with size ${n}`);
      return at + (i < 0 ? i + n : i) * this.strides[k]!;
    }, this.offset);
  }

  private element(at: number): Element {
    const value = this.data[at]!;
    return this.dtype === "bool" ? value !== 0 : value;
  }

  /** The element at an index; negative counts from the end. */
  get(...index: number[]): Element {
    return this.element(this.at(index));
  }

  /** Sets the element at an index; the last argument is the value. */
  set(...indexAndValue: [...number[], Element]): void {
    const value = indexAndValue.pop() as Element;
    (this.data as { [k: number]: unknown })[this.at(indexAndValue as number[])] = isBig(this.dtype) ? BigInt(value) : Number(value);
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

  /** A C-contiguous copy that owns its data. */
  copy(): NDArray {
    const { data, dtype, shape, strides, offset, size } = this;
    const packed = same(strides, contiguous(shape));
    const own = packed ? data.slice(offset, offset + size) : new CONSTRUCTORS[dtype](size);
    const out = new NDArray(own as TypedArray, shape, undefined, 0, dtype);
    if (!packed) assign(out, this);
    return out;
  }

  /** An array of nested lists or a typed array. Without a dtype: float64, int64 for BigInts, bool for booleans. */
  static from(source: Nested | TypedArray | NDArray, dtype?: DType): NDArray {
    const array = dtypeOf(source) ? new NDArray(source as TypedArray) : source;
    if (array instanceof NDArray) return (dtype ?? array.dtype) === array.dtype ? array.copy() : NDArray.from(array.toArray(), dtype);
    const [flat, shape] = flatten(array as Nested);
    const first = typeof flat[0];
    const chosen = dtype ?? (first === "bigint" ? "int64" : first === "boolean" ? "bool" : "float64");
    return new NDArray(convert(flat, chosen, "NDArray.from()"), shape, undefined, 0, chosen);
  }
}

/** The elements of nested lists in C order, and their shape. */
export const flatten = (nested: Nested): [Element[], number[]] => {
  const shape: number[] = [];
  let level: Nested[] = [nested];
  while (Array.isArray(level[0])) {
    const n = level[0].length;
    if (level.some((row) => !Array.isArray(row) || row.length !== n)) {
      throw new TypeError("nested lists must have equal lengths at each level");
    }
    shape.push(n);
    level = level.flat() as Nested[];
  }
  return [level as Element[], shape];
};

/** Elements as a typed array, every one exactly. */
export const convert = (flat: readonly Element[], dtype: DType, what: string): TypedArray => {
  const data = new CONSTRUCTORS[dtype](flat.length);
  flat.forEach((value, k) => {
    (data as { [k: number]: unknown })[k] = scalarIn(dtype, dtype === "bool" && typeof value === "number" ? value !== 0 : value, `${what}, item ${k},`);
  });
  return data;
};
