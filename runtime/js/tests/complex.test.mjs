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

const a = await compile(`
@njit("complex128[:](complex128[:], complex128)")
def scale(z, w):
    return z * w

@njit("void(complex64[:, :], complex64)")
def shift(z, w):
    z[:] += w

@njit("float64[:](complex128[:])")
def sizes(z):
    return abs(z)

@njit("complex128[:, :](complex128[:, ::1])")
def turned(z):
    return z.T

@njit("float64[:](complex128[:])")
def imaginary(z):
    return z.imag

@njit("List(complex128[:])(List(complex128[:]))")
def listed(zs):
    zs[0][0] = 7
    return [zs[0] * 2]
`);
const { NDArray } = a;

test("an array of complex numbers has the parts of each element beside each other", () => {
  const z = new NDArray(new Float64Array([1, 2, 3, 4]), [2], undefined, 0, "complex128");
  assert.deepEqual([z.size, z.shape, z.get(1), z.toArray()], [2, [2], { re: 3, im: 4 }, [{ re: 1, im: 2 }, { re: 3, im: 4 }]]);
  z.set(-1, { re: 0, im: -1 });
  z.set(0, 5);
  assert.deepEqual([...z.data], [5, 0, 0, -1]);
  assert.throws(() => z.set(0, "x"), TypeError);
  assert.throws(() => new NDArray(new Float64Array(3), [2], undefined, 0, "complex128"), /elements 0 to 1 of data of length 3, 2 for each/);
  assert.equal(new NDArray(new Float64Array(6), undefined, undefined, 0, "complex128").size, 3);
  assert.deepEqual(NDArray.from([[{ re: 1, im: 2 }, 3]]).toArray(), [[{ re: 1, im: 2 }, { re: 3, im: 0 }]]);
  assert.equal(NDArray.from([{ re: 1, im: 2 }]).dtype, "complex128");
  const single = NDArray.from(z, "complex64");
  assert.deepEqual([single.data, single.dtype], [new Float32Array([5, 0, 0, -1]), "complex64"]);
  assert.equal(`${NDArray.from([{ re: 1, im: -2.5 }, 3])}`, "[1.-2.5j 3.+0.j]".replace("3.+0.j", " 3.+0.j"));
  assert.equal(JSON.stringify(NDArray.from([{ re: 1, im: 2 }])), '[{"re":1,"im":2}]');
  assert.deepEqual([...z.slice([null, null, -1]).copy().data], [0, -1, 5, 0]);
  assert.deepEqual([...structuredClone(NDArray.from(z)).data], [5, 0, 0, -1]);
});

test("functions take and give arrays of complex numbers", () => {
  const z = NDArray.from([{ re: 1, im: 2 }, { re: 0, im: -1 }, 3]);
  assert.deepEqual(a.scale(z, { re: 0, im: 1 }).toArray(), [{ re: -2, im: 1 }, { re: 1, im: 0 }, { re: 0, im: 3 }]);
  assert.equal(a.scale(z, 1).dtype, "complex128");
  assert.deepEqual(a.scale(z.slice([null, null, -2]), 2).toArray(), [{ re: 6, im: 0 }, { re: 2, im: 4 }]);
  assert.deepEqual(a.scale([1, { re: 0, im: 1 }], 2).toArray(), [{ re: 2, im: 0 }, { re: 0, im: 2 }]);
  assert.deepEqual(a.scale({ data: new Float64Array([1, 2]), shape: [1], dtype: "complex128" }, 2).toArray(), [{ re: 2, im: 4 }]);
  assert.deepEqual([...a.sizes([{ re: 3, im: 4 }, -2]).data], [5, 2]);
  assert.deepEqual([...a.imaginary(z).data], [2, -1, 0]);
  assert.deepEqual(a.turned([[1, { re: 0, im: 1 }]]).toArray(), [[{ re: 1, im: 0 }], [{ re: 0, im: 1 }]]);
  const w = new NDArray(new Float32Array(12), [2, 3], undefined, 0, "complex64");
  a.shift(w.slice(null, [1]), { re: 1, im: 2 });
  assert.deepEqual([...w.data], [0, 0, 1, 2, 1, 2, 0, 0, 1, 2, 1, 2]);
  const kept = a.memory.array("complex128", 2);
  kept.set(1, { re: 1, im: 1 });
  const doubled = a.scale.resident(kept, 2);
  assert.deepEqual([doubled.get(1), doubled.data.length], [{ re: 2, im: 2 }, 4]);
  const out = new NDArray(new Float64Array(4), [2], undefined, 0, "complex128");
  a.scale.with({ out })(kept, 3);
  assert.deepEqual([...out.data], [0, 0, 3, 3]);
  const [list] = [[NDArray.from([1, { re: 0, im: 1 }], "complex128")]];
  assert.deepEqual(a.listed(list)[0].toArray(), [{ re: 14, im: 0 }, { re: 0, im: 2 }]);
  assert.deepEqual(list[0].get(0), { re: 7, im: 0 });
});

test("arrays of other dtypes are refused", () => {
  assert.throws(() => a.scale(new Float64Array(2), 1), { name: "TypeError", message: /takes complex128\[:\] \(1 dimension of complex128\), got float64/ });
  assert.throws(() => a.sizes([{ re: "a", im: 1 }]), TypeError);
});
