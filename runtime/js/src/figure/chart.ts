// Lines, points and bars on a canvas: axes, hover, zoom.

import { LINES } from "./colours.js";
import { at, extent, inverse, label, padded, ticks, tickStep, type Scale } from "./scale.js";
import type { ArrayResult, Result, View } from "./spec.js";

/** A curve: values of x and y, in pairs. */
interface Series {
  x: ArrayLike<number | bigint>;
  y: ArrayLike<number | bigint>;
}

const isArray = (value: Result): value is ArrayResult => typeof value === "object" && "data" in value;

/** Elements in C order. */
const flat = (array: ArrayResult): ArrayLike<number | bigint> => {
  const size = array.shape.reduce((product, n) => product * n, 1);
  return array.data.length === size ? array.data : ((array.toArray() as number[]).flat(Infinity) as number[]);
};
const counted = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

/** The curves of a result: y, (x, y), (x, y1, y2, …), where an array of two dimensions is one curve a row. */
export const seriesOf = (result: Result): Series[] => {
  const parts = (Array.isArray(result) ? result : [result]).filter(isArray);
  const curves = (array: ArrayResult): ArrayLike<number | bigint>[] => {
    const all = flat(array);
    if (array.shape.length < 2) return [all];
    const n = array.shape[1]!;
    return counted(array.shape[0]!).map((k) => Array.from({ length: n }, (_, j) => all[k * n + j]!));
  };
  if (parts.length === 1) return curves(parts[0]!).map((y) => ({ x: counted(y.length), y }));
  const x = flat(parts[0]!);
  return parts.slice(1).flatMap(curves).map((y) => ({ x, y }));
};

/** Styles that the page decides. */
export interface Theme {
  text: string;
  quiet: string;
  grid: string;
  font: string;
}

const MARGIN = { left: 56, right: 16, top: 12, bottom: 40 };

