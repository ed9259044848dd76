// Figures in saved pages and exports of nbconvert, opened from the disk in Firefox and Chromium, and in sites made by Sphinx and MkDocs.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { apart, figures, launch, made, moveAll, open, picture } from "./hosts.mjs";

const PAGES = { "a saved page": "saved.html", "nbconvert's stock template": "stock.html", "nbconvert's slides": "slides.html", "our template": "ours.html", "Sphinx with myst-nb": "sphinx/site/figures.html", "MkDocs, in Markdown": "mkdocs/site/index.html", "MkDocs, a notebook": "mkdocs/site/figures.html" };
/** What libraries that pages load from elsewhere leave behind where they are not to be had. */
const LIBRARIES = /require|MathJax|Reveal|mermaid|jQuery|hljs|define/i;

let site;
const browsers = {};
before(async () => {
  site = await made("pages");
  for (const name of ["chrome", "firefox"]) browsers[name] = await launch(name);
});
after(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  await site?.remove();
});

for (const browser of ["chrome", "firefox"]) {
  for (const [name, file] of Object.entries(PAGES)) {
    test(`${name}, in ${browser}: every control moves what NumPy says`, { timeout: 60_000 }, async () => {
      const { page, problems } = await open(browsers[browser], pathToFileURL(join(site.folder, file)).href, { hung: ["saved.html", "ours.html"].includes(file) });
      const single = ["saved.html", "mkdocs/site/index.html"].includes(file);
      const alive = await figures(page, single ? 1 : 3);
      await (single ? moveAll(page, alive[0]) : apart(page, alive));
      assert.deepEqual(problems.filter((text) => !LIBRARIES.test(text)), []);
      await picture(page, `${file.replaceAll("/", "-").slice(0, -5)}-${browser}`);
      await page.close();
    });
  }
}
