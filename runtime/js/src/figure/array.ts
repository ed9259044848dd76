// An array that a function gives, drawn by its shape: a line, an image of values or of colours; and its numbers below.

import type { ArrayResult, Result, Shown } from "./spec.js";
import type { words as Words } from "./words.js";

/** How an array is drawn; of more dimensions there are only the numbers. */
const kindOf = ({ shape, dtype }: ArrayResult): "lines" | "image" | "rgb" | undefined => {
  const [rows, columns, channels] = shape;
  if (shape.length === 1) return rows! > 1 ? "lines" : undefined;
  if (!rows || !columns) return undefined;
  if (shape.length === 3 && dtype === "uint8" && (channels === 3 || channels === 4)) return "rgb";
  return shape.length === 2 ? "image" : undefined;
};

/** With so many elements the numbers are shown at first. */
const FEW = 200;

/** What shows an array in an element. `drawn` puts a chart or an image of a kind there. */
export const array = (body: HTMLElement, drawn: (body: HTMLElement, kind: "lines" | "image" | "rgb") => Shown, words: typeof Words): Shown => {
  const place = document.createElement("div");
  const summary = document.createElement("summary");
  const details = document.createElement("details");
  const inside = document.createElement("div");
  details.append(summary, inside);
  body.append(place, details);
  const numbers = words(inside, "");
  let kind: ReturnType<typeof kindOf>;
  let picture: Shown | undefined;
  let last: ArrayResult | undefined;
  // Numbers that are folded away need not follow.
  const tell = (): void => void (last && details.open && numbers.show(last));
  details.addEventListener("toggle", tell);
  return {
    show(result: Result) {
      const first = !last;
      last = result as ArrayResult;
      const { shape, dtype } = last;
      const next = kindOf(last);
      if (next !== kind) {
        kind = next;
        place.replaceChildren();
        picture = next && drawn(place, next);
      }
      picture?.show(result);
      summary.textContent = `${dtype}, shape (${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
      if (first) details.open = shape.reduce((size, n) => size * n, 1) <= FEW;
      tell();
    },
    paint: () => picture?.paint(),
  };
};
