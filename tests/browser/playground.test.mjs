// The playground of `nopython serve`: its programs, edits, links and saved files give what NumPy gives. NOPYTHON names the command line,
// NOPYTHON_PYTHON a Python with NumPy.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch, open } from "./page.mjs";

let browser, folder, server, address;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "nopython-"));
  server = spawn(process.env.NOPYTHON, ["serve", folder], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface(server.stdout)) {
    address = line;
    break;
  }
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.kill();
  await rm(folder, { recursive: true });
});

const numpy = (cases) => JSON.parse(execFileSync(process.env.NOPYTHON_PYTHON, [fileURLToPath(new URL("playground.py", import.meta.url))], { input: JSON.stringify(cases), maxBuffer: 1 << 28 }));
const close = (a, b) => (Array.isArray(b) ? Array.isArray(a) && a.length === b.length && b.every((one, k) => close(a[k], one)) : typeof b === "boolean" ? a === b : Math.abs(a - b) <= 1e-11 * Math.max(1, Math.abs(b)));
/** The result of a figure and the values of its controls, as JSON has them; choices are their positions. */
const state = (page, selector = "#figure") =>
  page.locator(selector).evaluate((host) => {
    const plain = (value) => (Array.isArray(value) ? value.map(plain) : typeof value === "object" ? plain(value.toArray()) : typeof value === "bigint" ? Number(value) : value);
    const array = ({ data, shape }) => (shape.length > 1 ? Array.from({ length: shape[0] }, (_, k) => Array.from(data.slice(k * shape[1], (k + 1) * shape[1]))) : Array.from(data));
    return { result: plain(host.figure.result), values: host.figure.values.map((value) => (value.data ? array(value) : value)) };
  });
const text = (page) => page.locator("textarea").inputValue();
const said = (page) => page.locator("#problems").innerText();
/** Does something that changes the program, and waits until it is shown or refused. */
const changed = async (page, change) => {
  await page.locator("#figure").evaluate((host) => {
    globalThis.before = host.figure?.values;
    host.shadowRoot.querySelector("#problems").replaceChildren();
  });
  await change();
  await page.waitForFunction(() => {
    const host = document.querySelector("#figure");
    return host.figure?.values !== globalThis.before || host.shadowRoot.querySelector("#problems li");
  });
};
const playground = async (hash = "") => {
  const opened = await open(browser, `${address}playground${hash}`);
  await opened.page.waitForFunction(() => document.querySelector("#figure").figure || document.querySelector("#figure").shadowRoot?.querySelector("#problems li"));
  return opened;
};

test("every program shows what NumPy gives", async () => {
  const { page, problems } = await playground();
  const names = await page.locator("#program option").allTextContents();
  assert.ok(names.length > 6);
  const cases = [];
  const results = [];
  for (const [k, name] of names.slice(0, -1).entries()) {
    if (k) await changed(page, () => page.selectOption("#program", name));
    assert.equal(await said(page), "", name);
    assert.equal(new URL(page.url()).hash, `#program=${name}`);
    const { result, values } = await state(page);
    results.push(result);
    // The first option of a choice is text.
    const options = await page.locator("select[name]").evaluateAll((lists) => lists.map((list) => list.selectedOptions[0].textContent));
    cases.push([await text(page), name === "wave" ? [...values.slice(0, -1), options[0]] : values]);
    if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `playground-${name}.png`), fullPage: true });
  }
  numpy(cases).forEach((wanted, k) => assert.ok(close(results[k], wanted), `${names[k]}: ${JSON.stringify(results[k]).slice(0, 200)} in place of ${JSON.stringify(wanted).slice(0, 200)}`));
  assert.deepEqual(problems, []);
  await page.close();
});

test("a mistake is underlined, and leaves the figure; a signature makes controls, too", async () => {
  const { page } = await playground("#program=interference");
  const good = await state(page);
  const source = await text(page);
  await changed(page, () => page.locator("textarea").fill(source.replace("np.sqrt", "np.sqroot")));
  assert.match(await said(page), /line 5 .*sqroot[\s\S]*help: /);
  assert.ok((await page.locator("#figure").evaluate(({ shadowRoot }) => shadowRoot.querySelector("u").textContent)).includes("sqroot"));
  assert.deepEqual(await state(page), good);
  const typed = 'import numpy as np\nfrom numba import njit\n\n@njit("float64(float64[:, :], int64, boolean)")\ndef f(a, n, up):\n    return a.sum() * n if up else a.min()\n';
  await changed(page, () => page.locator("textarea").fill(typed));
  const { result, values } = await state(page);
  assert.deepEqual([result], numpy([[typed, values]]));
  for (const [program, words] of [["def f(x):\n    return x\n", /no control for the parameter x/], ["x = 1\n", /no function to show/], ["def f(n=3):\n    n += 1\n", /returns nothing/], ["def f(n=3):\n    while True:\n        n += 1\n    return n\n", /still ran after 5 seconds/]]) {
    await changed(page, () => page.locator("textarea").fill(program));
    assert.match(await said(page), words);
  }
  await page.close();
});

