"""Two numbers and their sum: the smallest program."""

from numba import njit


@njit("int32(int32, int32)")
def add(x, y):
    """Two numbers and their sum."""
    return x + y
