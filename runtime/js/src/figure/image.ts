// An array of two dimensions as an image with a colour bar, or of three as colours.

import { colourMap } from "./colours.js";
import { extent, label, ticks, tickStep } from "./scale.js";
import type { ArrayResult, Result, View } from "./spec.js";
import type { Theme } from "./chart.js";

const BAR = 76;

/** An image in a canvas. */
export class Image {
  private cells: HTMLCanvasElement = document.createElement("canvas");
  private values: ArrayLike<number | bigint> = [];
  private shape: readonly number[] = [0, 0];
  private limits: [number, number] = [0, 1];
  private readonly map: Uint8Array;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly view: View,
    private readonly theme: () => Theme,
    private readonly told: (text: string) => void,
  ) {
    this.map = colourMap(view.cmap ?? "viridis");
    canvas.addEventListener("pointermove", (event) => this.hover(event.offsetX, event.offsetY));
    canvas.addEventListener("pointerleave", () => told(""));
  }

  /** Whether values are mapped to colours. */
  private get mapped(): boolean {
    return this.shape.length === 2;
  }

  show(result: Result): void {
    const array = result as ArrayResult;
    const [rows = 0, columns = 0, channels = 0] = (this.shape = array.shape);
    const size = array.shape.reduce((product, n) => product * n, 1);
    this.values = array.data.length === size ? array.data : ((array.toArray() as number[]).flat(Infinity) as number[]);
    const { cells, values, map, view } = this;
    if (cells.width !== columns || cells.height !== rows) [cells.width, cells.height] = [columns, rows];
    if (rows && columns) {
      const pen = cells.getContext("2d")!;
      const image = pen.createImageData(columns, rows);
      const pixels = image.data;
      if (this.mapped) {
        const [low, high] = this.limits = [view.vmin, view.vmax].every((v) => v !== undefined) ? [view.vmin!, view.vmax!] : range(view, values);
        const factor = 255 / (high - low || 1);
        for (let k = 0; k < size; k++) {
          const value = (Number(values[k]) - low) * factor;
          const c = 3 * (value > 255 ? 255 : value > 0 ? value | 0 : 0);
          const p = 4 * k;
          pixels[p] = map[c]!;
          pixels[p + 1] = map[c + 1]!;
          pixels[p + 2] = map[c + 2]!;
          pixels[p + 3] = value === value ? 255 : 0;
        }
      } else {
        for (let k = 0; k < rows * columns; k++) {
          for (let c = 0; c < 4; c++) pixels[4 * k + c] = c < channels ? Number(values[channels * k + c]) : 255;
        }
      }
      pen.putImageData(image, 0, 0);
    }
    this.paint();
  }

  /** Where the image lies in the canvas. */
  private box(): [left: number, top: number, width: number, height: number] {
    const [rows = 1, columns = 1] = this.shape;
    const space = this.canvas.clientWidth - (this.mapped ? BAR : 0);
    const scale = Math.min(space / columns, this.canvas.clientHeight / rows);
    return [0, 0, columns * scale, rows * scale];
  }

  paint(): void {
    const { canvas, cells, theme } = this;
    const width = canvas.clientWidth;
    const [rows = 0, columns = 0] = this.shape;
    if (!width || !rows || !columns) return;
    // The height follows the image, and changes only with its shape.
    const height = Math.round(Math.min(480, ((width - (this.mapped ? BAR : 0)) / columns) * rows));
    canvas.style.height = `${height}px`;
    const density = devicePixelRatio;
    [canvas.width, canvas.height] = [Math.round(width * density), Math.round(height * density)];
    const pen = canvas.getContext("2d")!;
    pen.setTransform(density, 0, 0, density, 0, 0);
    const [left, top, w, h] = this.box();
    pen.imageSmoothingEnabled = w < columns;
    pen.save();
    if (this.view.origin === "lower") {
      pen.translate(0, h);
      pen.scale(1, -1);
    }
    pen.drawImage(cells, left, top, w, h);
    pen.restore();
    if (!this.mapped) return;
    const [low, high] = this.limits;
    const bar = w + 12;
    for (let k = 0; k < h; k++) {
      const c = 3 * Math.round((1 - k / Math.max(1, h - 1)) * 255);
      pen.fillStyle = `rgb(${this.map[c]},${this.map[c + 1]},${this.map[c + 2]})`;
      pen.fillRect(bar, k, 12, 1.5);
    }
    const { quiet, font } = theme();
    pen.font = `12px ${font}`;
    pen.fillStyle = quiet;
    pen.textBaseline = "middle";
    const step = tickStep(low, high, Math.max(2, h / 50));
    const shown = ticks(low, high, Math.max(2, h / 50));
    for (const value of shown) {
      const pixel = Math.min(Math.max((1 - (value - low) / (high - low)) * h, 6), h - 6);
      pen.fillText(label(value, step), bar + 17, pixel);
    }
    canvas.dataset.ticks = shown.map((value) => label(value, step)).join(" ");
  }

  private hover(x: number, y: number): void {
    const [rows = 0, columns = 0, channels] = this.shape;
    const [, , w, h] = this.box();
    const column = Math.floor((x / w) * columns);
    const line = Math.floor((y / h) * rows);
    const row = this.view.origin === "lower" ? rows - 1 - line : line;
    if (!(column >= 0 && column < columns && row >= 0 && row < rows)) return this.told("");
    const k = row * columns + column;
    const value = channels ? Array.from({ length: channels }, (_, c) => this.values[channels * k + c]).join(", ") : Number(Number(this.values[k]).toPrecision(6));
    this.told(`[${row}, ${column}] = ${value}`);
  }
}

/** The limits of a map, of which one may be given. */
const range = (view: View, values: ArrayLike<number | bigint>): [number, number] => {
  const [low, high] = extent([values]);
  return [view.vmin ?? low, view.vmax ?? high];
};
