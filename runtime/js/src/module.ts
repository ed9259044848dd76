// A compiled module, and its functions called with JavaScript values. Arrays are in `arrays.ts`, for modules that have any.

import { PyError, type Site } from "./errors.js";
import { leaves, type Leaf, type Written } from "./leaf.js";
import { chosen, complexIn, describe, exact, isComplex, isPlain, isView, refuse, scalarIn, type Choices } from "./scalar.js";

export type Wasm = Record<string, CallableFunction> & { $memory: WebAssembly.Memory };

/** What there is to know of a parameter, as a sum: whether it may be written, is given by its position or by its name alone, has a default. */
const enum Flag {
  Written = 1,
  Position = 2,
  Keyword = 4,
  Default = 8,
}

/** A parameter as the compiler writes it: name, type, flags, and the fields of an object that stands for an instance or a record. */
export type Parameter = [name: string, type: Written, flags?: number, fields?: string[]];

/** Any function that a page calls. */
export type AnyFunction = (...args: unknown[]) => unknown;

/** A signature: its parameters, the function for a call's context, which the compiler has written, and the type of the result if that is one array. */
export type Signature = [params: Parameter[], make: (context: Context) => AnyFunction, result?: Written];

/** What a context is made of, beside its module. */
export type Parameters_ = [name: string, line: number, params: Parameter[], options: CallOptions, result?: Written];

/** How a function is called. */
export interface CallOptions {
  /** Whether 64-bit results are BigInts, always; otherwise they are numbers, or a RangeError. */
  i64?: "number" | "bigint";
  /** Whether array results stay in the module's memory, where the next call takes them without copying. */
  resident?: boolean;
  /** An array that the result is written to, and which is then the result. */
  out?: unknown;
}

/** The options of calls, and what they take. */
const OPTIONS: Choices = { i64: ["number", "bigint"], resident: [true, false], out: 0 };

/** A compiled module. */
export class Module {
  wasm: Wasm = undefined!;
  /** How functions are called unless a call says otherwise. */
  defaults: CallOptions = {};
  /** What a module imports. */
  readonly imports: WebAssembly.Imports = {
    np: {
      raise: (site: number, a: number, b: number) => {
        const [name, message, ...place] = this.sites[site]!;
        throw new PyError(name, message.replaceAll("{a}", `${a}`).replaceAll("{b}", `${b}`), this.file, ...place);
      },
    },
  };

  constructor(
    public file: string,
    readonly sites: Site[],
  ) {}

  /** Takes over an instance. */
  use(instance: WebAssembly.Instance): this {
    this.wasm = instance.exports as unknown as Wasm;
    const generators = this.wasm.$generators?.();
    // Random generators begin with bits of the system (`crates/types/src/generators.rs`).
    if (generators) crypto.getRandomValues(new Uint8Array(this.wasm.$memory.buffer, generators, 64));
    return this;
  }

  /** What calls of a signature share. */
  context(...about: Parameters_): Context {
    return new Context(this, ...about);
  }

  /** A function of the module, which may have overloads: the first that takes the arguments is called. */
  fn(name: string, line: number, ...signatures: Signature[]): AnyFunction {
    const made = (options: CallOptions): AnyFunction => {
      const overloads: AnyFunction[] = [];
      let refused: unknown;
      for (const [params, make, result] of signatures) {
        try {
          overloads.push(this.context(name, line, params, options, result).made(make));
        } catch (error) {
          refused = error;
        }
      }
      if (!overloads.length) throw refused;
      const first = (...args: unknown[]): unknown => {
        const messages = new Set<string>();
        for (const one of overloads) {
          try {
            return one(...args);
          } catch (error) {
            // What is refused before the call is a TypeError; compiled code raises PyErrors.
            if (!(error instanceof TypeError) || late.has(error)) throw error;
            if (error.message) messages.add(error.message);
          }
        }
        const all = Array.from(messages).join("; ");
        throw new TypeError(messages.size > 1 ? `no signature of ${name}() takes these arguments: ${all}` : all);
      };
      const call = overloads.length > 1 ? first : overloads[0]!;
      const change = (more: CallOptions) => made({ ...options, ...chosen(`${name}.with()`, more, OPTIONS) });
      let resident: AnyFunction | undefined;
      return Object.defineProperties(call, {
        name: { value: name },
        with: { value: change },
        resident: { value: (...args: unknown[]) => (resident ??= change({ resident: true }))(...args) },
      });
    };
    return made(this.defaults);
  }
}

/** TypeErrors of calls that have run, such as a result that does not fit where it is to be written. */
const late = new WeakSet<Error>();

export const notStarted = (name: string) => new Error(`${name}() is called before the module has been started: await init() first`);

/** What the calls of one signature with the same options share. */
export class Context {
  protected leaves: Leaf[];
  private call!: AnyFunction;
  /** How many arguments a call can give by their positions. */
  private most: number;
  /** Whether the arguments of the call that begins have their places, so that none of them holds others. */
  private isNamed = false;

