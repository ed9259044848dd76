"""What a 2015 attempt at NumPy in the browser could not do: return arrays, take several, ufuncs, creation, broadcasting."""

import numpy as np
from numba import njit


@njit("float64[:](float64[:], float64[:])")
def hypotenuse(a, b):
    """The hypotenuses of right-angled triangles with legs `a` and `b`."""
    return np.sqrt(a * a + b * b)


@njit("float64[:](float64[:], float64, float64)")
def clamp(x, low, high):
    """`x` limited to the interval from `low` to `high`."""
    return np.where(x < low, low, np.where(x > high, high, x))


@njit("float64[:, :](float64[:], float64[:])")
def times_table(x, y):
    """Every product of an item of `x` with one of `y`."""
    return x[:, np.newaxis] * y


@njit("float64[:](int64)")
def parabola(n):
    """The parabola 1 - x² at `n` points between -1 and 1."""
    x = np.linspace(-1.0, 1.0, n)
    return np.ones(n) - x * x


@njit("UniTuple(float64, 2)(float64[:])")
def mean_and_spread(x):
    """The mean and the standard deviation."""
    mean = x.sum() / x.size
    d = x - mean
    return mean, np.sqrt((d * d).sum() / x.size)
