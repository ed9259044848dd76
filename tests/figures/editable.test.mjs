// Figures whose source the reader edits, in Chromium without a network: an edit shows what NumPy gives for it, and a mistake is underlined and
// leaves the figure as it was. PYTHON has the package, with the compiler for browsers in it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "../browser/page.mjs";

let folder, browser, edits, author, cubes, doubled, made, slow;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "nopython-"));
  execFileSync(process.env.PYTHON, [fileURLToPath(new URL("editable.py", import.meta.url)), folder], { stdio: ["ignore", "inherit", "inherit"] });
  ({ edits, author, cubes, doubled, made, slow } = JSON.parse(await readFile(join(folder, "editable.json"), "utf8")));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

const open = async (name, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1240, height: 800 }, ...options });
  await context.route(/^https?:/, (route) => route.abort());
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
  await page.waitForSelector("[data-np-on]", { state: "attached" });
  return { page, problems, close: () => context.close() };
};
const host = (page, nth = 0) => page.locator("[data-np-on]").nth(nth);
const result = (page, nth = 0) =>
  host(page, nth).evaluate((host) => {
    const plain = (value) => (Array.isArray(value) ? value.map(plain) : typeof value === "object" ? value.toArray() : value);
    return plain(host.figure.result);
  });
const close = (a, b) => (Array.isArray(b) ? Array.isArray(a) && a.length === b.length && b.every((one, k) => close(a[k], one)) : typeof b === "boolean" ? a === b : Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b)));
/** What is underlined, and what is said of it. */
const said = (page, nth = 0) =>
  host(page, nth).evaluate(({ shadowRoot: root }) => ({ marks: [...root.querySelectorAll("u")].map((mark) => mark.textContent).join(""), text: root.querySelector("#problems").innerText, invalid: root.querySelector("textarea").getAttribute("aria-invalid") }));
