// The dtypes, one row each.

/** Names of NumPy's dtypes. */
export type DType =
  | "bool" | "int8" | "int16" | "int32" | "int64"
  | "uint8" | "uint16" | "uint32" | "uint64" | "float32" | "float64";

/** A typed array that holds elements of some dtype. */
export type TypedArray =
  | Uint8Array | Int8Array | Int16Array | Int32Array | BigInt64Array
  | Uint16Array | Uint32Array | BigUint64Array | Float32Array | Float64Array;

export interface TypedArrayConstructor {
  new (length: number): TypedArray;
  new (buffer: ArrayBufferLike, offset?: number, length?: number): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
}

/** The typed array of each dtype. `bool` is one byte, 0 or 1. */
export const CONSTRUCTORS = {
  bool: Uint8Array, int8: Int8Array, int16: Int16Array, int32: Int32Array, int64: BigInt64Array,
  uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array, uint64: BigUint64Array,
  float32: Float32Array, float64: Float64Array,
} as unknown as Record<DType, TypedArrayConstructor>;

/** The dtype of a typed array, or undefined for anything else. */
export const dtypeOf = (data: unknown): DType | undefined =>
  ArrayBuffer.isView(data) && !(data instanceof DataView)
    ? ((data.constructor.name.replace(/^Big|Clamped|Array$/g, "").toLowerCase()) as DType)
    : undefined;

/** Whether elements are BigInts. */
export const isBig = (dtype: DType): boolean => dtype.endsWith("64") && !dtype.startsWith("f");

/** The smallest and largest integer of an integer dtype. */
export const limits = (dtype: DType): [bigint, bigint] => {
  const bits = BigInt(/\d+/.exec(dtype)![0]);
  return dtype[0] === "u" ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
};
