// Measures calls beside what they are made of, in turns: node calls.mjs FOLDER, or `measure` in a page. Gives the rows of a table.

const ROUNDS = 31;
const SAMPLE_MS = 5;

const median = (samples) => samples.sort((a, b) => a - b)[samples.length >> 1];

/** Nanoseconds a call of each, medians of rounds in which they take turns. */
const times = (calls) => {
  const sample = (call, count) => {
    const start = performance.now();
    for (let k = 0; k < count; k++) call(k);
    return ((performance.now() - start) * 1e6) / count;
  };
  for (const call of calls) sample(call, 3);
  const counts = calls.map((call) => {
    const once = Math.max(sample(call, 20), 1);
    sample(call, Math.ceil((4 * SAMPLE_MS * 1e6) / once));
    return Math.max(1, Math.ceil((SAMPLE_MS * 1e6) / Math.max(sample(call, 20), 1)));
  });
  const samples = calls.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (let k = 0; k < calls.length; k++) {
      const at = (k + round) % calls.length;
      samples[at].push(sample(calls[at], counts[at]));
    }
  }
  return samples.map(median);
};

/** The rows: what is called, nanoseconds, nanoseconds of what it stands beside, and the ratio. */
export const measure = (kernels) => {
  const { add, total, scale, scale_in_place, memory, NDArray } = kernels;
  const raw = memory.wasm;
  const resident = (data) => {
    const made = memory.array("float64", [data.length]);
    made.data.set(data);
    return made;
  };
  const ten = Float64Array.from({ length: 10 }, (_, k) => k / 3);
  const tenResident = resident(ten);
  const tenArray = new NDArray(ten);
  const list = Array.from({ length: 1e6 }, (_, k) => k / 3);
  const million = Float64Array.from(list);
  const millionResident = resident(million);
  const space = resident(million);
  const out = new Float64Array(1e6);
  const shown = (ns) => (ns < 1e4 ? `${ns.toPrecision(3)} ns` : `${(ns / 1e6).toPrecision(3)} ms`);
  const rows = [];
  const beside = (words, base, ...others) => {
    const [known, ...found] = times([base[1], ...others.map(([, call]) => call)]);
    others.forEach(([what], k) => rows.push(`| ${words}: ${what} | ${shown(found[k])} | ${base[0]}: ${shown(known)} | ${(found[k] / known).toFixed(2)} |`));
  };
  beside("two numbers", ["the raw export", (k) => raw.add(k, 0.5)], ["`add(x, y)`", (k) => add(k, 0.5)]);
  beside(
    "10 float64",
    ["raw alloc, `set`, call, release", () => {
      const address = raw.$alloc(80);
      new Float64Array(raw.$memory.buffer, address, 10).set(ten);
      const sum = raw.total(address, 10, 8, 0);
      raw.$release(address);
      return sum;
    }],
    ["resident", () => total(tenResident)],
    ["a typed array", () => total(ten)],
    ["an NDArray", () => total(tenArray)],
  );
  beside("1e6 numbers in a list", ["`Float64Array.from`", () => Float64Array.from(list)], ["`total(list)`", () => total(list)]);
  beside(
    "1e6 float64, a new result",
    ["`set` and `slice`", () => {
      space.data.set(million);
      return space.data.slice();
    }],
    ["`scale(x, k)`", () => scale(million, 2)],
  );
  const keep = scale.with({ out });
  const keepResident = scale.with({ out: resident(million) });
  beside(
    "1e6 float64, resident",
    ["in place", () => scale_in_place(millionResident, 1)],
    ["`scale.resident(x, k)`", () => scale.resident(millionResident, 2).dispose()],
    ["`scale.with({ out })(x, k)`, `out` resident", () => keepResident(millionResident, 2)],
    ["`scale.with({ out })(x, k)`, `out` of the caller", () => keep(millionResident, 2)],
  );
  return rows;
};

if (globalThis.process?.argv[1]?.endsWith("calls.mjs")) {
  const { pathToFileURL } = await import("node:url");
  console.log(measure(await import(pathToFileURL(`${process.argv[2]}/calls.js`))).join("\n"));
}
