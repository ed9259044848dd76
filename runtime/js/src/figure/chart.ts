// Lines, points and bars on a canvas: axes, legend, hover, zoom.

import { axes, MARGIN, penOf, within, type Theme } from "./axes.js";
import { LINES } from "./colours.js";
import { drawHandles, zoomable, type Hand, type Part } from "./hands.js";
import { bars, line, points } from "./marks.js";
import { at, extent, padded, type Scale } from "./scale.js";
import type { ArrayResult, Result, View } from "./spec.js";

/** A curve: values of x and y, in pairs. Of bars, x may have one more: they are edges. */
export interface Series {
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

/** A chart in a canvas, which keeps its zoom. */
export class Chart {
  private zoomed: Part | undefined;
  private series: Series[] = [];
  private scales: [Scale, Scale] | undefined;
  private kept: [x: [number, number], y: [number, number], right: [number, number]] | undefined;
  private readonly hidden = new Set<number>();
  /** What stands above: the words of the axes at the sides, and the buttons of the legend between them. */
  private readonly words = [document.createElement("span"), document.createElement("span")] as const;
  private readonly legend: HTMLButtonElement[] = [];
  readonly hand: Hand;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private view: View,
    private readonly theme: () => Theme,
    private readonly told: (text: string) => void,
  ) {
    this.hand = zoomable(canvas, () => this.scales, (part) => {
      this.zoomed = part;
      this.paint();
    });
    for (const kind of ["pointermove", "pointerup", "pointerleave"]) {
      canvas.addEventListener(kind, () => {
        if (!this.hand.pointer) told("");
        this.paint();
      });
    }
    this.strip();
  }

  /** Makes what stands above the chart; the buttons of the legend hide curves. */
  private strip(): void {
    if (!this.head) return;
    const strip = document.createElement("div");
    strip.className = "strip";
    const middle = Object.assign(document.createElement("div"), { className: "legend" });
    (this.view.labels ?? []).forEach((_, k) => {
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.style.color = LINES[k % LINES.length]!;
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
    this.series = seriesOf(result);
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
    return (this.kept = [xlim ?? (isBars && shown.every((k) => series[k]!.x.length === series[k]!.y.length) ? padded(xs, logX) : xs), ylim ?? of(false), y2lim ?? of(true)]);
  }

  paint(): void {
    const { canvas, series, view, zoomed } = this;
    const pen = penOf(canvas);
    if (!pen) return;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const shown = counted(series.length).filter((k) => !this.hidden.has(k));
    const [xs, ys, rights] = this.limits(shown);
    const hasRight = !!view.right?.length;
    const x = within(xs, zoomed && [zoomed[0], zoomed[1]], MARGIN.left, width - (hasRight ? MARGIN.left : MARGIN.right), view.xscale === "log");
    const [bottom, top] = [height - MARGIN.bottom, MARGIN.top + (this.head ? 20 : 0)];
    const y = within(ys, zoomed && [zoomed[2], zoomed[3]], bottom, top, view.yscale === "log");
    const right = hasRight ? within(rights, undefined, bottom, top, view.yscale === "log") : undefined;
    this.scales = [x, y];
    axes(pen, x, y, right, view.x, this.theme());

    pen.save();
    pen.beginPath();
    pen.rect(x.from, y.to, x.to - x.from, y.from - y.to);
    pen.clip();
    for (const k of shown) {
      pen.strokeStyle = pen.fillStyle = LINES[k % LINES.length]!;
      const up = right && this.isRight(k) ? right : y;
      if (view.kind === "points") points(pen, series[k]!, x, up);
      else if (view.kind === "bars") bars(pen, series[k]!, x, up);
      else line(pen, series[k]!, x, up, view);
    }
    pen.restore();
    drawHandles(pen, this.hand.handles, x, y);
    this.hover(pen, shown, x, y, right);
  }

  /** The nearest point of a curve under the pointer, or the rectangle that is being drawn. */
  private hover(pen: CanvasRenderingContext2D, shown: number[], x: Scale, y: Scale, right: Scale | undefined): void {
    const { pointer, dragged } = this.hand;
    if (!pointer) return;
    if (dragged) {
      pen.strokeStyle = this.theme().quiet;
      pen.lineWidth = 1;
      pen.strokeRect(dragged[0], dragged[1], pointer[0] - dragged[0], pointer[1] - dragged[1]);
      return;
    }
    let nearest = 40 ** 2;
    let found: [number, number, number] | undefined;
    for (const k of shown) {
      const { x: xs, y: ys } = this.series[k]!;
      const up = right && this.isRight(k) ? right : y;
      const n = Math.min(xs.length, ys.length);
      const stride = Math.max(1, Math.floor(n / 20_000));
      // Bars between edges are found by their middles.
      const edges = xs.length > ys.length ? 1 : 0;
      for (let j = 0; j < n; j += stride) {
        const [px, py] = [(Number(xs[j]) + Number(xs[j + edges])) / 2, Number(ys[j])];
        const distance = (at(x, px) - pointer[0]) ** 2 + ((at(up, py) - pointer[1]) / 4) ** 2;
        if (distance < nearest) [nearest, found] = [distance, [k, px, py]];
      }
    }
    if (!found) return this.told("");
    const [k, px, py] = found;
    const up = right && this.isRight(k) ? right : y;
    pen.fillStyle = LINES[k % LINES.length]!;
    pen.beginPath();
    pen.arc(at(x, px), at(up, py), 4, 0, 7);
    pen.fill();
    const name = this.view.labels?.[k];
    this.told(`${name ? `${name}: ` : ""}${this.view.x ?? "x"} = ${Number(px.toPrecision(6))}, ${(up === right ? this.view.y2 : this.view.y) ?? "y"} = ${Number(py.toPrecision(6))}`);
  }
}
