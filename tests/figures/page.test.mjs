// The page that `nopython build --html` makes: a figure of each function, whose controls take what readers type, paste and drop, and whose
// results are NumPy's. From the disk without a network, and under a content security policy. PYTHON has the package.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "../browser/page.mjs";

let folder, browser, expected;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "nopython-"));
  execFileSync(process.env.PYTHON, [fileURLToPath(new URL("page.py", import.meta.url)), folder], { stdio: ["ignore", "inherit", "inherit"] });
  expected = JSON.parse(await readFile(join(folder, "page.json"), "utf8"));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

/** A page, and all that goes wrong on it. */
const open = async ({ address, script, ...options } = {}) => {
  const context = await browser.newContext({ viewport: { width: 900, height: 800 }, offline: !address, ...options });
  const page = await context.newPage();
  if (script) await page.addInitScript(script);
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.goto(address ?? pathToFileURL(join(folder, `${expected.name}.html`)).href);
  await page.waitForFunction(() => [...document.querySelectorAll("[data-np]")].every((host) => host.shadowRoot));
  /** Waits until figures show what their controls say. */
  const settle = async () => {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await page.waitForFunction(() => ![...document.querySelectorAll("[data-np]")].some((host) => host.shadowRoot.querySelector('[aria-busy="true"]')));
  };
  /** The section of a function, or of one of its overloads. */
  const section = (name, nth = 0) => page.locator("section", { has: page.locator("h2", { hasText: new RegExp(`^${name}\\(`) }) }).nth(nth);
  /** Types into a field, as a reader does. */
  const type = async (field, text) => {
    await field.fill(text);
    await field.press("Tab");
    await settle();
  };
  return { page, problems, section, settle, type, close: () => context.close() };
};

/** What a number stands for, as Python or JavaScript writes it: integers are compared by their digits. */
const same = (got, want) => got === want || (/[.einf]|nan/.test(got + want) && Object.is(number(got), number(want)));
const number = (text) => (text === "nan" ? NaN : text === "inf" ? Infinity : text === "-inf" ? -Infinity : Number(text));

/** The array of a panel: what its summary says, and its cells. */
const array = async (where, nth = 0) => {
  const details = where.locator("details").nth(nth);
  if (!(await details.evaluate((one) => one.open))) {
    await details.locator("summary").click();
    await details.locator("td").first().waitFor();
  }
  const [, dtype, shape] = /^(\w+), shape \((.*?),?\)$/.exec(await details.locator("summary").innerText());
  return { dtype, shape: shape.split(", ").filter((n) => n).map(Number), items: await details.locator("tbody td").allTextContents() };
};
/** Compares an array with NumPy's; of long ones the numbers that are shown. */
const sameArray = (got, want, message = "") => {
  assert.deepEqual([got.dtype, got.shape], [want.dtype, want.shape], message);
  got.items.forEach((text, k) => assert.ok(/…/.test(text) || same(text, want.items[k]), `${message} item ${k}: ${text} in place of ${want.items[k]}`));
  assert.ok(got.items.length);
};

test("numbers are typed in every form, and results have all their digits", async () => {
  const { page, problems, section, type, settle, close } = await open();
  for (const { function: name, typed, want } of expected.rows) {
    const place = section(name);
    for (const [label, text] of Object.entries(typed)) {
      if (typeof text === "boolean") await place.getByRole("checkbox").setChecked(text);
      else if (await place.locator(`textarea[name="${label}"]`).count()) await place.locator(`textarea[name="${label}"]`).fill(text);
      else await type(place.getByLabel(`${label}, value`, { exact: true }), text);
    }
    await settle();
    const got = await place.locator(".number").innerText();
    assert.ok(same(got, want), `${name} ${JSON.stringify(typed)}: ${got} in place of ${want}`);
    assert.deepEqual(await place.locator(".wrong").allTextContents().then((all) => all.filter((text) => text)), []);
  }
  // The track moves by keys, and back to where it began.
  const { section: again, close: end } = await open();
  const track = again("checked").getByRole("slider");
  await track.focus();
  for (const key of ["ArrowRight", "ArrowRight"]) await track.press(key);
  assert.equal(await again("checked").getByLabel("n, value").inputValue(), "5");
  await track.dblclick();
  assert.equal(await again("checked").getByLabel("n, value").inputValue(), "3");
  assert.equal(await again("doubled", 0).locator(".number").innerText(), await again("doubled", 0).getByLabel("x, value").inputValue().then((x) => String(2 * Number(x))));
  assert.match(await again("doubled", 1).locator("h2").innerText(), /float64/);
  assert.deepEqual(problems, []);
  assert.equal(await page.title(), expected.name);
  await end();
  await close();
});

