// Bundles the runtime that the compiler embeds, in parts: modules without lists or arrays have the first ones, and those whose bytes are inside do without that for files.
// With --check, fails if the committed ones are not what the sources give.
import { build, transform } from "esbuild";
import { execFileSync } from "node:child_process";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const common = { bundle: true, minify: true, format: "iife", banner: { js: "let $;" }, target: "es2022", write: false, legalComments: "none", charset: "utf8" };
// Members that only the runtime itself uses.
const mangled = /^(adopted|alignment|allocate|along|asTheyLie|base64|block|blocks|bools|changes|checked|compiled|element|found|given|heap|heaps|isNamed|isThere|kept|known|leaf|least|leaves|look|looks|most|mutable|names|options|overlapping|packed|params|place|places|printed|probe|references|sites|slots|starting|store|taking|text|textAt|together|what|writeBack|written)$/;
/** What the runtime is made of: each part continues those before it, which are a runtime without it. */
const PARTS = {
  scalars: `import { loading } from "./load.js"; import { Module } from "./module.js"; import { PyError } from "./errors.js"; $ = { Loader: loading(Module), PyError };`,
  files: `import { read } from "./files.js"; $ = { ...$, read };`,
  arrays: `import { loading } from "./load.js"; import { ArrayModule } from "./arrays.js"; import { NDArray } from "./ndarray.js"; $ = { ...$, Loader: loading(ArrayModule), NDArray };`,
  resident: `import { loading } from "./load.js"; import { ResidentModule } from "./resident.js"; $ = { ...$, Loader: loading(ResidentModule) };`,
  lists: `import { loading } from "./load.js"; import { ResidentModule } from "./resident.js"; import { listing } from "./lists.js"; $ = { ...$, Loader: loading(listing(ResidentModule)) };`,
  strings: `import { loading } from "./load.js"; import { ResidentModule } from "./resident.js"; import { listing } from "./lists.js"; import { texting } from "./strings.js"; $ = { ...$, Loader: loading(texting(listing(ResidentModule))) };`,
};
const src = fileURLToPath(new URL("src/", import.meta.url));
const parts = {
  name: "parts",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^part:/ }, ({ path }) => ({ path, namespace: "part" }));
    onLoad({ filter: /^/, namespace: "part" }, ({ path }) => ({ contents: PARTS[path.slice(5)], resolveDir: src }));
  },
};
/** The runtime with all parts. */
const runtime = { ...common, mangleProps: mangled, plugins: [parts], stdin: { contents: Object.keys(PARTS).map((name) => `import "part:${name}";`).join(""), resolveDir: src } };
/** Its parts, by their files: each ends with the statement that says what there is by then. What closes the last one closes any. */
const runtimeParts = (text) => {
  const pieces = text.split(/(?<=\$=\{[^{}]*\};)/);
  const names = Object.keys(PARTS);
  if (pieces.length !== names.length + 1) throw new Error(`the runtime has ${pieces.length - 1} parts`);
  return Object.fromEntries(names.map((name, k) => [name, pieces[k]]));
};
/** Styles as text, without what only their readers need. */
const styles = {
  name: "styles",
  setup: ({ onLoad }) => onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: (await transform(await readFile(path, "utf8"), { loader: "css", minify: true })).code.trim(), loader: "text" })),
};
/** What figures are drawn by: the part that all need, which is called `$figure`, and those that enter themselves there. */
const figure = (contents, globalName) => ({
  ...common,
  banner: {},
  plugins: [styles],
  globalName,
  stdin: { contents, resolveDir: import.meta.dirname ?? "." },
});
const part = (contents, ...sheets) => figure(`${contents} ${sheets.map((name, k) => `import sheet${k} from "./src/figure/${name}.css"; $figure.parts.styles += sheet${k};`).join(" ")}`);
/** A part that is what a file exports by some names, with its styles. */
const exported = (names, from, ...sheets) => part(`import { ${names} } from "./src/figure/${from}.js"; Object.assign($figure.parts, { ${names} });`, ...sheets);
/** What compiles edits, as a function whose text is that of all its code, so that a worker can be made of it. */
const engine = { ...figure('export * from "./src/edit/engine.js";', "$engine"), define: { "import.meta.url": "undefined" }, footer: { js: "return $engine};" }, banner: { js: "$figure.parts.engine=()=>{" } };
/** The bundles, by their files. */
const bundles = {
  figure: figure('export { mount } from "./src/figure/mount.js"; export { begin, start } from "./src/figure/start.js"; export { parts } from "./src/figure/parts.js";', "$figure"),
  "figure-chart": exported("Chart", "chart", "chart"),
  "figure-image": exported("Image", "image"),
  "figure-map": exported("ColourMap", "map"),
  "figure-words": exported("words", "words", "grid", "words"),
  "figure-titles": exported("titled", "format"),
  "figure-hands": part('import * as hands from "./src/figure/hands.js"; Object.assign($figure.parts, { hands });'),
  "figure-table": exported("table", "table", "grid", "entry"),
  "figure-text": part('import { table } from "./src/figure/table.js"; import { text } from "./src/figure/text.js"; Object.assign($figure.parts, { table, text });', "grid", "entry"),
  "figure-more": exported("more", "more"),
  "figure-array": exported("array", "array", "array"),
  "figure-widget": exported("widget", "widget"),
  "figure-animation": exported("player, simulated", "animation", "animation"),
  "figure-editable": exported("editable", "../edit/editable"),
  "figure-engine": engine,
  playground: figure('import "./src/edit/playground.ts";'),
};
const generated = new URL("../../crates/glue/src/generated/", import.meta.url);
let stale = false;
const textOf = async (options) => (await build(options)).outputFiles[0].text;
const texts = runtimeParts(await textOf(runtime));
for (const [bundle, options] of Object.entries(bundles)) texts[bundle] = await textOf(options);
// What modules with records have beside their runtime.
texts.records = (await textOf({ ...common, banner: { js: "let $records;" }, stdin: { contents: 'import { lift, lower } from "./src/records.js"; $records = { lift, lower };', resolveDir: import.meta.dirname ?? "." } })).trim();
for (const [bundle, text] of Object.entries(texts)) {
  const name = `${bundle}.js`;
  const file = new URL(name, generated);
  if (process.argv.includes("--check")) {
    if ((await readFile(file, "utf8").catch(() => "")) !== text) {
      console.error(`${name} is stale: run \`cargo xtask gen\``);
      stale = true;
    }
  } else await writeFile(file, text);
}
process.exitCode = stale ? 1 : 0;

