// The dtypes.

/** Names of NumPy's dtypes. */
export type DType =
  | "bool" | "int8" | "int16" | "int32" | "int64"
  | "uint8" | "uint16" | "uint32" | "uint64" | "float32" | "float64" | "complex64" | "complex128";

/** A typed array that holds elements of some dtype. */
export type TypedArray =
  | Uint8Array | Int8Array | Int16Array | Int32Array | BigInt64Array
  | Uint16Array | Uint32Array | BigUint64Array | Float32Array | Float64Array;

export interface TypedArrayConstructor {
  new (length: number): TypedArray;
  new (buffer: ArrayBufferLike, offset?: number, length?: number): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
}

/** The dtype that a typed array's class is named after: BigInt64Array holds int64. */
const named = (name: string): DType => name.replace(/^Big|Clamped|Array$/g, "").toLowerCase() as DType;

/** The typed array of each dtype. `bool` is one byte, 0 or 1. */
export const CONSTRUCTORS = { bool: Uint8Array } as unknown as Record<DType, TypedArrayConstructor>;
for (const type of [
  Int8Array, Int16Array, Int32Array, BigInt64Array, Uint8Array, Uint16Array, Uint32Array, BigUint64Array, Float32Array, Float64Array,
]) CONSTRUCTORS[named(type.name)] = type as unknown as TypedArrayConstructor;

/** The dtypes of the classes of this realm. Complex numbers lie in arrays of floats. */
const known = new Map<unknown, DType>(Object.entries(CONSTRUCTORS).map(([dtype, type]) => [type, dtype as DType]));

// An element is its real and its imaginary part, one after the other.
CONSTRUCTORS.complex64 = CONSTRUCTORS.float32;
CONSTRUCTORS.complex128 = CONSTRUCTORS.float64;

/** How many items of a typed array are an element: two for complex numbers. */
export const width = (dtype: DType): number => (dtype[0] === "c" ? 2 : 1);

/** A typed array for so many elements. */
export const room = (dtype: DType, size: number): TypedArray => new CONSTRUCTORS[dtype](size * width(dtype));

/** The dtype that is said of data, if they can be of it: bytes may be bools, and floats the parts of complex numbers; otherwise the data's own. */
export const saidOf = (own: DType, said: DType | undefined): DType =>
  (own === "uint8" && said === "bool") || (own === "float32" && said === "complex64") || (own === "float64" && said === "complex128") ? said : own;

/** The dtype of a typed array, also of a subclass such as Node's Buffer or of another realm; undefined for anything else. */
export const dtypeOf = (data: unknown): DType | undefined => {
  const own = ArrayBuffer.isView(data) && known.get(data.constructor);
  if (own) return own;
  const dtype = ArrayBuffer.isView(data) ? named((data as unknown as { [Symbol.toStringTag]: string })[Symbol.toStringTag]) : undefined;
  return dtype && Object.hasOwn(CONSTRUCTORS, dtype) ? dtype : undefined;
};

/** Bytes of an element. */
export const itemsize = (dtype: DType): number => CONSTRUCTORS[dtype].BYTES_PER_ELEMENT * width(dtype);