/** A chart in a canvas, which keeps its zoom. */
export class Chart {
  private zoomed: [number, number, number, number] | undefined;
  private series: Series[] = [];
  private scales: [Scale, Scale] | undefined;
  private pointer: [number, number] | undefined;
  private dragged: [number, number] | undefined;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly view: View,
    private readonly theme: () => Theme,
    private readonly told: (text: string) => void,
  ) {
    const place = (event: PointerEvent): [number, number] => [event.offsetX, event.offsetY];
    canvas.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch") return;
      canvas.setPointerCapture(event.pointerId);
      this.dragged = place(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      this.pointer = place(event);
      this.paint();
    });
    canvas.addEventListener("pointerup", (event) => {
      const [start, end] = [this.dragged, place(event)];
      this.dragged = undefined;
      if (start && this.scales && Math.abs(start[0] - end[0]) > 5 && Math.abs(start[1] - end[1]) > 5) {
        const [x, y] = this.scales;
        const [left, right] = [start[0], end[0]].sort((a, b) => a - b) as [number, number];
        const [top, bottom] = [start[1], end[1]].sort((a, b) => a - b) as [number, number];
        this.zoomed = [inverse(x, left), inverse(x, right), inverse(y, bottom), inverse(y, top)];
      }
      this.paint();
    });
    canvas.addEventListener("pointerleave", () => {
      this.pointer = this.dragged = undefined;
      told("");
      this.paint();
    });
    canvas.addEventListener("dblclick", () => {
      this.zoomed = undefined;
      this.paint();
    });
  }

  show(result: Result): void {
    this.series = seriesOf(result);
    this.paint();
  }

  paint(): void {
    const { canvas, series, view } = this;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!width) return;
    const density = devicePixelRatio;
    const [w, h] = [Math.round(width * density), Math.round(height * density)];
    if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
    const pen = canvas.getContext("2d")!;
    pen.setTransform(density, 0, 0, density, 0, 0);
    pen.clearRect(0, 0, width, height);

    const bars = view.kind === "bars";
    const xs = view.xlim ?? (bars ? padded(extent(series.map(({ x }) => x))) : extent(series.map(({ x }) => x)));
    const ys = view.ylim ?? padded(extent([...series.map(({ y }) => y), ...(bars ? [[0]] : [])]));
    const [x0, x1, y0, y1] = this.zoomed ?? [...xs, ...ys];
    const x: Scale = { low: x0, high: x1, from: MARGIN.left, to: width - MARGIN.right };
    // Words above the chart have a line of their own.
    const y: Scale = { low: y0, high: y1, from: height - MARGIN.bottom, to: MARGIN.top + (view.y || view.labels?.length ? 20 : 0) };
    this.scales = [x, y];
    this.axes(pen, x, y);

    pen.save();
    pen.beginPath();
    pen.rect(x.from, y.to, x.to - x.from, y.from - y.to);
    pen.clip();
    pen.lineWidth = 2;
    pen.lineJoin = "round";
    series.forEach((one, k) => {
      pen.strokeStyle = pen.fillStyle = LINES[k % LINES.length]!;
      if (view.kind === "points") points(pen, one, x, y);
      else if (bars) barsOf(pen, one, x, y);
      else line(pen, one, x, y);
    });
    pen.restore();
    this.legend(pen, x, y);
    this.hover(pen, x, y);
  }

  private axes(pen: CanvasRenderingContext2D, x: Scale, y: Scale): void {
    const { text, quiet, grid, font } = this.theme();
    pen.font = `13px ${font}`;
    pen.fillStyle = quiet;
    const [across, down] = [Math.max(2, (x.to - x.from) / 90), Math.max(2, (y.from - y.to) / 50)];
    const [stepX, stepY] = [tickStep(x.low, x.high, across), tickStep(y.low, y.high, down)];
    const [atX, atY] = [ticks(x.low, x.high, across), ticks(y.low, y.high, down)];
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const value of atY) {
      const pixel = Math.round(at(y, value));
      pen.fillStyle = grid;
      pen.fillRect(x.from, pixel, x.to - x.from, 1);
      pen.fillStyle = quiet;
      pen.fillText(label(value, stepY), x.from - 8, pixel);
    }
    pen.textAlign = "center";
    pen.textBaseline = "top";
    for (const value of atX) {
      const pixel = Math.round(at(x, value));
      pen.fillStyle = grid;
      pen.fillRect(pixel, y.from, 1, 4);
      pen.fillStyle = quiet;
      pen.fillText(label(value, stepX), pixel, y.from + 8);
    }
    this.canvas.dataset.ticks = [atX.map((value) => label(value, stepX)).join(" "), atY.map((value) => label(value, stepY)).join(" ")].join("|");
    pen.fillStyle = text;
    if (this.view.x) {
      pen.textAlign = "right";
      pen.textBaseline = "bottom";
      pen.fillText(`${this.view.x} →`, x.to, y.from + 40);
    }
    if (this.view.y) {
      pen.textAlign = "left";
      pen.textBaseline = "bottom";
      pen.fillText(`↑ ${this.view.y}`, x.from, y.to - 6);
    }
  }

  private legend(pen: CanvasRenderingContext2D, x: Scale, y: Scale): void {
    const { labels = [] } = this.view;
    pen.textAlign = "right";
    pen.textBaseline = "bottom";
    let right = x.to;
    for (let k = Math.min(labels.length, this.series.length) - 1; k >= 0; k--) {
      pen.fillStyle = LINES[k % LINES.length]!;
      pen.fillText(labels[k]!, right, y.to - 6);
      right -= pen.measureText(labels[k]!).width + 16;
    }
  }

  /** The nearest point of a curve under the pointer, or the rectangle that is being drawn. */
  private hover(pen: CanvasRenderingContext2D, x: Scale, y: Scale): void {
    const { pointer, dragged, series } = this;
    if (!pointer) return;
    if (dragged) {
      pen.strokeStyle = this.theme().quiet;
      pen.lineWidth = 1;
      pen.strokeRect(dragged[0], dragged[1], pointer[0] - dragged[0], pointer[1] - dragged[1]);
      return;
    }
    let nearest = 40 ** 2;
    let found: [number, number, number] | undefined;
    series.forEach((one, k) => {
      const n = Math.min(one.x.length, one.y.length);
      const stride = Math.max(1, Math.floor(n / 20_000));
      for (let j = 0; j < n; j += stride) {
        const [px, py] = [Number(one.x[j]), Number(one.y[j])];
        const distance = (at(x, px) - pointer[0]) ** 2 + ((at(y, py) - pointer[1]) / 4) ** 2;
        if (distance < nearest) [nearest, found] = [distance, [k, px, py]];
      }
    });
    if (!found) return this.told("");
    const [k, px, py] = found;
    pen.fillStyle = LINES[k % LINES.length]!;
    pen.beginPath();
    pen.arc(at(x, px), at(y, py), 4, 0, 7);
    pen.fill();
    const name = this.view.labels?.[k];
    this.told(`${name ? `${name}: ` : ""}${this.view.x ?? "x"} = ${Number(px.toPrecision(6))}, ${this.view.y ?? "y"} = ${Number(py.toPrecision(6))}`);
  }
}

