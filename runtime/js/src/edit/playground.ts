// The page of `nopython serve` in which programs are written: `crates/cli/src/playground.rs` puts it together.

import { mount } from "../figure/mount.js";
import type { start } from "../figure/start.js";
import type { Spec } from "../figure/spec.js";
import { editable } from "./editable.js";
import { inflated, linked } from "./link.js";
import { saved } from "./saved.js";
import type { Engine } from "./trial.js";

declare const $figure: { start: typeof start; mount: typeof mount; parts: { engine: () => Engine } };
/** The programs of the chooser, and the colours of images. */
declare const PLAYGROUND: { programs: [name: string, text: string][]; map: string };

const element = <T extends Element>(selector: string): T => document.querySelector<T>(selector)!;

const begin = async (): Promise<void> => {
  const { programs, map } = PLAYGROUND;
  const chooser = element<HTMLSelectElement>("#program");
  const said = element<HTMLElement>("#said");
  chooser.append(...programs.map(([name]) => new Option(name, name)), new Option("(your own)", ""));
  /** What the address asks for: a source, or the name of a program. */
  const asked = async (): Promise<string> => {
    const { hash } = location;
    const source = await inflated(hash).catch(() => {
      said.textContent = "The link is damaged: its source cannot be read.";
      return undefined;
    });
    const named = programs.find(([name]) => hash === `#program=${encodeURIComponent(name)}`);
    if (hash.startsWith("#program=") && !named) said.textContent = `There is no program ${hash.slice(9)}.`;
    return source ?? (named ?? programs[0]!)[1];
  };
  const nameOf = (text: string): string => programs.find(([, own]) => own === text)?.[0] ?? "";
  /** Lets the address say what the page shows. */
  const address = async (text: string): Promise<void> => {
    const name = nameOf(text);
    chooser.value = name;
    history.replaceState(undefined, "", name ? `#program=${encodeURIComponent(name)}` : await linked(text));
  };
  const text = await asked();
  const source = { text, file: "program.py", fixed: {}, options: {}, types: {}, arrays: {}, map, server: new URL("/nopython/compile", location.href).href };
  const spec: Spec = { controls: [], kernels: {}, views: [{ kind: "auto" }], names: null, floats: [], alt: "a figure", source };
  const page = editable($figure.mount, $figure.parts.engine, element<HTMLElement>("#figure"), spec, undefined, undefined, (edited) => {
    if (edited !== text) said.textContent = "";
    void address(edited);
  });
  await address(text);
  /** The last source that was none of the programs. */
  let own = nameOf(text) ? undefined : text;
  chooser.addEventListener("input", () => {
    const program = programs.find(([name]) => name === chooser.value);
    const now = page.editor.text();
    if (!nameOf(now)) own = now;
    said.textContent = program ? "" : own === undefined ? "Change a program, and it is your own." : "";
    if (program) page.editor.put(program[1], true);
    else if (own !== undefined) page.editor.put(own);
    else chooser.value = nameOf(now);
  });
  addEventListener("hashchange", () => void asked().then((next) => next !== page.editor.text() && page.editor.put(next, true)));
  element("#link").addEventListener("click", async () => {
    await address(page.editor.text());
    const copied = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
    said.textContent = copied ? "The link is copied." : "The link is in the address bar.";
  });
  element("#save").addEventListener("click", () => {
    const now = page.made();
    if (!now) {
      said.textContent = "There is no figure to save yet.";
      return;
    }
    const canvas = element<HTMLElement>("#figure").shadowRoot?.querySelector(".stage > div")?.shadowRoot?.querySelector("canvas");
    const whole = saved({ ...now, drawing: element("#drawing").textContent!, picture: canvas?.toDataURL() });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([whole], { type: "text/html" }));
    link.download = `${now.name}.html`;
    link.click();
    URL.revokeObjectURL(link.href);
    const last = now.text === page.editor.text() ? "" : ", with the last source without a mistake";
    said.textContent = `Saved as ${link.download}${last}: one file, which needs no network.`;
  });
};
void begin();
