"""Lists and dicts of `nopython.typed`, made by Python and by compiled functions."""

import numpy as np

from nopython import jit, types
from nopython.typed import Dict, List

FLOATS = types.float64[:]


@jit
def grown(xs, n):
    for k in range(n):
        xs.append(0.5 * k)
    return len(xs)


@jit
def counted(d, words):
    for k, word in enumerate(words):
        d[word] = np.arange(k + 1.0)
    return len(d)


@jit
def made(n):
    xs, rows, d = List.empty_list(types.float64), List(), Dict.empty(key_type=types.unicode_type, value_type=FLOATS)
    for k in range(n):
        xs.append(0.5 * k)
        rows.append(np.arange(float(k)))
        d[str(k)] = rows[k]
    return xs, rows, d


def test_empty_ones_are_filled_in_place():
    xs = List.empty_list(types.float64, allocated=10)
    assert grown(xs, 0) == 0 and grown(xs, 3) == 3 and grown(xs, 1) == 4
    assert xs == [0.0, 0.5, 1.0, 0.0] and type(xs) is List
    d = Dict.empty(types.unicode_type, FLOATS)
    assert counted(d, ["a", "bc"]) == 2 and list(d) == ["a", "bc"] and d["bc"].tolist() == [0.0, 1.0]
    nested = List.empty_list(types.ListType(types.int64))
    assert jit(lambda xs: xs.append([1, 2]))(nested) is None and nested == [[1, 2]]


def test_compiled_functions_make_them():
    xs, rows, d = made(3)
    assert xs == [0.0, 0.5, 1.0] and [row.tolist() for row in rows] == [[], [0.0], [0.0, 1.0]]
    assert list(d) == ["0", "1", "2"] and d["2"].tolist() == [0.0, 1.0]
    assert made(0) == ([], [], {})


def test_names_of_builtins():
    from builtins import abs as magnitude

    new = list

    @jit
    def read(x):
        xs = new()
        xs.append(magnitude(x))
        return xs

    assert read(-2.5) == [2.5]
