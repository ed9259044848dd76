// An array of two dimensions as an image with a colour bar, or of three as colours.

import { axes, BAR, MARGIN, penOf, room, type Theme } from "./axes.js";
import { elements } from "./elements.js";
import type { Hand, Hands, Part } from "./hands.js";
import type { ColourMap } from "./map.js";
import { at, inverse, label, scale, tickStep, type Scale } from "./scale.js";
import type { ArrayResult, Result, View } from "./spec.js";

/** An image in a canvas. */
export class Image {
  private cells: HTMLCanvasElement = document.createElement("canvas");
  private values: ArrayLike<number | bigint> = [];
  private shape: readonly number[] = [0, 0];
  private readonly map: ColourMap;
  private image: ImageData | undefined;
  readonly hand: Hand | undefined;
  private zoomed: Part | undefined;
  /** What the figure is called. */
  private readonly name: string;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private view: View,
    private readonly theme: () => Theme,
    private readonly told: (text: string) => void,
    Map: typeof ColourMap,
    private readonly hands: Hands | undefined,
  ) {
    this.map = new Map(view.map);
    this.name = canvas.getAttribute("aria-label") ?? "";
    this.hand = hands?.zoomable(canvas, () => (this.shape[0] && this.shape[1] ? this.scales() : undefined), (part) => {
      this.zoomed = part && this.whole(part);
      this.paint();
    });
    canvas.addEventListener("pointermove", (event) => {
      this.hover(event.offsetX, event.offsetY);
      if (this.hand?.dragged) this.paint();
    });
    canvas.addEventListener("pointerup", () => this.paint());
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
    this.values = elements(array);
    const { cells, values, view } = this;
    if (cells.width !== columns || cells.height !== rows) [cells.width, cells.height] = [columns, rows];
    if (rows && columns) {
      const pen = cells.getContext("2d")!;
      if (this.image?.width !== columns || this.image.height !== rows) this.image = pen.createImageData(columns, rows);
      const { image } = this;
      const pixels = image.data;
      if (this.mapped) {
        this.map.fit(view, values);
        this.map.paint(values, new Uint32Array(pixels.buffer));
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
    // Its height is known later, and this is the most.
    const [left, bottom] = plane ? [room(scale(plane[2], plane[3], 480, 0)), MARGIN.bottom] : [0, 0];
    const space = Math.max(1, this.canvas.clientWidth - left - (this.mapped ? BAR : plane ? MARGIN.right : 0));
    const ratio = plane ? Math.abs((plane[3] - plane[2]) / (plane[1] - plane[0])) : rows / columns;
    const wanted = aspect === "auto" ? 300 - bottom : space * ratio * aspect;
    const height = Math.round(Math.min(480, wanted));
    return [left, plane ? MARGIN.top + (this.view.y ? 20 : 0) : 0, aspect === "auto" ? space : space * Math.min(1, height / wanted), height];
  }

  /** The plane that it covers, or columns and rows. */
  private plane(): Part {
    const [rows = 1, columns = 1] = this.shape;
    return this.view.extent ?? (this.view.origin === "lower" ? [0, columns, 0, rows] : [0, columns, rows, 0]);
  }

  /** Scales of what is shown of the plane. */
  private scales(): [Scale, Scale] {
    const [left, top, w, h] = this.box();
    const [x0, x1, y0, y1] = this.zoomed ?? this.plane();
    return [scale(x0, x1, left, left + w), scale(y0, y1, top + h, top)];
  }

  /** The part of the image around another that has its proportions; nothing for all of it. */
  private whole([x0, x1, y0, y1]: Part): Part | undefined {
    const [left, right, bottom, top] = this.plane();
    const share = Math.max((x1 - x0) / (right - left), (y1 - y0) / (top - bottom));
    if (!(share < 1)) return undefined;
    const along = (from: number, to: number, low: number, high: number): [number, number] => {
      const start = Math.min(Math.max(((from + to) / 2 - low) / (high - low) - share / 2, 0), 1 - share);
      return [low + start * (high - low), low + (start + share) * (high - low)];
    };
    return [...along(x0, x1, left, right), ...along(y0, y1, bottom, top)];
  }

  paint(): void {
    const { canvas, cells, view } = this;
    const [rows = 0, columns = 0] = this.shape;
    if (!rows || !columns) {
      // Nothing is shown, and takes no room.
      canvas.style.height = "0";
      this.told("");
      return;
    }
    if (!canvas.clientWidth) return;
    const [left, top, w, h] = this.box();
    canvas.style.height = `${h + top + (view.extent ? MARGIN.bottom : 0)}px`;
    const pen = penOf(canvas)!;
    const [x, y] = this.scales();
    if (view.extent) {
      axes(pen, x, y, undefined, view.x, this.theme());
      pen.textAlign = "left";
      if (view.y) pen.fillText(`↑ ${view.y}`, left, top - 6);
    }
    pen.save();
    pen.beginPath();
    pen.rect(left, top, w, h);
    pen.clip();
    // All of the plane, of which a part may be seen.
    const [x0, x1, y0, y1] = this.plane();
    const [from, to, bottom, upper] = [at(x, x0), at(x, x1), at(y, y0), at(y, y1)];
    pen.imageSmoothingEnabled = to - from < columns;
    pen.translate(from, view.origin === "lower" ? bottom : upper);
    if (view.origin === "lower") pen.scale(1, -1);
    pen.drawImage(cells, 0, 0, to - from, bottom - upper);
    pen.restore();
    if (this.hand) this.hands!.drawHandles(pen, this.hand.handles, x, y);
    const part = this.hand?.dragged && this.hand.pointer && this.hands!.dragged(this.hand.dragged, this.hand.pointer, [x, y]);
    if (part) {
      pen.strokeStyle = "#fff";
      pen.lineWidth = 1.5;
      pen.strokeRect(part[0], part[3], part[1] - part[0], part[2] - part[3]);
    }
    this.describe();
    if (!this.mapped) return;
    const labels = this.map.bar(pen, left + w + 12, top, h, this.theme());
    if (!view.extent) canvas.dataset.ticks = labels.join(" ");
  }

  /** Says in words what is shown, for those who do not see it. */
  private describe(): void {
    const [rows, columns] = this.shape;
    const [low, high] = this.map.limits;
    const step = tickStep(low, high, 20);
    const text = `${this.view.title ?? this.name}; an image of ${rows} rows and ${columns} columns${this.mapped ? `, colours from ${label(low, step)} to ${label(high, step)}` : ""}`;
    if (this.canvas.getAttribute("aria-label") !== text) this.canvas.setAttribute("aria-label", text);
  }

  private hover(px: number, py: number): void {
    const [rows = 0, columns = 0, channels] = this.shape;
    const [left, top, w, h] = this.box();
    if (!(px >= left && px < left + w && py >= top && py < top + h)) return this.told("");
    const [scaleX, scaleY] = this.scales();
    const [x0, x1, y0, y1] = this.plane();
    const [u, v] = [inverse(scaleX, px), inverse(scaleY, py)];
    const column = Math.min(Math.floor(((u - x0) / (x1 - x0)) * columns), columns - 1);
    const line = Math.min(Math.floor(((v - y1) / (y0 - y1)) * rows), rows - 1);
    const row = this.view.origin === "lower" ? rows - 1 - line : line;
    const k = row * columns + column;
    const value = channels ? Array.from({ length: channels }, (_, c) => this.values[channels * k + c]).join(", ") : Number(Number(this.values[k]).toPrecision(6));
    const { extent: plane, x = "x", y = "y" } = this.view;
    const place = plane ? `${x} = ${round(u)}, ${y} = ${round(v)}: ` : `[${row}, ${column}] = `;
    this.told(`${place}${value}`);
  }
}

const round = (value: number): number => Number(value.toPrecision(4));
