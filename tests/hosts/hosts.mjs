// What the tests of hosts share: the pages that make.py writes, browsers, servers, and a hand that moves every kind of control.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));
const root = beside("../..");
const { PYTHON } = process.env;

/** The environment of Python in which the package is that of this checkout, and where nothing of the user's is read or written. */
export const environment = (folder) => ({
  ...process.env,
  PYTHONPATH: [join(root, "crates/python/python"), beside(".")].join(":"),
  PYTHONDONTWRITEBYTECODE: "1",
  JUPYTER_PATH: join(root, "crates/python/data/data/share/jupyter"),
  ...Object.fromEntries(["JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"].map((name) => [name, join(folder, "home", name)])),
});

/** A folder with the pages of make.py, or of the named parts of it, and a way to remove it. */
export const made = async (...parts) => {
  const folder = await mkdtemp(join(tmpdir(), "nopython-hosts-"));
  await mkdir(join(folder, "home"));
  execFileSync(PYTHON, [beside("make.py"), folder, ...parts], { env: environment(folder), stdio: ["ignore", "ignore", "inherit"] });
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
};

const PROGRAMS = { chrome: process.env.CHROMIUM ?? "/usr/bin/chromium", firefox: process.env.FIREFOX ?? "/usr/bin/firefox-esr" };

/** Why nothing is tested in a browser, or false. */
export const absent = (browser) => browser === "firefox" && !existsSync(PROGRAMS.firefox) && `there is no ${PROGRAMS.firefox}: FIREFOX=… names another, and cargo xtask setup installs Debian's`;

/** Chromium, or Firefox by WebDriver BiDi. */
export const launch = (browser = "chrome") =>
  browser === "firefox"
    ? puppeteer.launch({ browser, executablePath: PROGRAMS.firefox, headless: true, defaultViewport: null, args: ["--width=1000", "--height=900"] })
    : puppeteer.launch({ defaultViewport: { width: 1000, height: 900 }, executablePath: PROGRAMS.chrome, headless: true, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });

/** A page and what was thrown on it. `answers` gives what stands in for an address; of the others outside of this machine there is none, or where it
 * is `hung`, none ever comes. */
export const open = async (browser, address, { answers = () => undefined, hung = false } = {}) => {
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!/^https?:$/.test(url.protocol) || url.hostname === "127.0.0.1") return void request.continue();
    const answer = answers(url);
    if (answer) void request.respond(answer);
    else if (!hung) void request.abort();
  });
  await page.goto(address, { waitUntil: "domcontentloaded" });
  return { page, problems };
};

/** A free port of this machine. */
const free = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** Starts a server of a Python package; gives its address and a way to end it. */
export const serve = async (folder, command) => {
  const port = await free();
  const child = spawn(PYTHON, ["-m", ...command(port)], { cwd: folder, env: environment(folder), stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += data));
  const address = `http://127.0.0.1:${port}/`;
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries > 600) throw new Error(`the server of ${command(port)[0]} did not start: ${said}`);
    if (await fetch(address).then((answer) => answer.ok, () => false)) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  const ended = new Promise((done) => child.once("exit", done));
  return { address, stop: () => (child.kill("SIGINT"), setTimeout(() => child.kill("SIGKILL"), 5000).unref(), ended) };
};

