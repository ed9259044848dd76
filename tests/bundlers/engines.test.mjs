// What `nopython build` writes, and the package, in Deno, in Bun, and as CommonJS.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { project } from "./project.mjs";

const tool = (path) => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));
const ENGINES = {
  node: [process.execPath],
  deno: [tool(".bin/deno"), "run", "--allow-read", "--allow-write", "--allow-env"],
  bun: [tool(".bin/bun")],
};
const TABLE = Array.from({ length: 9000 }, (_, k) => ((k * 7919) % 10007) + 0.5);
const FILES = {
  "kernels.py": `import numpy as np\nfrom numba import njit\n\n\n@njit("float64[:](float64[:], int64)")\ndef scaled(x, n=3):\n    if n > 50:\n        raise ValueError("large")\n    return x * n\n`,
  "large.py": `import numpy as np\nfrom numba import njit\n\nT = np.array([${TABLE}])\n\n\n@njit("float64(int64)")\ndef entry(i):\n    return T[i]\n`,
  "use.mjs": `import { scaled, PyError } from "./dist/kernels.js";
import init, { entry } from "./dist/large.js";
import { compile } from "nopython";
await init();
const { half } = await compile("def half(x: float) -> float:\\n    return x / 2\\n");
let caught;
try { scaled([1], 99); } catch (error) { caught = error; }
console.log(JSON.stringify([scaled([1, 2], 2).toArray(), entry(1), half(3), caught instanceof PyError, caught.stack.split("\\n")[1].trim()]));
`,
  "use.cjs": 'const { scaled } = require("./dist/kernels.js");\nconsole.log(JSON.stringify(scaled([1, 2]).toArray()));\n',
};

let folder, remove;
before(async () => {
  ({ folder, remove } = await project(FILES));
  // npm may leave this to the one who asks.
  if (spawnSync(ENGINES.bun[0], ["--version"]).status !== 0) spawnSync(process.execPath, [tool("bun/install.js")]);
  const { status, stderr } = spawnSync(process.env.NOPYTHON, ["build", "kernels.py", "large.py", "-o", "dist"], { cwd: folder, encoding: "utf8" });
  assert.equal(status, 0, stderr);
});
after(() => remove());

const run = ([program, ...words], ...more) => {
  const { status, stdout, stderr, error } = spawnSync(program, [...words, ...more], { cwd: folder, encoding: "utf8" });
  assert.equal(status, 0, stderr || String(error));
  return stdout.trim();
};

for (const [name, engine] of Object.entries(ENGINES)) {
  test(`modules, the package and its command line in ${name}`, () => {
    assert.deepEqual(JSON.parse(run(engine, "use.mjs")), [[2, 4], TABLE[1], 1.5, true, "at scaled (kernels.py:8:9)"]);
    const cli = join(folder, "node_modules/nopython/cli.js");
    if (existsSync(join(folder, "node_modules/nopython/cli.wasm"))) assert.equal(run(engine, cli, "run", "kernels.py", "scaled", "[1.0]", "2"), "float64[1] [2.0]");
  });
}

for (const name of ["node", "bun"]) {
  test(`a module is required in ${name}`, () => assert.deepEqual(JSON.parse(run(ENGINES[name], "use.cjs")), [3, 6]));
}
