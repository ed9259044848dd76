// Figures in JupyterLab and Notebook 7: run, saved and opened again, run again, copied, and not trusted.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { figures, launch, made, moveAll, apart, open, picture, read, serve } from "./hosts.mjs";

let site, server, browser;
before(async () => {
  site = await made("notebooks");
  const settings = ["--no-browser", "--allow-root", "--IdentityProvider.token=", "--ServerApp.port_retries=0", "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"];
  server = await serve(site.folder, (port) => ["jupyterlab", `--port=${port}`, ...settings]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await site?.remove();
});

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Waits until something holds. */
const until = async (what, holds) => {
  for (let tries = 0; !(await holds()); tries++) {
    assert.ok(tries < 300, what);
    await wait(100);
  }
};

/** Opens a notebook, and waits for its cells and its kernel. */
const notebook = async (path) => {
  const { page, problems } = await open(browser, `${server.address}${path}`);
  // High enough for all cells: JupyterLab takes those that are not in view out of the page.
  await page.setViewport({ width: 1200, height: 4000 });
  await page.waitForSelector(".jp-Cell", { timeout: 60_000 });
  await until("the kernel is not idle", () => page.evaluate(() => /Idle/.test(document.querySelector(".jp-Notebook-ExecutionIndicator, .jp-NotebookKernelStatus")?.outerHTML ?? "") || !!document.querySelector('[data-status="idle"]')));
  return { page, problems };
};

/** Selects a cell, as a click left of it does. */
const select = async (page, k) => {
  const cell = (await page.$$(".jp-Notebook .jp-Cell"))[k];
  await (await cell.$(".jp-InputPrompt, .jp-InputArea-prompt")).click();
  await page.keyboard.press("Escape");
};

/** Runs a cell. */
const run = async (page, k) => {
  await select(page, k);
  await page.keyboard.down("Control");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Control");
};

const save = async (page, path) => {
  await page.keyboard.down("Control");
  await page.keyboard.press("s");
  await page.keyboard.up("Control");
  await until("the notebook is not saved", async () => (await (await fetch(`${server.address}api/contents/${path}?type=notebook`)).text()).includes("data-np="));
};

for (const [host, path, file] of [["JupyterLab", "lab/tree/lab.ipynb", "lab.ipynb"], ["Notebook 7", "notebooks/classic.ipynb", "classic.ipynb"]]) {
  test(`${host}: what is not trusted is a picture`, { timeout: 60_000 }, async () => {
    const { page } = await notebook(path.replace(file, "untrusted.ipynb"));
    const pictures = () => page.$$eval(".jp-OutputArea-output img", (images) => images.map((image) => [image.naturalWidth, image.getBoundingClientRect().width]));
    await until("there is no picture", async () => (await pictures()).length === 3);
    for (const sizes of await pictures()) for (const size of sizes) assert.ok(size > 100, String(sizes));
    assert.equal((await page.$$("[data-np-on]")).length, 0);
    await picture(page, `${host.split(" ")[0]}-untrusted`);
    await page.close();
  });
}
