// A compiled module: its functions called with JavaScript values.

import { asView, parse, type Type, type Written } from "./argument.js";
import { CONSTRUCTORS, itemsize, type DType, type TypedArray } from "./dtype.js";
import { PyError, type Site } from "./errors.js";
import { assign, contiguous, NDArray, product, same, type View } from "./ndarray.js";
import { describe, refuse, scalarIn, scalarOut } from "./scalar.js";

type Wasm = Record<string, CallableFunction> & { $memory: WebAssembly.Memory };

/** A parameter as the compiler writes it: name, type, 1 if the array may be written, and the default if there is one. */
type Parameter = [name: string, type: Written, written?: number, preset?: unknown];

/** An array argument while a call runs: what was passed, and its copy in the module's memory. */
interface Copied {
  address: number;
  from: View;
  /** The copy, where the memory is now. */
  to: () => View;
  written?: number | undefined;
}

/** A call while it runs: its function, arguments as wasm values, and the arrays copied for it. */
interface Call {
  name: string;
  line: number;
  slots: unknown[];
  copies: Copied[];
}

/** An array that lies in a module's memory. */
class ResidentArray extends NDArray {
  constructor(
    readonly owner: Module,
    private block: number,
    dtype: DType,
    shape: readonly number[],
  ) {
    super(() => owner.view(dtype, this.address, product(shape)), shape, undefined, 0, dtype);
  }

  /** Where the elements lie. */
  get address(): number {
    if (!this.block) throw new TypeError("this array has been disposed");
    return this.block;
  }

  /** Gives the memory back. */
  dispose(): void {
    if (this.block) this.owner.wasm.$release!(this.block);
    this.block = 0;
  }
}
const dispose = (Symbol as { dispose?: symbol }).dispose;
if (dispose) Object.defineProperty(ResidentArray.prototype, dispose, { value: ResidentArray.prototype.dispose });

/** A compiled module. */
export class Module {
  wasm!: Wasm;
  /** What a module imports. */
  readonly imports: WebAssembly.Imports = {
    np: {
      raise: (site: number, a: number, b: number) => {
        const [name, message, ...place] = this.sites[site]!;
        throw new PyError(name, message.replace("{a}", `${a}`).replace("{b}", `${b}`), this.file, ...place);
      },
    },
  };

  constructor(
    private file: string,
    private sites: Site[],
  ) {}

  /** Takes over an instance. */
  use(instance: WebAssembly.Instance): this {
    this.wasm = instance.exports as unknown as Wasm;
    return this;
  }

  /** Elements in the memory. */
  view(dtype: DType, address: number, length?: number): TypedArray {
    return new CONSTRUCTORS[dtype](this.wasm.$memory.buffer, address, length);
  }

  /** Space for an array that is not copied when it is passed. Fill `data`; call `dispose` when done. */
  array(dtype: DType, shape: number | readonly number[]): ResidentArray {
    const extents = [shape].flat() as number[];
    const bytes = product(extents) * itemsize(dtype);
    const address = this.allocate(bytes, "memory.array", 0);
    this.view("uint8", address, bytes).fill(0 as never);
    return new ResidentArray(this, address, dtype, extents);
  }

  private allocate(bytes: number, func: string, line: number): number {
    // Beyond 2 GB no request can succeed, and the size would not fit the call.
    const address = bytes < 2 ** 31 - 64 ? (this.wasm.$alloc!(bytes) as number) >>> 0 : 0;
    if (!address) throw new PyError("MemoryError", `unable to allocate ${bytes} bytes`, this.file, func, line, 1);
    return address;
  }

  /** A function of the module, which may have overloads: the first that takes the arguments is called. */
  fn(name: string, line: number, ...overloads: [symbol: string, params: Parameter[], result: Written][]): (...args: unknown[]) => unknown {
    const [first, ...rest] = overloads.map((overload) => this.overload(name, line, ...overload));
    return rest.reduce(
      (before, after) =>
        (...args) => {
          try {
            return before(...args);
          } catch (error) {
            // Only what is refused before the call is a TypeError; compiled code raises PyErrors.
            if (error instanceof TypeError) return after(...args);
            throw error;
          }
        },
      first!,
    );
  }

