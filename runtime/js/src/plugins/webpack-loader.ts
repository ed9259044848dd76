// The loader behind the plugin for webpack.

import { together, translate, type Located, type PluginOptions } from "./translate.js";

/** What webpack gives a loader as `this`. */
interface Loader {
  resourcePath: string;
  getOptions(): PluginOptions;
  async(): (error: Error | null, code?: string) => void;
  emitWarning(warning: Error): void;
}

/** A diagnostic as webpack shows one. */
const failure = (path: string, { message, line, column, frame }: Located): Error => {
  const error = new Error(`${path}:${line}:${column}: ${message}\n\n${frame}`);
  error.name = "CompileError";
  error.stack = "";
  return error;
};

export default async function (this: Loader, source: string): Promise<void> {
  const done = this.async();
  try {
    const { code, found } = await translate(this.resourcePath, source, this.getOptions());
    for (const one of found) if (one.severity === "warning") this.emitWarning(failure(this.resourcePath, one));
    if (code === undefined) done(failure(this.resourcePath, together(this.resourcePath, found.filter(({ severity }) => severity === "error"))));
    else done(null, code);
  } catch (error) {
    done(error as Error);
  }
}
