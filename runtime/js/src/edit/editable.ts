// A figure whose source the reader edits: the figure, its source, and what is wrong with it. The last good figure stays.

import { keepKeys } from "../figure/keys.js";
import type { mount as mounts, Kernels } from "../figure/mount.js";
import type { Control, Spec } from "../figure/spec.js";
import type { Typed } from "../figure/cells.js";
import { editor, type Editor } from "./editor.js";
import type { Job, Made, Problem } from "./job.js";
import { inScript } from "./saved.js";
import { trial, type Engine } from "./trial.js";
import style from "./editor.css";

/** Where a page keeps the compiler: a function that gives its bytes, compressed. */
const holder = globalThis as { nopythonCompiler?: () => Uint8Array<ArrayBuffer> };

/** Loads a classic script; a page from a disk cannot load anything else. */
const loaded = (url: string): Promise<void> =>
  new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: url, onload: () => done(), onerror: () => failed(new Error(`cannot load the compiler, ${url}`)) });
    document.head.append(script);
  });

/** The compiler's bytes. */
const bytes = async (url: string | undefined): Promise<BufferSource> => {
  if (!holder.nopythonCompiler && url) await loaded(url);
  if (!holder.nopythonCompiler) throw new Error("the compiler is not in this page");
  return new Response(new Blob([holder.nopythonCompiler()]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
};

/** A control that begins with the value that it has now. */
const current = (control: Control, value: unknown): Control => {
  if (control.kind !== "table") return { ...control, value } as Control;
  const { data, shape } = value as Typed;
  return { ...control, shape, value: Array.from(data, String) };
};

export interface Editable {
  editor: Editor;
  /** What an edit shows, if there is one: its function and source, with the controls as they are now, and a function that makes its kernels, as text. */
  made(): { name: string; text: string; spec: Spec; kernels: string } | undefined;
}

/** Puts a figure and its source into a host. `mount` and `makesEngine` are parts of the code that travel on their own. Without kernels the source is compiled first. `shown` is called with each text that is shown. */
export const editable = (mount: typeof mounts, makesEngine: () => Engine, host: HTMLElement, spec: Spec, kernels?: Kernels, makes?: () => Kernels, shown?: (text: string) => void): Editable => {
  const source = spec.source!;
  const root = host.attachShadow({ mode: "open" });
  keepKeys(host);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  const stage = document.createElement("div");
  stage.className = "stage";
  const trials = trial(makesEngine, async () => source.server ?? bytes(source.compiler));
  let now = spec;
  let result: { name: string; text: string; kernels: string } | undefined;
  let inner: HTMLElement | undefined;
  let ends: AbortController | undefined;
  Object.defineProperty(host, "figure", { get: () => (inner as unknown as { figure: unknown } | undefined)?.figure });

  /** Shows a figure in the place of the one before, unless it fails at once. */
  const put = (next: Spec, own: Kernels, again: () => Kernels): boolean => {
    const before = inner;
    const place = document.createElement("div");
    const end = new AbortController();
    stage.replaceChildren(place);
    mount(place, next, own, again, end.signal);
    if (before && (place as unknown as { figure: { result: unknown } }).figure.result === undefined) {
      end.abort();
      stage.replaceChildren(before);
      return false;
    }
    ends?.abort();
    [inner, ends, now] = [place, end, next];
    return true;
  };
  const show = (made: Made, text: string): boolean => {
    const { wasm, about, controls, kernels: names, views, floats } = made;
    const engine = makesEngine();
    const again = (): Kernels => engine.functions(wasm, about) as never;
    // A worker that runs a slow kernel is made of the text of this function.
    const digits = Array.from(wasm, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const kernels = `()=>(${String(makesEngine)})().functions(Uint8Array.from("${digits}".match(/../g),(pair)=>parseInt(pair,16)),${inScript(about)})`;
    again.toString = () => kernels;
    const { animation: _, ...rest } = spec;
    if (!put({ ...rest, controls, kernels: names, views, floats, names: made.names, alt: `${made.shown}, a figure`, beside: /\bwhile\b/.test(text) }, again(), again)) return false;
    result = { name: made.shown, text, kernels };
    shown?.(text);
    return true;
  };
  const edited = async (text: string): Promise<void> => {
    if (text === spec.source!.text && kernels && makes) {
      // The author's source is compiled already.
      trials.cancel();
      field.show({});
      field.tell("");
      put(withValues(spec), kernels, makes);
      result = undefined;
      return;
    }
    const waiting = setTimeout(() => field.tell("compiling …"), 300);
    const told = (problem: Problem): void => {
      field.show(problem);
      field.tell(inner && (problem.diagnostics || problem.raised) ? "The figure is that of the last source without a mistake." : "");
    };
    try {
      const { controls, views, names } = withValues(now);
      const job: Job = { ...source, text, controls, views, names };
      const outcome = await trials.attempt(job);
      if (!outcome) return;
      if (!("wasm" in outcome)) return told(outcome);
      if (show(outcome, text)) told({});
      else told({ raised: { name: "RuntimeError", message: "the figure cannot show what the function gives" } });
    } catch (error) {
      told({ raised: { name: "RuntimeError", message: String(error) } });
    } finally {
      clearTimeout(waiting);
    }
  };
  /** A figure that begins with the values of the controls that are shown. */
  const withValues = (next: Spec): Spec => {
    const values = (inner as unknown as { figure: { values: unknown[] } } | undefined)?.figure.values;
    const known = new Map(now.controls.map((control, k) => [`${control.kind} ${control.name}`, values?.[k]]));
    return { ...next, controls: next.controls.map((control) => {
      const value = known.get(`${control.kind} ${control.name}`);
      return value === undefined ? control : current(control, value);
    }) };
  };
  const field = editor(source.text, `Python source of ${source.name ?? "the figure"}`, (text) => void edited(text));
  const both = document.createElement("div");
  both.className = "both";
  both.append(stage, field.element);
  root.append(both);
  if (kernels && makes) put(spec, kernels, makes);
  else void edited(source.text);
  return { editor: field, made: () => result && { ...result, spec: withValues(now) } };
};
