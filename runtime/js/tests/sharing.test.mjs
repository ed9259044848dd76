// Arrays that share memory with each other, with the module, or with where a result is written to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "./support.mjs";

const m = await compile(`
@njit("Tuple((float64[:], float64[:]))(int64)")
def pair(n):
    a = np.arange(n * 1.0)
    return a, a[::-1]

@njit("float64[:](float64[:])")
def steps(x):
    y = x + 1.0
    y[0] = 0.0
    return y[1:] - y[:-1]

@njit("UniTuple(float64[:], 4)(int64)")
def parts(n):
    a = np.arange(n * 1.0)
    return a, a[1:], a[:-1], a[::-1]

@njit("float64[:](float64[:])")
def running(x):
    out = np.empty(len(x))
    s = 0.0
    for i in range(len(x)):
        s += x[i]
        out[i] = s
    return out

@njit("float64[:](float64[:])")
def bump(x):
    x += 1.0
    return x * 10.0

@njit(["float64[:](float64[::1])", "float64[:](float64[:])"])
def over(x):
    x += 1.0
    return x * 10.0

@njit("float64(float64[::1], float64[:])")
def first(x, y):
    x[0] = 5.0
    return y[0]

@njit("void(float64[:, :])")
def count(a):
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            a[i, j] += 1.0

@njit("float64[:](int64)")
def ones(n):
    return np.ones(n)

@njit("float64[:](float64[:])")
def same(x):
    return x

@njit("int64(int64)")
def least(x=-9223372036854775808):
    return x

@njit("float64[:](float64[:], float64)")
def times(x, k):
    return x * k

@njit("float64[:](float64[:], float64)")
def turned(x, k):
    y = x + k
    z = y * 2.0
    return z[::-1]

@njit("float64[:](float64[:], float64)")
def raising(x, k):
    y = x + k
    if k > 5.0:
        raise ValueError("k")
    return y + x[::-1]

@njit("float64(float64[:], float64)")
def scale(data, shape):
    return data[0] * shape

@njit(["float64(float64, int64, int64)", "float64(float64, float64[:], int64)"])
def chosen(x, n, k):
    return x
`);

test("results of one block see each other: a result written to one is not made in it", () => {
  const [p, q] = m.pair.resident(6);
  const expected = m.running(q).toArray();
  assert.deepEqual(m.running.with({ out: p })(q).toArray(), expected);
});

test("an array that is part of a block is written in its part", () => {
  for (const n of [4, 5, 6, 7, 40, 41]) {
    for (const to of [0, 1, 2, 3]) {
      for (const from of [0, 1, 2, 3]) {
        const all = m.parts.resident(n);
        const plain = Float64Array.from({ length: n }, (_, k) => k);
        const views = [plain, plain.subarray(1), plain.subarray(0, -1), undefined];
        const expected = m.times(Float64Array.from(all[from].toArray()), 3).toArray();
        if (all[to].size !== expected.length) continue;
        m.times.with({ out: all[to] })(all[from], 3);
        if (to === 3) for (let k = 0; k < n; k++) plain[n - 1 - k] = expected[k];
        else views[to].set(expected);
        assert.deepEqual(all[0].toArray(), [...plain], `${n}: ${from} to ${to}`);
      }
    }
  }
});

test("a part of a block is no place for what a function makes meanwhile", () => {
  for (const n of [4, 5, 6, 7]) {
    const whole = m.memory.array("float64", n);
    const [x, part] = [Float64Array.from({ length: n }, (_, k) => k * k), whole.slice([0, n - 1])];
    whole.data.fill(-1);
    m.steps.with({ out: part })(x);
    assert.deepEqual(whole.toArray(), [...m.steps(x).toArray(), -1]);
    const [a, , most] = m.parts.resident(n);
    m.steps.with({ out: most })(x);
    assert.equal(a.get(-1), n - 1);
  }
});

test("a result is written after what the function has written to its arguments", () => {
  const kept = m.memory.array("float64", 3);
  kept.data.set([1, 2, 3]);
  const expected = m.bump(Float64Array.of(1, 2, 3)).toArray();
  assert.deepEqual(m.bump.with({ out: kept })(kept).toArray(), expected);
  const x = Float64Array.of(1, 2, 3);
  m.bump.with({ out: x })(x);
  assert.deepEqual([...x], expected);
  const longer = Float64Array.of(0, 1, 2, 3);
  m.bump.with({ out: longer.subarray(0, 3) })(longer.subarray(1));
  assert.deepEqual([...longer], [...expected, 4]);
});

test("a call that has run is not tried with another signature", () => {
  const x = Float64Array.of(1, 2, 3);
  assert.throws(() => m.over.with({ out: new Float64Array(2) })(x), /option 'out' takes shape \[3\] \(1 dimension\), got \[2\]/);
  assert.deepEqual([...x], [2, 3, 4]);
});

