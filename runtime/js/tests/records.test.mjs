// Arrays of records as arguments and results: arrays of objects, objects of columns, and arrays of records that another call has given.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "./support.mjs";

const SOURCE = `
import numpy as np
from numba import from_dtype

P = np.dtype([("x", "f8"), ("n", "i4")])
V = np.dtype([("k", "u1"), ("v", "f4", 2), ("p", [("a", "i2"), ("b", "i8")])])
rec = from_dtype(P)
vec = from_dtype(V)

def total(a: "rec[:]"):
    s = 0.0
    for r in a:
        s += r.x * r.n
    return s

def scale(a: "rec[:]", by: float):
    for i in range(len(a)):
        a[i]["x"] *= by
    return a[1:]

def make(n: int):
    a = np.zeros(n, P)
    a["x"] = np.arange(n) / 2
    a["n"] = np.arange(n)
    return a

def one(a: "rec[:]", i: int):
    return a[i]

def bump(r: "rec"):
    r["n"] += 1

def grid(n: int):
    return make(n * n).reshape(n, n)

def nested(a: "vec[:]"):
    for r in a:
        r["v"][1] = r["k"]
        r["p"]["b"] = r["p"]["a"] * 2
    return a.copy()
`;

const load = async () => import(pathToFileURL(build(SOURCE).module).href);

test("records are arrays of objects", async () => {
  const m = await load();
  assert.equal(m.total([{ x: 1.5, n: 2 }, { x: 2, n: -1 }]), 1);
  assert.equal(m.total([]), 0);
  assert.equal(m.total({ x: [1.5, 2], n: new Int32Array([2, -1]) }), 1);
});

test("what a function writes is seen in the objects and the columns that were given", async () => {
  const m = await load();
  const a = [{ x: 1, n: 1, other: "kept" }, { x: 2, n: 2 }];
  const rest = m.scale(a, 10);
  assert.deepEqual(a, [{ x: 10, n: 1, other: "kept" }, { x: 20, n: 2 }]);
  assert.deepEqual(rest.toArray(), [{ x: 20, n: 2 }]);
  const columns = { x: new Float64Array([1, 2]), n: [3, 4] };
  m.scale(columns, 3);
  assert.deepEqual([...columns.x], [3, 6]);
  const r = { x: 0, n: 4 };
  m.bump(r);
  assert.deepEqual(r, { x: 0, n: 5 });
});

test("results are arrays of records, which other functions take", async () => {
  const m = await load();
  const a = m.make(4);
  assert.equal(a.length, 4);
  assert.deepEqual(a.shape, [4]);
  assert.deepEqual(a.fields, ["x", "n"]);
  assert.deepEqual(a.field("x"), [0, 0.5, 1, 1.5]);
  assert.deepEqual(a.get(-1), { x: 1.5, n: 3 });
  a.set(0, { x: 7, n: 1 });
  assert.equal(m.total(a), 7 + 0.5 + 2 + 4.5);
  m.scale(a, 2);
  assert.deepEqual([...a][0], { x: 14, n: 1 });
  assert.deepEqual(m.one(a, 1), { x: 1, n: 1 });
  assert.deepEqual(m.grid(2).toArray(), [[{ x: 0, n: 0 }, { x: 0.5, n: 1 }], [{ x: 1, n: 2 }, { x: 1.5, n: 3 }]]);
  assert.throws(() => a.get(4), /index 4 is out of bounds for axis 0 with size 4/);
  assert.throws(() => m.one(a, 4), /index 4 is out of bounds for axis 0 with size 4/);
});

test("fields are records and arrays at any byte", async () => {
  const m = await load();
  const given = [{ k: 250, v: [1, 2], p: { a: -3, b: 2n ** 60n } }];
  const got = m.nested(given);
  assert.deepEqual(got.toArray(), [{ k: 250, v: [1, 250], p: { a: -3, b: -6 } }]);
  assert.deepEqual(given, got.toArray());
  const wide = m.nested.with({ i64: "bigint" })(given);
  assert.deepEqual([wide.get(0).p, wide.field("p")], [{ a: -3, b: -6n }, [{ a: -3, b: -6n }]]);
});

test("what does not fit is refused by its place", async () => {
  const m = await load();
  assert.throws(() => m.total([{ x: 1 }]), /'a'\[0\] takes an object with the field 'n'/);
  assert.throws(() => m.total([{ x: 1, n: 1.5 }]), /'a'\[0\].n takes an integer, got 1.5/);
  assert.throws(() => m.total([{ x: 1, n: 2 ** 31 }]), /^TypeError: total\(\) argument 'a'\[0\].n takes an integer from -2147483648 to 2147483647 \(int32\), got 2147483648/);
  assert.throws(() => m.nested([{ k: 1, v: [1e300, 0], p: { a: 1, b: 1 } }]), /'a'\[0\].v\[0\] takes a number that is finite as float32, got 1e\+300/);
  assert.throws(() => m.total([{ x: "1", n: 2 }]), /'a'\[0\].x takes a number, got string 1/);
  assert.throws(() => m.total(3), /'a' takes an array of objects, or an object of columns/);
  assert.throws(() => m.total({ x: [1, 2], n: [1] }), /columns of one length/);
});
