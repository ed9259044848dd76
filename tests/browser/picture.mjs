// Takes pictures of the gallery: node picture.mjs FOLDER PICTURE.png [light|dark] [width]
import { writeFile } from "node:fs/promises";
import { launch, open, serve } from "./page.mjs";

const [folder, picture, scheme = "light", width = "1200"] = process.argv.slice(2);
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
await writeFile(picture, await page.screenshot({ fullPage: true }));
await browser.close();
server.stop();
