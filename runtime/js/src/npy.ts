// Arrays in NumPy's .npy files.

import type { TypedArray } from "./dtype.js";
import { contiguous, NDArray } from "./ndarray.js";
import { CODES, fromNpyParts } from "./npy-parts.js";

/** Reads a .npy file. */
export const fromNpy = (file: ArrayBuffer): NDArray => {
  const { data, shape, dtype, fortran } = fromNpyParts(file);
  const strides = fortran ? contiguous([...shape].reverse()).reverse() : contiguous(shape);
  return new NDArray(data, shape, strides, 0, dtype);
};

/** Writes a .npy file of version 1.0, in C order. */
export const toNpy = (array: NDArray): ArrayBuffer => {
  const packed = array.copy();
  const code = Object.keys(CODES).find((k) => CODES[k] === array.dtype)!;
  const order = code.endsWith("1") ? "|" : "<";
  const shape = array.ndim === 1 ? `(${array.shape[0]},)` : `(${array.shape.join(", ")})`;
  let header = `{'descr': '${order}${code}', 'fortran_order': False, 'shape': ${shape}, }`;
  header = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11) + "\n";
  const data = packed.data as TypedArray;
  const out = new Uint8Array(10 + header.length + data.byteLength);
  out.set([0x93, 78, 85, 77, 80, 89, 1, 0, header.length & 255, header.length >> 8]);
  out.set(new TextEncoder().encode(header), 10);
  out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + header.length);
  return out.buffer;
};
