// `import { smooth } from "./kernels.py"` in webpack: `plugins: [new NopythonPlugin()]`.

import { fileURLToPath } from "node:url";
import type { PluginOptions } from "./translate.js";

export type { PluginOptions } from "./translate.js";

/** What webpack gives a plugin. */
interface Compiler {
  options: { module: { rules: unknown[] } };
}

/** A plugin for webpack, which adds a rule for Python files. */
export default class NopythonPlugin {
  constructor(private readonly options: PluginOptions = {}) {}

  apply(compiler: Compiler): void {
    const loader = fileURLToPath(new URL("./webpack-loader.js", import.meta.url));
    compiler.options.module.rules.push({ test: /\.py$/, type: "javascript/esm", use: [{ loader, options: this.options }] });
  }
}
