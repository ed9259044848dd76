// Lists as arguments and results: copied in, changed in place where the function may change them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build, compile } from "./support.mjs";

const SOURCE = `
def total(xs: list[float]):
    s = 0.0
    for x in xs:
        s += x
    return s

def squares(n: int):
    return [i * i for i in range(n)]

def push(xs: list[int], x: int):
    xs.append(x)
    return xs

def sorted_in_place(xs: list[float]):
    xs.sort()

def emptied(xs: list[int]):
    xs.clear()

def negate(xs: list[bool]):
    for k in range(len(xs)):
        xs[k] = not xs[k]

def push_then_fail(xs: list[int], k: int):
    xs.append(7)
    return xs[k]

def huge_row(rows: list[list[int]]):
    rows.append([1, 2**60, 3])
    return rows[-1]

def push_huge_then_fail(xs: list[int]):
    xs.append(2**60)
    return xs[9]

def complex_first(xs: list[complex]):
    return xs[0]

def complex_powers(n: int):
    z = 1 + 0j
    out = [z]
    for _ in range(n - 1):
        z *= 1j
        out.append(z)
    return out

def complex_pairs(xs: list[tuple[complex, int]]):
    z, n = xs[0]
    xs.append((2 * z, n + 1))

def total_of_array(x: "float64[:]"):
    return x.sum()

def total_of_arrays(xs: "list[float64[:]]"):
    s = 0.0
    for x in xs:
        s += x.sum()
    return s

def tails(xs: "list[float64[:]]"):
    return [x[1:] for x in xs]

def both_ways(xs: "list[float64[:]]", y: "float64[:]"):
    y[0] = 5.0
    xs[0][1] = 6.0

def appended(xs: "list[float64[:]]", n: int):
    xs.append(np.zeros(n))
    xs[0][0] = 9.0

def runaway(xs: list[int], n: int) -> int:
    xs.append(n)
    return runaway(xs, n + 1) + 1

def pairs(xs: list[tuple[int, float]]):
    xs.append((3, 0.5))
    return [x for _, x in xs]

def nones(xs: list[None]):
    xs.append(None)
    return len(xs)

def rows(n: int):
    row = [0]
    out = [row, row]
    row.append(n)
    return out, row

def append_inner(xss: list[list[int]]):
    xss[0].append(9)
    xss.append([4])

def drop_first(xss: list[list[int]]):
    xss.pop(0)
    xss.append(xss[0])

def both(xs: list[int], ys: list[int]):
    xs.append(1)
    ys.append(2)
    return len(xs)

def reads_and_writes(xs: list[int], ys: list[int]):
    ys.append(len(xs))
    return len(xs)

@njit("float64(ListType(float64[:]))")
def double_all(xs):
    s = 0.0
    for x in xs:
        x *= 2
        s += x.sum()
    return s

@njit("void(ListType(float64[:]), float64[:])")
def put(xs, a):
    a[0] = 5.0
    xs.append(a)
    xs.append(np.ones(2))

@njit("float64[:](ListType(float64[:]), int64)")
def item(xs, k):
    return xs[k]

def listed(a: "float64[:]"):
    return [a, a[1:], a + 1]

def kept(x: float):
    a = np.full(4, x)
    xs = [a]
    xs.append(a)
    return a, xs

@njit("void(ListType(int8), ListType(uint16), ListType(float32), ListType(uint64))")
def narrow(a, b, c, d):
    a.append(-5)
    b.append(65535)
    c.append(0.5)
    d.append(1)

@njit("int64(Tuple((int64, ListType(int64))))")
def in_tuple(t):
    return t[0] + len(t[1])
`;

const m = await compile(SOURCE);
const refuses = (call, message) => assert.throws(call, (error) => {
  assert.ok(error instanceof TypeError, String(error));
  assert.match(error.message, message);
  return true;
});

