// Values in and out of compiled functions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "./support.mjs";

const m = await compile(`
@njit("int32(int32, int32)")
def add(x, y):
    return x + y

@njit("int64(int64)")
def same(x):
    return x

@njit("boolean(boolean)")
def negate(x):
    return not x

@njit("float64[:](float64[::1], float64)")
def scale(x, k):
    return x * k

@njit("float64[:](float64[:, :])")
def rows(x):
    return x.sum(axis=1)

@njit("int64[:](int64[:])")
def squares(x):
    return x * x

@njit(["int64(int64[:])", "float64(float64[:])"])
def total(x):
    return x.sum()

@njit("void(float64[:])")
def fill(x):
    x[:] = 7.0

@njit("void(float64[:], float64[:])")
def shift(x, y):
    x[1:] = y[:-1]

@njit("Tuple((float64, float64[:]))(float64[:])")
def both(x):
    return x[0], x[1:]

@njit("boolean[:](float64[:])")
def positive(x):
    return x > 0

@njit("int64(int64[:])")
def delete(x):
    return len(x)

def defaults(x: float, k: float = 2.0) -> float:
    return x * k

LIMIT = 3.0

def computed(x: float, k: float = LIMIT) -> float:
    return x * k

INF, NAN, K = float("inf"), np.nan, 40 + 2
BIG = {"a": 2 ** 62}

@njit("Tuple((float64, float64, float64, int64, int64, uint64, boolean))(float64, float64, float64, int64, int64, uint64, boolean)")
def known(a=-INF, b=NAN, c=1e300, d=K, e=-2 ** 63, f=np.uint64(2 ** 64 - 1), g=not True):
    return a, b, c, d, e, f, g

@njit("float64(float64, Tuple((int64, Tuple((float64, boolean)))), none)")
def nested(x, pair=(K, (INF, True)), nothing=None):
    return x + pair[0] if pair[1][1] and pair[1][0] > 1e308 else 0.0

@njit("int64(int64, float64[:], int64)")
def made(a=1, b=np.zeros(3), c=2):
    return a + len(b) + c

@njit("float64(Tuple((float64[:], boolean)))")
def first(pair):
    return pair[0][0] if pair[1] else 0.0
`);

test("scalars", () => {
  assert.equal(m.add(2, 3), 5);
  assert.equal(m.add(2n, true), 3);
  assert.equal(m.negate(true), false);
  assert.equal(m.defaults(3), 6);
  assert.equal(m.defaults(3, 5), 15);
  assert.equal(m.computed(3), 9);
  assert.equal(m.computed(3, 2), 6);
});

test("defaults are the values that Python has for them", () => {
  const bigint = { i64: "bigint" };
  assert.deepEqual(m.known.with(bigint)(), [-Infinity, NaN, 1e300, 42n, -(2n ** 63n), 2n ** 64n - 1n, false]);
  assert.equal(m.nested(1), 43);
  // An array is made at run time, which only Python does for a default.
  assert.equal(m.made(10, [1, 2, 3]), 15);
  assert.equal(m.made(undefined, [1]), 4);
  assert.throws(() => m.made(10), /missing argument 'b'|takes 2 to 3 arguments/);
});

test("int64 comes as a number while it is exact, and is taken as both", () => {
  assert.equal(m.same(2 ** 53 - 1), 2 ** 53 - 1);
  assert.equal(m.same(5n), 5);
  assert.throws(() => m.same(2n ** 60n), RangeError);
});

test("arrays: typed, nested, strided, and as NDArray", () => {
  const y = m.scale(new Float64Array([1, 2, 3]), 2);
  assert.ok(y instanceof m.NDArray);
  assert.deepEqual([...y.data], [2, 4, 6]);
  assert.deepEqual(y.shape, [3]);
  assert.equal(y.dtype, "float64");
  assert.deepEqual(m.scale([1, 2], 3).toArray(), [3, 6]);
  assert.deepEqual(m.rows([[1, 2], [3, 4]]).toArray(), [3, 7]);
  const columns = { data: new Float64Array([1, 2, 3, 4]), shape: [2, 2], stride: [1, 2], offset: 0 };
  assert.deepEqual(m.rows(columns).toArray(), [4, 6]);
  const reversed = new m.NDArray(new Float64Array([1, 2, 3]), [3], [-1], 2);
  assert.deepEqual(m.scale(reversed, 1).toArray(), [3, 2, 1]);
  assert.deepEqual(m.squares([1, 2, 3]).toArray(), [1n, 4n, 9n]);
  assert.deepEqual(m.positive([1, -1]).toArray(), [true, false]);
  assert.deepEqual(m.scale([], 2).toArray(), []);
});

