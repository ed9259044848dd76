// Calls of compiled functions that end anywhere: `node abuse.mjs SECONDS SEED`. Calls allocate, raise, overflow the stack and run out of memory, at
// random, here and in workers with modules of their own. After each the next calls are right, and in the end memory is what it was.
import assert from "node:assert/strict";
import { Worker, isMainThread, workerData } from "node:worker_threads";
import { compile } from "./tests/support.mjs";

const SOURCE = `
@njit("float64(float64[::1], int64)")
def deep(a, n):
    b = a + 1.0
    return b[0] if n == 0 else deep(b, n - 1) + b[0]

@njit("float64(float64[::1], int64, int64)")
def churn(a, rounds, fault):
    s = 0.0
    for k in range(rounds):
        b = a + k
        c = np.empty(len(a) + k % 7)
        c[0] = b[0]
        s += c[0] + b[len(a) - 1]
        if fault == 1 and k == 3:
            raise ValueError("stop")
        if fault == 2 and k == 3:
            s += np.empty(1 << 50)[0]
    return s

@njit("Tuple((float64[:], float64[:]))(float64[:])")
def parts(a):
    b = a * 2.0
    return b[::-1], a[1:]

@njit("void(float64[:], int64, int64, float64)")
def fill(a, lo, hi, v):
    for i in range(lo, hi):
        a[i] = v
`;

/** A generator of numbers below `n` (xorshift). */
const generator = (seed) => {
  let state = (seed * 2654435761) | 1;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
};

const below = (n, f) => (n ? below(n - 1, f) + 0 : f());

/** Random calls of every function, with the values that they have in exact arithmetic: all numbers are small integers. */
const right = ({ deep, churn, parts, fill }, random) => {
  const a = Float64Array.from({ length: 2 + random(300) }, () => random(1000));
  const [first, last, n, rounds] = [a[0], a[a.length - 1], random(20), random(9)];
  assert.equal(deep(a, n), (n + 1) * first + ((n + 1) * (n + 2)) / 2);
  assert.equal(churn(a, rounds, 0), rounds * (first + last) + rounds * (rounds - 1));
  const [turned, tail] = parts(a);
  assert.deepEqual([...turned], [...a].reverse().map((v) => 2 * v));
  assert.deepEqual([...tail], [...a.subarray(1)]);
  const half = a.length >> 1;
  const want = a.map((v, i) => (i < half ? 7 : v));
  fill(a, 0, half, 7);
  assert.deepEqual(a, want);
};

const ACTIONS = {
  right,
  raising: ({ churn }, random) => assert.throws(() => churn(new Float64Array(1 + random(50)), 9, 1), { name: "ValueError" }),
  memory: ({ churn }, random) => assert.throws(() => churn(new Float64Array(1 + random(50)), 9, 2), { name: "MemoryError" }),
  stack: ({ deep }, random) => {
    const a = new Float64Array(1 + random(60));
    assert.throws(() => below(random(40), () => deep(a, 10_000_000)), { name: "RecursionError" });
  },
};

const abuse = async (seconds, seed) => {
  const module = await compile(SOURCE);
  const random = generator(seed);
  const size = () => module.memory.wasm.$memory.buffer.byteLength;
  const end = performance.now() + seconds * 1000;
  const settled = performance.now() + seconds * 100;
  let [count, before] = [0, undefined];
  while (performance.now() < end) {
    if (before === undefined && performance.now() > settled) before = size();
    const names = Object.keys(ACTIONS);
    const name = names[random(names.length)];
    try {
      ACTIONS[name](module, random);
      right(module, random);
    } catch (error) {
      throw new Error(`${name}, call ${count} of seed ${seed}: ${error.message}`, { cause: error });
    }
    count += 1;
  }
  // An overflow deeper than those before it may need more memory once.
  assert.ok(size() <= 2 * (before ?? size()), `memory grew from ${before} to ${size()} bytes`);
  return count;
};

const worker = (seconds, seed) =>
  new Promise((resolve, reject) => {
    const started = new Worker(new URL(import.meta.url), { workerData: { seconds, seed } });
    started.on("error", reject);
    started.on("exit", (code) => (code ? reject(new Error(`a worker ended with ${code}`)) : resolve()));
  });

if (isMainThread) {
  const [seconds, seed] = process.argv.slice(2).map(Number);
  const [count] = await Promise.all([abuse(seconds, seed), worker(seconds, seed + 1)]);
  console.log(`${count} passed, 0 failed`);
} else {
  await abuse(workerData.seconds, workerData.seed);
}
