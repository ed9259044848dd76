// The declarations: what type-checks, and what does not.
import { pathToFileURL } from "node:url";
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { build } from "./support.mjs";

const { folder } = build(`
@njit("float64[:](float64[:], int64)")
def smooth(x, n=3):
    """Running means.

    n is the width."""
    return x * n

@njit("float64(float64[:, :])")
def total(x):
    return x.sum()

@njit(["int64(int64[:])", "float64(float64[:])"])
def largest(x):
    return x.max()

@njit("Tuple((int64, boolean, uint8[:, :]))(float64, boolean)")
def both(new, flag):
    return int(new), flag, np.zeros((2, 2), np.uint8)

@njit(["float64[:](float64[:])", "float32[:](float32[:])"])
def halved(x):
    return x / 2

@njit("none(float64[:])")
def clear(x):
    x[:] = 0.0

@njit("float64(uint8[:, :, :])")
def brightness(pixels):
    return pixels.mean()

def push(xs: list[int], x: int):
    xs.append(x)
    return xs

def lengths(rows: list[tuple[int, list[float]]]):
    return [len(row) for _, row in rows]

@njit("void(ListType(float64[:]))")
def grow(parts):
    parts.append(np.zeros(3))
`);

/** The errors of a program that imports the module, by line, in a project of the web or in one without its types. */
const check = (source, lib = ["lib.es2022.d.ts", "lib.dom.d.ts"]) => {
  const file = join(folder, "program.ts");
  writeFileSync(file, source);
  const options = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, lib, types: [] };
  return ts.getPreEmitDiagnostics(ts.createProgram([file], options)).map((d) => ({
    line: d.file ? d.file.getLineAndCharacterOfPosition(d.start).line + 1 : 0,
    text: ts.flattenDiagnosticMessageText(d.messageText, "\n"),
  }));
};

const IMPORT = 'import init, { smooth, total, largest, both, brightness, halved, clear, memory, NDArray, PyError } from "./kernels.js";\n';

test("what a caller writes type-checks", () => {
  const errors = check(`${IMPORT}
await init();
await init(new URL("kernels.wasm", import.meta.url));
const y = smooth(Float64Array.of(1, 2), 3);
const a: number = y.get(0), b: number[] = [...y], n: 1 = y.ndim, m: readonly [number] = y.shape;
smooth([1, 2]); smooth([1, 2], 3n); smooth(y, { n: 5 }); smooth({ x: [1, 2] }); smooth({ data: new Float64Array(2), shape: [2] });
total([[1, 2], [3, 4]]); total(memory.array("float64", [3, 4])); total({ data: new Float64Array(4), shape: [2, 2], strides: [1, 2] });
const i: number = largest(new BigInt64Array(2)), f: number = largest([0.5]);
const [whole, flag, image] = both(1.5, true);
const w: number = whole, g: boolean = flag, p: Uint8Array = image.data;
const wide: bigint = both.with({ i64: "bigint" })(1, false)[0];
const kept = smooth.resident(y); smooth(kept); kept.dispose();
smooth.with({ out: new Float64Array(2) })([1, 2]);
const typed: NDArray<"float64", 1> = y, half: Float32Array = halved.with({ out: new Float32Array(2) })(new Float32Array(2)); export { typed, half };
clear(new Float64Array(2)); clear(y); halved.with({ out: memory.array("float64", 2) })([1, 2]).dispose();
const pixels = new ImageData(2, 2).data;
brightness({ data: pixels, shape: [2, 2, 4] }); brightness(NDArray.from({ data: pixels, shape: [2, 2, 4] }));
const made = NDArray.from([[1, 2]]), shape: readonly number[] = made.shape;
try { total([[1]]); } catch (error) { if (error instanceof PyError) console.log(error.pyLine, a, b, n, m, i, f, w, g, p, wide, shape); }
`);
  assert.deepEqual(errors, []);
});

