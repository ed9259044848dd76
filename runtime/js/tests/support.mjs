// Compiles a Python source with the command line and imports what it emits.
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync, existsSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const targets = [process.env.CARGO_TARGET_DIR, join(homedir(), ".cache/nopython/target")].filter(Boolean);
const candidates = [process.env.NOPYTHON, ...targets.map((t) => join(t, "debug/nopython"))].filter(Boolean);
/** The command line. */
export const command = candidates.find((path) => existsSync(path));

export const PRELUDE = "import numpy as np\nfrom numba import njit\n\n";

/** Builds a Python source, whose file is called `kernels.py` and begins with three lines of imports. */
export const build = (source, ...flags) => {
  if (!command) throw new Error("build the command line first: cargo build -p nopython-cli");
  const folder = mkdtempSync(join(tmpdir(), "nopython-"));
  const file = join(folder, "kernels.py");
  writeFileSync(file, PRELUDE + source);
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  execFileSync(command, ["build", file, "-o", folder, ...flags], { stdio: "pipe" });
  return { folder, module: join(folder, "kernels.js") };
};

/** The module of a Python source. */
export const compile = async (source, ...flags) => import(pathToFileURL(build(source, ...flags).module));