test("lists of numbers are copied in, and results are JavaScript arrays", () => {
  assert.equal(m.total([1, 2.5, 3n]), 6.5);
  assert.equal(m.total([]), 0);
  assert.equal(m.total(new Float32Array([1, 2])), 3);
  assert.deepEqual(m.squares(4), [0, 1, 4, 9]);
  assert.deepEqual(m.squares(0), []);
  assert.deepEqual(m.squares.with({ i64: "bigint" })(3), [0n, 1n, 4n]);
});

test("a list that the function changes is changed in place, and is the result", () => {
  const xs = [1, 2];
  assert.equal(m.push(xs, 3), xs);
  assert.deepEqual(xs, [1, 2, 3]);
  const ys = [3, 1, NaN, -Infinity, 2].filter((y) => !Number.isNaN(y));
  assert.equal(m.sorted_in_place(ys), undefined);
  assert.deepEqual(ys, [-Infinity, 1, 2, 3]);
  m.emptied(xs);
  assert.deepEqual(xs, []);
  const flags = [true, false];
  m.negate(flags);
  assert.deepEqual(flags, [false, true]);
  // What no number holds stays the bigint that it was passed as.
  const large = [2n ** 60n, 1n];
  assert.equal(m.push(large, 2), large);
  assert.deepEqual(large, [2n ** 60n, 1, 2]);
  const exact = [2n ** 62n];
  m.push.with({ i64: "bigint" })(exact, 1);
  assert.deepEqual(exact, [2n ** 62n, 1n]);
});

test("what was changed before an exception stays changed", () => {
  const xs = [1];
  assert.throws(() => m.push_then_fail(xs, 5), { name: "IndexError" });
  assert.deepEqual(xs, [1, 7]);
  const deep = [];
  assert.throws(() => m.runaway(deep, 0), { name: "RecursionError" });
  assert.ok(deep.length > 100);
  assert.ok(deep.every((x, k) => x === k));
  assert.equal(m.total([4]), 4);
});

test("items may be tuples, None, lists and narrow numbers", () => {
  const xs = [[1, 1.5], [2, 2.5]];
  assert.deepEqual(m.pairs(xs), [1.5, 2.5, 0.5]);
  assert.deepEqual(xs, [[1, 1.5], [2, 2.5], [3, 0.5]]);
  const nothing = [undefined, null];
  assert.equal(m.nones(nothing), 3);
  assert.equal(nothing.length, 3);
  const narrow = [[127, -128], [0], [1.25], [2n]];
  m.narrow(...narrow);
  assert.deepEqual(narrow, [[127, -128, -5], [0, 65535], [1.25, 0.5], [2, 1]]);
  assert.equal(m.in_tuple([40, [1, 2]]), 42);
});

test("one list is one list: in results, among the items, and as two arguments", () => {
  const [rows, row] = m.rows(5);
  assert.deepEqual(rows, [[0, 5], [0, 5]]);
  assert.equal(rows[0], rows[1]);
  assert.equal(rows[0], row);
  const inner = [1];
  const outer = [inner, inner];
  m.append_inner(outer);
  assert.deepEqual(outer, [[1, 9], [1, 9], [4]]);
  assert.equal(outer[0], inner);
  assert.equal(outer[1], inner);
  const [a, b] = [[1], [2]];
  const list = [a, b];
  m.drop_first(list);
  assert.equal(list[0], b);
  assert.equal(list[1], b);
  const same = [];
  assert.equal(m.both(same, same), 2);
  assert.deepEqual(same, [1, 2]);
  const read = [5];
  assert.equal(m.reads_and_writes(read, read), 2);
  assert.deepEqual(read, [5, 1]);
});

