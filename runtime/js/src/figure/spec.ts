// What Python says of a figure.

import type { Source } from "../edit/job.js";
import type { Written } from "../leaf.js";
import type { Hand } from "./hands.js";

/** A control of one parameter. */
export type Control =
  /** A slider. With a dtype any value of this may be typed, and the track is only a part. */
  | { kind: "number"; name: string; integer: boolean; log: boolean; low: number; high: number; step: number; value: number | bigint | string; dtype?: string }
  | { kind: "range"; name: string; integer: boolean; low: number; high: number; step: number; value: [number, number] }
  | { kind: "bool"; name: string; value: boolean }
  | { kind: "button"; name: string; label?: string; value: number }
  /** A place in a panel: a point that is dragged, or where the pointer is. */
  | { kind: "point"; name: string; panel?: string; value: [number, number] }
  | { kind: "pointer"; name: string; panel?: string; value: [number, number] }
  /** An array whose items are typed; infinities, NaN and integers that no number holds are text. A wide one may have other columns. */
  | { kind: "table"; name: string; dtype: string; shape: number[]; value: (number | boolean | string)[]; wide?: boolean }
  /** A value of any type, as nested lists. */
  | { kind: "text"; name: string; type: Written; value: string }
  | { kind: "choice"; name: string; labels: string[]; values: (number | boolean)[] | null; value: number };

/** How a result is shown. */
export interface View {
  kind: "lines" | "points" | "bars" | "image" | "rgb" | "table" | "number" | "array" | "auto";
  /** Of a number that is shown with all its digits. */
  dtype?: string;
  title?: string;
  x?: string;
  y?: string;
  labels?: string[];
  /** The word of the axis at the right, and the curves that it is for, by position or label. */
  y2?: string;
  right?: (number | string)[];
  xlim?: [number, number];
  ylim?: [number, number];
  y2lim?: [number, number];
  xscale?: "linear" | "log";
  yscale?: "linear" | "log";
  /** Whether the axes follow what is shown; otherwise they stay as they are at first. */
  follow?: boolean;
  step?: "pre" | "mid" | "post";
  area?: boolean;
  markers?: boolean;
  /** Of lines, as matplotlib writes them; and the width of points. */
  styles?: string[];
  size?: number;
  /** Anchors of the colours of values, as hexadecimal digits. */
  map?: string;
  vmin?: number;
  vmax?: number;
  /** The plane that an image covers: left, right, bottom, top. */
  extent?: [number, number, number, number];
  /** Height of a unit by its width; auto fills what there is. */
  aspect?: number | "auto";
  origin?: "upper" | "lower";
}

export interface Spec {
  controls: Control[];
  /** The kernel for the choices whose values are known while compiling, by their positions. */
  kernels: Record<string, string>;
  /** A view for each result; `names` are those of a dict. */
  views: View[];
  names: string[] | null;
  /** For a simulation: the kernels that make its state and show it, steps in a frame, and steps before the first picture. */
  animation?: { start: string; show: string; speed: number; skip: number };
  /** Names of controls and results that are floats. */
  floats: string[];
  /** The picture's words. */
  alt: string;
  /** What the reader may edit. */
  source?: Source;
  /** Whether the kernels run beside the page once a value has changed: for some values they may not end. */
  beside?: boolean;
}

/** What kernels give. */
export interface ArrayResult {
  readonly data: ArrayLike<number | bigint>;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Of a view, which may lie in the data in any order. */
  readonly strides?: readonly number[];
  copy?(): ArrayResult;
  toArray(): unknown;
}
export type Result = number | bigint | boolean | undefined | ArrayResult | Result[];

/** What shows a result. */
export interface Shown {
  /** Takes the words of a view, in which values stand. */
  relabel?(view: View): void;
  /** What pointers do in it, if it has places. */
  hand?: Hand | undefined;
  show(result: Result): void;
  paint(): void;
}
