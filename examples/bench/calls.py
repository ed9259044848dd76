"""What is called to measure what a call costs: `cargo xtask bench calls`."""

from numba import njit


@njit("float64(float64, float64)")
def add(x, y):
    return x + y


@njit("float64(float64[:])")
def total(x):
    s = 0.0
    for v in x:
        s += v
    return s


@njit("float64[:](float64[::1], float64)")
def scale(x, k):
    return x * k


@njit("void(float64[::1], float64)")
def scale_in_place(x, k):
    x *= k
