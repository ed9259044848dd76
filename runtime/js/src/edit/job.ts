// What a figure asks for when its source has been edited, and what comes of it.

import type { Diagnostic, Interface } from "../compile.js";
import type { Control, View } from "../figure/spec.js";

/** What Python says of a source that readers edit. */
export interface Source {
  text: string;
  /** The function that the figure shows; without one it is the last of the text. */
  name?: string;
  /** The name that errors show. */
  file: string;
  /** Parameters without a control, as Python writes their values. */
  fixed: Record<string, string>;
  /** Parameters with options that are known while compiling, as Python writes these. */
  options: Record<string, string[]>;
  /** The types of the other parameters. */
  types: Record<string, string>;
  /** Arrays that the text names: their dtypes, extents, and bytes as hexadecimal digits. */
  arrays: Record<string, [dtype: string, shape: number[], bytes: string]>;
  /** Anchors of the colours of images. */
  map: string;
  /** The script with the compiler, if it is not in the page. */
  compiler?: string;
  /** Where a server compiles, in place of the page. */
  server?: string;
}

/** A source, with the controls and views that the figure has now. */
export interface Job extends Source {
  controls: Control[];
  views: View[];
  names: string[] | null;
}

/** Why there is no figure of a source: diagnostics with their places, or what Python raises. */
export interface Problem {
  diagnostics?: Diagnostic[];
  raised?: { name: string; message: string; pyLine?: number; pyFunction?: string };
}

/** A figure of a source: its module, and what has changed of its `Spec`. */
export interface Made {
  wasm: Uint8Array<ArrayBuffer>;
  about: Interface;
  controls: Control[];
  kernels: Record<string, string>;
  views: View[];
  names: string[] | null;
  floats: string[];
  /** The name of the function. */
  shown: string;
}

export type Outcome = Made | Problem;

/** What compiles: in the page, or where the page comes from. Both refuse with a `CompileError`. */
export interface Compiler {
  outline(source: string, name: string, file: string): Promise<import("../compile.js").Outline | null>;
  specialise(source: string, request: string, options: import("../compile.js").CompileOptions): Promise<{ wasm: Uint8Array<ArrayBuffer>; about: Interface }>;
}
