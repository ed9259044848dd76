// The beginning of a figure in a page: its hosts that are not alive yet get it, and share its code.

import { mount, type Kernels } from "./mount.js";
import { parts } from "./parts.js";
import type { Spec } from "./spec.js";

/** Starts what a cell of a notebook holds. What fails leaves the picture, and says why below it. The worker of a slow kernel makes `kernels` once more; a page may say where the figure gets its own. */
export const start = (id: string, spec: Spec, kernels: () => Kernels, make = kernels): void => {
  for (const host of Array.from(document.querySelectorAll<HTMLElement>(`[data-np="${id}"]:not([data-np-on])`))) {
    host.setAttribute("data-np-on", "");
    const failed = (error: unknown): void => {
      const line = document.createElement("p");
      line.textContent = `This figure does not move: ${String(error)}`;
      (host.shadowRoot ?? host).append(line);
    };
    try {
      const own = make();
      const put = spec.source ? parts.editable!.bind(undefined, mount, parts.engine!) : mount;
      // Some pages refuse to compile synchronously, and some altogether.
      if (own.$m.wasm) put(host, spec, own, kernels);
      else own.$m.init().then(() => void put(host, spec, own, kernels)).catch(failed);
    } catch (error) {
      failed(error);
    }
  }
};