/** A curve. Where several points share a column of pixels, its first, least, greatest and last one stand for them. */
const line = (pen: CanvasRenderingContext2D, { x: xs, y: ys }: Series, x: Scale, y: Scale): void => {
  const n = Math.min(xs.length, ys.length);
  pen.beginPath();
  let open = false;
  let column = NaN;
  let [first, low, high, last] = [0, 0, 0, 0];
  const flush = () => {
    if (column !== column) return;
    for (const value of [first, low, high, last]) pen.lineTo(column, value);
  };
  for (let k = 0; k < n; k++) {
    const [vx, vy] = [Number(xs[k]), Number(ys[k])];
    if (!Number.isFinite(vx) || !Number.isFinite(vy)) {
      flush();
      column = NaN;
      open = false;
      continue;
    }
    const [px, py] = [at(x, vx), at(y, vy)];
    if (!open) {
      pen.moveTo(px, py);
      open = true;
    }
    if (n > 4000) {
      const rounded = Math.round(px * 2) / 2;
      if (rounded === column) {
        if (py < low) low = py;
        if (py > high) high = py;
        last = py;
        continue;
      }
      flush();
      column = rounded;
      first = low = high = last = py;
    } else pen.lineTo(px, py);
  }
  flush();
  pen.stroke();
};

/** Points; many become pixels. */
const points = (pen: CanvasRenderingContext2D, { x: xs, y: ys }: Series, x: Scale, y: Scale): void => {
  const n = Math.min(xs.length, ys.length);
  const size = n > 20_000 ? 1 : n > 2000 ? 2 : 5;
  pen.globalAlpha = n > 20_000 ? 0.4 : 0.8;
  for (let k = 0; k < n; k++) {
    const [px, py] = [at(x, Number(xs[k])), at(y, Number(ys[k]))];
    if (size < 5) pen.fillRect(px, py, size, size);
    else {
      pen.beginPath();
      pen.arc(px, py, size / 2 + 0.5, 0, 7);
      pen.fill();
    }
  }
  pen.globalAlpha = 1;
};

const barsOf = (pen: CanvasRenderingContext2D, { x: xs, y: ys }: Series, x: Scale, y: Scale): void => {
  const n = Math.min(xs.length, ys.length);
  const width = Math.max(1, n > 1 ? Math.abs(at(x, Number(xs[1])) - at(x, Number(xs[0]))) * 0.9 : 40);
  const base = at(y, 0);
  for (let k = 0; k < n; k++) {
    const top = at(y, Number(ys[k]));
    pen.fillRect(at(x, Number(xs[k])) - width / 2, Math.min(base, top), width, Math.abs(base - top));
  }
};
