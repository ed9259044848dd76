// Runs programs that `node.py` has written to a folder, and prints how their results differ, by seed, as JSON.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...seeds] = process.argv.slice(2);

const CLASSES = {
  bool: Uint8Array, int8: Int8Array, int16: Int16Array, int32: Int32Array, int64: BigInt64Array,
  uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array, uint64: BigUint64Array, float32: Float32Array, float64: Float64Array,
};
const bytes = (text) => new Uint8Array(Buffer.from(text, "base64")).buffer;
const float = (text) => new Float64Array(bytes(text))[0];

/** An argument; arrays of one memory are views of one buffer. */
const argument = (value, memories) => {
  if (value.items) return value.items.map((item) => argument(item, memories));
  if ("memory" in value) {
    if (!memories.has(value.memory)) memories.set(value.memory, bytes(value.bytes));
    const { dtype, shape, strides, offset } = value;
    return { data: new CLASSES[dtype](memories.get(value.memory)), dtype, shape, strides, offset };
  }
  if ("bool" in value) return value.bool;
  if ("int" in value) return BigInt(value.int);
  return "float" in value ? float(value.float) : undefined;
};

const same = (a, b) => Object.is(a, b) || (a === b && typeof a === "number" && a !== 0);
/** Whether a result is what Python has. */
const fits = (got, want) => {
  if (want.items) return Array.isArray(got) && got.length === want.items.length && want.items.every((item, k) => fits(got[k], item));
  if ("array" in want) {
    const elements = new CLASSES[want.dtype](bytes(want.array));
    return got?.dtype === want.dtype && String(got.shape) === String(want.shape) && [...got].every((value, k) => same(typeof value === "boolean" ? Number(value) : value, elements[k]));
  }
  if ("bool" in want) return got === want.bool;
  if ("int" in want) return BigInt(got) === BigInt(want.int);
  return "float" in want ? got === float(want.float) || (got !== got && float(want.float) !== float(want.float)) : got === undefined;
};
/** Whether the elements of an argument are left as Python leaves them; which NaN they are is the machine's choice. */
const left = (buffer, value) => {
  const [got, want] = [new CLASSES[value.dtype](buffer), new CLASSES[value.dtype](bytes(value.bytes))];
  return got.every((element, k) => same(element, want[k]));
};
const shown = (value) => JSON.stringify(value, (_, v) => (typeof v === "bigint" ? `${v}n` : typeof v === "number" && !Number.isFinite(v) ? String(v) : v));

const differing = {};
for (const seed of seeds) {
  const { name, cases } = JSON.parse(await readFile(join(folder, `p${seed}.json`), "utf8"));
  const module = await import(pathToFileURL(join(folder, `p${seed}.js`)));
  const f = module[name].with({ i64: "bigint" });
  for (const [k, { arguments: given, error, result, after }] of cases.entries()) {
    const memories = new Map();
    let got, raised;
    try {
      got = f(...given.map((value) => argument(value, memories)));
    } catch (caught) {
      raised = caught;
    }
    const wrong =
      (raised?.name ?? null) !== error ? `${raised ?? "no exception"} in place of ${error}`
      : !error && !fits(got, result) ? `${shown(got)} in place of ${shown(result)}`
      : after.some((value, i) => "memory" in value && !left(memories.get(given[i].memory), value)) ? "arguments are left otherwise"
      : undefined;
    if (wrong) differing[seed] ??= `case ${k} in Node: ${wrong}`;
  }
}
console.log(JSON.stringify(differing));
