"""Arrays outside of functions: frozen when a function is compiled, in fixed memory, and not to be written."""

import pickle

import numpy as np
import pytest

from nopython import CompileError, jit

WEIGHTS = np.arange(12.0).reshape(3, 4)
HELD = (np.array([1, 2], np.int16), 3)


@jit
def store(values):
    values[0, 0] = 1.0
    return values


def test_elements_are_those_of_the_time_of_compiling():
    table = np.random.default_rng(1).random(200_000)
    swapped, strided = table[:5].astype(">f8"), table[::-2]
    none, flags = np.zeros((0, 3), np.float32), table > 0.5

    @jit
    def read(i):
        return table[i] + strided[i] + swapped[i], none.shape, flags[i], flags.sum(), WEIGHTS[1, i], HELD[0][1] * HELD[1]

    expected = read.py_func(3)
    assert read(3) == expected
    table[:] = -1.0
    assert read(3) == expected


def test_zeros_equal_values_and_ranges_take_no_room():
    zeros, ones, count = np.zeros(10_000_000), np.full((1000, 1000), 1.5), np.arange(1_000_000)

    @jit
    def read(i):
        return zeros[i] + ones[i, i] + count[i]

    assert read(999) == 1000.5
    (kernel,) = read._kernels.values()
    assert len(kernel.wasm) < 3000


def test_a_result_is_a_copy():
    whole, part = jit(lambda: WEIGHTS), jit(lambda: (WEIGHTS[1:], WEIGHTS.T))
    result = whole()
    result[:] = 0.0
    tail, turned = part()
    tail[:] = 1.0
    turned[:] = 2.0
    np.testing.assert_array_equal(whole(), np.arange(12.0).reshape(3, 4))
    np.testing.assert_array_equal(WEIGHTS, np.arange(12.0).reshape(3, 4))


@pytest.mark.parametrize(
    "source",
    [
        "WEIGHTS[0, 0] = v",
        "WEIGHTS[:] = v",
        "WEIGHTS[1] += v",
        "WEIGHTS[WEIGHTS > v] = v",
        "WEIGHTS.fill(v)",
        "WEIGHTS.sort()",
        "store(WEIGHTS)",
        "mine = WEIGHTS[1:]; mine[0] = v",
        "mine = store(WEIGHTS.copy()) if v > 0 else WEIGHTS; mine[0] = v",
        "w = WEIGHTS; w *= v",
        "np.fill_diagonal(WEIGHTS, v)",
    ],
)
def test_writes_are_refused(source):
    text = f"def write(v):\n    {source}\n    return WEIGHTS[0, 0]\n"
    scope = {"WEIGHTS": WEIGHTS, "np": np, "store": store}
    exec(text, scope)  # noqa: S102
    with pytest.raises(CompileError, match="writing to the global `WEIGHTS` is not compiled"):
        jit(source=text)(scope["write"])(2.0)
    np.testing.assert_array_equal(WEIGHTS, np.arange(12.0).reshape(3, 4))


def test_what_is_made_of_them_may_be_written():
    @jit
    def write(v):
        a, b, c = np.sort(WEIGHTS), WEIGHTS.copy(), WEIGHTS + 1.0
        store(a)
        b[:] = v
        c += a
        d = WEIGHTS
        for _ in range(3):
            d = d.copy()
            d[0] = v
        return a.sum() + b.sum() + c.sum()

    assert write(2.0) == write.py_func(2.0)


def test_arrays_that_are_not_compiled():
    scalar, deep, record = np.array(3.0), np.zeros((1, 1, 1, 1, 1)), np.zeros(2, dtype=np.float16)
    masked = np.ma.array([1.0, 2.0], mask=[True, False])
    for function, message in (
        (lambda: scalar + 1, "`scalar` .* has no dimension"),
        (lambda: deep + 1, "`deep` .* has 5 dimensions"),
        (lambda: record[0], "`record` .* is of dtype float16"),
        (lambda: masked.sum(), "`masked` .* is a MaskedArray"),
    ):
        with pytest.raises(CompileError, match=message):
            jit(function)()


def test_arrays_travel_with_a_function():
    @jit
    def read(i):
        return WEIGHTS[i, 1]

    assert read(1) == 5.0
    copy = pickle.loads(pickle.dumps(read))
    assert copy(1) == 5.0 and copy(np.int32(2)) == 9.0 and copy.py_func(2) == 9.0
