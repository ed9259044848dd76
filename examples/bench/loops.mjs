// Measures the loops of loops.py without and with a check, in turns: node loops.mjs FOLDER. Prints the rows of a table.
import { pathToFileURL } from "node:url";

const loops = await import(pathToFileURL(`${process.argv[2]}/loops.js`));
const [COUNT, ROUNDS, SAMPLE_MS] = [100_000, 61, 5];

const array = (dtype, shape, at) => {
  const made = loops.memory.array(dtype, shape);
  if (at) for (let k = 0; k < made.data.length; k++) made.data[k] = at(k);
  return made;
};
const between = (k) => (k * 0.618033988749895) % 1;
const x = array("float64", [COUNT], between);
const n = array("int64", [COUNT], (k) => BigInt((k * 7919) % 1000) - 300n);
const out = array("float64", [COUNT]);
const whole = array("int64", [COUNT]);

/** What a check looks for, and the arguments of the loop. */
const LOOPS = {
  truncate: ["`int` of NaN, ∞ and 2⁶³", [x]],
  histogram: ["`int` of NaN, ∞ and 2⁶³", [x, array("int64", [100])]],
  interpolate: ["`math.floor` of NaN, ∞ and 2⁶³", [x, array("float64", [102], between), out]],
  quantise: ["`round` of NaN, ∞ and 2⁶³", [x, whole]],
  store: ["NaN, and what does not fit, stored in an int32 array", [x, array("int32", [COUNT])]],
  compare: ["an int that no float is, beside a float", [n, x]],
  power: ["a power of floats that is too large", [x, 2.7]],
  squares: ["sums and products beyond 64 bits", [n]],
  integer_power: ["powers beyond 64 bits", [n, 5]],
  row_means: ["whether a quotient's dividend is still Python's", [array("float64", [COUNT / 8, 8], between), out]],
};

const time = (call, args, calls) => {
  const start = performance.now();
  for (let k = 0; k < calls; k++) call(...args);
  return (performance.now() - start) / calls;
};
const median = (samples) => samples.sort((a, b) => a - b)[samples.length >> 1];

for (const [name, [looked, args]] of Object.entries(LOOPS)) {
  const pair = [loops[name], loops[`${name}_checked`]];
  for (const call of pair) time(call, args, 200);
  const calls = Math.ceil(SAMPLE_MS / time(pair[0], args, 20));
  const samples = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const side of round % 2 ? [1, 0] : [0, 1]) samples[side].push(time(pair[side], args, calls));
  }
  const [without, checked] = samples.map(median);
  const cells = [`\`${name}\``, looked, without.toFixed(3), checked.toFixed(3), (checked / without).toFixed(2)];
  console.log(`| ${cells.join(" | ")} |`);
}
