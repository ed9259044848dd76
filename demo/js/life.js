import { glow, memory, step } from "../kernels/life.js";
import { attempt } from "./attempt.js";
import { isOwnPress } from "./own.js";

const canvas = document.querySelector("#life-canvas");
const result = document.querySelector("#life-result");
const play = document.querySelector("#life-play");
const context = canvas.getContext("2d");
const { width, height } = canvas;
// The grid has a border of one cell, which `step` renews.
const across = width + 2;

let grid = memory.array("uint8", [height + 2, across]);
let next = memory.array("uint8", [height + 2, across]);
const heat = memory.array("uint8", [height, width]);
const image = context.createImageData(width, height);
const pixels = new Uint32Array(image.data.buffer);

let playing = !matchMedia("(prefers-reduced-motion: reduce)").matches;
let generation = 0;
let visible = true;

/** Colours of the heat, from night over violet and orange to white, as little-endian RGBA. */
const COLOURS = Uint32Array.from({ length: 256 }, (_, h) => {
  const t = h / 255;
  const channel = (low, power, high) => Math.round(low + (high - low) * t ** power);
  const [r, g, b] = [channel(10, 0.75, 255), channel(12, 1.9, 238), channel(30, t < 0.5 ? 0.9 : 1.3, 200)];
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
});

function show(time) {
  glow(grid, heat);
  const warmth = heat.data;
  for (let i = 0; i < pixels.length; i++) pixels[i] = COLOURS[warmth[i]];
  context.putImageData(image, 0, 0);
  const cost = time === undefined ? "" : `, ${time.toFixed(2)} ms each`;
  result.value = `generation ${generation}${cost}`;
}

let recent = [];

function advance() {
  const start = performance.now();
  step(grid, next);
  recent = [...recent.slice(-30), performance.now() - start];
  [grid, next] = [next, grid];
  generation++;
  show(recent.reduce((total, time) => total + time, 0) / recent.length);
}

function frame() {
  if (!playing) return;
  if (visible) attempt("life", advance, () => setPlaying(false));
  requestAnimationFrame(frame);
}

function setPlaying(value) {
  playing = value;
  play.textContent = playing ? "Pause" : "Play";
  if (playing) requestAnimationFrame(frame);
}

function fillGrid(cell) {
  const cells = grid.data;
  for (let i = 0; i < cells.length; i++) cells[i] = cell();
  heat.data.fill(0);
  generation = 0;
  attempt("life", show);
}

/** The R pentomino, from which over a thousand generations grow. */
const BRUSH = [[0, 1], [0, 2], [1, 0], [1, 1], [2, 1]];

function drawAt(event) {
  const box = canvas.getBoundingClientRect();
  const column = Math.floor(((event.clientX - box.left) / box.width) * width);
  const row = Math.floor(((event.clientY - box.top) / box.height) * height);
  const cells = grid.data;
  for (const [down, right] of BRUSH) {
    const [r, c] = [(row + down + height) % height, (column + right + width) % width];
    cells[(r + 1) * across + c + 1] = 1;
  }
  attempt("life", show);
}

canvas.addEventListener("pointerdown", (event) => {
  if (!isOwnPress(canvas, event)) return;
  canvas.setPointerCapture(event.pointerId);
  drawAt(event);
});
canvas.addEventListener("pointermove", (event) => {
  if (canvas.hasPointerCapture(event.pointerId)) drawAt(event);
});

play.addEventListener("click", () => setPlaying(!playing));
document.querySelector("#life-step").addEventListener("click", () => {
  setPlaying(false);
  attempt("life", advance);
});
document.querySelector("#life-random").addEventListener("click", () => fillGrid(() => Number(Math.random() < 0.22)));
document.querySelector("#life-clear").addEventListener("click", () => fillGrid(() => 0));
new IntersectionObserver((entries) => (visible = entries.at(-1).isIntersecting)).observe(canvas);

fillGrid(() => Number(Math.random() < 0.22));
setPlaying(playing);
