// Lists in and out of a module's memory, where they lie as `crates/types/src/list.rs` has them. Only modules with lists carry this.
//
// The host makes the blocks of the lists that it passes, and counts so many references to them that compiled code frees none. When the call has
// ended, also by an exception, lists are read where they lie; then `$unwind` frees what compiled code has made, and the host its own blocks.

import type { Argument } from "./argument.js";
import { copied, ofArgument, type ArrayContext, type ArrayModule } from "./arrays.js";
import { CONSTRUCTORS, dtypeOf, itemsize, type DType, type TypedArray } from "./dtype.js";
import { leaves, type Leaf, type Written } from "./leaf.js";
import type { Parameters_ } from "./module.js";
import { contiguous, NDArray, reach, same } from "./ndarray.js";
import { complexIn, describe, refuse, scalarIn } from "./scalar.js";

/** Bytes of a record: the number of items, how many there is room for, and the address of the items. */
const RECORD = 12;
/** Engines end where a list that grows item by item has some more. */
const MOST_ITEMS = 2 ** 26;
/** A count of references that compiled code does not bring down to 0. */
const KEPT = 1 << 30;

/** Where the parts of an item lie: one after another, each aligned to its own size. */
export class Layout {
  private end = 0;
  private alignment = 1;

  /** The place of the next part. */
  part(size: number): number {
    const at = Math.ceil(this.end / size) * size;
    this.end = at + size;
    this.alignment = Math.max(this.alignment, size);
    return at;
  }

  /** Bytes from one item to the next. */
  get size(): number {
    return Math.ceil(this.end / this.alignment) * this.alignment;
  }
}

/** What a list stands for: the name of its class, `dict` or `set` or one of the module, or `?` for what may be None, and its fields. */
type Held = readonly [name: string, ...fields: string[]];

/** A `Map`, a `Set` or an object as the rows of its list; undefined for what is none. */
const rowsOf = ([name, ...fields]: Held, value: any): unknown[][] | undefined =>
  name === "dict" ? (value instanceof Map ? [...value] : undefined)
  : name === "set" ? (value instanceof Set ? [...value].map((item) => [item]) : undefined)
  : value && typeof value === "object" && fields.every((field) => field in value) ? [fields.map((field) => value[field])]
  : undefined;

/** Makes a `Map`, a `Set` or an object of rows, or changes one to what they say; of what may be None, the value or null. */
const madeOf = ([name, ...fields]: Held, rows: any[][], value?: any): unknown => {
  if (name === "?") return rows[0]?.[0] ?? null;
  if (name === "dict" || name === "set") {
    const made = value ?? (name === "dict" ? new Map() : new Set());
    made.clear();
    for (const [first, second] of rows) name === "dict" ? made.set(first, second) : made.add(first);
    return made;
  }
  const made = value ?? {};
  fields.forEach((field, k) => {
    if (made[field] !== rows[0]![k]) made[field] = rows[0]![k];
  });
  return made;
};

/** A type of values in lists. `T` is what has been checked of a value, before anything is copied. */
export interface Kind<T = any> {
  /** The type as errors show it. */
  readonly text: string;
  /** Checks a value. */
  take(value: unknown, taking: Taking): T;
  /** Writes a value to the item at an address. */
  put(taken: T, at: number, lent: Lent): void;
  /** Reads the value of the item at an address. */
  get(at: number, lent: Lent): unknown;
}

/** What is known while a list argument is checked. */
export class Taking {
  /** The indices on the way to the value. */
  path: number[] = [];
  lists = new Map<unknown, List>();
  arrays = new Map<unknown, Argument>();

  constructor(
    readonly context: ArrayContext,
    private argument: string,
    readonly mutable: boolean,
  ) {}

  /** How errors call the value. */
  get what(): string {
    const path = this.path.map((k) => `[${k}]`).join("");
    return path ? `${this.argument}, item ${path},` : this.argument;
  }

  /** Checks items, whose indices are known. */
  items<T>(values: ArrayLike<unknown>, take: (value: unknown, k: number) => T): T[] {
    const { path } = this;
    const depth = path.length;
    const taken: T[] = [];
    for (let k = 0; k < values.length; k++) {
      path[depth] = k;
      taken.push(take(values[k], k));
    }
    path.length = depth;
    return taken;
  }
}

/** A list argument, or a list in one. */
class List {
  items: unknown[] = [];
  /** The address of its record. */
  record = 0;

  constructor(
    readonly kind: ListKind,
    /** What was passed. */
    readonly value: unknown,
    readonly mutable: boolean,
    readonly arrays: Map<unknown, Argument>,
  ) {}
}

