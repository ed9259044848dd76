// The page that `nopython build --html` makes of an example, opened as a file with the network off. What its controls take is tested in
// `tests/figures/page.test.mjs`, against NumPy.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, open } from "./page.mjs";

let browser, page, problems;

before(async () => {
  browser = await launch();
  const context = await browser.newContext({ offline: true });
  const address = String(pathToFileURL(join(process.env.GALLERY, "single/arrays.html")));
  ({ page, problems } = await open(context, address));
});

after(() => browser?.close());

const section = (name) => page.locator("section", { has: page.locator("h2", { hasText: new RegExp(`^${name}\\(`) }) });
const type = async (field, text) => {
  await field.fill(text);
  await field.press("Tab");
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
};

test("functions run as their arguments are typed", async () => {
  const hypotenuse = section("hypotenuse");
  await type(hypotenuse.getByLabel("a, row 0"), "3.");
  await type(hypotenuse.getByLabel("b, row 0"), "4e0");
  assert.equal(await hypotenuse.locator("tbody td").first().innerText(), "5");
  await type(hypotenuse.getByLabel("b, row 0"), "spam");
  assert.match(await hypotenuse.locator(".wrong", { hasText: "spam" }).innerText(), /takes a number/);
});

test("a tuple has a panel for each item", async () => {
  const spread = section("mean_and_spread");
  for (let k = 0; k < 4; k++) await type(spread.getByLabel(`x, row ${k}`), String([2, 4, 4, 6][k]));
  assert.deepEqual(await spread.locator(".number").allInnerTexts(), ["4", String(Math.SQRT2)]);
});

test("a Python error is shown with its place", async () => {
  const hypotenuse = section("hypotenuse");
  await hypotenuse.getByRole("button", { name: "remove row 3" }).first().click();
  await hypotenuse.locator(".error", { hasText: "ValueError" }).waitFor();
  assert.match(await hypotenuse.locator(".error").innerText(), /ValueError: operands could not be broadcast.*\(line \d+, in hypotenuse\)/);
});

test("arrays are drawn by their shapes", async () => {
  assert.match(await section("times_table").locator("canvas").getAttribute("aria-label"), /an image of 4 rows and 4 columns/);
  assert.match(await section("parabola").locator("canvas").getAttribute("aria-label"), /x from .* to/);
});

test("nothing went wrong on the way", () => assert.deepEqual(problems, []));
