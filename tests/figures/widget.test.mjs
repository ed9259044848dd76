// A figure as a widget of a running kernel: what the reader moves, Python has, and what Python sets, the page shows. The kernel is a process of
// Python, and anywidget's model is played by the test. PYTHON has the package.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "../browser/page.mjs";

let kernel, lines, browser, widgets;
const line = async () => JSON.parse((await lines.next()).value);
/** Sends a request to the kernel, one at a time. */
let last = Promise.resolve();
const ask = (request) => (last = last.then(() => {
  kernel.stdin.write(`${JSON.stringify(request)}\n`);
  return line();
}));

before(async () => {
  kernel = spawn(process.env.PYTHON, [fileURLToPath(new URL("widget.py", import.meta.url))], { stdio: ["pipe", "pipe", "inherit"] });
  lines = createInterface({ input: kernel.stdout })[Symbol.asyncIterator]();
  widgets = await line();
  browser = await launch();
});
after(async () => {
  kernel?.stdin.end();
  await browser?.close();
});

/** A page with a widget in `views` places, and a model that is Python's. */
const open = async (name, views = 1) => {
  const page = await browser.newPage({ viewport: { width: 900, height: 900 } });
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  const sent = [];
  await page.exposeFunction("send", async (state) => {
    sent.push(await ask({ widget: name, state }));
    return sent.at(-1).state;
  });
  await page.setContent("<!doctype html><meta name='color-scheme' content='light dark'><body></body>");
  const { state } = await ask({ widget: name });
  await page.evaluate(async ([esm, state, views]) => {
    const listeners = new Map();
    let pending = {};
    const took = (next) => {
      for (const [key, value] of Object.entries(next)) {
        if (JSON.stringify(state[key]) === JSON.stringify(value)) continue;
        state[key] = value;
        for (const callback of listeners.get(`change:${key}`) ?? []) callback();
      }
    };
    globalThis.model = {
      took,
      get: (key) => state[key],
      set: (key, value) => {
        pending[key] = value;
        took({ [key]: value });
      },
      on: (event, callback) => listeners.set(event, [...(listeners.get(event) ?? []), callback]),
      off: (event, callback) => listeners.set(event, listeners.get(event).filter((one) => one !== callback)),
      count: () => [...listeners.values()].flat().length,
      save_changes: () => {
        const state = pending;
        pending = {};
        return send(state).then(took);
      },
    };
    const module = await import(URL.createObjectURL(new Blob([esm], { type: "text/javascript" })));
    globalThis.ends = [];
    for (let k = 0; k < views; k++) {
      // A front end may draw before it has a place for the view.
      const el = document.createElement("div");
      ends.push(module.default.render({ model, el }));
      document.body.append(el);
    }
  }, [widgets[name].esm, state, views]);
  await settle(page);
  return { page, problems, sent };
};
const settle = async (page) => {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20)))));
  await last;
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
};
const result = (page, nth = 0) =>
  page.evaluate((nth) => {
    const plain = (value) => (Array.isArray(value) ? value.map(plain) : typeof value === "object" ? value.toArray() : value);
    return plain([...document.querySelectorAll("body > div > div")][nth].figure.result);
  }, nth);
const close = (a, b) => (Array.isArray(b) ? a.length === b.length && b.every((one, k) => close(a[k], one)) : Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)));
/** The page, Python's kernel and NumPy have the same result. */
const agree = async (page, told, views = 1) => {
  assert.ok(close(told.result, told.expected), JSON.stringify(told));
  for (let k = 0; k < views; k++) assert.ok(close(await result(page, k), told.expected), `${JSON.stringify(await result(page, k))} in place of ${JSON.stringify(told.expected)}`);
};