test("where no signature fits, each says why", () => {
  assert.throws(() => m.chosen(3, "x", 1), /no signature of chosen\(\) takes these arguments: chosen\(\) argument 'n' takes an integer \(int64\), got the string "x"; chosen\(\) argument 'n' takes float64\[:\]/);
});

test("what has to be copied to close its gaps is refused where it shares elements", () => {
  const r = m.memory.array("float64", 6);
  assert.throws(() => m.first(r.slice([0, 6, 2]), r), /'x' takes an array in C order where it overlaps another argument or itself, got one with other strides: pass a copy/);
  assert.equal(m.first(r.slice([0, 2]), r), 5);
});

test("elements of an argument that are one are one, however far apart", () => {
  for (const [strides, length] of [[[1000, 1000], 3000], [[1, 1], 3], [[0, 900], 2000], [[-700, 700], 3000]]) {
    const data = new Float64Array(length);
    const offset = strides[0] < 0 ? 700 : 0;
    m.count({ data, shape: [2, 2], strides, offset });
    const expected = new Float64Array(length);
    for (const i of [0, 1]) for (const j of [0, 1]) expected[offset + i * strides[0] + j * strides[1]] += 1;
    assert.deepEqual(data, expected, `${strides}`);
  }
});

test("what an array's getters do comes before its memory is lent", () => {
  const { NDArray, memory, running } = m;
  const out = memory.array("float64", 100);
  const x = new NDArray(new Float64Array(100).fill(3));
  let other;
  Object.defineProperty(x, "shape", { get: () => ((other ??= m.ones.resident(100)), [100]) });
  running.with({ out })(x);
  assert.notEqual(other.data.byteOffset, out.data.byteOffset);
  const arrays = [memory.array("float64", 100)];
  out.dispose();
  arrays.push(memory.array("float64", 100));
  other.dispose();
  arrays.push(memory.array("float64", 100));
  arrays.forEach((array, k) => array.data.fill(k));
  arrays.forEach((array, k) => assert.ok(array.toArray().every((v) => v === k)));
});

test("an array that has become read-only is left as it was", () => {
  const kept = m.memory.array("float64", 1000);
  kept.data.fill(7);
  const keep = m.ones.with({ out: kept });
  kept.writeable = false;
  assert.throws(() => keep(1000), /read-only/);
  assert.ok(kept.toArray().every((v) => v === 7));
});

test("a view of memory that has grown is returned as one of the memory", () => {
  const kept = m.memory.array("float64", 4);
  kept.data.set([1, 2, 3, 4]);
  assert.deepEqual(m.same(kept.data).toArray(), [1, 2, 3, 4]);
  const fixed = { data: Float64Array.of(1, 2), shape: [2], writeable: false };
  assert.equal(m.same(fixed).writeable, false);
});

test("keywords of any names, once", () => {
  assert.equal(m.scale({ data: Float64Array.of(2), shape: 3 }), 6);
  assert.equal(m.scale({ data: Float64Array.of(2), shape: [1] }, 3), 6);
  assert.throws(() => m.chosen(1, 2, { k: { k: 3 } }), TypeError);
  const knot = {};
  knot.k = knot;
  assert.throws(() => m.chosen(1, 2, knot), TypeError);
  assert.equal(m.least.with({ i64: "bigint" })(), -(2n ** 63n));
});

test("whatever lies where, results are right and nothing else changes", () => {
  let seed = 1;
  const random = (n) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return Math.floor((seed / 2 ** 32) * n);
  };
  /** Arrays in the module, and what they hold. */
  const live = [];
  const make = () => {
    const values = Array.from({ length: [3, 30, 300][random(3)] }, () => random(100));
    const array = m.memory.array("float64", values.length);
    array.data.set(values);
    live.push([array, values]);
    if (live.length > 40) live.splice(random(live.length), 1)[0][0].dispose();
  };
  for (let k = 0; k < 12; k++) make();
  for (let round = 0; round < 15_000; round++) {
    if (random(4) === 0) make();
    const to = live[random(live.length)];
    const fitting = live.filter(([array]) => array.size === to[0].size);
    const [from, values] = fitting[random(fitting.length)];
    const given = [from, from.data, values, Float64Array.from(values)][random(4)];
    const [name, k] = [["times", "turned", "raising"][random(3)], random(8)];
    const alone = () => m[name](Float64Array.from(values), k).toArray();
    const raises = name === "raising" && k > 5;
    const expected = raises ? undefined : alone();
    try {
      m[name].with({ out: to[0] })(given, k);
      assert.ok(!raises);
      to[1] = expected;
    } catch (error) {
      if (error.name !== "ValueError") throw error;
      // It may hold anything now, unless it was the argument.
      const sees = given === from || given.buffer === m.memory.wasm.$memory.buffer;
      if (from === to[0] && sees) assert.deepEqual(to[0].toArray(), values);
      to[1] = to[0].toArray();
    }
    for (const [array, held] of live) assert.ok(array.data.every((value, i) => value === held[i]), `round ${round}`);
  }
  assert.ok(m.memory.wasm.$memory.buffer.byteLength <= 1 << 20);
});
