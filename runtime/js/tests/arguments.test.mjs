// Whatever is passed: a right result, or a TypeError that names the function, the parameter, what it takes and what it got.
import assert from "node:assert/strict";
import { test } from "node:test";
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { build, compile } from "./support.mjs";

const m = await compile(`
@njit("float64(float64[:])")
def total(x):
    return x.sum()

@njit("float64[:](float64[:], float64)")
def scale(x, k):
    return x * k

@njit("float64(float64[:, :])")
def total2(x):
    s = 0.0
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            s += x[i, j] * (1 + i * 10 + j)
    return s

@njit("void(float64[:], float64[:])")
def shift_add(x, y):
    for i in range(len(x)):
        x[i] = y[i] + 1

@njit("void(float64[::1], uint8[:])")
def bytes_too(x, b):
    x[0] = 1.0
    b[0] = b[7]

@njit("float64[:](float64[:], int64)")
def part(x, k):
    return x[k:]

@njit("float64[:](float64[:])")
def same(x):
    return x

@njit("float64[:](float64[::1])")
def doubled(x):
    return x * 2.0

@njit("void(float64[:], int64)")
def write_then_fail(x, i):
    x[0] = 9.0
    x[i] = 1.0

@njit("void(float64[:, ::1])")
def add_rows(x):
    x[:] = x + 1.0

@njit("Tuple((int64, uint64, int64[:]))(int64)")
def wide(n):
    return n, np.uint64(n), np.array([n])

@njit("float64(uint8[:], boolean[:])")
def small(a, b):
    return a.sum() + b.sum()

@njit("float64(float32[:])")
def single(x):
    return x.sum()

@njit("float64(float64[:], float64[:])")
def plus(x, y):
    return x[0] + y[0]

@njit("float64(Tuple((float64[:], float64)))")
def pair(p):
    return p[0][0] + p[1]

@njit("float64(float64, int8, uint16, float32)")
def numbers(a, b, c, d):
    return a + b + c + d

@njit("float64(float64[:], int64)")
def keyed(x, n=2):
    return x[0] * n
`);

const refused = (call, ...parts) =>
  assert.throws(call, (error) => {
    assert.ok(error instanceof TypeError, `${error}`);
    for (const part of parts) assert.ok(error.message.includes(part), `${error.message}\n  does not say ${part}`);
    return true;
  });

test("lists have all their items, of one depth and length", () => {
  refused(() => m.total([1, , 3]), "total() argument 'x', item [1],", "undefined");
  refused(() => m.total(new Array(1000)), "total() argument 'x', item [0],");
  refused(() => m.total([1, "2"]), "item [1],", "the string \"2\"");
  refused(() => m.total([1, [2]]), "item [1],", "a list");
  refused(() => m.total2([[1, 2], [3]]), "item [1],", "lists of equal lengths (2 here)", "a list of 1");
  refused(() => m.total2([[1, 2], 3]), "item [1],", "the number 3");
  refused(() => m.total([[1]]), "argument 'x'", "1 dimension", "2 dimensions");
  refused(() => m.small([1, 256], []), "argument 'a', item [1],", "0 to 255", "256");
  refused(() => m.small([1.5], []), "argument 'a', item [0],", "an integer");
  assert.equal(m.small([255, 1], [true, false, 1]), 258);
  assert.equal(m.total([true, 2n, 3]), 6);
  assert.equal(m.total2([[]]), 0);
});

test("shape, strides and offset lie in the data", () => {
  const data = Float64Array.of(1, 2, 3, 4);
  for (const shape of [[6], [-3], [1.5], [NaN], ["4"], [2 ** 40]]) refused(() => m.total({ data, shape }), "total() argument 'x'");
  for (const like of [
    { data, shape: [4], strides: [2] },
    { data, shape: [4], offset: 1 },
    { data, shape: [4], offset: -1 },
    { data, shape: [4], strides: [-1] },
    { data, shape: [4], strides: [0.5] },
    { data, shape: [4], strides: [1, 1] },
    { data, shape: [4], offset: 0.5 },
    { data, shape: 4 },
  ]) refused(() => m.total(like), "total() argument 'x'", "float64[:]");
  assert.equal(m.total({ data, shape: [4], strides: [-1], offset: 3 }), 10);
  assert.equal(m.total({ data, shape: [0], offset: 99 }), 0);
  assert.equal(m.total({ data, shape: [7], strides: [0], offset: 3 }), 28);
  refused(() => new m.NDArray(data, [5]), "NDArray()");
});

