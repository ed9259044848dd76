// Makes the calls of each module in a folder by the binary interface alone, and prints each result in the canonical text. A call is the name of a
// function and of those that make its arguments.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];

const float = (x, single) => {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  if (Object.is(x, -0)) return "-0.0";
  let digits = x;
  if (single) {
    // The shortest digits that round to the same float32.
    for (let n = 1; n <= 9; n++) {
      const short = Number(x.toPrecision(n));
      if (Math.fround(short) === x) {
        digits = short;
        break;
      }
    }
  }
  const [mantissa, exponent] = digits.toExponential().split("e");
  const e = Number(exponent);
  if (x !== 0 && (e < -4 || e >= 16)) return `${mantissa}e${e < 0 ? "-" : "+"}${String(Math.abs(e)).padStart(2, "0")}`;
  const text = e < 0 ? digits.toFixed(Math.max(0, mantissa.replace(/^-?\d\.?/, "").length - e)) : digits.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 });
  return text.includes(".") ? text : `${text}.0`;
};

const item = (value, dtype) => {
  if (dtype === "bool") return value ? "True" : "False";
  if (dtype.startsWith("float")) return float(value, dtype === "float32");
  if (dtype === "uint64") return String(BigInt.asUintN(64, value));
  if (dtype === "uint32") return String(value >>> 0);
  return String(value);
};

const complex = (re, im, single) => {
  const [real, imaginary] = [re, im].map((part) => float(part, single).replace(/\.0$/, ""));
  if (Object.is(re, 0)) return `${imaginary}j`;
  return `(${real}${imaginary.startsWith("-") ? "" : "+"}${imaginary}j)`;
};

const GET = {
  bool: ["getUint8", 1], int8: ["getInt8", 1], uint8: ["getUint8", 1], int16: ["getInt16", 2], uint16: ["getUint16", 2],
  int32: ["getInt32", 4], uint32: ["getUint32", 4], int64: ["getBigInt64", 8], uint64: ["getBigUint64", 8],
  float32: ["getFloat32", 4], float64: ["getFloat64", 8], complex64: ["getFloat32", 8], complex128: ["getFloat64", 16],
};

const textAt = (exports, address, length) => Array.from(new Uint32Array(exports.$memory.buffer, address >>> 0, length), (c) => String.fromCodePoint(c)).join("");

/** A string as Python's `repr` writes it. */
const repr = (text) => {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const short = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", [quote]: `\\${quote}` };
  const shown = (c) => short[c] ?? (/[\x00-\x1f\x7f-\xa0\xad]/.test(c) ? `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}` : c);
  return quote + Array.from(text, shown).join("") + quote;
};

