// The types of parameters, and what may be passed for an array.

import { dtypeOf, type DType, type TypedArray } from "./dtype.js";
import { contiguous, convert, flatten, NDArray, type View } from "./ndarray.js";
import { describe, dimensions, refuse } from "./scalar.js";

/** A type as the compiler writes it: `float64`, `int32[:, ::1]`, a list for a tuple, null for None. */
export type Written = string | Written[] | null;

/** A type: a tuple has `items`, an array `ndim`, a scalar only a dtype, and None nothing. */
export interface Type {
  text: Written;
  items?: Type[];
  dtype?: DType;
  ndim?: number | undefined;
  /** Whether the array is C-contiguous, so that its strides are not passed. */
  packed?: boolean;
}

/** A type from its text. */
export const parse = (text: Written): Type => {
  if (Array.isArray(text)) return { text, items: text.map(parse) };
  if (!text) return { text };
  const [dtype, axes] = text.split("[") as [DType, string?];
  const packed = /::/.test(axes!);
  return { text, dtype, ndim: axes ? axes.split(":").length - (packed ? 2 : 1) : undefined, packed };
};

/** An argument as an array of a type: a typed array, nested lists, or an object with `data` and `shape`, such as an NDArray. */
export const asView = ({ text, dtype: wanted, ndim }: Type, value: unknown, what: string): View => {
  const refused = (got: string) => refuse(what, `${text as string} (${dimensions(ndim!)} of ${wanted})`, got);
  let like = value as Partial<View> & { data: TypedArray; stride?: number[] };
  if (dtypeOf(value)) like = { data: value as TypedArray };
  else if (Array.isArray(value)) {
    const [flat, shape] = flatten(value);
    like = { data: convert(flat, wanted!, what), shape: value.length ? shape : Array<number>(ndim!).fill(0) };
  }
  const known = like instanceof NDArray;
  const own = known ? like.dtype : dtypeOf(like?.data);
  if (!own) refused(describe(value));
  const dtype = !known && own === "uint8" && wanted === "bool" ? wanted : own!;
  const { shape = [like.data.length], stride } = like;
  if (dtype !== wanted) refused(dtype);
  if (shape.length !== ndim) refused(dimensions(shape.length));
  return known ? (like as NDArray) : { data: like.data, shape, strides: like.strides ?? stride ?? contiguous(shape), offset: like.offset ?? 0, dtype };
};
