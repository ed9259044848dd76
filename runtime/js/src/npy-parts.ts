// What stands in NumPy's .npy files (format version 1.0 to 3.0, numpy.lib.format), without the class of arrays.

import { CONSTRUCTORS, itemsize, type DType, type TypedArray } from "./dtype.js";

/** The dtypes, by the codes of such files. */
export const CODES: Record<string, DType> = {
  b1: "bool", i1: "int8", i2: "int16", i4: "int32", i8: "int64",
  u1: "uint8", u2: "uint16", u4: "uint32", u8: "uint64", f4: "float32", f8: "float64", c8: "complex64", c16: "complex128",
};

/** What a .npy file holds: elements in C order, or in Fortran's. */
export interface NpyParts {
  data: TypedArray;
  shape: number[];
  dtype: DType;
  fortran: boolean;
}

/** Reads a .npy file, without making an array of it. */
export const fromNpyParts = (file: ArrayBuffer): NpyParts => {
  const bytes = new Uint8Array(file);
  if (String.fromCharCode(...bytes.subarray(1, 6)) !== "NUMPY") throw new TypeError("not a .npy file");
  const view = new DataView(file);
  const long = bytes[6]! > 1;
  const start = long ? 12 : 10;
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));
  const code = /'descr':\s*'[<|=]([a-z]\d+)'/.exec(header)?.[1];
  const dtype = code && CODES[code];
  if (!dtype) throw new TypeError(`a .npy file of a dtype that is not supported: ${header}`);
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)![1]!.split(",").filter((s) => s.trim()).map(Number);
  const size = shape.reduce((size, n) => size * n, 1);
  const item = itemsize(dtype);
  const body = file.slice(start + length, start + length + size * item);
  if (body.byteLength < size * item) throw new TypeError(`a .npy file that ends early: ${header.trim()}`);
  return { data: new CONSTRUCTORS[dtype](body), shape, dtype, fortran: /'fortran_order':\s*True/.test(header) };
};
