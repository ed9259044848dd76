// Colours: of lines, and of values in images. The static picture has the same (`colours.json`).

import { lines } from "./colours.json";

/** Colours of lines, in their order. */
export const LINES = lines;

/** A map as 256 colours of three bytes, between anchors that are given as hexadecimal digits. */
export const colourMap = (text: string): Uint8Array => {
  const anchors = text.match(/../g)!.map((pair) => parseInt(pair, 16));
  const most = anchors.length / 3 - 1;
  const out = new Uint8Array(768);
  for (let k = 0; k < 256; k++) {
    const position = (k / 255) * most;
    const j = Math.min(Math.floor(position), most - 1);
    for (let c = 0; c < 3; c++) out[3 * k + c] = Math.round(anchors[3 * j + c]! + (position - j) * (anchors[3 * j + 3 + c]! - anchors[3 * j + c]!));
  }
  return out;
};
