// Runs a module as a script says, one command a line:
//   write ADDRESS HEX      call NAME ARG…      read ADDRESS LENGTH
// `call` prints the results, or what was raised; `read` prints hexadecimal bytes. Arguments are JavaScript literals.
import { readFileSync } from "node:fs"

class Raised extends Error {}

const [wasm, script] = process.argv.slice(2)
const raise = (site, a, b) => {
  throw new Raised(`raise ${site} ${a} ${b}`)
}
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm)), { np: { raise } })
const bytes = (address, length) => new Uint8Array(exports.$memory.buffer, address, length)
const value = text => (text.endsWith("n") ? BigInt(text.slice(0, -1)) : Number(text))
const lines = []
for (const line of readFileSync(script, "utf8").split("\n").filter(Boolean)) {
  const [verb, ...words] = line.split(" ")
  if (verb === "write") {
    const data = Buffer.from(words[1], "hex")
    bytes(Number(words[0]), data.length).set(data)
  } else if (verb === "read") {
    lines.push(Buffer.from(bytes(Number(words[0]), Number(words[1]))).toString("hex"))
  } else {
    try {
      const result = exports[words[0]](...words.slice(1).map(value))
      lines.push([result].flat().map(v => (Object.is(v, -0) ? "-0" : String(v))).join(" "))
    } catch (error) {
      lines.push(error instanceof Raised ? error.message : `${error.name}: ${error.message}`)
    }
  }
}
process.stdout.write(lines.map(line => line + "\n").join(""))