const NONE: Kind<undefined> = {
  text: "None",
  take(value, taking) {
    if (value != null) refuse(taking.what, "undefined (None)", describe(value));
    return undefined;
  },
  put: () => undefined,
  get: () => undefined,
};

class NumberKind implements Kind<number | bigint> {
  private place: number;
  private size: number;
  /** Holds one element, which shows whether a number fits. */
  private probe: TypedArray;

  constructor(
    readonly text: DType,
    layout: Layout,
  ) {
    this.size = itemsize(text);
    this.place = layout.part(this.size);
    this.probe = new CONSTRUCTORS[text](1);
  }

  take(value: unknown, taking: Taking): number | bigint {
    const { text, probe } = this;
    if (typeof value === "number" && text !== "bool") {
      if (text === "float64") return value;
      if (typeof probe[0] !== "bigint") {
        probe[0] = value;
        if (text === "float32" ? Number.isFinite(probe[0]) : probe[0] === value) return value;
      } else if (Number.isSafeInteger(value) && (value >= 0 || text === "int64")) return BigInt(value);
    }
    return scalarIn(text, value, taking.what);
  }

  put(taken: number | bigint, at: number, { module }: Lent): void {
    module.heap(this.text)[(at + this.place) / this.size] = taken as never;
  }

  get(at: number, lent: Lent): unknown {
    const { module } = lent;
    const value = module.heap(this.text)[(at + this.place) / this.size]!;
    return this.text === "bool" ? value !== 0 : typeof value === "bigint" ? lent.int(value) : value;
  }
}

class ComplexKind implements Kind<{ re: number; im: number }> {
  private size: number;
  private places: number[];

  constructor(
    readonly text: DType,
    layout: Layout,
  ) {
    this.size = itemsize(text) / 2;
    this.places = [layout.part(this.size), layout.part(this.size)];
  }

  take(value: unknown, taking: Taking): { re: number; im: number } {
    return complexIn(this.text, value, taking.what);
  }

  /** Where a part is, in the whole memory as floats. */
  private place(at: number, part: number): number {
    return (at + this.places[part]!) / this.size;
  }

  put({ re, im }: { re: number; im: number }, at: number, { module }: Lent): void {
    const heap = module.heap(this.text);
    heap[this.place(at, 0)] = re as never;
    heap[this.place(at, 1)] = im as never;
  }

  get(at: number, { module }: Lent): unknown {
    const heap = module.heap(this.text);
    return { re: heap[this.place(at, 0)], im: heap[this.place(at, 1)] };
  }
}

export class ArrayKind implements Kind<Argument> {
  readonly text: string;
  private leaf: Leaf;
  /** Where its parts lie in an item. */
  readonly place: number;
  private slots: number;

  constructor(text: string, layout: Layout) {
    this.text = text;
    this.leaf = leaves(text, "", false)[0]!;
    const { ndim, packed } = this.leaf;
    this.slots = 2 + ndim! * (packed ? 1 : 2);
    this.place = layout.part(4);
    for (let k = 1; k < this.slots; k++) layout.part(4);
  }

  take(value: unknown, taking: Taking): Argument {
    const known = taking.arrays.get(value);
    if (known?.leaf.text === this.text) return known;
    const made = taking.context.argument({ ...this.leaf, what: taking.what, written: taking.mutable }, value);
    // One that is taken for arrays of two types is there twice, of which the memory is one.
    taking.arrays.set(known ? {} : value, made);
    return made;
  }

  put({ address, shape, steps }: Argument, at: number, { module }: Lent): void {
    // The caller keeps the array alive, so that it has no owner.
    module.heap("int32").set([address, ...shape, ...(this.leaf.packed ? [] : steps), 0] as never, (at + this.place) / 4);
  }

  get(at: number, lent: Lent): unknown {
    const { ndim, packed, dtype } = this.leaf;
    const first = (at + this.place) / 4;
    const slots = Array.from(lent.module.heap("int32").subarray(first, first + this.slots) as Int32Array);
    const shape = slots.slice(1, 1 + ndim!);
    const steps = packed ? contiguous(shape).map((stride) => stride * itemsize(dtype)) : slots.slice(1 + ndim!, -1);
    return lent.array(dtype, slots[0]! >>> 0, shape, steps, slots[this.slots - 1]!);
  }
}

class TupleKind implements Kind<unknown[]> {
  readonly text: string;
  private kinds: Kind[];

  constructor(types: Written[], layout: Layout) {
    this.kinds = types.map((type) => kindOf(type, layout));
    this.text = `(${this.kinds.map(({ text }) => text).join(", ")})`;
  }

