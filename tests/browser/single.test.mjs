// The page that `nopython build --html` makes, opened as a file with the network off.
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

const card = (name) => page.locator("section", { has: page.locator("h2", { hasText: name }) });

test("functions run as their arguments are typed", async () => {
  const hypotenuse = card("hypotenuse");
  await hypotenuse.locator("input, textarea").nth(0).fill("[3, 5, 8]");
  await hypotenuse.locator("input, textarea").nth(1).fill("[4, 12, 15]");
  assert.match(await hypotenuse.locator("output").innerText(), /\[ 5\. 13\. 17\.\]/);
  await hypotenuse.locator("input, textarea").nth(0).fill("(.5, 3., +3, -inf, 1_0e-1)");
  await hypotenuse.locator("input, textarea").nth(1).fill("[0, 4, nan, 2, 0]");
  assert.match(await hypotenuse.locator("output").innerText(), /\[ *0\.5 +5\. +nan +inf +1\.\]/);
  await hypotenuse.locator("input, textarea").nth(1).fill("[0, 4, spam]");
  assert.match(await hypotenuse.locator("output").innerText(), /cannot read .*: write a number, True, False, or a nested list/);
});

test("a tuple comes back", async () => {
  const spread = card("mean_and_spread");
  await spread.locator("input, textarea").first().fill("[2, 4, 4, 4, 5, 5, 7, 9]");
  assert.match(await spread.locator("output").innerText(), /5, 2/);
});

test("a Python error is shown with its place", async () => {
  const hypotenuse = card("hypotenuse");
  await hypotenuse.locator("input, textarea").nth(1).fill("[1, 2]");
  assert.match(await hypotenuse.locator("output").innerText(), /ValueError: operands could not be broadcast[\s\S]*arrays\.py, line \d+/);
});

test("a wrong argument is named", async () => {
  const parabola = card("parabola");
  await parabola.locator("input, textarea").first().fill("2.5");
  assert.match(await parabola.locator("output").innerText(), /'n'.*integer/);
});

test("nothing went wrong on the way", () => assert.deepEqual(problems, []));
