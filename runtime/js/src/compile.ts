// The compiler in the page: Python source in, functions out.

import type { ArrayModule } from "./arrays.js";
import { dtypeOf } from "./dtype.js";
import { shared, type Site } from "./errors.js";
import { frozen, type Frozen } from "./frozen.js";
import { generic, type Signature } from "./generic.js";
import { fetched } from "./load.js";
import { listing } from "./lists.js";
import { texting } from "./strings.js";
import type { Context } from "./module.js";
import { shapeOf, type Nested, type View } from "./ndarray.js";
import { ResidentModule } from "./resident.js";
import { chosen, describe, isPlain, isView, refuse, type Choices, isComplex } from "./scalar.js";
import { placed, sharedMemory } from "./shared.js";

/** What is wrong with a source, or may not be as meant. Lines and columns are counted from 1. */
export interface Diagnostic {
  code: string;
  severity: "error" | "warning";
  message: string;
  file: string;
  labels: { line: number; column: number; endLine: number; endColumn: number; text: string; primary: boolean }[];
  hints: string[];
}

/** A source that does not compile. The message is what the command line prints. */
class Refused extends Error {
  override name = "CompileError";
  constructor(
    message: string,
    readonly diagnostics: Diagnostic[],
  ) {
    super(message);
  }
}
export const CompileError = shared("CompileError", Refused);
export type CompileError = Refused;

/** How to compile. */
export interface CompileOptions {
  /** The name that errors show. */
  file?: string;
  /** 0: as written; 2: every pass. Results are the same. */
  optLevel?: 0 | 2;
  /** Whether 128-bit vectors may be used. */
  simd?: boolean;
  /** Whether 64-bit integer results are BigInts, unless a call says otherwise. */
  i64?: "number" | "bigint";
  /** Whether debuggers see lines of Python where the code raises. */
  sourceMap?: boolean;
  /** Arrays that the source may name, as they are now: they become part of the module, which does not write to them. */
  arrays?: Record<string, Frozen>;
}

/** How to build a module. */
export interface BuildOptions extends CompileOptions {
  /** Where the module imports the runtime from, such as `nopython/runtime`, so that several share one; without it, it has its own. */
  runtime?: string;
}

/** What compiling gives: the module's bytes, an ES module with the bytes inside, its declarations, and what there is to say of the source. */
export interface Compilation {
  wasm: Uint8Array<ArrayBuffer>;
  js: string;
  dts: string;
  diagnostics: Diagnostic[];
}

/** What stands of a function in a source: `crates/front/src/outline.rs` has its form. Places are lines, columns and end columns. */
export interface Outline {
  /** The source, with tuples in the place of dicts that the function returns, and their keys. */
  text: string;
  keys: string[] | null;
  at: [number, number, number];
  parameters: { name: string; at: [number, number, number]; kind: string; default?: Default }[];
}

/** The literal of a default; of what is no literal an empty object. */
export type Default = null | boolean | number | string | { float?: string; tuple?: Default[] } | Default[];

/** What a host must know of a module. */
export interface Interface {
  file: string;
  /** How many pages its memory has when it is started. */
  pages: number;
  sites: Site[];
  functions: { name: string; line: number; doc: string; overloads: (Signature & { written: number[]; least: number })[] }[];
}

type Exports = {
  memory: WebAssembly.Memory;
  input(length: number): number;
  compile(name: number, request: number, runtime: number, arrays: number, optLevel: number, simd: number, bigint: number, sourceMap: number, base: number): number;
  outline(name: number, functionName: number): number;
  output(part: number): number;
  output_length(part: number): number;
};

let url: string | URL | (() => URL) = () => new URL("./nopython.wasm", import.meta.url);
let code: Promise<WebAssembly.Module> | undefined;
let running: Exports | undefined;

/** Where the compiler's wasm is, if not beside this file: an address, or what is compiled of it, or a promise of that. */
export const setCompilerUrl = (source: string | URL | WebAssembly.Module | Promise<WebAssembly.Module>): void => {
  running = undefined;
  const isUrl = typeof source === "string" || source instanceof URL;
  code = isUrl ? undefined : Promise.resolve(source);
  if (isUrl) url = source;
};

const started = async (): Promise<Exports> => {
  code ??= fetched(typeof url === "function" ? url() : url).then((bytes) => WebAssembly.compile(bytes)).catch((error: unknown) => {
    code = undefined;
    throw error;
  });
  return (running ??= (await WebAssembly.instantiate(await code, {})).exports as unknown as Exports);
};

/** The modules of a page, any of which may have lists. */
const PageModule = /* @__PURE__ */ texting(/* @__PURE__ */ listing(ResidentModule));

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What one run of the compiler gives. */
type Run = Compilation & { about: Interface; pages: number };

