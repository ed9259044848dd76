// Arrays that stay in a module's memory, where calls take them without copying and may leave their results.

import { Argument, asArgument } from "./argument.js";
import { ArrayContext, ArrayModule, copied, ofArgument } from "./arrays.js";
import { CONSTRUCTORS, dtypeOf, itemsize, type DType, type TypedArray } from "./dtype.js";
import { leaves, type Leaf, type Written } from "./leaf.js";
import type { AnyFunction, Context, Parameters_ } from "./module.js";
import { assign, checked, isPacked, NDArray, product, reach, same, type View } from "./ndarray.js";
import { describe, dimensions, refuse } from "./scalar.js";

/** Blocks of arrays that were dropped without `dispose`. */
const dropped = /* @__PURE__ */ new FinalizationRegistry<[ArrayModule, number]>(([module, block]) => module.release(block));

/** In the place of the data of an array that is where it has to be. */
const NONE = new Uint8Array(0);

/** An array that lies in a module's memory. */
class ResidentArray extends NDArray {
  #owner: ArrayModule;
  #block: number;
  #address: number;
  /** Strides in bytes. */
  #steps: readonly number[];
  /** The array whose block this one lies in, if it is a view. */
  #base: ResidentArray | undefined;

  /** Arrays by the views of their elements that were handed out: who has a view, or an array made of it, keeps the block. */
  static #kept = new WeakMap<TypedArray, ResidentArray>();

  constructor(owner: ArrayModule, block: number, address: number, dtype: DType, shape: readonly number[], strides?: readonly number[], base?: ResidentArray) {
    super(undefined, shape, strides, 0, dtype);
    // Nobody may make them say more than the block has.
    [this.shape, this.strides].forEach(Object.freeze);
    this.#owner = owner;
    this.#block = block;
    this.#address = address;
    this.#steps = this.strides.map((stride) => stride * itemsize(dtype));
    this.#base = base;
    if (!base) dropped.register(this, [owner, block], this);
    // The data is found where the memory is when it is asked for; element (0, …, 0) is its beginning, and `offset` counts from there.
    const first = reach(this)[0];
    if (first < 0) (this as { offset: number }).offset = -first;
  }

  /** The elements, where the memory is now: valid until it grows. */
  // @ts-expect-error: the base class declares a field.
  get data(): TypedArray {
    const [first, last] = reach(this);
    const view = this.#owner.view(this.dtype, this.address + (first - this.offset) * itemsize(this.dtype), last + 1 - first);
    ResidentArray.#kept.set(view, this);
    return view;
  }

