// The times of one of those that run in a page, as JSON: node peer.mjs ours|twins|pyodide FOLDER.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [HEIGHT, WIDTH, LIMIT, LENGTH] = [300, 400, 200, 1_000_000];
const [engine, folder] = process.argv.slice(2);
const here = (name) => new URL(name, import.meta.url);

/** Milliseconds of a call: the median of as many as take some time, at least three. */
const timed = (call) => {
  const times = [];
  for (let total = 0; times.length < 3 || total < 500; total += times.at(-1)) {
    const begin = performance.now();
    call();
    times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
};
const since = (begin) => performance.now() - begin;

const compiled = async (url) => {
  const begin = performance.now();
  const { escape, chain, memory } = await import(url);
  const start = since(begin);
  const make = (dtype, shape) => memory?.array(dtype, shape) ?? { data: new { int32: Int32Array, float64: Float64Array }[dtype](shape.reduce((a, b) => a * b)) };
  // Hand-written code takes typed arrays, and the shape beside them.
  const own = (array) => (memory ? array : array.data);
  const size = memory ? [LIMIT] : [HEIGHT, WIDTH, LIMIT];
  const counts = make("int32", [HEIGHT, WIDTH]);
  const first = performance.now();
  escape(own(counts), ...size);
  const times = { start, first: since(first), check: counts.data.reduce((a, b) => a + b) };
  times.loop = timed(() => escape(own(counts), ...size));
  const [a, b, out] = [0, 1, 2].map(() => make("float64", [LENGTH]));
  for (const array of [a, b]) array.data.set(Float64Array.from({ length: LENGTH }, (_, k) => 1 + ((k * 0.618034) % 1)));
  const values = [a, b, out].map(own);
  return { ...times, array: timed(() => chain(...values)) };
};

const pyodide = async () => {
  const begin = performance.now();
  const { loadPyodide, version } = await import(pathToFileURL(join(folder, "pyodide.mjs")));
  const python = await loadPyodide({ indexURL: folder, stdout: () => undefined });
  // Where there is no network, NumPy stays away, and of the array there is no time.
  const loaded = await python.loadPackage("numpy", { messageCallback: () => undefined, errorCallback: () => undefined }).catch(() => []);
  if (loaded.length) python.runPython("import numpy");
  const start = since(begin);
  python.runPython(await readFile(here("peer.py"), "utf8"));
  const times = python.globals.get("of_python")(await readFile(here("kernels.py"), "utf8")).toJs({ dict_converter: Object.fromEntries });
  return { ...times, start, version };
};

const run = { ours: () => compiled(pathToFileURL(join(folder, "kernels.js"))), twins: () => compiled(here("twins.mjs")), pyodide }[engine];
console.log(JSON.stringify(await run()));
