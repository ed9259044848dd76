// Measures kernels over arrays, against a loop over Math.* in JavaScript: `node speed.mjs MODULE`, where MODULE holds all
// kernels (`cargo run -p nopython-kernels --example module -- MODULE`). Prints nanoseconds per element: the best of
// 15 rounds over 10,000 elements, the engines taking turns.
import { readFileSync } from "node:fs"

const { instance: { exports: kernels } } = await WebAssembly.instantiate(readFileSync(process.argv[2]))
const count = 10000
const from = kernels.memory.grow(4) * 65536
const ranges = { exp: [-20, 20], exp2: [-20, 20], log: [0.001, 1000], log2: [0.001, 1000], log10: [0.001, 1000], acosh: [1, 100], asin: [-1, 1],
  acos: [-1, 1], atanh: [-1, 1], lgamma: [0.1, 50], tgamma: [0.1, 50], sinh: [-20, 20], cosh: [-20, 20], tanh: [-3, 3], erf: [-3, 3], pow3h: [0.1, 10],
  powm1h: [0.1, 10], powm3h: [0.1, 10] }
const inJavaScript = name => Math[name] && new Function("x", "y", `for (let i = 0; i < x.length; i++) y[i] = Math.${name}(x[i])`)

function fill(Floats, [low, high]) {
  const x = new Floats(kernels.memory.buffer, from, count)
  for (let i = 0; i < count; i++) x[i] = low + (high - low) * ((i * 0.6180339887498949) % 1)
  return x
}
function timed(run) {
  const start = performance.now()
  for (let k = 0; k < 20; k++) run()
  return (performance.now() - start) * 1e6 / 20 / count
}
const best = times => Math.min(...times)

const names = [...new Set(Object.keys(kernels).filter(name => /_f64\*$/.test(name) && !name.startsWith("kept") && kernels[name.slice(0, -1)].length === 1).map(name => name.replace(/_.*/, "")))]
console.log("| function | Math.* | f64 | f64x2 | f32x4 |\n|---|---|---|---|---|")
for (const name of names) {
  const range = ranges[name] ?? [-100, 100]
  const run = {}
  for (const form of ["f64", "f64x2", "f32x4"]) {
    const kernel = kernels[`${name}_${form}*`]
    const size = form === "f32x4" ? 4 : 8
    if (kernel) run[form] = () => kernel(from, from + 80000, from + size * count)
  }
  const js = inJavaScript(name)
  const [x, y] = [Float64Array.from(fill(Float64Array, range)), new Float64Array(count)]
  if (js) run["Math.*"] = () => js(x, y)
  const times = {}
  for (let round = 0; round < 17; round++) {
    for (const [form, f] of Object.entries(run)) {
      fill(form === "f32x4" ? Float32Array : Float64Array, range)
      const time = timed(f)
      if (round > 1) (times[form] ??= []).push(time)
    }
  }
  const cell = form => times[form] ? best(times[form]).toFixed(1) : ""
  console.log(`| ${name} | ${cell("Math.*")} | ${cell("f64")} | ${cell("f64x2")} | ${cell("f32x4")} |`)
}
