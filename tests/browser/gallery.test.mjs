// The gallery, used as a visitor uses it. GALLERY names its folder; `cargo xtask test browser` builds it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, serve } from "./page.mjs";

let browser, server, page, problems;

before(async () => {
  browser = await launch();
  server = await serve(process.env.GALLERY);
  ({ page, problems } = await open(browser, server.address));
  await page.waitForSelector("html[data-ready]");
});

after(async () => {
  await browser?.close();
  server?.stop();
});

const text = (selector) => page.locator(selector).innerText();
const eventually = (selector, pattern) => page.waitForFunction(
  ([selector, source]) => new RegExp(source).test(document.querySelector(selector).textContent),
  [selector, pattern.source],
);

/** How many colours a canvas shows. */
const colours = (selector) => page.locator(selector).evaluate((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
});

/** A number that changes when the picture does. */
const fingerprint = (selector) => page.locator(selector).evaluate((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Uint32Array(data.buffer).reduce((hash, pixel) => (Math.imul(hash, 31) + pixel) | 0, 7);
});

test("two numbers are added as they are typed", async () => {
  assert.equal(await text("#add-result"), "42");
  await page.fill("#add-x", "1000");
  assert.equal(await text("#add-result"), "1025");
  await page.fill("#add-x", "2147483647");
  await page.fill("#add-y", "1");
  assert.equal(await text("#add-result"), "-2147483648");
});

test("what is not an int32 is refused by name", async () => {
  await page.fill("#add-x", "2.5");
  assert.match(await text("#add .error"), /argument 'x'.*integer.*2\.5/);
  await page.fill("#add-x", "2");
  await page.fill("#add-y", "3");
  assert.equal(await text("#add .error"), "");
  assert.equal(await text("#add-result"), "5");
});

test("the numbers in the box are summed, however many there are", async () => {
  assert.equal(await text("#sum-result"), "77");
  await page.fill("#sum-x", "1 2, 3\n-10");
  assert.equal(await text("#sum-result"), "-4");
  assert.match(await text("#sum-count"), /^4 numbers/);
  await page.fill("#sum-x", Array.from({ length: 5000 }, (_, i) => i).join(" "));
  assert.equal(await text("#sum-result"), String((5000 * 4999) / 2));
  await page.fill("#sum-x", "");
  assert.equal(await text("#sum-result"), "0");
  await page.fill("#sum-x", "1, two");
  assert.match(await text("#sum .error"), /two is not a number/);
});

test("the item with the largest value follows the table", async () => {
  assert.equal(await text("#largest-result"), "103");
  await page.locator("#largest-rows tr").nth(1).locator("input").nth(1).fill("1000");
  assert.equal(await text("#largest-result"), "102");
  assert.equal(await page.locator("tr.largest input").first().inputValue(), "102");
  await page.click("#largest-add");
  assert.equal(await page.locator("#largest-rows tr").count(), 5);
});

test("an empty table raises Python's error with its place, and the page goes on", async () => {
  while (await page.locator("#largest-rows button").count()) await page.locator("#largest-rows button").first().click();
  assert.match(await text("#largest .error"), /ValueError: attempt to get argmax of an empty sequence.*largest_item\.py:\d+:\d+/);
  await page.click("#largest-add");
  assert.equal(await text("#largest .error"), "");
  assert.equal(await text("#largest-result"), "101");
});

test("the benchmark draws a bar for each contender", async () => {
  await page.locator("#bench").scrollIntoViewIfNeeded();
  await eventually("#bench-result", /times as fast/);
  assert.equal(await page.locator("#bench-chart .bar").count(), 3);
  assert.match(await text("#bench-chart"), /\d\.\d{3} ms/);
  assert.equal(await text("#bench .error"), "");
});

test("a wheel over a canvas scrolls the page until the canvas has the focus, and a finger too", async () => {
  const canvas = page.locator("#mandelbrot-canvas");
  for (const selector of ["#mandelbrot-canvas", "#life-canvas"]) assert.equal(await page.locator(selector).evaluate((one) => getComputedStyle(one).touchAction), "auto", selector);
  await canvas.scrollIntoViewIfNeeded();
  await eventually("#mandelbrot-result", /^1\.0×/);
  const box = await canvas.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const before = await page.evaluate(() => scrollY);
  await page.mouse.wheel(0, -100);
  await page.waitForFunction((before) => scrollY < before, before);
  assert.match(await text("#mandelbrot-result"), /^1\.0×/);
  await canvas.focus();
  assert.equal(await canvas.evaluate((one) => getComputedStyle(one).touchAction), "none");
});

test("the Mandelbrot set is drawn, zoomed with the wheel, moved and reset", async () => {
  const canvas = page.locator("#mandelbrot-canvas");
  await canvas.scrollIntoViewIfNeeded();
  await eventually("#mandelbrot-result", /^1\.0×/);
  assert.ok((await colours("#mandelbrot-canvas")) > 50);
  const home = await fingerprint("#mandelbrot-canvas");
  const box = await canvas.boundingBox();
  await canvas.focus();
  await page.mouse.move(box.x + box.width * 0.45, box.y + box.height / 2);
  await page.mouse.wheel(0, -400);
  await eventually("#mandelbrot-result", /^2\.7×/);
  const zoomed = await fingerprint("#mandelbrot-canvas");
  assert.notEqual(zoomed, home);
  const drawn = await canvas.getAttribute("data-drawn");
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.4, { steps: 4 });
  await page.mouse.up();
  await page.waitForFunction((drawn) => document.querySelector("#mandelbrot-canvas").dataset.drawn > drawn, drawn);
  assert.notEqual(await fingerprint("#mandelbrot-canvas"), zoomed);
  await page.click("#mandelbrot-reset");
  await eventually("#mandelbrot-result", /^1\.0×/);
  assert.equal(await fingerprint("#mandelbrot-canvas"), home);
});

test("the game of life plays, pauses, steps and is drawn upon", async () => {
  const canvas = page.locator("#life-canvas");
  await canvas.scrollIntoViewIfNeeded();
  await eventually("#life-result", /generation [1-9]/);
  await page.click("#life-play");
  assert.equal(await text("#life-play"), "Play");
  const paused = await text("#life-result");
  const before = Number(/generation (\d+)/.exec(paused)[1]);
  await page.click("#life-step");
  assert.match(await text("#life-result"), new RegExp(`generation ${before + 1}\\b`));
  await page.click("#life-clear");
  assert.equal(await colours("#life-canvas"), 1);
  const box = await canvas.boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  assert.equal(await colours("#life-canvas"), 2);
  // The R pentomino leaves cells behind, which glow dimmer than living ones.
  await page.click("#life-step");
  assert.ok((await colours("#life-canvas")) >= 3);
  await page.click("#life-random");
  await page.click("#life-play");
  await eventually("#life-result", /generation [1-9]/);
});

test("every kernel is shown with its source and size", async () => {
  const captions = await page.locator("figcaption").allInnerTexts();
  assert.equal(captions.length, 7);
  for (const caption of captions.filter((caption) => !caption.includes("loop.js"))) assert.match(caption, /\.py[\s\S]*[\d,]+ bytes of wasm/);
  assert.match(await text("#sum pre"), /def np_sum\(x\)/);
});

test("nothing went wrong on the way, and nothing came from elsewhere", async () => {
  assert.deepEqual(problems, []);
  const origins = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).origin));
  assert.ok(origins.every((origin) => `${origin}/` === server.address));
});
