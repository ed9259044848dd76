// How long the compiler takes in Chromium: node compiling.mjs, with the npm package in the folder NPM. Prints rows in Markdown.
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./page.mjs";

const LOADS = 15;
const RUNS = 21;
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };
const PAGE = `<!doctype html><link rel="icon" href="data:,"><script type="module">
const start = performance.now();
const { compile } = await import("./index.js");
await compile("def double(x: float) -> float:\\n    return x * 2\\n");
window.first = performance.now() - start;
window.compile = compile;
</script>`;

// As a site serves files that never change.
const server = createServer(async ({ url }, response) => {
  const text = url === "/" ? PAGE : await readFile(join(process.env.NPM, url)).catch(() => undefined);
  response.writeHead(text === undefined ? 404 : 200, { "content-type": TYPES[extname(url) || ".html"], "cache-control": url === "/" ? "no-cache" : "max-age=31536000, immutable" }).end(text);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const address = `http://127.0.0.1:${server.address().port}/`;
const median = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];
const row = (words, ms) => console.log(`| ${words} | ${ms.toFixed(2)} |`);

const browser = await launch();
const page = await browser.newPage();
const firsts = [];
for (let load = 0; load <= LOADS; load++) {
  await page.goto(address);
  await page.waitForFunction(() => window.first);
  firsts.push(await page.evaluate(() => window.first));
  // Chromium stores what it has compiled a little later.
  await page.waitForTimeout(300);
}
row("from the script's start to the first function, nothing in the cache", firsts.shift());
row("the same, from the cache", median(firsts));

const examples = fileURLToPath(new URL("../../examples", import.meta.url));
const medians = [];
for (const name of (await readdir(examples)).filter((name) => name.endsWith(".py")).sort()) {
  const source = await readFile(join(examples, name), "utf8");
  const times = await page.evaluate(async ([source, name, runs]) => {
    const times = [];
    for (let run = 0; run < runs; run++) {
      const start = performance.now();
      await window.compile(source, { file: name });
      times.push(performance.now() - start);
    }
    return times;
  }, [source, name, RUNS]);
  medians.push(median(times));
  row(name, medians.at(-1));
}
row("**median of the examples**", median(medians));
row("**most of the examples**", Math.max(...medians));
await browser.close();
server.close();
