// NDArray: views, printing, JSON, clones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { compile } from "./support.mjs";

const { NDArray, memory, twice } = await compile('@njit("float64[:, :](float64[:, :])")\ndef twice(x):\n    return x * 2.0\n');
const x = NDArray.from([[1, 2, 3], [4, 5, 6]]);

test("slices are views", () => {
  assert.deepEqual(x.slice(1).toArray(), [4, 5, 6]);
  assert.deepEqual(x.slice(null, [1]).toArray(), [[2, 3], [5, 6]]);
  assert.deepEqual(x.slice([], [null, null, -1]).toArray(), [[3, 2, 1], [6, 5, 4]]);
  assert.deepEqual(x.slice(-1, [-2, 9]).toArray(), [5, 6]);
  assert.deepEqual(x.slice(0, [5, 1]).toArray(), []);
  assert.deepEqual(x.slice(0, [2, 0, -1]).toArray(), [3, 2]);
  assert.deepEqual(x.slice(0, [null, null, -2]).toArray(), [3, 1]);
  assert.deepEqual(x.at(-1).toArray(), [4, 5, 6]);
  assert.equal(x.at(0).at(-1), 3);
  const y = x.copy();
  y.slice(0).set(1, 9);
  assert.equal(y.get(0, 1), 9);
  assert.throws(() => x.slice(2), RangeError);
  assert.throws(() => x.slice([0, 1, 0]), RangeError);
  assert.throws(() => x.slice(0, 0, 0), TypeError);
  assert.throws(() => NDArray.from([1], "int8").set(0, 200), /-128 to 127/);
});

test("slices of arrays in a module's memory", () => {
  const r = memory.array("float64", [3, 4]);
  r.data.forEach((_, k) => (r.data[k] = k));
  assert.deepEqual(r.slice([null, null, -1], [1, 3]).toArray(), [[9, 10], [5, 6], [1, 2]]);
  assert.deepEqual(r.slice([1], [null, null, 2]).slice([null, null, -1], -1).toArray(), [10, 6]);
  assert.deepEqual(twice(r.slice([null, null, -1], [1, 3])).toArray(), [[18, 20], [10, 12], [2, 4]]);
});

test("it prints like NumPy", () => {
  assert.equal(`${x}`, "[[1. 2. 3.]\n [4. 5. 6.]]");
  assert.equal(inspect(x), "NDArray([[1. 2. 3.]\n         [4. 5. 6.]], dtype=float64)");
  assert.equal(`${NDArray.from([true, false])}`, "[ True False]");
  assert.equal(`${NDArray.from([1n, -10n])}`, "[  1 -10]");
  assert.equal(`${NDArray.from([0.5, NaN, -Infinity])}`, "[ 0.5  nan -inf]");
  assert.equal(`${NDArray.from(Array.from({ length: 2000 }, (_, k) => k), "int16")}`, "[   0    1    2 ... 1997 1998 1999]");
  assert.equal(`${NDArray.from([])}`, "[]");
});

test("JSON and clones", () => {
  assert.equal(JSON.stringify({ x }), '{"x":[[1,2,3],[4,5,6]]}');
  assert.equal(JSON.stringify(NDArray.from([1n, 2n ** 60n])), '[1,"1152921504606846976"]');
  const clone = structuredClone(x.slice(null, [1]));
  assert.ok(!(clone instanceof NDArray));
  assert.deepEqual(twice(clone).toArray(), [[4, 6], [10, 12]]);
  assert.deepEqual(NDArray.from(clone).toArray(), [[2, 3], [5, 6]]);
  const own = x.copy();
  const moved = structuredClone(own, { transfer: [own.data.buffer] });
  assert.deepEqual(NDArray.from(moved).toArray(), x.toArray());
  assert.throws(() => twice(own), /detached/);
  assert.deepEqual(NDArray.from(structuredClone(NDArray.from([true]))).toArray(), [true]);
});
