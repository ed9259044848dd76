// The npm package in the folder NPM, with a compiler given as bytes: what it makes of a source, whether it compiles or not.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A function that compiles and gives `{ ok, wasm, js, dts, diagnostics, text }`; without `ok` the first three are empty. */
export async function createCompiler(code) {
  const { build, CompileError, setCompilerUrl } = await import(pathToFileURL(join(process.env.NPM, "index.js")));
  setCompilerUrl(await WebAssembly.compile(code));
  return async (source, options) => {
    try {
      return { ok: true, text: "", ...(await build(source, options)) };
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      return { ok: false, wasm: new Uint8Array(), js: "", dts: "", diagnostics: error.diagnostics, text: error.message };
    }
  };
}
