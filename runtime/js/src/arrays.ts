// Arrays in and out of a module's memory. Those that stay there are in `resident.ts`.

import { Argument, asArgument, ONE } from "./argument.js";
import { CONSTRUCTORS, itemsize, room, width, type DType, type TypedArray } from "./dtype.js";
import { PyError } from "./errors.js";
import type { Leaf } from "./leaf.js";
import { Context, Module, notStarted, type AnyFunction, type Parameters_, type Signature } from "./module.js";
import { assign, contiguous, isPacked, NDArray, overlapsItself, product, reach, same, type View } from "./ndarray.js";
import { refuse } from "./scalar.js";

/** A compiled module with arrays. */
export class ArrayModule extends Module {
  override context(...about: Parameters_): ArrayContext {
    return new ArrayContext(this, ...about);
  }

  /** Of several signatures the one counts that takes arrays as they lie: where they are copied to close gaps, nothing is written through views of them. */
  override fn(name: string, line: number, ...signatures: Signature[]): AnyFunction {
    const strict = signatures.map(([params, make, result]) => {
      const asTheyLie = (context: Context) => make(Object.assign(context, { asTheyLie: true }));
      return [params, asTheyLie, result] as Signature;
    });
    return super.fn(name, line, ...(strict.length > 1 ? strict : []), ...signatures);
  }

  private heaps: Partial<Record<DType, TypedArray>> = {};

  /** The whole memory as elements of a dtype. */
  heap(dtype: DType): TypedArray {
    const known = this.heaps[dtype];
    // Of a memory that has grown, a view has no elements.
    return known?.length ? known : (this.heaps[dtype] = this.view(dtype, 0));
  }

  /** Elements in the memory. */
  view(dtype: DType, address: number, size?: number): TypedArray {
    return new CONSTRUCTORS[dtype](this.wasm.$memory.buffer, address, size === undefined ? size : size * width(dtype));
  }

  /** A block of the host's. */
  allocate(bytes: number, func: string, line: number): number {
    if (!this.wasm) throw notStarted(func);
    // Beyond 2 GB no request can succeed, and the size would not fit the call.
    const address = bytes < 2 ** 31 - 64 ? (this.wasm.$alloc!(bytes) as number) >>> 0 : 0;
    if (!address) throw new PyError("MemoryError", `unable to allocate ${BigInt(bytes)} bytes`, this.file, func, line, 1);
    return address;
  }

  /** Gives a block back. */
  release(block: number): void {
    this.wasm.$release!(block);
  }
}

/** What the calls of one signature share, with arrays among its values. */
export class ArrayContext extends Context {
  declare readonly module: ArrayModule;
  /** Whether arrays are refused that would be copied to close their gaps. */
  private declare asTheyLie?: boolean;

  /** Number `k` of the leaves as an array, which is not in memory yet unless it lies there. */
  array(k: number, value: unknown): Argument {
    const leaf = this.leaves[k]!;
    const a = this.argument(leaf, value);
    // A further signature takes it, or says what is wrong.
    if (this.asTheyLie && leaf.packed && !isPacked(a)) throw TypeError();
    return a;
  }

  /** A value as an array of a type. */
  argument(leaf: Leaf, value: unknown): Argument {
    return asArgument(leaf, value);
  }

  /** Brings an array into memory, unless it is there. */
  enter(a: Argument): void {
    if (a.resident) return;
    const { module } = this;
    const { shape, strides, offset, dtype } = a;
    const item = itemsize(dtype);
    const wide = width(dtype);
    const packed = isPacked(a);
    if (packed && !offset && product(shape) * wide === a.data.length) {
      if (dtype === "bool") this.bools(a, a.data);
      a.block = a.address = module.allocate((a.data.length / wide) * item, this.name, this.line);
      module.heap(dtype).set(a.data as never, (a.address / item) * wide);
      if (!a.leaf.packed) a.steps = strides === ONE ? STEPS[item]! : strides.map((stride) => stride * item);
      return;
    }
    const [first, last] = reach(a);
    const span = last + 1 - first;
    const size = product(shape);
    // Strides stay as they are, so that sums add in NumPy's order, unless there is much between the elements.
    const folded = a.written && size > 1 && overlapsItself(a);
    if (folded && a.leaf.packed) refuseTorn(a);
    const whole = packed || (!a.leaf.packed && (folded || span <= 4 * size + 64));
    const own = whole ? strides : a.leaf.packed ? contiguous(shape) : inOrder(shape, strides);
    const start = whole ? offset - first : reach({ shape, strides: own, offset: 0 })[0] * -1;
    const length = whole ? span : size;
    if (dtype === "bool") this.bools(a, a.data.subarray(first, last + 1));
    a.block = module.allocate(length * item, this.name, this.line);
    a.address = a.block + start * item;
    a.steps = own.map((stride) => stride * item);
    const target = module.view(dtype, a.block, length);
    // The memory may just have grown, and the array may lie in it.
    const data = a.given instanceof NDArray ? a.given.data : a.data;
    if (whole) target.set(data.subarray(first * wide, (last + 1) * wide) as never);
    else assign({ data: target, shape, strides: own, offset: start, dtype }, { data, shape, strides, offset, dtype });
  }

