// What a reader does with charts and images: zooms, reads values, by mouse, fingers and keys; on sharp screens, in light and dark, and without seeing.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "../browser/page.mjs";

const folder = await mkdtemp(join(tmpdir(), "nopython-"));
execFileSync(process.env.PYTHON, [fileURLToPath(new URL("pictures.py", import.meta.url)), folder], { stdio: ["ignore", "inherit", "inherit"] });
const browser = await launch();
after(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

const open = async (name, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 700, height: 700 }, ...options });
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
  const canvas = page.locator("canvas");
  await canvas.waitFor();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const box = await canvas.boundingBox();
  return {
    page, canvas, box,
    ticks: async () => (await canvas.getAttribute("data-ticks")).split("|"),
    said: () => page.locator(".told").textContent(),
    drag: async (from, to) => {
      await page.mouse.move(box.x + from[0], box.y + from[1]);
      await page.mouse.down();
      await page.mouse.move(box.x + (from[0] + to[0]) / 2, box.y + (from[1] + to[1]) / 2);
      await page.mouse.move(box.x + to[0], box.y + to[1]);
      await page.mouse.up();
    },
    result: () => page.locator("[data-np-on]").evaluate(({ figure }) => {
      const plain = (value) => (Array.isArray(value) ? value.map(plain) : typeof value === "object" ? value.toArray() : value);
      return plain(figure.result);
    }),
    end: () => context.close(),
  };
};

test("a drag along one axis zooms that alone", async () => {
  const { ticks, drag, canvas, end } = await open("lines");
  const all = await ticks();
  await drag([200, 150], [300, 152]);
  const along = await ticks();
  assert.notEqual(along[0], all[0]);
  assert.equal(along[1], all[1]);
  await canvas.dblclick();
  assert.deepEqual(await ticks(), all);
  await drag([200, 100], [203, 180]);
  const up = await ticks();
  assert.equal(up[0], all[0]);
  assert.notEqual(up[1], all[1]);
  await end();
});

test("the axis at the right is zoomed with the other, and its line stays in place", async () => {
  const { ticks, drag, page, end } = await open("right");
  const all = await ticks();
  /** Rows of the second line's colour in the column at the right end of what is shown. */
  const rows = () => page.locator("canvas").evaluate((canvas) => {
    const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const found = [];
    for (let y = 36; y < height - 42; y++) for (let x = 300; x < 302; x++) if (data[4 * (y * width + x)] > 220 && data[4 * (y * width + x) + 2] < 60) found.push(y);
    return found.length ? found.reduce((a, b) => a + b) / found.length : null;
  });
  const before = await rows();
  await drag([60, before - 30], [64, before + 30]);
  const zoomed = await ticks();
  assert.notEqual(zoomed[2], all[2]);
  // What was in the middle of the part is in the middle of the axes.
  const middle = (32 + (300 - 40)) / 2;
  assert.ok(Math.abs((await rows()) - middle) < 8, `${await rows()} in place of ${middle}`);
  await end();
});

test("images are zoomed, by a drag and by a wheel with a key, and the value under the pointer is that of the array", async () => {
  for (const name of ["field", "plane"]) {
    const { page, box, drag, said, result, canvas, end } = await open(name);
    const values = await result();
    const lower = name === "field";
    const read = async (x, y) => {
      await page.mouse.move(box.x + x, box.y + y);
      return said();
    };
    const pixel = async (x, y) => page.locator("canvas").evaluate((canvas, [x, y]) => [...canvas.getContext("2d").getImageData(x, y, 1, 1).data], [x, y]);
    const plane = (text) => text.match(/-?\d+(\.\d+)?(e-?\d+)?/g).map(Number);
    const before = [await read(200, 100), await pixel(200, 100)];
    await drag([150, 60], [250, 140]);
    const zoomed = await read(200, 100);
    assert.notEqual(await read(240, 140), await read(160, 60));
    if (lower) {
      const [row, column, value] = plane(zoomed);
      assert.equal(value, Number(values[row][column].toPrecision(6)));
    }
    await canvas.dblclick();
    assert.deepEqual([await read(200, 100), await pixel(200, 100)], before);
    await page.mouse.move(box.x + 200, box.y + 100);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -300);
    await page.keyboard.up("Control");
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    // What is under the pointer stays there.
    assert.equal((await read(200.5, 100)).split(":").at(-1), before[0].split(":").at(-1));
    assert.equal(await page.evaluate(() => scrollY), 0);
    await end();
  }
});

