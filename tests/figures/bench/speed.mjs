// Frames while a slider is dragged for three seconds, as rows of a table. PYTHON has the package.
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "../../browser/page.mjs";

const folder = await mkdtemp(join(tmpdir(), "nopython-"));
execFileSync(process.env.PYTHON, [fileURLToPath(new URL("speed.py", import.meta.url)), folder]);
const browser = await launch();

/** The times between frames, and those that the page works in each, in order of size, while the first slider moves in each. */
const frames = async (name, slower) => {
  const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
  await page.waitForSelector("[data-np-on]", { state: "attached" });
  await page.waitForTimeout(500);
  const session = await page.context().newCDPSession(page);
  if (slower > 1) await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  const times = await page.evaluate(() => {
    const slider = document.querySelector("[data-np-on]").shadowRoot.querySelector("[type=range]");
    const start = performance.now();
    const [times, works] = [[], []];
    let last = start;
    // A message comes when the frame in which it was sent has been drawn.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => works.push(performance.now() - last);
    return new Promise((done) => {
      const frame = () => {
        const now = performance.now();
        times.push(now - last);
        last = now;
        if (now - start > 3000) return done([times, works]);
        port2.postMessage(0);
        // The figure asks for a frame after this one does, and draws after it in the next.
        requestAnimationFrame(frame);
        slider.value = String((times.length * 0.037) % 10);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
      };
      requestAnimationFrame(frame);
    });
  });
  await page.close();
  return times.map((list) => list.sort((a, b) => a - b));
};

for (const [name, words] of [["line", "line of 1e5 points"], ["image", "image of 512²"], ["bifurcation", "1e6 points"]]) {
  for (const slower of [1, 4]) {
    const [times, works] = await frames(name, slower);
    const at = (list, share) => list[Math.min(list.length - 1, Math.floor(list.length * share))].toFixed(1);
    console.log(`| ${words}${slower > 1 ? `, processor slowed ${slower}x` : ""} | ${(times.length / 3).toFixed(0)} | ${at(times, 0.5)} | ${at(times, 0.95)} | ${at(works, 0.5)} | ${at(works, 0.95)} |`);
  }
}
await browser.close();
await rm(folder, { recursive: true });
