/** An exception raised by compiled Python. */
export class PyError extends Error {
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
  }

  override toString(): string {
    return `${this.name}: ${this.message} (${this.pyFile}:${this.pyLine}:${this.pyCol}, in ${this.pyFunction})`;
  }
}

/** A place that can raise: class, message with {a} and {b}, function, line, column. */
export type Site = [string, string, string, number, number];
