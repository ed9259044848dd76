// A compiled module: its functions called with JavaScript values.

import { CONSTRUCTORS, dtypeOf, isBig, limits, type DType, type TypedArray } from "./dtype.js";
import { PyError, type Site } from "./errors.js";
import { contiguous, flatten, NDArray, product, type Element, type Nested } from "./ndarray.js";

/** A type: a scalar, an array, a tuple, or None. */
type Type =
  | { kind: "scalar"; dtype: DType; text: string }
  | { kind: "array"; dtype: DType; ndim: number; packed: boolean; text: string }
  | { kind: "tuple"; items: Type[]; text: string }
  | { kind: "none"; text: string };

type Wasm = Record<string, CallableFunction> & { $memory: WebAssembly.Memory };

/** An array argument while a call runs. */
interface Copied {
  address: number;
  array: View;
  written: boolean;
}

interface View {
  data: TypedArray;
  shape: readonly number[];
  strides: readonly number[];
  offset: number;
  dtype: DType;
}

/** An array that lies in a module's memory. */
class ResidentArray extends NDArray {
  constructor(
    readonly owner: Module,
    public address: number,
    dtype: DType,
    shape: readonly number[],
  ) {
    super(() => owner.view(dtype, this.live(), product(shape)), shape, undefined, 0, dtype);
  }

  private live(): number {
    if (!this.address) throw new TypeError("this array has been disposed");
    return this.address;
  }

  /** Gives the memory back. */
  dispose(): void {
    if (this.address) this.owner.wasm.$release!(this.address);
    this.address = 0;
  }
}
const dispose: symbol | undefined = (Symbol as { dispose?: symbol }).dispose;
if (dispose) Object.defineProperty(ResidentArray.prototype, dispose, { value: ResidentArray.prototype.dispose });