  constructor(
    readonly module: Module,
    protected name: string,
    protected line: number,
    private params: Parameter[],
    readonly options: CallOptions,
    result?: Written,
  ) {
    if (options.out !== undefined) this.place(`${name}() option 'out'`, result, options.out);
    this.most = params.filter(([, , flags]) => !(flags! & Flag.Keyword)).length;
    this.leaves = params.flatMap(([label, type, flags]) => leaves(type, `${name}() argument '${label}'`, !!(flags! & Flag.Written)));
  }

  /** The function. */
  made(make: (context: Context) => AnyFunction): AnyFunction {
    return (this.call = make(this));
  }

  /** Looks at where results are to be written to. */
  protected place(what: string, result: Written | undefined, out: unknown): void {
    if (!result) refuse(what, "the result of a function that returns one array", describe(out));
  }

  /** Whether a call, of which the last argument and the number of arguments are given, is none with one argument for each parameter in its place. */
  keyed(last: unknown, count: number): boolean {
    return !this.isNamed && (count > this.most || this.names(last, count));
  }

  /** Whether argument number `count`, the last one, gives parameters by their names: a plain object that is no value of the parameter there, and has names of parameters for keys. */
  private names(value: unknown, count: number): boolean {
    if (!isPlain(value)) return false;
    const { params } = this;
    const [, type, , fields] = params[count - 1] ?? [];
    const keys = Object.keys(value as object);
    const has = (key: string) => key in (value as object);
    const unknown = keys.find((key) => !params.some(([label]) => label === key));
    if (!keys.length || (fields && (unknown !== undefined || fields.every(has))) || (/^c[^[]*$/.test(type as string) && isComplex(value))) return false;
    if (unknown === undefined) return !isView(value);
    if (!has("data") && !has("shape") && !isComplex(value)) throw new TypeError(`${this.name}() got an unexpected keyword argument '${unknown}'`);
    return false;
  }

  /** A call with keywords, or with a wrong number of arguments. */
  again(args: ArrayLike<unknown>): unknown {
    const { name, params, most } = this;
    const given = Array.from(args);
    const last = this.names(given[given.length - 1], given.length) ? (given.pop() as object) : {};
    const positional = params.slice(0, most);
    const least = positional.filter(([, , flags]) => !(flags! & Flag.Default)).length;
    const keywords = Object.entries(last);
    if (given.length > most || (given.length < least && !keywords.length)) {
      const counts = least < most ? `${least} to ${most}` : most;
      const by = most < params.length ? " by position" : "";
      throw new TypeError(`${name}() takes ${counts} argument${most === 1 ? "" : "s"}${by} (${positional.map(([label]) => label).join(", ")}), got ${given.length}`);
    }
    for (const [key, value] of keywords) {
      const k = params.findIndex(([label]) => label === key);
      if (params[k]![2]! & Flag.Position) throw new TypeError(`${name}() takes '${key}' by its position only`);
      if (k < given.length && given[k] !== undefined) throw new TypeError(`${name}() got multiple values for argument '${key}'`);
      given[k] = value;
    }
    const missing = params.find(([, , flags], k) => !(flags! & Flag.Default) && given[k] === undefined);
    if (missing) throw new TypeError(`${name}() missing argument '${missing[0]}'`);
    this.isNamed = true;
    try {
      return this.call(...Array.from(given));
    } finally {
      this.isNamed = false;
    }
  }

  /** Number `k` of the leaves as a wasm value. */
  number(k: number, value: unknown): number | bigint {
    const { dtype, what } = this.leaves[k]!;
    return scalarIn(dtype, value, what);
  }

  /** Number `k` of the leaves, which is complex, as its parts: a number has no imaginary one. */
  complex(k: number, value: unknown): { re: number; im: number } {
    const { dtype, what } = this.leaves[k]!;
    return complexIn(dtype, value, what);
  }

  /** An argument of type None. */
  none(what: string, value: unknown): void {
    if (value != null) refuse(`${this.name}() argument '${what}'`, "undefined (None)", describe(value));
  }

  /** A list in the place of a tuple. */
  items(what: string, value: unknown, count: number): unknown[] {
    if (!Array.isArray(value) || value.length !== count) {
      refuse(`${this.name}() argument ${what}`, `a list of ${count}`, Array.isArray(value) ? `a list of ${value.length}` : describe(value));
    }
    return value as unknown[];
  }

  /** What an error of the engine means in Python, after which the module is usable again. */
  failed(error: unknown): unknown {
    const { module, name, line } = this;
    if (!module.wasm) return notStarted(name);
    module.wasm.$unwind?.();
    if (error instanceof TypeError) late.add(error);
    return !(error instanceof PyError) && /call stack|recursion/.test(String(error))
      ? new PyError("RecursionError", "maximum recursion depth exceeded", module.file, name, line, 1)
      : error;
  }

  /** A 64-bit result. */
  int(value: bigint, unsigned?: number): number | bigint {
    const n = unsigned ? BigInt.asUintN(64, value) : value;
    return this.options.i64 === "bigint" ? n : exact(n);
  }
}
