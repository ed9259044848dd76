// examples/vite as a newcomer runs it: types, build, development server, hot reload, and the overlay over a mistake in Python.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build, createServer, preview } from "vite";
import { launch } from "../browser/page.mjs";
import { project, ROOT } from "./project.mjs";

let folder, remove, browser;
before(async () => {
  ({ folder, remove } = await project({}, join(ROOT, "examples/vite")));
  browser = await launch();
});
after(async () => {
  await browser.close();
  await remove();
});

/** A page of a server, and what went wrong on it. */
const open = async (server) => {
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.goto(server.resolvedUrls.local[0]);
  return { page, problems };
};

/** The middle value of the running mean as the page has it. */
const mean = (page) => page.locator("canvas").getAttribute("data-mean");

/** The same from its definition. */
const expected = (half, noise) => {
  const n = 400;
  const x = Array.from({ length: n }, (_, k) => {
    const t = k / n;
    const grain = Math.sin(k * 12.9898) * 43758.5453;
    return Math.sin(4 * Math.PI * t) + 0.5 * Math.sin(10 * Math.PI * t) + noise * (2 * (grain - Math.floor(grain)) - 1);
  });
  const window = x.slice(n / 4 - half, n / 4 + half + 1);
  return window.reduce((sum, value) => sum + value, 0) / window.length;
};

const set = (page, id, value) =>
  page.locator(`#${id}`).evaluate((slider, value) => {
    slider.value = value;
    slider.dispatchEvent(new Event("input"));
  }, String(value));

test("a fresh clone builds, types and all", async () => {
  const { scripts } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const path = `${join(ROOT, "tests/bundlers/node_modules/.bin")}:${process.env.PATH}`;
  const { status, stdout, stderr } = spawnSync("sh", ["-c", scripts.build], { cwd: folder, encoding: "utf8", env: { ...process.env, PATH: path } });
  assert.equal(status, 0, stdout + stderr);
});

test("the built page computes what its sliders say", async () => {
  await build({ root: folder, logLevel: "warn" });
  const server = await preview({ root: folder, preview: { port: 0, host: "127.0.0.1" } });
  try {
    const { page, problems } = await open(server);
    for (const [half, noise] of [[12, 0.6], [0, 0], [40, 1.5]]) {
      await set(page, "width", half);
      await set(page, "noise", noise);
      assert.ok(Math.abs(Number(await mean(page)) - expected(half, noise)) < 2e-6, `${half} ${noise}`);
    }
    const coloured = await page.locator("canvas").evaluate((canvas) => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte !== 0));
    assert.ok(coloured);
    assert.deepEqual(problems, []);
    if (process.env.PICTURES) {
      await set(page, "width", 12);
      await set(page, "noise", 0.6);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(process.env.PICTURES, `vite-${colorScheme}.png`) });
      }
    }
  } finally {
    await server.close();
  }
});

test("its types are those of the Python", async () => {
  const tsc = (...words) => spawnSync(process.execPath, [join(folder, "node_modules/typescript/bin/tsc"), ...words], { cwd: folder, encoding: "utf8" });
  const { status, stdout } = tsc();
  assert.equal(status, 0, stdout);
  await writeFile(join(folder, "src/wrong.ts"), 'import { smooth } from "./kernels.py";\nsmooth("text", 3);\nsmooth([1, 2], 3).toArray().length satisfies number;\n');
  const wrong = tsc();
  assert.match(wrong.stdout, /wrong\.ts\(2,8\)/);
  assert.equal(wrong.stdout.match(/error TS/g).length, 1, wrong.stdout);
  await writeFile(join(folder, "src/wrong.ts"), "export {};\n");
});

test("the development server shows what changes, and what is wrong at its place", async () => {
  const path = join(folder, "src/kernels.py");
  const source = await readFile(path, "utf8");
  const server = await createServer({ root: folder, logLevel: "silent", server: { port: 0, host: "127.0.0.1" } });
  await server.listen();
  try {
    const { page } = await open(server);
    await page.waitForFunction(() => document.querySelector("canvas").dataset.mean);
    const before = Number(await mean(page));
    assert.ok(Math.abs(before - expected(12, 0.6)) < 2e-6);
    await writeFile(path, source.replace(".mean()", ".mean() + 1"));
    await page.waitForFunction((before) => Math.abs(Number(document.querySelector("canvas")?.dataset.mean) - before - 1) < 1e-5, before);
    await writeFile(path, source.replace(".mean()", ".meen()"));
    const overlay = page.locator("vite-error-overlay");
    await overlay.waitFor();
    const text = await overlay.evaluate((element) => element.shadowRoot.textContent);
    assert.match(text, /meen/);
    assert.match(text, /kernels\.py:20:\d+/);
    assert.match(text, /20 \| +out\[i\] = x\[max\(i - width, 0\) : i \+ width \+ 1\]\.meen\(\)/);
    if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, "vite-overlay.png") });
    await writeFile(path, source);
    await page.waitForFunction((before) => document.querySelector("canvas")?.dataset.mean && Math.abs(Number(document.querySelector("canvas").dataset.mean) - before) < 1e-5, before);
    assert.equal(await overlay.count(), 0);
  } finally {
    await server.close();
  }
});
