"""The programs of a 2015 article that first tried to bring Numba functions to the browser, and those it could not do."""

import numpy as np
from numba import njit


@njit("int32(int32, int32)")
def add(x, y):
    """Two numbers and their sum."""
    return x + y


@njit("int64(int32[:])")
def np_sum(x):
    """The sum of the numbers."""
    return x.sum()


@njit("int32(int32[:, ::1])")
def largest_item(x):
    """The item (column 0) of the row with the largest value (column 1)."""
    i = x[:, 1].argmax()
    return x[i, 0]


# What follows was out of reach in 2015: returning arrays, taking several, ufuncs, creation, broadcasting.


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
