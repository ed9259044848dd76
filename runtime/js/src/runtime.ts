// The runtime as a module, which all modules of a site share that `nopython/vite` and its like make.

import { listing } from "./lists.js";
import { loading } from "./load.js";
import { ResidentModule } from "./resident.js";
import { texting } from "./strings.js";

export { PyError } from "./errors.js";
export { read } from "./files.js";
export { NDArray } from "./ndarray.js";
export { ScalarLoader } from "./scalars.js";
export const Loader = /* @__PURE__ */ loading(ResidentModule);
/** For modules with lists, which bring a part that others leave out. */
export const ListLoader = /* @__PURE__ */ loading(/* @__PURE__ */ listing(ResidentModule));
/** For modules with strings. */
export const TextLoader = /* @__PURE__ */ loading(/* @__PURE__ */ texting(/* @__PURE__ */ listing(ResidentModule)));
