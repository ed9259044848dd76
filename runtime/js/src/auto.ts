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

/** Settles when the page's Python is compiled, or with what is wrong with it. The document gets an event `nopython` then. */
export const ready: Promise<void> = loaded.then(async () => {
  const scripts = Array.from(document.querySelectorAll<HTMLScriptElement>('script[type="text/x-nopython"]'));
  for (const script of scripts) {
    const response = script.src ? await fetch(script.src) : undefined;
    if (response && !response.ok) throw new Error(`cannot load ${script.src}: ${response.status}`);
    const source = response ? await response.text() : dedent(script.textContent ?? "");
    const file = (script.src ? new URL(script.src).pathname : location.pathname).split("/").pop() || "page";
    Object.assign(globalThis, await compile(source, { file }));
  }
  document.dispatchEvent(new Event("nopython"));
});
ready.catch((error: unknown) => console.error(error));
