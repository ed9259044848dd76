"""Lists as arguments, results and locals."""

import numpy as np
import pytest

from nopython import njit


@njit
def squares(n):
    return [i * i for i in range(n)]


@njit
def grown(xs, n):
    for i in range(n):
        xs.append(i * 0.5)
    return len(xs)


@njit
def rows(grid):
    for row in grid:
        row.append(len(row))
    grid.append([7])
    return grid


@njit
def failing(xs):
    xs.append(1)
    return xs[10]


@njit
def of_arrays(parts):
    total = 0.0
    for part in parts:
        part[0] += 1.0
        total += part.sum()
    parts.append(np.ones(2))
    return total, parts[0]


@njit
def total(xs):
    return sum(xs)


def test_results_are_python_lists():
    assert squares(4) == [0, 1, 4, 9]
    assert type(squares(4)[0]) is int


def test_changes_are_seen_in_the_list_that_was_passed():
    xs = [1.0, 2]
    assert grown(xs, 2) == 4
    assert xs == [1.0, 2, 0.0, 0.5]


def test_one_list_among_others_stays_one():
    row = [1]
    grid = [row, [1, 2], row]
    assert rows(grid) is grid
    assert grid == [[1, 1, 2], [1, 2, 2], [1, 1, 2], [7]]
    assert grid[0] is row and grid[2] is row


def test_changes_before_an_exception_are_seen():
    xs = [5]
    with pytest.raises(IndexError, match="list index out of range"):
        failing(xs)
    assert xs == [5, 1]


def test_arrays_among_the_items():
    parts = [np.arange(3.0), np.zeros(4)[::2]]
    result = of_arrays(parts)
    assert result[0] == 5.0
    assert [part.tolist() for part in parts] == [[1.0, 1.0, 2.0], [1.0, 0.0], [1.0, 1.0]]
    assert result[1].tolist() == [1.0, 1.0, 2.0]


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64, np.float32, np.float64, np.bool_])
def test_numbers_of_every_dtype(kind):
    @njit
    def reversed_copy(xs):
        out = xs[::-1]
        out.append(xs[0])
        return out

    low, high = (0, 1) if kind is np.bool_ else (-1.5, 2.5)
    if np.issubdtype(kind, np.integer):
        low, high = np.iinfo(kind).min, np.iinfo(kind).max
    xs = [kind(low), kind(high)]
    result = reversed_copy(xs)
    assert result == [xs[1], xs[0], xs[0]]
    assert all(type(x) is kind for x in result)


def test_numbers_meet():
    assert total([1, 2.5]) == 3.5
    assert total([True, 2]) == 3
    assert total([1, 2]) == 3 and type(total([1, 2])) is int
    with pytest.raises(TypeError, match="a list of items of several types"):
        total([1, (2, 3)])
    with pytest.raises(TypeError, match="a list of items of several types"):
        total([np.int8(1), 2])


def test_declared_lists():
    @njit("float64(ListType(float64))")
    def mean(xs):
        return sum(xs) / len(xs)

    assert mean([1, 2]) == 1.5
    with pytest.raises(TypeError, match="is not compiled for"):
        mean((1.0, 2.0))
    with pytest.raises(TypeError, match="argument 'xs'"):
        mean([1.0, "a"])


def test_memory_is_free_after_each_call():
    @njit
    def churn(n):
        rows = [[k for k in range(i)] for i in range(n)]
        kept = rows[n - 1]
        rows.clear()
        parts = [np.ones(100)] * 5
        parts[2] = np.zeros(50)
        parts.pop()
        del parts[0]
        pairs = [(np.ones(10), [i]) for i in range(n)]
        last, values = pairs.pop(1)
        return len(kept) + int(parts[1].sum()) + values[0]

    assert churn(20) == 20
    before = churn.stats.idle_memory
    # Every list and array that a call makes would be larger than what is left of a page.
    for _ in range(3000):
        churn(20)
    assert churn.stats.idle_memory == before


def test_memory_of_arguments_and_results_is_free_after_each_call():
    functions = [squares, rows, failing, of_arrays]

    def use():
        squares(100)
        rows([[1], [2, 3]])
        of_arrays([np.arange(50.0)])
        with pytest.raises(IndexError):
            failing([1] * 5)

    use()
    before = [f.stats.idle_memory for f in functions]
    for _ in range(2000):
        use()
    assert [f.stats.idle_memory for f in functions] == before