  /** Checks that bytes are bools: compiled code counts on 0 and 1. */
  private bools(a: Argument, data: TypedArray): void {
    const wrong = (data as Uint8Array).find((byte) => byte > 1);
    if (wrong) refuse(a.leaf.what, "bytes of 0 and 1 (bool)", `${wrong}`);
  }

  /** Whether an array is as it was when it was looked at. */
  protected isThere(a: Argument): boolean {
    return a.data.length === a.length;
  }

  /** Brings arrays into memory. Those whose bytes overlap are one block there. */
  group(list: Argument[]): void {
    const done: Argument[] = [];
    // A getter among the arguments may have disposed or detached one that had been looked at.
    for (const a of list) {
      if (!this.isThere(a)) refuse(a.leaf.what, "an array that stays while arguments are read", "one that was disposed or detached");
    }
    try {
      for (const group of groups(list)) {
        if (group.length > 1) this.together(group);
        else this.enter(group[0]!);
        done.push(...group);
      }
    } catch (error) {
      done.forEach((a) => (a.written = false));
      this.leave(done);
      throw error;
    }
  }

  /** Brings arrays that share bytes into memory as one block. */
  private together(group: Argument[]): void {
    const low = Math.min(...group.map((a) => bytes(a)[0]));
    const high = Math.max(...group.map((a) => bytes(a)[1]));
    const torn = group.find((a) => a.leaf.packed && !isPacked(a));
    if (torn) refuseTorn(torn);
    // Elements are aligned as they are in their buffer.
    for (const a of group) if (a.dtype === "bool") this.bools(a, a.data.subarray(...reach(a).map((at, k) => at + k)));
    const shift = low % 8;
    const block = this.module.allocate(high - low + shift, this.name, this.line);
    this.module.view("uint8", block + shift, high - low).set(new Uint8Array(group[0]!.data.buffer, low, high - low) as never);
    group[0]!.block = block;
    for (const a of group) {
      const item = itemsize(a.dtype);
      a.address = block + shift + a.data.byteOffset + a.offset * item - low;
      a.steps = a.strides.map((stride) => stride * item);
    }
  }

  /** Copies back what may have been written, also before an exception, and gives the blocks back. */
  leave(list: Argument[]): void {
    for (const a of list) if (a.written) this.writeBack(a);
    for (const a of list) if (a.block) this.module.release(a.block);
  }

  /** Copies back what may have been written to an argument, once. */
  protected writeBack(a: Argument): void {
    a.written = false;
    if (a.resident || !a.address) return;
    const { address, steps, shape, dtype, strides, offset } = a;
    const data = a.given instanceof NDArray ? a.given.data : a.data;
    const item = itemsize(dtype);
    const own = a.leaf.packed ? contiguous(shape) : steps.map((step) => step / item);
    const from = { data: this.module.heap(dtype), shape, strides: own, offset: address / item, dtype };
    assign({ data, shape, strides, offset, dtype }, from);
  }

  /** An array result, of which the caller owns a copy unless it lies in an argument. `steps` are strides in bytes; without them it is C-contiguous. */
  lift(dtype: DType, args: Argument[], address: number, shape: number[], steps: number[] | undefined, owner: number): NDArray {
    const view = this.result(dtype, address, shape, steps);
    const own = owner ? undefined : ofArgument(args, view, address >>> 0);
    if (own) return own;
    const out = copied(view);
    if (owner) this.module.release(owner);
    return out;
  }

