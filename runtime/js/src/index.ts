export { NDArray } from "./ndarray.js";
export { PyError } from "./errors.js";
export type { CallOptions } from "./module.js";
export { fromNpy, toNpy } from "./npy.js";
export type { DType, TypedArray } from "./dtype.js";
export { build, check, compile, CompileError, jit, setCompilerUrl, type BuildOptions, type Compilation, type CompileOptions, type Diagnostic } from "./compile.js";
