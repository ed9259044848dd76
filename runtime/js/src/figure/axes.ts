// What charts and images share: margins and axes.

import { at, scale, ticks, type Scale } from "./scale.js";

/** Styles that the page decides. */
export interface Theme {
  text: string;
  quiet: string;
  grid: string;
  font: string;
}

/** What a colour bar takes of the width. */
export const BAR = 76;
export const MARGIN = { left: 56, right: 16, top: 12, bottom: 40 };

/** A canvas as large as it is shown, ready to be drawn on in CSS pixels; nothing if it is not shown. */
export const penOf = (canvas: HTMLCanvasElement): CanvasRenderingContext2D | undefined => {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (!width) return undefined;
  const [w, h] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const pen = canvas.getContext("2d")!;
  pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
};

/** Draws the ticks of an axis below and one at the left, with a grid, and perhaps of one at the right. */
export const axes = (pen: CanvasRenderingContext2D, x: Scale, y: Scale, right: Scale | undefined, word: string | undefined, theme: Theme): void => {
  const { text, quiet, grid, font } = theme;
  pen.font = `13px ${font}`;
  const [across, down] = [Math.max(2, (x.to - x.from) / 90), Math.max(2, (y.from - y.to) / 50)];
  const between = ({ low, high, log }: Scale, count: number) => ticks({ low: Math.min(low, high), high: Math.max(low, high), log }, count);
  const [atX, atY, atRight] = [between(x, across), between(y, down), right ? between(right, down) : []];
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const [value, label] of atY) {
    const pixel = Math.round(at(y, value));
    pen.fillStyle = grid;
    pen.fillRect(x.from, pixel, x.to - x.from, 1);
    pen.fillStyle = quiet;
    pen.fillText(label, x.from - 8, pixel);
  }
  pen.textAlign = "left";
  for (const [value, label] of atRight) {
    const pixel = Math.round(at(right!, value));
    pen.fillStyle = grid;
    pen.fillRect(x.to, pixel, 4, 1);
    pen.fillStyle = quiet;
    pen.fillText(label, x.to + 8, pixel);
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const [value, label] of atX) {
    const pixel = Math.round(at(x, value));
    pen.fillStyle = grid;
    pen.fillRect(pixel, y.from, 1, 4);
    pen.fillStyle = quiet;
    pen.fillText(label, pixel, y.from + 8);
  }
  pen.canvas.dataset.ticks = [atX, atY, atRight].map((list) => list.map(([, label]) => label).join(" ")).join("|");
  if (word) {
    pen.fillStyle = text;
    pen.textAlign = "right";
    pen.textBaseline = "bottom";
    pen.fillText(`${word} →`, x.to, y.from + 40);
  }
};

/** A scale for a part of an axis that is zoomed, or for all of it. */
export const within = (all: [number, number], part: [number, number] | undefined, from: number, to: number, log: boolean): Scale => scale(...(part ?? all), from, to, log);