  take(value: unknown, taking: Taking): unknown[] {
    const { kinds } = this;
    if (!Array.isArray(value) || value.length !== kinds.length) {
      refuse(taking.what, `a list of ${kinds.length} ${this.text}`, Array.isArray(value) ? `a list of ${value.length}` : describe(value));
    }
    return taking.items(value as unknown[], (item, k) => kinds[k]!.take(item, taking));
  }

  put(taken: unknown[], at: number, lent: Lent): void {
    this.kinds.forEach((kind, k) => kind.put(taken[k], at, lent));
  }

  get(at: number, lent: Lent): unknown[] {
    return this.kinds.map((kind) => kind.get(at, lent));
  }
}

class ListKind implements Kind<List> {
  readonly text: string;
  readonly item: Kind;
  /** Bytes from one item to the next. */
  readonly size: number;
  private place: number;

  constructor(
    item: Written,
    layout = new Layout(),
    readonly held?: Held,
  ) {
    this.place = layout.part(4);
    const own = new Layout();
    this.item = kindOf(item, own);
    this.size = own.size;
    this.text = `${held ? held[0] : "list"}[${this.item.text}]`;
  }

  take(value: unknown, taking: Taking): List {
    const { text, item, held } = this;
    const { mutable, lists } = taking;
    const rows = held ? rowsOf(held, value) : (value as unknown[]);
    if (held && !rows) refuse(taking.what, held[0] === "dict" ? "a Map" : held[0] === "set" ? "a Set" : `an object with ${held.slice(1).join(", ")}`, describe(value));
    if (!held && !Array.isArray(value) && (mutable || !dtypeOf(value))) refuse(taking.what, `a list (${text})`, describe(value));
    if (mutable && !held && !Object.isExtensible(value)) refuse(taking.what, "a list that may be changed", "one that is frozen");
    const known = lists.get(value);
    if (known) return known.kind.text === text ? known : refuseTypes(known, text, taking.what);
    const list = new List(this, value, mutable, taking.arrays);
    lists.set(value, list);
    list.items = taking.items(rows!, (one) => item.take(one, taking));
    return list;
  }

  put(taken: List, at: number, lent: Lent): void {
    // The memory may grow for it.
    const record = lent.lend(taken);
    lent.module.heap("int32")[(at + this.place) / 4] = record;
  }

  get(at: number, lent: Lent): unknown {
    return lent.list(this, (lent.module.heap("int32")[(at + this.place) / 4] as number) >>> 0);
  }
}

const refuseTypes = (known: List, text: string, what: string): never => refuse(what, `one list for one type (${known.kind.text})`, `it for ${text} too`);

/** Kinds that a further part adds. */
export const kinds: { str?: (layout: Layout) => Kind } = {};

const kindOf = (type: Written, layout: Layout): Kind =>
  !type ? NONE
  : Array.isArray(type) ? new TupleKind(type, layout)
  : typeof type === "object" ? new ListKind(type.list, layout, type.held)
  : type === "str" ? kinds.str!(layout)
  : type.includes("[") ? new ArrayKind(type, layout)
  : type[0] === "c" ? new ComplexKind(type as DType, layout)
  : new NumberKind(type as DType, layout);

/** What a call has in memory of its lists and arrays. */
export class Lent {
  /** The blocks of records and items. */
  private blocks: number[] = [];
  /** The lists of the call by what was passed. */
  private given = new Map<unknown, List>();
  /** The lists that have been passed to be changed, or made, by their records. */
  private known = new Map<number, unknown>();
  /** The lists that have been passed and stay as they are, by their records. */
  private kept = new Map<number, unknown>();
  /** Arrays in lists by where they lie. */
  private places = new Map<number, Argument>();
  /** How many arrays that stay in memory have a block. */
  private adopted = new Map<number, number>();
  /** Whether lists are read that were passed. */
  private looks = false;
  /** What has become of lists that were passed. */
  private changes: [list: unknown, items: unknown[], held: Held | undefined][] | undefined;
  /** Where the arrays of the call lie, by their first bytes, and how far those up to each of them reach. */
  private ranges: [low: number, high: number, a: Argument][] | undefined;
  /** The arrays of the call, those in lists too. */
  readonly arrays: Argument[] = [];

  constructor(
    readonly module: ArrayModule,
    readonly context: ArrayContext,
    private about: [name: string, line: number],
  ) {}

