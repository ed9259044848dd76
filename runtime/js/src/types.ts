// The types that values have for Python, where the values alone say them.

import { dtypeOf } from "./dtype.js";
import { shapeOf, type Nested, type View } from "./ndarray.js";
import type { Description } from "./records.js";
import { isComplex } from "./scalar.js";

/** A type as signatures write it; undefined where a value does not say it. */
type Type = string | undefined;

/** Numbers by how much they hold: each type holds those before it. */
const NUMBERS = ["int", "float", "complex"];

const array = (dtype: string, ndim: number, packed: boolean): Type =>
  ndim > 0 ? `${dtype}[${Array.from({ length: ndim }, (_, k) => (packed && k === ndim - 1 ? "::1" : ":")).join(", ")}]` : undefined;

/** The type that holds values of all types, if one does. */
const common = (types: Type[]): Type => {
  const [first, ...others] = new Set(types);
  if (!others.length) return first;
  const ranks = [first, ...others].map((type) => NUMBERS.indexOf(type!));
  return ranks.includes(-1) ? undefined : NUMBERS[Math.max(...ranks)];
};

/** The type of all items. */
const itemOf = (items: Iterable<unknown>): Type => common(Array.from(items, typeOf));

/** Lists of numbers, nested or not, are an array with the dtype that `NDArray.from` gives it; other lists are lists where their items have one type, and tuples where they do not. */
const listOf = (list: unknown[]): Type => {
  const elements = new Set<Type>();
  const visit = (item: unknown): boolean => (Array.isArray(item) ? item.every(visit) : (elements.add(typeof item === "object" && !isComplex(item) ? undefined : typeOf(item)), !elements.has(undefined)));
  const isNumeric = visit(list) && Array.from(elements).every((type) => type === "bool" || NUMBERS.includes(type!));
  if (isNumeric) {
    const dtypes: Record<string, string> = { bool: "bool", int: "int64", complex: "complex128" };
    const kind = elements.has("complex") ? "complex" : elements.size === 1 ? Array.from(elements)[0]! : "float";
    return array(dtypes[kind] ?? "float64", Math.min(shapeOf(list as Nested).length, 32), true);
  }
  const types = list.map(typeOf);
  if (types.includes(undefined)) return undefined;
  const item = common(types);
  return item ? `list[${item}]` : `tuple[${types.join(", ")}]`;
};

/** A structured dtype in Numba's notation. */
const recordOf = ([size, , fields]: Description): string => {
  const own = fields.map(([name, dtype, offset, shape]) => `(${JSON.stringify(name)}, ${typeof dtype === "string" ? dtype : recordOf(dtype)}, ${offset}${shape ? `, (${shape.join(", ")},)` : ""})`);
  return `Record([${own.join(", ")}], ${size})`;
};

/** The type of a value: a number is a float, a BigInt an integer, null is None. */
export const typeOf = (value: unknown): Type => {
  const kind = typeof value;
  if (value == null) return "none";
  if (kind === "number") return "float";
  if (kind === "bigint") return "int";
  if (kind === "boolean") return "bool";
  if (kind === "string") return "str";
  if (Array.isArray(value)) return listOf(value);
  const data = dtypeOf(value);
  if (data) return array(data, 1, true);
  if (isComplex(value)) return "complex";
  if (value instanceof Map) {
    const [key, content] = [itemOf(value.keys()), itemOf(value.values())];
    return key && content && `dict[${key}, ${content}]`;
  }
  if (value instanceof Set) {
    const item = itemOf(value);
    return item && `set[${item}]`;
  }
  const { dtype, shape, units, type } = Object(value) as View & { units?: View; type?: Description };
  if (units && Array.isArray(type?.[2])) return array(recordOf(type), units.shape.length - 1, false);
  const own = dtype ?? dtypeOf((Object(value) as View).data);
  return own && Array.isArray(shape) ? array(own, shape.length, false) : undefined;
};
