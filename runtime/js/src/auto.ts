// `<script type="module" src="nopython/auto.js">` compiles the page's Python: each `<script type="text/x-nopython">`, whose functions become
// the page's.

import { compile } from "./index.js";

/** A text without the indentation that all its lines have. */
const dedent = (text: string): string => {
  const lines = text.split("\n");
  const widths = lines.filter((line) => line.trim()).map((line) => /^[ \t]*/.exec(line)![0].length);
  const width = widths.length ? Math.min(...widths) : 0;
  return lines.map((line) => line.slice(width)).join("\n");
};

const loaded = new Promise<void>((done) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => done());
  else done();
});

/** Compiles a script, whose functions become the page's. Errors call it by its address, or by the page and its id or number: `index.html#script2`. */
const run = async (script: HTMLScriptElement, number: number): Promise<void> => {
  const response = script.src ? await fetch(script.src) : undefined;
  if (response && !response.ok) throw new Error(`cannot load ${script.src}: ${response.status}`);
  const source = response ? await response.text() : dedent(script.textContent ?? "");
  if (!source.trim()) return;
  const file = new URL(script.src || location.href).pathname.split("/").pop() || "page";
  const functions = await compile(source, { file: response ? file : `${file}#${script.id || `script${number}`}` });
  let fixed: string | undefined;
  for (const [name, value] of Object.entries(functions)) {
    // Setting `location`, say, would leave the page.
    if (Object.getOwnPropertyDescriptor(globalThis, name)?.configurable === false) fixed ??= name;
    else Object.defineProperty(globalThis, name, { value, configurable: true, enumerable: true, writable: true });
  }
  if (fixed) throw new TypeError(`a function of a page cannot have the name '${fixed}', which is the browser's: rename it`);
};

/** Settles when the page's Python is compiled, or with what is wrong with the first script that is not. The document gets an event `nopython` then. */
export const ready: Promise<void> = loaded.then(async () => {
  const scripts = Array.from(document.querySelectorAll<HTMLScriptElement>('script[type="text/x-nopython"]'));
  const errors: unknown[] = [];
  // In their order, as scripts run; one that fails is no reason to leave out the others.
  for (const [k, script] of scripts.entries()) {
    await run(script, k + 1).catch((error: unknown) => {
      console.error(error);
      errors.push(error);
    });
  }
  document.dispatchEvent(new Event("nopython"));
  if (errors.length) throw errors[0];
});
// Each error has been shown.
ready.catch(() => undefined);
