// Scalars in and out, and the words in which arguments are refused.

import type { DType } from "./dtype.js";

/** Refuses an argument: `what` names it, `takes` says what it may be. */
export const refuse = (what: string, takes: string, got: string): never => {
  throw new TypeError(`${what} takes ${takes}, got ${got}`);
};

/** Options by name: their values, or 0 where more is said elsewhere of what they take. */
export type Choices = Record<string, readonly unknown[] | 0>;

/** Whether a value is an object that is no more than its properties, also one of another realm. */
export const isPlain = (value: unknown): boolean => {
  if (!value || typeof value !== "object") return false;
  const proto = Object.getPrototypeOf(value as object) as object | null;
  return !proto || (!Object.getPrototypeOf(proto) && "isPrototypeOf" in proto);
};

/** Whether a value is a complex number. */
export const isComplex = (value: unknown): value is { re: unknown; im: unknown } => !!value && typeof value === "object" && "re" in value && "im" in value;

/** A complex number as its parts: a number has no imaginary one. */
export const complexIn = (dtype: DType, value: unknown, what: string): { re: number; im: number } => {
  const { re, im } = isComplex(value) ? value : { re: value, im: 0 };
  const part = dtype === "complex64" ? "float32" : "float64";
  const takes = (number: unknown) =>
    ["number", "bigint"].includes(typeof number) ? (scalarIn(part, number, what) as number) : (refuse(what, `a number or { re, im } (${dtype})`, describe(value)) as never);
  return { re: takes(re), im: takes(im) };
};

/** Whether a plain object is an array: elements with a shape. */
export const isView = (value: unknown): boolean => {
  const { data, shape } = value as { data?: unknown; shape?: unknown };
  return ArrayBuffer.isView(data) && Array.isArray(shape);
};

/** Options that have been looked at; those that are undefined are as good as missing. */
export const chosen = <T extends object>(what: string, options: T, choices: Choices): T => {
  if (!isPlain(options)) refuse(what, `an object with the options ${Object.keys(choices).join(", ")}`, describe(options));
  for (const [key, value] of Object.entries(options)) {
    if (!Object.hasOwn(choices, key)) throw new TypeError(`${what} takes the options ${Object.keys(choices).join(", ")}, got ${key}`);
    const values = choices[key];
    if (value !== undefined && values && !values.includes(value)) refuse(`${what} option '${key}'`, values.map((one) => JSON.stringify(one)).join(" or "), describe(value));
  }
  return options;
};

/** `1 dimension`, `2 dimensions`. */
export const dimensions = (ndim: number): string => `${ndim} dimension${ndim === 1 ? "" : "s"}`;

/** A value in words. */
export const describe = (value: unknown): string => {
  const { dtype, ndim } = Object(value) as { dtype?: DType; ndim?: number };
  if (ndim !== undefined) return `NDArray of ${dtype} with ${dimensions(ndim)}`;
  if (Array.isArray(value)) return "a list";
  if (value == null) return `${value as undefined}`;
  if (typeof value === "object") return `a value of class ${value.constructor?.name ?? "Object"}`;
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return `the ${typeof value} ${text.length > 80 ? `${text.slice(0, 80)}…` : text}`;
};

/** Whether a number that is finite is finite as a float of a dtype. */
export const fits = (value: number, dtype: DType): boolean => dtype === "float64" || Number.isFinite(Math.fround(value)) || !Number.isFinite(value);

/** A number as a wasm value of a dtype: an integer only if the dtype holds it, a float rounded to the next one. */
export const scalarIn = (dtype: DType, value: unknown, what: string): number | bigint => {
  const kind = typeof value;
  if (dtype === "bool") return kind === "boolean" ? Number(value) : refuse(what, "a boolean", describe(value));
  const exact = kind === "bigint" || kind === "boolean";
  if (dtype[0] === "f") {
    const number = exact || kind === "number" ? Number(value) : (refuse(what, `a number (${dtype})`, describe(value)) as never);
    return fits(number, dtype) && (Number.isFinite(number) || !exact) ? number : refuse(what, `a number that is finite as ${dtype}`, describe(value));
  }
  if (!exact && !Number.isInteger(value)) refuse(what, `an integer (${dtype})`, describe(value));
  // A number and a BigInt compare by value, and powers of two are exact numbers.
  const signed = dtype[0] === "i" ? 1 : 0;
  const bits = Number(/\d+/.exec(dtype)![0]);
  const high = 2 ** (bits - signed);
  const low = signed ? -high : 0;
  const n = value as number;
  if (n < low || n >= high) refuse(what, `an integer from ${BigInt(low)} to ${BigInt(high) - 1n} (${dtype})`, describe(value));
  return bits > 32 ? BigInt(n) : Number(n);
};

/** A 64-bit result as a number, where it is exact. */
export const exact = (value: bigint): number => {
  const out = Number(value);
  if (!Number.isSafeInteger(out)) throw new RangeError(`the result ${value} is larger than a JavaScript number holds exactly: f.with({ i64: "bigint" }) gives BigInts`);
  return out;
};