/** What the options take. */
const OPTIONS: Choices = { file: 0, optLevel: [0, 2], simd: [true, false], i64: ["number", "bigint"], sourceMap: [true, false], arrays: 0 };
const BUILD_OPTIONS: Choices = { ...OPTIONS, runtime: 0 };

/** Options that have been looked at, with the arrays as they were then. */
type Looked = Omit<BuildOptions, "arrays"> & { arrays: Uint8Array };

/** Looks at the arguments of a function that takes a source and options. */
const looked = (what: string, source: string, options: BuildOptions, choices = OPTIONS): Looked => {
  const texts = { source, ...chosen(`${what}()`, options, choices) };
  for (const key of ["source", "file", "runtime"] as const) {
    const text: unknown = texts[key];
    if (typeof text !== "string" && (text !== undefined || key === "source")) refuse(`${what}() argument '${key}'`, "a string", describe(text));
  }
  return { ...options, arrays: frozen(options.arrays) };
};

/** A run of the compiler on a source, once it is loaded. */
const compiler = async (source: string, options: Looked): Promise<(request: string, base: number) => Run> => {
  const exports = await started();
  return (request, base) => run(exports, source, options, request, base);
};

/** One run of the compiler: on all signatures of a source, or on a function for argument types; with a memory of its own if `base` is 0. */
const run = (exports: Exports, source: string, { file = "kernels.py", optLevel = 2, simd = true, i64, runtime = "", sourceMap = false, arrays }: Looked, request: string, base: number): Run => {
  const parts = [encoder.encode(file), encoder.encode(request), encoder.encode(runtime), arrays, encoder.encode(source)];
  const { part, text, diagnostics } = exchange(exports, parts, ([name, asked, from, given]) =>
    exports.compile(name!, asked!, from!, given!, optLevel, Number(simd), Number(i64 === "bigint"), Number(sourceMap), base),
  );
  const about = JSON.parse(text(5)) as Interface;
  return { wasm: part(0), js: text(1), dts: text(2), diagnostics, about, pages: about.pages };
};

/** Gives the compiler an input, calls it with the lengths of its parts, and reads what comes of it. */
const exchange = (exports: Exports, input: Uint8Array[], call: (lengths: number[]) => number) => {
  try {
    let at = exports.input(input.reduce((length, part) => length + part.length, 0));
    for (const part of input) {
      new Uint8Array(exports.memory.buffer).set(part, at);
      at += part.length;
    }
    const done = call(input.map(({ length }) => length));
    const part = (k: number) => new Uint8Array(exports.memory.buffer).slice(exports.output(k), exports.output(k) + exports.output_length(k));
    const text = (k: number) => decoder.decode(part(k));
    const diagnostics = JSON.parse(text(3)) as Diagnostic[];
    if (!done) throw new CompileError(text(4), diagnostics);
    return { part, text, diagnostics };
  } catch (error) {
    // A trap leaves nothing of the compiler that can be relied on: the next run has another.
    if (!(error instanceof CompileError)) running = undefined;
    throw error;
  }
};

/** Adds a function under its name, which may be `__proto__`. */
const add = (functions: object, name: string, value: CallableFunction) =>
  Object.defineProperty(functions, name, { value, enumerable: true, configurable: true, writable: true });

/** The module of all signatures of a source, or of a function for argument types, and its functions. */
const made = async (source: string, options: Looked, request: string): Promise<[ResidentModule, Record<string, CallableFunction>]> => {
  const compile = await compiler(source, options);
  const [{ wasm, about }, hold] = placed((base) => compile(request, base));
  const module = new PageModule(about.file, about.sites);
  hold(module);
  if (options.i64) module.defaults = { i64: options.i64 };
  module.use((await WebAssembly.instantiate(wasm, { np: { ...module.imports.np, memory: sharedMemory } })).instance);
  return [module, functionsOf(module, about)];
};

/** The functions of a module. */
export const functionsOf = (module: ArrayModule, { functions: found }: Interface): Record<string, CallableFunction> => {
  const functions: Record<string, CallableFunction> = {};
  for (const { name, line, overloads } of found) {
    const signatures = overloads.map((o) => {
      const parameters = o.names.map((label, k) => [label, o.params[k], o.written[k]] as [string, never, number]);
      const result = typeof o.result === "string" && o.result.includes("[") ? o.result : undefined;
      return [parameters, o.least, generic(o, o.least) as unknown as (c: Context) => never, result] as [never, number, never, never];
    });
    add(functions, name, module.fn(name, line, ...signatures));
  }
  return functions;
};

