// What may be passed for an array. Everything is checked before anything is copied.

import { dtypeOf, room, saidOf, width, type DType, type TypedArray } from "./dtype.js";
import type { Leaf } from "./leaf.js";
import { checked, contiguous, fill, isPacked, isShape, NDArray, product, shapeOf, type Nested, type View } from "./ndarray.js";
import { describe, dimensions, refuse } from "./scalar.js";

/** An array argument while a call runs. */
export class Argument implements View {
  /** Whether it lies in the module's memory. */
  resident = false;
  /** Address of element (0, …, 0) in the module's memory. */
  address = 0;
  /** Strides there, in bytes. */
  steps: readonly number[] = [];
  /** The block that the call has to give back, or 0. */
  block = 0;
  /** Whether it may be written, and is not refused. */
  written: boolean;
  /** How many elements the data had. */
  readonly length: number;

  constructor(
    readonly leaf: Leaf,
    /** What was passed. */
    readonly given: unknown,
    readonly data: TypedArray,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
    readonly offset: number,
  ) {
    this.written = leaf.written;
    this.length = data.length;
  }

  get dtype(): DType {
    return this.leaf.dtype;
  }
}

/** The strides of a typed array. */
export const ONE = [1];

/** An argument as an array of a type: a typed array, nested lists, or an object with `data` and `shape`, such as an NDArray. */
export const asArgument = (leaf: Leaf, value: unknown): Argument => {
  const { what, text, dtype: wanted, ndim, written } = leaf;
  const refused = (got: string) => refuse(what, `${text} (${dimensions(ndim!)} of ${wanted})`, got);
  let own = dtypeOf(value);
  let view = value as View & { stride?: readonly number[]; writeable?: boolean };
  if (own) {
    const data = value as TypedArray;
    if (own === "uint8" && wanted === "bool") own = wanted;
    if (own === wanted && ndim === 1 && data.length) return new Argument(leaf, value, data, [data.length], ONE, 0);
    view = { data, shape: [data.length], strides: ONE, offset: 0, dtype: own };
  } else if (Array.isArray(value)) {
    if (written) refuse(what, `a typed array or an NDArray of ${text}, which the function writes to`, "a list");
    const shape = value.length ? shapeOf(value as Nested) : Array<number>(ndim!).fill(0);
    if (shape.length !== ndim) refused(`a list of ${dimensions(shape.length)}`);
    const data = room(wanted, product(shape));
    fill(data, value as Nested, shape, wanted, what);
    return new Argument(leaf, value, data, shape, contiguous(shape), 0);
  } else if (value instanceof NDArray) {
    const { data, shape, strides, offset, dtype, writeable } = value;
    // All of the data, in order: nothing about it can be wrong.
    const whole = dtype === wanted && shape.length === ndim && !offset && data.length && product(shape) * width(dtype) === data.length && isPacked(value);
    if (whole && (writeable || !written)) return new Argument(leaf, value, data, shape, strides, 0);
    own = dtype;
  } else {
    // Each part is read once: it may be a getter.
    const { data, shape, strides, stride, offset, dtype, writeable } = Object(value) as typeof view;
    const copy = (list: readonly number[] | undefined) => (Array.isArray(list) ? Array.from(list as number[]) : list)!;
    view = { data, shape: copy(shape), strides: copy(strides ?? stride), offset, dtype, writeable };
    own = dtypeOf(data);
    if (!own) refused(ArrayBuffer.isView(data ?? value) ? `the class ${((data ?? value) as object).constructor.name}` : describe(value));
    // The dtype of a plain object is that of its data, except that bytes may be bools, and floats parts of complex numbers where that is said.
    own = saidOf(own!, view.dtype ?? (wanted === "bool" ? wanted : undefined));
  }
  if (own !== wanted) refused(own!);
  const { data, shape = [data.length / width(wanted)], offset = 0 } = view;
  if (shape.length !== ndim && Array.isArray(shape)) refused(dimensions(shape.length));
  const strides = view.strides ?? (isShape(shape) ? contiguous(shape) : []);
  checked({ data, shape, strides, offset, dtype: wanted }, refused);
  if (written && view.writeable === false) refuse(what, "an array that may be written", "one that is read-only");
  return new Argument(leaf, value, data, shape, strides, offset);
};
