"""Dicts, sets and instances of classes as arguments and results."""

import dataclasses

import nopython
import numpy as np
import pytest
from nopython import float64, int64, jit, jitclass


@dataclasses.dataclass
class Point:
    x: float
    y: int = 3

    def moved(self, k):
        return Point(self.x + k, self.y)


@dataclasses.dataclass
class Line:
    start: Point
    end: Point
    names: list[int]


@dataclasses.dataclass(frozen=True)
class Fixed:
    k: int


@jitclass([("n", int64), ("data", float64[:])])
class Bag:
    def __init__(self, n):
        self.n = n
        self.data = np.zeros(n)

    def put(self, i, v):
        self.data[i] += v
        self.n += 1


def store(d, k, v):
    d[k] = v
    return len(d)


def test_dicts_are_taken_and_changed():
    compiled = jit(store)
    d = {1: 1.5}
    assert compiled(d, 7, 2.5) == 2
    assert d == {1: 1.5, 7: 2.5} and list(d) == [1, 7]
    pairs = {(1, 2): 3}
    assert compiled(pairs, (3, 4), 5) == 2
    assert pairs == {(1, 2): 3, (3, 4): 5}


def test_dicts_are_given():
    @jit
    def f(n):
        return {i: i * 0.5 for i in range(n)}, {n: [1, n]}, {}.get(n, 5)

    assert f(3) == ({0: 0.0, 1: 0.5, 2: 1.0}, {3: [1, 3]}, 5)
    assert f(0)[0] == {}


def test_what_is_given_back_is_the_argument():
    @jit
    def f(d):
        d[5] = 6
        return d

    d = {1: 2}
    assert f(d) is d and d == {1: 2, 5: 6}


def test_sets():
    @jit
    def f(s, k):
        s.add(k)
        return s | {100}, len(s)

    s = {1, 2}
    assert f(s, 9) == ({1, 2, 9, 100}, 3)
    assert s == {1, 2, 9}


def test_instances_are_taken_and_changed():
    @jit
    def f(p, k):
        p.x += k
        p.y = 8
        return p.moved(10.0), p

    p = Point(1.5)
    moved, same = f(p, 2.0)
    assert same is p and p == Point(3.5, 8)
    assert type(moved) is Point and moved == Point(13.5, 8)


def test_instances_of_instances():
    @jit
    def f(line):
        line.names.append(4)
        line.start.x = line.end.x * 2
        return line.start.x + line.end.y, [line.start, line.end]

    line = Line(Point(1.0), Point(2.0), [1])
    assert f(line) == (7.0, [Point(4.0), Point(2.0)])
    assert line.names == [1, 4]


def test_jitclasses():
    @jit
    def f(bag, n):
        for i in range(n):
            bag.put(i, 0.5)
        return bag.n

    bag = Bag(3)
    data = bag.data
    assert f(bag, 2) == 5 and bag.n == 5
    assert bag.data.tolist() == [0.5, 0.5, 0.0]

    @jit
    def made(n):
        b = Bag(n)
        b.put(0, 1.0)
        return b

    assert type(made(2)) is Bag and made(2).data.tolist() == [1.0, 0.0]
    assert data is not None


def test_frozen_instances():
    @jit
    def f(a):
        return a.k + 1

    assert f(Fixed(4)) == 5


def test_lists_of_instances():
    @jit
    def f(points):
        for p in points:
            p.x += 1.0
        return sum([p.x for p in points])

    points = [Point(1.0), Point(2.0)]
    assert f(points) == 5.0
    assert [p.x for p in points] == [2.0, 3.0]


def test_exceptions():
    @jit
    def f(d, k):
        return d[k]

    with pytest.raises(KeyError, match="5"):
        f({1: 2}, 5)
    assert f({1: 2}, 1) == 2


def test_linked_instances_stay_inside():
    @jit
    def f(n):
        d = {}
        for i in range(n):
            d[i % 10] = d.get(i % 10, 0) + 1
        return sorted(d.values())

    assert f(25) == [2, 2, 2, 2, 2, 3, 3, 3, 3, 3]


def test_declared():
    @nopython.njit("int64(DictType(int64, float64))")
    def f(d):
        d[3] = 4.0
        return len(d)

    d = {1: 2.0}
    assert f(d) == 2 and d == {1: 2.0, 3: 4.0}
    assert f({}) == 1


@dataclasses.dataclass
class Tree:
    left: "Tree | None"
    right: "Tree | None"
    keys: list[int]


def test_memory_is_given_back():
    @jit
    def f(n):
        d = {}
        for i in range(n):
            d[i % 50] = [i]
            d.setdefault(i % 7, []).append(i)
        e = {(k, 1): v for k, v in d.items()}
        for k in range(30):
            del d[k]
        d.popitem()
        e.clear()
        s = {i for i in range(n)} - {3} | set([1, n])
        t = Tree(None, None, [1])
        t = Tree(t, Tree(t, t, [2]), [3])
        t.left = Tree(None, t.right, [n])
        return len(d | d.copy()) + len(s) + t.left.right.keys[0]

    assert f(60) == f.py_func(60)
    before = f.stats.idle_memory
    for _ in range(5000):
        f(60)
    assert f.stats.idle_memory == before


def test_results_that_may_be_none():
    @jit
    def half(n):
        if n % 2 == 0:
            return n // 2

    @jit
    def first(n):
        if n < 1:
            return None
        return np.arange(n), [n], "n" * n

    assert half(6) == 3
    assert half(5) is None
    array, items, text = first(2)
    assert (array.tolist(), items, text) == ([0, 1], [2], "nn")
    assert first(0) is None
