// The compiler in the page: Python source in, functions out.

import type { ArrayModule } from "./arrays.js";
import { shared, type Site } from "./errors.js";
import { frozen, type Frozen } from "./frozen.js";
import { generic, passing, type Signature, withoutRecords } from "./generic.js";
import { fetched } from "./files.js";
import { listing } from "./lists.js";
import { texting } from "./strings.js";
import type { Context, Parameter, Signature as Called } from "./module.js";
import { lift, lower } from "./records.js";
import { ResidentModule } from "./resident.js";
import { chosen, describe, isPlain, isView, refuse, type Choices, isComplex } from "./scalar.js";
import { placed, sharedMemory } from "./shared.js";
import { typeOf } from "./types.js";

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
  parameters: OutlineParameter[];
}

/** A parameter: its annotation is as it is written. */
interface OutlineParameter {
  name: string;
  at: [number, number, number];
  kind: string;
  annotation?: string;
  default?: Default;
}

/** The literal of a default; of what is no literal an empty object. */
export type Default = null | boolean | number | string | { float?: string; tuple?: Default[] } | Default[];

/** What a host must know of a module. */
export interface Interface {
  file: string;
  /** How many pages its memory has when it is started. */
  pages: number;
  sites: Site[];
  functions: { name: string; line: number; doc: string; overloads: (Signature & { fields: (string[] | null)[]; least: number })[] }[];
}

type Exports = {
  memory: WebAssembly.Memory;
  input(length: number): number;
  compile(name: number, request: number, runtime: number, arrays: number, optLevel: number, simd: number, bigint: number, sourceMap: number, base: number): number;
  outline(name: number, functionName: number): number;
  parameters(name: number, functionName: number): number;
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
type Run = Compilation & { about: Interface; pages: number; warnings: string };

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
  return { wasm: part(0), js: text(1), dts: text(2), diagnostics, about, pages: about.pages, warnings: text(4) };
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
  const [{ wasm, about, warnings }, hold] = placed((base) => compile(request, base));
  if (warnings) console.warn(warnings);
  Object.assign(passing, { lift, lower });
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
      const parameters = o.names.map((label, k) => [label, withoutRecords(o.params[k]!), o.flags[k], o.fields[k] ?? undefined] as Parameter);
      const result = typeof o.result === "string" && o.result.includes("[") ? o.result : undefined;
      return [parameters, generic(o, o.least) as unknown as (c: Context) => never, result] as Called;
    });
    add(functions, name, module.fn(name, line, ...signatures));
  }
  return functions;
};

/** What stands of a function in a source, or nothing. */
export const outline = async (source: string, name: string, file: string): Promise<Outline | null> => found("outline", source, name, file);

/** The parameters of a function in a source. */
const parametersOf = async (source: string, name: string, file: string): Promise<OutlineParameter[]> => (await found<OutlineParameter[]>("parameters", source, name, file)) ?? [];

const found = async <T>(what: "outline" | "parameters", source: string, name: string, file: string): Promise<T | null> => {
  const exports = await started();
  const parts = [file, name, source].map((text) => encoder.encode(text));
  const { text } = exchange(exports, parts, ([first, second]) => exports[what](first!, second!));
  return JSON.parse(text(5)) as T | null;
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
 * BigInt an integer, unless the parameter is annotated; lists of numbers are arrays as `NDArray.from` makes them, other lists are lists, or tuples
 * where their items have different types; null is None. What does not say its type, such as an empty Map, needs an annotation. An object as the last
 * argument gives parameters by name. Calls give promises; arrays have to stay as they are until these settle.
 */
export const jit = (source: string, options: CompileOptions = {}): Record<string, (...args: any[]) => Promise<any>> => {
  const given = looked("jit", source, options);
  const known = new Map<string, Promise<CallableFunction>>();
  const functions: Record<string, (...args: any[]) => Promise<any>> = {};
  for (const [, name] of source.matchAll(/^def\s+([\p{L}_][\p{L}\p{N}_]*)/gmu)) {
    let parameters: Promise<OutlineParameter[]> | undefined;
    add(functions, name!, async (...args: unknown[]) => {
      parameters ??= parametersOf(source, name!, given.file ?? "kernels.py").catch((error: unknown) => {
        parameters = undefined;
        throw error;
      });
      const key = `${name}\n${typesOf(name!, await parameters, args)}`;
      let compiled = known.get(key);
      if (!compiled) {
        compiled = made(source, given, key).then(
          ([, found]) => found[name!]!,
          (error: unknown) => {
            const [first] = error instanceof CompileError ? error.diagnostics : [];
            // What is wrong is the call, not the source.
            throw first && MISCALLED.includes(first.code) && first.message.startsWith(`${name}() `) ? new TypeError(first.message) : error;
          },
        );
        known.set(key, compiled);
        compiled.catch(() => known.delete(key));
      }
      return ((await compiled) as PythonFunction)(...args);
    });
  }
  return functions;
};

/** The codes of diagnostics that say that a call does not fit the parameters. */
const MISCALLED = ["wrong-argument-count", "unknown-keyword"];

/** The types of a call's arguments as a request has them: a tuple, and the names of those that are given by name. Where a parameter is annotated, its annotation counts. */
const typesOf = (name: string, parameters: OutlineParameter[], args: unknown[]): string => {
  const last = args[args.length - 1];
  const at = parameters[args.length - 1];
  const isAnnotated = !!at?.annotation;
  const keys = isPlain(last) && !isView(last) ? Object.keys(last as object) : [];
  const unknown = keys.find((key) => !parameters.some((parameter) => parameter.name === key));
  const isValue = !keys.length || (unknown !== undefined && isAnnotated) || (isComplex(last) && (!isAnnotated || at!.annotation!.includes("complex")));
  const given = isValue ? args : args.slice(0, -1);
  // What is undefined has its default, so that what comes behind it is given by name.
  const first = given.findIndex((value, k) => value === undefined && (!parameters[k] || "default" in parameters[k]!));
  const positional = first < 0 ? given : given.slice(0, first);
  const named: Record<string, unknown> = isValue ? {} : { ...(last as object) };
  given.forEach((value, k) => k >= positional.length && parameters[k] && (named[parameters[k]!.name] ??= value));
  const names = Object.keys(named).filter((key) => named[key] !== undefined);
  const type = (value: unknown, parameter: OutlineParameter | undefined, label: string): string => {
    if (parameter?.annotation) return "none";
    const found = typeOf(value);
    if (found) return found;
    throw new TypeError(`${name}() argument ${label} is ${describe(value)}, which does not say its type: annotate the parameter in Python, as in x: list[str], x: dict[str, float] or x: "float64[:]"`);
  };
  const types = [
    ...positional.map((value, k) => type(value, parameters[k], parameters[k] ? `'${parameters[k].name}'` : `${k + 1}`)),
    ...names.map((key) => type(named[key], parameters.find((parameter) => parameter.name === key), `'${key}'`)),
  ];
  return [`(${types.join(", ")}${types.length === 1 ? "," : ""})`, ...names].join("\n");
};
