// Figures in Chromium, without a network: every control moves what NumPy says it moves, in pages, in exported notebooks and in slides; and
// without scripts there is the picture. PYTHON has the package.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "../browser/page.mjs";

let folder, browser, expected;
const python = (script) => execFileSync(process.env.PYTHON, [fileURLToPath(new URL(script, import.meta.url)), folder], { stdio: ["ignore", "inherit", "inherit"] });
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "nopython-"));
  python("figures.py");
  python("notebook.py");
  expected = JSON.parse(await readFile(join(folder, "expected.json"), "utf8"));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

/** A page from the disk, without a network; `hung` requests never end. */
const open = async (name, { hung = false, ...options } = {}) => {
  const context = await browser.newContext({ viewport: { width: 900, height: 800 }, ...options });
  await context.route(/^https?:/, (route) => (hung ? undefined : route.abort()));
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href, { waitUntil: hung ? "commit" : "load" });
  return { page, problems, close: () => context.close() };
};

/** Sets a control, by its name and its value: a number, a bool, the position of a choice, or two numbers. */
const set = async (page, name, value, nth = 0) => {
  const put = (selector, value) =>
    page.locator(selector).nth(nth).evaluate((input, value) => {
      if (input.type === "checkbox") input.checked = value;
      else input.value = String(value);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }, value);
  if (Array.isArray(value)) {
    await put(`[name="${name} to"]`, value[1]);
    await put(`[name="${name} from"]`, value[0]);
  } else await put(`[name="${name}"]`, value);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
};

/** The last result of a figure, as JSON has it. */
const result = (page, nth = 0) =>
  page.locator("[data-np-on]").nth(nth).evaluate((host) => {
    const plain = (value) => (Array.isArray(value) ? value.map(plain) : typeof value === "object" ? value.toArray() : value);
    return plain(host.figure.result);
  });

const close = (a, b) => (Array.isArray(b) ? a.length === b.length && b.every((one, k) => close(a[k], one)) : typeof b === "boolean" ? a === b : Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b)));

for (const name of ["wave", "image", "panels", "colours", "fails", "hostile"]) {
  test(`${name}: every state gives what NumPy gives`, async () => {
    const { page, problems, close: end } = await open(name);
    for (const { state, result: want } of expected[name].rows) {
      for (const [control, value] of Object.entries(state)) await set(page, control, value);
      const got = await result(page);
      assert.ok(close(got, want), `${JSON.stringify(state)}: ${JSON.stringify(got).slice(0, 200)} in place of ${JSON.stringify(want).slice(0, 200)}`);
    }
    assert.deepEqual(problems, []);
    assert.notEqual(await page.title(), "broken");
    if (process.env.PICTURES) {
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(process.env.PICTURES, `${name}-${colorScheme}.png`), fullPage: true });
      }
      await page.setViewportSize({ width: 320, height: 700 });
      await page.waitForTimeout(100);
      await page.screenshot({ path: join(process.env.PICTURES, `${name}-phone.png`), fullPage: true });
    }
    await end();
  });
}

for (const [name, control, values, skipped] of [["decay", "rate", [0.5, 0.25], 0], ["turned", "angle", [0.1, 0.3], 1]]) {
  test(`${name}: a simulation steps, is steered, starts again, and runs`, async () => {
    const wanted = JSON.parse(await readFile(join(folder, "simulations.json"), "utf8"))[name];
    // It begins still for those who prefer reduced motion.
    const { page, problems, close: end } = await open(name, { reducedMotion: "reduce" });
    const press = (button) => page.getByRole("button", { name: button, exact: true }).click();
    await set(page, control, values[0]);
    await press("Reset");
    for (let k = skipped; k < 3; k++) await press("Step");
    assert.ok(close(await result(page), wanted[0]), `${await result(page)} in place of ${wanted[0]}`);
    await set(page, control, values[1]);
    await press("Reset");
    for (let k = skipped; k < 4; k++) await press("Step");
    if (!skipped) assert.ok(close(await result(page), wanted[1]), `${await result(page)} in place of ${wanted[1]}`);
    const before = await result(page);
    await press("Play");
    await page.waitForTimeout(200);
    assert.ok(!close(await result(page), before));
    await press("Pause");
    const still = await result(page);
    await page.waitForTimeout(100);
    assert.deepEqual(await result(page), still);
    assert.deepEqual(problems, []);
    await end();
  });
}

