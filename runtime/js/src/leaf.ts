// The types of parameters.

import type { DType } from "./dtype.js";

/** A type as the compiler writes it: `float64`, `int32[:, ::1]`, an array for a tuple, an object for a list, null for None. */
export type Written = string | Written[] | { list: Written; held?: readonly [name: string, ...fields: string[]] } | null;

/** The items of a tuple's type. */
export const itemsOf = (type: Written): Written[] | undefined => (Array.isArray(type) ? type : undefined);

/** What a number or an array in the place of a parameter, or of an item of a tuple, has to be. */
export interface Leaf {
  /** How errors call it. */
  what: string;
  text: string;
  dtype: DType;
  /** Dimensions of an array; of a number undefined. */
  ndim: number | undefined;
  /** Whether the array has to be C-contiguous, so that its strides are not passed. */
  packed: boolean;
  /** Whether the array may be written. */
  written: boolean;
}

/** The leaves of a type without lists, in order. */
export const leaves = (type: Written, what: string, written: boolean): Leaf[] => {
  if (Array.isArray(type)) return type.flatMap((item, k) => leaves(item, `${what}, item ${k},`, written));
  if (!type) return [];
  const [dtype, axes] = (type as string).split("[") as [DType, string?];
  const packed = /::/.test(axes!);
  return [{ what, text: type as string, dtype, ndim: axes ? axes.split(":").length - (packed ? 2 : 1) : undefined, packed, written }];
};