test("classes of typed arrays", () => {
  assert.equal(m.small(Buffer.from([1, 2]), new Uint8Array(2)), 3);
  assert.equal(m.small(new Uint8ClampedArray([3]), Uint8Array.of(1)), 4);
  refused(() => m.total(Buffer.from([1])), "got uint8");
  refused(() => m.total(new DataView(new ArrayBuffer(8))), "argument 'x'", "DataView");
  if (globalThis.Float16Array) refused(() => m.total(new Float16Array(2)), "Float16Array");
  const sharedData = new Float64Array(new SharedArrayBuffer(32));
  sharedData.set([1, 2, 3, 4]);
  assert.equal(m.total(sharedData), 10);
  m.shift_add(sharedData.subarray(1), sharedData);
  assert.deepEqual([...sharedData], [1, 2, 3, 4]);
  for (const value of [null, undefined, {}, 5, "x", Symbol.iterator, () => 1, { data: [1, 2], shape: [2] }, { shape: [2] }]) {
    refused(() => m.total(value), "total() argument 'x'", "float64[:]");
  }
});

test("data that was taken away", () => {
  const x = Float64Array.of(1, 2);
  const kept = new m.NDArray(x, [2]);
  structuredClone(x, { transfer: [x.buffer] });
  refused(() => m.total(x), "detached");
  refused(() => m.total(kept), "argument 'x'");
  const y = m.memory.array("float64", [3]);
  const stale = y.data;
  stale.fill(2);
  m.memory.array("float64", [1_000_000]).dispose();
  if (!stale.length) refused(() => m.total(stale), "detached");
  assert.equal(m.total(y), 6);
  refused(() => m.memory.array("float64", 2.5), "memory.array() argument 'shape'");
  refused(() => m.memory.array("float16", 3), "memory.array() argument 'dtype'");
  refused(() => m.memory.array("float64", [-1]), "memory.array()");
});

test("buffers that shrink, shapes that are no lists, bytes that are no bools, options that are none", () => {
  const buffer = new ArrayBuffer(16, { maxByteLength: 64 });
  const [fixed, growing] = [new Float64Array(buffer, 0, 2), new Float64Array(buffer)];
  assert.equal(m.total(fixed) + m.total(growing), 0);
  buffer.resize(8);
  refused(() => m.total(fixed), "detached data");
  assert.equal(m.total(growing), 0);
  const data = Float64Array.of(1, 2);
  refused(() => m.total({ data, shape: [2n] }), "the shape [2]");
  refused(() => m.total({ data, shape: Uint8Array.of(2) }), "the shape a value of class Uint8Array");
  refused(() => m.total({ data, shape: [2], strides: "1" }), "the strides the string \"1\"");
  refused(() => m.small([1], Uint8Array.of(0, 1, 2)), "argument 'b'", "bytes of 0 and 1 (bool), got 2");
  refused(() => m.small([1], { data: Uint8Array.of(0, 9, 1, 9), shape: [2], strides: [2], offset: 1 }), "got 9");
  assert.equal(m.small([1], { data: Uint8Array.of(0, 9, 1), shape: [0] }), 1);
  refused(() => m.total.with({ bogus: 1 }), "total.with() takes the options i64, resident, out, got bogus");
  refused(() => m.total.with(), "total.with() takes an object with the options i64, resident, out, got undefined");
  refused(() => m.total.with(null), "got null");
  refused(() => m.total.with({ i64: "foo" }), "total.with() option 'i64' takes \"number\" or \"bigint\", got the string \"foo\"");
  refused(() => m.total.with({ resident: 1 }), "option 'resident' takes true or false");
  assert.equal(m.total.with({ i64: undefined })([1, 2]), 3);
  const out = new Float64Array(3);
  refused(() => m.total.with({ out }), "total() option 'out' takes the result of a function that returns one array");
  refused(() => m.doubled.with({ out: new Float32Array(3) }), "doubled() option 'out' takes float64[:");
  refused(() => m.doubled.with({ out: 1 }), "doubled() option 'out' takes float64[:");
});