  /** Brings arrays and lists into memory. */
  enter(arrays: Argument[], lists: List[]): void {
    const memory = this.module.wasm?.$memory?.buffer;
    const groups = new Map<unknown, Argument[]>();
    const all = new Set(arrays);
    for (const list of lists) for (const a of list.arrays.values()) all.add(a);
    // Only arrays of one buffer can overlap.
    for (const a of all) {
      const buffer = a.resident ? memory : a.data.buffer;
      const group = groups.get(buffer);
      if (group) group.push(a);
      else groups.set(buffer, [a]);
    }
    try {
      for (const group of groups.values()) {
        this.context.group(group);
        for (const a of group) {
          this.arrays.push(a);
          this.places.set(a.address, a);
        }
      }
      // One that is passed twice may be changed if it may be through either.
      for (const list of lists) if (list.mutable) this.lend(list);
      for (const list of lists) if (!list.mutable) this.lend(list);
    } catch (error) {
      for (const a of this.arrays) a.written = false;
      this.free();
      throw error;
    }
  }

  /** The record of a list, which is brought into memory once. */
  lend(list: List): number {
    const { kind, value, items } = list;
    const known = this.given.get(value);
    if (known) {
      if (known.kind.text !== kind.text) refuseTypes(known, kind.text, `${this.about[0]}()`);
      return (list.record = known.record);
    }
    this.given.set(value, list);
    list.record = this.block(RECORD);
    if (list.mutable) this.known.set(list.record, value);
    else this.kept.set(list.record, value);
    const bytes = kind.size * items.length;
    const first = bytes ? this.block(bytes) : 0;
    this.module.heap("int32").set([items.length, items.length, first] as never, list.record / 4);
    items.forEach((item, k) => kind.item.put(item, first + k * kind.size, this));
    return list.record;
  }

  /** A block that compiled code does not free. */
  private block(bytes: number): number {
    const block = this.module.allocate(bytes, ...this.about);
    this.blocks.push(block);
    this.references(block, KEPT);
    return block;
  }

  /** Sets the number of references to a block (`library/kernels/allocator`). */
  private references(block: number, count: number): void {
    this.module.heap("int32")[block / 4 - 4] = count;
  }

  /** A list in a result. */
  lifted({ list, held }: { list: Written; held?: Held }, record: number): unknown {
    return this.list(new ListKind(list, undefined, held), record >>> 0);
  }

  /** An array beside lists in a result. */
  lift(dtype: DType, args: Argument[], address: number, shape: number[], steps: number[] | undefined, owner: number): NDArray {
    const made = this.context.lift(dtype, args, address, shape, steps, owner);
    const block = owner >>> 0;
    // Lists may refer to the block of an array that stays, which is the array's alone when they are freed.
    if (block && (made as { address?: number }).address === address >>> 0) this.adopted.set(block, (this.adopted.get(block) ?? 0) + 1);
    return made;
  }

  /** The list of a record: the one that was passed, if it holds what a result would, or a new one. */
  list(kind: ListKind, record: number): unknown {
    const known = this.known.get(record);
    if (known) return known;
    const kept = this.kept.get(record);
    const { looks } = this;
    const out: unknown[] = [];
    if (!kind.held) this.known.set(record, out);
    try {
      this.looks ||= !!kept;
      this.read(kind, record, out);
      const isSame = Array.isArray(kept) && kept.every((item, k) => Object.is(item, out[k]));
      const made = isSame ? kept : kind.held ? madeOf(kind.held, out as unknown[][]) : out;
      this.known.set(record, made);
      return made;
    } catch (error) {
      // What is read of it is no whole list.
      this.known.delete(record);
      throw error;
    } finally {
      this.looks = looks;
    }
  }

  /** An item of 64 bits. In a list that was passed, one that no number holds is a bigint, as it may be passed. */
  int(value: bigint): number | bigint {
    const number = Number(value);
    return this.looks && this.context.options.i64 !== "bigint" ? (Number.isSafeInteger(number) ? number : value) : (this.context.int(value) as number | bigint);
  }

  private read({ item, size }: ListKind, record: number, out: unknown[]): void {
    const at = record / 4;
    const [count, , first] = this.module.heap("int32").subarray(at, at + 3) as Int32Array;
    if (count! > MOST_ITEMS) throw new RangeError(`a list of ${count} items is longer than those of JavaScript`);
    for (let k = 0; k < count!; k++) out.push(item.get((first! >>> 0) + k * size, this));
  }

  /** An array in a list: one that was passed, a view of one, or a copy. */
  array(dtype: DType, address: number, shape: number[], steps: number[], owner: number): unknown {
    const item = itemsize(dtype);
    const a = owner ? undefined : this.places.get(address);
    const isWhole = a && a.dtype === dtype && same(shape, a.shape) && same(steps, a.leaf.packed ? contiguous(shape).map((stride) => stride * item) : a.steps);
    // A list that was passed keeps its typed arrays; results are NDArrays.
    if (isWhole && (a.given instanceof NDArray || (this.looks && !Array.isArray(a.given)))) return a.given;
    const view = this.context.result(dtype, address, shape, steps);
    return (owner ? undefined : ofArgument(isWhole ? [a] : this.around(address), view, address)) ?? copied(view);
  }

