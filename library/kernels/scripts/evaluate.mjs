// Applies kernels of a module to arrays: `node evaluate.mjs MODULE JOBS`, where each line of JOBS is `kernel input [input] output`,
// files of little-endian float64 (float32 for kernels `…_f32…`). Vector kernels run in a loop in wasm made here.
import { readFileSync, writeFileSync } from "node:fs"

const [moduleFile, jobs] = process.argv.slice(2)
const { instance } = await WebAssembly.instantiate(readFileSync(moduleFile))

/** A module with one function (kernel, x, y, out, bytes) that walks over memory in steps of a vector. */
function vectorLoop(width) {
  const body = [0x01, 0x01, 0x7f, 0x03, 0x40, 0x20, 1, 0x20, 0, 0xfd, 0, 4, 0, 0x10, 0, 0xfd, 11, 4, 0,
    0x20, 0, 0x41, 16, 0x6a, 0x21, 0, 0x20, 1, 0x41, 16, 0x6a, 0x21, 1, 0x20, 0, 0x20, 2, 0x49, 0x0d, 0, 0x0b, 0x0b]
  const section = (id, bytes) => [id, bytes.length, ...bytes]
  return new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [2, 0x60, 1, 0x7b, 1, 0x7b, 0x60, 3, 0x7f, 0x7f, 0x7f, 0]),
    ...section(2, [2, 1, 0x6b, 1, 0x6b, 0, 0, 1, 0x6b, 1, 0x6d, 2, 0, 1]),
    ...section(3, [1, 1]), ...section(7, [1, 1, 0x66, 0, 1]),
    ...section(10, [1, body.length, ...body])])
}

for (const line of readFileSync(jobs, "utf8").trim().split("\n")) {
  const [kernel, ...files] = line.split(" ")
  const output = files.pop()
  const Floats = kernel.includes("_f32") ? Float32Array : Float64Array
  const [x, y] = files.map(file => { const b = readFileSync(file); return new Floats(b.buffer.slice(b.byteOffset, b.byteOffset + b.length)) })
  let out = new Floats(x.length)
  const f = instance.exports[kernel]
  if (/x\d$/.test(kernel)) {
    const memory = new WebAssembly.Memory({ initial: 2 + Math.ceil(2 * x.byteLength / 65536) })
    const loop = new WebAssembly.Instance(new WebAssembly.Module(vectorLoop()), { k: { k: f, m: memory } })
    new Floats(memory.buffer, 0, x.length).set(x)
    const at = Math.ceil(x.byteLength / 16) * 16
    loop.exports.f(0, at, at)
    out = new Floats(memory.buffer.slice(at, at + x.byteLength))
  } else if (y) for (let i = 0; i < x.length; i++) out[i] = f(x[i], y[i])
  else for (let i = 0; i < x.length; i++) out[i] = f(x[i])
  writeFileSync(output, new Uint8Array(out.buffer))
}