test("numbers beyond the dtype", () => {
  assert.equal(m.numbers(1, 127, 65535, 0.5), 65663.5);
  refused(() => m.numbers(1, 128, 0, 0), "argument 'b'", "-128 to 127");
  refused(() => m.numbers(1, 0, -1, 0), "argument 'c'", "0 to 65535");
  refused(() => m.numbers("1", 0, 0, 0), "argument 'a'", "the string \"1\"");
  refused(() => m.numbers(1, 1.5, 0, 0), "argument 'b'", "an integer");
  refused(() => m.numbers(1, 2n ** 70n, 0, 0), "argument 'b'");
  // Floats round, as Python's do, but nothing that is finite becomes infinite.
  assert.equal(m.numbers(2n ** 53n + 1n, 0, 0, 0), 2 ** 53);
  assert.equal(m.numbers(0, 0, 0, 3.4028235e38), Math.fround(3.4028235e38));
  for (const value of [Infinity, -Infinity, NaN]) assert.equal(m.numbers(0, 0, 0, value), value);
  refused(() => m.numbers(10n ** 400n, 0, 0, 0), "argument 'a' takes a number that is finite as float64, got the bigint 1000");
  refused(() => m.numbers(0, 0, 0, 1e39), "argument 'd' takes a number that is finite as float32, got the number 1e+39");
  refused(() => m.numbers(0, 0, 0, -(10n ** 40n)), "argument 'd'");
  refused(() => m.single([1, -1e39]), "argument 'x', item [1], takes a number that is finite as float32");
  assert.equal(m.single([1, -Infinity]), -Infinity);
  refused(() => m.total("x".repeat(1e6)), "…");
});

test("shapes of 2**31 elements or more, which no module could count", () => {
  const data = Float64Array.of(1);
  for (const shape of [[2 ** 31], [2 ** 32], [2 ** 53], [2 ** 62]]) refused(() => m.total({ data, shape, strides: [0] }), "2**31 elements or more");
  for (const shape of [[2 ** 20, 2 ** 20], [0, 2 ** 32], [2 ** 32, 0]]) refused(() => m.total2({ data, shape, strides: [0, 0] }), "2**31 elements or more");
  assert.equal(m.total({ data, shape: [1e6], strides: [0] }), 1e6);
  assert.throws(() => m.memory.array("float64", 2 ** 62), /unable to allocate 36893488147419103232 bytes/);
});

test("what getters among the arguments do to others is seen", () => {
  const nasty = (does) => Object.defineProperty([0, 2], 0, { get: () => (does(), 1), enumerable: true });
  const resident = () => m.scale.resident([1, 2], 3);
  const [x, y, z] = [resident(), resident(), resident()];
  refused(() => m.plus(x, nasty(() => x.dispose())), "plus() argument 'x'", "disposed or detached");
  refused(() => m.plus(y.slice([1]), nasty(() => y.dispose())), "plus() argument 'x'", "disposed or detached");
  refused(() => m.pair(Object.defineProperty([z, 1], 1, { get: () => (z.dispose(), 1) })), "item 0", "disposed or detached");
  const sent = Float64Array.of(1, 2);
  refused(() => m.plus(sent, nasty(() => structuredClone(sent.buffer, { transfer: [sent.buffer] }))), "plus() argument 'x'", "disposed or detached");
  // A getter is asked once.
  let asked = 0;
  assert.equal(m.total({ get data() { return asked++ ? new Float64Array(0) : Float64Array.of(1, 2, 3); }, shape: [3] }), 6);
  const shape = [3];
  refused(() => m.total({ data: Float64Array.of(1, 2, 3), shape, get strides() { shape[0] = 1e6; return [1]; } }), "elements 0 to 999999");
  // Memory that grows meanwhile moves nothing.
  assert.equal(m.plus(resident(), nasty(() => m.memory.array("float64", [1 << 22]))), 4);
});

