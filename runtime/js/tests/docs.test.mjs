// docs/javascript.md: each statement of its blocks gives what stands after it.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build, PRELUDE } from "./support.mjs";

const page = readFileSync(new URL("../../../docs/javascript.md", import.meta.url), "utf8");
const blocks = (kind) => [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n([^]*?)^\`\`\``, "gm"))].map(([, text]) => text);

/** A program in which each commented statement is checked, and the rest runs as it stands. */
const program = (text) =>
  text.replace(/^(.*?);\s*\/\/ → (.*)$/gm, (_, statement, expected) => `check(${JSON.stringify(statement)}, () => (${statement}), ${JSON.stringify(expected)});`);

test("the examples of the page give what it says", async () => {
  const [source] = blocks("py");
  const { folder } = build(source.replace(PRELUDE, ""));
  const file = join(folder, "examples.js");
  const code = blocks("js").map(program).join("\n").replace(/^import .*$/m, (line) => `${line}\nexport const checks = [];\nconst check = (...parts) => checks.push(run(...parts));
const run = (statement, call, expected) => { try { return [statement, call(), expected]; } catch (error) { return [statement, error, expected]; } };`);
  writeFileSync(file, code);
  const { checks } = await import(pathToFileURL(file));
  assert.ok(checks.length > 25, `${checks.length} checks`);
  for (const [statement, value, expected] of checks) {
    if (value instanceof Error) assert.equal(`${value.name}: ${value.message}`, expected, statement);
    else assert.deepEqual(value, (0, eval)(`(${expected})`), statement);
  }
});
