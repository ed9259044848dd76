// The compiler as wasm gives the same bytes, and the same words, as the native one: over every example and every block of
// Python in the literate pages. COMPILER names nopython_browser.wasm, NOPYTHON the native command line; SMALL is set if the
// standard library was compiled for size along with it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompressSync } from "node:zlib";
import { createCompiler } from "./compiler.mjs";
import { launch, open, serve } from "./page.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SETTINGS = [
  { flags: [], options: {} },
  { flags: ["-O0", "--no-simd"], options: { optLevel: 0, simd: false } },
];

/** Bytes of the compiler as it travels. To be lowered whenever it gets smaller; the path of the checkout moves it by a few hundred. */
const LARGEST = 671_000;

const code = await readFile(process.env.COMPILER);
const compile = await createCompiler(code);
let scratch;
/** What has been compiled, with a digest of what came of it. */
const agreed = [];
const digest = ({ wasm, text }) => createHash("sha256").update(wasm).update(text).digest("hex");

before(async () => (scratch = await mkdtemp(join(tmpdir(), "nopython-"))));
after(() => rm(scratch, { recursive: true }));

const files = async (folder, extension, recursive = false) =>
  (await readdir(join(ROOT, folder), { recursive }))
    .filter((path) => extname(path) === extension && !path.includes("node_modules"))
    .map((path) => join(ROOT, folder, path))
    .sort();

/** What the command line makes of a file: the module's bytes, or what it says. */
async function native(path, flags) {
  try {
    await promisify(execFile)(process.env.NOPYTHON, ["build", path, "-o", scratch, ...flags]);
    return { ok: true, wasm: await readFile(join(scratch, `${basename(path, ".py")}.wasm`)) };
  } catch (error) {
    if (error.code !== 1) throw error;
    return { ok: false, text: error.stderr };
  }
}

async function agree(path, source) {
  for (const { flags, options } of SETTINGS) {
    const expected = await native(path, flags);
    const actual = await compile(source, { file: basename(path), ...options });
    agreed.push({ source, options: { file: basename(path), ...options }, digest: digest(actual) });
    assert.equal(actual.ok, expected.ok, actual.text || expected.text);
    if (expected.ok) assert.deepEqual(Buffer.from(actual.wasm), expected.wasm);
    else assert.equal(actual.text.trim(), expected.text.trim());
  }
}

// Node may end a file's tests while it waits between two of them, so that all waiting is done before the first.
const [examples, pages] = await Promise.all([files("examples", ".py"), files("tests", ".md", true)]);

for (const path of examples) {
  test(`${basename(path)} compiles to the same bytes`, async () => agree(path, await readFile(path, "utf8")));
}

/** The sections of a literate page as modules, in which each line of a `calls` block is a function without parameters. */
function modules(page) {
  const prelude = "import math, random\nimport numpy as np\nfrom numba import njit, prange\n";
  const found = [];
  for (const [, kind, text] of page.matchAll(/^```(py|calls)\n([\s\S]*?)^```/gm)) {
    if (kind === "py") found.push(prelude + text);
    else {
      const calls = text.split("\n").map((line) => line.split("  # ")[0].trim()).filter(Boolean);
      const functions = calls.map((call, k) => `@njit\ndef call_${found.length}_${k}():\n    return ${call}\n`);
      found.push((found.pop() ?? prelude) + functions.join(""));
    }
  }
  return found;
}

for (const page of pages) {
  test(`the programs of ${basename(page)} compile to the same bytes, or are refused in the same words`, async () => {
    for (const [k, source] of modules(await readFile(page, "utf8")).entries()) {
      const path = join(scratch, `${basename(page, ".md").replace(/\W/g, "_")}_${k}.py`);
      await writeFile(path, source);
      await agree(path, source);
    }
  });
}

/** Compiles all sources and gives the positions of those whose digests are others; runs in a page and in a worker. */
const others = async (index, list) => {
  const { build, CompileError } = await import(index);
  const found = [];
  for (const [k, { source, options, digest }] of list.entries()) {
    const made = await build(source, options).catch((error) => {
      if (error instanceof CompileError) return { wasm: new Uint8Array(), text: error.message };
      throw error;
    });
    const bytes = await new Blob([made.wasm, made.text ?? ""]).arrayBuffer();
    const actual = Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (actual !== digest) found.push(k);
  }
  return found;
};

test("Chromium gives the same bytes, in a page and in a worker", async () => {
  assert.ok(agreed.length > 300, `${agreed.length} programs`);
  const browser = await launch();
  const { address, stop } = await serve(process.env.NPM);
  try {
    const { page } = await open(browser, `${address}index.js`);
    page.setDefaultTimeout(120_000);
    const index = `${address}index.js`;
    assert.deepEqual(await page.evaluate(`(${others})(${JSON.stringify(index)}, ${JSON.stringify(agreed)})`), []);
    const worker = `onmessage = async ({ data }) => postMessage(await (${others})(...data))`;
    const run = (code, data) =>
      new Promise((done, failed) => {
        const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), { type: "module" });
        worker.onmessage = ({ data }) => done(data);
        worker.onerror = (error) => failed(new Error(error.message));
        worker.postMessage(data);
      });
    assert.deepEqual(await page.evaluate(`(${run})(${JSON.stringify(worker)}, [${JSON.stringify(index)}, ${JSON.stringify(agreed)}])`), []);
  } finally {
    stop();
    await browser.close();
  }
});

test("it is small", { skip: !process.env.SMALL && "the standard library was not compiled for size" }, () => {
  const { length } = brotliCompressSync(code);
  assert.ok(length <= LARGEST, `${length} bytes, more than ${LARGEST}`);
});

test("what it compiles runs at once", async () => {
  const { ok, js } = await compile('from nopython import jit\n@jit("float64(float64[:])")\ndef f(x):\n    return (x * x).sum()\n');
  assert.ok(ok);
  const path = join(scratch, "module.mjs");
  await writeFile(path, js);
  const { f } = await import(path);
  assert.equal(f([1, 2, 3]), 14);
});

test("a mistake is named with its place", async () => {
  const { ok, diagnostics, text } = await compile("from nopython import jit\n@jit('int64(int64)')\ndef f(x):\n    return y\n", { file: "page.py" });
  assert.equal(ok, false);
  const [{ code, labels }] = diagnostics;
  assert.equal(code, "undefined-name");
  assert.equal(labels[0].line, 4);
  assert.match(text, /page\.py:4:12/);
});

test("it survives what it cannot read", async () => {
  for (const source of ["def f(:", "\u0000", "x = '", "@jit('", "if" + "(".repeat(150)]) {
    assert.equal(typeof (await compile(source)).ok, "boolean");
  }
  assert.ok((await compile("from nopython import jit\n@jit('int64(int64)')\ndef f(x):\n    return x\n")).ok);
});
