"""Figures whose speed is measured: ``speed.py FOLDER``."""

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


def bifurcation(a=1.0):
    rates, values = np.empty(1_000_000), np.empty(1_000_000)
    for column in range(2000):
        rate = 3 + a / 20 + (1 - a / 20) * column / 2000
        x = 0.5
        for _ in range(100):
            x = rate * x * (1 - x)
        for k in range(500):
            x = rate * x * (1 - x)
            rates[column * 500 + k] = rate
            values[column * 500 + k] = x
    return rates, values


nopython.interact(bifurcation, a=(0.0, 10.0, 0.01), view=nopython.Points()).save(FOLDER / "bifurcation.html")
for function in (line, image):
    nopython.interact(function, a=(0.0, 10.0, 0.01)).save(FOLDER / f"{function.__name__}.html")
