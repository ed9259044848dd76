"""Complex numbers as arguments and results."""

import numpy as np
import pytest
from nopython import jit, njit, types


@jit
def product(a, b):
    return a * b, abs(a)


@pytest.mark.parametrize(
    "a, b",
    [
        (1 + 2j, 3),
        (1 + 2j, 0.5),
        (np.complex64(1 + 2j), np.float32(2)),
        (np.complex64(1 + 2j), np.float64(2)),
        (np.complex128(1j), 2j),
        (np.complex64(1j), 2j),
    ],
)
def test_kinds_are_those_of_numpy(a, b):
    got, want = product(a, b), (a * b, abs(a))
    assert got == want and [type(x) for x in got] == [type(x) for x in want]


def test_lists_tuples_and_defaults():
    @jit
    def total(zs, pair, w=2j):
        s = 0j
        for z in zs:
            s += z
        zs.append(s)
        return s * w, zs, pair[0].imag

    zs = [1j, 2, 3.5]
    assert total(zs, (1 + 2j, 1)) == ((5.5 + 1j) * 2j, zs, 2.0)
    assert zs == [1j, 2, 3.5, 5.5 + 1j]


def test_declared():
    @njit([types.float64(types.float64), "complex128(complex128)"])
    def same(z):
        return z

    assert [same(x).imag for x in (1, 2.5, 2j, np.complex64(1j))] == [0, 0, 2, 1]
    assert isinstance(same(2.5), float) and isinstance(same(2j), complex)
    with pytest.raises(TypeError):
        same("x")


def test_arrays_are_refused():
    with pytest.raises(TypeError, match="complex128, which is not compiled"):
        product(np.zeros(2, complex), 1)
