/** An exception raised by compiled Python. */
class Raised extends Error {
  /** The Python file, as it was given to the compiler. */
  pyFile!: string;
  /** The Python function. */
  pyFunction!: string;
  /** Line, counted from 1. */
  pyLine!: number;
  /** Column, counted from 1. */
  pyCol!: number;

  constructor(name: string, message: string, pyFile: string, pyFunction: string, pyLine: number, pyCol: number) {
    super(message);
    Object.assign(this, { name, pyFile, pyFunction, pyLine, pyCol });
    // The Python line comes first, as the place where the exception was raised.
    const frames = this.stack?.replace(/^[^]*?\n(?=\s*at )/, "");
    if (frames) this.stack = `${name}: ${message}\n    at ${pyFunction} (${pyFile}:${pyLine}:${pyCol})\n${frames}`;
  }

  override toString(): string {
    return `${this.name}: ${this.message} (${this.pyFile}:${this.pyLine}:${this.pyCol}, in ${this.pyFunction})`;
  }
}

/** One value for all modules of a page, each of which may carry a runtime of its own. */
export const shared = <T>(name: string, own: T): T => {
  const registry = globalThis as unknown as Record<symbol, T>;
  return (registry[Symbol.for(`nopython.${name}`)] ??= own);
};

export const PyError = /* @__PURE__ */ shared("PyError", Raised);
export type PyError = Raised;

/** A place that can raise: class, message with {a} and {b}, function, line, column. */
export type Site = [string, string, string, number, number];
