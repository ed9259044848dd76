// How a compiled module starts: at once, by init, in workers, by require, bundled, under odd names.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { build as bundle } from "esbuild";
import { build, command } from "./support.mjs";

const SMALL = '@njit("float64(float64[:])")\ndef total(x):\n    return x.sum()\n';
const LARGE = `T = np.array([${Array.from({ length: 9000 }, (_, k) => `${k % 97}.5`).join(",")}])\n@njit("float64(int64)")\ndef item(i):\n    return T[i]\n`;
const small = build(SMALL);
const large = build(LARGE);

test("a message that is posted to a worker at once is answered", async () => {
  const source = `import { total } from ${JSON.stringify(pathToFileURL(small.module).href)}; import { parentPort } from "node:worker_threads";
    parentPort.on("message", (x) => parentPort.postMessage(total(x)));`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
  worker.postMessage(Float64Array.of(1, 2, 3));
  assert.equal(await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject)), 6);
  await worker.terminate();
});

test("require gives it, where Node requires modules", { skip: !process.features.require_module }, () => {
  const { total, default: init } = createRequire(import.meta.url)(small.module);
  assert.equal(total([1, 2]), 3);
  assert.equal(typeof init, "function");
});

test("a project of CommonJS imports it", () => {
  const project = mkdtempSync(join(tmpdir(), "nopython-"));
  writeFileSync(join(project, "package.json"), '{"name":"p","version":"1.0.0","type":"commonjs"}');
  writeFileSync(join(project, "kernels.py"), `import numpy as np\nfrom numba import njit\n${SMALL}`);
  execFileSync(command, ["build", "kernels.py"], { cwd: project });
  writeFileSync(join(project, "main.mjs"), 'import { total } from "./dist/kernels.js"; console.log(total([1, 2.5]));');
  assert.equal(execFileSync(process.execPath, ["main.mjs"], { cwd: project, encoding: "utf8" }), "3.5\n");
  assert.deepEqual(JSON.parse(readFileSync(join(project, "dist/package.json"), "utf8")), { type: "module" });
});

test("init takes what wasm-bindgen's does", async () => {
  const wasm = readFileSync(join(large.folder, "kernels.wasm"));
  const sources = [undefined, pathToFileURL(join(large.folder, "kernels.wasm")), wasm, await WebAssembly.compile(wasm), { module_or_path: wasm }, new Response(wasm), Promise.resolve(new Response(wasm))];
  for (const [k, source] of sources.entries()) {
    const m = await import(`${pathToFileURL(large.module).href}?${k}`);
    await Promise.all([m.init(source), m.init(source)]);
    assert.equal(m.item(1), 1.5);
  }
  const m = await import(`${pathToFileURL(large.module).href}?sync`);
  m.initSync({ module: wasm });
  assert.equal(m.item(1), 1.5);
  const lost = await import(`${pathToFileURL(large.module).href}?lost`);
  await assert.rejects(lost.init(new URL("nowhere.wasm", pathToFileURL(large.module))));
  await lost.init();
  assert.equal(lost.item(2), 2.5);
});

test("an engine that does not compile at once is waited for", () => {
  const program = `const real = WebAssembly.Module; WebAssembly.Module = function () { throw new RangeError("too large for the main thread"); };
    WebAssembly.Module.prototype = real.prototype;
    const { total, init } = await import(${JSON.stringify(pathToFileURL(small.module).href)});
    try { total([1]); } catch (error) { console.log(error.message); }
    await init(); console.log(total([1, 2]));`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  assert.equal(printed, "total() is called before the module has been started: await init() first\n3\n");
});

test("odd file names", async () => {
  const folder = mkdtempSync(join(tmpdir(), "nopython-"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  writeFileSync(join(folder, "#hash?%.py"), `import numpy as np\nfrom numba import njit\n${LARGE}`);
  execFileSync(command, ["build", "#hash?%.py", "-o", "."], { cwd: folder });
  const m = await import(pathToFileURL(join(folder, "#hash?%.js")));
  await m.init();
  assert.equal(m.item(3), 3.5);
});

test("esbuild bundles it without a warning, for pages and for old workers", async () => {
  const program = join(small.folder, "program.js");
  writeFileSync(program, 'import { total } from "./kernels.js"; globalThis.answer = total([1, 2, 4]);');
  for (const format of ["esm", "iife"]) {
    const { warnings, outputFiles } = await bundle({ entryPoints: [program], bundle: true, format, write: false, minify: true, logLevel: "silent" });
    assert.deepEqual(warnings, []);
    assert.equal(outputFiles.length, 1);
    (0, eval)(outputFiles[0].text);
    assert.equal(globalThis.answer, 7);
  }
});

test("several modules of a page: one class of exceptions and of arrays", async () => {
  const other = mkdtempSync(join(tmpdir(), "nopython-"));
  mkdirSync(other, { recursive: true });
  for (const name of ["kernels.js", "package.json"]) copyFileSync(join(small.folder, name), join(other, name));
  const [a, b] = await Promise.all([small.module, join(other, "kernels.js")].map((path) => import(pathToFileURL(path))));
  assert.notEqual(a.total, b.total);
  assert.equal(a.PyError, b.PyError);
  assert.equal(a.NDArray, b.NDArray);
  const x = a.memory.array("float64", [2]);
  x.data.set([1, 2]);
  assert.equal(b.total(x), 3);
});

test("a module that has started stays as it is, whatever starts it again", async () => {
  const { folder, module } = build('@njit("float64[:](float64[:], float64[:])")\ndef add(a, b):\n    return a + b\n');
  const { add, init, initSync } = await import(pathToFileURL(module));
  const bytes = readFileSync(join(folder, "kernels.wasm"));
  const kept = add.resident([1], [2]);
  initSync(bytes);
  initSync(bytes);
  await init(bytes);
  assert.deepEqual(add([10], [20]).toArray(), [30]);
  assert.deepEqual(kept.toArray(), [3]);
});
