// What charts and images share: margins, axes, zoom by pointers and keys.

import { at, inverse, scale, ticks, type Scale } from "./scale.js";

/** Styles that the page decides. */
export interface Theme {
  text: string;
  quiet: string;
  grid: string;
  font: string;
}

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

/** Part of a plane: from left to right, from bottom to top. */
export type Part = [x0: number, x1: number, y0: number, y1: number];

/** Zooms a plane: by a drag, by two fingers, by keys; back by a double click. `scales` are those that are shown. */
export const zoomable = (canvas: HTMLCanvasElement, scales: () => [Scale, Scale] | undefined, zoom: (part: Part | undefined) => void): { pointer?: [number, number]; dragged?: [number, number] } => {
  const state: { pointer?: [number, number]; dragged?: [number, number] } = {};
  const fingers = new Map<number, [number, number]>();
  let pinch: { scales: [Scale, Scale]; points: [[number, number], [number, number]] } | undefined;
  const place = (event: PointerEvent): [number, number] => [event.offsetX, event.offsetY];
  /** The part that is shown if pixels `low` and `high` come to lie where two others are. */
  const moved = (old: Scale, low: number, high: number, toLow: number, toHigh: number): [number, number] => {
    const factor = Math.abs(toHigh - toLow) < 8 ? 1 : (high - low) / (toHigh - toLow);
    const value = (pixel: number) => inverse(old, (low + high) / 2 + (pixel - (toLow + toHigh) / 2) * factor);
    return [value(old.from), value(old.to)];
  };
  canvas.tabIndex = 0;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") {
      canvas.setPointerCapture(event.pointerId);
      state.dragged = place(event);
      return;
    }
    fingers.set(event.pointerId, place(event));
    const shown = scales();
    if (fingers.size === 2 && shown) pinch = { scales: shown, points: [...fingers.values()] as [[number, number], [number, number]] };
  });
  canvas.addEventListener("pointermove", (event) => {
    state.pointer = place(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, place(event));
    if (!pinch) return;
    const [[a, b], [c, d]] = [pinch.points, [...fingers.values()] as [[number, number], [number, number]]];
    zoom([...moved(pinch.scales[0], a[0], b[0], c[0], d[0]), ...moved(pinch.scales[1], a[1], b[1], c[1], d[1])]);
  });
  const lifted = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    if (fingers.size < 2) pinch = undefined;
  };
  canvas.addEventListener("pointerup", (event) => {
    lifted(event);
    const [start, end, shown] = [state.dragged, place(event), scales()];
    state.dragged = undefined;
    if (start && shown && Math.abs(start[0] - end[0]) > 5 && Math.abs(start[1] - end[1]) > 5) {
      const ordered = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a]);
      const [left, right] = ordered(start[0], end[0]);
      const [top, bottom] = ordered(start[1], end[1]);
      zoom([inverse(shown[0], left), inverse(shown[0], right), inverse(shown[1], bottom), inverse(shown[1], top)]);
    }
  });
  canvas.addEventListener("pointercancel", lifted);
  canvas.addEventListener("pointerleave", (event) => {
    lifted(event);
    state.pointer = state.dragged = undefined;
  });
  canvas.addEventListener("dblclick", () => zoom(undefined));
  canvas.addEventListener("keydown", (event) => {
    const shown = scales();
    if (!shown) return;
    const keys: Record<string, [x: number, y: number, size: number]> = { "+": [0, 0, 0.8], "=": [0, 0, 0.8], "-": [0, 0, 1.25], ArrowLeft: [-0.1, 0, 1], ArrowRight: [0.1, 0, 1], ArrowDown: [0, -0.1, 1], ArrowUp: [0, 0.1, 1] };
    const [dx, dy, size] = keys[event.key] ?? [0, 0, 0];
    if (!size && event.key !== "0" && event.key !== "Escape") return;
    event.preventDefault();
    if (!size) return zoom(undefined);
    const along = (one: Scale, shift: number): [number, number] => {
      const wide = one.to - one.from;
      const middle = one.from + wide * (0.5 + shift);
      return [inverse(one, middle - (wide * size) / 2), inverse(one, middle + (wide * size) / 2)];
    };
    zoom([...along(shown[0], dx), ...along(shown[1], dy)]);
  });
  return state;
};

/** A scale for a part of an axis that is zoomed, or for all of it. */
export const within = (all: [number, number], part: [number, number] | undefined, from: number, to: number, log: boolean): Scale => scale(...(part ?? all), from, to, log);