/** What stands of a function in a source, or nothing. */
export const outline = async (source: string, name: string, file: string): Promise<Outline | null> => {
  const exports = await started();
  const parts = [file, name, source].map((text) => encoder.encode(text));
  const { text } = exchange(exports, parts, ([first, second]) => exports.outline(first!, second!));
  return JSON.parse(text(5)) as Outline | null;
};

/** A module with a memory of its own of what a request asks for (`crates/driver/src/request.rs`), and what there is to know of it. */
export const specialise = async (source: string, request: string, options: CompileOptions): Promise<{ wasm: Uint8Array<ArrayBuffer>; about: Interface }> =>
  (await compiler(source, looked("specialise", source, options)))(request, 0);

/** Compiles a source to the files that the command line writes. */
export const build = async (source: string, options: BuildOptions = {}): Promise<Compilation> => {
  const { wasm, js, dts, diagnostics } = (await compiler(source, looked("build", source, options, BUILD_OPTIONS)))("", 0);
  return { wasm, js, dts, diagnostics };
};

/** What is wrong with a source, and what may not be as meant; an empty list if nothing is. */
export const check = async (source: string, options: CompileOptions = {}): Promise<Diagnostic[]> => {
  const known = looked("check", source, options);
  try {
    return (await compiler(source, known))("", 0).diagnostics;
  } catch (error) {
    if (error instanceof CompileError) return error.diagnostics;
    throw error;
  }
};

/** Any function of Python. */
export type PythonFunction = CallableFunction & ((...args: any[]) => any);

/** The functions of a source that have a signature, by name, and the memory in which their arrays can lie. */
export const compile = async (source: string, options: CompileOptions = {}): Promise<Record<string, PythonFunction> & { memory: ResidentModule }> => {
  const [memory, functions] = await made(source, looked("compile", source, options), "");
  // A promise would call it.
  if ("then" in functions) throw new TypeError("compile() cannot give a function of the name 'then': rename it");
  return Object.defineProperty(functions, "memory", { value: functions.memory ?? memory }) as never;
};

/**
 * All functions of a source, each compiled for the types of the arguments that it is called with, when they are new. A number is a float, a
 * BigInt an integer, unless the parameter is annotated; lists are arrays of float64, null is None. An object as the last
 * argument gives parameters by name. Calls give promises; arrays have to stay as they are until these settle.
 */
export const jit = (source: string, options: CompileOptions = {}): Record<string, (...args: any[]) => Promise<any>> => {
  const given = looked("jit", source, options);
  const known = new Map<string, Promise<CallableFunction>>();
  const functions: Record<string, (...args: any[]) => Promise<any>> = {};
  for (const [, name] of source.matchAll(/^def\s+([\p{L}_][\p{L}\p{N}_]*)/gmu)) {
    add(functions, name!, async (...args: unknown[]) => {
      const last = args[args.length - 1];
      const keywords = isPlain(last) && !isView(last) ? Object.entries(last as object).filter(([, value]) => value !== undefined) : undefined;
      const positional = keywords ? args.slice(0, -1) : args.slice();
      while (positional.length && positional[positional.length - 1] === undefined) positional.pop();
      const types = [
        ...positional.map((arg, k) => typeOf(arg, `${name!}() argument ${k + 1}`)),
        ...(keywords ?? []).map(([label, arg]) => typeOf(arg, `${name!}() argument '${label}'`)),
      ];
      const key = [name!, `(${types.join(", ")}${types.length === 1 ? "," : ""})`, ...(keywords ?? []).map(([label]) => label)].join("\n");
      let compiled = known.get(key);
      if (!compiled) {
        compiled = made(source, given, key).then(([, found]) => found[name!]!);
        known.set(key, compiled);
        compiled.catch(() => known.delete(key));
      }
      return ((await compiled) as PythonFunction)(...args);
    });
  }
  return functions;
};

/** The type that a value has for Python. */
const typeOf = (value: unknown, what: string): string => {
  const kind = typeof value;
  if (value == null) return "none";
  if (kind === "number") return "float";
  if (kind === "bigint") return "int";
  if (kind === "boolean") return "bool";
  if (Array.isArray(value)) return array("float64", shapeOf(value as Nested).length, true);
  const data = dtypeOf(value);
  if (data) return array(data, 1, true);
  if (isComplex(value)) return "complex";
  const { dtype, shape } = Object(value) as View;
  const own = dtype ?? dtypeOf((Object(value) as View).data);
  if (own && Array.isArray(shape)) return array(own, shape.length, false);
  throw new TypeError(`${what} is ${describe(value)}, which no parameter takes`);
};

const array = (dtype: string, ndim: number, packed: boolean): string =>
  `${dtype}[${Array.from({ length: ndim }, (_, k) => (packed && k === ndim - 1 ? "::1" : ":")).join(", ")}]`;
