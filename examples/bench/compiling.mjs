// How long the compiler takes as wasm: node compiling.mjs nopython.wasm, with the npm package in the folder NPM. Prints a table in Markdown.
import { readFileSync, readdirSync } from "node:fs";
import { createCompiler } from "../../tests/browser/compiler.mjs";

const RUNS = 21;
const examples = new URL("..", import.meta.url);
const code = readFileSync(process.argv[2]);

async function timed(action) {
  const start = performance.now();
  const result = await action();
  return [performance.now() - start, result];
}

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1].toFixed(2);

const [start, compile] = await timed(() => createCompiler(code));
const names = readdirSync(examples).filter((name) => name.endsWith(".py"));
const sources = names.map((name) => [name, readFileSync(new URL(name, examples), "utf8")]);
const [first] = await timed(() => compile(sources[0][1], { file: sources[0][0] }));

console.log("| | ms |\n|---|---:|");
console.log(`| start, once | ${start.toFixed(2)} |\n| first program, ${sources[0][0]} | ${first.toFixed(2)} |`);
for (const [file, source] of sources) {
  const times = [];
  for (let run = 0; run < RUNS; run++) times.push((await timed(() => compile(source, { file })))[0]);
  console.log(`| ${file} | ${median(times)} |`);
}
