// Figures in JupyterLab and Notebook 7: run, saved and opened again, run again, copied, and not trusted.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { figures, launch, made, moveAll, apart, open, picture, read, serve } from "./hosts.mjs";

let site, server, browser;
before(async () => {
  site = await made("notebooks");
  const settings = ["--no-browser", "--allow-root", "--IdentityProvider.token=", "--ServerApp.port_retries=0", "--LabApp.news_url=", "--LabApp.expose_app_in_browser=True", "--JupyterNotebookApp.expose_app_in_browser=True", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"];
  server = await serve(site.folder, (port) => ["jupyterlab", `--port=${port}`, ...settings]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await site?.remove();
});

/** What Notebook itself throws, with figures or without. */
const THEIRS = /\/static\/notebook\/|Command '.*' not registered/;

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Waits until something holds; it does not while a page gives way to another one. */
const until = async (what, holds) => {
  for (let tries = 0; !(await holds().catch(() => false)); tries++) {
    assert.ok(tries < 300, what);
    await wait(100);
  }
};

/** Opens a notebook, alone, and waits for its cells and its kernel. */
const notebook = async (path) => {
  const { page, problems } = await open(browser, `${server.address}${path}`);
  // High enough for all cells: JupyterLab takes those that are not in view out of the page.
  await page.setViewport({ width: 1200, height: 4000 });
  await until("there are no cells", async () => (await page.$$(".jp-Notebook .jp-Cell")).length === 4);
  const kernel = () => globalThis.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
  await until("the kernel is not idle", () => page.evaluate(`(${kernel})()?.connectionStatus === "connected" && (${kernel})().status === "idle"`));
  return { page, problems };
};

/** Selects a cell by way of its text. */
const select = async (page, k) => {
  const cell = (await page.$$(".jp-Notebook .jp-Cell"))[k];
  await (await cell.$(".cm-content")).click();
  await page.keyboard.press("Escape");
};

/** Runs a cell. */
const run = async (page, k) => {
  await select(page, k);
  await page.keyboard.down("Control");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Control");
};

/** The kinds of a notebook's cells: keys that are meant for a figure are no commands of the notebook, which has some on single letters and digits. */
const kinds = (page) => page.$$eval(".jp-Notebook .jp-Cell", (cells) => cells.map((cell) => /jp-(\w+)Cell\b/.exec(cell.className)[1]));

/** Saves the notebook with the keys for it, which work in a figure too. */
const save = async (page, path) => {
  await page.keyboard.down("Control");
  await page.keyboard.press("s");
  await page.keyboard.up("Control");
  await until("the notebook is not saved", async () => (await (await fetch(`${server.address}api/contents/${path}?type=notebook`)).text()).split("<div data-np=").length === 4);
};

for (const [host, path, file] of [["JupyterLab", "lab/tree/lab.ipynb?reset", "lab.ipynb"], ["Notebook 7", "notebooks/classic.ipynb", "classic.ipynb"]]) {
  test(`${host}: figures live when they are run, saved, opened again, run again and copied`, { timeout: 300_000 }, async () => {
    const { page, problems } = await notebook(path);
    for (const k of [1, 2, 3]) {
      await run(page, k);
      await figures(page, k);
    }
    await apart(page, await figures(page, 3));
    assert.deepEqual(await kinds(page), ["Markdown", "Code", "Code", "Code"]);
    await picture(page, `${file.slice(0, -6)}-run`);
    await save(page, file);
    await page.close();

    // No cell is run again: what the notebook holds is trusted.
    const again = await notebook(path);
    const [first, second] = await figures(again.page, 3);
    const start = await read(first);
    await moveAll(again.page, first);
    // A cell that is run again has a new figure.
    await run(again.page, 1);
    await until("the figure is not a new one", async () => !(await first.evaluate((host) => host.isConnected)));
    const [fresh] = await figures(again.page, 3);
    assert.deepEqual((await read(fresh)).values, start.values);
    await moveAll(again.page, fresh);
    assert.ok(await second.evaluate((host) => host.isConnected));
    // A cell that is copied, and one that is moved.
    await select(again.page, 1);
    await again.page.keyboard.press("c");
    await again.page.keyboard.press("v");
    const [kept, copy] = await figures(again.page, 4);
    const state = await read(kept);
    assert.deepEqual((await read(copy)).values, start.values);
    await moveAll(again.page, copy);
    assert.deepEqual((await read(kept)).values, state.values);
    assert.deepEqual(await kinds(again.page), ["Markdown", "Code", "Code", "Code", "Code"]);
    assert.deepEqual([...problems, ...again.problems].filter((text) => !THEIRS.test(text)), []);
    await again.page.close();
  });

  test(`${host}: what is not trusted is a picture, and lives when it is trusted`, { timeout: 300_000 }, async () => {
    const { page } = await notebook(path.replace(".ipynb", "-untrusted.ipynb"));
    const pictures = () => page.$$eval(".jp-OutputArea-output img", (images) => images.map((image) => Math.min(image.naturalWidth, image.getBoundingClientRect().width)));
    await until("there are no pictures", async () => (await pictures()).filter((width) => width > 100).length === 3);
    assert.equal((await page.$$("[data-np-on]")).length, 0);
    await picture(page, `${file.slice(0, -6)}-untrusted`);
    await page.evaluate(() => void globalThis.jupyterapp.commands.execute("notebook:trust"));
    await (await page.waitForSelector(".jp-Dialog .jp-mod-accept")).click();
    const [first] = await figures(page, 3);
    await moveAll(page, first);
    await page.close();
  });
}
