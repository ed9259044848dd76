export { NDArray } from "./ndarray.js";
export { PyError } from "./errors.js";
export { Module, type CallOptions } from "./module.js";
export { Loader } from "./load.js";
export { fromNpy, toNpy } from "./npy.js";
export type { DType, TypedArray } from "./dtype.js";
