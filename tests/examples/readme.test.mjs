// What the README shows is what happens. NOPYTHON names the command line.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

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
