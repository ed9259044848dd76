// An edit from its text to a module that has been tried: in a worker, so that a loop without an end does not stop the page.

import { ArrayModule } from "../arrays.js";
import { listing } from "../lists.js";
import { CompileError, functionsOf, outline, setCompilerUrl, specialise, type Diagnostic, type Interface, type Outline } from "../compile.js";
import { CONSTRUCTORS, type DType } from "../dtype.js";
import type { Frozen } from "../frozen.js";
import type { Written } from "../leaf.js";
import { withoutRecords } from "../generic.js";
import { startOf } from "../figure/numbers.js";
import type { Control, View } from "../figure/spec.js";
import type { Compiler, Job, Made, Outcome } from "./job.js";
import { bound, type Bound } from "./parameters.js";
import { remote } from "./remote.js";

/** As many combinations of options as Python takes. */
const MOST_KERNELS = 64;

let compiler: Compiler = { outline, specialise };

/** Takes the compiler: what is compiled of it, or its bytes, or the address at which a server compiles. */
export const use = (source: WebAssembly.Module | BufferSource | string): void => {
  if (typeof source === "string") compiler = remote(source);
  else setCompilerUrl(source instanceof WebAssembly.Module ? source : WebAssembly.compile(source));
};

/** The module of an edit, which may have lists. */
const TrialModule = /* @__PURE__ */ listing(ArrayModule);

/** The functions of a module, and the module. */
export const functions = (wasm: BufferSource, about: Interface): Record<string, CallableFunction> & { $m: ArrayModule } => {
  const module = new TrialModule(about.file, about.sites);
  module.use(new WebAssembly.Instance(new WebAssembly.Module(wasm), module.imports));
  return Object.assign(functionsOf(module, about), { $m: module }) as never;
};

/** A module of what a job's request asks for. A figure has arrays in the place of records, which it does not show. */
const specialised = async (text: string, request: string, job: Job): ReturnType<Compiler["specialise"]> => {
  const { wasm, about } = await compiler.specialise(text, request, { file: job.file, arrays: arraysOf(job) });
  for (const one of about.functions.flatMap(({ overloads }) => overloads)) {
    one.params = one.params.map(withoutRecords);
    one.result = withoutRecords(one.result);
  }
  return { wasm, about };
};

/** A mistake that is none of Python. */
const refused = (code: string, message: string, file: string, [line, column, endColumn]: readonly [number, number, number], hint: string): CompileError => {
  const label = { line, column, endLine: line, endColumn, text: "here", primary: true };
  return new CompileError(message, [{ code, severity: "error", message, file, labels: [label], hints: [hint] }]);
};

/** Every choice of one item of each list. */
const combinations = (lists: string[][]): number[][] => lists.reduce<number[][]>((all, list) => all.flatMap((before) => list.map((_, k) => [...before, k])), [[]]);

/** Functions for each combination of options, as text, and what calls them. */
const exported = (name: string, parameters: Outline["parameters"], bounds: [string, Bound | undefined][]) => {
  const lists = bounds.flatMap(([, one]) => (one && "options" in one ? [one.options] : []));
  const dynamic = bounds.filter(([, one]) => one && "type" in one) as [string, { type: string }][];
  const all = combinations(lists);
  const kernels: Record<string, string> = {};
  const lines = all.map((chosen, number) => {
    let choice = 0;
    const given = bounds.flatMap(([label, one], k) => {
      if (!one || "left" in one) return [];
      const value = "options" in one ? one.options[chosen[choice++]!]! : "text" in one ? one.text : label;
      return [parameters[k]!.kind === "positional-only" ? value : `${label}=${value}`];
    });
    const own = (kernels[chosen.join()] = `figure__${number}`);
    return `def ${own}(${dynamic.map(([label]) => label).join(", ")}): return ${name}(${given.join(", ")})`;
  });
  const types = dynamic.map(([, { type }]) => `${type},`).join(" ");
  const request = Object.values(kernels).map((own) => `\n${own} (${types})`);
  return { lines, kernels, request: request.join("") };
};

/** The last function at the top of a text. */
const last = (text: string): string | undefined => Array.from(text.matchAll(/^(?:async\s+)?def\s+([\p{L}_][\p{L}\p{N}_]*)/gmu), (found) => found[1]!).pop();

/** The types of a signature, by parameter, where the function has one. */
const signature = async (text: string, name: string, job: Job): Promise<Record<string, Written>> => {
  const { about } = await specialised(text, "", job).catch((error: unknown) => {
    if (error instanceof CompileError && error.diagnostics.some(({ code }) => code === "missing-signature")) return { about: { functions: [] as Interface["functions"] } };
    throw error;
  });
  const own = about.functions.find((one) => one.name === name)?.overloads[0];
  return Object.fromEntries((own?.names ?? []).map((label, k) => [label, own!.params[k] as Written]));
};

/** The arrays of a job as the compiler takes them. */
const arraysOf = ({ arrays }: Job): Record<string, Frozen> =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, [dtype, shape, hex]]) => {
      const { buffer } = Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
      return [name, { data: new CONSTRUCTORS[dtype as DType](buffer), shape, dtype } as unknown as Frozen];
    }),
  );

/** Whether a result can be shown so. */
const serves = (kind: View["kind"], result: unknown): boolean => {
  const items = Array.isArray(result) ? result : [result];
  const ranks = items.map((item) => (Object(item).shape as number[] | undefined)?.length ?? 0);
  if (kind === "auto" || kind === "table" || kind === "number") return true;
  if (kind === "image") return !Array.isArray(result) && ranks[0] === 2;
  if (kind === "rgb") return !Array.isArray(result) && ranks[0] === 3;
  return ranks.every((rank) => rank === 1 || rank === 2);
};

