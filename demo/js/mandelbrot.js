import { mandelbrot, memory, paint } from "../kernels/mandelbrot.js";
import { attempt } from "./attempt.js";
import { isOwnPress, isOwnWheel } from "./own.js";

const canvas = document.querySelector("#mandelbrot-canvas");
const result = document.querySelector("#mandelbrot-result");
const context = canvas.getContext("2d");
const HOME = { x: -0.7, y: 0, width: 4.4 };
const NARROWEST = 1e-13;

/** Arrays that stay in the module's memory: escape times, and the colours that go to the canvas. */
function buffers(scale) {
  const [height, width] = [canvas.height / scale, canvas.width / scale];
  return { height, width, counts: memory.array("int32", [height, width]), pixels: memory.array("uint8", [height, width, 4]) };
}

const fine = buffers(1);
const coarse = buffers(4);
const stage = new OffscreenCanvas(coarse.width, coarse.height);
let view = { ...HOME };
let pending = 0;
let settled = 0;

/** More steps the further in one looks. */
const limitOf = ({ width }) => Math.round(160 + 90 * Math.log2(HOME.width / width));

function compute({ counts, pixels, width, height }) {
  const step = view.width / width;
  const limit = limitOf(view);
  const start = performance.now();
  mandelbrot(counts, view.x - view.width / 2, view.y - (step * height) / 2, step, limit);
  const time = performance.now() - start;
  paint(counts, limit, pixels);
  return { time, limit, image: new ImageData(new Uint8ClampedArray(pixels.data), width, height) };
}

/** A coarse picture at once while things move, and a fine one when they rest. */
function draw() {
  pending = 0;
  attempt("mandelbrot", () => {
    stage.getContext("2d").putImageData(compute(coarse).image, 0, 0);
    context.imageSmoothingEnabled = true;
    context.drawImage(stage, 0, 0, canvas.width, canvas.height);
  });
  clearTimeout(settled);
  settled = setTimeout(() => attempt("mandelbrot", drawFine), 130);
}

function drawFine() {
  const { time, limit, image } = compute(fine);
  context.putImageData(image, 0, 0);
  const zoom = HOME.width / view.width;
  const magnified = zoom < 1000 ? zoom.toFixed(zoom < 10 ? 1 : 0) : zoom.toExponential(1);
  result.value = `${magnified}×, up to ${limit} steps per pixel, ${time.toFixed(0)} ms`;
  canvas.dataset.drawn = String(Number(canvas.dataset.drawn ?? 0) + 1);
}

function redraw() {
  if (!pending) pending = requestAnimationFrame(draw);
}

/** A pointer's place on the complex plane. */
function place(event) {
  const box = canvas.getBoundingClientRect();
  const step = view.width / box.width;
  return {
    x: view.x + (event.clientX - box.left - box.width / 2) * step,
    y: view.y + (event.clientY - box.top - box.height / 2) * step,
  };
}

/** Makes the view `factor` times as wide about a fixed point. */
function zoom(at, factor) {
  const width = Math.min(8, Math.max(NARROWEST, view.width * factor));
  const change = width / view.width;
  view = { x: at.x + (view.x - at.x) * change, y: at.y + (view.y - at.y) * change, width };
  redraw();
}

canvas.addEventListener("wheel", (event) => {
  if (!isOwnWheel(canvas, event)) return;
  event.preventDefault();
  zoom(place(event), Math.exp(Math.max(-1, Math.min(1, event.deltaY / 240))));
}, { passive: false });

canvas.addEventListener("dblclick", (event) => zoom(place(event), 0.4));

canvas.addEventListener("pointerdown", (event) => {
  if (!isOwnPress(canvas, event)) return;
  canvas.setPointerCapture(event.pointerId);
  canvas.classList.add("dragging");
});

canvas.addEventListener("pointermove", (event) => {
  if (!canvas.hasPointerCapture(event.pointerId)) return;
  const step = view.width / canvas.getBoundingClientRect().width;
  view = { ...view, x: view.x - event.movementX * step, y: view.y - event.movementY * step };
  redraw();
});

for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => canvas.classList.remove("dragging"));

const KEYS = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] };

canvas.addEventListener("keydown", (event) => {
  const move = KEYS[event.key];
  if (move) view = { ...view, x: view.x + move[0] * view.width, y: view.y + move[1] * view.width };
  else if (event.key === "+" || event.key === "=") zoom(view, 0.7);
  else if (event.key === "-") zoom(view, 1 / 0.7);
  else return;
  event.preventDefault();
  redraw();
});

document.querySelector("#mandelbrot-reset").addEventListener("click", () => {
  view = { ...HOME };
  redraw();
});

redraw();
