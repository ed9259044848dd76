// `import { smooth } from "./kernels.py"` in esbuild: `plugins: [nopython()]`.

import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { translate, type Located, type PluginOptions } from "./translate.js";

export type { PluginOptions } from "./translate.js";

/** What esbuild gives a plugin. */
interface Build {
  onLoad(options: { filter: RegExp }, callback: (args: { path: string }) => Promise<object>): void;
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
    build.onLoad({ filter: /\.py$/ }, async ({ path }) => {
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
