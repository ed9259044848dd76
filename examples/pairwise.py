"""Euclidean distances between all pairs of points."""

import numpy as np
from numba import njit


@njit("void(float64[:, ::1], float64[:, ::1])")
def pairwise(points, out):
    """Fill `out[i, j]` with the distance between points i and j, the rows of `points`."""
    n, axes = points.shape
    for i in range(n):
        for j in range(n):
            total = 0.0
            for axis in range(axes):
                d = points[i, axis] - points[j, axis]
                total += d * d
            out[i, j] = np.sqrt(total)
