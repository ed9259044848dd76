// The source as it is shown: words of Python in colours, and what is wrong underlined.

/** A part of a text, and the name of its class. */
type Part = [start: number, end: number, kind: string];

const TOKENS = new RegExp(
  [
    String.raw`(?<comment>#.*)`,
    String.raw`(?<string>[rbfu]{0,2}(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))`,
    String.raw`(?<digits>\b(?:0[xob][\da-f_]+|\d[\d_]*\.?\d*(?:e[+-]?\d+)?))`,
    String.raw`(?<word>\b(?:and|as|assert|break|continue|def|del|elif|else|except|False|finally|for|from|global|if|import|in|is|lambda|None|nonlocal|not|or|pass|raise|return|True|try|while|with|yield)\b)`,
    String.raw`(?<other>[\p{L}_][\p{L}\p{N}_]*)`,
  ].join("|"),
  "giu",
);

/** More characters are shown without colours. */
const LONGEST = 100_000;

const tokens = (text: string): Part[] => {
  if (text.length > LONGEST) return [];
  return Array.from(text.matchAll(TOKENS)).flatMap((found): Part[] => {
    const kind = Object.entries(found.groups!).find(([, value]) => value !== undefined)![0];
    // Python's words are not the same in capitals.
    const plain = kind === "other" || (kind === "word" && !/^(None|True|False|[a-z]+)$/.test(found[0]));
    return plain ? [] : [[found.index!, found.index! + found[0].length, kind]];
  });
};

/** The offset of a line and a column, both counted from 1, the column in characters. */
export const offset = (text: string, line: number, column: number): number => {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const inside = Array.from(lines[line - 1] ?? "").slice(0, column - 1).join("").length;
  return Math.min(before + inside, text.length);
};

/** Fills an element with a text, of which some parts are marked. */
export const paint = (element: HTMLElement, text: string, marks: [start: number, end: number][]): void => {
  const known = tokens(text);
  const cuts = Array.from(new Set([0, text.length, ...known.flatMap(([start, end]) => [start, end]), ...marks.flat()])).sort((a, b) => a - b);
  let at = 0;
  const parts = cuts.slice(1).map((end, k) => {
    const start = cuts[k]!;
    while (at < known.length && known[at]![1] <= start) at++;
    const kind = known[at] && known[at]![0] <= start ? known[at]![2] : "";
    const isMarked = marks.some(([from, to]) => from <= start && end <= to);
    const part = text.slice(start, end);
    if (!kind && !isMarked) return part;
    const span = document.createElement(isMarked ? "u" : "span");
    span.className = kind;
    span.textContent = part;
    return span;
  });
  // An empty last line has a height, too.
  element.replaceChildren(...parts, "\n");
};
