// `<script type="module" src="nopython/auto.js">` compiles the page's Python: each `<script type="text/x-nopython">`, whose functions become
// the page's.

import { compile } from "./index.js";

// The page's functions may have these names.
const { console, fetch, Object } = globalThis;

/** A text without the indentation of its first line, as far as other lines have it: those of a string may have less. */
const dedent = (text: string): string => {
  const lines = text.split("\n");
  const width = /^[ \t]*/.exec(lines.find((line) => line.trim()) ?? "")![0].length;
  return lines.map((line) => line.slice(Math.min(width, /^[ \t]*/.exec(line)![0].length))).join("\n");
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
  const fixed: string[] = [];
  for (const [name, value] of Object.entries(functions)) {
    // Setting `location`, say, would leave the page.
    if (Object.getOwnPropertyDescriptor(globalThis, name)?.configurable === false) fixed.push(`'${name}'`);
    else Object.defineProperty(globalThis, name, { value, configurable: true, enumerable: true, writable: true });
  }
  if (fixed.length) throw new TypeError(`a function of a page cannot have the name ${fixed.join(", ")}, which is the browser's: rename it`);
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