test("arrays among the items are written back, and keep their identity", () => {
  const typed = new Float64Array([1, 2]);
  const array = m.NDArray.from([3, 4, 5]);
  const list = [typed, array, typed];
  assert.equal(m.double_all(list), 6 + 24 + 12);
  assert.deepEqual([...typed], [4, 8]);
  assert.deepEqual([...array], [6, 8, 10]);
  assert.equal(list[0], typed);
  assert.equal(list[1], array);
  assert.equal(list[2], typed);
  // Arrays that overlap are one block, in lists and beside them.
  const all = new Float64Array([1, 2, 3, 4]);
  const parts = [all.subarray(0, 3), all.subarray(1)];
  m.double_all(parts);
  assert.deepEqual([...all], [2, 8, 12, 8]);
  const xs = [all];
  m.put(xs, all);
  assert.equal(all[0], 5);
  assert.equal(xs[0], all);
  assert.equal(xs[1], all);
  assert.deepEqual([...xs[2]], [1, 1]);
  assert.equal(m.item([typed, array], 1), array);
  assert.deepEqual(m.item([[1, 2], [3]], 0).toArray(), [1, 2]);
  const stepped = array.slice([null, null, 2]);
  assert.equal(m.item([stepped], 0), stepped);
  assert.deepEqual(m.item([new Float64Array(0)], 0).shape, [0]);
  const [whole, tail, more] = m.listed(typed);
  assert.equal(whole.data, typed);
  assert.equal(tail.data, typed);
  assert.deepEqual([...tail, ...more], [8, 5, 9]);
  assert.equal(m.listed(array)[0], array);
});

test("arrays that stay in the module survive the lists that refer to them", () => {
  const before = m.memory.wasm.$memory.buffer.byteLength;
  for (let k = 0; k < 2000; k++) {
    const [a, [b, c]] = m.kept.resident(k);
    assert.deepEqual([a.get(0), b.get(0), c.get(0)], [k, k, k]);
    assert.equal(typeof b.dispose, "undefined");
    m.squares(50);
    assert.equal(a.get(3), k);
    a.dispose();
  }
  assert.equal(m.memory.wasm.$memory.buffer.byteLength, before);
  const mine = m.memory.array("float64", 3);
  assert.equal(m.double_all([mine, mine]), 0);
  mine.data.fill(1);
  assert.equal(m.double_all([mine]), 6);
  assert.equal(mine.get(2), 2);
  // A result is written to a block that no list has got in the meantime.
  const out = m.item.with({ out: mine })([new Float64Array([7, 8, 9])], 0);
  assert.equal(out, mine);
  assert.deepEqual([...mine.data], [7, 8, 9]);
});

test("what is wrong is said with function, parameter and path, and nothing is changed", () => {
  refuses(() => m.total(3), /^total\(\) argument 'xs' takes a list \(list\[float64\]\), got the number 3$/);
  refuses(() => m.total([1, "2"]), /^total\(\) argument 'xs', item \[1\], takes a number \(float64\), got the string "2"$/);
  refuses(() => m.total([1, , 2]), /item \[1\], takes a number \(float64\), got undefined$/);
  refuses(() => m.append_inner([[1], [2, 0.5]]), /^append_inner\(\) argument 'xss', item \[1\]\[1\], takes an integer \(int64\), got the number 0.5$/);
  refuses(() => m.append_inner([[1], 2]), /item \[1\], takes a list \(list\[int64\]\), got the number 2$/);
  refuses(() => m.pairs([[1, 2], [3]]), /^pairs\(\) argument 'xs', item \[1\], takes a list of 2 \(int64, float64\), got a list of 1$/);
  refuses(() => m.pairs([[1, 2], [3, true, 4]]), /got a list of 3$/);
  refuses(() => m.nones([null, 0]), /item \[1\], takes undefined \(None\), got the number 0$/);
  refuses(() => m.double_all([new Float64Array(2), new Float32Array(2)]), /^double_all\(\) argument 'xs', item \[1\], takes float64\[:\] \(1 dimension of float64\), got float32$/);
  refuses(() => m.double_all([[1, 2]]), /which the function writes to, got a list$/);
  refuses(() => m.sorted_in_place(new Float64Array(2)), /takes a list \(list\[float64\]\), got a value of class Float64Array$/);
  refuses(() => m.sorted_in_place(Object.freeze([1])), /takes a list that may be changed, got one that is frozen$/);
  refuses(() => m.in_tuple([1, 2]), /^in_tuple\(\) argument 't', item 1, takes a list \(list\[int64\]\), got the number 2$/);
  const inside = [];
  inside.push(inside);
  refuses(() => m.append_inner(inside), /item \[0\], takes one list for one type \(list\[list\[int64\]\]\), got it for list\[int64\] too$/);
  assert.equal(m.total(Object.freeze([1])), 1);
  assert.equal(m.total({ xs: [1, 2] }), 3);
  refuses(() => m.narrow([128], [], [], []), /item \[0\], takes an integer from -128 to 127 \(int8\), got the number 128$/);
});

