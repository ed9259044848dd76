// Every call of examples/bench/workloads.py gives what NumPy gave: compiled by us, and as its JavaScript twin.
// EXAMPLES names the folder with the compiled programs and the records; `cargo xtask test examples` prepares it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { readValue } from "../../examples/js/npy.mjs";
import { twins } from "../../examples/js/twins.mjs";

const folder = process.env.EXAMPLES;
const manifest = JSON.parse(readFileSync(`${folder}/manifest.json`, "utf8"));

// exp, log, cos and erf are right to the last bit or two on either side; what is computed from them loses a few more.
const LOOSE = { "black_scholes.black_scholes": 1e-12, "mandelbrot.paint": 1e-12 };

function close(actual, expected, tolerance, where) {
  if (Object.is(actual, expected) || Number(actual) === Number(expected)) return;
  const error = Math.abs(Number(actual) - Number(expected));
  const limit = tolerance * Math.max(1, Math.abs(Number(expected)));
  assert.ok(error <= limit, `${where}: ${actual} instead of ${expected}`);
}

function same(actual, expected, tolerance, where) {
  if (expected === null || expected === undefined) return assert.equal(actual ?? null, null, where);
  if (Array.isArray(expected)) return expected.forEach((item, i) => same(actual[i], item, tolerance, `${where}[${i}]`));
  if (!expected.data) return close(actual, expected, tolerance, where);
  assert.deepEqual(Array.from(actual.shape), expected.shape, where);
  assert.equal(actual.data.length, expected.data.length, where);
  expected.data.forEach((item, i) => close(actual.data[i], item, tolerance, `${where}[${i}]`));
}

function check(call, entry) {
  const name = `${entry.module}.${entry.function}`;
  const tolerance = LOOSE[name] ?? 0;
  const args = entry.arguments.map((value) => readValue(folder, value));
  const result = call(...args);
  same(result, readValue(folder, entry.result), tolerance, `${name} result`);
  entry.after.forEach((value, i) => same(args[i], readValue(folder, value), tolerance, `${name} argument ${i}`));
}

for (const [index, entry] of manifest.entries()) {
  const name = `${entry.module}.${entry.function}`;
  test(`${name} #${index}: compiled`, async () => {
    const module = await import(pathToFileURL(`${folder}/${entry.module}.js`));
    check(module[entry.function], entry);
  });
  if (twins[name]) test(`${name} #${index}: JavaScript twin`, () => check(twins[name], entry));
}
