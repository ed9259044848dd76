// The npm package in the folder NPM: the compiler in Node, in a page, in a worker and behind a strict policy.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { SourceMap } from "node:module";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { launch, open, serve } from "./page.mjs";

const nopython = await import(pathToFileURL(join(process.env.NPM, "index.js")));
const { build, check, compile, CompileError, jit, NDArray, PyError, setCompilerUrl } = nopython;
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const HEAD = "import numpy as np\nfrom numba import njit\n";

test("the examples of its README give what they say", async () => {
  const page = await readFile(join(process.env.NPM, "README.md"), "utf8");
  const checks = [];
  const blocks = [...page.matchAll(/^```js\n([^]*?)^```/gm)].map(([, text]) => text.replace(/^import .* from "nopython";$/m, ""));
  const code = blocks.join("\n").replace(/^(.*?);\s*\/\/ → (.*)$/gm, (_, statement, expected) => `checks.push([${JSON.stringify(statement)}, ${statement}, ${expected}]);`);
  await new Function("checks", ...Object.keys(nopython), `return (async () => {${code}})()`)(checks, ...Object.values(nopython));
  assert.ok(checks.length >= 6, `${checks.length} checks`);
  for (const [statement, value, expected] of checks) assert.deepEqual(value, expected, statement);
});

test("calls of what is compiled in the page are those of built modules", async () => {
  const m = await compile(`${HEAD}
@njit("Tuple((int64, boolean, float64[:], uint32))(Tuple((float64[:], int8)), boolean)")
def many(pair, flag):
    x, k = pair
    return k + 1, not flag, x * k, np.uint32(4294967295)

@njit("void(float64[:], float64[:])")
def shift_add(x, y):
    for i in range(len(x)):
        x[i] = y[i] + 1

@njit(["int64(int64[:])", "float64(float64[:, ::1])"])
def total(x):
    return x.sum()

@njit("float64(float64[:], int64)")
def at(x, i=-1):
    return x[i]
`, { file: "here.py" });
  const [a, b, c, d] = m.many([[1, 2], -3], true);
  assert.deepEqual([a, b, c.toArray(), d], [-2, false, [-3, -6], 4294967295]);
  const x = new Float64Array(4);
  m.shift_add(x.subarray(1), x);
  assert.deepEqual([...x], [0, 1, 2, 3]);
  assert.equal(m.total(BigInt64Array.of(1n, 2n)), 3);
  assert.equal(m.total([[1, 2], [3, 4.5]]), 10.5);
  assert.equal(m.at([1, 2]), 2);
  assert.equal(m.at({ x: [1, 2], i: 0 }), 1);
  assert.throws(() => m.at([1], 5), (error) => error instanceof PyError && error.name === "IndexError" && error.pyFile === "here.py" && error.pyLine === 20);
  assert.throws(() => m.at([1, "2"]), /at\(\) argument 'x', item \[1\], takes a number/);
  assert.throws(() => m.many([[1], 300], true), /argument 'pair', item 1, takes an integer from -128 to 127/);
  const kept = m.memory.array("float64", [2]);
  assert.equal(m.at(kept), 0);
});

test("kernels compiled in one page share one memory, and each has its own data", async () => {
  const table = (k) => `${HEAD}
T = np.array([${Array.from({ length: 300 }, (_, i) => i * k)}], dtype=np.float64)
@njit("float64[:](float64[:])")
def scaled${k}(x):
    return np.exp(x * 0) * x * T[${k}:${k} + len(x)].sum() / T[1]
@njit("float64(float64[:], int64)")
def pick${k}(x, i):
    y = x + 1
    return y[i]
`;
  const modules = [];
  for (let k = 1; k < 6; k++) modules.push(await compile(table(k)));
  let x = modules[0].memory.array("float64", [4]);
  x.data.set([1, 2, 3, 4]);
  const expected = Float64Array.of(1, 2, 3, 4);
  for (const [j, m] of modules.entries()) {
    const k = j + 1;
    const factor = [0, 1, 2, 3].reduce((sum, i) => sum + k + i, 0);
    const before = x.data.buffer;
    x = m[`scaled${k}`].resident(x);
    expected.forEach((value, i) => (expected[i] = (value * (factor * k)) / k));
    assert.deepEqual(x.toArray(), [...expected]);
    assert.ok(x.data.buffer === before || before.byteLength === 0);
  }
  // What one kernel left in the memory outlives what others raise, and is not copied when they read it.
  for (let turn = 0; turn < 100_000; turn++) {
    const { [`pick${1 + (turn % 5)}`]: pick } = modules[turn % 5];
    assert.throws(() => pick(x, 9), PyError);
  }
  assert.deepEqual(x.toArray(), [...expected]);
  const f = jit(`def shift(x, n):\n    x += n\n`);
  await f.shift(x, 1);
  assert.deepEqual(x.toArray(), [...expected].map((v) => v + 1));
  x.dispose();
});