test("what does not fit is said in words at its control, and changes nothing", async () => {
  const { problems, section, type, close } = await open();
  for (const [name, label, text, words] of [
    ["add", "a", "spam", /takes a number \(float64\), not spam/],
    ["add", "a", "", /takes a number \(float64\), not nothing/],
    ["before", "n", "9223372036854775808", /takes an integer from -9223372036854775808 to 9223372036854775807 \(int64\), not 9223372036854775808/],
    ["before", "n", "2.5", /takes an integer from -\d+ to \d+ \(int64\), not 2\.5/],
    ["before", "n", "nan", /takes an integer from .* \(int64\), not nan/],
    ["mixed", "small", "256", /takes an integer from 0 to 255 \(uint8\), not 256/],
    ["mixed", "n", "-1", /takes an integer from 0 to 18446744073709551615 \(uint64\), not -1/],
    ["third", "x", "1e39", /takes a number \(float32\), not 1e39/],
  ]) {
    const place = section(name);
    const field = place.getByLabel(`${label}, value`, { exact: true });
    const before = await place.locator(".number").innerText();
    await type(field, text);
    assert.match(await place.locator(".wrong", { hasText: "takes" }).innerText(), words);
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.equal(await place.locator(".number").innerText(), before);
    await type(field, "1");
    assert.equal(await place.locator(".wrong", { hasText: "takes" }).count(), 0);
  }
  const area = section("nested").locator("textarea[name=cube]");
  for (const [text, words] of [
    ["[[[1, 2], [3]]]", /takes lists of equal lengths \(2 at \[0\]\[1\]\), not a list of 1/],
    ["[[[1, 2], [3, 4.5]]]", /item \[0\]\[1\]\[1\] takes an integer from .* \(int32\), not 4\.5/],
    ["[[1, 2]]", /takes lists in 3 levels, not in 2/],
    ["[[[1, 2]", /cannot read an end here/],
    ["[[[1]]] 2", /cannot read on at 2/],
  ]) {
    await area.fill(text);
    assert.match(await section("nested").locator(".wrong", { hasText: "takes" }).innerText(), words);
  }
  await section("nested").locator("textarea[name=pair]").fill("(1, 2, 3)");
  assert.match(await section("nested").locator(".wrong", { hasText: "tuple" }).innerText(), /takes a tuple of 2, not a list of 3/);
  assert.deepEqual(problems, []);
  await close();
});