const set = async (page, name, value) => {
  await page.locator(`[name="${name}"]`).first().evaluate((input, value) => {
    if (input.type === "checkbox") input.checked = value;
    else input.value = String(value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }, value);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
};
/** Types a source, and waits until it is shown or refused. */
const edit = async (page, text, nth = 0) => {
  const before = await host(page, nth).evaluate((host) => {
    host.shadowRoot.querySelector("#problems").replaceChildren();
    return (globalThis.before = host.figure?.values);
  });
  await page.locator("textarea").nth(nth).fill(text);
  await host(page, nth).evaluate(async (host) => {
    for (let k = 0; k < 400 && host.figure?.values === globalThis.before && !host.shadowRoot.querySelector("#problems li"); k++) await new Promise((done) => setTimeout(done, 25));
  });
  return before;
};
const choose = async (page) => {
  await set(page, "k", 3);
  await set(page, "n", 30);
  await set(page, "mode", 1);
  await set(page, "lift", true);
  await set(page, "ends from", -2);
  await set(page, "ends to", 2.5);
};

test("an edit shows what NumPy gives for it, with the values of the controls", async () => {
  const { page, problems, close: end } = await open("curve");
  await choose(page);
  assert.equal(await page.locator("textarea").inputValue(), author);
  for (const [name, { text, result: wanted }] of Object.entries(edits)) {
    if (name !== "none") await edit(page, text);
    assert.deepEqual(await said(page), { marks: "", text: "", invalid: name === "none" ? null : "false" }, name);
    assert.ok(close(await result(page), wanted), `${name}: ${JSON.stringify(await result(page)).slice(0, 300)} in place of ${JSON.stringify(wanted).slice(0, 300)}`);
  }
  assert.deepEqual(problems, []);
  await end();
});

test("parameters that are added have controls, which move the figure; Reset is the author's again", async () => {
  const { page, close: end } = await open("curve");
  await edit(page, author.replace("return {", "return {'given': (shift, big), ").replace("k=2.0,", "k=2.0, shift=1.5, big=[1, 3], exact=(0, 8, 2),"));
  assert.deepEqual((await result(page))[0], [1.5, 1]);
  await set(page, "shift", 2.5);
  await set(page, "big", 1);
  assert.deepEqual((await result(page))[0], [2.5, 3]);
  assert.equal(await page.locator('[type="range"][name="exact"]').getAttribute("step"), "2");
  // Without the parameter there is no control; the others stay.
  await set(page, "k", 4);
  await edit(page, author.replace(", lift=False", "").replace("if lift:", "if k > 100:"));
  assert.equal(await page.locator('[name="lift"]').count(), 0);
  assert.equal(await page.locator('[type="range"][name="k"]').inputValue(), "4");
  await page.getByRole("button", { name: "Reset" }).click();
  assert.equal(await page.locator("textarea").inputValue(), author);
  assert.equal(await page.locator('[name="lift"]').count(), 1);
  assert.ok(await page.getByRole("button", { name: "Reset" }).isDisabled());
  await end();
});

test("defaults have the controls that Python makes of them", async () => {
  const { page, close: end } = await open("curve");
  await edit(page, made.text);
  assert.equal((await said(page)).text, "");
  const shown = await host(page).evaluate((host) =>
    [...host.shadowRoot.querySelector(".stage > div").shadowRoot.querySelectorAll(".control")].map((row) => {
      const [input, typed] = row.querySelectorAll("input, select");
      const { name, type } = input;
      if (type === "select-one") return { kind: "choice", name, labels: [...input.options].map((option) => option.text) };
      if (type === "checkbox") return { kind: "bool", name };
      return { kind: "number", name, integer: /^-?\d+$/.test(typed.value), low: Number(input.min), high: Number(input.max), step: Number(input.step) };
    }).map((control, k) => ({ ...control, value: host.figure.values[k] })),
  );
  const wanted = made.controls.map(({ log, values, ...control }) => control);
  assert.deepEqual(shown, wanted);
  await end();
});

test("an edit that takes long runs beside the page", async () => {
  const { page, close: end } = await open("curve");
  await set(page, "k", 3);
  await edit(page, slow.text);
  assert.equal((await said(page)).text, "");
  assert.ok(close(await result(page), slow.results[0]));
  assert.ok(await host(page).evaluate((host) => host.figure.beside));
  await set(page, "k", 4);
  await host(page).evaluate(async (host) => {
    const before = host.figure.result;
    while (host.figure.result === before) await new Promise((done) => setTimeout(done, 20));
  });
  assert.ok(close(await result(page), slow.results[1]));
  await end();
});

const MISTAKES = {
  "a name": [["np.tanh(k * x)", "np.tanh(k * missing)"], "missing", /^line \d+ name 'missing' is not defined[\s\S]*help: /],
  syntax: [["np.tanh(k * x)", "np.tanh(k * x"], "(", /never closed/],
  "beyond the first plane": [["np.tanh(k * x)", "'😀' + missing"], "missing", /'missing' is not defined/],
  "the function is gone": [["def curve(", "def curves("], "i", /there is no function curve\(\)/],
  "no default": [["curve(k=2.0,", "curve(new, k=2.0,"], "new", /no control for the parameter new[\s\S]*new=1\.0/],
  "any number": [["weights=array__)", "*weights)"], "weights", /any number of arguments/],
  "two dicts": [["if lift:", "if k < 0:\n        return {'other': k}\n    if lift:"], "{'other': k}", /different keys/],
  nothing: [["return {\"curve\"", "{\"curve\""], "", /is not compiled|returns nothing|has none of type/],
  raises: [["x = np.linspace", "x = np.zeros(2)[int(k) + 5] * np.linspace"], "x = np.zeros(2)[int(k) + 5] * np.linspace(ends[0], ends[1], n)", /IndexError: index 8 is out of bounds for axis 0 with size 2 \(in curve\)/],
  "a loop without an end": [["if lift:", "while k > 0:\n        k += 1\n    if lift:"], "", /still ran after 5 seconds/],
  empty: [[undefined, ""], "", /there is no function curve\(\)/],
};
test("a mistake is underlined and said, and the last good figure stays and moves", async () => {
  const { page, problems, close: end } = await open("curve");
  await choose(page);
  for (const [name, [[old, now], marks, words]] of Object.entries(MISTAKES)) {
    if (old) assert.ok(author.includes(old), name);
    await edit(page, old === undefined ? now : author.replace(old, now));
    const { marks: marked, text, invalid } = await said(page);
    assert.match(text, words, name);
    if (marks) assert.equal(marked, marks, name);
    assert.equal(invalid, "true");
    await set(page, "k", 2);
    await set(page, "k", 3);
    assert.ok(close(await result(page), edits.none.result), name);
  }
  await edit(page, edits.helper.text);
  assert.ok(close(await result(page), edits.helper.result));
  assert.equal((await said(page)).text, "");
  assert.deepEqual(problems, []);
  await end();
});

test("the newest edit counts, whatever the one before does", async () => {
  const { page, close: end } = await open("curve");
  await choose(page);
  await page.locator("textarea").fill(author.replace("if lift:", "while k > 0:\n        k += 1\n    if lift:"));
  await page.waitForTimeout(600);
  await edit(page, edits.constant.text);
  assert.ok(close(await result(page), edits.constant.result));
  await end();
});

test("keys: Tab indents and is no trap, Enter keeps the indentation, a place is jumped to", async () => {
  const { page, close: end } = await open("curve");
  const field = page.locator("textarea");
  const value = () => field.inputValue();
  const active = () => host(page).evaluate(({ shadowRoot }) => shadowRoot.activeElement?.textContent || shadowRoot.activeElement?.tagName);
  await field.fill("def f(a=1):");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("return a");
  await page.keyboard.press("Enter");
  assert.equal(await value(), "def f(a=1):\n    return a\n    ");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await value(), "def f(a=1):\n    return a\n    ");
  await page.keyboard.press("Control+z");
  assert.notEqual(await value(), "def f(a=1):\n    return a\n    ");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.notEqual(await active(), "TEXTAREA");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await active(), "TEXTAREA");
  await edit(page, MISTAKES["a name"][0].reduce((old, now) => author.replace(old, now)));
  await page.getByRole("button", { name: /^line/ }).click();
  const at = await field.evaluate((field) => field.value.slice(field.selectionStart, field.selectionStart + 7));
  assert.equal(at, "missing");
  assert.ok((await field.getAttribute("aria-label")).includes("curve"));
  await end();
});