test("canvases have ink, and follow the colours", async () => {
  const { page, close: end } = await open("colours");
  const pixel = () => page.locator("canvas").evaluate((canvas) => [...canvas.getContext("2d").getImageData(canvas.width / 2, canvas.height - 3, 1, 1).data]);
  assert.deepEqual(await pixel(), [128, 0, 0, 255]);
  await set(page, "red", 7);
  assert.deepEqual(await pixel(), [7, 0, 0, 255]);
  await end();
});

for (const name of ["wave", "growth", "offset", "tiny", "plane", "histogram", "measured"]) {
  test(`the picture of ${name} has the ticks and words of the live figure`, async () => {
    const { page, close: end } = await open(name, { viewport: { width: 680, height: 800 } });
    await page.addStyleTag({ content: "body { max-width: 640px; margin: 0 auto; padding: 0 }" });
    await page.waitForSelector("[data-np-on]", { state: "attached" });
    await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
    const svg = await readFile(join(folder, `${name}.svg`), "utf8");
    if (name !== "measured") {
      // Panels side by side are narrower than in the picture.
      const axes = (await page.locator("canvas").getAttribute("data-ticks")).split("|").map((text) => text.split(" ").filter((word) => word));
      const labels = (axis) => [...svg.matchAll(new RegExp(`class="${axis}">([^<]*)<`, "g"))].map(([, text]) => text);
      ["x", "y", "right"].forEach((axis, k) => assert.deepEqual(axes[k] ?? [], labels(axis), axis));
      assert.ok(axes[0].length > 2 && axes[1].length > 1, JSON.stringify(axes));
    }
    const caption = await page.locator("figcaption").allTextContents();
    const plain = svg.replaceAll("&amp;", "&").replace(/<[^>]*>/g, "|");
    for (const text of [...caption, ...(await page.locator(".strip span, .legend button").allTextContents())]) assert.ok(plain.includes(text), `${text} in ${plain}`);
    await page.screenshot({ path: join(process.env.PICTURES ?? folder, `${name}.png`) });
    await end();
  });
}

test("labels of ticks are whole, and stand apart", async () => {
  for (const [name, x, y] of [
    ["offset", "1000000.0 1000000.2 1000000.4 1000000.6 1000000.8 1000001.0", "999999999.0 999999999.5 1000000000.0 1000000000.5 1000000001.0"],
    ["tiny", "0 2e−10 4e−10 6e−10 8e−10 1.0e−9", "−1.0e12 −5e11 0 5e11 1.0e12"],
  ]) {
    const { page, close: end } = await open(name);
    await page.waitForSelector("[data-np-on]", { state: "attached" });
    // What is drawn is asked of the canvas: where each label begins and ends.
    const boxes = await page.evaluate(async () => {
      const drawn = [];
      const canvas = document.querySelector("[data-np-on]").shadowRoot.querySelector("canvas");
      const pen = canvas.getContext("2d");
      pen.fillText = (text, x, y) => {
        const { width } = pen.measureText(text);
        const left = x - { left: 0, center: width / 2, right: width }[pen.textAlign];
        drawn.push([text, left, left + width, y]);
      };
      globalThis.dispatchEvent(new Event("resize"));
      document.querySelector("[data-np-on]").shadowRoot.querySelector("input").dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((done) => setTimeout(done, 100));
      return { drawn, width: canvas.clientWidth };
    });
    assert.ok(boxes.drawn.length > 4, JSON.stringify(boxes));
    for (const [text, left, right] of boxes.drawn) assert.ok(left >= 0 && right <= boxes.width + 0.5, `${text} from ${left} to ${right} of ${boxes.width}`);
    const below = boxes.drawn.filter(([, , , y], k) => boxes.drawn.some(([, , , other], j) => j !== k && other === y));
    for (const [k, [text, left]] of below.entries()) assert.ok(k === 0 || left > below[k - 1][2], `${text} overlaps`);
    assert.deepEqual((await page.locator("canvas").getAttribute("data-ticks")).split("|").slice(0, 2), [x, y]);
    await end();
  }
});

