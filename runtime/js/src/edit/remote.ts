// The compiler of a server, which is the same program: `nopython serve` has it (`crates/cli/src/playground.rs`).

import { CompileError, type Diagnostic, type Interface, type Outline } from "../compile.js";
import type { Compiler } from "./job.js";

/** What a server says. */
interface Answer {
  diagnostics: Diagnostic[];
  /** What a terminal shows. */
  text: string;
  outline?: Outline | null;
  about?: Interface;
  wasm?: string;
}

/** The compiler at an address. */
export const remote = (url: string): Compiler => {
  const asked = async (...parts: string[]): Promise<Answer> => {
    const response = await fetch(url, { method: "POST", headers: { "content-type": "text/plain" }, body: parts.join("\0") }).catch(() => undefined);
    if (!response?.ok) throw new Error(`${url} does not answer: is nopython serve still running?`);
    const answer = (await response.json()) as Answer;
    if (answer.diagnostics.some(({ severity }) => severity === "error")) throw new CompileError(answer.text, answer.diagnostics);
    return answer;
  };
  return {
    outline: async (source, name, file) => (await asked("outline", file, name, source)).outline ?? null,
    specialise: async (source, request, { file = "" }) => {
      const { about, wasm } = await asked("compile", file, request, source);
      return { about: about!, wasm: Uint8Array.from(atob(wasm!), (char) => char.charCodeAt(0)) };
    },
  };
};
