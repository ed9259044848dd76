"""Complex numbers as arguments and results."""

import nopython
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


@pytest.mark.parametrize("dtype", [np.complex64, np.complex128])
def test_arrays(dtype):
    @jit
    def step(z, c):
        w = z * z + c
        z.imag[0] = 7
        z[1:] += 1j
        return w, z, z.real, abs(w).sum(), z[::-1], z.T @ z

    z = (np.arange(6) + 1j * np.arange(6)[::-1]).astype(dtype)
    for layout in (lambda z: z.copy(), lambda z: z[::2].copy()[::-1], lambda z: np.asfortranarray(z.reshape(2, 3))[0]):
        own, theirs = layout(z), layout(z)
        got, want = step(own, 2 - 1j), step.py_func(theirs, 2 - 1j)
        assert np.array_equal(own, theirs) and got[1] is own and np.shares_memory(got[2], own)
        for x, y in zip(got, want):
            assert np.allclose(x, y) and np.asarray(x).dtype == np.asarray(y).dtype


def test_arrays_of_other_modules():
    twiddles = np.exp(-2j * np.pi * np.arange(4) / 4)

    @jit
    def naive_dft(x):
        n = len(x)
        out = np.zeros(n, dtype=np.complex128)
        for k in range(n):
            for j in range(n):
                out[k] += x[j] * twiddles[j * k % n]
        return out

    x = np.array([1.0, 2.0, 4.0, -1.0])
    assert np.allclose(naive_dft(x), np.fft.fft(x)) and np.allclose(naive_dft(x + 1j), np.fft.fft(x + 1j))


def test_declared_arrays():
    @njit("complex128[::1](complex128[:], complex64[:, :])")
    def total(a, b):
        return a + b.sum(0)

    assert np.array_equal(total(np.ones(2, complex), np.full((2, 2), 1j, np.complex64)), [1 + 2j] * 2)
    with pytest.raises(TypeError):
        total(np.ones(2), np.ones((2, 2), np.complex64))


def test_an_array_of_no_dimension_is_a_number():
    assert product(np.array(1 + 2j), 2)[0] == 2 + 4j


def test_figures_show_real_numbers():
    @jit
    def wave(k: float = 1.0):
        return np.exp(1j * k * np.arange(10.0))

    with pytest.raises(TypeError, match="a figure shows real ones: return abs"):
        nopython.interact(wave, k=(0.0, 2.0))


def test_a_function_of_elements():
    @nopython.vectorize
    def turn(z, angle):
        return z * np.exp(1j * angle)

    z = np.array([1 + 2j, 3j])
    assert np.allclose(turn(z, 0.5), z * np.exp(0.5j)) and np.allclose(turn(1 + 2j, 0.5), (1 + 2j) * np.exp(0.5j))
