// The elements of arrays that kernels give, which may be views of any order.

import type { ArrayResult } from "./spec.js";

/** Elements in C order: those of the data, if they lie so and there are no others. */
export const elements = (array: ArrayResult): ArrayLike<number | bigint> => {
  const { data, shape, strides } = array;
  let step = shape.reduce((size, n) => size * n, 1);
  const inOrder = data.length === step && (!strides || shape.every((n, k) => n === 1 || ((step /= n), strides[k] === step)));
  return inOrder ? data : array.copy!().data;
};
