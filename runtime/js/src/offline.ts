// `<script src="offline.js">`: the compiler with all that it needs in one classic script, which works from `file://` with the network off. It
// defines `nopython`, with what the package exports, and compiles the page's Python as `auto.js` does.

import { ready } from "./auto.js";
import * as nopython from "./index.js";

/** The compiler, compressed by gzip, in base64; the build puts it here. */
declare const COMPILER: string;

const compressed = Uint8Array.from(atob(COMPILER), (char) => char.charCodeAt(0));
const bytes = new Response(new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
nopython.setCompilerUrl(bytes.then((code) => WebAssembly.compile(code)));
Object.assign(globalThis, { nopython: { ...nopython, ready } });
