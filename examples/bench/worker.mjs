// Times calls on request: node worker.mjs FOLDER ours|copies|twin. A line `KERNEL CALLS` is answered by milliseconds per call.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { readValue } from "../js/npy.mjs";
import { twins } from "../js/twins.mjs";

const [folder, engine] = process.argv.slice(2);
const prepared = new Map();

for (const entry of JSON.parse(readFileSync(`${folder}/manifest.json`, "utf8"))) {
  const name = `${entry.module}.${entry.function}`;
  let args = entry.arguments.map((value) => readValue(folder, value));
  let call = twins[name];
  if (engine !== "twin") {
    const module = await import(pathToFileURL(`${folder}/${entry.module}.js`));
    call = module[entry.function];
    if (engine === "ours") args = args.map((value) => (value.data ? resident(module.memory, value) : value));
  }
  prepared.set(name, () => call(...args));
}

/** The same array in the module's memory, where a call does not copy it. */
function resident(memory, { dtype, data, shape }) {
  const array = memory.array(dtype, shape);
  array.data.set(data);
  return array;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [name, calls] = line.split(" ");
  const run = prepared.get(name);
  const start = performance.now();
  for (let k = 0; k < calls; k++) run();
  console.log((performance.now() - start) / calls);
}