test("what is read of a list is whole, also when a result or the call fails", () => {
  const rows = [[5]];
  assert.throws(() => m.huge_row(rows), RangeError);
  assert.deepEqual(rows, [[5], [1, 2n ** 60n, 3]]);
  const items = [1];
  assert.throws(() => m.push_then_fail(items, 2 ** 40), { name: "IndexError" });
  const one = [1];
  assert.throws(() => m.push_huge_then_fail(one), { name: "IndexError" });
  assert.deepEqual(one, [1, 2n ** 60n]);
});

test("complex numbers in lists", () => {
  assert.deepEqual(m.complex_first([{ re: 1, im: -2 }, 3]), { re: 1, im: -2 });
  assert.deepEqual(m.complex_powers(3), [{ re: 1, im: 0 }, { re: 0, im: 1 }, { re: -1, im: 0 }]);
  const pairs = [[{ re: 1, im: 2 }, 7]];
  m.complex_pairs(pairs);
  assert.deepEqual(pairs, [[{ re: 1, im: 2 }, 7], [{ re: 2, im: 4 }, 8]]);
  refuses(() => m.complex_first([1, "x"]), /item \[1\], takes a number or \{ re, im \} \(complex128\), got the string "x"$/);
});

test("many arrays in a list take a time that their number explains", () => {
  const time = (n) => {
    const all = new Float64Array(2 * n).fill(1);
    const parts = Array.from({ length: n }, (_, k) => all.subarray(2 * k, 2 * k + 2));
    const own = Array.from({ length: n }, () => new Float64Array([1, 2, 3]));
    const resident = Array.from({ length: n }, () => m.memory.array("float64", [2]));
    const start = performance.now();
    assert.equal(m.total_of_arrays(parts), 2 * n);
    assert.equal(m.tails(own).length, n);
    assert.equal(m.total_of_arrays(resident), 0);
    const end = performance.now();
    resident.forEach((array) => array.dispose());
    return end - start;
  };
  time(100);
  const [short, long] = [Math.min(time(2000), time(2000)), Math.min(time(16000), time(16000))];
  assert.ok(long < 40 * short, `${short} ms, ${long} ms`);
});

test("an array that stays in memory is itself in a list", () => {
  const array = m.memory.array("float64", [2]);
  m.both_ways([array], array);
  assert.deepEqual([...array.data], [5, 6]);
  const data = array.data;
  // The memory grows for the other one, and while the call runs.
  assert.equal(m.total_of_arrays([new Float64Array(4e6), data]), 11);
  m.appended([array.data], 2e6);
  assert.equal(array.data[0], 9);
});

test("a list that holds itself is no array", () => {
  const own = [];
  own.push(own);
  refuses(() => m.total_of_array(own), /takes float64\[:\] \(1 dimension of float64\), got a list of 64 dimensions$/);
  refuses(() => m.total_of_arrays([own]), /got a list of 64 dimensions$/);
});

test("calls do not grow the memory, also when they fail", () => {
  const run = () => {
    const xs = [[1, 2, 3], [4]];
    m.append_inner(xs);
    m.rows(3);
    m.kept(1);
    m.put([new Float64Array(20)], new Float64Array(5));
    assert.throws(() => m.push_then_fail([1, 2], 100));
    assert.throws(() => m.huge_row([[1]]), RangeError);
  };
  run();
  const before = m.memory.wasm.$memory.buffer.byteLength;
  for (let k = 0; k < 1e4; k++) run();
  assert.equal(m.memory.wasm.$memory.buffer.byteLength, before);
});

