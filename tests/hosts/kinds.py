"""A figure with every kind of control, as a cell of a notebook has it."""

import numpy as np

import nopython


def kinds(data, level=0.5, count=40, decay=1.0, between=(0.25, 0.75), flip=False, curve="sine", power=2, centre=(0.5, 0.5), at=(0.25, 0.0), again=0):
    x = np.linspace(0.0, 1.0, count)
    if curve == "sine":
        y = np.sin(6.0 * x) * level
    else:
        y = np.cos(6.0 * x) * level
    y = y * np.exp(-x / decay) + centre[1] * (x - centre[0]) ** power
    if flip:
        y = -y
    inside = (x >= between[0]) & (x <= between[1])
    return {"curve": (x, y), "mean": y[inside].mean(), "total": data.sum(), "at": at, "again": again}


figure = nopython.interact(
    kinds,
    data=nopython.table(np.array([[0.0, 1.0], [1.0, 2.5], [2.0, 2.75]])),
    level=(0.0, 1.0, 0.05),
    count=(20, 200),
    decay=nopython.log_slider(0.1, 10.0),
    between=nopython.range_slider(0.0, 1.0, 0.05, (0.25, 0.75)),
    curve=["sine", "cosine"],
    power={"square": 2, "cube": 3},
    centre=nopython.point(0.5, 0.5),
    at=nopython.pointer(0.25, 0.0),
    again=nopython.button("Again"),
    views={"curve": nopython.Lines(xlim=(0, 1), ylim=(-2, 2))},
)
figure
