// Starting a compiled module.

import type { Site } from "./errors.js";
import type { read, Source } from "./files.js";
import type { Module } from "./module.js";
import { chosen, isPlain } from "./scalar.js";

type Init = Source | { module_or_path: Source };

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => {
  const native = Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  return native.fromBase64?.(base64) ?? Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
};

/** A module with what starts it. Given its bytes, it starts at once, where the engine compiles without waiting. */
export const loading = <Base extends new (...about: any[]) => Module>(Base: Base) => class Loader extends Base {
  starting: Promise<this> | undefined;
  base64: string | undefined;
  /** Where the bytes are, if they are not inside, and what reads them. */
  url: (() => URL) | undefined;
  read: typeof read;
  compiled = false;

  constructor(...about: any[]) {
    const [file, sites, base64, url, reads] = about as [string, Site[], string | undefined, (() => URL)?, (typeof read)?];
    super(file, sites);
    this.base64 = base64;
    this.url = url;
    this.read = reads!;
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

  /** Starts the module, once: of its own bytes if they are inside, or of what is given, or of the file beside it. */
  async init(source?: Init): Promise<this> {
    const given = isPlain(source) ? chosen("init()", source as { module_or_path: Source }, { module_or_path: 0 }).module_or_path : (source as Source | undefined);
    return (this.wasm ? Promise.resolve(this) : (this.starting ??= this.load(given).catch((error: unknown) => {
      this.starting = undefined;
      throw error;
    })));
  }

  async load(given?: Source): Promise<this> {
    const { base64 } = this;
    const source = base64 === undefined ? await this.read(given ?? this.url!()) : bytesOf(base64);
    const made = await WebAssembly.instantiate(source as BufferSource, this.imports);
    return this.use(source instanceof WebAssembly.Module ? (made as never) : made.instance);
  }
};
