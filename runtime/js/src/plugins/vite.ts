// `import { smooth } from "./kernels.py"` in Vite and Rollup: `plugins: [nopython()]`.

import { translate, type Located, type PluginOptions } from "./translate.js";

export type { PluginOptions } from "./translate.js";

/** What Rollup and Vite give a hook as `this`. */
interface Hook {
  warn(log: object): void;
  error(log: object): never;
}

/** A plugin for Vite and for Rollup. */
export interface Plugin {
  name: "nopython";
  enforce: "pre";
  config(): { optimizeDeps: { exclude: string[] } };
  transform: { filter: { id: RegExp }; handler(code: string, id: string): Promise<{ code: string; map: { mappings: "" } } | undefined> };
}

const PYTHON = /\.py$/;

/** Compiles the Python files that JavaScript imports. */
const nopython = (options: PluginOptions = {}): Plugin => ({
  name: "nopython",
  enforce: "pre",
  // Prebundled, the compiler would look for its wasm in another folder.
  config: () => ({ optimizeDeps: { exclude: ["nopython"] } }),
  transform: {
    filter: { id: PYTHON },
    async handler(this: unknown, code: string, id: string) {
      if (!PYTHON.test(id)) return undefined;
      const hook = this as Hook;
      const translated = await translate(id, code, options);
      const log = ({ message, line, column, frame }: Located) => ({ message, id, frame, plugin: "nopython", loc: { file: id, line, column } });
      for (const found of translated.found) if (found.severity === "warning") hook.warn(log(found));
      const error = translated.found.find(({ severity }) => severity === "error");
      if (translated.code === undefined) return hook.error(log(error!));
      return { code: translated.code, map: { mappings: "" } };
    },
  },
});
export default nopython;
