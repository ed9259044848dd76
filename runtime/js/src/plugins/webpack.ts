// `import { smooth } from "./kernels.py"` in webpack: `plugins: [new NopythonPlugin()]`.

import { fileURLToPath } from "node:url";
import { pythonFile, RUNTIME, RUNTIME_FILE, type PluginOptions } from "./translate.js";

export type { PluginOptions } from "./translate.js";

/** What webpack gives a plugin. */
interface Compiler {
  options: { module: { rules: unknown[] }; resolve: { alias?: object } };
}

/** A plugin for webpack, which adds a rule for Python files. */
export default class NopythonPlugin {
  constructor(private readonly options: PluginOptions = {}) {}

  apply(compiler: Compiler): void {
    const loader = fileURLToPath(new URL("./webpack-loader.js", import.meta.url));
    const resourceQuery = (query: string) => pythonFile(`.py${query}`) !== undefined;
    compiler.options.resolve.alias = { [`${RUNTIME}$`]: RUNTIME_FILE, ...compiler.options.resolve.alias };
    compiler.options.module.rules.push({ test: /\.py$/, resourceQuery, type: "javascript/esm", use: [{ loader, options: this.options }] });
  }
}
