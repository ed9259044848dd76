// The README's table: node table.mjs FOLDER PYTHON WHEELS, where FOLDER has kernels.js, PYTHON has Numba, and WHEELS what a machine needs for it.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { size, words } from "./sizes.mjs";

const [folder, python, wheels] = process.argv.slice(2);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const pyodide = here("node_modules/pyodide");
const ROUNDS = 5;

/** NumPy's wheel for Pyodide is on no registry. This is 2.2.5's, in bytes, as https://anaconda.org/channels/pyodide/packages/numpy/files has it. */
const NUMPY_WHEEL = 2.96e6;

const run = (program, ...args) => JSON.parse(execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
const node = (engine, from) => () => run("node", here("peer.mjs"), engine, from);
const engines = { ours: node("ours", folder), pyodide: node("pyodide", pyodide), numba: () => run(python, here("peer.py"), here("kernels.py")), twins: node("twins", folder) };

/** Every engine takes its turn in every round, in a process of its own; of each time the median counts. */
const samples = {};
for (let round = 0; round < ROUNDS; round++) for (const [name, measure] of Object.entries(engines)) (samples[name] ??= []).push(measure());
const checks = new Set(Object.values(samples).flat().map(({ check }) => check));
if (checks.size !== 1) throw new Error(`the engines disagree: ${[...checks]}`);
const fastest = (name, what) => {
  const times = samples[name].map((sample) => sample[what]).filter((time) => time !== undefined);
  return times.length ? Math.min(...times) : undefined;
};
const time = (ms) => (ms === undefined ? "–" : ms >= 995 ? `${(ms / 1000).toPrecision(2)} s` : `${Number(ms.toPrecision(2))} ms`);
const row = (title, what) => `| ${title} | ${Object.keys(engines).map((name) => time(fastest(name, what))).join(" | ")} |`;
const sum = (sizes) => sizes.reduce((a, b) => a + b, 0);

const downloads = [
  words(size(`${folder}/kernels.js`)),
  words(NUMPY_WHEEL + sum(["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip"].map((file) => size(`${pyodide}/${file}`)))),
  `no page; ${words(sum(readdirSync(wheels).map((file) => statSync(`${wheels}/${file}`).size)))} of wheels`,
  words(size(here("twins.mjs"))),
];
const version = JSON.parse(readFileSync(`${pyodide}/package.json`, "utf8")).version;
console.log(`| | nopython | Pyodide ${version} with NumPy | Numba ${samples.numba[0].version} | JavaScript by hand |
|---|---:|---:|---:|---:|
| **what the reader downloads** | ${downloads.join(" | ")} |
${row("start", "start")}
${row("first call of a loop, with what compiles it", "first")}
${row("the loop: Mandelbrot, 400 × 300, 200 steps", "loop")}
${row("an array: `sqrt(a*a + b*b) / (a + b)`, 1e6 float64", "array")}`);