test("`using` gives the memory of resident arrays back, where the project's lib has it", () => {
  const IMPORT = 'import { smooth, memory } from "./kernels.js";\n';
  const source = `${IMPORT}
{
  using x = memory.array("float64", 3);
  using y = smooth.resident(x);
  console.log(y.get(0));
}`;
  assert.deepEqual(check(source, ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.esnext.disposable.d.ts"]), []);
  const copied = check(`${IMPORT}{ using x = smooth([1]); }`, ["lib.es2022.d.ts", "lib.esnext.disposable.d.ts"]);
  assert.deepEqual(copied.map(({ line }) => line), [2]);
  assert.deepEqual(check(`${IMPORT}smooth.resident(memory.array("float64", 3)).dispose();`), []);
});

test("a function with options takes further ones, and keeps those that it has", () => {
  const OPTIONS = 'import { smooth, both, halved, clear, NDArray } from "./kernels.js";\n';
  assert.deepEqual(check(`${OPTIONS}
const big = both.with({ i64: "bigint" }), kept = big.with({ resident: true });
const a: bigint = big.with({})(1, true)[0], b: bigint = kept(1, true)[0], c: bigint = big.resident(1, true)[0];
kept(1, true)[2].dispose(); big.resident(1, true)[2].dispose();
const d: number = kept.with({ i64: "number" })(1, true)[0], e: number = both.with({ i64: "bigint", resident: true }).with({ i64: "number", resident: false })(1, true)[0];
smooth.with({ resident: true }).with({ i64: "bigint" })([1]).dispose(); smooth.with({ resident: true }).resident([1]).dispose();
const f: Float64Array = smooth.with({ out: new Float64Array(2) }).with({ i64: "bigint" })([1, 2]);
const g: NDArray<"float64", 1> = smooth.with({ resident: true }).with({ out: NDArray.from([1, 2]) })([1, 2], { n: 3 });
const h: void = clear.with({}).with({ i64: "bigint" })(new Float64Array(2));
export { a, b, c, d, e, f, g, h };
`), []);
  const wrong = check(`${OPTIONS}
const a: number = both.with({ i64: "bigint" }).with({ resident: true })(1, true)[0];
both.with({ resident: true }).with({ resident: false })(1, true)[2].dispose();
smooth.with({ out: new Float64Array(2) }).with({ out: new Float32Array(2) });
clear.with({}).resident(new Float64Array(2));
`);
  assert.deepEqual(wrong.map(({ line }) => line), [3, 4, 5, 6]);
});

test("lists are arrays of JavaScript", () => {
  const LISTS = 'import { push, lengths, grow, NDArray } from "./kernels.js";\n';
  assert.deepEqual(check(`${LISTS}
const xs: number[] = push([1, 2], 3), ys: bigint[] = push.with({ i64: "bigint" })([1n], 2);
const rows: readonly (readonly [number, readonly number[]])[] = [[1, [2, 3]]];
const ns: number[] = lengths(rows);
lengths([[1n, [2, 3]]]);
grow([new Float64Array(2), NDArray.from([1, 2])]);
export { xs, ys, ns };
`), []);
  const wrong = check(`${LISTS}
push([true], 3);
push(Object.freeze([1]), 3);
lengths([[1, 2]]);
grow([new Float32Array(2)]);
`);
  assert.deepEqual(wrong.map(({ line }) => line), [3, 4, 5, 6]);
});

test("dtype and rank are followed through from, slice, at and options, without the types of the web", () => {
  const errors = check(`${IMPORT}
smooth(NDArray.from([1, 2])); smooth(NDArray.from(Float64Array.of(1))); total(NDArray.from([[1, 2]])); largest(NDArray.from([1n, 2n]));
total(new NDArray(new Float64Array(4), [2, 2])); total(NDArray.from({ data: new Float64Array(4), shape: [2, 2] }));
const rows: number[][] = [[1, 2]]; total(NDArray.from(rows));
const s = NDArray.from([[1, 2], [3, 4]]);
smooth(s.slice(0)); smooth(s.slice(null, 0)); smooth(s.slice([0, 1], 0)); total(s.slice([1])); total(s.slice([0, 1], [1])); smooth(s.at(0));
const e: number = s.at(0).at(0), w: bigint = NDArray.from([1n]).get(0), b: boolean = NDArray.from([true]).get(0), f: Float32Array = NDArray.from([1], "float32").data;
smooth.with({ resident: true })([1, 2]).dispose();
const out: Float64Array = smooth.with({ out: new Float64Array(2) })([1, 2]);
both(5n, true); init(new Uint8Array(8)); export { e, w, b, f, out };
`, ["lib.es2022.d.ts"]);
  assert.deepEqual(errors, []);
});

test("what would be refused does not", () => {
  const wrong = [
    "total([1, 2, 3]);",
    "total(new Float64Array(3));",
    "smooth([[1]]);",
    "smooth(new Float32Array(2));",
    'smooth("spam");',
    "smooth([1], 2, 3);",
    "smooth();",
    "smooth([1], { k: 3 });",
    "both(1, 1);",
    'total(memory.array("float32", [3, 4]));',
    'total(memory.array("float64", [3]));',
    'memory.array("float16", 3);',
    "smooth(NDArray.from([[1]]));",
    "total(NDArray.from([[1]]).slice(0));",
    "smooth(NDArray.from([1], 'float32'));",
    "smooth(NDArray.from([[1]]).slice([0]));",
    "const s: string = largest([1]);",
    "const q: bigint = both(1, true)[0];",
    "clear([1, 2]);",
    "clear.with({ out: new Float64Array(2) });",
    "smooth.with({ out: new Float32Array(2) });",
  ];
  const lines = check(IMPORT + wrong.join("\n")).map((error) => error.line);
  assert.deepEqual([...new Set(lines)], wrong.map((_, k) => k + 2));
});

test("with --i64 bigint, results are BigInts unless a call says otherwise", async () => {
  const { folder, module } = build('@njit("int64(int64)")\ndef twice(n):\n    return 2 * n\n', "--i64", "bigint");
  const { twice } = await import(pathToFileURL(module));
  assert.equal(twice(3), 6n);
  assert.equal(twice(2n ** 60n), 2n ** 61n);
  assert.equal(twice.with({ i64: "number" })(3), 6);
  const file = join(folder, "program.ts");
  writeFileSync(file, 'import { twice } from "./kernels.js";\nconst b: bigint = twice(1), n: number = twice.with({ i64: "number" })(1);\nconst wrong: number = twice(1);\nexport { b, n, wrong };\n');
  const options = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, types: [] };
  const lines = ts.getPreEmitDiagnostics(ts.createProgram([file], options)).map((d) => d.file.getLineAndCharacterOfPosition(d.start).line + 1);
  assert.deepEqual(lines, [3]);
});

test("hovering shows the docstring and the Python signature", () => {
  const file = join(folder, "kernels.d.ts");
  const source = ts.createSourceFile(file, ts.sys.readFile(file), ts.ScriptTarget.ES2022);
  const comments = source.statements.flatMap((s) => (s.jsDoc ?? []).map((doc) => doc.comment));
  assert.ok(comments.some((text) => text === "Running means.\n\nn is the width.\n`smooth(x: float64[:], n: int64 = 3) -> float64[:]`"), comments.join("\n"));
});
