// Reading a module that lies beside its JavaScript, or elsewhere. Modules that have their bytes inside do without.

/** What `init` takes: where the bytes are, the bytes, or what is compiled of them. wasm-bindgen's object form is `{ module_or_path }`. */
export type Source = string | URL | Request | Response | BufferSource | WebAssembly.Module | Promise<Response>;

/** Reads a file: in a browser by fetch, in Node from the disk. */
export const fetched = async (source: string | URL | Request): Promise<BufferSource> => {
  const url = source instanceof URL || typeof source === "string" ? new URL(source, globalThis.location?.href) : undefined;
  // Bundlers do not see what Node is asked for in this way; Deno and Bun fetch files.
  const fs = url?.protocol === "file:" ? globalThis.process?.getBuiltinModule?.("node:fs") : undefined;
  if (fs) return fs.promises.readFile(url!);
  return answered(await fetch(source));
};

const answered = async (response: Response): Promise<BufferSource> => {
  if (!response.ok) throw new Error(`cannot load ${response.url}: ${response.status}`);
  return response.arrayBuffer();
};

/** The bytes of a source, or the module. */
export const read = async (given: Source): Promise<BufferSource | WebAssembly.Module> => {
  const source = await given;
  if (typeof source === "string" || source instanceof URL || (typeof Request !== "undefined" && source instanceof Request)) return fetched(source);
  return typeof Response !== "undefined" && source instanceof Response ? answered(source) : (source as BufferSource);
};
