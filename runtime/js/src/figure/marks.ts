// The marks of charts.

import type { Series } from "./chart.js";
import type { ColourMap } from "./map.js";
import { at, type Scale } from "./scale.js";
import type { View } from "./spec.js";

/** Curves of more points are drawn by columns of pixels. */
const DENSE = 4000;

/** The runs of a curve between what is not finite, as pixels, x and y in turn. Where several points share a column of pixels, the first, least, greatest and last one stand for them. */
const runs = ({ x: xs, y: ys }: Series, x: Scale, y: Scale): number[][] => {
  const n = Math.min(xs.length, ys.length);
  const dense = n > DENSE;
  const density = devicePixelRatio;
  const found: number[][] = [];
  let run: number[] | undefined;
  let column = NaN;
  let [first, low, high, last] = [0, 0, 0, 0];
  const flush = () => {
    if (column === column) {
      run!.push(column, first);
      // What lies between the first and the last one is drawn with them.
      if (low < Math.min(first, last)) run!.push(column, low);
      if (high > Math.max(first, last)) run!.push(column, high);
      if (last !== first) run!.push(column, last);
    }
    column = NaN;
  };
  for (let k = 0; k < n; k++) {
    const [px, py] = [at(x, xs[k]!), at(y, ys[k]!)];
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      flush();
      run = undefined;
      continue;
    }
    if (!run) found.push((run = []));
    if (!dense) {
      run.push(px, py);
      continue;
    }
    const rounded = Math.round(px * density) / density;
    if (rounded === column) {
      if (py < low) low = py;
      if (py > high) high = py;
      last = py;
      continue;
    }
    flush();
    column = rounded;
    first = low = high = last = py;
  }
  flush();
  return found;
};

/** Where a base line lies: at zero, or at the lower end of a logarithmic scale. */
const base = (y: Scale): number => (y.log ? y.from : at(y, 0));

/** A curve, as steps, with its area and with a mark at each point, if the view says so. */
export const line = (pen: CanvasRenderingContext2D, series: Series, x: Scale, y: Scale, { step, area, markers }: View): void => {
  pen.lineWidth = 2;
  // Round joins cost, and cannot be seen where a line turns at every pixel.
  pen.lineJoin = series.y.length > DENSE ? "bevel" : "round";
  for (const run of runs(series, x, y)) {
    pen.beginPath();
    pen.moveTo(run[0]!, run[1]!);
    for (let k = 2; k < run.length; k += 2) {
      const [x0, y0, x1, y1] = [run[k - 2]!, run[k - 1]!, run[k]!, run[k + 1]!];
      if (step) {
        const turn = step === "pre" ? x0 : step === "post" ? x1 : (x0 + x1) / 2;
        pen.lineTo(turn, y0);
        pen.lineTo(turn, y1);
      }
      pen.lineTo(x1, y1);
    }
    if (run.length === 2) pen.lineTo(run[0]!, run[1]!);
    pen.lineCap = run.length === 2 ? "round" : "butt";
    pen.stroke();
    if (!area) continue;
    pen.lineTo(run[run.length - 2]!, base(y));
    pen.lineTo(run[0]!, base(y));
    pen.globalAlpha = 0.2;
    pen.fill();
    pen.globalAlpha = 1;
  }
  if (markers) points(pen, series, x, y);
};

/** Points; many become pixels, which are darker where more of them are. */
export const points = (pen: CanvasRenderingContext2D, { x: xs, y: ys }: Series, x: Scale, y: Scale, wanted?: number, map?: ColourMap, values?: Float64Array): void => {
  const n = Math.min(xs.length, ys.length);
  const colours = values && new Uint32Array(n);
  if (colours) map!.paint(values, colours);
  if (n > 20_000) return cloud(pen, { x: xs, y: ys }, x, y, colours);
  const size = wanted ?? (n > 2000 ? 2 : 6);
  pen.globalAlpha = 0.8;
  for (let k = 0; k < n; k++) {
    const [px, py] = [at(x, xs[k]!), at(y, ys[k]!)];
    if (colours) {
      const word = colours[k]!;
      if (!word) continue;
      pen.fillStyle = `rgb(${word & 255},${(word >> 8) & 255},${(word >> 16) & 255})`;
    }
    if (size < 4) pen.fillRect(px - size / 2, py - size / 2, size, size);
    else {
      pen.beginPath();
      pen.arc(px, py, size / 2, 0, 7);
      pen.fill();
    }
  }
  pen.globalAlpha = 1;
};