test("a wheel scrolls the page", async () => {
  const { page, box, ticks, end } = await open("lines", { viewport: { width: 700, height: 300 } });
  const all = await ticks();
  await page.mouse.move(box.x + 200, box.y + 100);
  await page.mouse.wheel(0, 60);
  await page.waitForFunction(() => scrollY > 30);
  assert.deepEqual(await ticks(), all);
  await end();
});

test("one finger scrolls the page, two zoom, two taps go back", async () => {
  const { page, ticks, box, end } = await open("lines", { viewport: { width: 400, height: 500 }, hasTouch: true });
  const session = await page.context().newCDPSession(page);
  const touch = (type, ...points) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x: box.x + x, y: box.y + y, id })) });
  const all = await ticks();
  await touch("touchStart", [200, 250]);
  for (let k = 1; k <= 10; k++) await touch("touchMove", [200, 250 - 12 * k]);
  await touch("touchEnd");
  await page.waitForFunction(() => scrollY > 40);
  assert.deepEqual(await ticks(), all);
  await page.evaluate(() => scrollTo(0, 0));
  await touch("touchStart", [150, 150], [230, 150]);
  for (let k = 1; k <= 10; k++) await touch("touchMove", [150 - 6 * k, 150], [230 + 6 * k, 150]);
  await touch("touchEnd");
  const zoomed = await ticks();
  assert.notEqual(zoomed[0], all[0]);
  assert.equal(await page.evaluate(() => visualViewport.scale), 1);
  await page.touchscreen.tap(box.x + 200, box.y + 150);
  await page.touchscreen.tap(box.x + 200, box.y + 150);
  await page.waitForTimeout(400);
  assert.deepEqual(await ticks(), all);
  await end();
});

test("keys read values, curve by curve", async () => {
  const { page, canvas, said, result, ticks, end } = await open("lines");
  const [x, one, other] = await result();
  const all = await ticks();
  const six = (value) => String(Number(value.toPrecision(6)));
  await canvas.focus();
  await page.keyboard.press("ArrowRight");
  const first = await said();
  assert.match(first, /^one: time = .*, size = /);
  await page.keyboard.press("ArrowRight");
  const text = await said();
  const [time, size] = text.match(/[\d.e-]+(?=,|$)/g);
  const place = x.findIndex((value) => six(value) === time);
  assert.ok(place > 0 && six(one[place]) === size, text);
  await page.keyboard.press("ArrowDown");
  assert.equal(await said(), `other: time = ${time}, size = ${six(other[place])}`);
  for (let k = 0; k < 20; k++) await page.keyboard.press("Shift+ArrowRight");
  assert.equal(await said(), `other: time = ${six(x.at(-1))}, size = ${six(other.at(-1))}`);
  assert.deepEqual(await ticks(), all);
  await page.keyboard.press("Tab");
  assert.equal(await said(), "");
  await end();
});

