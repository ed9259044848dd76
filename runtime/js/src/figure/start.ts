// The beginning of a figure in a page: its hosts that are not alive yet get it, and share its code.

import { mount, type Kernels } from "./mount.js";
import { parts } from "./parts.js";
import type { Spec } from "./spec.js";

/**
 * Puts a figure into a host. What fails leaves what is there, and says why below it. Where the module compiles synchronously, the figure is there at once. The worker of a
 * slow kernel makes `kernels` once more; a page may say where the figure gets its own.
 */
export const begin = async (host: HTMLElement, spec: Spec, kernels: () => Kernels, make = kernels): Promise<void> => {
  try {
    const own = make();
    // Some pages refuse to compile synchronously, and some altogether.
    if (!own.$m.wasm) await own.$m.init();
    if (spec.source) parts.editable!(mount, parts.engine!, host, spec, own, kernels);
    else mount(host, spec, own, kernels);
  } catch (error) {
    const line = document.createElement("p");
    line.textContent = `This figure does not move: ${String(error)}`;
    (host.shadowRoot ?? host).append(line);
  }
};

/** Starts what a cell of a notebook holds. */
export const start = (id: string, spec: Spec, kernels: () => Kernels, make = kernels): void => {
  for (const host of Array.from(document.querySelectorAll<HTMLElement>(`[data-np="${id}"]:not([data-np-on])`))) {
    host.setAttribute("data-np-on", "");
    void begin(host, spec, kernels, make);
  }
};
