// The exported pages of the gallery: each is linked with its picture, opens, and lives. GALLERY names its folder, into which xtask/py/gallery.py has exported them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, serve } from "../browser/page.mjs";

let browser, server;
before(async () => {
  browser = await launch();
  server = await serve(process.env.GALLERY);
});
after(async () => {
  await browser?.close();
  server?.stop();
});

test("the gallery shows the article and the notebooks, each with its picture, on phones too", async () => {
  const { page, problems } = await open(browser, server.address);
  const cards = page.locator("#figures-list li");
  await cards.first().waitFor();
  assert.equal(await cards.count(), 10);
  for (const card of await cards.all()) {
    await card.scrollIntoViewIfNeeded();
    await card.locator("img").evaluate((image) => image.decode());
  }
  assert.equal(await page.locator("#figures-state").isVisible(), false);
  await page.setViewportSize({ width: 320, height: 700 });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  assert.deepEqual(problems, []);
  await page.close();
});

test("every page that it links opens, with as many live figures as it says, and loads nothing from elsewhere", async () => {
  const { pages } = await (await fetch(`${server.address}figures/index.json`)).json();
  for (const { name, figures } of pages) {
    const context = await browser.newContext();
    await context.route((url) => url.origin !== new URL(server.address).origin, (route) => route.abort());
    const { page, problems } = await open(context, `${server.address}figures/${name}.html`);
    await page.waitForSelector("[data-np-on]", { state: "attached" });
    assert.equal(await page.locator("[data-np-on]").count(), figures, name);
    assert.deepEqual(await page.locator("[data-np-on]").evaluateAll((hosts) => hosts.map((host) => host.figure !== undefined)), Array(figures).fill(true), name);
    assert.deepEqual(problems, [], name);
    await context.close();
  }
});

test("a wheel over a figure of the article scrolls the page, and its slider moves it", async () => {
  const { page, problems } = await open(browser, `${server.address}figures/article.html`);
  const canvas = page.locator("canvas").first();
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const before = await page.evaluate(() => scrollY);
  await page.mouse.wheel(0, 300);
  await page.waitForFunction((before) => scrollY > before, before);
  const first = () => page.locator("[data-np-on]").first().evaluate((host) => host.figure.result[1].data[30]);
  const was = await first();
  await page.locator("[name=rate]").first().press("PageDown");
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.notEqual(await first(), was);
  await page.setViewportSize({ width: 320, height: 700 });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  assert.deepEqual(problems, []);
  await page.close();
});
