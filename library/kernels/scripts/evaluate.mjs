// Applies kernels of a module to arrays: `node evaluate.mjs MODULE JOBS`, where each line of JOBS is `kernel input [input] output`,
// files of little-endian float64 (float32 for kernels `…_f32`).
import { readFileSync, writeFileSync } from "node:fs"

const [moduleFile, jobs] = process.argv.slice(2)
const { instance } = await WebAssembly.instantiate(readFileSync(moduleFile))

for (const line of readFileSync(jobs, "utf8").trim().split("\n")) {
  const [kernel, ...files] = line.split(" ")
  const output = files.pop()
  const Floats = kernel.includes("_f32") ? Float32Array : Float64Array
  const [x, y] = files.map(file => { const b = readFileSync(file); return new Floats(b.buffer.slice(b.byteOffset, b.byteOffset + b.length)) })
  const out = new Floats(x.length)
  const f = instance.exports[kernel]
  if (y) for (let i = 0; i < x.length; i++) out[i] = f(x[i], y[i])
  else for (let i = 0; i < x.length; i++) out[i] = f(x[i])
  writeFileSync(output, new Uint8Array(out.buffer))
}
