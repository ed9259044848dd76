// Programs that are almost right: the blocks of the literate pages, the examples and the test programs with tokens exchanged, dropped,
// doubled and taken from elsewhere, for random argument types. Each compiles to a module that the engine accepts, or is refused; the
// compiler never panics, and never finds a mistake of its own. COMPILER names nopython_browser.wasm; SEED and PROGRAMS may be set.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createCompiler } from "./compiler.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAMS = Number(process.env.PROGRAMS ?? 20_000);
const TYPES = ["float64[:]", "int64", "float64", "int32[:]", "float64[:,:]", "bool", "uint8[:,::1]", "float32[::1]", "uint64", "int8"];
const PRELUDE = "import math, random\nimport numpy as np\nfrom numba import njit, prange\n";

let state = Number(process.env.SEED ?? 1);
/** A number from 0 to n − 1, by a linear congruence (ANSI C's). */
const random = (n) => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) % n;
const pick = (items) => items[random(items.length)];

async function sources() {
  const found = [];
  for (const folder of ["examples", "tests"]) {
    for (const path of await readdir(join(ROOT, folder), { recursive: true })) {
      if (path.includes("node_modules") || ![".py", ".md"].includes(extname(path))) continue;
      const text = await readFile(join(ROOT, folder, path), "utf8");
      if (path.endsWith(".py")) found.push(text);
      else for (const [, block] of text.matchAll(/^```py\n([\s\S]*?)^```/gm)) found.push(PRELUDE + block);
    }
  }
  return found;
}

/** Gives one function of a program a signature of random types; of a page with many, all would hardly ever fit theirs. */
const signed = (source) => {
  const definition = /^(@njit.*\n)?def (\w+)\(([^)]*)\):/gm;
  const chosen = random(Math.max(1, source.match(definition)?.length ?? 0));
  let k = 0;
  return source.replace(definition, (whole, _, name, params) => {
    if (k++ !== chosen) return whole;
    const types = params.trim() ? params.split(",").map(() => pick(TYPES)) : [];
    return `@njit("(${types.map((type) => `${type}, `).join("")})")\ndef ${name}(${params}):`;
  });
};

function mutated(source, tokens) {
  const own = source.match(/\w+|[^\w\s]|\s+/g);
  for (let changes = random(4); changes > 0; changes--) {
    const [i, j] = [random(own.length), random(own.length)];
    const change = [
      () => own.splice(i, 1),
      () => (own[i] = pick(tokens)),
      () => own.splice(i, 0, pick(tokens)),
      () => ([own[i], own[j]] = [own[j], own[i]]),
      () => own.splice(i, 0, ...own.slice(j, j + random(30))),
    ];
    pick(change)();
  }
  return own.join("");
}

test("programs that are almost right are compiled or refused", async () => {
  const programs = await sources();
  const tokens = programs.flatMap((program) => program.match(/\w+|[^\w\s]/g));
  const compile = await createCompiler(await readFile(process.env.COMPILER));
  let compiled = 0;
  for (let k = 0; k < PROGRAMS; k++) {
    const program = mutated(signed(pick(programs)), tokens);
    try {
      const { ok, wasm, diagnostics } = await compile(program, { optLevel: random(2) * 2, simd: random(2) === 1 });
      if (ok) compiled += WebAssembly.validate(wasm) ? 1 : assert.fail("the engine does not accept the module");
      else assert.ok(diagnostics.every(({ code }) => code !== "internal"), diagnostics[0].message);
    } catch (error) {
      assert.fail(`${error}\n${program}`);
    }
  }
  // If nothing compiled, nothing but the parser was tried.
  assert.ok(compiled > PROGRAMS / 20, `only ${compiled} compiled`);
});
