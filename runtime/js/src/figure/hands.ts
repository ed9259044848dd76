// What pointers and keys do in a chart or an image: they zoom, and move points.

import { at, inverse, type Scale } from "./scale.js";

/** Part of a plane: from left to right, from bottom to top. */
export type Part = [x0: number, x1: number, y0: number, y1: number];

/** A point that is dragged, in the units of the axes; and who is told where the pointer is. */
export interface Handle {
  name: string;
  value: [number, number];
  /** Whether it is where the pointer is, and has no mark. */
  follows: boolean;
  moved(value: [number, number]): void;
}

/** What pointers do: where one is, and where a rectangle that is drawn begins; in pixels within the axes. */
export interface Hand {
  pointer?: [number, number];
  dragged?: [number, number];
  handles: Handle[];
}

/** Draws the points that can be dragged. */
export const drawHandles = (pen: CanvasRenderingContext2D, handles: Handle[], x: Scale, y: Scale): void => {
  for (const { value, follows } of handles) {
    if (follows) continue;
    pen.beginPath();
    pen.arc(at(x, value[0]), at(y, value[1]), 8, 0, 7);
    pen.fillStyle = "#ff725c";
    pen.strokeStyle = "#fff";
    pen.lineWidth = 2;
    pen.fill();
    pen.stroke();
  }
};

/** The rectangle between two places, in pixels from left to right and from bottom to top; a drag along one axis takes all of the other. */
export const dragged = ([x0, y0]: [number, number], [x1, y1]: [number, number], [x, y]: [Scale, Scale]): [number, number, number, number] | undefined => {
  const [wide, high] = [Math.abs(x1 - x0) > 8, Math.abs(y1 - y0) > 8];
  if (!wide && !high) return undefined;
  return [wide ? Math.min(x0, x1) : x.from, wide ? Math.max(x0, x1) : x.to, high ? Math.max(y0, y1) : y.from, high ? Math.min(y0, y1) : y.to];
};

/** Zooms a plane: by a drag, by two fingers, by keys; back by a double click. Moves its handles. `scales` are those that are shown. */
export const zoomable = (canvas: HTMLCanvasElement, scales: () => [Scale, Scale] | undefined, zoom: ((part: Part | undefined) => void) | undefined): Hand => {
  const state: Hand = { handles: [] };
  let held: Handle | undefined;
  /** The handle within reach of a place. */
  const near = ([px, py]: [number, number], reach: number): Handle | undefined => {
    const shown = scales();
    if (!shown) return undefined;
    const far = ({ value }: Handle) => Math.hypot(at(shown[0], value[0]) - px, at(shown[1], value[1]) - py);
    return state.handles.filter((one) => !one.follows && far(one) <= reach).sort((a, b) => far(a) - far(b))[0];
  };
  /** Values at a place, within the axes. */
  const inside = ([px, py]: [number, number]): [number, number] => {
    const [x, y] = scales()!;
    const clip = (pixel: number, { from, to }: Scale) => Math.min(Math.max(pixel, Math.min(from, to)), Math.max(from, to));
    return [clip(px, x), clip(py, y)];
  };
  const values = (place: [number, number]): [number, number] => {
    const [px, py] = inside(place);
    return [inverse(scales()![0], px), inverse(scales()![1], py)];
  };
  /** Zooms so that what is shown is `size` times as large, around a place. */
  const sized = ([px, py]: [number, number], size: number): void => {
    const [x, y] = scales()!;
    const part = (one: Scale, pixel: number): [number, number] => [inverse(one, pixel + (one.from - pixel) / size), inverse(one, pixel + (one.to - pixel) / size)];
    zoom?.([...part(x, px), ...part(y, py)]);
  };
  // What is dragged by a finger does not scroll the page.
  canvas.addEventListener("touchstart", (event) => {
    const { left, top } = canvas.getBoundingClientRect();
    const touch = event.changedTouches[0]!;
    if (near([touch.clientX - left, touch.clientY - top], 24)) event.preventDefault();
  }, { passive: false });
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
    held = near(place(event), event.pointerType === "touch" ? 24 : 14);
    if (held) return canvas.setPointerCapture(event.pointerId);
    if (!zoom) return;
    if (event.pointerType !== "touch") {
      canvas.setPointerCapture(event.pointerId);
      if (scales()) state.dragged = inside(place(event));
      return;
    }
    fingers.set(event.pointerId, place(event));
    const shown = scales();
    if (fingers.size === 2 && shown) pinch = { scales: shown, points: [...fingers.values()] as [[number, number], [number, number]] };
  });
  canvas.addEventListener("pointermove", (event) => {
    state.pointer = place(event);
    const moving = held ? [held] : state.handles.filter(({ follows }) => follows);
    if (moving.length && scales()) {
      const value = values(state.pointer);
      for (const one of moving) one.moved((one.value = value));
    }
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, place(event));
    if (!pinch || !zoom) return;
    const [[a, b], [c, d]] = [pinch.points, [...fingers.values()] as [[number, number], [number, number]]];
    zoom([...moved(pinch.scales[0], a[0], b[0], c[0], d[0]), ...moved(pinch.scales[1], a[1], b[1], c[1], d[1])]);
  });
  const lifted = (event: PointerEvent) => {
    held = undefined;
    fingers.delete(event.pointerId);
    if (fingers.size < 2) pinch = undefined;
  };
  canvas.addEventListener("pointerup", (event) => {
    lifted(event);
    const [start, end, shown] = [state.dragged, place(event), scales()];
    state.dragged = undefined;
    if (!start || !zoom || !shown) return;
    const part = dragged(start, inside(end), shown);
    if (part) zoom([inverse(shown[0], part[0]), inverse(shown[0], part[1]), inverse(shown[1], part[2]), inverse(shown[1], part[3])]);
  });
  // A wheel scrolls the page; with a key, as a pinch on a trackpad is told, it zooms.
  canvas.addEventListener("wheel", (event) => {
    if (!zoom || !(event.ctrlKey || event.metaKey) || !scales()) return;
    event.preventDefault();
    sized([event.offsetX, event.offsetY], Math.exp(-event.deltaY / 200));
  }, { passive: false });
  canvas.addEventListener("pointercancel", lifted);
  canvas.addEventListener("pointerleave", (event) => {
    lifted(event);
    state.pointer = state.dragged = undefined;
  });
  canvas.addEventListener("dblclick", () => zoom?.(undefined));
  canvas.addEventListener("keydown", (event) => {
    const shown = scales();
    if (!shown || !zoom) return;
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

/** What images take from here, where the figure carries it. */
export interface Hands {
  zoomable: typeof zoomable;
  drawHandles: typeof drawHandles;
  dragged: typeof dragged;
}
