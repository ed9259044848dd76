// `nopython serve`: a page imports Python, and says what is wrong with it when it does not compile. NOPYTHON names the command line.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { launch, open } from "./page.mjs";

const KERNELS = `from numba import njit

@njit("float64(float64[:])")
def norm(x):
    return (x * x).sum() ** 0.5
`;
const PAGE = `<!doctype html><title>serve</title><link rel="icon" href="data:,"><output></output><script type="module">
const show = (text) => (document.querySelector("output").textContent = text);
import("./kernels.py").then((kernels) => show(kernels.norm([3, 4])), (error) => show(error.message));
</script>`;

let browser, folder, server, address;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "nopython-"));
  await writeFile(join(folder, "index.html"), PAGE);
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

/** What the page shows with a version of the kernels. */
async function shown(kernels) {
  await writeFile(join(folder, "kernels.py"), kernels);
  const { page, problems } = await open(browser, address);
  const output = page.locator("output:not(:empty)");
  await output.waitFor();
  assert.deepEqual(problems, []);
  return output.innerText();
}

test("a page imports Python", async () => assert.equal(await shown(KERNELS), "5"));

test("an edit is there when the page is loaded again", async () => assert.equal(await shown(KERNELS.replace("0.5", "2")), "625"));

test("a mistake is named with its place", async () => {
  assert.match(await shown(KERNELS.replace("x * x", "x * y")), /error\[undefined-name\][\s\S]*kernels\.py:5:17/);
});
