// Strings in and out of a module's memory, where they are arrays of code points. Only modules with strings carry this.

import type { Argument } from "./argument.js";
import type { ArrayContext, ArrayModule } from "./arrays.js";
import type { Leaf, Written } from "./leaf.js";
import { ArrayKind, kinds, type Kind, type Layout, type Lent, type Taking } from "./lists.js";
import type { Parameters_ } from "./module.js";
import type { NDArray } from "./ndarray.js";
import { describe, refuse } from "./scalar.js";

/** What a string is in memory. */
const CODES = "uint32[::1]";
/** So many code points become text at once: an engine takes only so many arguments. */
const CHUNK = 8192;

/** The code points of a string. */
const codesOf = (value: unknown, what: string): Uint32Array => {
  if (typeof value !== "string") refuse(what, "a string", describe(value));
  return Uint32Array.from(value as string, (c) => c.codePointAt(0)!);
};

/** The string of code points. */
const textOf = (codes: ArrayLike<number>): string => {
  let text = "";
  for (let k = 0; k < codes.length; k += CHUNK) text += String.fromCodePoint(...Array.from({ length: Math.min(CHUNK, codes.length - k) }, (_, j) => codes[k + j]!));
  return text;
};

/** Strings in lists. */
class TextKind implements Kind<Argument> {
  readonly text = "str";
  private codes: ArrayKind;

  constructor(layout: Layout) {
    this.codes = new ArrayKind(CODES, layout);
  }

  take(value: unknown, taking: Taking): Argument {
    return this.codes.take(codesOf(value, taking.what), taking);
  }

  put(taken: Argument, at: number, lent: Lent): void {
    this.codes.put(taken, at, lent);
  }

  get(at: number, lent: Lent): string {
    const [address, length] = lent.module.heap("int32").subarray((at + this.codes.place) / 4) as Int32Array;
    return textOf(lent.module.view("uint32", address! >>> 0, length) as Uint32Array);
  }
}

kinds.str = (layout) => new TextKind(layout);

/** What the calls of a signature with strings have beside those of others. */
export interface TextContext extends ArrayContext {
  /** Number `k` of the leaves, a string, as an array of code points that is not in memory yet. */
  string(k: number, value: unknown): Argument;
  /** The string of a result. */
  stringOf(codes: NDArray): string;
}

/** A type with code points in the place of strings that are not in lists. */
const asCodes = (type: Written): Written => (Array.isArray(type) ? type.map(asCodes) : type === "str" ? CODES : type);

/** Modules of a class, with strings. */
export const texting = <Base extends new (...about: any[]) => ArrayModule>(Base: Base): Base => class TextModule extends Base {
  /** What has been printed since the last end of a line. */
  private printed = "";

  constructor(...about: any[]) {
    super(...about);
    const np = this.imports.np as Record<string, (...numbers: number[]) => void>;
    const raise = np.raise!;
    np.raise = (site, a, b) => {
      const [name, message, ...place] = this.sites[site!]!;
      if (!message.includes("{text}")) return raise(site!, a!, b!);
      // What is raised has the text in it.
      this.sites.push([name, message.replace("{text}", () => this.textAt(a!, b!)), ...place]);
      try {
        return raise(this.sites.length - 1, 0, 0);
      } finally {
        this.sites.pop();
      }
    };
    np.print = (address, length) => this.print(this.textAt(address!, length!));
  }

  private textAt(address: number, length: number): string {
    return textOf(this.view("uint32", address >>> 0, length) as Uint32Array);
  }

  /** Prints whole lines; what stands after the last one is printed when the call has ended. */
  private print(text: string): void {
    const lines = (this.printed + text).split("\n");
    if (!this.printed && lines.length === 1) {
      queueMicrotask(() => {
        if (this.printed) console.log(this.printed);
        this.printed = "";
      });
    }
    this.printed = lines.pop()!;
    for (const line of lines) console.log(line);
  }

  override context(name: string, line: number, params: Parameters_[2], ...more: [options: Parameters_[3], result?: Written]): TextContext {
    const context = super.context(name, line, params.map(([label, type, ...about]) => [label, asCodes(type), ...about]), ...more);
    return Object.assign(context, {
      string: (k: number, value: unknown) => context.array(k, codesOf(value, (context as unknown as { leaves: Leaf[] }).leaves[k]!.what)),
      stringOf: (codes: NDArray) => {
        const text = textOf(Array.from(codes as Iterable<number>));
        // One that stays in memory would stay for nothing.
        if ("address" in codes) (codes as Partial<Disposable>)[Symbol.dispose]?.();
        return text;
      },
    });
  }
};
