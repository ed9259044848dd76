// Made by nopython from {file}. Do not edit.

/** How a function is called, other than by itself: `f.with(options)(...)`. */
export interface CallOptions {
  /** Whether 64-bit results are BigInts; otherwise they are numbers, or a RangeError where no number is exact. */
  i64?: "number" | "bigint";
  /** Whether array results stay in the module's memory. */
  resident?: boolean;
  /** An array that the result is written to, and which is then the result. */
  out?: unknown;
}

/**
 * Where a module's bytes are, or what they are: an address as text or URL, a Request, a Response or a promise of one, an ArrayBuffer or a view of
 * one, or a WebAssembly.Module. The types of the web are not named, so that projects without them can use this.
 */
export type Source = string | object;

/** Starts the module, where it is too large to have started when it was imported: of the file beside it, or of what is given. */
declare function $i(source?: Source): Promise<unknown>;

/** Starts the module from bytes or from what is compiled of them. */
declare function $s(source: object): unknown;

/** An exception raised by compiled Python. */
declare class $E extends Error {
  /** The Python file, as it was given to the compiler. */
  pyFile: string;
  /** The Python function. */
  pyFunction: string;
  /** Line, counted from 1. */
  pyLine: number;
  /** Column, counted from 1. */
  pyCol: number;
}
