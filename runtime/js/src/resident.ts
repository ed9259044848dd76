// Arrays that stay in a module's memory, where calls take them without copying and may leave their results.

import { Argument, asArgument } from "./argument.js";
import { ArrayContext, ArrayModule, bytes, copied, ofArgument, refuseTorn } from "./arrays.js";
import { CONSTRUCTORS, itemsize, type DType, type TypedArray } from "./dtype.js";
import { leaves, type Leaf, type Written } from "./leaf.js";
import type { AnyFunction, Context, Parameters_ } from "./module.js";
import { assign, checked, isPacked, NDArray, product, reach, same, type View } from "./ndarray.js";
import { describe, dimensions, refuse } from "./scalar.js";

/** Where a block is held: 0 before there is one, and after it has been given back. */
interface Hold {
  readonly module: ArrayModule;
  block: number;
}

/** Gives back what is held. */
const release = (hold: Hold): void => {
  const { module, block } = hold;
  hold.block = 0;
  if (block) module.release(block);
};

/** Blocks of arrays that were dropped without `dispose`. */
const dropped = /* @__PURE__ */ new FinalizationRegistry<Hold>(release);

/** In the place of the data of an array that is where it has to be. */
const NONE = new Uint8Array(0);

/** An array that lies in a module's memory. */
class ResidentArray extends NDArray {
  /** That of the array whose memory this one lies in, if it is a view. */
  #hold: Hold;
  #address: number;
  /** Strides in bytes. */
  #steps: readonly number[];
  /** The array whose block this one lies in, if it is a view. */
  #base: ResidentArray | undefined;

  /** Arrays by the views of their elements that were handed out: who has a view, or an array made of it, keeps the block. */
  static #kept = new WeakMap<TypedArray, ResidentArray>();

