
export type DType = "bool" | "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" | "float32" | "float64" | "complex64" | "complex128";

/** The typed array that holds elements of a dtype; a complex one is two of its items, the real and the imaginary part. */
export interface Data {
  bool: Uint8Array; int8: Int8Array; int16: Int16Array; int32: Int32Array; int64: BigInt64Array;
  uint8: Uint8Array; uint16: Uint16Array; uint32: Uint32Array; uint64: BigUint64Array;
  float32: Float32Array; float64: Float64Array; complex64: Float32Array; complex128: Float64Array;
}

/** An element as JavaScript sees it. */
export type Element<T extends DType> = T extends "bool" ? boolean : T extends "int64" | "uint64" ? bigint : T extends "complex64" | "complex128" ? Complex : number;

/** A complex number. */
export interface Complex { readonly re: number; readonly im: number }

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

/** The ranges of some that are indices, which take their axes away. */
export type Indices<R extends readonly unknown[]> =
  R extends readonly [infer F, ...infer Rest] ? (F extends number ? [unknown, ...Indices<Rest>] : Indices<Rest>) : [];

/** The number of dimensions that are left of N. */
export type Left<N extends number, Gone extends unknown[]> = Shape<N> extends readonly [...Gone, ...infer Rest] ? Rest["length"] : number;

/** The number of dimensions of nested lists, of which arrays have four at most. */
export type Depth<S> =
  S extends readonly (infer A)[] ? (A extends readonly (infer B)[] ? (B extends readonly (infer C)[] ? (C extends readonly unknown[] ? 4 : 3) : 2) : 1) : 0;

/** The dtype of nested lists. */
export type ListDType<S> = S extends readonly (infer A)[] ? (A extends readonly (infer B)[] ? (B extends readonly (infer C)[] ? (C extends readonly (infer D)[] ? ItemDType<D> : ItemDType<C>) : ItemDType<B>) : ItemDType<A>) : ItemDType<S>;
type ItemDType<E> = E extends bigint ? "int64" : E extends boolean ? "bool" : E extends Complex ? "complex128" : "float64";

/** The dtype that a typed array has; of bytes it is uint8. */
export type DataDType<A> = A extends Uint8ClampedArray ? "uint8" : { [T in Exclude<DType, Said>]: A extends Data[T] ? T : never }[Exclude<DType, Said>];

/** The dtypes of arrays that say so, since their elements lie in typed arrays of another one. */
type Said = "bool" | "complex64" | "complex128";

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
  at(i: number): number extends N ? Element<T> | NDArray<T> : N extends 1 ? Element<T> : NDArray<T, Left<N, [unknown]>>;
  /** A view of part of it, one range for each leading axis: `x.slice([1, -1], 0)` is `x[1:-1, 0]`. */
  slice<const R extends readonly Range[]>(...ranges: R): NDArray<T, Left<N, Indices<R>>>;
  /** Nested lists of the elements. */
  toArray(): Lists<Element<T>, N>;
  /** Nested lists for `JSON.stringify`. */
  toJSON(): unknown;
  /** A C-contiguous copy that owns its data. */
  copy(): NDArray<T, N>;
  /** The text that NumPy prints. */
  toString(): string;
}

/** What `using` asks for, in projects whose `lib` knows of it (`esnext.disposable`). */
export type Disposing = SymbolConstructor extends { readonly dispose: infer S extends symbol } ? { [K in S]: () => void } : {};

/** An array in the module's memory, which is passed without copying. */
export interface ResidentArray<T extends DType = DType, N extends number = number> extends NDArray<T, N>, Disposing {
  /** Gives the memory back. */
  dispose(): void;
}

/** The typed arrays of a dtype that functions take: for bytes also those of an `ImageData`. */
export type Given<T extends DType> = (T extends "complex64" | "complex128" ? never : Data[T]) | (T extends "uint8" ? Uint8ClampedArray : never);

/** What is accepted for an array parameter. */
export type ArrayLike<T extends DType, N extends number> = Writable<T, N> | Lists<number | bigint | boolean | (T extends "complex64" | "complex128" ? Complex : never), N>;

/** What is accepted for an array that a function writes to, and for that of a result. */
export type Writable<T extends DType, N extends number> =
  | NDArray<T, N>
  | (N extends 1 ? Given<T> : never)
  | { data: Given<T>; shape: Shape<N> | number[]; stride?: readonly number[]; strides?: readonly number[]; offset?: number }
  | { data: Data[T]; dtype: T; shape: Shape<N> | number[]; stride?: readonly number[]; strides?: readonly number[]; offset?: number };

/** Arrays that lie in the module's memory and are passed without copying. */
declare const $m: {
  array<T extends DType>(dtype: T, shape: number): ResidentArray<T, 1>;
  array<T extends DType, const S extends readonly number[]>(dtype: T, shape: S): ResidentArray<T, S["length"]>;
};

declare const NDArray: {
  new <A extends Data[DType]>(data: A): NDArray<DataDType<A>, 1>;
  new <A extends Data[DType], const S extends readonly number[]>(data: A, shape: S, strides?: readonly number[], offset?: number): NDArray<DataDType<A>, S["length"]>;
  new <T extends DType, const S extends readonly number[]>(data: Data[T], shape: S, strides: readonly number[] | undefined, offset: number | undefined, dtype: T): NDArray<T, S["length"]>;
  /** A copy of an array, a typed array, an object with `data` and `shape`, or nested lists: of float64, of int64 for BigInts, of bool for booleans, of complex128 for `{ re, im }`. */
  from<T extends DType, N extends number>(source: NDArray<T, N>): NDArray<T, N>;
  from<A extends Given<DType>>(source: A): NDArray<DataDType<A>, 1>;
  from<A extends Given<DType>, const S extends readonly number[]>(source: { data: A; shape: S }): NDArray<DataDType<A>, S["length"]>;
  from<const S extends Nested<number | bigint | boolean | Complex>>(source: S): NDArray<ListDType<S>, Depth<S>>;
  /** The same with another dtype. */
  from<N extends number, T extends DType>(source: NDArray<DType, N>, dtype: T): NDArray<T, N>;
  from<T extends DType>(source: Given<DType>, dtype: T): NDArray<T, 1>;
  from<const S extends readonly number[], T extends DType>(source: { data: Given<DType>; shape: S }, dtype: T): NDArray<T, S["length"]>;
  from<const S extends Nested<number | bigint | boolean | Complex>, T extends DType>(source: S, dtype: T): NDArray<T, Depth<S>>;
};
