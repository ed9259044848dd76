// Which argument is for which parameter: positions, names, defaults, and objects that are values.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build, command, compile } from "./support.mjs";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const m = await compile(`
from dataclasses import dataclass
from typing import NamedTuple

@dataclass
class Point:
    x: float
    y: float

class Pair(NamedTuple):
    a: int
    b: float

def sum_of(p: Point):
    return p.x + p.y
def scaled(p: Point, k: float = 1.0):
    return p.x * k
def shifted(p: Point, x: float = 0.0):
    return p.x + x
def turned(z: complex, re: float = 0.0, im: float = 1.0):
    return z * im + re
def parts(re: float, im: float = 2.0):
    return re - im
def length(d: dict[str, float]):
    return len(d)

def pushed(x: float, xs: list[float] = [1.0, 2.0]):
    xs.append(x)
    return len(xs)
def nested(k: int, rows: list[tuple[str, list[int]]] = [("a", [1, 2]), ("b", [3])]):
    return rows[k][0], rows[k][1]
def of_pair(x: float, p: Pair = Pair(1, 2.5)):
    return x + p.a * p.b
def of_complex(x: float, z: complex = 1 - 2j, w: complex = -1j, v: complex = complex(3)):
    return z * x, w, v
def of_list(x: "float64[:]" = [1, 2, 4]):
    return x.sum()

def by_name(x: "float64[:]", *, k: int):
    return x[0] * k
def optional(x: float = 1.0, *, k: int, n: int = 2):
    return x * k + n
def by_place(x: float, /, k: int = 3):
    return x * k
def both(x: float, /, y: float, *, z: float = 0.0):
    return x + 10 * y + 100 * z

def undefined(class_: int, function: int, new: int = 2):
    return class_ + function * new
def ünïcode_ﬁ(größe: float):
    return 2 * größe
def await_(yield_: float):
    return yield_
