
export type DType = "bool" | "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" | "float32" | "float64";

/** The typed array that holds elements of a dtype. */
export interface Data {
  bool: Uint8Array; int8: Int8Array; int16: Int16Array; int32: Int32Array; int64: BigInt64Array;
  uint8: Uint8Array; uint16: Uint16Array; uint32: Uint32Array; uint64: BigUint64Array;
  float32: Float32Array; float64: Float64Array;
}

/** An element as JavaScript sees it. */
export type Element<T extends DType> = T extends "bool" ? boolean : T extends "int64" | "uint64" ? bigint : number;

/** Nested lists. */
export type Nested<E> = E | readonly Nested<E>[];

/** Lists nested as deep as an array has dimensions. */
export type Lists<E, N extends number> =
  N extends 1 ? readonly E[]
  : N extends 2 ? readonly (readonly E[])[]
  : N extends 3 ? readonly (readonly (readonly E[])[])[]
  : N extends 4 ? readonly (readonly (readonly (readonly E[])[])[])[]
  : Nested<E>;

/** The extents of an array of so many dimensions. */
export type Shape<N extends number> =
  N extends 1 ? readonly [number]
  : N extends 2 ? readonly [number, number]
  : N extends 3 ? readonly [number, number, number]
  : N extends 4 ? readonly [number, number, number, number]
  : readonly number[];

/** Part of an axis: an index, `[start, stop, step]` of which each may be missing, or null for all of it. */
export type Range = number | null | readonly (number | null | undefined)[];

/** An n-dimensional array: a typed array with a shape, strides in elements and an offset. */
interface NDArray<T extends DType = DType, N extends number = number> extends Iterable<Element<T>> {
  readonly dtype: T;
  readonly data: Data[T];
  readonly shape: Shape<N>;
  readonly strides: Shape<N>;
  readonly offset: number;
  readonly size: number;
  readonly ndim: N;
  /** Whether functions may write to it. */
  writeable: boolean;
  /** The element at an index; negative counts from the end. */
  get(...index: Shape<N>): Element<T>;
  /** Sets the element at an index; the last argument is the value. */
  set(...indexAndValue: [...Shape<N>, Element<T> | number]): void;
  /** Element `i`, or the part at index `i` of the first axis, which shares its data. */
  at(i: number): Element<T> | NDArray<T>;
  /** A view of part of it, one range for each leading axis: `x.slice([1, -1], 0)` is `x[1:-1, 0]`. */
  slice(...ranges: Range[]): NDArray<T>;
  /** Nested lists of the elements. */
  toArray(): Lists<Element<T>, N>;
  /** Nested lists for `JSON.stringify`. */
  toJSON(): unknown;
  /** A C-contiguous copy that owns its data. */
  copy(): NDArray<T, N>;
  /** The text that NumPy prints. */
  toString(): string;
}

/** An array in the module's memory, which is passed without copying. */
export interface ResidentArray<T extends DType = DType, N extends number = number> extends NDArray<T, N> {
  /** Gives the memory back. */
  dispose(): void;
}

/** What is accepted for an array parameter. */
export type ArrayLike<T extends DType, N extends number> =
  | NDArray<T, N>
  | (N extends 1 ? Data[T] : never)
  | Lists<number | bigint | boolean, N>
  | { data: Data[T]; shape: Shape<N> | number[]; stride?: readonly number[]; strides?: readonly number[]; offset?: number };

/** Arrays that lie in the module's memory and are passed without copying. */
declare const $m: {
  array<T extends DType>(dtype: T, shape: number): ResidentArray<T, 1>;
  array<T extends DType, const S extends readonly number[]>(dtype: T, shape: S): ResidentArray<T, S["length"]>;
};

declare const $N: {
  new <T extends DType>(data: Data[T], shape?: readonly number[], strides?: readonly number[], offset?: number, dtype?: T): NDArray<T>;
  /** An array of nested lists, a typed array, or an object with `data` and `shape`. */
  from<T extends DType = "float64">(source: Nested<number | bigint | boolean> | Data[T] | { data: Data[T]; shape: readonly number[] }, dtype?: T): NDArray<T>;
};
