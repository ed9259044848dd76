// What `nopython build` writes, and Python itself through the plugins, in each bundler: no warnings, one file, the right result; and a mistake in the
// Python with its place.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import { build as vite } from "vite";
import { project } from "./project.mjs";

const webpack = createRequire(import.meta.url)("webpack");
const HEAD = "import numpy as np\nfrom numba import njit\n\n\n";
const FILES = {
  "mean.py": `${HEAD}@njit("float64(float64[:])")\ndef mean(x):\n    return x.mean()\n`,
  "grow.py": `${HEAD}@njit("float64[:](float64[:], int64)")\ndef grow(x, n):\n    return np.exp(x) * n\n`,
  "count.py": `${HEAD}@njit("int64(int64)")\ndef count(n):\n    return n + 1\n`,
  "wrong.py": `${HEAD}@njit("float64(float64)")\ndef wrong(x):\n    return x + missing\n`,
  "mistakes.py": `${HEAD}@njit("float64(float64)")\ndef one(x):\n    return x + missing\n\n\n@njit("float64(float64)")\ndef two(x):\n    return np.nothing(x)\n`,
  "doubtful.py": `${HEAD}@njit\ndef unknown(x):\n    return x\n\n\n@njit("int64(int64)")\ndef same(x):\n    return x\n`,
  // A module of more than 64 KB: its table.
  "large.py": `${HEAD}T = np.array([${Array.from({ length: 9000 }, (_, k) => (k * 7919) % 10007 + 0.5).join(", ")}])\n\n\n@njit("float64(int64)")\ndef entry(i):\n    return T[i]\n`,
  "kernels/main.js": 'import { grow } from "../dist/grow.js";\nimport { mean } from "../dist/mean.js";\nexport default mean(grow([0, 0, Math.log(4)], 3));\n',
  "plugin/main.js": 'import { grow } from "../grow.py";\nimport { mean } from "../mean.py";\nimport { count } from "../count.py";\nimport { entry } from "../large.py";\nexport default mean(grow([0, 0, Math.log(4)], 3)) + count(0) - 1 + entry(0) - 0.5;\n',
  "query/main.js": 'import { count } from "../count.py?x=1";\nexport default count(1);\n',
  "numbers/main.js": 'import { count } from "../count.py";\nexport default count(1);\n',
  "mistakes/main.js": 'export { one as default } from "../mistakes.py";\n',
  "raw/main.js": 'import source from "../count.py?raw";\nexport default source;\n',
  "worker/worker.js": 'import { mean } from "../mean.py";\nself.onmessage = ({ data }) => self.postMessage(mean(data));\n',
  "worker/main.js": 'export default () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });\n',
  "wrong/main.js": 'export { wrong as default } from "../wrong.py";\n',
  "doubtful/main.js": 'export { same as default } from "../doubtful.py";\n',
};

let folder, remove;
before(async () => {
  ({ folder, remove } = await project(FILES));
  const { status, stderr } = spawnSync(process.env.NOPYTHON, ["build", "mean.py", "grow.py", "-o", "dist"], { cwd: folder, encoding: "utf8" });
  assert.equal(status, 0, stderr);
});
after(() => remove());

const plugin = async (name) => (await import(pathToFileURL(join(folder, `node_modules/nopython/plugins/${name}.js`)))).default;

/** Each bundles `entry` to a folder, and gives its warnings and errors as `{ message, line, column }`. */
const BUNDLERS = {
  async vite(entry, out, isPlugin) {
    const warnings = [];
    const log = (message) => warnings.push({ message });
    const customLogger = { info() {}, warn: log, warnOnce: log, error: log, clearScreen() {}, hasErrorLogged: () => false, hasWarned: false };
    const plugins = isPlugin ? [(await plugin("vite"))()] : [];
    try {
      await vite({ root: folder, configFile: false, customLogger, plugins, build: { outDir: out, lib: { entry, formats: ["es"], fileName: "main" }, rollupOptions: { output: { entryFileNames: "main.js" } } } });
      return { warnings, errors: [] };
    } catch (error) {
      return { warnings, errors: [{ message: error.message, ...error.loc }] };
    }
  },
  async rollup(entry, out, isPlugin) {
    const warnings = [];
    const plugins = isPlugin ? [(await plugin("rollup"))()] : [];
    try {
      const bundle = await rollup({ input: entry, plugins, onLog: (_, log) => warnings.push({ message: log.message, ...log.loc }) });
      await bundle.write({ dir: out });
      return { warnings, errors: [] };
    } catch (error) {
      return { warnings, errors: [{ message: error.message, ...error.loc }] };
    }
  },
  async webpack(entry, out, isPlugin) {
    const Plugin = isPlugin ? await plugin("webpack") : undefined;
    const plugins = isPlugin ? [new Plugin()] : [];
    const output = { path: out, filename: "main.js", library: { type: "module" } };
    const options = { mode: "production", context: folder, entry, output, experiments: { outputModule: true }, plugins, performance: { hints: false } };
    const stats = await new Promise((done, failed) => webpack(options, (error, stats) => (error ? failed(error) : done(stats))));
    const { warnings, errors } = stats.toJson({ warnings: true, errors: true });
    const located = ({ message }) => {
      const [, line, column] = /\.py:(\d+):(\d+)/.exec(message) ?? [];
      return { message, line: Number(line), column: Number(column) };
    };
    return { warnings: warnings.map(located), errors: errors.map(located) };
  },
  async esbuild(entry, out, isPlugin) {
    const plugins = isPlugin ? [(await plugin("esbuild"))()] : [];
    const located = ({ text, location }) => ({ message: text, line: location?.line, column: location && location.column + 1 });
    const { warnings, errors } = await esbuild.build({ entryPoints: [entry], outdir: out, bundle: true, format: "esm", logLevel: "silent", plugins }).catch((error) => error);
    return { warnings: warnings.map(located), errors: errors.map(located) };
  },
};

