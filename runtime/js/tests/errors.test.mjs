// Exceptions, and that a module goes on after them without losing memory.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "./support.mjs";

const m = await compile(`
@njit("float64(float64[:], int64)")
def at(x, i):
    return x[i]

@njit("int(int, int)")
def quotient(a, b):
    return a // b

@njit("float64(int64)")
def allocate(n):
    a = np.ones((n, n))
    return a[0, 0] + a[-1, -1]

@njit("float64(float64[:], int64)")
def waste(x, i):
    a = x * 2.0
    b = a + np.ones(len(x))
    return b[i]

@njit("int64(int64)")
def forever(n):
    if n < 0:
        return 0
    return forever(n + 1) + 1

@njit("float64[:](float64[:])")
def twice(x):
    y = x * 2.0
    y = y + x - x
    return y

@njit("void(float64[:], int64)")
def write_then_fail(x, i):
    x[0] = 9.0
    x[i] = 1.0

@njit("float64(float64)")
def checked(x):
    if x < 0:
        raise ValueError("x must not be negative")
    return x

@njit("int(int, int)")
def below(a, b):
    if a >= b:
        raise ValueError(f"{a} is not below {b}: {a} {{}}")
    return a
`);

const raises = (call, name, message, line) =>
  assert.throws(call, (error) => {
    assert.ok(error instanceof m.PyError, `${error}`);
    assert.equal(error.name, name);
    assert.equal(error.message, message);
    assert.equal(error.pyFile, "kernels.py");
    if (line) assert.equal(error.pyLine, line);
    return true;
  });

test("Python's exceptions with their place", () => {
  raises(() => m.at([1, 2], 5), "IndexError", "index 5 is out of bounds for axis 0 with size 2", 7);
  raises(() => m.at([1, 2], -3), "IndexError", "index -3 is out of bounds for axis 0 with size 2", 7);
  raises(() => m.quotient(1, 0), "ZeroDivisionError", "integer division or modulo by zero", 11);
  raises(() => m.checked(-1), "ValueError", "x must not be negative");
  assert.equal(m.at([1, 2], -1), 2);
  assert.equal(m.quotient(7, -2), -4);
});

test("messages have the numbers of the call, each as often as it is written", () => {
  assert.throws(() => m.below(7, 3), { name: "ValueError", message: "7 is not below 3: 7 {}" });
});

test("memory that cannot be had", () => {
  raises(() => m.allocate(32768), "MemoryError", "Unable to allocate an array with data type float64");
  assert.equal(m.allocate(10), 2);
  assert.throws(() => m.memory.array("float64", [2 ** 30]), { name: "MemoryError" });
});

test("runaway recursion", () => {
  raises(() => m.forever(0), "RecursionError", "maximum recursion depth exceeded");
  assert.equal(m.forever(-1), 0);
  assert.equal(m.at([4], 0), 4);
});

test("what was written before an exception stays written", () => {
  const x = new Float64Array(2);
  assert.throws(() => m.write_then_fail(x, 5), { name: "IndexError" });
  assert.equal(x[0], 9);
});

test("calls that allocate, return and raise leave memory as it was", () => {
  const x = new Float64Array(100).fill(1);
  const once = () => {
    m.twice(x);
    try {
      m.waste(x, 1000);
    } catch {
      // Raised on purpose: what the call allocated is freed.
    }
  };
  for (let k = 0; k < 1000; k++) once();
  const before = m.memory.wasm.$memory.buffer.byteLength;
  for (let k = 0; k < 200_000; k++) m.twice(x);
  for (let k = 0; k < 20_000; k++) once();
  assert.equal(m.memory.wasm.$memory.buffer.byteLength, before);
});

test("a million small calls leave memory as it was", () => {
  const x = new Float64Array(4);
  m.twice(x);
  const before = m.memory.wasm.$memory.buffer.byteLength;
  for (let k = 0; k < 1_000_000; k++) m.twice(x);
  assert.equal(m.memory.wasm.$memory.buffer.byteLength, before);
});

test("a stack that ends anywhere, also in the allocator, leaves the heap whole", async () => {
  const { deep, churn } = await compile(`
@njit("float64(float64[::1], int64)")
def deep(a, n):
    b = a + 1.0
    return b[0] if n == 0 else deep(b, n - 1) + b[0]

@njit("float64(float64[::1], int64)")
def churn(a, rounds):
    s = 0.0
    for k in range(rounds):
        b = a + k
        c = np.empty(len(a) + k % 7)
        c[0] = b[0]
        s += c[0] + b.sum()
    return s
`);
  // Frames of JavaScript below the call move the end of the stack by a little each time.
  const below = (n, f) => (n ? below(n - 1, f) + 0 : f());
  for (let turn = 0; turn < 200; turn++) {
    const a = new Float64Array(1 + (turn % 50)).fill(1);
    assert.throws(() => below(turn % 37, () => deep(a, 10_000_000)), { name: "RecursionError" });
    assert.equal(churn(Float64Array.of(1, 2), 4), (1 + 2 + 3 + 4) + (3 + 5 + 7 + 9));
    assert.equal(deep(Float64Array.of(1), 3), 2 + 3 + 4 + 5);
  }
});