test("results own their data", () => {
  const first = m.scale([1, 2], 1);
  m.scale([5, 6], 1);
  assert.deepEqual(first.toArray(), [1, 2]);
});

test("NDArray: made from nested lists and typed arrays, indexed, copied", () => {
  const x = m.NDArray.from([[1, 2, 3], [4, 5, 6]]);
  assert.deepEqual([x.dtype, x.shape, x.strides, x.ndim, x.size], ["float64", [2, 3], [3, 1], 2, 6]);
  assert.equal(x.get(1, -1), 6);
  x.set(0, 1, 9);
  assert.deepEqual(x.toArray(), [[1, 9, 3], [4, 5, 6]]);
  const across = new m.NDArray(x.data, [3, 2], [1, 3]);
  assert.deepEqual([...across], [1, 4, 9, 5, 3, 6]);
  assert.deepEqual(across.copy().strides, [2, 1]);
  assert.deepEqual(m.NDArray.from(new Float64Array([1, 2]), "int64").toArray(), [1n, 2n]);
  assert.deepEqual(m.NDArray.from([1n, 2n]).dtype, "int64");
  assert.deepEqual(m.NDArray.from([true, false]).toArray(), [true, false]);
  assert.deepEqual(m.NDArray.from([1, 0], "bool").toArray(), [true, false]);
  assert.deepEqual(m.NDArray.from([[], []]).toArray(), [[], []]);
  assert.throws(() => x.get(2, 0), RangeError);
  assert.throws(() => x.get(0), TypeError);
  assert.throws(() => m.NDArray.from([1.5], "int32"), /item \[0\], takes an integer/);
});

test("tuples are lists, as arguments too", () => {
  assert.equal(m.first([[4, 5], true]), 4);
  assert.throws(() => m.first([[4, 5]]), /argument 'pair' takes a list of 2, got a list/);
  assert.throws(() => m.first([[4, 5], 1]), /argument 'pair', item 1, takes a boolean/);

  const [head, tail] = m.both([1, 2, 3]);
  assert.equal(head, 1);
  assert.deepEqual(tail.toArray(), [2, 3]);
});

test("of overloads the one counts that takes an array as it lies", async () => {
  const { put } = await compile(`
@njit(["float64(float64[:, ::1])", "float64(float64[:, :])"])
def put(b):
    v = np.ravel(b)
    v[2] = 9.0
    return v[2]
`);
  const data = Float64Array.from({ length: 12 }, (_, k) => k);
  assert.equal(put({ data, shape: [2, 3], strides: [6, 2] }), 9);
  assert.deepEqual([...data], Array.from({ length: 12 }, (_, k) => k));
  put({ data, shape: [2, 6] });
  assert.equal(data[2], 9);
});

test("overloads are tried in order", () => {
  assert.equal(m.total(new BigInt64Array([1n, 2n])), 3);
  assert.equal(m.total(new Float64Array([1.5, 2])), 3.5);
});

test("what a function writes is seen by its caller", () => {
  const x = new Float64Array(3);
  assert.equal(m.fill(x), undefined);
  assert.deepEqual([...x], [7, 7, 7]);
  const base = new Float64Array(6);
  m.fill(new m.NDArray(base, [3], [2], 1));
  assert.deepEqual([...base], [0, 7, 0, 7, 0, 7]);
  const same = new Float64Array([1, 2, 3, 4]);
  m.shift(same, same);
  assert.deepEqual([...same], [1, 1, 2, 3]);
});

test("names that JavaScript reserves", () => {
  assert.equal(m.delete([1, 2]), 2);
});

test("a wrong argument is named with what it takes and what it got", () => {
  const fails = (call, ...parts) =>
    assert.throws(call, (error) => error instanceof TypeError && parts.every((part) => error.message.includes(part)));
  fails(() => m.scale(new Float32Array(2), 1), "scale() argument 'x'", "float64[::1]", "float32");
  fails(() => m.rows([1, 2]), "argument 'x'", "2 dimensions", "1 dimension");
  fails(() => m.add(1.5, 2), "argument 'x'", "int32", "1.5");
  fails(() => m.add(2 ** 31, 2), "argument 'x'", "2147483647");
  fails(() => m.negate(1), "argument 'x'", "boolean");
  fails(() => m.add(1), "add() takes 2 arguments (x, y), got 1");
  fails(() => m.scale("spam", 1), "argument 'x'", "spam");
  fails(() => m.rows([[1, 2], [3]]), "equal lengths");
  fails(() => m.rows(null), "null");
  fails(() => m.add(m.NDArray.from([1]), 2), "argument 'x'", "int32", "NDArray of float64 with 1 dimension");
  fails(() => m.total(new Float32Array(1)), "argument 'x'", "float32");
});