  /** An array of a block, or a view of another array. `holds` gives the block and the address; it is called last, so that nothing can fail once there is a block. */
  constructor(from: ArrayModule | ResidentArray, dtype: DType, shape: readonly number[], strides: readonly number[] | undefined, holds: () => [block: number, address: number]) {
    super(undefined, shape, strides, 0, dtype);
    // Nobody may make them say more than the block has.
    [this.shape, this.strides].forEach(Object.freeze);
    this.#base = from instanceof ResidentArray ? (from.#base ?? from) : undefined;
    this.#steps = this.strides.map((stride) => stride * itemsize(dtype));
    // The data is found where the memory is when it is asked for; element (0, …, 0) is its beginning, and `offset` counts from there.
    const first = reach(this)[0];
    if (first < 0) (this as { offset: number }).offset = -first;
    this.#hold = from instanceof ResidentArray ? from.#hold : { module: from, block: 0 };
    if (!this.#base) dropped.register(this, this.#hold, this);
    const held = holds();
    this.#address = held[1];
    if (!this.#base) this.#hold.block = held[0];
  }

  /** The elements, where the memory is now: valid until it grows. */
  // @ts-expect-error: the base class declares a field.
  get data(): TypedArray {
    const [first, last] = reach(this);
    const view = this.#hold.module.view(this.dtype, this.address + (first - this.offset) * itemsize(this.dtype), last + 1 - first);
    ResidentArray.#kept.set(view, this);
    return view;
  }

  /** Whether its memory has not been given back. */
  get alive(): boolean {
    return !!this.#hold.block;
  }

  /** Where element (0, …, 0) lies. */
  get address(): number {
    if (!this.alive) throw new TypeError("this array has been disposed");
    return this.#address;
  }

  /** An argument that lies in a module's memory and fits as it is. */
  static argument(module: ArrayModule, leaf: Leaf, value: unknown): Argument | undefined {
    if (!(value instanceof ResidentArray) || value.#hold.module.wasm.$memory !== module.wasm?.$memory) return undefined;
    const { shape, strides, offset, writeable, dtype } = value;
    const fits = dtype === leaf.dtype && shape.length === leaf.ndim && (writeable || !leaf.written) && (!leaf.packed || isPacked(value));
    if (!fits) return undefined;
    const a = new Argument(leaf, value, NONE, shape, strides, offset);
    a.resident = true;
    a.address = value.address;
    a.steps = value.#steps;
    return a;
  }

  /** Calls compiled code whose result is written here. Where no argument can see the block, the code makes the result in it: the first block that it makes of this size. */
  lend(module: ArrayModule, arrays: Argument[], call: () => unknown): unknown {
    const { block } = this.#hold;
    const { $memory, $lend } = module.wasm;
    if (!block || this.#base || this.#address !== block || !this.writeable || this.#hold.module.wasm.$memory !== $memory) return call();
    // The references of the block, and its size with the header of 16 bytes (`library/kernels/allocator`).
    const references = block / 4 - 4;
    const [count, size] = module.heap("int32").subarray(references) as Int32Array;
    // With one reference, the block is this array's alone.
    if (count !== 1 || arrays.some(({ address }) => address >= block && address < block + size! - 16)) return call();
    $lend!(block);
    try {
      return call();
    } catch (error) {
      // The references of what the exception has left.
      module.heap("int32")[references] = 1;
      throw error;
    } finally {
      $lend!(0);
    }
  }

  override view(shape: readonly number[], strides: readonly number[], offset: number): NDArray {
    checked({ data: this.data, shape, strides, offset, dtype: this.dtype }, (got) => refuse("NDArray.view()", "a part of the array", got));
    const address = this.address + (offset - this.offset) * itemsize(this.dtype);
    const view = new ResidentArray(this, this.dtype, [...shape], [...strides], () => [0, address]);
    view.writeable = this.writeable;
    return view;
  }

  override toString(): string {
    return this.alive ? super.toString() : "disposed";
  }

  /** Gives the memory back. Views of the array are then disposed too. */
  dispose(): void {
    // A view has no block of its own.
    if (this.#base) return;
    dropped.unregister(this);
    release(this.#hold);
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
    const made = new ResidentArray(this, dtype, extents, undefined, () => {
      const address = this.allocate(bytes, "memory.array", 0);
      return [address, address];
    });
    this.view("uint8", made.address, bytes).fill(0 as never);
    return made;
  }
}

/** What the calls of one signature share, with arrays that may stay in memory. */
class ResidentContext extends ArrayContext {
  declare readonly module: ResidentModule;
  /** What an array has to be that results are written to. */
  private declare to: Leaf;
  /** The arrays of the call that begins, by their leaves. */
  private arrays: Argument[] = [];

  override array(k: number, value: unknown): Argument {
    return (this.arrays[k] = super.array(k, value));
  }

  override argument(leaf: Leaf, value: unknown): Argument {
    const { module } = this;
    const known = ResidentArray.argument(module, leaf, value);
    if (known) return known;
    const a = super.argument(leaf, value);
    if (a.data.buffer === module.wasm?.$memory?.buffer && (!leaf.packed || isPacked(a))) {
      const item = itemsize(a.dtype);
      a.resident = true;
      a.address = a.data.byteOffset + a.offset * item;
      a.steps = a.strides.map((stride) => stride * item);
    }
    return a;
  }

  protected override isThere(a: Argument): boolean {
    // The elements of one that lies in the memory stay where they are when it grows.
    return a.given instanceof ResidentArray ? a.given.alive : a.resident || super.isThere(a);
  }

  override group(list: Argument[]): void {
    const memory = this.module.wasm?.$memory?.buffer;
    const range = (a: Argument) => (a.resident ? reach(a).map((at) => a.address + (at - a.offset) * itemsize(a.dtype)) : bytes(a)) as [number, number];
    // One that lies in the memory and is copied, as its elements have gaps, would no longer share them.
    for (const a of list) {
      if (a.resident || a.data.buffer !== memory) continue;
      const [low, high] = range(a);
      if (list.some((b) => b !== a && (a.written || b.written) && b.resident && range(b)[0] < high && low <= range(b)[1])) refuseTorn(a);
    }
    super.group(list);
  }

  override lift(dtype: DType, args: Argument[], address: number, shape: number[], steps: number[] | undefined, owner: number): NDArray {
    const { module, options } = this;
    if (options.out === undefined && !options.resident) return super.lift(dtype, args, address, shape, steps, owner);
    const view = this.result(dtype, address, shape, steps);
    if (options.out !== undefined) {
      // What the function has written to its arguments comes before the result, which may lie in one.
      for (const a of args) if (a.written) this.writeBack(a);
      this.store(view, options.out);
      if (owner) module.release(owner);
      return options.out as NDArray;
    }
    if (owner) {
      return new ResidentArray(module, dtype, shape, view.strides, () => {
        module.wasm.$adopt!(owner);
        return [owner >>> 0, address >>> 0];
      });
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
    const { module, options } = this;
    const { out } = options;
    if (out instanceof ResidentArray) {
      // For this context the module's functions are those that lend.
      const lending = (name: string) => (...args: unknown[]) => out.lend(module, this.arrays, () => module.wasm[name]!(...args));
      const wasm = new Proxy({}, { get: (_, name: string) => (name[0] === "$" ? module.wasm[name] : lending(name)) });
      const own = Object.create(module, { wasm: { get: () => module.wasm && wasm } }) as ResidentModule;
      Object.defineProperty(this, "module", { value: own });
    }
    return super.made(make);
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