test("nothing reaches beyond an array in the module's memory", () => {
  const x = m.memory.array("float64", [4]);
  refused(() => x.view([5], [1], 0), "NDArray.view() takes a part of the array");
  refused(() => x.view([2], [1], -1), "NDArray.view()");
  assert.throws(() => (x.shape[0] = 1e6), TypeError);
  assert.equal(m.total(x.view([2], [2], 1)), 0);
  x.dispose();
});

test("who has a view of an array in the module's memory keeps it", async () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  const views = [];
  for (let k = 0; k < 50; k++) {
    const x = m.scale.resident(new Float64Array(100).fill(k), 1);
    views.push(k % 2 ? new m.NDArray(x.data, [10, 10]) : m.same(x.data));
  }
  for (let k = 0; k < 20; k++) {
    gc();
    await new Promise((done) => setTimeout(done, 1));
    m.scale.resident(new Float64Array(100).fill(-1), 1);
  }
  for (const [k, view] of views.entries()) assert.deepEqual([view.data[0], view.data[99]], [k, k]);
});

test("keywords may be of another realm", () => {
  assert.equal(m.keyed(runInNewContext("({ x: [3], n: 5 })")), 15);
  assert.equal(m.keyed(Object.assign(Object.create(null), { x: [3] })), 6);
  refused(() => m.keyed(new (class { x = [1]; })()), "got a value of class");
});

