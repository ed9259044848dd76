// Figures in marimo: an app that runs, and its export as a page, whose own code would come from a CDN and is here taken from the package.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { figures, launch, made, moveAll, open, picture, serve } from "./hosts.mjs";

let site, server, browser;
before(async () => {
  site = await made("marimo");
  server = await serve(site.folder, (port) => ["marimo", "-q", "run", "app.py", "--headless", "--no-token", `--port=${port}`]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await site?.remove();
});

const assets = join(execFileSync(process.env.PYTHON, ["-c", "import marimo, pathlib; print(pathlib.Path(marimo.__file__).parent / '_static')"], { encoding: "utf8" }).trim());
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".ico": "image/x-icon" };
const answers = ({ hostname, pathname }) => {
  const path = hostname === "cdn.jsdelivr.net" && pathname.match(/^\/npm\/@marimo-team\/frontend@[^/]*\/dist\/(.*)$/)?.[1];
  if (!path) return undefined;
  try {
    return { status: 200, headers: { "access-control-allow-origin": "*" }, contentType: TYPES[extname(path)] ?? "application/octet-stream", body: readFileSync(join(assets, path)) };
  } catch {
    return { status: 404 };
  }
};

for (const [name, address] of [["an app that runs", () => server.address], ["an exported page", () => pathToFileURL(join(site.folder, "marimo.html")).href]]) {
  test(`marimo, ${name}: figures live, each in a frame of its own`, { timeout: 300_000 }, async () => {
    const { page, problems } = await open(browser, address(), { answers });
    const alive = async () => {
      const found = [];
      for (const frame of page.frames()) found.push(...(await frame.$$("[data-np-on]").catch(() => [])));
      return found;
    };
    for (let tries = 0; (await alive()).length < 3; tries++) {
      assert.ok(tries < 300, `${(await alive()).length} figures in place of 3, in ${page.frames().length} frames`);
      await new Promise((done) => setTimeout(done, 100));
    }
    const kinds = [];
    for (const figure of await alive()) if (await figure.evaluate((host) => !!host.shadowRoot.querySelector("canvas"))) kinds.push(figure);
    assert.equal(kinds.length, 2);
    const heights = () => Promise.all(page.frames().slice(1).map((frame) => frame.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight)));
    for (let tries = 0; (await heights()).some((hidden) => hidden > 1); tries++) {
      assert.ok(tries < 50, `of a frame ${await heights()} pixels are out of sight`);
      await new Promise((done) => setTimeout(done, 100));
    }
    for (const figure of kinds) await moveAll(page, figure);
    assert.deepEqual(problems, []);
    await picture(page, `marimo-${name.split(" ").at(-1)}`);
    await page.close();
  });
}