test("a long list is passed in a time that its length explains", () => {
  const numbers = Array.from({ length: 1e6 }, (_, k) => k);
  const start = performance.now();
  assert.equal(m.total(numbers), 499999500000);
  const arrays = Array.from({ length: 2e4 }, () => new Float64Array(1));
  assert.equal(m.double_all(arrays), 0);
  assert.ok(performance.now() - start < 5000);
});

test("a getter that calls the function meanwhile changes nothing", () => {
  const inner = [1];
  const xs = [0, 2];
  Object.defineProperty(xs, 0, { get: () => m.push(inner, 5).length, set: () => {}, configurable: true });
  const ys = [9];
  assert.equal(m.both(xs, ys), 3);
  assert.deepEqual(ys, [9, 2]);
  assert.deepEqual(inner.slice(0, 2), [1, 5]);
});

test("every form of a module has lists", async () => {
  for (const flags of [["--inline"], ["--shared"], ["--npm"]]) {
    const { module } = build(SOURCE, ...flags);
    const { push, rows } = await import(pathToFileURL(module));
    assert.deepEqual(push([1], 2), [1, 2], flags.join());
    assert.deepEqual(rows(1)[1], [0, 1]);
  }
});

test("with i64: \"bigint\" the integers of lists that are given back are BigInts too", async () => {
  const m = await compile(`
def same(xs: list[int]):
    return xs
def inside(rows: list[list[int]], xs: list[float]):
    return rows, rows[0], xs
def kept(xs: list[int]):
    xs.append(3)
    return xs, (xs[0], {1: xs})
def unsigned(xs: "List(uint64)"):
    return {"a": xs}, {x for x in xs}
def wide(xs: "list[int64[:]]"):
    return xs
`);
  const big = { i64: "bigint" };
  const xs = Object.freeze([1, 2]);
  assert.equal(m.same(xs), xs);
  // What is given back is what a result is, where that was something else that stands for it.
  assert.deepEqual([m.same([1n, 2]), m.same(Float64Array.of(1, 2)), m.same([2n ** 60n])], [[1, 2], [1, 2], [2n ** 60n]]);
  assert.deepEqual(m.same.with(big)(xs), [1n, 2n]);
  assert.deepEqual(xs, [1, 2]);
  const floats = [0.5];
  const [rows, row, back] = m.inside.with(big)([[1], [2, 3]], floats);
  assert.deepEqual([rows, row, back === floats, rows[0] === row], [[[1n], [2n, 3n]], [1n], true, true]);
  const changed = [1];
  const [same, [first, dict]] = m.kept.with(big)(changed);
  assert.deepEqual([same === changed, changed, first, dict], [true, [1n, 3n], 1n, new Map([[1n, [1n, 3n]]])]);
  assert.deepEqual(m.unsigned.with(big)([1, 2n ** 63n]), [new Map([["a", [1n, 2n ** 63n]]]), new Set([1n, 2n ** 63n])]);
  const array = [BigInt64Array.of(1n)];
  assert.equal(m.wide.with(big)(array), array);
});

test("arrays in lists may be read-only where those passed alone may", async () => {
  const m = await compile(`
def first(rows: "list[float64[:]]"):
    return rows[0][0]
def back(rows: "list[float64[:]]"):
    return rows[0], rows[0][1:]
def clear(rows: "list[float64[:]]"):
    rows[0][:] = 0.0
def deep(rows: "list[tuple[int, list[float64[:]]]]"):
    rows[0][1][0][:] = 0.0
`);
  const fixed = m.NDArray.from([1, 2]);
  fixed.writeable = false;
  assert.equal(m.first([fixed]), 1);
  const [whole, part] = m.back([fixed]);
  assert.deepEqual([whole === fixed, part.writeable], [true, false]);
  assert.throws(() => m.clear([fixed]), /clear\(\) argument 'rows', item \[0\], takes an array that may be written, got one that is read-only/);
  assert.throws(() => m.clear([{ data: Float64Array.of(1), shape: [1], writeable: false }]), /one that is read-only/);
  assert.throws(() => m.deep([[1, [fixed]]]), /item \[0\]\[1\]\[0\], takes an array that may be written/);
});
