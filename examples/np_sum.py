"""The sum of an array of any size."""

from numba import njit


@njit("int64(int32[:])")
def np_sum(x):
    """The sum of the numbers."""
    return x.sum()
