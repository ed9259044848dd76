// An array of two dimensions as an image with a colour bar, or of three as colours.

import { colourMap } from "./colours.js";
import { axes, MARGIN, penOf, type Theme } from "./axes.js";
import type { drawHandles, Hand, zoomable } from "./hands.js";
import { extent, scale, ticks, type Scale } from "./scale.js";
import type { ArrayResult, Result, View } from "./spec.js";

const BAR = 76;

/** An image in a canvas. */
export class Image {
  private cells: HTMLCanvasElement = document.createElement("canvas");
  private values: ArrayLike<number | bigint> = [];
  private shape: readonly number[] = [0, 0];
  private limits: [number, number] = [0, 1];
  private readonly map: Uint8Array;
  readonly hand: Hand | undefined;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private view: View,
    private readonly theme: () => Theme,
    private readonly told: (text: string) => void,
    private readonly hands: { zoomable: typeof zoomable; drawHandles: typeof drawHandles } | undefined,
  ) {
    this.map = colourMap(view.map ?? "000000ffffff");
    this.hand = hands?.zoomable(canvas, () => this.scales(), undefined);
    canvas.addEventListener("pointermove", (event) => this.hover(event.offsetX, event.offsetY));
    canvas.addEventListener("pointerleave", () => told(""));
  }

  /** Whether values are mapped to colours. */
  private get mapped(): boolean {
    return this.shape.length === 2;
  }

  relabel(view: View): void {
    this.view = view;
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
        const [low, high] = (this.limits = range(view, values));
        const factor = 255 / (high - low);
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

  /** Where the image lies in the canvas, whose height follows it and changes only with its shape. */
  private box(): [left: number, top: number, width: number, height: number] {
    const [rows = 1, columns = 1] = this.shape;
    const { extent: plane, aspect = 1 } = this.view;
    const [left, bottom] = plane ? [MARGIN.left, MARGIN.bottom] : [0, 0];
    const space = Math.max(1, this.canvas.clientWidth - left - (this.mapped ? BAR : plane ? MARGIN.right : 0));
    const ratio = plane ? Math.abs((plane[3] - plane[2]) / (plane[1] - plane[0])) : rows / columns;
    const wanted = aspect === "auto" ? 300 - bottom : space * ratio * aspect;
    const height = Math.round(Math.min(480, wanted));
    return [left, plane ? MARGIN.top + (this.view.y ? 20 : 0) : 0, aspect === "auto" ? space : space * Math.min(1, height / wanted), height];
  }

  /** Scales of the plane that it covers, or of columns and rows. */
  private scales(): [Scale, Scale] {
    const [rows = 1, columns = 1] = this.shape;
    const [left, top, w, h] = this.box();
    const [x0, x1, y0, y1] = this.view.extent ?? (this.view.origin === "lower" ? [0, columns, 0, rows] : [0, columns, rows, 0]);
    return [scale(x0, x1, left, left + w), scale(y0, y1, top + h, top)];
  }

  paint(): void {
    const { canvas, cells, view } = this;
    const [rows = 0, columns = 0] = this.shape;
    if (!canvas.clientWidth || !rows || !columns) return;
    const [left, top, w, h] = this.box();
    canvas.style.height = `${h + top + (view.extent ? MARGIN.bottom : 0)}px`;
    const pen = penOf(canvas)!;
    const [x, y] = this.scales();
    if (view.extent) {
      axes(pen, x, y, undefined, view.x, this.theme());
      pen.textAlign = "left";
      if (view.y) pen.fillText(`↑ ${view.y}`, left, top - 6);
    }
    pen.imageSmoothingEnabled = w < columns;
    pen.save();
    pen.translate(left, top);
    if (view.origin === "lower") {
      pen.translate(0, h);
      pen.scale(1, -1);
    }
    pen.drawImage(cells, 0, 0, w, h);
    pen.restore();
    if (this.hand) this.hands!.drawHandles(pen, this.hand.handles, x, y);
    if (this.mapped) this.bar(pen, left + w + 12, top, h);
  }

  /** The colour bar. */
  private bar(pen: CanvasRenderingContext2D, left: number, top: number, height: number): void {
    const [low, high] = this.limits;
    for (let k = 0; k < height; k++) {
      const c = 3 * Math.round((1 - k / Math.max(1, height - 1)) * 255);
      pen.fillStyle = `rgb(${this.map[c]},${this.map[c + 1]},${this.map[c + 2]})`;
      pen.fillRect(left, top + k, 12, 1.5);
    }
    const { quiet, font } = this.theme();
    pen.font = `12px ${font}`;
    pen.fillStyle = quiet;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    const shown = ticks({ low, high, log: false }, Math.max(2, height / 50));
    for (const [value, label] of shown) {
      const pixel = Math.min(Math.max((1 - (value - low) / (high - low)) * height, 6), height - 6);
      pen.fillText(label, left + 17, top + pixel);
    }
    if (!this.view.extent) this.canvas.dataset.ticks = shown.map(([, label]) => label).join(" ");
  }

  private hover(px: number, py: number): void {
    const [rows = 0, columns = 0, channels] = this.shape;
    const [left, top, w, h] = this.box();
    const [across, down] = [(px - left) / w, (py - top) / h];
    const column = Math.floor(across * columns);
    const line = Math.floor(down * rows);
    const row = this.view.origin === "lower" ? rows - 1 - line : line;
    if (!(column >= 0 && column < columns && row >= 0 && row < rows)) return this.told("");
    const k = row * columns + column;
    const value = channels ? Array.from({ length: channels }, (_, c) => this.values[channels * k + c]).join(", ") : Number(Number(this.values[k]).toPrecision(6));
    const { extent: plane, x = "x", y = "y" } = this.view;
    const place = plane ? `${x} = ${round(plane[0] + across * (plane[1] - plane[0]))}, ${y} = ${round(plane[3] - down * (plane[3] - plane[2]))}: ` : `[${row}, ${column}] = `;
    this.told(`${place}${value}`);
  }
}

const round = (value: number): number => Number(value.toPrecision(4));

/** The limits of a map, of which both, one or none are given. */
const range = ({ vmin, vmax }: View, values: ArrayLike<number | bigint>): [number, number] => {
  if (vmin !== undefined && vmax !== undefined) return [vmin, vmax];
  const limits = extent([values]);
  const [low, high] = [vmin ?? limits[0], vmax ?? limits[1]];
  if (low < high) return [low, high];
  return vmax === undefined ? [low, low + (Math.abs(low) || 1) / 2] : [high - (Math.abs(high) || 1) / 2, high];
};
