// A figure of the playground as a page of its own, which needs no network.

import type { Spec } from "../figure/spec.js";

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** JSON that may stand in a script. */
export const inScript = (value: unknown): string => JSON.stringify(value).replace(/[<\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

const STYLE = `
body { max-width: 720px; margin: 48px auto; padding: 0 20px; font: 18px/1.6 Charter, Georgia, serif; color: CanvasText; background: Canvas; }
h1 { font-size: 28px; line-height: 1.2; }
pre { overflow-x: auto; font: 14px/1.5 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
@media (prefers-color-scheme: dark) { body { color: #e8eaed; background: #16181c; } }
`;

/** The page. `kernels` is a function that makes them, as text, and `drawing` the script that draws figures. */
export const saved = ({ name, text, spec, kernels, drawing, picture }: { name: string; text: string; spec: Spec; kernels: string; drawing: string; picture: string | undefined }): string => {
  const { source: _, ...rest } = spec;
  const title = escaped(name.replaceAll("_", " "));
  const image = picture ? `<img alt="${title} (static picture)" style="max-width:100%" src="${escaped(picture)}">` : "";
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${STYLE}</style>
<h1>${title}</h1>
<div data-np="saved">${image}</div>
<details><summary>Source</summary><pre>${escaped(text)}</pre></details>
<script>(()=>{${drawing}$figure.start("saved",${inScript(rest)},${kernels})})()</script>
</html>
`;
};
