// Scalars in and out, and the words in which arguments are refused.

import type { DType } from "./dtype.js";

/** Refuses an argument: `what` names it, `takes` says what it may be. */
export const refuse = (what: string, takes: string, got: string): never => {
  throw new TypeError(`${what} takes ${takes}, got ${got}`);
};

/** `1 dimension`, `2 dimensions`. */
export const dimensions = (ndim: number): string => `${ndim} dimension${ndim === 1 ? "" : "s"}`;

/** A value in words. */
export const describe = (value: unknown): string => {
  const { dtype, ndim } = Object(value) as { dtype?: DType; ndim?: number };
  if (ndim !== undefined) return `NDArray of ${dtype} with ${dimensions(ndim)}`;
  if (Array.isArray(value)) return "a list";
  if (value == null) return `${value as undefined}`;
  return typeof value === "object" ? `a value of class ${value.constructor?.name ?? "Object"}` : `the ${typeof value} ${String(value)}`;
};

/** A number as a wasm value of a dtype. */
export const scalarIn = (dtype: DType, value: unknown, what: string): number | bigint => {
  const kind = typeof value;
  if (dtype === "bool") return kind === "boolean" ? Number(value) : refuse(what, "a boolean", describe(value));
  const exact = kind === "bigint" || kind === "boolean";
  if (dtype[0] === "f") return exact || kind === "number" ? Number(value) : refuse(what, `a number (${dtype})`, describe(value));
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
