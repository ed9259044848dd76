// Arrays that a source names and a caller gives: they become part of the module.

import { dtypeOf, itemsize, room, saidOf } from "./dtype.js";
import { assign, checked, contiguous, product, type View } from "./ndarray.js";
import { describe, refuse } from "./scalar.js";

/** An array that a source may name: a typed array, or an object with `data` and `shape`, such as an NDArray. */
export type Frozen = View | ArrayBufferView;

/** Arrays as the compiler reads them: a line for each with its name, dtype and extents, an empty line, and all elements in C order. */
export const frozen = (arrays: Record<string, Frozen> = {}): Uint8Array => {
  let head = "";
  const parts: Uint8Array[] = [];
  for (const [name, given] of Object.entries(arrays)) {
    const label = `option 'arrays', array '${name}'`;
    const refused = (got: string) => refuse(label, "a typed array, or an NDArray of one to four dimensions", got);
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) refuse(label, "a name of Python", name);
    const own = dtypeOf(given);
    const { data, shape = [data?.length], strides, offset = 0, dtype } = (own ? { data: given } : Object(given)) as View;
    const element = dtypeOf(data);
    if (!element) refused(describe(given));
    const kind = saidOf(element!, dtype);
    const view = { data, shape, strides: strides ?? contiguous(shape), offset, dtype: kind };
    checked(view, refused);
    if (!shape.length || shape.length > 4) refused(`${shape.length} dimensions`);
    const size = product(shape);
    const copy = room(kind, size);
    assign({ data: copy, shape, strides: contiguous(shape), offset: 0, dtype: kind }, view);
    if (kind === "bool" && copy.some((byte: number | bigint) => byte > 1)) refused("bytes other than 0 and 1");
    head += `${name} ${kind} ${shape.join(",")}\n`;
    parts.push(new Uint8Array(copy.buffer, 0, size * itemsize(kind)));
  }
  if (!parts.length) return new Uint8Array();
  const first = new TextEncoder().encode(`${head}\n`);
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, first.length));
  all.set(first);
  let at = first.length;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};
