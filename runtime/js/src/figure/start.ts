// The beginning of a figure in a page: its hosts that are not alive yet get it, and share its code.

import { mount } from "./mount.js";
import type { Spec } from "./spec.js";

/** Starts what a cell of a notebook holds. What fails leaves the picture, and says why below it. */
export const start = (id: string, spec: Spec, kernels: () => Parameters<typeof mount>[2]): void => {
  for (const host of Array.from(document.querySelectorAll<HTMLElement>(`[data-np="${id}"]:not([data-np-on])`))) {
    host.setAttribute("data-np-on", "");
    try {
      mount(host, spec, kernels());
    } catch (error) {
      const line = document.createElement("p");
      line.textContent = `This figure does not move: ${String(error)}`;
      (host.shadowRoot ?? host).append(line);
    }
  }
};
