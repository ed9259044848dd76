// Runs examples/bench/calls.mjs in Chromium: node calls.mjs FOLDER, in which calls.js and calls.mjs are. Prints the rows.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launch, open, serve } from "./page.mjs";

const folder = process.argv[2];
await writeFile(
  join(folder, "calls.html"),
  `<!doctype html><link rel="icon" href="data:,"><script type="module">
    import * as kernels from "./calls.js"; import { measure } from "./calls-measure.js"; setTimeout(() => (window.rows = measure(kernels)), 100);</script>`,
);
const site = await serve(folder);
const browser = await launch();
const { page, problems } = await open(browser, `${site.address}calls.html`);
await page.waitForFunction(() => window.rows, null, { timeout: 300_000 });
console.log((await page.evaluate(() => window.rows)).join("\n"));
if (problems.length) console.error(problems.join("\n"));
await browser.close();
site.stop();
