"""Two figures whose speed is measured: ``speed.py FOLDER``."""

import pathlib
import sys

import nopython
import numpy as np

FOLDER = pathlib.Path(sys.argv[1])


def line(a=1.0):
    x = np.arange(100_000) * 1e-4
    return x, np.sin(a * x) + 0.1 * np.sin(97 * x)


def image(a=1.0):
    y = np.linspace(-1, 1, 512)
    return np.outer(y, y) * a + y * y


for function in (line, image):
    nopython.interact(function, a=(0.0, 10.0, 0.01)).save(FOLDER / f"{function.__name__}.html")
