"""Named tuples: as arguments, as results, and where functions take their classes from."""

import collections
import pickle
import typing

import numpy as np
import pytest

from nopython import CompileError, jit

Point = collections.namedtuple("Point", ["x", "y"])


class State(typing.NamedTuple):
    place: Point
    speed: float = 2.0
    steps: int = 0


ORIGIN = Point(1.5, -1)


@jit
def moved(state, dt):
    place = Point(state.place.x + state.speed * dt, state.place.y)
    return state._replace(place=place, steps=state.steps + 1)


def test_results_are_instances():
    state = State(Point(0.0, 1.0))
    got = moved(state, 0.5)
    assert got == moved.py_func(state, 0.5)
    assert type(got) is State and type(got.place) is Point and got.place.x == 1.0 and got.steps == 1
    again = moved(got, 0.5)
    assert again.place == Point(2.0, 1.0) and len(moved.signatures) == 1


def test_plain_tuples_have_no_fields():
    with pytest.raises(CompileError, match="no attribute"):
        moved((Point(0.0, 1.0), 2.0, 0), 0.5)


def test_classes_and_instances_of_the_module_and_of_closures():
    Pair = collections.namedtuple("Pair", "a b c", defaults=(7, (1, 2)))

    @jit
    def make(x):
        pair = Pair(x)
        return pair, Pair(c=x, a=1), ORIGIN.x + ORIGIN.y + pair.c[1], State(ORIGIN, steps=3)

    got, want = make(2), make.py_func(2)
    assert got == want and [type(v) for v in got] == [type(v) for v in want]


def test_arrays_in_fields():
    @jit
    def scaled(line, k):
        line.y[:] = line.x * k
        return line._replace(x=line.y[::2])

    line = Point(np.arange(4.0), np.zeros(4))
    got = scaled(line, 3)
    assert type(got) is Point and line.y.tolist() == [0, 3, 6, 9] and got.x.tolist() == [0, 6]


def test_a_class_that_nothing_has_named():
    @jit
    def local(x):
        Inner = collections.namedtuple("Inner", "value")
        return Inner(x)

    got = local(3)
    assert got.value == 3 and got == (3,) and type(got).__name__ == "Inner"


def test_kernels_travel():
    moved(State(Point(0.0, 1.0)), 0.5)
    there = pickle.loads(pickle.dumps(moved))
    assert there(State(Point(0.0, 1.0)), 1.0) == moved(State(Point(0.0, 1.0)), 1.0)
