// NumPy's .npy files (format version 1.0 to 3.0, numpy.lib.format).

import { CONSTRUCTORS, type DType, type TypedArray } from "./dtype.js";
import { contiguous, NDArray } from "./ndarray.js";

const CODES: Record<string, DType> = {
  b1: "bool", i1: "int8", i2: "int16", i4: "int32", i8: "int64",
  u1: "uint8", u2: "uint16", u4: "uint32", u8: "uint64", f4: "float32", f8: "float64",
};

/** Reads a .npy file. */
export const fromNpy = (file: ArrayBuffer): NDArray => {
  const bytes = new Uint8Array(file);
  if (String.fromCharCode(...bytes.subarray(1, 6)) !== "NUMPY") throw new TypeError("not a .npy file");
  const view = new DataView(file);
  const long = bytes[6]! > 1;
  const start = long ? 12 : 10;
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));
  const code = /'descr':\s*'[<|=]([a-z]\d)'/.exec(header)?.[1];
  const dtype = code && CODES[code];
  if (!dtype) throw new TypeError(`a .npy file of a dtype that is not supported: ${header}`);
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)![1]!.split(",").filter((s) => s.trim()).map(Number);
  const data = new CONSTRUCTORS[dtype](file.slice(start + length));
  const fortran = /'fortran_order':\s*True/.test(header);
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