  private overload(name: string, line: number, symbol: string, params: Parameter[], written: Written): (...args: unknown[]) => unknown {
    const most = params.length;
    const types = params.map(([, type]) => parse(type));
    const words = params.map(([label]) => `${name}() argument '${label}'`);
    const result = parse(written);
    const least = params.filter((p) => p.length < 4).length;

    return (...args) => {
      if (args.length < least || args.length > most) {
        throw new TypeError(`${name}() takes ${least < most ? `${least} to ${most}` : most} arguments (${params.map(([label]) => label).join(", ")}), got ${args.length}`);
      }
      const call: Call = { name, line, slots: [], copies: [] };
      try {
        types.forEach((type, k) => this.lower(call, type, args[k] === undefined ? params[k]![3] : args[k], words[k]!, params[k]![2]));
        const value = this.wasm[symbol]!(...call.slots) as number | number[];
        let at = 0;
        return this.lift(result, () => (Array.isArray(value) ? value[at++]! : value));
      } catch (error) {
        throw this.failed(error, call);
      } finally {
        // What was written before an exception is seen, as in Python.
        for (const { address, from, to, written } of call.copies) {
          if (written) assign(from, to());
          this.wasm.$release!(address);
        }
      }
    };
  }

  /** What an error of the engine means in Python, after which the module is usable again. */
  private failed(error: unknown, { name, line }: Call): unknown {
    this.wasm.$unwind?.();
    return !(error instanceof PyError) && /call stack|recursion/.test(String(error))
      ? new PyError("RecursionError", "maximum recursion depth exceeded", this.file, name, line, 1)
      : error;
  }

  /** Turns an argument into wasm values. */
  private lower(call: Call, type: Type, value: unknown, what: string, written?: number): void {
    const { items, dtype, ndim } = type;
    if (items) {
      if (!Array.isArray(value) || value.length !== items.length) refuse(what, `a list of ${items.length}`, describe(value));
      items.forEach((item, k) => this.lower(call, item, (value as unknown[])[k], `${what}, item ${k},`, written));
    } else if (ndim !== undefined) {
      const view = asView(type, value, what);
      const address = value instanceof ResidentArray && value.owner === this ? value.address : this.copied(call, view, what, written);
      call.slots.push(address, ...view.shape);
      // Copies and resident arrays are C-contiguous.
      if (!type.packed) for (const stride of contiguous(view.shape)) call.slots.push(stride * itemsize(dtype!));
      call.slots.push(0);
    } else if (dtype) call.slots.push(scalarIn(dtype, value, what));
  }

  /** Copies an array into the module's memory. The same memory passed twice is the same memory there too. */
  private copied(call: Call, from: View, what: string, written?: number): number {
    const { data, shape, strides, offset, dtype } = from;
    if ((data.buffer as { detached?: boolean }).detached) refuse(what, "an array", "a detached one");
    const known = call.copies.find((c) => c.from.data === data && c.from.offset === offset && same(c.from.shape, shape) && same(c.from.strides, strides));
    if (known) {
      known.written ||= written;
      return known.address;
    }
    const size = product(shape);
    const address = this.allocate(size * itemsize(dtype), call.name, call.line);
    const to = () => new NDArray(this.view(dtype, address, size), shape, undefined, 0, dtype);
    call.copies.push({ address, from, to, written });
    assign(to(), from);
    return address;
  }

  /** Turns wasm values, one after another, into a result. */
  private lift({ items, dtype, ndim, packed }: Type, next: () => number): unknown {
    if (items) return items.map((item) => this.lift(item, next));
    if (ndim === undefined) return dtype && scalarOut(dtype, next());
    const item = itemsize(dtype!);
    const offset = (next() >>> 0) / item;
    const shape = Array.from({ length: ndim }, next);
    const strides = packed ? contiguous(shape) : shape.map(() => next() / item);
    const owner = next();
    const out = new NDArray(this.view(dtype!, 0), shape, strides, offset, dtype).copy();
    if (owner) this.wasm.$release!(owner);
    return out;
  }
}
