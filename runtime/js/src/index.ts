export { NDArray } from "./ndarray.js";
export { PyError } from "./errors.js";
export { Module } from "./module.js";
export { load, start } from "./load.js";
export { fromNpy, toNpy } from "./npy.js";
export type { DType, TypedArray } from "./dtype.js";