test("what the reader moves, Python has", async () => {
  const { page, problems, sent } = await open("shown");
  const put = async (selector, value, event = "input") => {
    await page.locator(selector).first().evaluate((input, [value, event]) => {
      if (input.type === "checkbox") input.checked = value;
      else input.value = value;
      input.dispatchEvent(new Event(event, { bubbles: true }));
    }, [value, event]);
    await settle(page);
  };
  for (const [selector, value, event] of [["[name=rate]", "0.5"], ["[name=n]", "7"], ["[name=kind]", "1"], ["[name=level]", "2"], ["[name=log]", true], ['[name="part to"]', "8"],
    ['[name="at x"]', "3.5"], ['[aria-label="data, row 1, column 0"]', "-2.5", "change"], ['[aria-label="data, row 0, column 1"]', "inf", "change"], ['[aria-label="data, row 0, column 1"]', "7", "change"]]) {
    const before = sent.length;
    await put(selector, value, event);
    assert.equal(sent.length, before + 1, selector);
    if (value !== "inf") await agree(page, sent.at(-1));
  }
  for (const button of ["add a row", "again"]) {
    await page.getByRole("button", { name: button, exact: true }).click();
    await settle(page);
    await agree(page, sent.at(-1));
  }
  const { state } = sent.at(-1);
  assert.deepEqual([state.n, state.kind, state.level, state.log_, state.part, state.again], [{ value: 7 }, { value: 1 }, { value: 2 }, { value: true }, { value: [2, 8] }, { value: 1 }]);
  assert.deepEqual([state.data.shape, state.data.value[2]], [[3, 2], -2.5]);
  assert.deepEqual(problems, []);
  await page.close();
});

test("what Python sets, every view shows, and its controls", async () => {
  const { page, problems, sent } = await open("shown", 2);
  const took = async (set) => {
    const told = await ask({ widget: "shown", set });
    await page.evaluate((state) => model.took(state), told.state);
    await settle(page);
    await agree(page, told, 2);
  };
  const shown = (selector, property = "value") => page.locator(selector).nth(1).evaluate((input, property) => input[property], property);
  await took({ rate: 0.1, n: 3, kind: "sum", level: 0, log_: false });
  assert.deepEqual([await shown("[name=rate]"), await shown("[name=n]"), await shown("[name=kind]"), await shown("[name=log]", "checked")], ["-1", "3", "0", false]);
  await page.locator("[name=n]").nth(1).focus();
  await took({ n: 6, kind: "most", level: 5, log_: true, part: [1, 2], at: [1.25, 30], data: [[9, 8], [7, 6], [5, 4]], again: 4 });
  assert.deepEqual([await shown("[name=n]"), await shown("[name=kind]"), await shown("[name=log]", "checked"), await shown('[name="part to"]'), await shown('[name="at y"]')], ["6", "1", true, "2", "30"]);
  assert.equal(await shown('[aria-label="data, row 2, column 1"]'), "4");
  assert.equal(await shown("[name=n]", "ariaLabel"), "n");
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.name), "n");
  // What Python has set goes back to it only where it was moved.
  assert.deepEqual(sent, []);
  // A value of one view is that of the other.
  await page.locator("[name=n]").nth(1).press("ArrowLeft");
  await settle(page);
  assert.equal(await page.locator("[name=n]").first().inputValue(), "5");
  await agree(page, sent.at(-1), 2);
  // A button counts on.
  await page.getByRole("button", { name: "again" }).first().click();
  await settle(page);
  assert.deepEqual(sent.at(-1).state.again, { value: 5 });
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/widget.png`, fullPage: true });
  await page.evaluate(() => ends.forEach((end) => end()));
  assert.equal(await page.evaluate(() => model.count()), 0);
  assert.deepEqual(problems, []);
  await page.close();
});

test("values that raise reach Python too, and it raises the same", async () => {
  const { page, problems, sent } = await open("picked");
  const slider = page.locator("[name=k]");
  for (let k = 0; k < 3; k++) await slider.press("ArrowRight");
  await settle(page);
  const at = sent.at(-1);
  assert.match(at.error, /^IndexError/);
  assert.match(await page.locator(".error").textContent(), /^IndexError/);
  await slider.press("Home");
  await settle(page);
  assert.deepEqual([sent.at(-1).error, sent.at(-1).result, await result(page)], ["", 0, 0]);
  assert.deepEqual(problems, []);
  await page.close();
});

test("a simulation is steered from both sides", async () => {
  const { page, problems, sent } = await open("step");
  const told = await ask({ widget: "step", set: { rate: 0.25 } });
  await page.evaluate((state) => model.took(state), told.state);
  await page.getByRole("button", { name: "Pause" }).click().catch(() => undefined);
  await page.getByRole("button", { name: "Reset" }).click();
  await page.getByRole("button", { name: "Step", exact: true }).click();
  assert.deepEqual(await result(page), [0.25, 0.25, 0.25]);
  await page.locator("[name=rate]").press("Home");
  await settle(page);
  assert.deepEqual(sent.at(-1).state.rate, { value: 0 });
  assert.deepEqual(problems, []);
  await page.close();
});
