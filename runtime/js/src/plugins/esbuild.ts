// `import { smooth } from "./kernels.py"` in esbuild: `plugins: [nopython()]`.

import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { pythonFile, RUNTIME, RUNTIME_FILE, translate, type Located, type PluginOptions } from "./translate.js";

export type { PluginOptions } from "./translate.js";

/** What esbuild gives a plugin. */
interface Build {
  onResolve(options: { filter: RegExp }, callback: (args: { path: string }) => object): void;
  onLoad(options: { filter: RegExp }, callback: (args: { path: string; suffix: string }) => Promise<object | undefined>): void;
}

/** A plugin for esbuild. */
export interface Plugin {
  name: "nopython";
  setup(build: Build): void;
}

/** Compiles the Python files that JavaScript imports. */
const nopython = (options: PluginOptions = {}): Plugin => ({
  name: "nopython",
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${RUNTIME}$`) }, () => ({ path: RUNTIME_FILE, sideEffects: false }));
    build.onLoad({ filter: /\.py$/ }, async ({ path, suffix }) => {
      if (!pythonFile(path + suffix)) return undefined;
      const source = await readFile(path, "utf8");
      const { code, found } = await translate(path, source, options);
      const lines = source.split("\n");
      const log = ({ message, line, column, endColumn }: Located) => ({
        text: message,
        location: { file: path, line, column: column - 1, length: Math.max(0, endColumn - column), lineText: lines[line - 1] ?? "" },
      });
      const of = (severity: Located["severity"]) => found.filter((one) => one.severity === severity).map(log);
      return { contents: code ?? "", loader: "js", resolveDir: dirname(path), errors: of("error"), warnings: of("warning") };
    });
  },
});
export default nopython;
