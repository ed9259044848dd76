import { memory, np_sum } from "../kernels/np_sum.js";
import { attempt, quantile } from "./attempt.js";
import { sum } from "./loop.js";

const SIZE = 1_000_000;
const ROUNDS = 60;

const button = document.querySelector("#bench-run");
const result = document.querySelector("#bench-result");
const chart = document.querySelector("#bench-chart");

const plain = Int32Array.from({ length: SIZE }, (_, i) => (i * 7919) % 2001 - 1000);
const resident = memory.array("int32", [SIZE]);
resident.data.set(plain);

const CONTENDERS = [
  { label: "np_sum, array in its memory", ours: true, run: () => np_sum(resident) },
  { label: "np_sum, array copied in on every call", ours: true, run: () => np_sum(plain) },
  { label: "JavaScript loop", ours: false, run: () => sum(plain) },
];

/** Milliseconds per call. A timer of a page ticks every 5 to 100 µs, so a sample is several calls. */
function sample(run) {
  const calls = 8;
  const start = performance.now();
  for (let k = 0; k < calls; k++) run();
  return (performance.now() - start) / calls;
}

function bars(times) {
  const medians = times.map((t) => quantile(t, 0.5));
  const longest = 1.2 * Math.max(...medians);
  chart.replaceChildren(
    ...CONTENDERS.map(({ label, ours }, k) => {
      const bar = document.createElement("div");
      bar.className = ours ? "bar ours" : "bar";
      const name = document.createElement("span");
      name.textContent = label;
      const figure = document.createElement("b");
      figure.textContent = `${medians[k].toFixed(3)} ms`;
      const track = document.createElement("div");
      track.className = "track";
      const fill = document.createElement("div");
      fill.className = "fill";
      fill.style.width = `${(100 * medians[k]) / longest}%`;
      const spread = document.createElement("div");
      spread.className = "spread";
      const [low, high] = [quantile(times[k], 0.1), quantile(times[k], 0.9)];
      spread.style.left = `${(100 * low) / longest}%`;
      spread.style.width = `${(100 * (high - low)) / longest}%`;
      track.append(fill, spread);
      bar.append(name, figure, track);
      return bar;
    }),
  );
  return medians;
}

async function measure() {
  button.disabled = true;
  result.value = "measuring …";
  const answers = CONTENDERS.map(({ run }) => run());
  if (answers.some((answer) => answer !== answers[0])) throw new Error(`the sums differ: ${answers.join(", ")}`);
  const times = CONTENDERS.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    CONTENDERS.forEach(({ run }, k) => times[k].push(sample(run)));
    if (round % 6 === 5) {
      bars(times);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  const [ours, , javascript] = bars(times);
  result.value = `${(javascript / ours).toFixed(1)} times as fast as the loop`;
  button.disabled = false;
}

const start = () => measure().catch((error) => attempt("bench", () => { throw error; }));
button.addEventListener("click", start);

// The first run waits until the chart is seen, so that it does not compete with the rest of the page.
const seen = new IntersectionObserver((entries) => {
  if (!entries.some((entry) => entry.isIntersecting)) return;
  seen.disconnect();
  setTimeout(start, 200);
});
seen.observe(chart);
