export { NDArray } from "./ndarray.js";
export { PyError } from "./errors.js";
export type { CallOptions } from "./module.js";
export { fromNpy, toNpy } from "./npy.js";
export type { DType, TypedArray } from "./dtype.js";