test("the pages of a module that is dropped serve the next one", async () => {
  const source = (k) => `${HEAD}T = np.arange(100_000.0) + ${k}\n@njit("float64(int64)")\ndef f(i):\n    return T[i]\n@njit("float64[:](int64)")\ndef g(n):\n    return np.zeros(n)\n`;
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  const { memory } = await compile(source(0));
  for (let k = 0; k < 60; k++) {
    const { f } = await compile(source(k));
    assert.equal(f(3), 3 + k);
    gc();
    await new Promise((done) => setTimeout(done, 2));
  }
  // The tables of all of them would take 48 MB.
  assert.ok(memory.wasm.$memory.buffer.byteLength < 16 << 20, `${memory.wasm.$memory.buffer.byteLength} bytes`);
});

test("npx nopython is the command line", { skip: !existsSync(join(process.env.NPM, "cli.wasm")) && "no WASI in the toolchain" }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "nopython-"));
  const examples = join(ROOT, "examples");
  /** What a command line prints and leaves, when run in the folder of the examples. */
  const run = (program, words) => {
    const { status, stdout, stderr } = spawnSync(program[0], [...program.slice(1), ...words], { cwd: examples, encoding: "utf8" });
    // The numbers of errors are each system's own.
    return { status, stdout, stderr: stderr.replace(/os error \d+/, "os error") };
  };
  const ours = (...words) => run([process.execPath, join(process.env.NPM, "cli.js")], words);
  const native = (...words) => run([process.env.NOPYTHON], words);
  try {
    for (const words of [
      ["run", "np_sum.py", "np_sum", "[1, 2.5]"],
      ["run", "life.py", "life", "[[0, 1, 0], [0, 1, 0], [0, 1, 0]]", "1"],
      ["run", "../examples/np_sum.py", "np_sum", "[[1]]"],
      ["run", "np_sum.py", "np_sum"],
      ["run", "absent.py", "f"],
      ["check", "np_sum.py", "--json"],
      ["check", join(examples, "convolve.py"), "--strict"],
      ["inspect", "np_sum.py", "--wat"],
      ["explain", "missing-signature"],
      ["functions"],
      ["build"],
      ["--help"],
    ]) {
      assert.deepEqual(ours(...words), native(...words), words.join(" "));
    }
    for (const [out, make] of [["ours", ours], ["native", native]]) assert.equal(make("build", "convolve.py", "-o", join(folder, out)).status, 0);
    for (const name of ["convolve.wasm", "convolve.js", "convolve.d.ts"]) {
      assert.deepEqual(await readFile(join(folder, "ours", name)), await readFile(join(folder, "native", name)));
    }
    await writeFile(join(folder, "fails.py"), "from numba import njit\n@njit('int64(int64, int64[:])')\ndef f(n, x):\n    return f(n + 1, x) if n else x[len(x)]\n");
    for (const n of ["0", "1"]) {
      const words = ["run", join(folder, "fails.py"), "f", n, "[1, 2]"];
      assert.deepEqual(ours(...words), native(...words));
    }
    assert.deepEqual(ours("serve", "absent"), native("serve", "absent"));
    assert.deepEqual(ours("serve", "a", "b"), native("serve", "a", "b"));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("npx nopython serve answers as the command line does", { skip: !existsSync(join(process.env.NPM, "cli.wasm")) && "no WASI in the toolchain" }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "nopython-"));
  const site = join(folder, "site");
  await mkdir(join(site, "sub"), { recursive: true });
  await writeFile(join(folder, "secret.txt"), "secret");
  await symlink(join(folder, "secret.txt"), join(site, "link.txt"));
  await symlink("..", join(site, "up"));
  await symlink("sub", join(site, "same"));
  await symlink("round", join(site, "round"));
  await writeFile(join(site, "sub", "index.html"), "<!doctype html><title>sub</title>");
  await cp(join(ROOT, "examples", "np_sum.py"), join(site, "a b.py"));
  await writeFile(join(site, "wrong.py"), "@jit\ndef f(x):\n    return x + 1\n");
  await writeFile(join(site, "large.bin"), new Uint8Array(3_000_000).map((_, k) => k));
  const programs = [[process.execPath, join(process.env.NPM, "cli.js")], [process.env.NOPYTHON]];
  const servers = programs.map(([program, ...words]) => spawn(program, [...words, "serve", "site"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] }));
  try {
    const ports = [];
    for (const { stdout } of servers) for await (const line of createInterface(stdout)) { ports.push(+new URL(line).port); break; }
    /** All that a server says to a request. */
    const answered = async (port, request) => {
      const socket = connect(port, "127.0.0.1");
      socket.write(request);
      const parts = [];
      for await (const part of socket) parts.push(part);
      return Buffer.concat(parts);
    };
    const request = (line, headers = [], body = "") => [`${line} HTTP/1.1`, "Host: localhost", ...headers, "", body].join("\r\n");
    const outlined = ["outline", "f.py", "f", "def f(x=(0, 1)):\n    return x\n"].join("\0");
    for (const [status, words] of [
      [200, request("GET /sub")],
      [200, request("GET /sub/index.html?x#y")],
      [200, request("HEAD /sub")],
      [404, request("GET /absent")],
      [404, request("GET /link.txt")],
      [404, request("GET /up/secret.txt")],
      [404, request("GET /round")],
      [200, request("GET /same/index.html")],
      [404, request("GET /../secret.txt")],
      [404, request("GET /%2e%2e/secret.txt")],
      [200, request("GET /a%20b.py")],
      [200, request("GET /a%20b.py", ["Sec-Fetch-Dest: script"])],
      [200, request("GET /wrong.py", ["Sec-Fetch-Dest: script"])],
      [200, request("GET /large.bin")],
      [200, request("GET /playground")],
      [200, request("POST /nopython/compile", [`Content-Length: ${outlined.length}`], outlined)],
      [405, request("POST /nopython/compile", ["Sec-Fetch-Site: cross-site", `Content-Length: ${outlined.length}`], outlined)],
      [405, request("PUT /sub")],
    ]) {
      const [ours, native] = await Promise.all(ports.map((port) => answered(port, words)));
      assert.ok(ours.equals(native), `${words}\n${ours.subarray(0, 300)}\nand\n${native.subarray(0, 300)}`);
      assert.equal(+ours.toString("latin1").split(" ", 2)[1], status, words);
    }
    // Many at once, which make the engine optimise what is called.
    for (let round = 0; round < 40; round++) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => answered(ports[0], request("GET /sub"))));
      for (const answer of answers) assert.match(answer.toString(), /^HTTP\/1.1 200 OK[^]*sub<\/title>$/);
    }
  } finally {
    for (const server of servers) server.kill();
    await rm(folder, { recursive: true });
  }
});