/** Waits until so many figures of a page or a frame are alive, and gives them. */
export const figures = async (frame, count) => {
  const alive = () => frame.$$("[data-np-on]");
  for (let tries = 0; (await alive()).length < count; tries++) {
    assert.ok(tries < 300, `${(await alive()).length} figures in place of ${count}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  return alive();
};

/** The values of a figure's controls and its result, as JSON has them, and its ink. */
export const read = (figure) =>
  figure.evaluate(async (host) => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const rows = (flat, [n, ...inner]) => (inner.length ? Array.from({ length: n }, (_, k) => rows(flat.slice((k * flat.length) / n, ((k + 1) * flat.length) / n), inner)) : flat);
    const plain = (value) => {
      if (Array.isArray(value)) return value.map(plain);
      if (typeof value === "bigint") return Number(value);
      if (typeof value !== "object") return value;
      return value.toArray ? plain(value.toArray()) : ArrayBuffer.isView(value) ? Array.from(value, Number) : rows(Array.from(value.data, Number), value.shape);
    };
    const ink = host.shadowRoot.querySelector("canvas")?.toDataURL();
    return { values: plain(host.figure.values), result: plain(host.figure.result), ink, error: host.shadowRoot.querySelector(".error").textContent };
  });

/** An element of a figure. */
const part = async (figure, selector) => (await figure.evaluateHandle((host, selector) => host.shadowRoot.querySelector(selector), selector)).asElement();

const press = async (page, element, keys) => {
  await element.focus();
  for (const key of keys) await page.keyboard.press(key);
};

const type = async (page, element, text) => {
  await element.click();
  await element.evaluate((field) => field.select());
  await page.keyboard.type(text);
  await page.keyboard.press("Tab");
};

/** The place of the canvas's axes on the screen, which go from 0 to 1 and from -2 to 2. */
const place = async (figure, x, y) => {
  const box = await (await part(figure, "canvas")).boundingBox();
  return [box.x + 56 + (box.width - 72) * x, box.y + box.height - 40 - ((box.height - 52) * (y + 2)) / 4];
};

/** How a reader moves each control of the figure of kinds.py. */
const MOVES = {
  data: async (page, figure) => type(page, await part(figure, '[aria-label="data, row 1, column 1"]'), "-4.5"),
  level: async (page, figure) => press(page, await part(figure, '[type="range"][name="level"]'), ["ArrowRight", "ArrowRight", "ArrowRight"]),
  count: async (page, figure) => press(page, await part(figure, '[type="range"][name="count"]'), ["PageUp", "ArrowLeft"]),
  decay: async (page, figure) => type(page, await part(figure, '[aria-label="decay, value"]'), "0.5"),
  between: async (page, figure) => press(page, await part(figure, '[type="range"][name="between from"]'), ["ArrowLeft", "ArrowLeft"]),
  flip: async (page, figure) => (await part(figure, '[name="flip"]')).click(),
  curve: async (page, figure) => (await part(figure, 'select[name="curve"]')).select("1"),
  power: async (page, figure) => (await part(figure, 'select[name="power"]')).select("1"),
  centre: async (page, figure) => {
    await page.mouse.move(...(await place(figure, 0.5, 0.5)));
    await page.mouse.down();
    await page.mouse.move(...(await place(figure, 0.7, 1.2)), { steps: 4 });
    await page.mouse.up();
  },
  at: async (page, figure) => page.mouse.move(...(await place(figure, 0.4, -1)), { steps: 3 }),
  again: async (page, figure) => (await part(figure, '[name="again"]')).click(),
};

/** Moves every control of the figure of kinds.py; each changes its value, and the figure shows what NumPy gives for it. */
export const moveAll = async (page, figure) => {
  const rows = [{ moved: "nothing", ...(await read(figure)) }];
  for (const [k, [name, move]] of Object.entries(MOVES).entries()) {
    await figure.evaluate((host) => host.shadowRoot.querySelector("canvas").scrollIntoView({ block: "center", behavior: "instant" }));
    const before = rows.at(-1);
    await move(page, figure);
    const now = { moved: name, ...(await read(figure)) };
    rows.push(now);
    assert.equal(now.error, "");
    assert.notDeepEqual(now.values[k], before.values[k], `${name} has not moved`);
    assert.notDeepEqual(now.result, before.result, `${name} changes no result`);
    if (!["data", "between", "at", "again"].includes(name)) assert.ok(now.ink !== before.ink, `${name} changes no pixel`);
  }
  judged(rows);
  // What the page is scrolled by later brings no figure below the pointer.
  await page.mouse.move(2, 2);
  return read(figure);
};

/** Asks NumPy about states of the figure of kinds.py. */
export const judged = (rows) => {
  const input = JSON.stringify(rows.map(({ moved, values, result }) => ({ moved, values, result })));
  const wrong = execFileSync(PYTHON, [beside("judge.py")], { input, env: environment(tmpdir()), stdio: ["pipe", "pipe", "inherit"] });
  assert.equal(String(wrong), "");
};

/** Of two figures of kinds.py and one of second.py between them: all controls of the first move, and nothing moves what it does not belong to. */
export const apart = async (page, [first, second, copy], move = moveAll) => {
  const before = [await read(second), await read(copy)];
  const moved = await move(page, first);
  assert.deepEqual((await read(second)).result, before[0].result);
  assert.deepEqual((await read(copy)).values, before[1].values);
  await press(page, await part(second, '[type="range"][name="n"]'), ["PageUp"]);
  const { values: [n], result } = await read(second);
  assert.notEqual(n, before[0].values[0]);
  assert.equal(result, (n * (n - 1)) / 2);
  await press(page, await part(copy, '[type="range"][name="level"]'), ["ArrowLeft"]);
  assert.notDeepEqual((await read(copy)).values, before[1].values);
  judged([{ moved: "the copy", ...(await read(copy)) }]);
  assert.deepEqual((await read(first)).values, moved.values);
};

/** A screenshot, where they are asked for. */
export const picture = async (page, name) => process.env.PICTURES && page.screenshot({ path: join(process.env.PICTURES, `${name}.png`) });
