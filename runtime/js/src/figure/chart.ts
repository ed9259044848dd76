// Lines, points and bars on a canvas: axes, legend, hover, zoom.

import { axes, BAR, MARGIN, penOf, room, within, type Theme } from "./axes.js";
import { LINES } from "./colours.js";
import { dashes } from "./colours.json";
import { elements } from "./elements.js";
import { dragged, drawHandles, zoomable, type Hand, type Part } from "./hands.js";
import type { ColourMap } from "./map.js";
import { bars, line, points } from "./marks.js";
import { at, extent, inverse, label, padded, tickStep, type Scale } from "./scale.js";
import type { ArrayResult, Result, View } from "./spec.js";

/** A curve: values of x and y, in pairs. Of bars, x may have one more: they are edges. */
export interface Series {
  x: Float64Array;
  y: Float64Array;
}

const isArray = (value: Result): value is ArrayResult => typeof value === "object" && "data" in value;

/** Elements in C order, as floats. */
const flat = (array: ArrayResult): Float64Array => {
  const all = elements(array);
  return all instanceof Float64Array ? all : Float64Array.from(all as ArrayLike<number>, Number);
};
const counted = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

/** The curves of a result: y, (x, y), (x, y1, y2, …), where an array of two dimensions is one curve a row. */
export const seriesOf = (result: Result): Series[] => {
  const parts = (Array.isArray(result) ? result : [result]).filter(isArray);
  const curves = (array: ArrayResult): Float64Array[] => {
    const all = flat(array);
    if (array.shape.length < 2) return [all];
    const n = array.shape[1]!;
    return counted(array.shape[0]!).map((k) => all.subarray(k * n, k * n + n));
  };
  if (parts.length === 1) return curves(parts[0]!).map((y) => ({ x: Float64Array.from(y, (_, k) => k), y }));
  const x = flat(parts[0]!);
  return parts.slice(1).flatMap(curves).map((y) => ({ x, y }));
};

/** A point of a curve that has been found, by its position. */
type Found = [curve: number, x: number, y: number, position: number];

