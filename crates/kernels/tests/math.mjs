// Compares kernels with a table of exact values and of NumPy's (`library/kernels/scripts/accuracy.py table`), and
// vector kernels with scalar ones: `node math.mjs MODULE TABLE`.
import { readFileSync } from "node:fs"

const [moduleFile, table] = process.argv.slice(2)
const { instance } = await WebAssembly.instantiate(readFileSync(moduleFile))
const kernels = instance.exports
// Functions that NumPy does not have, and by how many units the kernel may differ from the exact value.
const looser = { erfc: 3, tgamma: 12, lgamma: 300 }

const view = new DataView(new ArrayBuffer(8))
const number = hex => (view.setBigUint64(0, BigInt("0x" + hex)), view.getFloat64(0))
/** Doubles in their order as integers, so that neighbours differ by 1 and −0 is not 0. */
const rank = x => {
  view.setFloat64(0, x)
  const bits = view.getBigInt64(0)
  return bits < 0n ? -(2n ** 63n) - bits - 1n : bits
}
const distance = (a, b) => Number.isNaN(a) || Number.isNaN(b) ? (Number.isNaN(a) && Number.isNaN(b) ? 0 : Infinity) : Number(rank(a) - rank(b))

let failures = 0
const fail = text => { if (++failures <= 40) console.log(text) }

const inputs = {}
const rows = readFileSync(table, "utf8").trim().split("\n").map(row => row.split("\t"))
for (const [name, ...hex] of rows) {
  const values = hex.map(number)
  const [exact, numpy] = values.splice(-2)
  ;(inputs[name] ??= []).push(values[0])
  const got = kernels[name + "_f64"](...values)
  const limit = looser[name] ?? 1
  if (!(Math.abs(distance(got, exact)) <= limit) || !(name in looser || Math.abs(distance(got, numpy)) <= 1)) {
    fail(`${name}(${values}) = ${got}, exact ${exact}, NumPy ${numpy}`)
  }
  const single = values.map(Math.fround)
  const rounded = Math.fround(kernels[name + "_f64"](...single))
  if (!Object.is(kernels[name + "_f32"](...single), rounded)) fail(`${name}_f32(${single}) is not ${rounded}`)
}

/** The results of a kernel for all elements of typed arrays, in memory behind the module's own. */
function apply(kernel, x, y) {
  const { memory } = kernels
  const from = memory.grow(Math.ceil(2 * x.byteLength / 65536)) * 65536
  new x.constructor(memory.buffer, from, x.length).set(x)
  new x.constructor(memory.buffer, from + x.byteLength, x.length).set(y)
  kernels[kernel + "*"](from, from + x.byteLength, from + x.byteLength)
  return new x.constructor(memory.buffer, from + x.byteLength, x.length)
}

let seed = 1
const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 4294967296
const spread = () => (random() - 0.5) * 2 ** Math.floor(random() * 60 - 30)
for (const kernel of Object.keys(kernels).filter(name => /x\d$/.test(name) && !name.startsWith("kept"))) {
  const scalar = kernels[kernel.replace(/x\d$/, "")]
  const Floats = kernel.includes("f32") ? Float32Array : Float64Array
  const own = inputs[kernel.replace(/^sincos/, "sin").replace(/_.*/, "")]
  const some = () => Floats.from({ length: 40000 }, (_, i) => i < 4 * own.length ? own[Math.floor(random() * own.length)] : spread())
  const [x, y] = [some(), some()]
  const z = apply(kernel, x, y)
  x.forEach((v, i) => {
    const alone = scalar(v, y[i])
    if (!Object.is(z[i], alone)) fail(`${kernel}(${v}, ${y[i]}) = ${z[i]}, and alone ${alone}`)
  })
}
// `sincos` and what `kept_cos` gives after it are the sine and the cosine, also vector by vector.
const sines = [...inputs.sin, ...inputs.cos, 0, -0, 1, NaN, Infinity, 1e22]
for (const form of ["f64", "f32"]) {
  const [sin, cos, sincos, kept] = ["sin", "cos", "sincos", "kept_cos"].map(name => kernels[`${name}_${form}`])
  for (const x of sines) {
    const s = sincos(x)
    if (!Object.is(s, sin(x)) || !Object.is(kept(s), cos(x))) fail(`sincos_${form}(${x}) is not its sine and cosine`)
  }
}
for (const [form, Floats, lanes] of [["f64x2", Float64Array, 2], ["f32x4", Float32Array, 4]]) {
  const cos = kernels["cos_" + form.slice(0, 3)]
  for (let i = 0; i + lanes <= sines.length; i += lanes) {
    const x = Floats.from(sines.slice(i, i + lanes))
    apply("sincos_" + form, x, x)
    apply("kept_cos_" + form, x, x).forEach((c, k) => {
      if (!Object.is(c, cos(x[k]))) fail(`kept_cos_${form} of ${x[k]} is ${c}`)
    })
  }
}
console.log(`${rows.length} values, ${failures} failures`)
process.exit(failures ? 1 : 0)
