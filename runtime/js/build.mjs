// Bundles the runtime: dist/index.js for npm, and the two loaders that the compiler embeds.
// With --check, fails if the committed loaders are not what the sources give.
import { build } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";

const common = { bundle: true, minify: true, format: "iife", banner: { js: "let $;" }, target: "es2022", write: false, legalComments: "none", charset: "utf8" };
// Members that only the runtime itself uses.
const mangled = /^(accepts|address|allocate|block|copied|copies|element|failed|file|items|lift|lower|overload|owner|packed|read|sites|slots|text|written)$/;
const loader = (entry) => ({
  ...common,
  mangleProps: mangled,
  stdin: { contents: `import { ${entry} } from "./src/load.js"; import { NDArray } from "./src/ndarray.js"; import { PyError } from "./src/errors.js"; $ = { ${entry}, NDArray, PyError };`, resolveDir: import.meta.dirname ?? "." },
});
const generated = new URL("../../crates/glue/src/generated/", import.meta.url);
let stale = false;
for (const [name, entry] of [["loader.js", "load"], ["inline.js", "start"]]) {
  const text = (await build(loader(entry))).outputFiles[0].text;
  const file = new URL(name, generated);
  if (process.argv.includes("--check")) {
    if ((await readFile(file, "utf8").catch(() => "")) !== text) {
      console.error(`${name} is stale: run \`cargo xtask gen\``);
      stale = true;
    }
  } else await writeFile(file, text);
}
if (!process.argv.includes("--check")) {
  await build({ ...common, format: "esm", banner: {}, entryPoints: ["src/index.ts"], outfile: "dist/index.js", minify: false, write: true });
}
process.exitCode = stale ? 1 : 0;