`);

const refused = (call, message) => assert.throws(call, (error) => error instanceof TypeError && (error.message === message || assert.fail(`${error.message}\n${message}`)));

test("an object is a value where the parameter's type takes it, and else keywords", () => {
  assert.equal(m.sum_of({ x: 1, y: 2 }), 3);
  assert.equal(m.sum_of({ x: 1, y: 2, z: 3 }), 3);
  assert.equal(m.sum_of({ p: { x: 1, y: 2 } }), 3);
  assert.equal(m.scaled(Object.freeze({ x: 1, y: 2 }), { k: 5 }), 5);
  // The fields of the class are those of a value, also where one is the name of a parameter.
  assert.equal(m.shifted({ x: 1, y: 2 }), 1);
  assert.equal(m.shifted({ x: 1, y: 2 }, { x: 5 }), 6);
  assert.equal(m.shifted({ p: { x: 1, y: 2 }, x: 5 }), 6);
  assert.deepEqual(m.turned({ re: 1, im: 2 }), { re: 1, im: 2 });
  assert.deepEqual(m.turned({ re: 1, im: 2 }, { re: 2, im: 3 }), { re: 5, im: 6 });
  assert.deepEqual(m.turned({ z: { re: 1, im: 2 }, re: 1 }), { re: 2, im: 2 });
  assert.equal(m.parts({ re: 1, im: 4 }), -3);
  assert.equal(m.parts({ re: 1 }), -1);
  assert.equal(m.length(new Map([["re", 1], ["im", 2]])), 2);
  refused(() => m.length({ re: 1, im: 2 }), "length() argument 'd' takes a Map, got a value of class Object");
  refused(() => m.sum_of({ x: 1 }), "sum_of() argument 'p' takes an object with x, y, got a value of class Object");
  refused(() => m.sum_of({}), "sum_of() argument 'p' takes an object with x, y, got a value of class Object");
  refused(() => m.parts({ re: 1, other: 2 }), "parts() got an unexpected keyword argument 'other'");
});

test("defaults are those of Python, lists, named tuples and complex numbers too", () => {
  // As in Python, a list that is changed is the default of the next call.
  assert.deepEqual([m.pushed(3), m.pushed(4), m.pushed.with({ i64: "bigint" })(5), m.pushed(1, [])], [3, 4, 5n, 1]);
  assert.deepEqual(m.nested(1), ["b", [3]]);
  assert.equal(m.of_pair(1), 3.5);
  assert.deepEqual(m.of_complex(2), [{ re: 2, im: -4 }, { re: -0, im: -1 }, { re: 3, im: 0 }]);
  assert.equal(m.of_list(), 7);
});

test("a default that is made at run time is said to be missing for callers", () => {
  const { folder } = build("def f(x: float = 1.0):\n    return x\n");
  const file = join(folder, "made.py");
  writeFileSync(file, 'import numpy as np\ndef f(x: "float64[:]" = np.zeros(3)):\n    return x.sum()\n');
  const { stderr } = spawnSync(command, ["build", file, "-o", folder], { encoding: "utf8" });
  assert.match(stderr, /callers of `f` have to give `x`: its default is made at run time/);
});

test("parameters behind * are given by name alone, those before / by position alone", () => {
  assert.equal(m.by_name([2], { k: 5 }), 10);
  assert.equal(m.by_name({ x: [2], k: 5 }), 10);
  refused(() => m.by_name([1], 5), "by_name() takes 1 argument by position (x), got 2");
  refused(() => m.by_name([1]), "by_name() missing argument 'k'");
  refused(() => m.by_name(), "by_name() takes 1 argument by position (x), got 0");
  assert.equal(m.optional({ k: 3 }), 5);
  assert.equal(m.optional(2, { k: 3, n: 0 }), 6);
  refused(() => m.optional(2, 3), "optional() takes 0 to 1 argument by position (x), got 2");
  refused(() => m.optional(2), "optional() missing argument 'k'");
  assert.equal(m.by_place(2, { k: 4 }), 8);
  refused(() => m.by_place({ x: 1 }), "by_place() takes 'x' by its position only");
  assert.equal(m.both(1, { y: 2, z: 3 }), 321);
  assert.equal(m.both(1, 2), 21);
  refused(() => m.both(1, 2, 3), "both() takes 2 arguments by position (x, y), got 3");
});

test("names of Python that are no names, or others, in JavaScript", () => {
  assert.equal(m.undefined(1, 2), 5);
  assert.equal(m.undefined({ class_: 1, function: 2, new: 3 }), 7);
  // Python normalises names, JavaScript does not.
  assert.equal(m.ünïcode_fi({ größe: 2 }), 4);
  assert.equal(m.await_({ yield_: 2 }), 2);
});

test("what starts a module takes no other options", async () => {
  await assert.rejects(m.init({ foo: 1 }), { name: "TypeError", message: "init() takes the options module_or_path, got foo" });
  assert.throws(() => m.initSync({ foo: 1 }), { name: "TypeError", message: "initSync() takes the options module, got foo" });
});

test("annotations that cannot be read leave a function out, and say so", () => {
  const { folder } = build("def f(x: float):\n    return x\n");
  const file = join(folder, "left.py");
  writeFileSync(file, 'import numpy as np\ndef f(x: float):\n    return h(x)\ndef g(x: "flaot64[:]"):\n    return x\ndef h(x: "a number"):\n    return x\ndef k(x: np.ndarray, n: int):\n    return n\n');
  const { status, stderr } = spawnSync(command, ["build", file, "-o", folder], { encoding: "utf8" });
  assert.equal(status, 0);
  assert.match(stderr, /`g` is not compiled: `flaot64` is not a type/);
  assert.match(stderr, /`k` is not compiled: an array annotation must say how many dimensions there are/);
  assert.doesNotMatch(stderr, /`h`/);
});

test("modules of one page are apart, with strings and dicts", async () => {
  const one = await compile('def f(d: dict[str, int]):\n    d["a"] = len(d)\n    return "é" + str(len(d)), d\n');
  const other = await import(pathToFileURL(build('def f(d: dict[str, str]):\n    print(d["k"])\n    return {v: k for k, v in d.items()}\n', "--inline").module));
  const given = new Map([["b", 1]]);
  const [text, back] = one.f(given);
  assert.deepEqual([text, back === given, [...given]], ["é2", true, [["b", 1], ["a", 1]]]);
  assert.deepEqual(other.f(new Map([["k", "ü"]])), new Map([["ü", "k"]]));
  assert.deepEqual(one.f(new Map())[0], "é1");
});