  /** Whether its memory has not been given back. */
  get alive(): boolean {
    return !!(this.#base ?? this).#block;
  }

  /** Where element (0, …, 0) lies. */
  get address(): number {
    if (!this.alive) throw new TypeError("this array has been disposed");
    return this.#address;
  }

  /** An argument that lies in a module's memory and fits as it is. */
  static argument(module: ArrayModule, leaf: Leaf, value: unknown): Argument | undefined {
    if (!(value instanceof ResidentArray) || value.#owner.wasm.$memory !== module.wasm?.$memory) return undefined;
    const { shape, strides, offset, writeable, dtype } = value;
    const fits = dtype === leaf.dtype && shape.length === leaf.ndim && (writeable || !leaf.written) && (!leaf.packed || isPacked(value));
    if (!fits) return undefined;
    const a = new Argument(leaf, value, NONE, shape, strides, offset);
    a.resident = true;
    a.address = value.address;
    a.steps = value.#steps;
    return a;
  }

  /** A call whose result is written here. Where no argument can see the block, compiled code makes the result in it: the first that it makes of this size. */
  lend(module: ArrayModule, args: unknown[], call: AnyFunction): unknown {
    const block = this.#block;
    const { $memory, $lend } = module.wasm ?? {};
    const apart = (arg: unknown) => {
      if (!arg || typeof arg !== "object") return true;
      if (arg instanceof ResidentArray) return (arg.#base ?? arg) !== this;
      const data = arg instanceof NDArray ? arg.data : arg;
      return dtypeOf(data) && (data as TypedArray).buffer !== $memory!.buffer;
    };
    if (!block || this.#owner.wasm.$memory !== $memory || !args.every(apart)) return call(...args);
    const references = block / 4 - 4;
    const count = module.heap("int32")[references]!;
    $lend!(block);
    try {
      return call(...args);
    } finally {
      $lend!(0);
      // What an exception has left undone.
      module.heap("int32")[references] = count;
    }
  }

  override view(shape: readonly number[], strides: readonly number[], offset: number): NDArray {
    checked({ data: this.data, shape, strides, offset, dtype: this.dtype }, (got) => refuse("NDArray.view()", "a part of the array", got));
    const address = this.address + (offset - this.offset) * itemsize(this.dtype);
    const view = new ResidentArray(this.#owner, 0, address, this.dtype, [...shape], [...strides], this.#base ?? this);
    view.writeable = this.writeable;
    return view;
  }

  /** Gives the memory back. Views of the array are then disposed too. */
  dispose(): void {
    if (!this.#block) return;
    this.#owner.release(this.#block);
    dropped.unregister(this);
    this.#block = 0;
  }
}
const dispose = (Symbol as { dispose?: symbol }).dispose;
if (dispose) Object.defineProperty(ResidentArray.prototype, dispose, { value: ResidentArray.prototype.dispose });

/** A compiled module with arrays, also such as stay in its memory. */
export class ResidentModule extends ArrayModule {
  override context(...about: Parameters_): ResidentContext {
    return new ResidentContext(this, ...about);
  }

  /** Space, filled with zeros, for an array that is not copied when it is passed. Call `dispose` when done. */
  array(dtype: DType, shape: number | readonly number[]): NDArray & { dispose(): void } {
    if (!Object.hasOwn(CONSTRUCTORS, dtype)) throw new TypeError(`memory.array() argument 'dtype' takes the name of a dtype, got ${describe(dtype)}`);
    const extents = [shape].flat() as number[];
    if (!extents.every((n) => Number.isInteger(n) && n >= 0)) refuse("memory.array() argument 'shape'", "integers from 0", `[${extents.join(", ")}]`);
    const bytes = product(extents) * itemsize(dtype);
    const address = this.allocate(bytes, "memory.array", 0);
    this.view("uint8", address, bytes).fill(0 as never);
    return new ResidentArray(this, address, address, dtype, extents);
  }
}

/** What the calls of one signature share, with arrays that may stay in memory. */
class ResidentContext extends ArrayContext {
  declare readonly module: ResidentModule;
  /** What an array has to be that results are written to. */
  private declare to: Leaf;

  override array(k: number, value: unknown): Argument {
    const { module } = this;
    const leaf = this.leaves[k]!;
    const known = ResidentArray.argument(module, leaf, value);
    if (known) return known;
    const a = super.array(k, value);
    if (a.data.buffer === module.wasm?.$memory?.buffer && (!leaf.packed || isPacked(a))) {
      const item = itemsize(a.dtype);
      a.resident = true;
      a.address = a.data.byteOffset + a.offset * item;
      a.steps = a.strides.map((stride) => stride * item);
    }
    return a;
  }

  protected override isThere(a: Argument): boolean {
    return a.given instanceof ResidentArray ? a.given.alive : super.isThere(a);
  }

  override lift(dtype: DType, args: Argument[], address: number, shape: number[], steps: number[] | undefined, owner: number): NDArray {
    const { module, options } = this;
    if (options.out === undefined && !options.resident) return super.lift(dtype, args, address, shape, steps, owner);
    const view = this.result(dtype, address, shape, steps);
    if (options.out !== undefined) {
      this.store(view, options.out);
      if (owner) module.release(owner);
      return options.out as NDArray;
    }
    if (owner) {
      module.wasm.$adopt!(owner);
      return new ResidentArray(module, owner >>> 0, address >>> 0, dtype, shape, view.strides);
    }
    const own = ofArgument(args, view, address >>> 0);
    if (own) return own;
    // The memory may grow for it.
    const out = copied(view);
    const kept = module.array(dtype, shape);
    assign(kept, out);
    return kept;
  }

  protected override place(what: string, result: Written | undefined, out: unknown): void {
    super.place(what, result, out);
    this.to = { ...leaves(result!, what, true)[0]!, packed: false };
    asArgument(this.to, out);
  }

  override made(make: (context: Context) => AnyFunction): AnyFunction {
    const call = super.made(make);
    const { out } = this.options;
    return out instanceof ResidentArray ? (...args) => out.lend(this.module, args, call) : call;
  }

  /** Writes a result to the array that was given for it, which may have changed since. A result that was made in its memory is there already, or lies otherwise. */
  private store(from: View, out: unknown): void {
    const to = asArgument(this.to, out);
    if (!same(to.shape, from.shape)) refuse(this.to.what, `shape [${from.shape.join(", ")}] (${dimensions(from.shape.length)})`, `[${to.shape.join(", ")}]`);
    const shared = to.data.buffer === from.data.buffer;
    const first = (view: View) => view.data.byteOffset + view.offset * itemsize(view.dtype);
    if (!shared || first(to) !== first(from) || !same(to.strides, from.strides)) assign(to, shared ? copied(from) : from);
  }
}