/** A chart in a canvas, which keeps its zoom. */
export class Chart {
  private zoomed: Part | undefined;
  private series: Series[] = [];
  /** The colours of points, where the last array has values of them. */
  private readonly map: ColourMap | undefined;
  private values: Float64Array | undefined;
  private scales: [Scale, Scale] | undefined;
  private right: Scale | undefined;
  /** What the figure is called. */
  private readonly name: string;
  private kept: [x: [number, number], y: [number, number], right: [number, number]] | undefined;
  private readonly hidden = new Set<number>();
  /** What is drawn without what is under the pointer, since that was asked for. */
  private readonly layer = document.createElement("canvas");
  private layered = false;
  /** The curve and the point that keys have come to. */
  private reached: [curve: number, point: number] = [0, -1];
  /** What stands above: the words of the axes at the sides, and the buttons of the legend between them. */
  private readonly words = [document.createElement("span"), document.createElement("span")] as const;
  private readonly legend: HTMLButtonElement[] = [];
  private arrange: (() => void) | undefined;
  /** The width and the words for which they were arranged. */
  private arranged = "";
  readonly hand: Hand;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private view: View,
    private readonly theme: () => Theme,
    private readonly told: (text: string) => void,
    Map: typeof ColourMap | undefined,
  ) {
    canvas.addEventListener("keydown", (event) => this.step(event));
    this.hand = zoomable(canvas, () => this.scales, (part) => {
      this.zoomed = part;
      this.paint();
    });
    for (const kind of ["pointermove", "pointerup", "pointerleave", "blur"]) {
      canvas.addEventListener(kind, () => {
        if (kind === "blur") this.hand.pointer = undefined;
        this.point();
      });
    }
    this.name = canvas.getAttribute("aria-label") ?? "";
    this.map = view.map ? new Map!(view.map) : undefined;
    this.strip();
  }

  /** Makes what stands above the chart; the buttons of the legend hide curves. */
  private strip(): void {
    if (!this.head) return;
    const strip = document.createElement("div");
    const middle = Object.assign(document.createElement("div"), { className: "legend" });
    // Labels that do not fit between the words stand above these, in as many lines as they need.
    this.arrange = () => {
      strip.className = "strip";
      if (middle.scrollHeight > middle.clientHeight + 2 || middle.scrollWidth > middle.clientWidth + 2) strip.className = "strip tall";
    };
    (this.view.labels ?? []).forEach((_, k) => {
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.style.setProperty("--line", LINES[k % LINES.length]!);
      button.setAttribute("aria-pressed", "true");
      button.addEventListener("click", () => {
        const shown = this.hidden.delete(k);
        if (!shown) this.hidden.add(k);
        button.setAttribute("aria-pressed", String(shown));
        this.paint();
      });
      this.legend.push(button);
    });
    middle.append(...this.legend);
    strip.append(this.words[0], middle, this.words[1]);
    this.canvas.before(strip);
    this.relabel(this.view);
  }

  /** Takes the words of a view that is otherwise the same. */
  relabel(view: View): void {
    const { y, y2, labels = [] } = (this.view = view);
    this.words[0].textContent = y ? `↑ ${y}` : "";
    this.words[1].textContent = y2 ? `${y2} ↑` : "";
    this.legend.forEach((button, k) => (button.textContent = labels[k]!));
  }

  /** Whether words stand above. */
  private get head(): boolean {
    const { y, y2, labels } = this.view;
    return !!(y || y2 || labels?.length);
  }

  show(result: Result): void {
    const series = seriesOf(result);
    const uneven = this.view.kind === "bars" ? undefined : series.find(({ x, y }) => x.length !== y.length);
    if (uneven) throw Object.assign(new Error(`x and y must have same first dimension, but have shapes (${uneven.x.length},) and (${uneven.y.length},)`), { name: "ValueError" });
    this.series = series;
    if (this.map && this.series.length > 1) this.map.fit(this.view, (this.values = this.series.pop()!.y));
    this.paint();
  }

  /** Whether a curve belongs to the axis at the right. */
  private isRight(k: number): boolean {
    return !!this.view.right?.some((one) => one === k || (typeof one === "string" && one === this.view.labels?.[k]));
  }

  /** The limits of the axes for what is shown; of a chart that does not follow, those of what it showed first. */
  private limits(shown: number[]): NonNullable<Chart["kept"]> {
    const { view, series } = this;
    const { xlim, ylim, y2lim, follow = true } = view;
    if (this.kept && !follow) return this.kept;
    const [logX, logY] = [view.xscale === "log", view.yscale === "log"];
    const isBars = view.kind === "bars";
    const xs = extent(shown.map((k) => series[k]!.x), logX);
    const zero = (isBars || view.area) && !logY ? [[0]] : [];
    const of = (right: boolean) => padded(extent([...shown.filter((k) => this.isRight(k) === right).map((k) => series[k]!.y), ...zero], logY), logY);
    return (this.kept = [xlim ?? ((view.kind !== "lines" || view.markers) && shown.every((k) => series[k]!.x.length === series[k]!.y.length) ? padded(xs, logX) : xs), ylim ?? of(false), y2lim ?? of(true)]);
  }

  paint(): void {
    const { canvas, series, view, zoomed } = this;
    const pen = penOf(canvas);
    if (!pen) return;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const fitted = [width, view.y, view.y2, ...(view.labels ?? [])].join();
    if (this.arrange && fitted !== this.arranged) {
      this.arranged = fitted;
      this.arrange();
    }
    const shown = this.shown();
    const [xs, ys, rights] = this.limits(shown);
    const hasRight = !!view.right?.length;
    const [bottom, top] = [height - MARGIN.bottom, MARGIN.top + (this.head ? 20 : 0)];
    const log = view.yscale === "log";
    const y = within(ys, zoomed && [zoomed[2], zoomed[3]], bottom, top, log);
    // The axis at the right is zoomed with the other.
    const [all, rest] = [within(ys, undefined, bottom, top, log), within(rights, undefined, bottom, top, log)];
    const right = !hasRight ? undefined : zoomed ? within(rights, [inverse(rest, at(all, y.low)), inverse(rest, at(all, y.high))], bottom, top, log) : rest;
    const x = within(xs, zoomed && [zoomed[0], zoomed[1]], room(y), width - (right ? room(right) : this.values ? BAR : MARGIN.right), view.xscale === "log");
    this.scales = [x, y];
    this.right = right;
    axes(pen, x, y, right, view.x, this.theme());

    pen.save();
    pen.beginPath();
    pen.rect(x.from, y.to, x.to - x.from, y.from - y.to);
    pen.clip();
    for (const k of shown) {
      pen.strokeStyle = pen.fillStyle = LINES[k % LINES.length]!;
      const up = right && this.isRight(k) ? right : y;
      if (view.kind === "points") points(pen, series[k]!, x, up, view.size, this.map, this.values);
      else if (view.kind === "bars") bars(pen, series[k]!, x, up);
      else {
        pen.setLineDash(dashes[view.styles?.[k] as keyof typeof dashes] ?? []);
        line(pen, series[k]!, x, up, view);
      }
    }
    pen.restore();
    if (this.values) this.map!.bar(pen, x.to + 12, y.to, y.from - y.to, this.theme());
    drawHandles(pen, this.hand.handles, x, y);
    this.describe(x, y, right);
    this.layered = false;
    if (this.hand.pointer) this.point();
  }

  /** Says in words what is shown, for those who do not see it. */
  private describe(x: Scale, y: Scale, right: Scale | undefined): void {
    const { view } = this;
    const between = (name: string, { low, high }: Scale) => `${name} from ${label(low, tickStep(low, high, 20))} to ${label(high, tickStep(low, high, 20))}`;
    const axes = [between(view.x ?? "x", x), between(view.y ?? "y", y), ...(right ? [between(view.y2 ?? "y at the right", right)] : [])];
    const text = `${[view.title ?? this.name, view.labels?.join(", ")].filter((part) => part).join(": ")}; ${axes.join(", ")}`;
    if (this.canvas.getAttribute("aria-label") !== text) this.canvas.setAttribute("aria-label", text);
  }

  private shown(): number[] {
    return counted(this.series.length).filter((k) => !this.hidden.has(k));
  }

  /** Goes to the next point of a curve, or to another curve, by an arrow key; of a chart that is zoomed the keys move the part. */
  private step(event: KeyboardEvent): void {
    const shown = this.shown();
    const [along, across] = [{ ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0, { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0];
    if (!(along || across) || this.zoomed || !shown.length || !this.scales) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const curve = shown[Math.min(Math.max(shown.indexOf(this.reached[0]) + across, 0), shown.length - 1)]!;
    const { x, y } = this.series[curve]!;
    const n = Math.min(x.length, y.length);
    // A step is about four pixels at least.
    const stride = Math.max(1, Math.round((4 * n) / (this.scales[0].to - this.scales[0].from))) * (event.shiftKey ? 10 : 1);
    const point = Math.min(Math.max(this.reached[1] + along * stride, 0), n - 1);
    this.reached = [curve, point];
    const middle = (x[point]! + x[point + (x.length > n ? 1 : 0)]!) / 2;
    this.hand.pointer = [at(this.scales[0], middle), at(this.upOf(curve), y[point]!)];
    this.point([curve, middle, y[point]!, point]);
  }

  private upOf(k: number): Scale {
    return this.right && this.isRight(k) ? this.right : this.scales![1];
  }

  /** The nearest point of a curve under the pointer, or the one that is given; or the rectangle that is being drawn. */
  private point(given?: Found): void {
    const { hand, layer, scales } = this;
    const pen = scales && (this.layered || hand.pointer) ? this.canvas.getContext("2d")! : undefined;
    if (!pen) return this.told("");
    const { width, height } = this.canvas;
    if (this.layered) {
      pen.save();
      pen.resetTransform();
      pen.clearRect(0, 0, width, height);
      pen.drawImage(layer, 0, 0);
      pen.restore();
    } else {
      [layer.width, layer.height] = [width, height];
      layer.getContext("2d")!.drawImage(this.canvas, 0, 0);
      this.layered = true;
    }
    const { pointer } = hand;
    if (!pointer) return this.told("");
    const [x] = scales!;
    if (hand.dragged) {
      const part = dragged(hand.dragged, pointer, scales!);
      pen.fillStyle = this.theme().grid;
      if (part) pen.fillRect(part[0], part[3], part[1] - part[0], part[2] - part[3]);
      return;
    }
    const found = given ?? this.nearest(pointer);
    if (!found) return this.told("");
    const [k, px, py, j] = found;
    const up = this.upOf(k);
    pen.fillStyle = LINES[k % LINES.length]!;
    pen.beginPath();
    pen.arc(at(x, px), at(up, py), 4, 0, 7);
    pen.fill();
    const name = this.view.labels?.[k];
    this.told(`${name ? `${name}: ` : ""}${this.view.x ?? "x"} = ${Number(px.toPrecision(6))}, ${(up === this.right ? this.view.y2 : this.view.y) ?? "y"} = ${Number(py.toPrecision(6))}${this.values ? `: ${Number(this.values[j]!.toPrecision(6))}` : ""}`);
  }

  /** The point of a curve that is nearest to a place, and not far. */
  private nearest(pointer: [number, number]): Found | undefined {
    let nearest = 40 ** 2;
    let found: Found | undefined;
    const [x] = this.scales!;
    for (const k of this.shown()) {
      const { x: xs, y: ys } = this.series[k]!;
      const up = this.upOf(k);
      const n = Math.min(xs.length, ys.length);
      const stride = Math.max(1, Math.floor(n / 20_000));
      // Bars between edges are found by their middles.
      const edges = xs.length > ys.length ? 1 : 0;
      for (let j = 0; j < n; j += stride) {
        const [px, py] = [(xs[j]! + xs[j + edges]!) / 2, ys[j]!];
        const distance = (at(x, px) - pointer[0]) ** 2 + ((at(up, py) - pointer[1]) / 4) ** 2;
        if (distance < nearest) [nearest, found] = [distance, [k, px, py, j]];
      }
    }
    return found;
  }
}
