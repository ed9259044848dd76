// The compiler in a page or in Node: bytes in, a function that compiles out.

const PARTS = ["wasm", "js", "dts", "diagnostics", "text"];

/**
 * Starts the compiler from the bytes of nopython_browser.wasm, or from a compiled WebAssembly.Module.
 *
 * The result is `compile(source, { file, optLevel, simd })`, which gives `{ ok, wasm, js, dts, diagnostics, text }`:
 * the module's bytes, an ES module with the bytes inside, its declarations, and what there is to say about the source
 * as objects and as text. Without `ok` the first three are empty.
 */
export async function createCompiler(code) {
  const module = code instanceof WebAssembly.Module ? code : await WebAssembly.compile(code);
  const { exports } = await WebAssembly.instantiate(module, {});
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  return function compile(source, { file = "kernels.py", optLevel = 2, simd = true } = {}) {
    const name = encoder.encode(file);
    const text = encoder.encode(source);
    const address = exports.input(name.length + text.length);
    const memory = new Uint8Array(exports.memory.buffer);
    memory.set(name, address);
    memory.set(text, address + name.length);
    const ok = exports.compile(name.length, optLevel, simd) === 1;
    const parts = PARTS.map((_, k) => {
      const at = exports.output(k);
      return new Uint8Array(exports.memory.buffer).slice(at, at + exports.output_length(k));
    });
    const [wasm, js, dts, diagnostics, rendered] = parts.map((bytes, k) => (k === 0 ? bytes : decoder.decode(bytes)));
    return { ok, wasm, js, dts, diagnostics: JSON.parse(diagnostics), text: rendered };
  };
}
