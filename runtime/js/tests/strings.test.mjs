// Strings as arguments and results, in tuples and lists, in messages, and printed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build, compile } from "./support.mjs";

const SOURCE = `
def greet(name: str, times: int = 2, sep: str = ", ") -> str:
    return sep.join([name] * times) + "!"

def backwards(s: str):
    return s[::-1], len(s)

def words(s: str):
    return s.split()

def shout(xs: list[str]):
    for k in range(len(xs)):
        xs[k] = xs[k].upper()
    xs.append("!")
    return len(xs)

def pairs(p: tuple[str, float], xs: "float64[:]"):
    return f"{p[0]}={p[1] * xs.sum():.2f}", [p[0], "x"]

def same(s: str):
    return s

@njit("unicode_type()")
def name():
    return "fixed"

def refuse(s: str, n: int):
    raise ValueError(f"no {s!r}: {n / 2}")

def report(n: int):
    for k in range(n):
        print("line", k, k * 0.5)
    print("a", end="")
    print("b")
    print("two\\nlines")
    print("tail", end="")

def quiet(n: int):
    if n < 0:
        raise ValueError("n is " + str(n))
    return n
`;

const m = await compile(SOURCE);

test("strings are JavaScript's", () => {
  assert.equal(m.greet("Bob"), "Bob, Bob!");
  assert.equal(m.greet("日😀", 3, "-"), "日😀-日😀-日😀!");
  assert.equal(m.greet("a", { sep: "" }), "aa!");
  assert.equal(m.greet(""), ", !");
  assert.deepEqual(m.backwards("a😀b"), ["b😀a", 3]);
  assert.equal(m.same("x\0y"), "x\0y");
  assert.equal(m.same("\ud800"), "\ud800");
  assert.equal(m.name(), "fixed");
  const long = "ab".repeat(50_000);
  assert.equal(m.same(long), long);
});

test("strings in lists and tuples", () => {
  assert.deepEqual(m.words(" the quick  fox "), ["the", "quick", "fox"]);
  const xs = ["a", "bé"];
  assert.equal(m.shout(xs), 3);
  assert.deepEqual(xs, ["A", "BÉ", "!"]);
  assert.deepEqual(m.pairs(["v", 2], [1.5, 2]), ["v=7.00", ["v", "x"]]);
});

test("what is no string is refused", () => {
  assert.throws(() => m.same(1), { name: "TypeError", message: "same() argument 's' takes a string, got the number 1" });
  assert.throws(() => m.same(["a"]), TypeError);
  assert.throws(() => m.shout([1]), TypeError);
});

test("messages have values in them", () => {
  assert.throws(() => m.refuse("it's", 5), { name: "ValueError", message: 'no "it\'s": 2.5', pyFunction: "refuse" });
  assert.throws(() => m.quiet(-3), { name: "ValueError", message: "n is -3" });
  assert.equal(m.quiet(3), 3);
});

test("print writes lines to the console", async () => {
  const lines = [];
  const { log } = console;
  console.log = (line) => lines.push(line);
  try {
    m.report(2);
    assert.deepEqual(lines, ["line 0 0.0", "line 1 0.5", "ab", "two", "lines"]);
    // What no line ends is printed when the call has ended.
    await Promise.resolve();
    assert.equal(lines.at(-1), "tail");
  } finally {
    console.log = log;
  }
});

test("results that stay in memory are strings all the same", () => {
  for (let k = 0; k < 100; k++) assert.equal(m.greet.resident("a", 1), "a!");
});

test("declarations say string", () => {
  const { folder } = build(SOURCE);
  const text = readFileSync(join(folder, "kernels.d.ts"), "utf8");
  assert.match(text, /\(name: string, times\?: number \| bigint, sep\?: string\): string;/);
  assert.match(text, /string\[\]/);
});

test("one runtime for several modules", async () => {
  const { folder, module } = build(SOURCE, "--shared");
  const shared = await import(pathToFileURL(module));
  await shared.init?.();
  assert.equal(shared.greet("c", 1), "c!");
  assert.ok(folder);
});