  /** A result where it lies. */
  result(dtype: DType, address: number, shape: number[], steps: number[] | undefined): View {
    const item = itemsize(dtype);
    const strides = steps ? steps.map((step) => step / item) : contiguous(shape);
    const [first, last] = reach({ shape, strides, offset: 0 });
    const data = this.module.view(dtype, last < first ? 0 : (address >>> 0) + first * item, last + 1 - first);
    return { data, shape, strides, offset: -first, dtype };
  }
}

/** Strides of 1-D arrays in bytes, by the size of an element. */
const STEPS: Record<number, readonly number[]> = { 1: [1], 2: [2], 4: [4], 8: [8], 16: [16] };

/** Refuses an array that has to be copied to close its gaps, and shares elements. */
export const refuseTorn = (a: Argument): never => refuse(a.leaf.what, "an array in C order where it overlaps another argument or itself", "one with other strides: pass a copy");

/** The first byte of a view in its buffer, and the byte after its last. */
export const bytes = (view: View): [low: number, high: number] => {
  const [first, last] = reach(view);
  const item = itemsize(view.dtype);
  return [view.data.byteOffset + first * item, view.data.byteOffset + (last + 1) * item];
};

/** Arguments in groups of those that share bytes, directly or through others. Alone are those in memory already, and those that are only read. */
const groups = (list: Argument[]): Argument[][] => {
  if (list.length === 1) return [list];
  const out: Argument[][] = [];
  const buffers = new Map<unknown, [low: number, high: number, a: Argument][]>();
  for (const a of list) {
    const { buffer } = a.data;
    if (a.resident) out.push([a]);
    else if (buffers.has(buffer)) buffers.get(buffer)!.push([...bytes(a), a]);
    else buffers.set(buffer, [[...bytes(a), a]]);
  }
  for (const ranges of buffers.values()) {
    ranges.sort(([a], [b]) => a - b);
    let end = -1;
    let group: Argument[] = [];
    const close = () => out.push(...(group.some((a) => a.written) ? [group] : group.map((a) => [a])));
    for (const [low, high, a] of ranges) {
      if (low >= end) {
        close();
        group = [];
      }
      group.push(a);
      end = Math.max(end, high);
    }
    close();
  }
  return out;
};

/** Strides without gaps between elements that are in the order of other strides, with their signs. */
const inOrder = (shape: readonly number[], strides: readonly number[]): number[] => {
  const axes = shape.map((_, k) => k).sort((a, b) => Math.abs(strides[a]!) - Math.abs(strides[b]!) || b - a);
  const out: number[] = [];
  let step = 1;
  for (const k of axes) {
    out[k] = Math.sign(strides[k]!) * step;
    if (strides[k]) step *= shape[k]!;
  }
  return out;
};

/** A copy in C order. */
export const copied = (view: View): NDArray => {
  const { data, shape, dtype } = view;
  const packed = isPacked(view);
  const out = new NDArray((packed ? data.slice() : room(dtype, product(shape))) as TypedArray, shape, undefined, 0, dtype);
  if (!packed) assign(out, view);
  return out;
};

/** A result that lies in an argument: what was passed, or a view of it. */
export const ofArgument = (args: Iterable<Argument>, view: View, at: number): NDArray | undefined => {
  const { shape, strides, dtype } = view;
  for (const a of args) {
    const item = itemsize(a.dtype);
    const delta = (at - a.address) / item;
    const inside = (a.leaf.packed ? isPacked(a) : true) && a.steps.every((step, k) => step / item === a.strides[k]) && dtype === a.dtype && !Array.isArray(a.given);
    const offset = a.offset + delta;
    const [low, high] = reach(a);
    const [first, last] = reach({ shape, strides, offset });
    if (!inside || first < low || last > high || last < first) continue;
    // The memory that it lies in has grown.
    if (a.data.length !== a.length) return new NDArray(view.data, shape, strides, view.offset, dtype);
    if (!delta && a.given instanceof NDArray && same(shape, a.shape) && same(strides, a.strides)) return a.given;
    if (a.given instanceof NDArray) return a.given.view(shape, strides, offset);
    const own = new NDArray(a.data, shape, strides, offset, dtype);
    own.writeable = (a.given as View & { writeable?: boolean }).writeable !== false;
    return own;
  }
  return undefined;
};