for (const [name, bundle] of Object.entries(BUNDLERS)) {
  for (const kind of ["kernels", "plugin"]) {
    test(`${name} bundles ${kind === "plugin" ? "Python with the plugin" : "built modules without one"}`, async () => {
      const out = join(folder, "out", name, kind);
      assert.deepEqual(await bundle(join(folder, kind, "main.js"), out, kind === "plugin"), { warnings: [], errors: [] });
      assert.deepEqual(await readdir(out), ["main.js"]);
      const { default: result } = await import(pathToFileURL(join(out, "main.js")));
      assert.ok(Math.abs(result - 6) < 1e-12, `${result}`);
      // The runtime is there once for all that Python gave.
      if (kind === "plugin") assert.equal((await readFile(join(out, "main.js"), "utf8")).split("maximum recursion depth exceeded").length, 2);
    });
  }

  test(`${name} shows a mistake in Python at its place, and a warning`, async () => {
    const { errors } = await bundle(join(folder, "wrong/main.js"), join(folder, "out", name, "wrong"), true);
    assert.equal(errors.length, 1);
    assert.match(errors[0].message, /name 'missing' is not defined/);
    assert.deepEqual([errors[0].line, errors[0].column], [7, 16]);
    const { warnings, errors: none } = await bundle(join(folder, "doubtful/main.js"), join(folder, "out", name, "doubtful"), true);
    assert.deepEqual(none, []);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0].message, /`unknown` is not compiled/);
  });
}

for (const [name, bundle] of Object.entries(BUNDLERS)) {
  test(`${name} shows every mistake of a file`, async () => {
    const { errors } = await bundle(join(folder, "mistakes/main.js"), join(folder, "out", name, "mistakes"), true);
    const text = errors.map(({ message }) => message).join("\n");
    assert.match(text, /name 'missing' is not defined/);
    assert.match(text, /nothing/);
    assert.deepEqual([errors[0].line, errors[0].column], [7, 16]);
  });

  test(`${name} leaves out what modules without arrays do not need`, async () => {
    const out = join(folder, "out", name, "numbers");
    assert.deepEqual(await bundle(join(folder, "numbers/main.js"), out, true), { warnings: [], errors: [] });
    const { default: result } = await import(pathToFileURL(join(out, "main.js")));
    assert.equal(result, 2);
    const text = await readFile(join(out, "main.js"), "utf8");
    assert.doesNotMatch(text, /FinalizationRegistry|read-only/);
    assert.match(text, /maximum recursion depth exceeded/);
  });
}

test("text is imported as text", async () => {
  const out = join(folder, "out/vite/raw");
  assert.deepEqual(await BUNDLERS.vite(join(folder, "raw/main.js"), out, true), { warnings: [], errors: [] });
  assert.equal((await import(pathToFileURL(join(out, "main.js")))).default, FILES["count.py"]);
});

for (const name of ["vite", "webpack", "esbuild"]) {
  test(`${name} takes a query for what it is`, async () => {
    const out = join(folder, "out", name, "query");
    assert.deepEqual(await BUNDLERS[name](join(folder, "query/main.js"), out, true), { warnings: [], errors: [] });
    assert.equal((await import(pathToFileURL(join(out, "main.js")))).default, 2);
  });
}

for (const name of ["vite", "webpack"]) {
  test(`${name} compiles what a worker imports`, async () => {
    const out = join(folder, "out", name, "worker");
    assert.deepEqual(await BUNDLERS[name](join(folder, "worker/main.js"), out, true), { warnings: [], errors: [] });
    const all = await Promise.all((await readdir(out, { recursive: true })).filter((file) => file.endsWith(".js")).map((file) => readFile(join(out, file), "utf8")));
    assert.ok([...all].some((text) => /onmessage/.test(text) && /mean\(\)|"mean"/.test(text) && !/from "[^"]*\.py/.test(text)) || /data:text\/javascript/.test(all.join("")), all.join("").slice(0, 300));
  });
}

test("types lie beside the Python, and a wrong argument does not type-check", async () => {
  assert.match(await readFile(join(folder, "grow.d.py.ts"), "utf8"), /grow\(x: float64\[:\], n: int64\) -> float64\[:\]/);
});

test("modules built together share one runtime, and each adds its own bytes", async () => {
  const run = (...words) => spawnSync(process.env.NOPYTHON, ["build", "mean.py", "grow.py", "-o", ...words], { cwd: folder, encoding: "utf8" }).status;
  assert.equal(run("together", "--shared", "--inline"), 0);
  const files = await readdir(join(folder, "together"));
  assert.deepEqual(files.sort(), ["grow.d.ts", "grow.js", "mean.d.ts", "mean.js", "nopython-runtime.js"]);
  const { mean, NDArray, PyError } = await import(pathToFileURL(join(folder, "together/mean.js")));
  const grown = await import(pathToFileURL(join(folder, "together/grow.js")));
  assert.equal(mean(grown.grow([0, 0], 5)), 5);
  assert.ok(NDArray === grown.NDArray && PyError === grown.PyError);
  const length = async (path) => (await readFile(join(folder, path))).length;
  assert.ok((await length("together/mean.js")) < (await length("dist/mean.js")) - 15_000);
});
