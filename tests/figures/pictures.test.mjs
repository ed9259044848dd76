// The picture that shows where no script runs, as SVG and as PNG, is the drawing of the live figure: the same marks at the same places, in the same colours.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "../browser/page.mjs";

const folder = await mkdtemp(join(tmpdir(), "nopython-"));
execFileSync(process.env.PYTHON, [fileURLToPath(new URL("pictures.py", import.meta.url)), folder], { stdio: ["ignore", "inherit", "inherit"] });
const kinds = JSON.parse(await readFile(join(folder, "kinds.json"), "utf8"));
const browser = await launch();
after(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** The live figure of a name, as wide as its picture, and the picture beside it. */
const open = async (name) => {
  const page = await browser.newPage({ viewport: { width: 700, height: 900 } });
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
  await page.addStyleTag({ content: "body { width: 640px; max-width: none; margin: 0; padding: 0 } h1 { display: none }" });
  await page.waitForSelector("canvas");
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  for (const [kind, type] of [["svg", "image/svg+xml"], ["png", "image/png"]]) {
    const data = (await readFile(join(folder, `${name}.${kind}`))).toString("base64");
    await page.evaluate(async ([kind, source]) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: Math.round((image.naturalHeight * 640) / image.naturalWidth) });
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.imageSmoothingQuality = "high";
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      (window.drawn ??= {})[kind] = pen.getImageData(0, 0, canvas.width, canvas.height);
    }, [kind, `data:${type};base64,${data}`]);
  }
  await page.evaluate(() => {
    const { canvas } = document.querySelector("[data-np]").shadowRoot.querySelector("canvas").getContext("2d");
    const flat = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
    const pen = flat.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, flat.width, flat.height);
    pen.drawImage(canvas, 0, 0);
    const { width, height } = flat;
    // A title stands above the canvas, and in the picture.
    const above = Math.round(window.drawn.svg.height - height - 12);
    window.drawn.live = pen.getImageData(0, 0, width, height);
    window.drawn.above = above;
    /** The pixels near a colour between the axes of a chart, as rows of 640 bits. */
    window.ink = (kind, [r, g, b], near) => {
      const { data, width } = window.drawn[kind];
      const shift = kind === "live" ? 0 : above;
      return Array.from({ length: 222 }, (_, row) => Uint8Array.from({ length: 640 }, (_, x) => {
        const k = 4 * ((row + 36 + shift) * width + x);
        return x >= 58 && x < 582 && Math.abs(data[k] - r) + Math.abs(data[k + 1] - g) + Math.abs(data[k + 2] - b) < near ? 1 : 0;
      }));
    };
    /** How many pixels one has, and which share of them has one of another within two pixels. */
    window.covered = (one, other) => {
      let [count, found] = [0, 0];
      one.forEach((row, y) => row.forEach((bit, x) => {
        if (!bit) return;
        count++;
        if ([-2, -1, 0, 1, 2].some((down) => [-2, -1, 0, 1, 2].some((across) => other[y + down]?.[x + across]))) found++;
      }));
      return [count, found / count];
    };
    /** The mean difference of channels between two drawings. */
    window.difference = (one, other, top = 0) => {
      const [a, b] = [window.drawn[one], window.drawn[other]];
      const rows = Math.min(a.height - (one === "live" ? 0 : top), b.height - (other === "live" ? 0 : top));
      let sum = 0;
      for (let y = 0; y < rows; y++) {
        for (let k = 0; k < a.width * 4; k++) {
          const at = ({ width }, kind) => (y + (kind === "live" ? 0 : top)) * width * 4 + k;
          sum += Math.abs(a.data[at(a, one)] - b.data[at(b, other)]);
        }
      }
      return sum / (rows * a.width * 3);
    };
  });
  return page;
};

const COLOURS = [[0x42, 0x69, 0xd0], [0xef, 0xb1, 0x18]];

for (const name of ["numbers", "table"]) {
  test(`the picture of ${name} has the numbers of the live figure`, async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    await page.waitForSelector("td");
    const rows = await page.locator("tr").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)));
    const svg = await readFile(join(folder, `${name}.svg`), "utf8");
    const texts = [...svg.matchAll(/class="cell">([^<]*)</g)].map(([, text]) => text).filter((text) => text !== "…");
    assert.deepEqual(rows.slice(0, 12).flatMap((row) => row.slice(0, 8)), texts);
    assert.ok(texts.length > 12);
    await page.close();
  });
}

for (const [name, kind] of Object.entries(kinds)) {
  if (kind === "table") continue;
  test(`the pictures of ${name} are the live figure`, async () => {
    const page = await open(name);
    // Very many points are pixels, which are coarser in the picture.
    if (kind !== "image" && !["many", "coloured"].includes(name)) {
      for (const colour of COLOURS.slice(0, ["lines", "areas", "logarithmic", "right", "limited", "dashes"].includes(name) ? 2 : 1)) {
        for (const [kind, near] of [["svg", 90], ["png", 120]]) {
          const [[count, there], [, back]] = await page.evaluate(([colour, kind, near]) => {
            const [live, picture] = [window.ink("live", colour, 90), window.ink(kind, colour, near)];
            return [window.covered(live, picture), window.covered(picture, live)];
          }, [colour, kind, near]);
          assert.ok(count > 200, `${count} pixels`);
          assert.ok(there > 0.98 && back > 0.98, `${kind}, colour ${colour}: ${there} of the figure is in the picture, ${back} of the picture in the figure`);
        }
      }
    }
    const [above, live, png] = await page.evaluate(() => [window.drawn.above, window.difference("live", "svg", window.drawn.above), window.difference("svg", "png")]);
    assert.ok(above % 24 === 0 && (above < 48 || name === "legend"), `${above} pixels above`);
    assert.ok(live < (name === "many" ? 8 : 4), `the SVG differs from the figure by ${live}`);
    assert.ok(png < (name === "many" ? 8 : 4), `the PNG differs from the SVG by ${png}`);
    await page.close();
  });
}
