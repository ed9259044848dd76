// The controls of parameters: those that the figure has, and those that defaults and types stand for, as in `crates/python/python/nopython/_controls.py`.

import type { Default, Outline } from "../compile.js";
import type { Written } from "../leaf.js";
import { startOf } from "../figure/numbers.js";
import type { Control } from "../figure/spec.js";
import type { Job } from "./job.js";

/** What a parameter gets: a control whose value has a type, options known while compiling, a value as Python writes it, or what it has without an argument. */
export type Bound = { control: Control; type: string } | { control: Control; options: string[] } | { text: string } | { left: true };

/** The number that a default is, whether it is an int, or nothing. */
const numberOf = (given: Default | undefined): { value: number; integer: boolean } | undefined => {
  if (typeof given === "number") return { value: given, integer: true };
  const text = Object(given).float as string | undefined;
  return text === undefined ? undefined : { value: Number(text), integer: false };
};

/** A value as Python writes it, and as a list shows it. */
const written = (given: Default): [text: string, label: string] | undefined => {
  const number = numberOf(given);
  if (number) {
    const text = String(number.value);
    const python = !number.integer && /^-?\d+$/.test(text) ? `${text}.0` : text;
    return [python, python];
  }
  if (typeof given === "boolean") return given ? ["True", "True"] : ["False", "False"];
  if (given === null) return ["None", "None"];
  // Of what JSON escapes, Python reads the same.
  return typeof given === "string" ? [JSON.stringify(given), given] : undefined;
};

const slider = (name: string, low: number, high: number, step: number, value: number, integer: boolean): Bound => ({
  control: { kind: "number", name, integer, log: false, low, high, step, value },
  type: integer ? "int" : "float",
});

/** The control of one number, which is around it. */
const around = (name: string, value: number, integer: boolean): Bound => {
  const [low, high] = value === 0 ? [0, 1] : value > 0 ? [-value, 3 * value] : [3 * value, -value];
  return slider(name, low, high, integer ? 1 : 0.1, value, integer);
};

const choice = (name: string, given: Default[]): Bound => {
  const texts = given.map(written);
  if (!given.length || texts.includes(undefined)) return { left: true };
  const labels = texts.map((pair) => pair![1]);
  const numbers = given.map(numberOf);
  const control = { kind: "choice", name, labels, value: 0 } as const;
  if (given.every((one) => typeof one === "boolean")) return { control: { ...control, values: given }, type: "bool" };
  if (!numbers.includes(undefined)) {
    return { control: { ...control, values: numbers.map((one) => one!.value) }, type: numbers.every((one) => one!.integer) ? "int" : "float" };
  }
  return { control: { ...control, values: null }, options: texts.map((pair) => pair![0]) };
};

/** What a default stands for. */
export const ofDefault = (name: string, given: Default): Bound => {
  if (typeof given === "boolean") return { control: { kind: "bool", name, value: given }, type: "bool" };
  const one = numberOf(given);
  if (one) return Number.isFinite(one.value) ? around(name, one.value, one.integer) : { left: true };
  if (Array.isArray(given)) return choice(name, given);
  const items = Object(given).tuple as Default[] | undefined;
  const numbers = items?.map(numberOf);
  if (!numbers || numbers.includes(undefined) || numbers.length < 2 || numbers.length > 3) return { left: true };
  const [low, high, step] = numbers.map((number) => number!.value);
  if (!(low! <= high!) || (step !== undefined && !(step > 0))) return { left: true };
  const integer = numbers.every((number) => number!.integer);
  const steps = step ?? (integer ? 1 : 0.1);
  const middle = low! + (high! - low!) / 2;
  const value = step === undefined ? middle : low! + Math.trunc((middle - low!) / step) * step;
  return slider(name, low!, high!, steps, integer ? Math.floor(value) : value, integer);
};

/** What a type stands for: a number, or an array that readers type. */
export const ofType = (name: string, type: Written): Bound | undefined => {
  if (typeof type !== "string") return undefined;
  const [dtype, axes] = type.split("[") as [string, string?];
  if (axes === undefined) {
    if (dtype === "bool") return { control: { kind: "bool", name, value: true }, type };
    return { ...around(name, 3, !dtype.startsWith("float")), type } as Bound;
  }
  const ndim = axes.replace("::1", ":").split(":").length - 1;
  if (ndim > 2 || dtype === "bool") return undefined;
  const shape = ndim > 1 ? [3, 4] : [4];
  const value = Array.from({ length: ndim > 1 ? 12 : 4 }, (_, k) => k + 1);
  return { control: { kind: "table", name, dtype, shape, value }, type };
};

/** What the parameters of a function get, in their order. What the figure has keeps its value. `types` are those of a signature. */
export const bound = (job: Job, { parameters }: Outline, types: Record<string, Written>): [name: string, bound: Bound | undefined][] => {
  const known = new Map(job.controls.map((control) => [control.name, control]));
  return parameters.map(({ name, default: given }) => {
    const control = known.get(name);
    if (control && name in job.options) return [name, { control, options: job.options[name]! }];
    if (control && name in job.types) return [name, { control, type: job.types[name]! }];
    if (name in job.fixed) return [name, { text: job.fixed[name]! }];
    if (given !== undefined) return [name, kept(control, ofDefault(name, given))];
    const own = name in types ? ofType(name, types[name]!) : undefined;
    return [name, own && kept(control, own)];
  });
};

/** A control that a default or a type makes anew, with the value that it had before where that still serves. */
const kept = (before: Control | undefined, now: Bound): Bound => {
  if (!before || !("control" in now) || before.kind !== now.control.kind) return now;
  const control = { ...now.control, value: before.value } as Control;
  const fits =
    control.kind === "number" ? startOf(control) >= control.low && startOf(control) <= control.high && (!control.integer || Number.isInteger(Number(control.value)))
    : control.kind === "choice" ? control.value < control.labels.length
    : control.kind === "table" ? before.kind === "table" && control.dtype === before.dtype && control.shape.length === before.shape.length
    : true;
  if (control.kind === "table" && before.kind === "table") control.shape = before.shape;
  return fits ? { ...now, control } : now;
};