test("resident arrays of 64-bit integers and bools start at zero", () => {
  assert.deepEqual([...m.memory.array("int64", [2]).data], [0n, 0n]);
  assert.deepEqual([...m.memory.array("bool", 3).data], [0, 0, 0]);
});

test("resident arrays are passed without copying", () => {
  const x = m.memory.array("float64", [3]);
  m.fill(x);
  assert.deepEqual([...x.data], [7, 7, 7]);
  x.data[0] = 1;
  assert.deepEqual(m.scale(x, 2).toArray(), [2, 14, 14]);
  x.dispose();
  assert.throws(() => x.data, TypeError);
  assert.throws(() => m.fill(x), /disposed/);
});

test("modules start at once, and by init where they are given elsewhere", async () => {
  const table = `T = np.array([${Array.from({ length: 9000 }, (_, k) => `${k % 97}.5`).join(",")}])\n`;
  const large = await compile(table + '@njit("float64(int64)")\ndef item(i):\n    return T[i]\n');
  assert.throws(() => large.item(5), /item\(\) is called before the module has been started: await init\(\) first/);
  await large.init();
  assert.equal(large.item(5), 5.5);
  await large.default();
  assert.equal(large.item(98), 1.5);
});

test("inline modules start at once and give the same", async () => {
  const inline = await compile('@njit("int32(int32, int32)")\ndef add(x, y):\n    return x + y\n', "--inline");
  assert.equal(inline.add(2, 3), 5);
});

test("a result is made in the array that it is written to, where no argument can see it", async () => {
  const { twice, hidden, turned, late, memory } = await compile(`
@njit("float64[:](float64[:])")
def twice(x):
    return x * 2.0

@njit("float64[:](float64[:])")
def hidden(x):
    y = x + 1.0
    z = np.zeros(x.size)
    for i in range(x.size):
        z[i] = y[x.size - 1 - i]
    return z

@njit("float64[:](float64[:])")
def turned(x):
    return (x * 2.0)[::-1]

@njit("float64[:](float64[:], int64)")
def late(x, i):
    y = x * 2.0
    y[0] = x[i]
    return y
`);
  const data = (n) => Float64Array.from({ length: n }, (_, k) => k);
  for (const n of [3, 30, 3000]) {
    const [x, out] = [memory.array("float64", n), memory.array("float64", n)];
    x.data.set(data(n));
    const expected = { twice: data(n).map((v) => 2 * v), hidden: data(n).map((v) => v + 1).reverse(), turned: data(n).map((v) => 2 * v).reverse() };
    for (const [name, f] of Object.entries({ twice, hidden, turned })) {
      const keep = f.with({ out });
      for (const argument of [x, data(n), x.slice([]), Array.from(data(n))]) {
        out.data.fill(-1);
        assert.equal(keep(argument), out);
        assert.deepEqual(out.data, expected[name], `${name} ${n}`);
      }
    }
    // An argument that is the array, or part of it, is read before the array is written.
    for (const f of [twice, hidden, turned]) {
      const own = memory.array("float64", n);
      own.data.set(data(n));
      const alone = f(data(n)).toArray();
      f.with({ out: own })(own);
      assert.deepEqual(own.toArray(), alone);
      own.data.set(data(n));
      f.with({ out: own })(own.data);
      assert.deepEqual(own.toArray(), alone);
      own.data.set(data(n));
      f.with({ out: own })(own.slice([]));
      assert.deepEqual(own.toArray(), alone);
      own.dispose();
    }
    // Exceptions give the block back, however often.
    const keep = late.with({ out });
    for (let k = 0; k < 1000; k++) assert.throws(() => keep(x, n), { name: "IndexError" });
    assert.deepEqual(keep(x, 1).toArray(), [1, ...data(n).map((v) => 2 * v).slice(1)]);
    const other = twice.resident(x);
    assert.notEqual(other.data.byteOffset, out.data.byteOffset);
    [x, out, other].forEach((array) => array.dispose());
    assert.throws(() => keep(data(n), 0), /disposed/);
  }
  const out = memory.array("float64", 1 << 22);
  const x = twice.resident(out);
  const pages = memory.wasm.$memory.buffer.byteLength;
  twice.with({ out })(x);
  assert.equal(memory.wasm.$memory.buffer.byteLength, pages, "no block beside the two");
});
