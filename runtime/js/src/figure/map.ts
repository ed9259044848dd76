// Values as colours: a map between limits, and its bar.

import type { Theme } from "./axes.js";
import { colourMap } from "./colours.js";
import { extent, ticks } from "./scale.js";
import type { View } from "./spec.js";

/** A map of values, and its limits. */
export class ColourMap {
  limits: [low: number, high: number] = [0, 1];
  /** The 256 colours as pixels, red in the lowest byte. */
  readonly words: Uint32Array;
  private readonly ramp = Object.assign(document.createElement("canvas"), { width: 1, height: 256 });

  /** A map between colours that are given as hexadecimal digits. */
  constructor(text = "000000ffffff") {
    const map = colourMap(text);
    this.words = Uint32Array.from({ length: 256 }, (_, k) => map[3 * k]! | (map[3 * k + 1]! << 8) | (map[3 * k + 2]! << 16) | 0xff000000);
    const image = new ImageData(1, 256);
    new Uint32Array(image.data.buffer).set(this.words.slice().reverse());
    this.ramp.getContext("2d")!.putImageData(image, 0, 0);
  }

  /** Takes the limits that a view gives, and others from values. */
  fit({ vmin, vmax }: View, values: ArrayLike<number | bigint>): void {
    const limits = vmin === undefined || vmax === undefined ? extent([values]) : [vmin, vmax];
    const [low, high] = [vmin ?? limits[0]!, vmax ?? limits[1]!];
    if (low < high) this.limits = [low, high];
    else this.limits = vmax === undefined ? [low, low + (Math.abs(low) || 1) / 2] : [high - (Math.abs(high) || 1) / 2, high];
  }

  /** Pixels of values, of which those that are no numbers are transparent. */
  paint(values: ArrayLike<number | bigint>, pixels: Uint32Array): void {
    const floats = values instanceof Float64Array ? values : undefined;
    const [low, high] = this.limits;
    const factor = 255 / (high - low);
    for (let k = 0; k < pixels.length; k++) {
      const value = ((floats ? floats[k]! : Number(values[k])) - low) * factor;
      pixels[k] = value === value ? this.words[value > 255 ? 255 : value > 0 ? value | 0 : 0]! : 0;
    }
  }

  /** Draws the colour bar; gives its labels. */
  bar(pen: CanvasRenderingContext2D, left: number, top: number, height: number, { quiet, font }: Theme): string[] {
    const [low, high] = this.limits;
    pen.imageSmoothingEnabled = false;
    pen.drawImage(this.ramp, left, top, 12, height);
    pen.font = `12px ${font}`;
    pen.fillStyle = quiet;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    return ticks({ low, high, log: false }, Math.max(3, height / 50)).map(([value, label]) => {
      const pixel = Math.min(Math.max((1 - (value - low) / (high - low)) * height, 6), height - 6);
      pen.fillText(label, left + 17, top + pixel);
      return label;
    });
  }
}
