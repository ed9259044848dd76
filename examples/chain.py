"""Six element-wise operations on large arrays, which compile to one loop without temporaries."""

import numpy as np
from numba import njit


@njit("void(float64[::1], float64[::1], float64[::1])")
def chain(a, b, out):
    """out = sqrt(a² + b²) / (a + b)"""
    out[:] = np.sqrt(a * a + b * b) / (a + b)