test("what is shown is said", async () => {
  const numbers = (text) => text.replaceAll("−", "-").match(/-?\d+(\.\d+)?/g).map(Number);
  const lines = await open("lines");
  const said = await lines.canvas.getAttribute("aria-label");
  assert.match(said, /^σ = 1\.00: one, other; time from \S+ to \S+, size from \S+ to \S+$/);
  const [x, ...curves] = await lines.result();
  const [, left, right, low, high] = numbers(said);
  assert.deepEqual([left, right], [Math.min(...x), Math.max(...x)]);
  assert.ok(low <= Math.min(...curves.flat()) && high >= Math.max(...curves.flat()) && low > -1 && high < 5, said);
  assert.equal(await lines.page.getByRole("status").count(), 1);
  await lines.end();
  const field = await open("field");
  const words = await field.canvas.getAttribute("aria-label");
  const values = await field.result();
  const finite = values.flat().filter(Number.isFinite);
  const [rows, columns, least, most] = numbers(words);
  assert.deepEqual([rows, columns], [values.length, values[0].length], words);
  assert.ok(Math.abs(least - Math.min(...finite)) < 0.06 && Math.abs(most - Math.max(...finite)) < 0.06, words);
  await field.end();
});

test("what is under the pointer is drawn over a chart that stays", async () => {
  const { page, canvas, box, end } = await open("areas");
  const ink = () => canvas.evaluate((canvas) => canvas.toDataURL());
  await page.mouse.move(5, 5);
  const still = await ink();
  await page.mouse.move(box.x + 200, box.y + 100);
  const first = await ink();
  assert.notEqual(first, still);
  await page.mouse.move(box.x + 300, box.y + 100);
  await page.mouse.move(box.x + 200, box.y + 100);
  assert.equal(await ink(), first);
  await page.mouse.move(5, 5);
  assert.equal(await ink(), still);
  await end();
});

test("canvases are as sharp as the screen", async () => {
  for (const deviceScaleFactor of [1, 2, 3]) {
    const { canvas, end } = await open("turns", { deviceScaleFactor });
    const [[w, h], [width, height]] = await canvas.evaluate((canvas) => [[canvas.width, canvas.height], [canvas.clientWidth, canvas.clientHeight]]);
    assert.deepEqual([w, h], [Math.round(width * deviceScaleFactor), Math.round(height * deviceScaleFactor)]);
    await end();
  }
});

test("text of charts follows the host, also where a page changes its theme by itself", async () => {
  const { page, canvas, end } = await open("turns");
  /** The darkest and the lightest grey of labels. */
  const label = () => canvas.evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, 54, canvas.height);
    let [sum, count] = [0, 0];
    for (let k = 0; k < data.length; k += 4) if (data[k + 3] > 60) [sum, count] = [sum + data[k], count + 1];
    return sum / count;
  });
  const light = await label();
  assert.ok(light < 60, String(light));
  await page.addStyleTag({ content: "body.night { color: #eee; background: #111 }" });
  await page.evaluate(() => document.body.classList.add("night"));
  await page.waitForTimeout(200);
  assert.ok((await label()) > 190, String(await label()));
  await page.evaluate(() => document.body.classList.remove("night"));
  await page.waitForTimeout(200);
  assert.equal(await label(), light);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForTimeout(200);
  assert.ok((await label()) > 190, String(await label()));
  await end();
});

test("no label is cut off, however narrow the chart is", async () => {
  for (const [name, width] of [["legend", 700], ["legend", 320], ["lines", 320], ["right", 320]]) {
    const { page, end } = await open(name, { viewport: { width, height: 700 } });
    const cut = await page.locator("[data-np-on]").evaluate((host) => {
      const { left, right } = host.getBoundingClientRect();
      const boxes = [...host.shadowRoot.querySelectorAll(".legend button, .strip span")].filter((element) => element.textContent);
      const legend = host.shadowRoot.querySelector(".legend").getBoundingClientRect();
      return boxes.filter((element) => {
        const box = element.getBoundingClientRect();
        const outside = element.localName === "button" && (box.bottom > legend.bottom + 1 || box.top < legend.top - 1);
        return outside || box.left < left - 1 || box.right > right + 1;
      }).map((element) => element.textContent);
    });
    assert.deepEqual(cut, [], `${name} at ${width}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await end();
  }
});
