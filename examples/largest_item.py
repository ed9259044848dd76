"""The item with the largest value in a table."""

from numba import njit


@njit("int32(int32[:, ::1])")
def largest_item(x):
    """First column: items; second column: values."""
    i = x[:, 1].argmax()
    return x[i, 0]
