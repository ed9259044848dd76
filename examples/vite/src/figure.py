"""Places in a figure."""

import numpy as np
from numba import njit


@njit("float64[:, :](float64[:], float64, float64, float64)")
def points(y, width, height, reach):
    """The samples as points of a figure of this size, in which values from -reach to reach have a place."""
    out = np.empty((len(y), 2))
    out[:, 0] = np.linspace(0, width, len(y))
    out[:, 1] = height / 2 * (1 - y / reach)
    return out