test("titles and labels follow the sliders", async () => {
  const growth = await open("growth");
  await set(growth.page, "s", 1.3);
  assert.deepEqual(await growth.page.locator("figcaption, .legend button").allTextContents(), ["e to the 1.30", "exp 1.3", "square"]);
  await set(growth.page, "s", 2);
  // A float is one also where it is whole.
  assert.deepEqual(await growth.page.locator("figcaption, .legend button").allTextContents(), ["e to the 2.00", "exp 2.0", "square"]);
  await growth.close();
  const measured = await open("measured");
  await set(measured.page, "k", 4);
  await set(measured.page, "mode", 1);
  assert.equal(await measured.page.locator("figcaption").first().textContent(), "4 and high, mean 1,533.300");
  await measured.close();
});

test("tables are typed and pasted, points dragged, buttons pressed", async () => {
  const { page, problems, close: end } = await open("controls");
  await page.waitForSelector("canvas");
  const expectedSlope = JSON.parse(await readFile(join(folder, "controls.json"), "utf8"));
  const settle = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);
  const cell = (row, column) => page.getByLabel(`data, row ${row}, column ${column}`);
  const type = async (field, text) => {
    await field.fill(text);
    await field.press("Tab");
    await settle();
  };
  await type(cell(1, 1), ".5");
  near((await result(page))[1], expectedSlope.typed);
  // What is no number is marked, and changes nothing.
  await type(cell(1, 1), "spam");
  assert.equal(await cell(1, 1).getAttribute("aria-invalid"), "true");
  near((await result(page))[1], expectedSlope.typed);
  await type(cell(1, 1), "0,5");
  assert.equal(await cell(1, 1).getAttribute("aria-invalid"), "false");
  await page.getByRole("button", { name: "add a row" }).first().click();
  await settle();
  near((await result(page))[1], expectedSlope.added);
  await cell(1, 0).evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", "1.5\t−2.5\r\n3.\t1e3\r\n4\t.25\r\n");
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await settle();
  near((await result(page))[1], expectedSlope.pasted);
  await page.getByRole("button", { name: "remove row 0" }).first().click();
  await settle();
  near((await result(page))[1], expectedSlope.removed);
  // Integers stay integers.
  await type(page.getByLabel("weights, row 2"), "1.5");
  assert.equal((await result(page))[5], 6);
  await type(page.getByLabel("weights, row 2"), "-40");
  assert.equal((await result(page))[5], -37);
  await page.getByRole("button", { name: "Again" }).click();
  await page.getByRole("button", { name: "Again" }).click();
  await settle();
  assert.equal((await result(page))[4], 2);
  // The chart goes from 0 to 4 both ways, between its margins.
  await page.locator("canvas").first().scrollIntoViewIfNeeded();
  const { x, y, width, height } = await page.locator("canvas").first().boundingBox();
  const at = (px, py) => [x + 56 + ((width - 72) * px) / 4, y + height - 40 - ((height - 52) * py) / 4];
  await page.mouse.move(...at(1, 2));
  await settle();
  assert.ok((await result(page))[3].every((value, k) => Math.abs(value - [1, 2][k]) < 0.05), JSON.stringify((await result(page))[3]));
  await page.mouse.down();
  await page.mouse.move(...at(2, 3), { steps: 4 });
  await page.mouse.up();
  await settle();
  assert.ok(Math.abs((await result(page))[2] - 32) < 0.5, `${(await result(page))[2]}`);
  await type(page.getByLabel("p, x"), "3");
  await type(page.getByLabel("p, y"), "0.5");
  near((await result(page))[2], 8);
  assert.deepEqual(problems, []);
  await page.screenshot({ path: join(process.env.PICTURES ?? folder, "controls.png"), fullPage: true });
  await end();
});

test("numbers are formatted as Python formats them", async () => {
  const { build } = createRequire(new URL("../../runtime/js/package.json", import.meta.url))("esbuild");
  const entry = fileURLToPath(new URL("../../runtime/js/src/figure/format.ts", import.meta.url));
  const [{ text }] = (await build({ entryPoints: [entry], bundle: true, format: "esm", write: false })).outputFiles;
  const { format } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  const rows = JSON.parse(await readFile(join(folder, "formats.json"), "utf8"));
  const value = (text, isFloat) => (isFloat ? Number(text.replace("inf", "Infinity")) : BigInt(text));
  const wrong = rows.filter(([text, isFloat, spec, expected]) => format(value(text, isFloat), spec, isFloat) !== expected);
  assert.deepEqual(wrong.slice(0, 5), []);
  assert.ok(rows.length > 5000);
});

