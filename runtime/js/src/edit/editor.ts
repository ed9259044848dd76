// A text field for Python: lines with numbers, underlined mistakes, and what is wrong in words below.

import type { Diagnostic } from "../compile.js";
import type { Problem } from "./job.js";
import { offset, paint } from "./marks.js";

const element = <K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

/** Milliseconds without a key after which the text is tried. */
const PAUSE = 250;

/** How far Tab indents. */
const STEP = "    ";

export interface Editor {
  element: HTMLElement;
  /** The row of buttons, for more of them. */
  buttons: HTMLElement;
  text(): string;
  /** Puts another text there, which Reset then comes back to if it is the author's. */
  put(text: string, isAuthors?: boolean): void;
  /** Says what is wrong with the text, or that nothing is. */
  show(problem: Problem): void;
  tell(words: string): void;
}

/** The editor of a text. `changed` is called with what it is, a while after each change. */
export const editor = (start: string, label: string, changed: (text: string) => void): Editor => {
  let authors = start;
  let marks: [number, number][] = [];
  const lines = element("div", { class: "lines", "aria-hidden": "true" });
  const back = element("pre", { "aria-hidden": "true" });
  const field = element("textarea", { "aria-label": label, "aria-describedby": "keys problems", spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off", rows: "1" });
  field.setAttribute("autocorrect", "off");
  const keys = element("span", { id: "keys" }, "Tab indents; Escape, then Tab leaves.");
  const problems = element("ul", { id: "problems", "aria-live": "polite" });
  const told = element("span", { class: "told", role: "status" });
  const reset = element("button", { type: "button" }, "Reset");
  const buttons = element("div", { class: "buttons" }, reset, told, keys);
  const draw = (): void => {
    paint(back, field.value, marks);
    lines.textContent = field.value.split("\n").map((_, k) => k + 1).join("\n");
    reset.disabled = field.value === authors;
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const edited = (): void => {
    // Marks stand for another text.
    marks = [];
    draw();
    clearTimeout(timer);
    timer = setTimeout(() => changed(field.value), PAUSE);
  };
  field.addEventListener("input", edited);
  /** Types a text, so that the browser can undo it. */
  const type = (text: string): void => {
    const before = field.value;
    const { selectionStart, selectionEnd } = field;
    if (!document.execCommand?.(text ? "insertText" : "delete", false, text) || field.value === before) {
      field.setRangeText(text, selectionStart, selectionEnd, "end");
      edited();
    }
  };
  /** Indents the lines of the selection, or takes an indentation away. */
  const indent = (less: boolean): void => {
    const { value, selectionStart, selectionEnd } = field;
    if (!less && selectionStart === selectionEnd) return type(STEP.slice((selectionStart - (value.lastIndexOf("\n", selectionStart - 1) + 1)) % STEP.length));
    const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const old = value.slice(from, selectionEnd);
    const now = less ? old.replace(/^ {1,4}/gm, "") : old.replace(/^(?=.)/gm, STEP);
    if (now === old) return;
    field.setSelectionRange(from, selectionEnd);
    type(now);
    field.setSelectionRange(Math.max(from, selectionStart + (less ? -STEP.length : STEP.length)), from + now.length);
  };
  let leaving = false;
  field.addEventListener("keydown", (event) => {
    const { key, isComposing, ctrlKey, altKey, metaKey } = event;
    // Slides and notebooks take keys for theirs.
    event.stopPropagation();
    if (isComposing || ctrlKey || altKey || metaKey) return;
    if (key === "Escape") {
      leaving = true;
      return;
    }
    if (key === "Tab" && !leaving) {
      event.preventDefault();
      return indent(event.shiftKey);
    }
    if (key !== "Shift") leaving = false;
    if (key !== "Enter") return;
    event.preventDefault();
    const line = field.value.slice(field.value.lastIndexOf("\n", field.selectionStart - 1) + 1, field.selectionStart);
    type(`\n${/^[ \t]*/.exec(line)![0]}${/:\s*(#.*)?$/.test(line) ? STEP : ""}`);
  });
  field.addEventListener("blur", () => (leaving = false));
  field.addEventListener("focus", () => (leaving = false));
  reset.addEventListener("click", () => {
    // Typed over, so that the browser can undo it.
    field.focus();
    field.select();
    type(authors);
    clearTimeout(timer);
    changed(field.value);
  });
  const put = (text: string, isAuthors = false): void => {
    if (isAuthors) authors = text;
    field.value = text;
    marks = [];
    draw();
    clearTimeout(timer);
    changed(text);
  };
  const item = (words: string, place: [line: number, column: number] | undefined, ...more: HTMLElement[]): HTMLElement => {
    if (!place) return element("li", {}, words, ...more);
    const jump = element("button", { type: "button", class: "jump" }, `line ${place[0]}`);
    jump.addEventListener("click", () => {
      const at = offset(field.value, ...place);
      field.focus();
      field.setSelectionRange(at, at);
    });
    return element("li", {}, jump, ` ${words}`, ...more);
  };
  const worded = ({ message, severity, labels, hints }: Diagnostic): HTMLElement => {
    const first = labels.find(({ primary }) => primary) ?? labels[0];
    const notes = labels.filter(({ text }) => text && text !== "here").map(({ line, text }) => element("div", { class: "note" }, `line ${line}: ${text}`));
    return item(severity === "warning" ? `warning: ${message}` : message, first && [first.line, first.column], ...notes, ...hints.map((hint) => element("div", { class: "note" }, `help: ${hint}`)));
  };
  const show = ({ diagnostics = [], raised }: Problem): void => {
    const places = diagnostics.flatMap(({ labels }) => labels.filter(({ primary }) => primary));
    marks = places.map(({ line, column, endLine, endColumn }) => {
      const from = offset(field.value, line, column);
      return [from, Math.max(offset(field.value, endLine, endColumn), Math.min(from + 1, field.value.length))];
    });
    const items = diagnostics.map(worded);
    if (raised) {
      const { name, message, pyLine, pyFunction } = raised;
      const text = field.value.split("\n")[(pyLine ?? 0) - 1];
      if (text !== undefined) marks.push([offset(field.value, pyLine!, 1) + text.search(/\S|$/), offset(field.value, pyLine!, 1) + text.length]);
      items.push(item(`${name}: ${message}${pyFunction ? ` (in ${pyFunction})` : ""}`, text === undefined ? undefined : [pyLine!, 1]));
    }
    problems.replaceChildren(...items);
    field.setAttribute("aria-invalid", String(items.length > 0));
    draw();
  };
  field.value = start;
  draw();
  const code = element("div", { class: "code" }, lines, element("div", { class: "text" }, back, field));
  return { element: element("div", { class: "editor" }, code, problems, buttons), buttons, text: () => field.value, put, show, tell: (words) => void (told.textContent = words) };
};