/** The views of results: those that the figure has, as long as they serve. */
const viewsOf = (job: Job, results: unknown[], names: string[] | null): View[] => {
  const same = JSON.stringify(names) === JSON.stringify(job.names);
  return results.map((result, k) => {
    const before = same ? (job.views[k] ?? job.views[0]) : names ? job.views[job.names?.indexOf(names[k]!) ?? -1] : job.views[0];
    const { map, ...view } = before && serves(before.kind, result) ? before : ({ kind: "auto" } as View);
    // What the colours are for is known by now: values of an image, or those of points.
    const image = view.kind === "image" || (view.kind === "auto" && (Object(result).shape as number[] | undefined)?.length === 2);
    return { ...view, ...(image || (map && view.kind === "points") ? { map: map ?? job.map } : {}) };
  });
};

/** The values of controls as kernels take them. */
const values = (controls: Control[]): unknown[] =>
  controls.flatMap((control): unknown[] => {
    if (control.kind === "choice") return control.values ? [control.values[control.value]] : [];
    if (control.kind === "number") return [startOf(control)];
    if (control.kind !== "table") return [control.value];
    const { dtype, shape, value } = control;
    const item = /^u?int64/.test(dtype) ? BigInt : Number;
    const items = value.map((one) => item(String(one).replace(/^(-?)inf$/i, "$1Infinity")));
    return [{ data: new CONSTRUCTORS[dtype as DType](items as never), shape }];
  });

/** Keeps diagnostics in the text that the reader sees: what is wrong with a call of the function is shown at its name. */
const seen = (found: Diagnostic[], lines: number, [line, column, endColumn]: readonly [number, number, number]): Diagnostic[] =>
  found.map((diagnostic) => {
    const labels = diagnostic.labels.filter((label) => label.line <= lines);
    return { ...diagnostic, labels: labels.length ? labels : [{ line, column, endLine: line, endColumn, text: "", primary: true }] };
  });

const make = async (job: Job): Promise<Made> => {
  const { text, file } = job;
  const name = job.name ?? last(text);
  const found = name === undefined ? null : await compiler.outline(text, name, file);
  if (!found) throw refused("undefined-name", name === undefined ? "there is no function to show" : `there is no function ${name}() any more, which the figure shows`, file, [1, 1, 1], `write def ${name ?? "figure"}(…):`);
  const variadic = found.parameters.find(({ kind }) => kind.startsWith("variadic"));
  if (variadic) throw refused("unsupported-syntax", `${name}() takes any number of arguments`, file, variadic.at, "name each parameter");
  const isTyped = found.parameters.some((one) => one.default === undefined && !(one.name in job.types || one.name in job.options || one.name in job.fixed));
  const bounds = bound(job, found, isTyped ? await signature(text, name!, job) : {});
  const without = bounds.findIndex(([, one]) => !one);
  if (without >= 0) {
    const { name: label, at } = found.parameters[without]!;
    throw refused("missing-signature", `the figure has no control for the parameter ${label} of ${name}()`, file, at, `give it a default, from which a control is made: ${label}=1.0`);
  }
  const controls = bounds.flatMap(([, one]) => (one && "control" in one ? [one.control] : []));
  const count = bounds.reduce((all, [, one]) => (one && "options" in one ? all * one.options.length : all), 1);
  if (count > MOST_KERNELS) throw refused("too-large", `the choices of ${name}() have ${count} combinations, and a kernel is compiled for each; at most ${MOST_KERNELS}`, file, found.at, "take options away");
  const { lines, kernels, request } = exported(name!, found.parameters, bounds);
  const whole = found.text.replace(/\n*$/, "\n") + `${lines.join("\n")}\n`;
  const { wasm, about } = await specialised(whole, request, job).catch((error: unknown) => {
    if (!(error instanceof CompileError)) throw error;
    throw new CompileError(error.message, seen(error.diagnostics, text.split("\n").length, found.at));
  });
  const module = functions(wasm, about);
  const chosen = controls.flatMap((control) => (control.kind === "choice" && !control.values ? [control.value] : []));
  const result: unknown = module[kernels[chosen.join()]!]!(...values(controls));
  if (result === undefined) throw refused("type-mismatch", `${name}() returns nothing, and a figure shows what its function returns`, file, found.at, "return an array, numbers, or a dict of them");
  const names = found.keys;
  const types = about.functions[0]!.overloads[0]!.result as Written;
  const floats = [
    ...bounds.flatMap(([label, one]) => (one && "type" in one && /^float/.test(one.type) ? [label] : [])),
    ...(names ?? []).filter((_, k) => Array.isArray(types) && /^float\d+$/.test(String(types[k]))),
  ];
  return { wasm, about, controls, kernels, names, floats, shown: name!, views: viewsOf(job, names ? (result as unknown[]) : [result], names) };
};

/** What comes of a job; what fails is told, and not thrown. */
export const attempt = async (job: Job): Promise<Outcome> => {
  try {
    return await make(job);
  } catch (error) {
    if (error instanceof CompileError) return { diagnostics: error.diagnostics };
    const { name, message, pyLine, pyFunction } = error as Error & { pyLine?: number; pyFunction?: string };
    return { raised: { name, message, ...(pyLine ? { pyLine, pyFunction: pyFunction! } : {}) } };
  }
};
