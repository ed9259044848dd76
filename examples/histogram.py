"""How many values fall into each of several bins of equal width."""

from numba import njit


@njit("void(float64[::1], float64, float64, int32[::1])")
def histogram(x, low, high, counts):
    """Add to `counts` the values of `x` in each bin between `low` and `high`; the last bin includes `high`."""
    bins = len(counts)
    scale = bins / (high - low)
    for i in range(len(x)):
        value = x[i]
        if low <= value <= high:
            k = int((value - low) * scale)
            if k == bins:
                k = bins - 1
            counts[k] += 1
