// Calls without code written for their signature: what modules compiled in the page use, since a strict page runs no text.

import type { Argument } from "./argument.js";
import type { Written } from "./leaf.js";
import type { ListContext } from "./lists.js";
import { isComplex } from "./scalar.js";
import type { Description } from "./records.js";
import type { TextContext } from "./strings.js";

/** A signature as the compiler writes it: the wasm export, types and names of parameters, their defaults, and the result. */
export interface Signature {
  symbol: string;
  names: string[];
  params: Described[];
  /** What there is to know of each parameter (`Flag` in `module.ts`). */
  flags: number[];
  defaults: unknown[];
  result: Described;
}

/** A default as JSON has it: text is what JSON has no form for. */
const revived = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(revived)
  : isComplex(value) ? { re: revived(value.re), im: revived(value.im) }
  : typeof value === "string" && value[0] === "\"" ? (JSON.parse(value) as string)
  : typeof value === "string" ? (value.endsWith("n") ? BigInt(value.slice(0, -1)) : Number(value))
  : (value ?? undefined);

/** What passes records: a page that edits figures does without. */
export const passing: Partial<Pick<typeof import("./records.js"), "lower" | "lift">> = {};

/** A type as a page's compiler writes it: `units` is that of the array that records are made of. */
export type Described = Written | Described[] | Recorded;
interface Recorded {
  records: Description;
  ndim: number;
  units: Written;
}

const recorded = (type: Described): Recorded | undefined => (type && typeof type === "object" && "records" in type ? type : undefined);

/** A type with arrays in the place of records. */
export const withoutRecords = (type: Described): Written => (Array.isArray(type) ? type.map(withoutRecords) : (recorded(type)?.units ?? (type as Written)));

/** Whether a type has a list in it. */
const holdsList = (type: Described): boolean => (Array.isArray(type) ? type.some(holdsList) : typeof type === "object" && !!type && !recorded(type));

/** The wrapper of a signature; see `crates/glue/src/wrapper.rs`, which writes the same as text. */
export const generic = ({ symbol, names, params, flags, defaults, result }: Signature, least: number) => {
  // A list that is changed is the default of the next call too, as in Python.
  const values = defaults.map(revived);
  return (c: ListContext & TextContext) => (...args: unknown[]): unknown => {
    if (args.length < least || args.length > params.length || c.keyed(args[args.length - 1], args.length)) return c.again(args);
    const slots: unknown[] = [];
    const arrays: Argument[] = [];
    const lists: ReturnType<ListContext["list"]>[] = [];
    // Brings changes of records back to the objects that were given.
    const backs: (() => void)[] = [];
    // Filled in when arrays and lists are in memory.
    const later: (() => void)[] = [];
    let leaf = 0;
    const lower = (type: Described, value: unknown, path: string, written: boolean): void => {
      const items = Array.isArray(type) ? type : undefined;
      const records = recorded(type);
      if (records) {
        const { units, back } = passing.lower!(value, records.records, records.ndim, `${symbol.split("#")[0]}() argument ${path}`);
        if (written) backs.push(back);
        lower(records.units, units, path, written);
      } else if (items) {
        const list = c.items(path, value, items.length);
        items.forEach((item, k) => lower(item, list[k], `${path}, item ${k},`, written));
      } else if (!type) c.none(path, value);
      else if (typeof type === "object") {
        const list = c.list(leaf++, value);
        const at = slots.push(0) - 1;
        lists.push(list);
        later.push(() => (slots[at] = list.record));
      } else if (type === "str" || (type as string).includes("[")) {
        const a = type === "str" ? c.string(leaf++, value) : c.array(leaf++, value);
        arrays.push(a);
        const at = slots.length;
        const strided = !a.leaf.packed;
        slots.length += 2 + a.shape.length * (strided ? 2 : 1);
        later.push(() => [a.address, ...a.shape, ...(strided ? a.steps : []), 0].forEach((slot, k) => (slots[at + k] = slot)));
      } else if ((type as string)[0] === "c") {
        const { re, im } = c.complex(leaf++, value);
        slots.push(re, im);
      } else slots.push(c.number(leaf++, value));
    };
    params.forEach((type, k) => lower(type, args[k] === undefined ? values[k] : args[k], `'${names[k]}'`, !!(flags[k]! & 1)));
    const lent = [...params, result].some(holdsList) ? c.lend(arrays, lists) : undefined;
    if (!lent) c.group(arrays);
    later.forEach((fill) => fill());
    try {
      const raw = (lent ?? c).module.wasm[symbol]!(...slots) as number | bigint | (number | bigint)[];
      let at = 0;
      const next = () => (Array.isArray(raw) ? raw[at++]! : raw);
      const lift = (type: Described): unknown => {
        const items = Array.isArray(type) ? type : undefined;
        if (items) return items.map(lift);
        const records = recorded(type);
        if (records) return passing.lift!(lift(records.units) as never, records.records, c.int(0n));
        if (!type) return undefined;
        if (type === "str") {
          const [address, length, owner] = [next(), next(), next()] as number[];
          return c.stringOf((lent ?? c).lift("uint32", lent ? lent.arrays : arrays, address!, [length!], undefined, owner!));
        }
        if (typeof type === "object") return lent!.lifted(type as { list: Written }, next() as number);
        const [dtype, axes] = (type as string).split("[") as [never, string?];
        if (axes === undefined) {
          const value = next();
          if ((dtype as string)[0] === "c") return { re: value, im: next() };
          return dtype === "bool" ? value !== 0 : dtype === "uint32" ? (value as number) >>> 0 : typeof value === "bigint" ? c.int(value, dtype === "uint64" ? 1 : 0) : value;
        }
        const address = next() as number;
        const packed = axes.includes("::");
        const ndim = axes.split(":").length - (packed ? 2 : 1);
        const numbers = () => Array.from({ length: ndim }, () => next() as number);
        const shape = numbers();
        const steps = packed ? undefined : numbers();
        const owner = next() as number;
        return lent ? lent.lift(dtype, lent.arrays, address, shape, steps, owner) : c.lift(dtype, arrays, address, shape, steps, owner);
      };
      return lift(result);
    } catch (error) {
      throw (lent ?? c).failed(error);
    } finally {
      if (lent) lent.takeBack();
      else c.leave(arrays);
      for (const back of backs) back();
    }
  };
};
