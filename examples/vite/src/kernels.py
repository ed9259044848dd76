"""A noisy signal, and its running mean."""

import numpy as np
from numba import njit


@njit("float64[:](int64, float64)")
def noisy(n, noise):
    """Two waves over one second in n samples, with noise of this amplitude, the same at each call."""
    t = np.arange(n) / n
    waves = np.sin(2 * np.pi * 2 * t) + 0.5 * np.sin(2 * np.pi * 5 * t)
    return waves + noise * (2 * (np.sin(np.arange(n) * 12.9898) * 43758.5453 % 1) - 1)


@njit("float64[:](float64[:], int64)")
def smooth(x, width):
    """The mean of the samples up to `width` before and after each one."""
    out = np.empty_like(x)
    for i in range(len(x)):
        out[i] = x[max(i - width, 0) : i + width + 1].mean()
    return out
