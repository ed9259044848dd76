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

/** The ticks of a scale, one in so many pixels. */
const between = ({ low, high, log, from, to }: Scale, pixels: number): [number, string][] =>
  ticks({ low: Math.min(low, high), high: Math.max(low, high), log }, Math.max(2, Math.abs(to - from) / pixels));

/** What a label takes at most, in pixels. */
const widest = (labels: [number, string][]): number => 8 * Math.max(0, ...labels.map(([, label]) => label.length));

/** The ticks of a scale from top to bottom. */
const upright = (y: Scale): [number, string][] => between(y, 50);

/** What the labels of a scale from top to bottom take beside it. */
export const room = (y: Scale): number => Math.max(MARGIN.left, widest(upright(y)) + 12);

/** The ticks of a scale from left to right: so many that their labels stand apart. */
const level = (x: Scale): [number, string][] => {
  for (let pixels = 90; ; pixels *= 1.3) {
    const found = between(x, pixels);
    const places = found.map(([value]) => at(x, value));
    const apart = Math.min(...places.slice(1).map((place, k) => Math.abs(place - places[k]!)));
    if (widest(found) + 8 < apart || pixels * 2 > Math.abs(x.to - x.from)) return found;
  }
};

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
  const [atX, atY, atRight] = [level(x), upright(y), right ? upright(right) : []];
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
    // The last label may be wider than what is right of it.
    pen.fillText(label, Math.min(pixel, pen.canvas.clientWidth - pen.measureText(label).width / 2), y.from + 8);
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
