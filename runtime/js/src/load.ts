// Starting a compiled module.

import type { Site } from "./errors.js";
import type { Module } from "./module.js";
import { chosen, isPlain } from "./scalar.js";

/** What `init` takes: where the bytes are, the bytes, or what is compiled of them. wasm-bindgen's object form is `{ module_or_path }`. */
export type Source = string | URL | Request | Response | BufferSource | WebAssembly.Module | Promise<Response>;
type Init = Source | { module_or_path: Source };

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => {
  const native = Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  return native.fromBase64?.(base64) ?? Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
};

/** Reads a file beside the module: in a browser by fetch, in Node from the disk. */
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

/** A module with what starts it. Given its bytes, it starts at once, where the engine compiles without waiting. */
export const loading = <Base extends new (...about: any[]) => Module>(Base: Base) => class Loader extends Base {
  starting: Promise<this> | undefined;
  base64: string | undefined;
  url: (() => URL) | undefined;
  compiled = false;

  constructor(...about: any[]) {
    const [file, sites, base64, url] = about as [string, Site[], string | undefined, (() => URL)?];
    super(file, sites);
    this.base64 = base64;
    this.url = url;
    if (base64 !== undefined) {
      try {
        this.initSync(bytesOf(base64));
      } catch (error) {
        // Some pages refuse to compile synchronously; what a module's own statements raise is raised.
        if (this.compiled) throw error;
      }
    }
  }

  /** Takes over an instance, unless there is one: views of its memory and arrays in it are known by then. */
  override use(instance: WebAssembly.Instance): this {
    return this.wasm ? this : super.use(instance);
  }

  /** Starts the module from bytes or from what is compiled of them, once. */
  initSync(source: BufferSource | WebAssembly.Module | { module: BufferSource | WebAssembly.Module }): this {
    const given = isPlain(source) ? chosen("initSync()", source as { module: BufferSource }, { module: 0 }).module : source;
    if (this.wasm) return this;
    const module = given instanceof WebAssembly.Module ? given : new WebAssembly.Module(given as BufferSource);
    this.compiled = true;
    return this.use(new WebAssembly.Instance(module, this.imports));
  }

  /** Starts the module, once: of the file beside it if nothing is given. */
  async init(source?: Init): Promise<this> {
    const given = isPlain(source) ? chosen("init()", source as { module_or_path: Source }, { module_or_path: 0 }).module_or_path : (source as Source | undefined);
    return (this.wasm ? Promise.resolve(this) : (this.starting ??= this.load(given).catch((error: unknown) => {
      this.starting = undefined;
      throw error;
    })));
  }

  async load(given?: Source): Promise<this> {
    let source = (await given) as Exclude<Source, Promise<Response>> | undefined;
    if (source === undefined) source = this.base64 !== undefined ? bytesOf(this.base64) : this.url!();
    if (source instanceof WebAssembly.Module) return this.use(await WebAssembly.instantiate(source, this.imports));
    const plain = typeof source === "string" || source instanceof URL || (typeof Request !== "undefined" && source instanceof Request);
    const bytes = plain ? await fetched(source as string) : typeof Response !== "undefined" && source instanceof Response ? await answered(source) : (source as BufferSource);
    return this.use((await WebAssembly.instantiate(bytes, this.imports)).instance);
  }
};