/** Splits at commas that are not inside brackets. */
const split = (text: string): string[] => text.match(/(?:[^,([]|\[[^\]]*\]|\((?:[^()]|\([^()]*\))*\))+/g)?.map((s) => s.trim()) ?? [];

const parse = (text: string): Type => {
  if (text === "None") return { kind: "none", text };
  if (text[0] === "(") return { kind: "tuple", items: split(text.slice(1, -1)).map(parse), text };
  const bracket = text.indexOf("[");
  const base = bracket < 0 ? text : text.slice(0, bracket);
  const dtype = ({ int: "int64", float: "float64", bool_: "bool" }[base] ?? base) as DType;
  if (bracket < 0) return { kind: "scalar", dtype, text };
  const axes = text.slice(bracket + 1, -1).split(",");
  return { kind: "array", dtype, ndim: axes.length, packed: axes[axes.length - 1]!.trim() === "::1", text };
};

const describe = (value: unknown): string => {
  if (value instanceof NDArray) return `NDArray of ${value.dtype} with ${value.ndim} dimension${value.ndim === 1 ? "" : "s"}`;
  if (Array.isArray(value)) return "a list";
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? value.constructor?.name ?? "an object" : `the ${typeof value} ${String(value)}`;
};

/** A compiled module. */
export class Module {
  wasm!: Wasm;
  private sites: Site[];
  private file: string;
  private raised = (site: number, a: number, b: number): never => {
    const [name, message, func, line, col] = this.sites[site]!;
    throw new PyError(name, message.replace("{a}", String(a)).replace("{b}", String(b)), this.file, func, line, col);
  };
  /** What a module imports. */
  readonly imports = { np: { raise: this.raised } } as unknown as WebAssembly.Imports;

  constructor(file: string, sites: Site[]) {
    this.file = file;
    this.sites = sites;
  }

  /** Takes over an instance. */
  use(instance: WebAssembly.Instance): this {
    this.wasm = instance.exports as unknown as Wasm;
    return this;
  }

  /** Elements in the memory. */
  view(dtype: DType, address: number, length: number): TypedArray {
    return new CONSTRUCTORS[dtype](this.wasm.$memory.buffer, address, length);
  }

  /** Space for an array that is not copied when it is passed. Fill `data`; call `dispose` when done. */
  array(dtype: DType, shape: number | readonly number[]): ResidentArray {
    const extents = typeof shape === "number" ? [shape] : shape;
    const bytes = product(extents) * CONSTRUCTORS[dtype].BYTES_PER_ELEMENT;
    const array = new ResidentArray(this, this.allocate(bytes, "memory.array", 0), dtype, extents);
    array.data.fill(0 as never);
    return array;
  }

  private allocate(bytes: number, func: string, line: number): number {
    // Beyond 2 GB no request can succeed, and the size would not fit the call.
    const address = bytes < 2 ** 31 - 64 ? (this.wasm.$alloc!(bytes) as number) >>> 0 : 0;
    if (!address) throw new PyError("MemoryError", `unable to allocate ${bytes} bytes`, this.file, func, line, 1);
    return address;
  }

  /**
   * A function of the module. Signatures are `name: type, …` with `=default` and, for arrays that are written, `!` after the name; several for overloads.
   */
  fn(name: string, line: number, ...overloads: [symbol: string, params: string, result: string][]): (...args: unknown[]) => unknown {
    const compiled = overloads.map(([symbol, params, result]) => this.overload(name, line, symbol, params, result));
    if (compiled.length === 1) return compiled[0]!.call;
    return (...args) => {
      const fit = compiled.find((c) => c.accepts(args)) ?? compiled[compiled.length - 1]!;
      return fit.call(...args);
    };
  }

  private overload(name: string, line: number, symbol: string, signature: string, resultText: string) {
    const params = split(signature).map((text) => {
      const [, label, written, type, preset] = /^(\w+)(!?): (.*?)(?:=(.*))?$/.exec(text)!;
      return { label: label!, written: written === "!", type: parse(type!), preset: preset === undefined ? undefined : literal(preset) };
    });
    const result = parse(resultText);
    const required = params.filter((p) => p.preset === undefined).length;
    const simple = params.every((p) => p.type.kind === "scalar") && (result.kind === "scalar" || result.kind === "none");

    const run = (args: unknown[]): unknown => {
      const slots: unknown[] = [];
      const copies: Copied[] = [];
      const func = this.wasm[symbol]!;
      try {
        params.forEach((p, k) => this.lower(p.type, args[k] === undefined ? p.preset : args[k], `${name}() argument '${p.label}'`, slots, copies, p.written, line));
        const value = func(...slots) as unknown;
        const results = Array.isArray(value) ? value : [value];
        const out = this.lift(result, results[Symbol.iterator]());
        for (const copy of copies) if (copy.written) this.copyBack(copy);
        return out;
      } catch (error) {
        // What was written before the exception is seen, as in Python.
        if (error instanceof PyError) for (const copy of copies) if (copy.written) this.copyBack(copy);
        throw this.failed(error, name, line);
      } finally {
        for (const copy of copies) this.wasm.$release!(copy.address);
      }
    };

    const call = (...args: unknown[]): unknown => {
      if (args.length < required || args.length > params.length) {
        const takes = required === params.length ? `${required}` : `${required} to ${params.length}`;
        throw new TypeError(`${name}() takes ${takes} arguments (${params.map((p) => p.label).join(", ")}), got ${args.length}`);
      }
      if (!simple) return run(args);
      const slots = params.map((p, k) => scalarIn(p.type as Scalar, args[k] === undefined ? p.preset : args[k], `${name}() argument '${p.label}'`));
      try {
        const value = this.wasm[symbol]!(...slots) as number;
        return result.kind === "none" ? undefined : scalarOut(result.kind === "scalar" ? result.dtype : "float64", value);
      } catch (error) {
        throw this.failed(error, name, line);
      }
    };

    const accepts = (args: unknown[]): boolean =>
      args.length >= required && args.length <= params.length && params.every((p, k) => args[k] === undefined || fits(p.type, args[k]));
    return { call, accepts };
  }

  /** What an error of the engine means in Python, after which the module is usable again. */
  private failed(error: unknown, name: string, line: number): unknown {
    this.wasm.$unwind?.();
    return error instanceof RangeError && /call stack/.test(error.message)
      ? new PyError("RecursionError", "maximum recursion depth exceeded", this.file, name, line, 1)
      : error;
  }

  /** Turns an argument into wasm values. */
  private lower(type: Type, value: unknown, what: string, slots: unknown[], copies: Copied[], written: boolean, line: number): void {
    if (type.kind === "scalar") {
      slots.push(scalarIn(type, value, what));
    } else if (type.kind === "tuple") {
      if (!Array.isArray(value) || value.length !== type.items.length) {
        throw new TypeError(`${what} takes ${type.text}, a list of ${type.items.length}; got ${describe(value)}`);
      }
      type.items.forEach((item, k) => this.lower(item, value[k], `${what}, item ${k},`, slots, copies, written, line));
    } else if (type.kind === "array") {
      this.lowerArray(type, value, what, slots, copies, written, line);
    }
  }

  private lowerArray(type: Type & { kind: "array" }, value: unknown, what: string, slots: unknown[], copies: Copied[], written: boolean, line: number): void {
    if (value instanceof ResidentArray && value.owner === this) {
      const view = asView(type, value, what);
      slots.push(value.address, ...view.shape);
      if (!type.packed) slots.push(...view.strides.map((s) => s * value.data.BYTES_PER_ELEMENT));
      slots.push(0);
      return;
    }
    const array = asView(type, value, what);
    // The same memory passed twice is the same memory in the module, so that writes through one are seen through the other.
    const same = copies.find((c) => c.array.data === array.data && c.array.offset === array.offset && sameNumbers(c.array.shape, array.shape) && sameNumbers(c.array.strides, array.strides));
    const size = product(array.shape);
    const item = CONSTRUCTORS[type.dtype].BYTES_PER_ELEMENT;
    const address = same ? same.address : this.allocate(size * item, what, line);
    if (same) same.written ||= written;
    else {
      copies.push({ address, array, written });
      const target = this.view(type.dtype, address, size);
      if (sameNumbers(array.strides, contiguous(array.shape))) target.set(array.data.subarray(array.offset, array.offset + size) as never);
      else walk(array, (at, k) => ((target as { [k: number]: unknown })[k] = array.data[at]));
    }
    slots.push(address, ...array.shape);
    if (!type.packed) slots.push(...contiguous(array.shape).map((s) => s * item));
    slots.push(0);
  }

  private copyBack({ address, array }: Copied): void {
    const source = this.view(array.dtype, address, product(array.shape));
    if (sameNumbers(array.strides, contiguous(array.shape))) array.data.set(source as never, array.offset);
    else walk(array, (at, k) => ((array.data as { [k: number]: unknown })[at] = source[k]));
  }

  /** Turns wasm values into a result. */
  private lift(type: Type, slots: Iterator<unknown>): unknown {
    const next = () => slots.next().value as number;
    switch (type.kind) {
      case "none":
        return undefined;
      case "scalar":
        return scalarOut(type.dtype, next());
      case "tuple":
        return type.items.map((item) => this.lift(item, slots));
      case "array": {
        const address = next() >>> 0;
        const shape = Array.from({ length: type.ndim }, next);
        const item = CONSTRUCTORS[type.dtype].BYTES_PER_ELEMENT;
        const strides = type.packed ? contiguous(shape) : Array.from({ length: type.ndim }, () => next() / item);
        const owner = next();
        const size = product(shape);
        let data: TypedArray;
        if (sameNumbers(strides, contiguous(shape))) {
          data = this.view(type.dtype, size ? address : 0, size).slice() as TypedArray;
        } else {
          data = new CONSTRUCTORS[type.dtype](size);
          const all = new CONSTRUCTORS[type.dtype](this.wasm.$memory.buffer);
          walk({ shape, strides, offset: address / item }, (at, k) => ((data as { [k: number]: unknown })[k] = all[at]));
        }
        if (owner) this.wasm.$release!(owner);
        return new NDArray(data, shape, undefined, 0, type.dtype);
      }
    }
  }
}

type Scalar = Type & { kind: "scalar" };

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((x, k) => x === b[k]);

/** Visits the elements of a strided array in C order. */
const walk = ({ shape, strides, offset }: Pick<View, "shape" | "strides" | "offset">, f: (at: number, k: number) => void): void => {
  let k = 0;
  const level = (axis: number, at: number): void => {
    if (axis === shape.length) return f(at, k++);
    for (let i = 0; i < shape[axis]!; i++) level(axis + 1, at + i * strides[axis]!);
  };
  level(0, offset);
};

/** A Python literal as a default. */
const literal = (text: string): unknown =>
  ({ True: true, False: false, None: undefined } as Record<string, unknown>)[text] ?? (text.includes("(") ? undefined : Number(text.replace(/_/g, "")));

const refuse = (what: string, takes: string, value: unknown): never => {
  throw new TypeError(`${what} takes ${takes}, got ${describe(value)}`);
};

/** A number as a wasm value of a scalar type. */
const scalarIn = (type: Scalar, value: unknown, what: string): unknown => {
  const kind = typeof value;
  if (type.dtype === "bool") return kind === "boolean" ? Number(value) : refuse(what, "a boolean", value);
  if (type.dtype[0] === "f") return kind === "number" ? value : kind === "bigint" || kind === "boolean" ? Number(value) : refuse(what, `a number (${type.text})`, value);
  const whole = kind === "bigint" || kind === "boolean" || Number.isInteger(value);
  if (!whole) refuse(what, `an integer (${type.text})`, value);
  const n = BigInt(value as number);
  const [low, high] = limits(type.dtype);
  if (n < low || n > high) refuse(what, `an integer from ${low} to ${high} (${type.text})`, value);
  return isBig(type.dtype) ? n : Number(n);
};

/** A wasm value as a number. */
const scalarOut = (dtype: DType, value: unknown): unknown => {
  if (dtype === "bool") return value !== 0;
  if (dtype === "uint32") return (value as number) >>> 0;
  if (!isBig(dtype)) return value;
  const n = dtype === "uint64" ? BigInt.asUintN(64, value as bigint) : (value as bigint);
  const out = Number(n);
  if (!Number.isSafeInteger(out)) throw new RangeError(`the result ${n} is larger than a JavaScript number holds exactly`);
  return out;
};

/** An argument as an array of a type. */
const asView = (type: Type & { kind: "array" }, value: unknown, what: string): View => {
  const takes = `${type.text} (${type.ndim} dimension${type.ndim === 1 ? "" : "s"} of ${type.dtype})`;
  const own = dtypeOf(value);
  let view: View;
  if (value instanceof NDArray) view = value;
  else if (own) {
    const data = value as TypedArray;
    if (data.buffer.byteLength === 0 && data.length === 0 && (data.buffer as { detached?: boolean }).detached) refuse(what, takes, "a detached array");
    view = { data, shape: [data.length], strides: [1], offset: 0, dtype: own === "uint8" && type.dtype === "bool" ? "bool" : own };
  } else if (Array.isArray(value)) {
    const [flat, shape] = flatten(value as Nested);
    view = { data: convert(flat, type.dtype, what), shape: shape.length === 1 && shape[0] === 0 && type.ndim > 1 ? [0, ...Array<number>(type.ndim - 1).fill(0)] : shape, strides: [], offset: 0, dtype: type.dtype };
    view = { ...view, strides: contiguous(view.shape) };
  } else if (value && typeof value === "object" && dtypeOf((value as View).data) && Array.isArray((value as View).shape)) {
    const like = value as View & { stride?: readonly number[] };
    view = { data: like.data, shape: like.shape, strides: like.stride ?? like.strides ?? contiguous(like.shape), offset: like.offset ?? 0, dtype: dtypeOf(like.data)! };
  } else return refuse(what, takes, value);
  if (view.dtype !== type.dtype) throw new TypeError(`${what} takes ${takes}, got ${view.dtype}`);
  if (view.shape.length !== type.ndim) throw new TypeError(`${what} takes ${takes}, got ${view.shape.length} dimension${view.shape.length === 1 ? "" : "s"}`);
  return view;
};

/** Elements as a typed array, every one exactly. */
const convert = (flat: readonly Element[], dtype: DType, what: string): TypedArray => {
  const data = new CONSTRUCTORS[dtype](flat.length);
  const type: Scalar = { kind: "scalar", dtype, text: dtype };
  flat.forEach((value, k) => {
    (data as { [k: number]: unknown })[k] = scalarIn(type, dtype === "bool" && typeof value === "number" ? Boolean(value) : value, `${what}, item ${k},`);
  });
  return data;
};

/** Whether a value may be passed for a type. */
const fits = (type: Type, value: unknown): boolean => {
  try {
    if (type.kind === "scalar") scalarIn(type, value, "");
    else if (type.kind === "array") asView(type, value, "");
    else if (type.kind === "tuple") return Array.isArray(value) && value.length === type.items.length && type.items.every((item, k) => fits(item, value[k]));
    return true;
  } catch {
    return false;
  }
};