test("arguments whose bytes overlap are one block", () => {
  const b = new Float64Array(5);
  m.shift_add(b.subarray(1), b.subarray(0, 4));
  assert.deepEqual([...b], [0, 1, 2, 3, 4]);
  const back = new Float64Array(5);
  m.shift_add(new m.NDArray(back, [4], [-1], 3), new m.NDArray(back, [4], [-1], 4));
  assert.deepEqual([...back], [4, 3, 2, 1, 0]);
  const x = new Float64Array(1);
  const alias = new Uint8Array(x.buffer);
  m.bytes_too(x, alias);
  assert.deepEqual([...alias], [0x3f, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  const odd = new Uint8Array(25);
  m.bytes_too(new Float64Array(odd.buffer, 8, 2), odd.subarray(9, 25));
  assert.deepEqual([...odd.subarray(8, 18)], [0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0]);
  const grid = Float64Array.of(1, 2, 3, 4, 5, 6);
  refused(() => m.bytes_too(new m.NDArray(grid, [3], [2]), new Uint8Array(grid.buffer)), "argument 'x'", "overlaps another");
});

test("order and strides stay as they are", () => {
  const data = Float64Array.from({ length: 6 }, (_, k) => k + 1);
  const rows = new m.NDArray(data, [2, 3]);
  const across = new m.NDArray(data, [3, 2], [1, 3]);
  assert.equal(m.total2(rows), m.total2(rows.toArray()));
  assert.equal(m.total2(across), m.total2(across.toArray()));
  // Pairwise sums of a reversed view are added from its beginning, those of a wide one from memory that is packed.
  const long = Float64Array.from({ length: 1000 }, (_, k) => 1 / (k + 3));
  assert.equal(m.total(new m.NDArray(long, [1000], [-1], 999)), m.total(Float64Array.from(long).reverse()));
  assert.equal(m.total(new m.NDArray(long, [10], [100])), m.total(long.filter((_, k) => k % 100 === 0)));
  assert.equal(m.total(new m.NDArray(long, [10], [-100], 999)), m.total(long.filter((_, k) => k % 100 === 99).reverse()));
  const wide = new Float64Array(1000);
  m.shift_add(new m.NDArray(wide, [3], [-400], 999), Float64Array.of(1, 2, 3));
  assert.deepEqual([wide[999], wide[599], wide[199], wide[998]], [2, 3, 4, 0]);
});

test("arrays that may not be written", () => {
  const x = m.NDArray.from([1, 2]);
  x.writeable = false;
  refused(() => m.shift_add(x, [1, 2]), "argument 'x'", "read-only");
  refused(() => m.shift_add(x.slice([1]), [1]), "read-only");
  refused(() => x.set(0, 5), "read-only");
  assert.equal(m.total(x), 3);
  refused(() => m.shift_add([1, 2], [1, 2]), "argument 'x'", "which the function writes to", "a list");
});

test("what is written before an exception is seen", () => {
  const x = new Float64Array(4);
  assert.throws(() => m.write_then_fail(x, 7), { name: "IndexError" });
  assert.equal(x[0], 9);
  const columns = new m.NDArray(new Float64Array(6), [3, 2], [1, 3]);
  m.add_rows(columns);
  assert.deepEqual([...columns.data], [1, 1, 1, 1, 1, 1]);
});

test("a result that lies in an argument", () => {
  const x = m.NDArray.from([1, 2, 3]);
  assert.equal(m.same(x), x);
  const tail = m.part(x, 1);
  tail.set(0, 7);
  assert.deepEqual(x.toArray(), [1, 7, 3]);
  const typed = Float64Array.of(1, 2, 3);
  assert.equal(m.part(typed, 2).data.buffer, typed.buffer);
  assert.deepEqual(m.part([1, 2, 3], 1).toArray(), [2, 3]);
  assert.deepEqual(m.part(new m.NDArray(typed, [2], [-2], 2), 1).toArray(), [1]);
});

test("an axis of one element has any stride, as in NumPy", async () => {
  const { f } = await compile('@njit("float64(float64[::1], float64[:])")\ndef f(a, b):\n    a[0] = 7\n    return a[0] + b[0]\n');
  const data = Float64Array.of(1, 2, 3);
  assert.equal(f({ data, shape: [1], strides: [2], offset: 2 }, { data, shape: [2], strides: [2] }), 8);
  assert.deepEqual([...data], [1, 2, 7]);
});

test("64-bit results as BigInts", () => {
  const big = 2 ** 53;
  assert.throws(() => m.wide(2n ** 60n), RangeError);
  const [a, b, c] = m.wide.with({ i64: "bigint" })(2n ** 60n + 1n);
  assert.deepEqual([a, b, c.get(0)], [2n ** 60n + 1n, 2n ** 60n + 1n, 2n ** 60n + 1n]);
  assert.deepEqual(m.wide.with({ i64: "bigint" })(-1).slice(0, 2), [-1n, 2n ** 64n - 1n]);
  assert.equal(m.wide(big - 1)[0], big - 1);
});

test("results that stay in the module", () => {
  let y = m.doubled.resident([1, 2, 3]);
  for (let k = 0; k < 5; k++) y = m.doubled.resident(y);
  assert.deepEqual(y.toArray(), [64, 128, 192]);
  for (let k = 0; k < 1000; k++) assert.throws(() => m.write_then_fail(new Float64Array(2), 5));
  const other = m.doubled.resident([5]);
  assert.deepEqual([y.toArray(), other.toArray()], [[64, 128, 192], [10]]);
  const tail = y.slice([1]);
  assert.deepEqual(m.doubled(tail).toArray(), [256, 384]);
  tail.set(0, 1);
  assert.equal(y.get(1), 1);
  y.dispose();
  assert.throws(() => tail.data, /disposed/);
  assert.throws(() => m.total(y), /disposed/);
  y.dispose();
  const out = new Float64Array(3);
  assert.equal(m.doubled.with({ out })([1, 2, 3]), out);
  assert.deepEqual([...out], [2, 4, 6]);
  const place = m.memory.array("float64", [3]);
  assert.equal(m.doubled.with({ out: place })([1, 2, 3]), place);
  assert.deepEqual(place.toArray(), [2, 4, 6]);
  refused(() => m.doubled.with({ out: new Float64Array(2) })([1, 2, 3]), "option 'out'", "[3]");
});

test("many arrays are made at once: memory grows by a share", () => {
  const start = performance.now();
  for (let k = 0; k < 8000; k++) m.memory.array("float64", [10_000]);
  assert.ok(m.memory.wasm.$memory.buffer.byteLength >= 640e6);
  // By need, it took 15 s.
  assert.ok(performance.now() - start < 5000, `${performance.now() - start} ms`);
});

test("arrays that are dropped are collected", () => {
  const { module } = build('@njit("float64[:](float64[:])")\ndef twice(x):\n    return x * 2.0\n');
  const program = `const { memory, twice } = await import(${JSON.stringify(pathToFileURL(module).href)});
    const turn = () => new Promise((done) => setTimeout(done, 0));
    for (let k = 0; k < 400; k++) {
      twice.resident(memory.array("float64", [500_000]));
      if (k % 20 === 0) { gc(); await turn(); }
    }
    console.log(memory.wasm.$memory.buffer.byteLength);`;
  const bytes = Number(execFileSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", program], { encoding: "utf8" }));
  // All of them together have 3.2 GB, and those between two collections 160 MB.
  assert.ok(bytes < 700e6, `${bytes} bytes`);
});

test("keywords", () => {
  assert.equal(m.keyed([3]), 6);
  assert.equal(m.keyed([3], { n: 5 }), 15);
  assert.equal(m.keyed({ x: [3], n: 4 }), 12);
  assert.equal(m.scale({ x: [3], k: 4 }).get(0), 12);
  assert.equal(m.keyed({ data: Float64Array.of(7), shape: [1] }), 14);
  refused(() => m.keyed([3], { x: [1] }), "keyed() got multiple values for argument 'x'");
  refused(() => m.scale({ k: 2 }), "scale() missing argument 'x'");
  refused(() => m.keyed([3], { q: 1 }), "keyed() got an unexpected keyword argument 'q'");
});

/** Numbers that repeat for a seed (mulberry32). */
const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

test("views of every kind give the sum of their elements, or are refused", () => {
  const next = random(8);
  const int = (low, high) => low + Math.floor(next() * (high - low + 1));
  const pick = (...items) => items[int(0, items.length - 1)];
  let right = 0;
  for (let round = 0; round < 20_000; round++) {
    const length = int(0, 12);
    const data = new Float64Array(new ArrayBuffer(8 * (length + 2)), 8, length).map(() => int(-9, 9));
    const ndim = pick(1, 2, 2, 3);
    const shape = Array.from({ length: ndim }, () => pick(int(0, 4), int(0, 4), int(0, 4), -1, 1.5, 50));
    const strides = pick(undefined, Array.from({ length: pick(ndim, ndim, ndim + 1) }, () => pick(int(-4, 4), 1, 0, 0.5)));
    const offset = pick(0, 0, int(-1, 12));
    const f = ndim === 1 ? m.total : m.total2;
    let expected;
    try {
      const x = new m.NDArray(data, shape, strides, offset);
      const list = x.toArray();
      if (ndim === 1) expected = list.reduce((a, b) => a + b, 0);
      if (ndim === 2) expected = list.flatMap((row, i) => row.map((v, j) => v * (1 + i * 10 + j))).reduce((a, b) => a + b, 0);
    } catch {
      expected = undefined;
    }
    const like = pick({ data, shape, strides, offset }, { data, shape, stride: strides, offset });
    if (expected === undefined) refused(() => f(like), "argument 'x'");
    else {
      right++;
      assert.equal(f(like), expected, JSON.stringify({ length, shape, strides, offset }));
    }
  }
  assert.ok(right > 1000, `${right} views were right`);
});
