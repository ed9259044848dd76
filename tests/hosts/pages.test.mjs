// Figures in saved pages and exports of nbconvert, opened from the disk in Firefox and Chromium, and in sites made by Sphinx and MkDocs.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { absent, apart, figures, launch, made, moveAll, open, picture } from "./hosts.mjs";

const PAGES = { "a saved page": "saved.html", "nbconvert's stock template": "stock.html", "nbconvert's slides": "slides.html", "our template": "ours.html", "Sphinx with myst-nb": "sphinx/site/figures.html", "MkDocs, in Markdown": "mkdocs/site/index.html", "MkDocs, a notebook": "mkdocs/site/figures.html" };
/** What libraries that pages load from elsewhere leave behind where they are not to be had. */
const LIBRARIES = /require|MathJax|Reveal|mermaid|jQuery|hljs|define/i;

const BROWSERS = ["chrome", "firefox"];

let site;
const browsers = {};
before(async () => {
  site = await made("pages");
  for (const name of BROWSERS) if (!absent(name)) browsers[name] = await launch(name);
});
after(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  await site?.remove();
});

/** The formulas of make.py in our template are shown without a library: what is above the line of a fraction stands above what is below. */
const formulas = async (page) => {
  assert.deepEqual(await page.$$eval("math", (all) => all.map((math) => math.getAttribute("display"))), ["inline", "inline", "block"]);
  const [above, below] = await page.$eval("math mfrac", (fraction) => [...fraction.children].map((part) => part.getBoundingClientRect()).map(({ top, height }) => top + height / 2));
  assert.ok(above + 5 < below, `the middle of the numerator is at ${above}, and that of the denominator at ${below}`);
  assert.match(await page.$eval(".jp-MarkdownOutput p", (text) => text.textContent), /which costs \$5 and is written \$y\$:$/);
  await picture(page, "formulas");
};

for (const browser of BROWSERS) {
  for (const [name, file] of Object.entries(PAGES)) {
    test(`${name}, in ${browser}: every control moves what NumPy says`, { timeout: 300_000, skip: absent(browser) }, async () => {
      const { page, problems } = await open(browsers[browser], pathToFileURL(join(site.folder, file)).href, { hung: ["saved.html", "ours.html"].includes(file) });
      const single = ["saved.html", "mkdocs/site/index.html"].includes(file);
      const alive = await figures(page, single ? 1 : 3);
      if (file === "ours.html") await formulas(page);
      // Slides and sites have commands on single keys, which those for a figure are not.
      await page.evaluate(() => document.addEventListener("keydown", (event) => (globalThis.heard ??= []).push(event.key)));
      await (single ? moveAll(page, alive[0]) : apart(page, alive));
      assert.equal(await page.evaluate(() => globalThis.heard?.join()), undefined);
      assert.deepEqual(problems.filter((text) => !LIBRARIES.test(text)), []);
      await picture(page, `${file.replaceAll("/", "-").slice(0, -5)}-${browser}`);
      await page.close();
    });
  }
}
