"""A table of items and values, and the item with the largest value."""

from numba import njit


@njit("int32(int32[:, ::1])")
def largest_item(x):
    """The item (column 0) of the row with the largest value (column 1)."""
    i = x[:, 1].argmax()
    return x[i, 0]
