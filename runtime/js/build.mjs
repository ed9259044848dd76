// Bundles the runtime: dist/index.js for npm, and the one that the compiler embeds.
// With --check, fails if the committed one is not what the sources give.
import { build } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";

const common = { bundle: true, minify: true, format: "iife", banner: { js: "let $;" }, target: "es2022", write: false, legalComments: "none", charset: "utf8" };
// Members that only the runtime itself uses.
const mangled = /^(along|base64|block|checked|compiled|copyBack|element|given|least|leaves|names|options|overlapping|packed|place|sites|starting|store|text|together|what|written)$/;
const runtime = {
  ...common,
  mangleProps: mangled,
  stdin: {
    contents: `import { Loader } from "./src/load.js"; import { NDArray } from "./src/ndarray.js"; import { PyError } from "./src/errors.js"; $ = { Loader, NDArray, PyError };`,
    resolveDir: import.meta.dirname ?? ".",
  },
};
const generated = new URL("../../crates/glue/src/generated/runtime.js", import.meta.url);
let stale = false;
const text = (await build(runtime)).outputFiles[0].text;
if (process.argv.includes("--check")) {
  if ((await readFile(generated, "utf8").catch(() => "")) !== text) {
    console.error("runtime.js is stale: run `cargo xtask gen`");
    stale = true;
  }
} else await writeFile(generated, text);
if (!process.argv.includes("--check")) {
  await build({ ...common, format: "esm", banner: {}, entryPoints: ["src/index.ts"], outfile: "dist/index.js", minify: false, write: true });
}
process.exitCode = stale ? 1 : 0;
