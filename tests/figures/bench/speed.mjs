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

/** The times between frames, in order of size, while the first slider moves in each. */
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
    const times = [];
    let last = start;
    return new Promise((done) => {
      const frame = () => {
        const now = performance.now();
        times.push(now - last);
        last = now;
        if (now - start > 3000) return done(times);
        slider.value = String((times.length * 0.037) % 10);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
  });
  await page.close();
  return times.sort((a, b) => a - b);
};

for (const [name, words] of [["line", "line of 1e5 points"], ["image", "image of 512²"]]) {
  for (const slower of [1, 4]) {
    const times = await frames(name, slower);
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
    console.log(`| ${words}${slower > 1 ? `, processor slowed ${slower}x` : ""} | ${(times.length / 3).toFixed(0)} | ${at(0.5)} | ${at(0.95)} |`);
  }
}
await browser.close();
await rm(folder, { recursive: true });