test("tables take pasted cells, rows and columns", async () => {
  const { problems, section, settle, type, close } = await open();
  const place = section("product");
  const paste = async (field, text) => {
    await field.evaluate((input, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text", text);
      input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
    await settle();
  };
  const cell = (name, row, column) => place.getByLabel(`${name}, row ${row}, column ${column}`, { exact: true });
  for (const text of ["1.5\t−2.5\r\n.5\t1e3\r\n", "1.5,-2.5\n0.5,1e3", "1,5;-2,5\n,5;1e3", "x;y\n1.5;-2.5\n0.5;1000"]) {
    await paste(cell("a", 1, 1), text);
    sameArray(await array(place), expected.pasted, text);
  }
  await paste(cell("a", 0, 0), "1\t2\n3\tspam");
  assert.match(await place.locator(".wrong", { hasText: "takes" }).innerText(), /line 2, column 2: takes a number \(float64\), not spam/);
  sameArray(await array(place), expected.pasted);
  await close();

  const wider = await open();
  const other = wider.section("product");
  const click = (group, name) => other.getByRole("group", { name: group, exact: true }).getByRole("button", { name, exact: true }).click();
  await click("a", "add a column");
  await wider.settle();
  // Of two arrays that do not fit Python says so, and the last good result stays.
  assert.match(await other.locator(".error").innerText(), /^ValueError: matmul: .* \(line \d+, in product\)$/);
  await click("b", "add a row");
  await wider.settle();
  sameArray(await array(other), expected.wider);
  assert.equal(await other.locator(".error").innerText(), "");
  await click("a", "remove column 4");
  await click("b", "remove row 4");
  const [flip, mask] = [wider.section("flip"), wider.section("flip").getByLabel("mask, row 2")];
  await wider.type(mask, "True");
  await wider.type(wider.section("flip").getByLabel("mask, row 3"), "1");
  sameArray(await array(flip), expected.flipped);
  await wider.type(mask, "2");
  assert.match(await flip.locator(".wrong").innerText(), /takes True or False \(bool\), not 2/);
  assert.deepEqual([...problems, ...wider.problems], []);
  await wider.close();
});

test("files are chosen and dropped", async () => {
  const { page, problems, section, settle, close } = await open();
  const entry = (place, name) => place.locator(".entry").filter({ has: page.getByRole("button", { name: `open a .npy or .csv file for ${name}`, exact: true }) });
  const choose = async (name, file, parameter) => {
    await entry(section(name), parameter).locator("input[type=file]").setInputFiles(join(folder, file));
    await page.waitForTimeout(200);
    await settle();
  };
  const drop = async (name, file, parameter) => {
    const bytes = [...(await readFile(join(folder, file)))];
    await entry(section(name), parameter).evaluate((target, [bytes, file]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(bytes)], file));
      for (const kind of ["dragover", "drop"]) target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
    }, [bytes, file]);
    await page.waitForTimeout(200);
    await settle();
  };
  // In Fortran's order, of other dtypes, and as text under a line of names.
  await choose("product", "a.npy", "a");
  for (const put of [() => choose("product", "b.npy", "b"), () => drop("product", "b.csv", "b")]) {
    await put();
    sameArray(await array(section("product")), expected.product);
  }
  await drop("smooth", "x.npy", "x");
  sameArray(await array(section("smooth")), expected.smooth);
  await drop("smooth", "column.csv", "x");
  sameArray(await array(section("smooth")), expected.column);
  await choose("several", "longs.npy", "x");
  sameArray(await array(section("several")), expected.several[1]);
  assert.ok(same(await section("several").locator(".number").first().innerText(), expected.several[0]));
  assert.equal(await section("several").locator(".number").last().innerText(), expected.several[2]);
  await drop("turned", "a.npy", "x");
  sameArray(await array(section("turned")), expected.turned);
  // What is drawn is that too.
  const { shape: [rows, columns], items } = expected.turned;
  const canvas = section("turned").locator("canvas");
  const { width, height } = await canvas.boundingBox();
  const across = Math.min(height * (columns / rows), width - 76);
  for (const [row, column] of [[0, 1], [2, 0], [rows - 1, columns - 1]]) {
    await canvas.hover({ position: { x: ((column + 0.5) * across) / columns, y: ((row + 0.5) * height) / rows } });
    assert.equal(await section("turned").locator(".told").innerText(), `[${row}, ${column}] = ${Number(Number(items[row * columns + column]).toPrecision(6))}`);
  }
  await drop("invert", "image.npy", "image");
  sameArray(await array(section("invert")), expected.inverted);
  // A pixel of what is drawn.
  const pixel = await section("invert").locator("canvas").evaluate((canvas) => [...canvas.getContext("2d").getImageData(3, 3, 1, 1).data].slice(0, 3).map(String));
  assert.deepEqual(pixel, expected.inverted.items.slice(0, 3));
  for (const [name, file, parameter, words] of [
    ["product", "x.npy", "a", /x\.npy: takes 2 dimensions, not the shape \(2000,\)/],
    ["several", "x.npy", "x", /x\.npy: takes an integer from .* \(int64\), not/],
    ["product", "words.csv", "b", /words\.csv: line 2, column 1: takes a number \(float64\), not x/],
    ["smooth", "b.csv", "x", /b\.csv: takes one row or one column, not 5 rows of 2/],
    ["invert", "b.csv", "image", /b\.csv: .*3 dimensions, which only \.npy files have/],
  ]) {
    await drop(name, file, parameter);
    assert.match(await entry(section(name), parameter).locator(".wrong").innerText(), words);
  }
  sameArray(await array(section("product")), expected.product);
  assert.deepEqual(problems, []);
  await close();
});

test("arrays that a function writes are shown after the call, and stay what they were before it", async () => {
  const { problems, section, settle, close } = await open();
  const place = section("scale");
  sameArray(await array(place), expected.scaled);
  assert.equal(await place.locator("figcaption").innerText(), "x after the call");
  await place.getByLabel("factor, value").fill("3");
  await place.getByLabel("factor, value").press("Tab");
  await place.getByLabel("factor, value").fill("2");
  await place.getByLabel("factor, value").press("Tab");
  await settle();
  sameArray(await array(place), expected.scaled);
  const deep = section("deep");
  const [[first, second], result] = expected.deep;
  assert.deepEqual(await deep.locator("figcaption").allInnerTexts(), ["[0][0]", "[0][1]", "[1]", "x after the call"]);
  assert.deepEqual(await deep.locator(".number").allInnerTexts(), [first, second]);
  sameArray(await array(deep, 0), result);
  sameArray(await array(deep, 1), expected.deepened);
  assert.deepEqual(problems, []);
  await close();
});

