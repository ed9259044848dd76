// Bundles the runtime: dist/index.js for npm, and those that the compiler embeds, for modules with and without arrays.
// With --check, fails if the committed ones are not what the sources give.
import { build } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";

const common = { bundle: true, minify: true, format: "iife", banner: { js: "let $;" }, target: "es2022", write: false, legalComments: "none", charset: "utf8" };
// Members that only the runtime itself uses.
const mangled = /^(along|base64|block|checked|compiled|copyBack|element|given|least|leaves|names|options|overlapping|packed|place|sites|starting|store|text|together|what|written)$/;
/** The runtime around a class of modules, with what it exports beside it. */
const runtime = (parent, from, more) => ({
  ...common,
  mangleProps: mangled,
  stdin: {
    contents: `import { loading } from "./src/load.js"; import { ${parent} } from "./src/${from}.js"; import { PyError } from "./src/errors.js";
      ${more ? 'import { NDArray } from "./src/ndarray.js";' : ""} $ = { Loader: loading(${parent}), PyError, ${more} };`,
    resolveDir: import.meta.dirname ?? ".",
  },
});
const generated = new URL("../../crates/glue/src/generated/", import.meta.url);
let stale = false;
for (const [name, options] of [["arrays.js", runtime("ArrayModule", "arrays", "NDArray")], ["scalars.js", runtime("Module", "module", "")]]) {
  const text = (await build(options)).outputFiles[0].text;
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
