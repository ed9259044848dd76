// Reads the .npy files of examples/bench/workloads.py: little-endian, C order.
import { readFileSync } from "node:fs";

const ARRAYS = {
  "<f8": ["float64", Float64Array],
  "<f4": ["float32", Float32Array],
  "<i8": ["int64", BigInt64Array],
  "<i4": ["int32", Int32Array],
  "|u1": ["uint8", Uint8Array],
  "|b1": ["bool", Uint8Array],
};

/** An array as { dtype, data, shape, stride } with strides in elements. */
export function readNpy(path) {
  const file = readFileSync(path);
  const start = 10 + file.readUInt16LE(8);
  const header = file.toString("latin1", 10, start);
  const [dtype, Type] = ARRAYS[/'descr': '([^']+)'/.exec(header)[1]];
  if (!header.includes("'fortran_order': False")) throw new Error(`${path} is not in C order`);
  const shape = /'shape': \(([^)]*)\)/.exec(header)[1].split(",").filter((n) => n.trim()).map(Number);
  const data = new Type(file.buffer.slice(file.byteOffset + start, file.byteOffset + file.length));
  return { dtype, data, shape, stride: contiguous(shape) };
}

function contiguous(shape) {
  const strides = new Array(shape.length);
  let size = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = size;
    size *= shape[axis];
  }
  return strides;
}

/** A value of the manifest: an array, a tuple as a list, or a scalar. */
export function readValue(folder, described) {
  if (described.npy) return readNpy(`${folder}/${described.npy}`);
  if (described.items) return described.items.map((item) => readValue(folder, item));
  return described.value;
}