const split = (text) => {
  const parts = [""];
  let depth = 0;
  for (const c of text) {
    if ("([".includes(c)) depth++;
    if (")]".includes(c)) depth--;
    if (c === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += c;
  }
  return parts.map((p) => p.trim()).filter(Boolean);
};

/** The dtypes of a type's flattened form: addresses, extents and strides are int32. */
const parts = (type) => {
  if (type === "None") return [];
  if (type === "list" || type.startsWith("list[")) return ["int32"];
  if (type.startsWith("(")) return split(type.slice(1, -1)).flatMap(parts);
  if (type === "str") return Array(3).fill("int32");
  const bracket = type.indexOf("[");
  if (bracket < 0 && type.startsWith("complex")) return Array(2).fill(type === "complex64" ? "float32" : "float64");
  if (bracket < 0) return [{ int: "int64", float: "float64", bool_: "bool" }[type] ?? type];
  const axes = type.slice(bracket + 1, -1).split(",");
  return Array(2 + axes.length * (axes.at(-1).includes("::1") ? 1 : 2)).fill("int32");
};

/** The items of a list, by `nopython_types::list`. What they refer to stays the list's. */
const items = (type, record, exports) => {
  const view = new DataView(exports.$memory.buffer);
  const item = type === "list" ? "None" : type.slice(5, -1);
  const dtypes = parts(item);
  let [size, alignment] = [0, 1];
  const offsets = dtypes.map((dtype) => {
    const bytes = GET[dtype][1];
    alignment = Math.max(alignment, bytes);
    const at = Math.ceil(size / bytes) * bytes;
    size = at + bytes;
    return at;
  });
  size = Math.ceil(size / alignment) * alignment;
  const [count, data] = [view.getInt32(record, true), view.getUint32(record + 8, true)];
  const kept = { $memory: exports.$memory, $release() {} };
  return Array.from({ length: count }, (_, k) => {
    const slots = dtypes.map((dtype, p) => view[GET[dtype][0]](data + k * size + offsets[p], true));
    return show(item, slots, kept);
  });
};

const show = (type, slots, exports) => {
  if (type === "None") return "None";
  // What may be None is a list of no row or of one, which has one item.
  if (type.startsWith("list[{?}(value: ")) return items(`list[${type.slice(16, -2)}]`, slots.shift() >>> 0, exports)[0] ?? "None";
  if (type === "list" || type.startsWith("list[")) return `[${items(type, slots.shift() >>> 0, exports).join(", ")}]`;
  if (type.startsWith("(")) {
    const items = split(type.slice(1, -1)).map((t) => show(t, slots, exports));
    return `(${items.join(", ")}${items.length === 1 ? "," : ""})`;
  }
  if (type === "str") {
    const text = textAt(exports, slots.shift(), slots.shift());
    exports.$release(slots.shift());
    return `str ${repr(text)}`;
  }
  const bracket = type.indexOf("[");
  if (bracket < 0 && type.startsWith("complex")) return `${type} ${complex(slots.shift(), slots.shift(), type === "complex64")}`;
  if (bracket < 0) {
    const dtype = { int: "int64", float: "float64", bool_: "bool" }[type] ?? type;
    return `${type} ${item(slots.shift(), dtype)}`;
  }
  const dtype = type.slice(0, bracket);
  const axes = type.slice(bracket + 1, -1).split(",").map((s) => s.trim());
  const data = slots.shift() >>> 0;
  const shape = axes.map(() => slots.shift());
  const [get, size] = GET[dtype];
  let strides;
  if (axes.at(-1) === "::1") {
    strides = shape.map((_, k) => size * shape.slice(k + 1).reduce((a, b) => a * b, 1));
  } else strides = axes.map(() => slots.shift());
  const owner = slots.shift();
  const view = new DataView(exports.$memory.buffer);
  const nested = (axis, at) =>
    axis === shape.length
      ? dtype.startsWith("complex")
        ? complex(view[get](at, true), view[get](at + size / 2, true), dtype === "complex64")
        : item(view[get](at, true), dtype)
      : `[${Array.from({ length: shape[axis] }, (_, i) => nested(axis + 1, at + i * strides[axis])).join(", ")}]`;
  const text = `${dtype}[${shape.join(", ")}] ${nested(0, data)}`;
  exports.$release(owner);
  return text;
};

class Raised extends Error {}

const out = [];
for (const line of readFileSync(join(folder, "manifest.jsonl"), "utf8").trim().split("\n").filter(Boolean)) {
  const { file, sites, exports: types, calls } = JSON.parse(line);
  const raise = (site, a, b) => {
    const [name, message] = sites[site];
    const text = message.includes("{text}") ? message.replace("{text}", () => textAt(exports, a, b)) : message.replaceAll("{a}", String(a)).replaceAll("{b}", String(b));
    throw new Raised(`${name}: ${text}`);
  };
  const module = new WebAssembly.Module(readFileSync(join(folder, file)));
  const { exports } = new WebAssembly.Instance(module, { np: { raise, print() {} } });
  const run = (name, slots) => {
    const value = exports[name](...slots);
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  };
  for (const [name, ...makers] of calls) {
    try {
      const blocks = [];
      const given = makers.flatMap((maker) => {
        const slots = run(maker, []);
        // The host keeps the blocks alive, so that the function called gets no owner.
        for (const owner of types[maker][1]) blocks.push(slots.splice(owner, 1, 0)[0]);
        return slots;
      });
      out.push(show(types[name][0], run(name, given), exports));
      if ([name, ...makers].some((one) => types[one][0].includes("list"))) exports.$unwind?.();
      else blocks.forEach((owner) => exports.$release(owner));
    } catch (error) {
      exports.$unwind?.();
      if (error instanceof Raised) out.push(error.message);
      else if (error instanceof RangeError && /call stack/.test(error.message)) out.push("RecursionError: maximum recursion depth exceeded");
      else out.push(`engine failure: ${error}`);
    }
  }
}
process.stdout.write(out.map((line) => line.replace(/\n/g, " ") + "\n").join(""));