test("a package that the command line writes is one that npm packs and installs", async () => {
  const folder = await mkdtemp(join(tmpdir(), "nopython-"));
  const run = (cwd, program, ...words) => {
    const { status, stdout, stderr } = spawnSync(program, words, { cwd, encoding: "utf8" });
    assert.equal(status, 0, `${program} ${words.join(" ")}: ${stdout}${stderr}`);
    return stdout.trim();
  };
  try {
    await writeFile(join(folder, "Mean of (all).py"), `${HEAD}@njit("float64(float64[:])")\ndef mean(x):\n    'Their mean.'\n    return x.mean()\n`);
    run(folder, process.env.NOPYTHON, "build", "Mean of (all).py", "--npm", "-o", "made");
    run(join(folder, "made"), "npm", "pack", "--pack-destination", folder);
    run(folder, "npm", "init", "-y");
    run(folder, "npm", "install", "--offline", "--no-audit", join(folder, "mean-of--all--0.1.0.tgz"));
    const program = 'import { mean } from "mean-of--all-";\nconst m: number = mean(Float64Array.of(1, 2, 6));\nconsole.log(m);\n';
    await writeFile(join(folder, "use.mts"), program);
    const tsc = join(ROOT, "runtime/js/node_modules/.bin/tsc");
    run(folder, tsc, "--module", "node16", "--target", "es2022", "--strict", "use.mts");
    assert.equal(run(folder, process.execPath, "use.mjs"), "3");
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("one classic script is the compiler of a page without a network", async () => {
  const folder = await mkdtemp(join(tmpdir(), "nopython-"));
  const browser = await launch();
  try {
    await cp(join(process.env.NPM, "offline.js"), join(folder, "offline.js"));
    await writeFile(join(folder, "page.html"), `<!doctype html><meta charset="utf-8"><script src="offline.js"></script>
<script type="text/x-nopython">
    def double(x: float) -> float:
        return x * 2
</script>
<script>nopython.ready.then(async () => {
  const { halves } = await nopython.compile('from numba import njit\\n@njit("float64[:](float64[:])")\\ndef halves(x):\\n    return x / 2\\n');
  document.title = String([double(21), ...halves([1, 2]).toArray()]);
});</script>`);
    const { page, problems } = await open(browser, pathToFileURL(join(folder, "page.html")).href);
    await page.waitForFunction(() => document.title !== "");
    assert.equal(await page.title(), "42,0.5,1");
    assert.deepEqual(problems, []);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
});

test("the console of a browser shows arrays as NumPy prints them", async () => {
  const browser = await launch();
  const { address, stop } = await serve(process.env.NPM);
  try {
    const { page } = await open(browser, `${address}index.js`);
    await page.addScriptTag({ type: "module", content: 'import { NDArray } from "./index.js"; import "./devtools.js"; window.x = NDArray.from([[1, 2], [3, 4]]); window.y = x.slice(0);' });
    await page.waitForFunction(() => window.y);
    const tools = await page.context().newCDPSession(page);
    await tools.send("Runtime.enable");
    await tools.send("Runtime.setCustomObjectFormatterEnabled", { enabled: true });
    const preview = async (expression) => (await tools.send("Runtime.evaluate", { expression, generatePreview: true })).result.customPreview;
    assert.equal(JSON.parse((await preview("y")).header).flat(2).filter((part) => typeof part === "string").join(" "), "span span float64[2]  [1. 2.]");
    const { bodyGetterId } = await preview("x");
    const { result } = await tools.send("Runtime.callFunctionOn", { functionDeclaration: "function() { return this(); }", objectId: bodyGetterId });
    const parts = await tools.send("Runtime.getProperties", { objectId: result.objectId, ownProperties: true });
    assert.equal(parts.result.find(({ name }) => name === "2").value.value, "[[1. 2.]\n [3. 4.]]");
    assert.equal(await preview("[1]"), undefined);
  } finally {
    stop();
    await browser.close();
  }
});

test("a debugger sees the line of Python that raises", { timeout: 20_000 }, async () => {
  const browser = await launch();
  const { address, stop } = await serve(process.env.NPM);
  try {
    const { page } = await open(browser, `${address}index.js`);
    const tools = await page.context().newCDPSession(page);
    const maps = new Map();
    tools.on("Debugger.scriptParsed", ({ scriptId, scriptLanguage, sourceMapURL }) => scriptLanguage === "WebAssembly" && maps.set(scriptId, sourceMapURL));
    await tools.send("Debugger.enable");
    const source = `${HEAD}\n@njit("int64(int64[:], int64)")\ndef item(x, i):\n    y = x * 2\n    if i > 90:\n        raise ValueError("large")\n    return (\n        y[i])\n\n@njit("int64(int64)")\ndef inverse(i):\n    assert i\n    return 100 // i\n\n@njit("float64(float64[:])")\ndef total(x):\n    s = 0.0\n    for v in x:\n        s += v * s\n    return s\n`;
    await page.evaluate(async (source) => Object.assign(window, await (await import("./index.js")).compile(source, { file: "here.py", sourceMap: true })), source);
    for (const [call, line] of [["item(BigInt64Array.of(1n), 3)", 10], ["item(BigInt64Array.of(1n), 99)", 8], ["inverse(0)", 14]]) {
      await tools.send("Debugger.setPauseOnExceptions", { state: "all" });
      const paused = new Promise((done) => tools.once("Debugger.paused", done));
      const raised = page.evaluate(`try { ${call} } catch (error) { error.pyLine }`);
      raised.catch(() => undefined);
      const { callFrames } = await paused;
      const frames = callFrames.filter(({ location }) => maps.has(location.scriptId));
      const [, data] = maps.get(frames[0].location.scriptId).split(",");
      const map = JSON.parse(Buffer.from(data, "base64"));
      assert.equal(map.sourcesContent[0], source);
      // Loops have their lines.
      const lines = Array.from({ length: 3000 }, (_, column) => new SourceMap(map).findEntry(0, column).originalLine + 1);
      assert.ok(lines.includes(20), `${new Set(lines)}`);
      const places = frames.map(({ location }) => ({ ...new SourceMap(map).findEntry(0, location.columnNumber), column: location.columnNumber }));
      // The innermost frames may be of code that no Python function has.
      const { originalSource, originalLine } = places.find(({ generatedColumn, column }) => generatedColumn === column);
      assert.deepEqual([originalSource, originalLine + 1], ["here.py", line], call);
      // The wrapper raises the exception again.
      await tools.send("Debugger.setPauseOnExceptions", { state: "none" });
      await tools.send("Debugger.resume");
      assert.equal(await raised, line);
    }
  } finally {
    stop();
    await browser.close();
  }
});

test("a function may have any name that Python allows", async () => {
  const names = ["init", "initSync", "memory", "delete", "NDArray", "PyError", "default", "__proto__", "constructor", "then_", "function"];
  const source = `${HEAD}${names.map((name, k) => `@njit("float64[:](float64[:], int64)")\ndef ${name}(new, default=${k}):\n    return new + default\n`).join("")}`;
  const made = await compile(source);
  const just = jit(source);
  const { js } = await build(source);
  const built = await import(`data:text/javascript,${encodeURIComponent(js)}`);
  for (const [k, name] of names.entries()) {
    assert.deepEqual(made[name]([1]).toArray(), [1 + k], name);
    assert.deepEqual((await just[name]([1], 5n)).toArray(), [6], name);
    assert.deepEqual(built[name]({ new: [1], default: 2 }).toArray(), [3], name);
  }
});

test("a function is compiled once for each list of types", async () => {
  const f = jit(`${HEAD}
def power(x, n):
    return x ** n

def picked(x: "float64[:]", i: int):
    return x[i]
`);
  assert.equal(await f.power(2, 10), 1024);
  assert.equal(await f.power(3n, 4n), 81);
  assert.deepEqual((await f.power([1, 2, 3], 2)).toArray(), [1, 4, 9]);
  assert.deepEqual((await f.power(NDArray.from([[1], [2]]).slice(null, 0), 2)).toArray(), [1, 4]);
  assert.equal((await f.power(Float32Array.of(2), 2)).dtype, "float32");
  await assert.rejects(f.power(new Map(), 1), /TypeError: power\(\) argument 'x' is a value of class Map, which does not say its type: annotate/);
  await assert.rejects(f.picked([1, 2], 0.5), /picked\(\) argument 'i' takes an integer \(int64\), got the number 0.5/);
  assert.equal(await f.picked([1, 2], 1n), 2);
});

test("calls that compile take what declared functions take, and say which values have no type of their own", async () => {
  const f = jit(`${HEAD}
from dataclasses import dataclass

@dataclass
class Point:
    x: float
    y: float

P = np.dtype([("t", "f8"), ("n", "i4"), ("v", "f4", (2,))])

def same(x):
    return x
def lengths(xs):
    return [len(x) for x in xs]
def pair(t):
    return t[1], t[0]
def sum_of(p: Point, k: float = 1.0):
    return (p.x + p.y) * k
def count(d: dict[str, float], xs: list[str]):
    return len(d) + len(xs)
def turned(z, re=1.0, im=0.0):
    return z * re + im
def events(n: int):
    return np.zeros(n, P)
def numbers(a):
    return a["n"] + 1
def advance(a: "from_dtype(P)[:]"):
    a["t"] += 1.0
def several(a, *more, by=2):
    return a * by + len(more)
`);
  const same = async (given, result = given) => assert.deepEqual(await f.same(given), result);
  await same("é😀");
  await same({ re: 1, im: -2 });
  await same(new Map([["a", 1], ["b", 2n]]), new Map([["a", 1], ["b", 2]]));
  await same(new Map([[1n, [new Set(["x"])]]]), new Map([[1, [new Set(["x"])]]]));
  await same(new Set([true, false]));
  await same(["a", "b"]);
  await same([1, "a", [2n, null]], [1, "a", [2, undefined]]);
  await same([["a", 1], ["b", 2]]);
  assert.equal((await f.same([1n, 2n])).dtype, "int64");
  assert.equal((await f.same([[true], [false]])).dtype, "bool");
  assert.equal((await f.same([1n, 2.5, true])).dtype, "float64");
  assert.deepEqual((await f.same([1, { re: 1, im: 2 }])).toArray(), [{ re: 1, im: 0 }, { re: 1, im: 2 }]);
  const complex = NDArray.from([[{ re: 1, im: 2 }]], "complex64");
  assert.deepEqual((await f.same(complex)).toArray(), complex.toArray());
  assert.deepEqual((await f.same({ data: Float64Array.of(1, 2), shape: [1], dtype: "complex128" })).toArray(), [{ re: 1, im: 2 }]);
  assert.deepEqual(await f.lengths([new Float64Array(2), NDArray.from([1, 2, 3])]), [2, 3]);
  assert.deepEqual(await f.pair(["a", 1n]), [1, "a"]);
  assert.equal(await f.sum_of({ x: 1, y: 2 }), 3);
  assert.equal(await f.sum_of({ p: { x: 1, y: 2 }, k: 2 }), 6);
  assert.equal(await f.count(new Map(), []), 0);
  assert.deepEqual(await f.turned({ re: 1, im: 2 }), { re: 1, im: 2 });
  // Where no annotation says what a parameter is, a complex number is a value.
  assert.deepEqual(await f.turned({ re: 1, im: 2 }, { re: 2, im: 1 }), { re: 0, im: 5 });
  const events = await f.events(2n);
  assert.deepEqual(await f.same(events).then((a) => a.toArray()), events.toArray());
  assert.deepEqual([...(await f.numbers(events))], [1, 1]);
  const own = [{ t: 1, n: 2, v: [0, 0] }];
  await f.advance(own);
  assert.deepEqual(own, [{ t: 2, n: 2, v: [0, 0] }]);
  assert.equal(await f.several(2, 1, 1, { by: 3 }), 8);
  for (const value of [new Map(), new Set([1, "a"]), {}, new Date(0), Symbol("s"), () => 1, [new Map()], [{ t: 1 }]])
    await assert.rejects(f.same(value), /^TypeError: same\(\) argument 'x' is .*, which does not say its type: annotate the parameter in Python/s);
  await assert.rejects(f.count({ a: 1 }, []), /^TypeError: count\(\) argument 'd' takes a Map, got a value of class Object/);
  await assert.rejects(f.count(new Map([["a", "b"]]), []), /^TypeError: count\(\) argument 'd', item \[0\]\[1\], takes a number/);
  await assert.rejects(f.advance([{ t: 1 }]), /^TypeError: advance\(\) argument 'a'\[0\] takes an object with the field 'n'/);
});

test("a function that is left out is said to be", async () => {
  const { warn } = console;
  const said = [];
  console.warn = (text) => said.push(text);
  try {
    await compile('def f(x: float):\n    return x\ndef g(x: "flaot64[:]"):\n    return x\n');
  } finally {
    console.warn = warn;
  }
  assert.match(said.join(""), /`g` is not compiled: `flaot64` is not a type/);
});

test("calls that compile take keywords and leave parameters to their defaults", async () => {
  const f = jit(`${HEAD}
K = 3
def line(x, k=K, *, offset=float("inf"), name=None):
    if name is None:
        return x * k + (0.0 if offset > 1e308 else offset)
    return -1.0

def whole(n: int = 2 ** 62):
    return n
`);
  assert.equal(await f.line(2), 6);
  assert.equal(await f.line(2, 5), 10);
  assert.equal(await f.line(2, { k: 5 }), 10);
  assert.equal(await f.line({ x: 2, offset: 1 }), 7);
  assert.equal(await f.line(2, { offset: 1, k: 4n }), 9);
  assert.equal(await f.line(2, undefined, { name: null }), 6);
  assert.equal(await f.whole(5), 5);
  await assert.rejects(f.whole(), RangeError);
  const message = (promise) => promise.then(assert.fail, (error) => (assert.ok(error instanceof TypeError, error.name), error.message));
  assert.equal(await message(f.line()), "line() missing 1 required positional argument: 'x'");
  assert.equal(await message(f.line(1, 2, 3)), "line() takes from 1 to 2 positional arguments but 3 were given");
  assert.equal(await message(f.line(1, { q: 3 })), "line() got an unexpected keyword argument 'q'");
  assert.equal(await message(f.line(1, { x: 3 })), "line() got multiple values for argument 'x'");
  await assert.rejects(f.line({ data: new Float64Array(1), shape: [1, 1, 1, 1, 1] }), /dimensions/);
});

test("defaults are the same as in built modules", async () => {
  const source = `${HEAD}
K = 42
@njit("Tuple((float64, float64, int64, uint64, Tuple((int64, boolean))))(float64, float64, int64, uint64, Tuple((int64, boolean)))")
def known(a=-np.inf, b=np.nan, c=-2 ** 63, d=2 ** 64 - 1, e=(K, True)):
    return a, b, c, d, e
`;
  const expected = [-Infinity, NaN, -(2n ** 63n), 2n ** 64n - 1n, [42n, true]];
  const options = { i64: "bigint" };
  assert.deepEqual((await compile(source, options)).known(), expected);
  const { js } = await build(source, options);
  assert.deepEqual((await import(`data:text/javascript,${encodeURIComponent(js)}`)).known(), expected);
});

test("what is no option, or no source, is refused by name", async () => {
  const good = "def f(x: float) -> float:\n    return x\n";
  await assert.rejects(compile(good, { optLevel: 7 }), /^TypeError: compile\(\) option 'optLevel' takes 0 or 2, got the number 7/);
  await assert.rejects(compile(good, { i64: "foo" }), /compile\(\) option 'i64' takes "number" or "bigint"/);
  await assert.rejects(compile(good, { opt: 1 }), /compile\(\) takes the options file, optLevel, simd, i64, sourceMap, arrays, got opt/);
  await assert.rejects(compile(good, null), /compile\(\) takes an object with the options .*, got null/);
  await assert.rejects(compile(good, { file: 5 }), /compile\(\) argument 'file' takes a string, got the number 5/);
  await assert.rejects(build(good, { runtime: 5 }), /build\(\) argument 'runtime' takes a string/);
  await assert.rejects(check(5), /check\(\) argument 'source' takes a string, got the number 5/);
  assert.throws(() => jit(undefined), /jit\(\) argument 'source' takes a string, got undefined/);
  await assert.rejects(compile("def then(x: float) -> float:\n    return x\n"), /compile\(\) cannot give a function of the name 'then'/);
  assert.equal((await compile(good, { simd: undefined })).f(2), 2);
});

test("hostile sources are refused within a second, and the compiler goes on", async () => {
  const sources = ["(".repeat(10_000), `x = "${"a".repeat(1 << 20)}"`, "\ud800 = 1", `${"if x:\n ".repeat(500)}`, "def f(x):\n  return x\n".repeat(20_000), "x = [".repeat(2000), "\0", "@njit('", `from numba import njit\n@njit("${"(".repeat(30_000)}")\ndef f(x):\n    return x\n`, `def f(x: "${"[".repeat(30_000)}"):\n    return x\n`];
  for (const source of sources) {
    const start = performance.now();
    const found = await check(source);
    assert.ok(found.length > 0, source.slice(0, 40));
    assert.ok(found.every(({ code }) => code !== "internal"), JSON.stringify(found[0]));
    assert.ok(performance.now() - start < 3000, `${performance.now() - start} ms for ${source.slice(0, 40)}`);
  }
  await assert.rejects(compile(5), TypeError);
  assert.equal((await compile(`${HEAD}@njit("int64(int64)")\ndef f(x):\n    return x + 1\n`)).f(1), 2);
});

test("a compiler that cannot be had says so, and can be given later", async () => {
  setCompilerUrl(pathToFileURL(join(process.env.NPM, "nowhere.wasm")));
  await assert.rejects(build("x = 1"));
  setCompilerUrl(pathToFileURL(join(process.env.NPM, "nopython.wasm")));
  assert.equal((await check("x = ")).length, 1);
});

const ARRAYS = {
  WEIGHTS: ["np.array([[0.5, 1.5, -2.5], [3.5, 4.5, 5.5]])", [0.5, 1.5, -2.5, 3.5, 4.5, 5.5], [2, 3]],
  COLUMNS: ["np.array([[1, 4], [2, 5], [3, 6]], dtype=np.int32)", Int32Array.of(1, 2, 3, 4, 5, 6), [3, 2], [1, 3]],
  MASK: ["np.array([True, False, True])", Uint8Array.of(1, 0, 1), [3], undefined, "bool"],
};

test("arrays that a caller gives are those that the source could write out", async () => {
  const { compile, jit, build, check, NDArray } = nopython;
  const body = "    return WEIGHTS @ x + COLUMNS[1:, 0].sum(), COLUMNS.T @ COLUMNS, WEIGHTS[:, MASK]\n";
  const head = "import numpy as np\nfrom numba import njit\n";
  const plain = `${head}def f(x):\n${body}`;
  const declared = `${head}@njit('(float64[:],)')\ndef f(x):\n${body}`;
  const written = Object.entries(ARRAYS).map(([name, [text]]) => `${name} = ${text}\n`).join("");
  const given = ([, data, shape, strides, dtype]) => (dtype ? new NDArray(Uint8Array.from(data), shape, strides, 0, dtype) : new NDArray(Array.isArray(data) ? Float64Array.from(data) : data, shape, strides));
  const arrays = Object.fromEntries(Object.entries(ARRAYS).map(([name, array]) => [name, given(array)]));
  const x = Float64Array.of(1, 2, 3);
  const seen = (results) => results.map(({ data, shape, dtype }) => [Array.from(data), shape, dtype]);
  const expected = seen((await compile(head + written + declared.slice(head.length))).f(x));
  assert.deepEqual(seen((await compile(declared, { arrays })).f(x)), expected);
  assert.deepEqual(seen(await jit(plain, { arrays }).f(x)), expected);
  assert.deepEqual(await check(declared, { arrays }), []);
  assert.equal((await check(declared))[0].code, "undefined-name");
  assert.ok(WebAssembly.validate((await build(declared, { arrays })).wasm));
  // They are as they were, and nothing may write to them.
  const { f } = await compile(declared, { arrays });
  const later = jit(plain, { arrays });
  arrays.WEIGHTS.data.fill(0);
  assert.deepEqual(seen(f(x)), expected);
  assert.deepEqual(seen(await later.f(x)), expected);
  await assert.rejects(compile(`${head}@njit('()')\ndef g():\n    WEIGHTS[0, 0] = 1.0\n`, { arrays }), /writing to the global `WEIGHTS` is not compiled/);
  for (const wrong of [{ "a b": x }, { A: [1, 2] }, { A: "x" }, { A: new NDArray(x, [1, 1, 1, 1, 3]) }, { A: { data: x, shape: [4] } }]) {
    await assert.rejects(compile(declared, { arrays: wrong }), { name: "TypeError", message: /option 'arrays', array/ });
  }
});

test("the compiler takes several functions at once, with the types that a caller asks for", async () => {
  const { instance } = await WebAssembly.instantiate(await readFile(join(process.env.NPM, "nopython.wasm")));
  const { memory, input, compile, output, output_length } = instance.exports;
  const run = (request, source) => {
    const parts = ["kernels.py", request, "", "W uint8 2\n\n\x01\x02", source].map((text) => Buffer.from(text));
    // The memory may grow for the input.
    const at = input(Buffer.concat(parts).length);
    Buffer.from(memory.buffer).set(Buffer.concat(parts), at);
    const done = compile(...parts.slice(0, 4).map((part) => part.length), 2, 1, 0, 0, 0);
    const part = (k) => Buffer.from(memory.buffer.slice(output(k), output(k) + output_length(k)));
    return { done, wasm: part(0), text: String(part(4)), about: done && JSON.parse(part(5)) };
  };
  const source = "def f(x):\n    return x + W[1]\n\ndef g(x, y):\n    return f(x) * y\n";
  const { done, wasm, about } = run("\nf (float,)\nf (int,)\ng float64(int64, float64)", source);
  assert.equal(done, 1);
  const { exports } = (await WebAssembly.instantiate(wasm, { np: { raise: () => undefined } })).instance;
  const names = about.functions.map(({ name, overloads }) => [name, overloads.map(({ symbol }) => symbol)]);
  const f = names.find(([name]) => name === "f")[1];
  const g = names.find(([name]) => name === "g")[1];
  assert.deepEqual([f.length, g.length], [2, 1]);
  assert.equal(exports[g[0]](3n, 2), Number(exports[f[0]](3)) * 2);
  assert.match(run("\nh (int,)", source).text, /h/);
  assert.match(run("\nf (flaot,)", source).text, /`flaot` is not a type/);
});

const PROGRAM = `const { norm } = await compile("from numba import njit\\\\n@njit('float64(float64[:])')\\\\ndef norm(x):\\\\n    return (x * x).sum() ** 0.5\\\\n");`;
const FILES = {
  "page.html": `<script type="module">import { compile } from "./nopython/index.js"; ${PROGRAM} document.title = norm([3, 4]);</script>`,
  "strict.html": `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"><script type="module" src="strict.js"></script>`,
  "strict.js": `import { compile } from "./nopython/index.js"; ${PROGRAM} document.title = norm([3, 4]);`,
  "worker.html": `<script>const w = new Worker("worker.js", { type: "module" }); w.onmessage = (e) => (document.title = e.data); w.postMessage([3, 4]);</script>`,
  "worker.js": `import { compile } from "./nopython/index.js"; onmessage = async (e) => { ${PROGRAM} postMessage(norm(e.data)); };`,
};
const [AUTO] = (await readFile(join(process.env.NPM, "README.md"), "utf8")).match(/(?<=^```html\n)[^]*?(?=^```)/m);
FILES["auto.html"] = AUTO;
FILES["wrong.html"] = AUTO.replace("return (x", "return (y");
// Scripts that fail, are missing or are empty, and one with a name that only the browser has, before one that is right.
const script = (text, attributes = "") => `<script type="text/x-nopython"${attributes}>${text}</script>`;
const named = (name) => `\ndef ${name}(x: float) -> float:\n    return x\n`;
FILES["several.html"] = [script("def", ' id="broken"'), script("", ' src="missing.py"'), script(" \n"), script(named("location") + named("beside")), AUTO, script(named("name"))].join("");
let browser, folder, site;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "nopython-"));
  await cp(process.env.NPM, join(folder, "nopython"), { recursive: true });
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), name.endsWith("html") ? `<!doctype html><link rel="icon" href="data:,">${text}` : text.replaceAll("\\\\n", "\\n"));
  for (const name of ["page.html"]) await writeFile(join(folder, name), `<!doctype html><link rel="icon" href="data:,">${FILES[name]}`.replaceAll("\\\\n", "\\n"));
  site = await serve(folder);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  site?.stop();
  await rm(folder, { recursive: true });
});