test("hostile sources stay text", async () => {
  const { page, problems, close: end } = await open("hostile");
  const text = await page.locator("textarea").inputValue();
  assert.ok(text.includes("</textarea></script><script>"));
  await edit(page, `${text.replace("* a", "* a * 2")}\n\n\ndef other(): return "</script><img src=x onerror=document.title='broken'>"`);
  assert.deepEqual(await result(page), doubled);
  await edit(page, text.replace("np.arange", "np.arange</script><img src=x onerror=\"document.title='broken'\">"));
  assert.notEqual((await said(page)).text, "");
  await page.waitForTimeout(100);
  assert.notEqual(await page.title(), "broken");
  assert.equal(await host(page).evaluate(({ shadowRoot }) => shadowRoot.querySelectorAll("img, script").length), 0);
  assert.deepEqual(problems, []);
  await end();
});

test("where a policy refuses workers, the page compiles itself", async () => {
  const { page, close: end } = await open("strict");
  await choose(page);
  await edit(page, edits.helper.text);
  assert.ok(close(await result(page), edits.helper.result), (await said(page)).text);
  await edit(page, MISTAKES["a name"][0].reduce((old, now) => author.replace(old, now)));
  assert.match((await said(page)).text, /missing/);
  await end();
});

test("two figures of a page are edited apart", async () => {
  const { page, close: end } = await open("two");
  const untouched = await result(page, 1);
  await edit(page, author.replace("np.tanh(k * x)", "np.tanh(k * x) + 1"));
  assert.ok(Math.abs((await result(page))[1] - untouched[1] - 1) < 1e-12);
  assert.ok(close(await result(page, 1), untouched));
  await edit(page, author.replace("np.tanh(k * x)", "np.tanh(k * x) + 2"), 1);
  assert.ok(Math.abs((await result(page, 1))[1] - untouched[1] - 2) < 1e-12);
  await end();
});

test("pages of `nopython figure` share the compiler and the code of figures", async () => {
  const files = (await readdir(join(folder, "shared"))).sort();
  assert.deepEqual(files, ["line.fragment.html", "line.html", "line_2.fragment.html", "line_2.html", "nopython-compiler.js", "nopython-figures.js", "square.fragment.html", "square.html"]);
  const most = async (name, limit) => {
    const { size } = await stat(join(folder, "shared", name));
    assert.ok(size < limit, `${name} takes ${size} bytes`);
  };
  await most("nopython-compiler.js", 1_050_000);
  await most("nopython-figures.js", 73_200);
  await most("square.html", 12_000);
  await most("line_2.html", 12_000);
  const { page, problems, close: end } = await open("shared/square");
  await edit(page, (await page.locator("textarea").inputValue()).replace("** 2", "** 3"));
  assert.deepEqual(await result(page), cubes);
  assert.deepEqual(problems, []);
  await end();
  const other = await open("shared/line_2");
  assert.deepEqual([await other.page.locator("canvas").count(), other.problems], [1, []]);
  await other.close();
  await rm(join(folder, "shared/nopython-figures.js"));
  const alone = await open("shared/line");
  assert.match(await alone.page.locator("[data-np-on]").innerText(), /does not move: the script with the code of figures is missing, nopython-figures\.js/);
  await alone.close();
});

test("Reset can be undone", async () => {
  const { page, close: end } = await open("curve");
  const field = page.locator("textarea").first();
  const changed = author.replace("np.tanh(k * x)", "np.tanh(k * x) + 1");
  await field.fill(changed);
  await page.getByRole("button", { name: "Reset" }).first().click();
  assert.equal(await field.inputValue(), author);
  await field.press("Control+z");
  assert.equal(await field.inputValue(), changed);
  await end();
});

test("an editor fits a phone, and both schemes", async () => {
  for (const [colorScheme, width] of [["light", 1240], ["dark", 1240], ["light", 320], ["dark", 320]]) {
    const { page, close: end } = await open("curve", { colorScheme, viewport: { width, height: 800 } });
    await edit(page, MISTAKES["a name"][0].reduce((old, now) => author.replace(old, now)));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.screenshot({ path: join(process.env.PICTURES ?? folder, `editable-${colorScheme}-${width}.png`), fullPage: true });
    await end();
  }
});