// With --package FOLDER, writes the npm package there, around the compiler's wasm, which is there already.
const at = process.argv.indexOf("--package");
if (at > 0) {
  const folder = process.argv[at + 1];
  const root = fileURLToPath(new URL(".", import.meta.url));
  const bundle = (name, options) => build({ ...common, format: "esm", banner: {}, entryPoints: [`${root}src/${name}.ts`], outfile: `${folder}/${name}.js`, write: true, ...options });
  const plugins = ["vite", "rollup", "webpack", "webpack-loader", "esbuild"];
  const compiler = gzipSync(await readFile(`${folder}/nopython.wasm`), { level: 9 }).toString("base64");
  // What several of these need is a file that they import; those of another build would stay.
  for (const file of await readdir(folder)) if (file.startsWith("chunk-")) await rm(`${folder}/${file}`);
  const parts = ["index", "runtime", "scalars", "devtools"].map((name) => `${root}src/${name}.ts`);
  await Promise.all([
    // Without white space, the marks of calls that may be left out would go too.
    build({ ...common, format: "esm", banner: {}, minify: false, minifyIdentifiers: true, minifySyntax: true, entryPoints: parts, outdir: folder, splitting: true, write: true }),
    bundle("auto", { external: ["./index.js"] }),
    bundle("offline", { format: "iife", define: { COMPILER: JSON.stringify(compiler), "import.meta.url": "document.baseURI" } }),
    bundle("cli", { platform: "node", banner: { js: "#!/usr/bin/env node" } }),
    ...plugins.map((name) => bundle(`plugins/${name}`, { platform: "node", external: ["../index.js"] })),
  ]);
  execFileSync(`${root}node_modules/.bin/tsc`, ["-p", root, "--declaration", "--emitDeclarationOnly", "--outDir", `${folder}/types`], { stdio: "inherit" });
  const { name, version, description, license } = JSON.parse(await readFile(`${root}package.json`, "utf8"));
  const entry = (file) => ({ types: `./types/${file}.d.ts`, default: `./${file}.js` });
  const manifest = {
    name, version, description, type: "module", license, sideEffects: ["./auto.js", "./devtools.js", "./offline.js"],
    exports: {
      ".": entry("index"), "./auto": entry("auto"), "./devtools": entry("devtools"), "./runtime": entry("runtime"),
      ...Object.fromEntries(plugins.filter((file) => file !== "webpack-loader").map((file) => [`./${file}`, entry(`plugins/${file}`)])),
      "./offline.js": "./offline.js", "./nopython.wasm": "./nopython.wasm",
    },
    bin: { nopython: "cli.js" },
    engines: { node: ">=20.16" },
  };
  await writeFile(`${folder}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
}
