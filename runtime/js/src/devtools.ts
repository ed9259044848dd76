// `import "nopython/devtools"` shows arrays in the browser's console as NumPy prints them, where custom formatters are enabled.

import { NDArray } from "./ndarray.js";

type Markup = [tag: string, attributes: { style?: string }, ...children: (string | Markup)[]];

/** What Chromium's developer tools ask. */
interface Formatter {
  header(value: unknown): Markup | null;
  hasBody(value: unknown): boolean;
  body(value: unknown): Markup | null;
}

const formatter: Formatter = {
  header: (value) =>
    value instanceof NDArray ? ["span", {}, ["span", { style: "opacity: 0.6" }, `${value.dtype}[${value.shape.join(", ")}] `], value.ndim < 2 ? String(value) : "…"] : null,
  hasBody: (value) => value instanceof NDArray && value.ndim > 1,
  body: (value) => ["pre", { style: "margin: 0" }, String(value)],
};

const page = globalThis as { devtoolsFormatters?: Formatter[] };
(page.devtoolsFormatters ??= []).push(formatter);