for (const name of ["page", "strict", "worker", "auto"]) {
  test(`the compiler in a ${name}`, async () => {
    const { page, problems } = await open(browser, `${site.address}${name}.html`);
    await page.waitForFunction(() => document.title, null, { timeout: 20_000 }).catch(() => assert.fail(problems.join("\n")));
    assert.deepEqual([await page.title(), problems], ["5", []]);
    await page.close();
  });
}

test("a mistake in a page's Python is on the console, with its place", async () => {
  const { page, problems } = await open(browser, `${site.address}wrong.html`);
  for (let k = 0; k < 100 && !problems.length; k++) await page.waitForTimeout(50);
  assert.match(problems.join("\n"), /undefined-name[^]*wrong\.html#script1:6:13/);
  await page.close();
});

test("a script of a page that fails is no reason to leave out the others", async () => {
  const { page, problems } = await open(browser, `${site.address}several.html`);
  await page.waitForFunction(() => document.title, null, { timeout: 20_000 }).catch(() => assert.fail(problems.join("\n")));
  assert.equal(await page.title(), "5");
  assert.equal(await page.evaluate(() => globalThis.name(3) + globalThis.beside(4)), 7);
  assert.match(page.url(), /several\.html$/);
  for (const part of [/several\.html#broken:1/, /cannot load .*missing\.py: 404/, /cannot have the name 'location'/]) assert.match(problems.join("\n"), part);
  await page.close();
});

test("lists are changed in place in a page", async () => {
  const { page, problems } = await open(browser, `${site.address}page.html`);
  const result = await page.evaluate(async () => {
    const { compile, jit } = await import("./nopython/index.js");
    const source = `
def record(rows: list[list[float]], x: float):
    rows[0].append(x)
    return [len(row) for row in rows]
`;
    const rows = [[1], []];
    const { record } = await compile(source);
    const counts = [record(rows, 2), await jit(source).record(rows, 3)];
    return [rows, counts];
  });
  assert.deepEqual(result, [[[1, 2, 3], []], [[2, 0], [3, 0]]]);
  assert.deepEqual(problems, []);
  await page.close();
});
