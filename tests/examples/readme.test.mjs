// What the README shows is what happens. NOPYTHON names the command line.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runtime, size, words } from "../../examples/bench/peers/sizes.mjs";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const block = (kind) => new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\``, "m").exec(readme)[1];
const folder = mkdtempSync(join(tmpdir(), "nopython-"));
const run = (program, ...args) => execFileSync(program, args, { cwd: folder, encoding: "utf8" }).trim();

writeFileSync(join(folder, "kernels.py"), block("python"));
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
after(() => rmSync(folder, { recursive: true }));

test("the program builds, and its module prints what the comment says", () => {
  run(process.env.NOPYTHON, "build", "kernels.py", "-o", "dist");
  const script = block("js");
  writeFileSync(join(folder, "page.js"), script);
  assert.equal(run("node", "page.js"), /\/\/ (.*)\n/.exec(script)[1]);
});

test("it runs on the spot", () => {
  const [, values] = /moving_average "(\[.*?\])" 2`/.exec(readme);
  assert.equal(run(process.env.NOPYTHON, "run", "kernels.py", "moving_average", values, "2"), "float64[2] [1.5, 2.5]");
});

test("sizes are those of today", () => {
  const [, arrays, scalars] = /carries ([\d.]+ KB) of runtime \(gzip\), or ([\d.]+ KB) if/.exec(readme);
  assert.deepEqual([arrays, scalars], [runtime("resident"), runtime("scalars")].map(words));
});

test("the table has the sizes of today, and is whole", () => {
  const [, table] = /<!-- cargo xtask bench peers --write -->\n([\s\S]*?)<!-- end -->/.exec(readme);
  const rows = table.trim().split("\n").map((row) => row.split("|").slice(1, -1).map((cell) => cell.trim()));
  assert.deepEqual(rows.map((row) => row.length), [5, 5, 5, 5, 5, 5, 5]);
  const peers = (name) => fileURLToPath(new URL(`../../examples/bench/peers/${name}`, import.meta.url));
  run(process.env.NOPYTHON, "build", peers("kernels.py"), "-o", "peers");
  assert.equal(rows[2][1], words(size(join(folder, "peers/kernels.js"))), "cargo xtask bench peers --write");
  assert.equal(rows[2][4], words(size(peers("twins.mjs"))));
  // Another version of Pyodide would have other figures.
  const { devDependencies } = JSON.parse(readFileSync(peers("package.json"), "utf8"));
  assert.ok(rows[0][2].includes(devDependencies.pyodide));
});

test("what is said not to be there is refused", () => {
  const body = {
    "`try`": "try:\n        return 1 // n\n    except ZeroDivisionError:\n        return 0",
    generators: "def g():\n        yield n\n    return sum(g())",
    "`np.einsum`": "return np.einsum('ij->', np.ones((n, n), np.int64))",
    "Classes that inherit": "return B(n, n).x",
  };
  const [, list] = /Numba\. (Classes that inherit[\s\S]*?) are not there/.exec(readme);
  assert.deepEqual(list.split(/,\s+|\s+and\s+/).sort(), Object.keys(body).sort());
  for (const [words, lines] of Object.entries(body)) {
    writeFileSync(join(folder, "refused.py"), `import numpy as np\nfrom dataclasses import dataclass\nfrom numba import njit\n\n@dataclass\nclass A:\n    x: int\n\n@dataclass\nclass B(A):\n    y: int\n\n@njit("int64(int64)")\ndef f(n):\n    ${lines}\n`);
    assert.throws(() => execFileSync(process.env.NOPYTHON, ["check", "refused.py"], { cwd: folder, stdio: "pipe" }), /refused\.py:\d+/, words);
  }
});

test("files that it names are there, commands too, and mistakes are as many as it says", () => {
  for (const page of ["README.md", "docs/figures.md", "docs/javascript.md", "docs/bench.md", "CONTRIBUTING.md", "ARCHITECTURE.md"]) {
    const at = new URL(`../../${page}`, import.meta.url);
    const links = [...readFileSync(at, "utf8").matchAll(/\]\(([^)#\s]+)\)|src="([^"]+)"/g)].map(([, link, source]) => link ?? source).filter((link) => !/^https?:/.test(link));
    for (const link of links) assert.ok(existsSync(new URL(link, at)), `${page}: ${link}`);
  }
  const help = run(process.env.NOPYTHON, "--help");
  for (const [, command] of readme.matchAll(/`(?:npx )?nopython (\w+)/g)) assert.match(help, new RegExp(`^  nopython ${command}\\b`, "m"), command);
  const verbs = readFileSync(new URL("../../xtask/src/main.rs", import.meta.url), "utf8");
  for (const [, verb] of readme.matchAll(/cargo xtask ([\w-]+)/g)) assert.ok(verbs.includes(`"${verb}" =>`), verb);
  const mistakes = readFileSync(new URL("../mistakes/mistakes.md", import.meta.url), "utf8").match(/^## /gm).length;
  assert.ok(readme.includes(`[${mistakes} mistakes]`), `${mistakes} mistakes`);
});