  /** The arrays of the call that an address may lie in: those before it, as far as one of them reaches so far. */
  private around(address: number): Argument[] {
    if (!this.ranges) {
      this.ranges = this.arrays.map((a): [low: number, high: number, a: Argument] => {
        const strides = a.leaf.packed ? contiguous(a.shape).map((stride) => stride * itemsize(a.dtype)) : a.steps;
        return [...reach({ shape: a.shape, strides, offset: a.address }), a];
      });
      this.ranges.sort(([a], [b]) => a - b);
      let end = 0;
      for (const range of this.ranges) end = range[1] = Math.max(end, range[1]);
    }
    const { ranges } = this;
    let [from, to] = [0, ranges.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (ranges[middle]![0] <= address) from = middle + 1;
      else to = middle;
    }
    const found: Argument[] = [];
    while (from-- && ranges[from]![1] >= address) found.push(ranges[from]![2]);
    return found;
  }

  /** What an error means, see `Context`. What the call has done to lists is read before that frees them. */
  failed(error: unknown): unknown {
    try {
      this.look();
    } catch {
      // The lists stay as they were: what the call has failed with counts.
    }
    return this.context.failed(error);
  }

  /** Reads the lists that may have been changed, once. */
  private look(): void {
    if (this.changes || !this.module.wasm) return;
    this.changes = [];
    this.looks = true;
    const changes: typeof this.changes = [];
    for (const { kind, value, record, mutable } of this.given.values()) {
      if (!mutable) continue;
      const items: unknown[] = [];
      this.read(kind, record, items);
      changes.push([value, items, kind.held]);
    }
    this.changes = changes;
  }

  /** After a call: frees what is in memory, and changes the lists that were passed to what has become of them. */
  takeBack(): void {
    try {
      this.look();
    } finally {
      this.free();
    }
    for (const [given, items, held] of this.changes ?? []) {
      if (held) {
        madeOf(held, items as unknown[][], given);
        continue;
      }
      const list = given as unknown[];
      list.length = items.length;
      items.forEach((item, k) => (list[k] = item));
    }
  }

  private free(): void {
    const { module, context, blocks } = this;
    if (!module.wasm) return;
    try {
      context.leave(this.arrays);
    } finally {
      module.wasm.$unwind?.();
      for (const [block, count] of this.adopted) this.references(block, count);
      for (const block of blocks) {
        this.references(block, 1);
        module.release(block);
      }
    }
  }
}

/** What the calls of a signature with lists have beside those of others. */
export interface ListContext extends ArrayContext {
  /** Number `k` of the leaves as a list, which is not in memory yet. */
  list(k: number, value: unknown): List;
  /** Brings the arrays and lists of a call into memory. */
  lend(arrays: Argument[], lists: List[]): Lent;
}

/** A type with numbers in the place of lists. */
const withoutLists = (type: Written): Written => (Array.isArray(type) ? type.map(withoutLists) : type && typeof type === "object" ? "bool" : type);

/** The types of the leaves, in order. */
const leafTypes = (type: Written): Written[] => (Array.isArray(type) ? type.flatMap(leafTypes) : type ? [type] : []);

/** Modules of a class, with lists. */
export const listing = <Base extends new (...about: any[]) => ArrayModule>(Base: Base): Base => class ListModule extends Base {
  override context(name: string, line: number, params: Parameters_[2], ...more: [options: Parameters_[3], result?: Written]): ListContext {
    const lists = params.flatMap(([label, type, flags]) => {
      const places = leaves(withoutLists(type), `${name}() argument '${label}'`, false);
      return leafTypes(type).map((leaf, k) => ({ kind: new ListKind((leaf as { list: Written }).list ?? null, undefined, (leaf as { held?: Held }).held), what: places[k]!.what, mutable: !!(flags! & 1) }));
    });
    const context = super.context(name, line, params.map(([label, type, ...about]) => [label, withoutLists(type), ...about]), ...more);
    return Object.assign(context, {
      list(k: number, value: unknown) {
        const { kind, what, mutable } = lists[k]!;
        return kind.take(value, new Taking(context, what, mutable));
      },
      lend: (arrays: Argument[], given: List[]) => {
        const lent = new Lent(this, context, [name, line]);
        lent.enter(arrays, given);
        return lent;
      },
    });
  }
};
