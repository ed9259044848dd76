"""What the table of the README measures: a loop, and an array expression. nopython, Numba and plain Python take the same file."""

import numpy as np
from numba import njit


@njit("void(int32[:, ::1], int64)")
def escape(counts, limit):
    """Fill `counts` with escape times of the Mandelbrot set."""
    height, width = counts.shape
    for row in range(height):
        ci = -1.2 + row * 2.4 / height
        for column in range(width):
            cr = -2.2 + column * 3.2 / width
            zr = 0.0
            zi = 0.0
            n = 0
            while n < limit and zr * zr + zi * zi <= 4.0:
                zr, zi = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci
                n += 1
            counts[row, column] = n


@njit("void(float64[::1], float64[::1], float64[::1])")
def chain(a, b, out):
    """out = sqrt(a² + b²) / (a + b)"""
    out[:] = np.sqrt(a * a + b * b) / (a + b)
