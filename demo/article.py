"""The figures of demo/article.html."""

import numpy as np

import nopython


def orbit(rate=3.2, start=0.2):
    x = np.empty(60)
    x[0] = start
    for k in range(59):
        x[k + 1] = rate * x[k] * (1 - x[k])
    return np.arange(60), x


def tree(low=2.8, high=4.0):
    rates, values = np.empty(160_000), np.empty(160_000)
    for column in range(640):
        rate = low + (high - low) * column / 640
        x = 0.5
        for _ in range(300):
            x = rate * x * (1 - x)
        for k in range(250):
            x = rate * x * (1 - x)
            rates[250 * column + k] = rate
            values[250 * column + k] = x
    return rates, values


def apart(rate=3.9, distance=1e-6):
    x = np.empty((2, 60))
    x[0, 0], x[1, 0] = 0.3, 0.3 + distance
    for k in range(59):
        x[:, k + 1] = rate * x[:, k] * (1 - x[:, k])
    return np.arange(60), x[0], x[1]


nopython.interact(orbit, rate=(1.0, 4.0, 0.01), start=(0.01, 0.99, 0.01), view=nopython.Lines(x="generation", y="share of what the lake can feed", ylim=(0, 1), markers=True))
nopython.interact(tree, low=(2.4, 3.8), high=(3.81, 4.0), view=nopython.Points(x="growth rate", y="where the population ends up", ylim=(0, 1)))
nopython.interact(apart, rate=(3.4, 4.0, 0.01), distance=nopython.log_slider(1e-12, 1e-2, 1e-6), view=nopython.Lines(labels=["one lake", "its twin"], x="generation", y="population", ylim=(0, 1)))
