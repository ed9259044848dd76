// Dicts, sets and instances of classes as arguments and results: Maps, Sets and objects.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "./support.mjs";

const SOURCE = `
from dataclasses import dataclass

@dataclass
class Point:
    x: float
    y: int = 3

def store(d: dict[int, float], k: int, v: float):
    d[k] = v
    return d

def squares(n: int):
    return {i: i * i for i in range(n)}

def grown(s: set[int], k: int):
    s.add(k)
    return s | {100}

def moved(p: Point, k: float):
    p.x += k
    return Point(p.x * 2.0, p.y), [p.y, 1]

def counts(xs: list[int]):
    d: dict[int, int] = {}
    for x in xs:
        d[x] = d.get(x, 0) + 1
    return d

def fails(d: dict[int, float], k: int):
    return d[k]

def half(n: int):
    if n % 2 == 0:
        return n // 2

def first(n: int):
    if n < 1:
        return None
    return [n], "n" * n
`;
const f = await compile(SOURCE);

test("a dict is a Map that is changed in place", () => {
  const d = new Map([[1, 0.5]]);
  assert.equal(f.store(d, 7, 2.5), d);
  assert.deepEqual([...d], [[1, 0.5], [7, 2.5]]);
  assert.deepEqual([...f.squares(3)], [[0, 0], [1, 1], [2, 4]]);
  assert.deepEqual([...f.squares(0)], []);
  assert.deepEqual([...f.counts([5, 1, 5])], [[5, 2], [1, 1]]);
});

test("a set is a Set", () => {
  const s = new Set([1, 2]);
  assert.deepEqual(f.grown(s, 9), new Set([1, 2, 9, 100]));
  assert.deepEqual(s, new Set([1, 2, 9]));
});

test("a result that is None is null", () => {
  assert.equal(f.half(6), 3);
  assert.equal(f.half(5), null);
  assert.deepEqual(f.first(2), [[2], "nn"]);
  assert.equal(f.first(0), null);
});

test("an instance is an object with its fields", () => {
  const p = { x: 1.5, y: 4 };
  assert.deepEqual(f.moved(p, 2), [{ x: 7, y: 4 }, [4, 1]]);
  assert.deepEqual(p, { x: 3.5, y: 4 });
});

test("other values are refused, and exceptions come through", () => {
  assert.throws(() => f.store({}, 1, 2), /a Map/);
  assert.throws(() => f.grown([1], 1), /a Set/);
  assert.throws(() => f.moved({ x: 1 }, 1), /an object with x, y/);
  assert.throws(() => f.fails(new Map([[1, 2]]), 5), { name: "KeyError" });
  assert.equal(f.fails(new Map([[1, 2]]), 1), 2);
});
