// What travels to a page stays small. EXAMPLES names the folder with the compiled programs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { runtime } from "../../examples/bench/peers/sizes.mjs";

const read = (name) => readFileSync(`${process.env.EXAMPLES}/${name}`);
const within = (bytes, limit) => assert.ok(bytes <= limit, `${bytes} bytes, more than ${limit}`);

test("a sum is at most 1.5 KB of WebAssembly", () => within(read("np_sum.wasm").length, 1536));

test("the module that holds it and the runtime is at most 11.5 KB", () => within(gzipSync(read("np_sum.js"), { level: 9 }).length, 11_480));

test("the runtime is at most 9.9 KB, without arrays 3.3 KB, with lists 12.7 KB, with strings 13.2 KB", () => {
  within(runtime("strings"), 13_260);
  within(runtime("lists"), 12_780);
  within(runtime("resident"), 9920);
  within(runtime("scalars"), 3275);
});
