// A compiled module in the places of a browser where modules start: pages, workers of both kinds, a service worker, strict pages, frames
// that refuse to compile at once. NOPYTHON names the command line.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, open, serve } from "./page.mjs";

const KERNELS = `import numpy as np
from numba import njit

STATE = np.zeros(2)

@njit("float64(float64[:])")
def total(x):
    return x.sum()

@njit("float64(float64)")
def add(v):
    STATE[0] += v
    return STATE[0]
`;
const FILES = {
  "page.html": `<script type="module">import { total, add } from "./kernels.js"; add(2); document.title = total([1, 2]) + add(3);</script>`,
  "strict.html": `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'">
    <script type="module" src="strict.js"></script>`,
  "strict.js": `import { total } from "./kernels.js"; document.title = total([1, 2]);`,
  "refused.html": `<meta http-equiv="Content-Security-Policy" content="script-src 'self' 'unsafe-inline'"><script type="module">
    import { total, init } from "./kernels.js"; try { await init(); total([1]); } catch (error) { document.title = error.message; }</script>`,
  "later.html": `<script>WebAssembly.Module = new Proxy(WebAssembly.Module, { construct() { throw new RangeError("not at once"); } });</script>
    <script type="module">import { total, init } from "./kernels.js"; await init(); document.title = total([1, 2]);</script>`,
  "module.html": `<script>const w = new Worker("module-worker.js", { type: "module" }); w.onmessage = (e) => (document.title = e.data); w.postMessage([1, 2, 4]);</script>`,
  "module-worker.js": `import { total } from "./kernels.js"; onmessage = (e) => postMessage(total(e.data));`,
  "classic.html": `<script>const w = new Worker("classic-worker.js"); w.onmessage = (e) => (document.title = e.data); w.postMessage([1, 2, 4]);</script>`,
  "classic-worker.js": `const kernels = import("./kernels.js"); onmessage = async (e) => postMessage((await kernels).total(e.data));`,
  "service.html": `<script>(async () => { await navigator.serviceWorker.register("service-worker.js", { type: "module" }); 
    if (!navigator.serviceWorker.controller) await new Promise((claimed) => (navigator.serviceWorker.oncontrollerchange = claimed));
    document.title = await (await fetch("sum/1,2,4")).text(); })();</script>`,
  "service-worker.js": `import { total } from "./kernels.js"; onactivate = (e) => e.waitUntil(clients.claim());
    onfetch = (e) => { const at = e.request.url.split("sum/")[1]; if (at) e.respondWith(new Response(total(at.split(",").map(Number)))); };`,
  "clone.html": `<script type="module">import { total, NDArray } from "./kernels.js"; const x = NDArray.from([[1, 2], [3, 4]]).slice(null, 1);
    const { port1, port2 } = new MessageChannel(); port2.onmessage = (e) => (document.title = total(e.data) + NDArray.from(e.data).toString()); port1.postMessage(x);</script>`,
};

let browser, folder, site;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "nopython-"));
  await writeFile(join(folder, "kernels.py"), KERNELS);
  execFileSync(process.env.NOPYTHON, ["build", "kernels.py", "-o", "."], { cwd: folder });
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), name.endsWith("html") ? `<!doctype html><link rel="icon" href="data:,">${text}` : text);
  site = await serve(folder);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  site?.stop();
  await rm(folder, { recursive: true });
});

/** The title that a page ends with. */
const titled = async (name) => {
  const { page, problems } = await open(browser, site.address + name);
  await page.waitForFunction(() => document.title, null, { timeout: 10_000 }).catch(() => assert.fail(`${name}: ${problems.join("\n")}`));
  const title = await page.title();
  await page.close();
  return [title, problems];
};

for (const [name, expected] of [
  ["page.html", "8"],
  ["strict.html", "3"],
  ["later.html", "3"],
  ["module.html", "7"],
  ["classic.html", "7"],
  ["service.html", "7"],
  ["clone.html", "6[2. 4.]"],
]) test(name.replace(".html", ""), async () => assert.deepEqual(await titled(name), [expected, []]));

test("a page that forbids WebAssembly says so", async () => assert.match((await titled("refused.html"))[0], /WebAssembly|unsafe-eval/));
