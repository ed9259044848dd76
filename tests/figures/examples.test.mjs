// The notebooks of examples/notebooks, executed and exported, behind a firewall: every figure lives, and gives what plain Python gives.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "../browser/page.mjs";

let folder, browser, expected;
const notebooks = (await readdir(new URL("../../examples/notebooks/", import.meta.url))).filter((file) => file.endsWith(".ipynb")).map((file) => file.slice(0, -6));
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "nopython-"));
  execFileSync(process.env.PYTHON, [fileURLToPath(new URL("examples.py", import.meta.url)), folder], { stdio: ["ignore", "inherit", "ignore"] });
  expected = JSON.parse(await readFile(join(folder, "examples.json"), "utf8"));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

const close = (a, b) => (Array.isArray(b) ? a.length === b.length && b.every((one, k) => close(a[k], one)) : Math.abs(Number(a) - b) <= 1e-9 * Math.max(1, Math.abs(b)));
const result = (figure) =>
  figure.evaluate(async (host) => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const plain = (value) => (Array.isArray(value) ? value.map(plain) : typeof value === "object" ? plain(value.toArray()) : Number(value));
    return plain(host.figure.result);
  });

for (const name of notebooks) {
  test(`the notebook ${name} lives`, async () => {
    const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
    // Requests are never answered.
    await context.route(/^https?:/, () => undefined);
    const page = await context.newPage();
    const problems = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    await page.goto(pathToFileURL(join(folder, `example-${name}.html`)).href, { timeout: 10_000 });
    await page.waitForSelector("[data-np-on]", { state: "attached" });
    const figures = await page.locator("[data-np-on]").all();
    assert.equal(figures.length, expected[name].length);
    for (const [k, { kind, state }] of expected[name].entries()) {
      const figure = figures[k];
      if (state) {
        await figure.locator(`[name="${state.name}"]`).evaluate((slider, value) => {
          slider.value = String(value);
          slider.dispatchEvent(new Event("input", { bubbles: true }));
        }, state.value);
        assert.ok(close(await result(figure), state.result), `${state.name} = ${state.value}`);
      }
      if (kind === "Animation") {
        await figure.scrollIntoViewIfNeeded();
        await figure.getByRole("button", { name: "Step" }).click();
        const before = await result(figure);
        await figure.getByRole("button", { name: "Step" }).click();
        assert.notDeepEqual(await result(figure), before);
      }
      assert.equal(await figure.locator(".error").textContent(), "");
    }
    assert.deepEqual(problems, []);
    await page.screenshot({ path: join(process.env.PICTURES ?? folder, `example-${name}.png`), fullPage: true });
    await context.close();
  });
}