test("an exception has Python's words and its line, and the figure lives on", async () => {
  const { page, problems, section, type, close } = await open();
  const place = section("checked");
  const field = place.getByLabel("n, value");
  await type(field, "-2");
  const [message, line] = expected.error;
  assert.equal(await place.locator(".error").innerText(), `ValueError: ${message} (line ${line}, in checked)`);
  assert.equal(await place.locator(".number").innerText(), "3");
  await type(field, "4");
  assert.equal(await place.locator(".error").innerText(), "");
  assert.equal(await place.locator(".number").innerText(), "4");
  assert.equal(await page.title(), expected.name);
  assert.equal(await page.locator("h1").innerText(), expected.name);
  assert.deepEqual(problems, []);
  await close();
});

test("every function has its name, signature and docstring; every control has a name; nothing is wider than a phone", async () => {
  const { page, section, close } = await open({ viewport: { width: 320, height: 700 } });
  for (const [name, parameters] of Object.entries(expected.signatures)) {
    const heading = await section(name).locator("h2").innerText();
    let at = 0;
    for (const parameter of parameters) assert.ok((at = heading.indexOf(`${parameter}: `, at)) > 0, `${parameter} in ${heading}`);
    const doc = expected.docs[name];
    if (doc) assert.equal(await section(name).locator(".doc").innerText(), doc.replaceAll("`", ""));
  }
  for (const field of await page.locator("input:not([type=file]), textarea, button, canvas").all()) {
    assert.ok(await field.evaluate((one) => one.getAttribute("aria-label") || one.labels?.[0]?.textContent || one.textContent.trim()), await field.evaluate((one) => one.outerHTML));
  }
  assert.equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0);
  if (process.env.PICTURES) {
    for (const [width, colorScheme] of [[320, "light"], [900, "light"], [900, "dark"]]) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(process.env.PICTURES, `page-${colorScheme}-${width}.png`), fullPage: true });
    }
  }
  await close();
});

test("it starts under a content security policy, and where nothing compiles synchronously", async () => {
  const server = createServer(async (request, response) => {
    const policy = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; img-src data:";
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy }).end(await readFile(join(folder, `${expected.name}.html`)));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const under = await open({ address: `http://127.0.0.1:${server.address().port}/` });
  assert.equal(await under.section("constant").locator(".number").innerText(), "4.25");
  assert.equal(await under.page.evaluate(() => getComputedStyle(document.body).maxWidth), "720px");
  // Without a worker the slow one runs in the page.
  const turns = under.section("slow").getByLabel("turns, value");
  await under.type(turns, "0");
  await under.page.waitForFunction(() => [...document.querySelectorAll("section")].some((one) => /^slow/.test(one.innerText) && one.querySelector("[data-np]").figure.result === 0));
  assert.deepEqual(under.problems.filter((text) => !/worker|blob:/i.test(text)), []);
  await under.close();
  server.close();

  const script = () => {
    const Compiled = WebAssembly.Module;
    WebAssembly.Module = new Proxy(Compiled, { construct: () => { throw new RangeError("too large"); } });
  };
  const later = await open({ script });
  await later.section("constant").locator(".number").waitFor();
  assert.equal(await later.section("constant").locator(".number").innerText(), "4.25");
  assert.deepEqual(later.problems, []);
  await later.close();
});

test("arrays without elements, and of NaN, are shown", async () => {
  const { problems, section, type, close } = await open();
  const place = section("extents");
  assert.equal(await place.locator("summary").innerText(), "float64, shape (0, 3)");
  assert.equal(await place.locator("canvas").count(), 0);
  await type(place.getByLabel("rows, value"), "2");
  assert.deepEqual(await place.locator("tbody td").allInnerTexts(), Array(6).fill("nan"));
  assert.equal(await place.locator("canvas").count(), 1);
  await type(place.getByLabel("rows, value"), "-1");
  assert.match(await place.locator(".error").innerText(), /^ValueError: .*line \d+, in extents/);
  assert.deepEqual(problems, []);
  await close();
});

test("a slow function runs in a worker, from the disk too", async () => {
  const { page, section, type, close } = await open();
  assert.ok(await section("slow").locator("[data-np]").evaluate((host) => host.figure.beside));
  await type(section("slow").getByLabel("turns, value"), "0");
  await page.waitForFunction(() => [...document.querySelectorAll("section")].some((one) => /^slow/.test(one.innerText) && one.querySelector("[data-np]").figure.result === 0));
  await close();
});

test("pages are small: of one number 25 KB, of one array 67 KB", async () => {
  const size = async (name) => (await stat(join(folder, `${name}.html`))).size;
  const [number, array] = [await size("one_number"), await size("one_array")];
  console.log(`a page of one scalar function: ${number} bytes; of one array function: ${array} bytes`);
  assert.ok(number <= 25_300, `${number}`);
  assert.ok(array <= 67_500, `${array}`);
});
