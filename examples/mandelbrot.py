"""The Mandelbrot set by escape time: how often z → z² + c can be applied before |z| exceeds 2."""

import numpy as np
from numba import njit


@njit("void(int32[:, ::1], float64, float64, float64, int32)")
def mandelbrot(counts, left, top, step, limit):
    """Fill `counts` with escape times for the points left + column·step + (top + row·step)·i; `limit` means never."""
    height, width = counts.shape
    for row in range(height):
        ci = top + row * step
        for column in range(width):
            cr = left + column * step
            zr = 0.0
            zi = 0.0
            n = 0
            while n < limit and zr * zr + zi * zi <= 4.0:
                zr, zi = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci
                n += 1
            counts[row, column] = n


@njit("void(int32[:, ::1], int32, uint8[:, :, ::1])")
def paint(counts, limit, pixels):
    """Colour escape times as RGBA: a cosine palette over the logarithm of the count, black inside the set."""
    height, width = counts.shape
    for row in range(height):
        for column in range(width):
            n = counts[row, column]
            pixels[row, column, 3] = 255
            if n == limit:
                pixels[row, column, 0] = 8
                pixels[row, column, 1] = 10
                pixels[row, column, 2] = 24
            else:
                t = 1.1 * np.log(n + 1.0)
                pixels[row, column, 0] = 127.5 + 127.5 * np.cos(t + 3.4)
                pixels[row, column, 1] = 127.5 + 127.5 * np.cos(t + 4.1)
                pixels[row, column, 2] = 127.5 + 127.5 * np.cos(t + 5.2)
