import { points } from "./figure.py";
import { noisy, smooth } from "./kernels.py";

const SAMPLES = 400;
const REACH = 3.2;

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const canvas = element<HTMLCanvasElement>("plot");
const context = canvas.getContext("2d")!;
const sliders = { width: element<HTMLInputElement>("width"), noise: element<HTMLInputElement>("noise") };

/** A colour of the style sheet. */
const colour = (name: string): string => getComputedStyle(canvas).getPropertyValue(name);

const line = (y: ReturnType<typeof smooth>, stroke: string, thickness: number): void => {
  const { clientWidth, clientHeight } = canvas;
  const path = new Path2D();
  for (const [x, at] of points(y, clientWidth, clientHeight, REACH).toArray()) path.lineTo(x, at);
  context.strokeStyle = stroke;
  context.lineWidth = thickness;
  context.stroke(path);
};

const draw = (): void => {
  const [width, noise] = [sliders.width.valueAsNumber, sliders.noise.valueAsNumber];
  element("width-value").textContent = `${2 * width + 1}`;
  element("noise-value").textContent = noise.toFixed(2);
  const measured = noisy(SAMPLES, noise);
  const mean = smooth(measured, width);

  const { clientWidth, clientHeight } = canvas;
  const density = devicePixelRatio;
  canvas.width = clientWidth * density;
  canvas.height = clientHeight * density;
  context.scale(density, density);
  context.font = "13px system-ui, sans-serif";
  for (const value of [-2, 0, 2]) {
    const y = Math.round((clientHeight / 2) * (1 - value / REACH));
    context.fillStyle = colour("--grid");
    context.fillRect(0, y, clientWidth, 1);
    context.fillStyle = colour("--quiet");
    context.fillText(`${value}`.replace("-", "−"), 0, y - 5);
  }
  line(measured, colour("--measured"), 1);
  line(mean, colour("--accent"), 2.5);
  canvas.dataset.mean = mean.get(SAMPLES / 4).toFixed(6);
};

for (const slider of Object.values(sliders)) slider.addEventListener("input", draw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
new ResizeObserver(draw).observe(canvas);
draw();
