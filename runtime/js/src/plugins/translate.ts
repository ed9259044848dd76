// What all plugins share: a Python file becomes an ES module, its types lie beside it, and what is wrong with it has a place.

import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
// The plugins run beside the package's own module, and load the same compiler.
import { build, CompileError, type Diagnostic } from "../index.js";

/** What compiled modules import the runtime as, and where it is: beside this package, whatever the project can see. */
export const RUNTIME = "nopython/runtime";
export const RUNTIME_FILE = fileURLToPath(new URL("../runtime.js", import.meta.url));

/** The file of a Python module's address, or nothing if it is none: bundlers have meanings of their own for some queries. */
export const pythonFile = (id: string): string | undefined => {
  const [file, query = ""] = id.split(/\?(.*)/s);
  const own = /(^|&)(raw|url|inline|no-inline|worker|sharedworker|init)(&|=|$)/.test(query);
  return file!.endsWith(".py") && !own ? file : undefined;
};

/** How Python is compiled. */
export interface PluginOptions {
  /** Whether `kernels.d.py.ts` is written beside `kernels.py`, for TypeScript's `allowArbitraryExtensions`; true unless it is false. */
  types?: boolean;
  /** Whether 64-bit integer results are BigInts, unless a call says otherwise. */
  i64?: "number" | "bigint";
  /** Whether 128-bit vectors may be used. */
  simd?: boolean;
}

/** A diagnostic at a line and a column, both counted from 1, with the lines around it. */
export interface Located {
  severity: "error" | "warning";
  message: string;
  line: number;
  column: number;
  endColumn: number;
  frame: string;
}

/** A Python file as an ES module, or without code if it does not compile. */
export interface Translated {
  code: string | undefined;
  found: Located[];
}

/** Translates a file. All modules of a bundle share the runtime, which they import from the package. */
export const translate = async (path: string, source: string, { types = true, i64, simd }: PluginOptions): Promise<Translated> => {
  const located = (diagnostics: Diagnostic[]) => diagnostics.map((diagnostic) => locate(source, diagnostic));
  try {
    const { js, dts, diagnostics } = await build(source, { file: basename(path), runtime: RUNTIME, ...(i64 && { i64 }), ...(simd !== undefined && { simd }) });
    if (types) await update(path.replace(/\.py$/, ".d.py.ts"), dts);
    return { code: js, found: located(diagnostics) };
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    return { code: undefined, found: located(error.diagnostics) };
  }
};

/** Writes a file, unless it has the text already: watchers see only what changes. */
const update = async (path: string, text: string): Promise<void> => {
  const known = await readFile(path, "utf8").catch(() => undefined);
  // A folder that cannot be written to has no types, and is no reason not to build.
  if (known !== text) await writeFile(path, text).catch(() => undefined);
};

const locate = (source: string, { code, severity, message, labels, hints }: Diagnostic): Located => {
  const label = labels.find(({ primary }) => primary) ?? labels[0];
  const { line, column } = label ?? { line: 1, column: 1 };
  const endColumn = label?.endLine === line ? label.endColumn : column;
  const text = [`${message} (${code})`, ...hints.map((hint) => `help: ${hint}`)].join("\n");
  return { severity, message: text, line, column, endColumn, frame: frame(source, line, column, endColumn) };
};

/** Several errors as one, for hosts that show one: at the place of the first, with the others in its message. */
export const together = (path: string, errors: Located[]): Located => {
  const [first, ...others] = errors as [Located, ...Located[]];
  const more = others.map(({ message, line, column, frame }) => `\n\n${path}:${line}:${column}: ${message}\n${frame}`);
  return { ...first, message: first.message + more.join("") };
};

/** The line and two before and after it, with a mark under the place. */
const frame = (source: string, line: number, column: number, endColumn: number): string => {
  const lines = source.split("\n");
  const width = String(line + 2).length;
  const shown: string[] = [];
  for (let k = Math.max(1, line - 2); k <= Math.min(lines.length, line + 2); k++) {
    shown.push(`${String(k).padStart(width)} | ${lines[k - 1]}`);
    if (k === line) shown.push(`${" ".repeat(width)} | ${" ".repeat(column - 1)}${"^".repeat(Math.max(1, endColumn - column))}`);
  }
  return shown.join("\n");
};
