// Takes a picture of the gallery: node picture.mjs FOLDER PICTURE.png [light|dark] [width] [first card] [last card]
import { writeFile } from "node:fs/promises";
import { launch, open, serve } from "./page.mjs";

/** The rectangle from the top of one card to the bottom of another, with some room around it. */
async function between(first, last) {
  const [top, bottom] = [await first.boundingBox(), await last.boundingBox()];
  const y = top.y - 16;
  return { x: top.x - 16, y, width: top.width + 32, height: bottom.y + bottom.height + 16 - y };
}

const [folder, picture, scheme = "light", width = "1200", first, last] = process.argv.slice(2);
const browser = await launch();
const server = await serve(folder);
const context = await browser.newContext({ colorScheme: scheme });
const { page } = await open(context, server.address);
await page.setViewportSize({ width: Number(width), height: 900 });
await page.waitForSelector("html[data-ready]");
for (const card of await page.locator(".card").all()) await card.scrollIntoViewIfNeeded();
await page.locator("#bench").scrollIntoViewIfNeeded();
await page.waitForFunction(() => /times/.test(document.querySelector("#bench-result").textContent));
await page.locator("#life").scrollIntoViewIfNeeded();
await page.waitForTimeout(2500);
await page.evaluate(() => scrollTo(0, 0));
const clip = first && (await between(page.locator(`#${first}`), page.locator(`#${last}`)));
await writeFile(picture, await page.screenshot({ fullPage: true, clip: clip || undefined }));
await browser.close();
server.stop();
