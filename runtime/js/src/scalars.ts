// The runtime of modules without arrays: the part of `runtime.js` that is a file of its own, so that bundles which need no more leave the rest out.

import { loading } from "./load.js";
import { Module } from "./module.js";

export { PyError } from "./errors.js";
export { read } from "./files.js";
export const ScalarLoader = /* @__PURE__ */ loading(Module);