test("a drag zooms, keys and two fingers too, a double click goes back, and a label hides its line", async () => {
  const { page, close: end } = await open("growth");
  const ticks = () => page.locator("canvas").getAttribute("data-ticks");
  await page.waitForSelector("canvas");
  const all = await ticks();
  const { x, y } = await page.locator("canvas").boundingBox();
  await page.mouse.move(x + 200, y + 80);
  await page.mouse.down();
  await page.mouse.move(x + 300, y + 160, { steps: 3 });
  await page.mouse.up();
  const zoomed = await ticks();
  assert.notEqual(zoomed, all);
  await page.locator("canvas").dblclick();
  assert.equal(await ticks(), all);
  await page.locator("canvas").focus();
  for (const key of ["+", "+", "+", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
  assert.notEqual(await ticks(), all);
  await page.keyboard.press("Escape");
  assert.equal(await ticks(), all);
  const touch = (type, ...points) =>
    page.locator("canvas").evaluate((canvas, [type, points]) => {
      const { left, top } = canvas.getBoundingClientRect();
      points.forEach(([px, py], k) => canvas.dispatchEvent(new PointerEvent(type, { pointerId: k + 7, pointerType: "touch", clientX: left + px, clientY: top + py })));
    }, [type, points]);
  await touch("pointerdown", [250, 120], [350, 180]);
  await touch("pointermove", [150, 60], [450, 240]);
  await touch("pointerup", [150, 60], [450, 240]);
  assert.notEqual(await ticks(), all);
  await page.keyboard.press("0");
  const button = page.getByRole("button", { name: "exp 0.5" });
  await button.click();
  assert.equal(await button.getAttribute("aria-pressed"), "false");
  assert.notEqual(await ticks(), all);
  await button.click();
  assert.equal(await ticks(), all);
  await end();
});

test("values are typed, keys move sliders, and a double click resets", async () => {
  const { page, close: end } = await open("wave");
  const values = () => page.locator("[data-np-on]").evaluate(({ figure }) => figure.values);
  const typed = page.getByLabel("frequency, value");
  await typed.fill("3,25");
  await typed.press("Enter");
  assert.equal((await values())[0], 3.25);
  await typed.fill("spam");
  await typed.press("Tab");
  assert.ok(Number.isFinite((await values())[0]));
  await typed.fill("99");
  await typed.press("Enter");
  assert.equal((await values())[0], 8);
  const track = page.locator('[name="n"]');
  await track.focus();
  await track.press("ArrowRight");
  assert.equal((await values())[2], 201);
  await track.press("PageUp");
  assert.equal((await values())[2], 211);
  await track.dblclick();
  assert.equal((await values())[2], 200);
  await end();
});

test("integers beyond 2**53 have all their digits, and a value between two steps its own", async () => {
  const { page, problems, close: end } = await open("large");
  const text = (nth) => page.locator(".number").nth(nth).textContent();
  assert.equal(await text(0), String(2n ** 60n + 1n));
  assert.equal(await page.locator('[aria-label="damp, value"]').inputValue(), "0.01");
  assert.equal(await text(1), "0.01");
  await set(page, "power", 61);
  assert.equal(await text(0), String(2n ** 61n + 1n));
  await set(page, "power", 5);
  assert.equal(await text(0), "33");
  assert.deepEqual(problems, []);
  await end();
});

test("an exception is shown with its line, and the figure lives on", async () => {
  const { page, problems, close: end } = await open("fails");
  await set(page, "n", 12);
  assert.match(await page.locator(".error").textContent(), /^ValueError: n must not be above 10 \(line \d+, in fails\)$/);
  await set(page, "n", 6);
  assert.match(await page.locator(".error").textContent(), /^IndexError: index 6 is out of bounds/);
  await set(page, "n", 4);
  assert.equal(await page.locator(".error").textContent(), "");
  assert.equal(await page.locator(".number").textContent(), "4");
  assert.deepEqual(problems, []);
  await end();
});

for (const name of ["notebook", "slides"]) {
  test(`figures live in a ${name} that nbconvert has exported`, async () => {
    const { page, problems, close: end } = await open(name);
    await page.waitForSelector("[data-np-on]", { state: "attached" });
    assert.equal(await page.locator("[data-np-on]").count(), 3);
    await set(page, "a", 5);
    assert.deepEqual(await result(page, 0), [0, 5, 10, 15, 20]);
    // A copy of a figure is alive too, for itself.
    assert.deepEqual(await result(page, 2), [0, 2, 4, 6, 8]);
    await set(page, "a", 7, 1);
    assert.deepEqual(await result(page, 2), [0, 7, 14, 21, 28]);
    await set(page, "n", 101);
    assert.equal(await result(page, 1), 4950);
    assert.deepEqual(problems.filter((text) => !/require|MathJax|Reveal|mermaid|jQuery/i.test(text)), []);
    await end();
  });
}

test("without scripts there is the picture", async () => {
  const { page, close: end } = await open("wave", { javaScriptEnabled: false });
  const size = await page.locator("img").boundingBox();
  assert.ok(size.width > 300 && size.height > 200, JSON.stringify(size));
  await page.screenshot({ path: join(process.env.PICTURES ?? folder, "no-script.png") });
  await end();
});

/** A page with a content security policy. */
const withPolicy = async (name, policy) => {
  const text = await readFile(join(folder, `${name}.html`), "utf8");
  await writeFile(join(folder, "policy.html"), text.replace("<meta ", `<meta http-equiv="Content-Security-Policy" content="${policy}"><meta `));
  return open("policy");
};

for (const [kind, policy] of [["a worker", undefined], ["a page that refuses workers", "default-src 'none'; img-src data:; script-src 'unsafe-inline' 'wasm-unsafe-eval'"]]) {
  test(`a slow kernel runs in ${kind}, and the newest value counts`, async () => {
    const values = JSON.parse(await readFile(join(folder, "slow.json"), "utf8"));
    const { page, problems, close: end } = policy ? await withPolicy("slow", policy) : await open("slow");
    await page.waitForSelector("[data-np-on]", { state: "attached" });
    assert.deepEqual(await result(page), values[4]);
    assert.ok(await page.locator("[data-np-on]").evaluate(({ figure }) => figure.beside));
    const idle = () => page.waitForSelector('[aria-busy="false"]', { state: "attached" });
    // How long the page was not alive.
    await page.evaluate(() => {
      let last = performance.now();
      globalThis.longest = 0;
      const tick = () => {
        globalThis.longest = Math.max(globalThis.longest, performance.now() - last);
        last = performance.now();
        requestAnimationFrame(tick);
      };
      tick();
    });
    for (const n of [2, 3, 5, 6]) await set(page, "n", n);
    await idle();
    assert.deepEqual(await result(page), values[6]);
    assert.match(await page.locator("td").first().textContent(), new RegExp(`^${values[6][0][0]}$`));
    if (!policy) assert.ok((await page.evaluate(() => globalThis.longest)) < 90, `${await page.evaluate(() => globalThis.longest)} ms`);
    await set(page, "n", 20);
    await idle();
    assert.match(await page.locator(".error").textContent(), /^ValueError: n must not be above limit \(line \d+, in slow\)$/);
    await set(page, "n", 1);
    await idle();
    assert.deepEqual([await result(page), await page.locator(".error").textContent()], [values[1], ""]);
    assert.deepEqual(problems, []);
    await end();
  });
}

test("a policy of inline scripts and WebAssembly is enough", async () => {
  const { page, close: end } = await withPolicy("wave", "default-src 'none'; img-src data:; script-src 'unsafe-inline' 'wasm-unsafe-eval'");
  await page.waitForSelector("[data-np-on]", { state: "attached" });
  await set(page, "n", 100);
  assert.equal((await result(page))[1].length, 100);
  // A nonce is handed on.
  await end();
  const text = (await readFile(join(folder, "wave.html"), "utf8")).replace("<script>", '<script nonce="abc">').replace("<meta ", `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; script-src 'nonce-abc' 'wasm-unsafe-eval'"><meta `);
  await writeFile(join(folder, "nonce.html"), text);
  const other = await open("nonce");
  await other.page.waitForSelector("[data-np-on]", { state: "attached" });
  assert.equal(await other.page.locator("canvas").count(), 1);
  await other.close();
});

test("a loop that does not end leaves the page alive, and ends when a value changes", async () => {
  const { page, problems, close: end } = await open("steps");
  const done = () => page.waitForSelector('[aria-busy="false"]', { state: "attached", timeout: 10_000 });
  const [first, second] = expected.steps.rows;
  await set(page, "n", first.state.n);
  await done();
  assert.equal(await result(page), first.result);
  await set(page, "n", 0);
  await page.waitForFunction(() => /computing/.test(document.querySelector("[data-np-on]").shadowRoot.querySelector(".told").textContent));
  assert.equal(await result(page), first.result);
  await set(page, "n", second.state.n);
  await done();
  assert.deepEqual([await result(page), problems], [second.result, []]);
  await end();
});

test("what is typed beside a slider is taken exactly, or refused in words", async () => {
  const { page, problems, close: end } = await open("odd");
  const typed = async (name, text) => {
    const field = page.getByLabel(`${name}, value`, { exact: true });
    await field.fill(text);
    await field.press("Enter");
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    return field.locator("xpath=../span[@role='alert']").textContent();
  };
  const values = () => page.locator("[data-np-on]").evaluate(({ figure }) => [figure.values[0], figure.result[0]].map(String));
  assert.equal(await page.getByLabel("c, value", { exact: true }).inputValue(), String(2n ** 61n));
  assert.equal(await typed("c", "4611686018427387905"), "");
  assert.deepEqual(await values(), ["4611686018427387905", "4611686018427387908"]);
  assert.match(await typed("c", "9223372036854775808"), /takes an integer from -9223372036854775808 to 9223372036854775807/);
  assert.equal(await typed("n", "3.7"), "takes an integer from 0 to 10, not 3.7");
  assert.equal(await typed("a", "-1"), "takes a number from 0.01 to 100, not -1");
  assert.equal(await typed("a", "10"), "");
  assert.ok(Math.abs((await page.locator("[data-np-on]").evaluate(({ figure }) => figure.values[1])) - 10) < 1e-9);
  assert.deepEqual(problems, []);
  await end();
});

test("lines of uneven lengths are an error, as they are in Python", async () => {
  const { page, close: end } = await open("uneven");
  await set(page, "n", 7);
  assert.equal(await page.locator(".error").textContent(), "ValueError: x and y must have same first dimension, but have shapes (7,) and (5,)");
  await set(page, "n", 5);
  assert.equal(await page.locator(".error").textContent(), "");
  await end();
});

test("an image without rows takes no room, and comes back", async () => {
  const { page, problems, close: end } = await open("rows");
  const height = () => page.locator("canvas").evaluate((canvas) => canvas.getBoundingClientRect().height);
  const before = await height();
  assert.ok(before > 50);
  await set(page, "n", 0);
  assert.equal(await height(), 0);
  await set(page, "n", 3);
  assert.equal(await height(), before);
  assert.deepEqual(problems, []);
  await end();
});

test("where no WebAssembly may run, the picture stays and a line says why", async () => {
  const { page, close: end } = await withPolicy("wave", "default-src 'none'; img-src data:; script-src 'unsafe-inline'");
  await page.waitForSelector("[data-np-on]", { state: "attached" });
  assert.match(await page.locator("[data-np-on] p").textContent(), /^This figure does not move: /);
  assert.ok((await page.locator("[data-np-on] img").boundingBox()).height > 200);
  await end();
});

test("figures are small", () => {
  for (const [name, { html, picture }] of Object.entries(expected)) {
    assert.ok(picture <= 20_000, `the picture of ${name} has ${picture} bytes`);
    const most = ["image", "plane", "colours", "fails", "steps", "rows"].includes(name) ? SMALL : LARGEST;
    assert.ok(html - (picture * 4) / 3 <= most, `${name} adds ${html - (picture * 4) / 3} bytes`);
  }
});

/** Bytes of a figure with charts, without its picture; 85,000 are allowed. To be lowered whenever it gets smaller. */
const LARGEST = 36_700;

/** Those of an image or of numbers; 30 KB are meant. To be lowered whenever it gets smaller. */
const SMALL = 31_150;
