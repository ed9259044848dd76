// Loading a compiled module.

import { Module } from "./module.js";
import type { Site } from "./errors.js";

/** Loads the module at a URL: in a browser by fetch, in Node from the file. */
export const load = async (url: URL, file: string, sites: Site[]): Promise<Module> => {
  const module = new Module(file, sites);
  let bytes: BufferSource;
  if (url.protocol === "file:" && typeof process !== "undefined") {
    const fs = "node:fs/promises";
    bytes = await (await import(/* @vite-ignore */ fs)).readFile(url);
  } else {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`cannot load ${url}: ${response.status}`);
    bytes = await response.arrayBuffer();
  }
  return module.use((await WebAssembly.instantiate(bytes, module.imports)).instance);
};

/** Starts a module given as base64, at once. */
export const start = (base64: string, file: string, sites: Site[]): Module => {
  const module = new Module(file, sites);
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  return module.use(new WebAssembly.Instance(new WebAssembly.Module(bytes), module.imports));
};