/** Very many points: each pixel is as dark as its points say, each of which covers a share of what is left: less where many lie on each other. */
const cloud = (pen: CanvasRenderingContext2D, { x: xs, y: ys }: Series, x: Scale, y: Scale, colours: Uint32Array | undefined): void => {
  const density = devicePixelRatio;
  const [left, top] = [x.from, y.to];
  const [width, height] = [Math.round((x.to - x.from) * density), Math.round((y.from - y.to) * density)];
  if (width < 1 || height < 1) return;
  // How many points each pixel has, as far as that makes it darker.
  const counts = new Uint8Array(width * height);
  const n = Math.min(xs.length, ys.length);
  const [across, down] = [spots(xs, x, left, density), spots(ys, y, top, density)];
  const image = new ImageData(width, height);
  // A pixel is red, green, blue and its share from the lowest byte on.
  const words = new Uint32Array(image.data.buffer);
  let covered = 0;
  for (let k = 0; k < n; k++) {
    const column = across.start + across.values[k]! * across.factor;
    const row = down.start + down.values[k]! * down.factor;
    if (!(column >= 0 && column < width && row >= 0 && row < height)) continue;
    const pixel = (row | 0) * width + (column | 0);
    // Of points with colours the last one is seen.
    if (colours) words[pixel] = colours[k]!;
    const count = counts[pixel]!;
    if (!count) covered++;
    if (count < 255) counts[pixel] = count + 1;
  }
  const rest = 1 - Math.min(0.5, Math.max(0.04, (1.5 * covered) / n));
  const colour = parseInt(String(pen.fillStyle).slice(1), 16);
  const opaque = (colour >> 16) | (colour & 0xff00) | ((colour & 255) << 16);
  const shades = Uint32Array.from({ length: 256 }, (_, k) => (k ? opaque | (Math.round(255 * (1 - 0.8 * rest ** k)) << 24) : 0));
  for (let k = 0; k < counts.length && !colours; k++) {
    const count = counts[k]!;
    if (count) words[k] = shades[count]!;
  }
  const layer = Object.assign(document.createElement("canvas"), { width, height });
  layer.getContext("2d")!.putImageData(image, 0, 0);
  pen.drawImage(layer, left, top, width / density, height / density);
};

/** Where values lie, so many pixels in one of the scale's, from a place on: at `start` and `factor` times what is in `values`. */
const spots = (values: Float64Array, { start, factor, log }: Scale, origin: number, density: number): { values: Float64Array; start: number; factor: number } => ({
  values: log ? values.map(Math.log10) : values,
  start: (start - origin) * density,
  factor: factor * density,
});

/** Bars from zero, around their places or between edges. */
export const bars = (pen: CanvasRenderingContext2D, { x: xs, y: ys }: Series, x: Scale, y: Scale): void => {
  const between = xs.length > ys.length;
  const n = Math.min(xs.length, ys.length);
  const width = Math.max(1, n > 1 ? Math.abs(at(x, xs[1]!) - at(x, xs[0]!)) * 0.9 : 40);
  for (let k = 0; k < n; k++) {
    const [top, from] = [at(y, ys[k]!), at(x, xs[k]!)];
    const [left, wide] = between ? [from, Math.max(1, at(x, xs[k + 1]!) - from - 1)] : [from - width / 2, width];
    pen.fillRect(left, Math.min(base(y), top), wide, Math.abs(base(y) - top));
  }
};
