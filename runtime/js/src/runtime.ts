// The runtime as a module, which all modules of a site share that `nopython/vite` and its like make.

import { loading } from "./load.js";
import { ResidentModule } from "./resident.js";

export { PyError } from "./errors.js";
export { NDArray } from "./ndarray.js";
export { ScalarLoader } from "./scalars.js";
export const Loader = /* @__PURE__ */ loading(ResidentModule);
