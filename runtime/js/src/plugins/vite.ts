// `import { smooth } from "./kernels.py"` in Vite and Rollup: `plugins: [nopython()]`.

import { dirname, join } from "node:path";
import { pythonFile, RUNTIME, RUNTIME_FILE, together, translate, type Located, type PluginOptions } from "./translate.js";

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
  config(): { optimizeDeps: { exclude: string[] }; worker: { plugins(): Plugin[] } };
  resolveId(id: string, importer?: string): { id: string; moduleSideEffects: false } | undefined;
  transform: { filter: { id: RegExp }; handler(code: string, id: string): Promise<{ code: string; map: { mappings: "" } } | undefined> };
}

/** Compiles the Python files that JavaScript imports. */
const nopython = (options: PluginOptions = {}): Plugin => ({
  name: "nopython",
  enforce: "pre",
  // Prebundled, the compiler would look for its wasm in another folder. Workers are bundled by plugins of their own.
  config: () => ({ optimizeDeps: { exclude: ["nopython"] }, worker: { plugins: () => [nopython(options)] } }),
  // Rollup reads no package.json, which says that nothing here is needed for its effects.
  resolveId(id, importer) {
    const isPart = importer && id.startsWith("./") && dirname(importer) === dirname(RUNTIME_FILE);
    const file = id === RUNTIME ? RUNTIME_FILE : isPart ? join(dirname(RUNTIME_FILE), id) : undefined;
    return file ? { id: file, moduleSideEffects: false } : undefined;
  },
  transform: {
    filter: { id: /\.py(\?|$)/ },
    async handler(this: unknown, code: string, id: string) {
      const file = pythonFile(id);
      if (!file) return undefined;
      const hook = this as Hook;
      const translated = await translate(file, code, options);
      const log = ({ message, line, column, frame }: Located) => ({ message, id, frame, plugin: "nopython", loc: { file, line, column } });
      for (const found of translated.found) if (found.severity === "warning") hook.warn(log(found));
      if (translated.code === undefined) return hook.error(log(together(file, translated.found.filter(({ severity }) => severity === "error"))));
      return { code: translated.code, map: { mappings: "" } };
    },
  },
});
export default nopython;
