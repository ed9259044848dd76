// Complex numbers in and out of compiled functions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "./support.mjs";

const m = await compile(`
@njit("complex128(complex128, float64)")
def turn(z, x):
    return z * x + 1j

@njit("Tuple((complex64, int64))(int64, complex64)")
def pair(n, z):
    return z * n, n
`);

test("a complex number is its two parts", () => {
  assert.deepEqual(m.turn({ re: 1, im: 2 }, 3), { re: 3, im: 7 });
  assert.deepEqual(m.turn(2, 3), { re: 6, im: 1 });
  assert.deepEqual(m.pair(2, { re: 1, im: -1 }), [{ re: 2, im: -2 }, 2]);
  assert.deepEqual(m.pair({ n: 2, z: { re: 1, im: 2 } }), [{ re: 2, im: 4 }, 2]);
});

test("other values are refused", () => {
  assert.throws(() => m.turn("x", 1), { name: "TypeError", message: /'z' takes a number or \{ re, im \} \(complex128\), got the string "x"/ });
  assert.throws(() => m.turn({ re: "a", im: 1 }, 2), TypeError);
  assert.throws(() => m.pair(1, { q: 1 }), /unexpected keyword argument 'q'/);
});