test("one's own program is kept while another is looked at", async () => {
  const { page } = await playground("#program=sample");
  const own = `${await text(page)}\n# mine\n`;
  await changed(page, () => page.locator("textarea").fill(own));
  await changed(page, () => page.locator("#program").selectOption("add"));
  assert.match(await text(page), /def add/);
  await changed(page, () => page.locator("#program").selectOption(""));
  assert.equal(await text(page), own);
  await page.close();
});

test("the address carries the source", async () => {
  const { page } = await playground("#program=sample");
  const own = `${await text(page)}\n\n\ndef ünïcode(a=2.0):\n    """</script><script>document.title = "broken"</script>"""\n    return a * 2, a\n`;
  await changed(page, () => page.locator("textarea").fill(own));
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.waitForFunction(() => document.querySelector("#said").textContent);
  assert.match(new URL(page.url()).hash, /^#source=[\w-]+$/);
  const other = await playground(new URL(page.url()).hash);
  assert.equal(await text(other.page), own);
  assert.deepEqual((await state(other.page)).result, numpy([[own, [2]]])[0]);
  assert.notEqual(await other.page.title(), "broken");
  // Back in history, or a link that is typed into the address bar.
  await changed(other.page, () => other.page.evaluate(() => void (location.hash = "#program=add")));
  assert.match(await text(other.page), /def add/);
  for (const hash of ["#source=AAAA", "#source=%%%", "#program=nothing"]) {
    const damaged = await playground(hash);
    assert.match(await text(damaged.page), /def wave/);
    assert.match(await damaged.page.locator("#said").textContent(), /^(The link is damaged|There is no program nothing)/);
    assert.deepEqual(damaged.problems, []);
    await damaged.page.close();
  }
  await other.page.close();
  await page.close();
});

test("what is saved is one file that lives without a network", async () => {
  const { page } = await playground("#program=sample");
  const hostile = (await text(page)).replace('"spread"', "\"</script><script>document.title='broken'</script>\"");
  await changed(page, () => page.locator("textarea").fill(hostile));
  const set = (page, value) => page.locator('[type="range"][name="n"]').evaluate((input, value) => {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, value);
  await set(page, 100);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as HTML" }).click()]);
  assert.equal(download.suggestedFilename(), "sample.html");
  const path = join(folder, "saved.html");
  await download.saveAs(path);
  assert.ok((await readFile(path)).length < 200_000);
  const context = await browser.newContext({ offline: true });
  const saved = await context.newPage();
  const problems = [];
  saved.on("pageerror", (error) => problems.push(String(error)));
  await saved.goto(pathToFileURL(path).href);
  const first = await state(saved, "[data-np-on]");
  await set(saved, 321);
  const second = await state(saved, "[data-np-on]");
  assert.deepEqual([first.values[0], second.values[0]], [100, 321]);
  const wanted = numpy([[hostile, first.values], [hostile, second.values]]);
  assert.ok(close(first.result, wanted[0]) && close(second.result, wanted[1]));
  assert.equal(await saved.title(), "sample");
  assert.deepEqual(problems, []);
  await context.close();
  const still = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await still.goto(pathToFileURL(path).href);
  assert.ok(await still.locator("img").evaluate((image) => image.naturalWidth > 100));
  await page.close();
});

test("other sites cannot have the server compile, and a folder's own page of the name comes first", async () => {
  const asked = (headers) => fetch(`${address}nopython/compile`, { method: "POST", headers, body: "outline\0a.py\0f\0def f(a=1): return a\n" });
  assert.equal((await asked({ "sec-fetch-site": "cross-site" })).status, 405);
  assert.equal((await (await asked({})).json()).outline.parameters[0].default, 1);
  for (const body of ["", "\0\0", "outline\0a.py\0f\0def", "compile\0a.py\0\nf (bad\0def f(): return 1"]) {
    const answer = await (await fetch(`${address}nopython/compile`, { method: "POST", body })).json();
    assert.equal(answer.about ?? answer.outline, undefined, body);
    assert.ok(answer.diagnostics.length, body);
  }
  await writeFile(join(folder, "playground"), "mine");
  assert.equal(await (await fetch(`${address}playground`)).text(), "mine");
});
