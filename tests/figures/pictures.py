"""Figures with views of every kind, as pages and as pictures, SVG and PNG: ``pictures.py FOLDER``."""

import json
import pathlib
import sys

import nopython
import numpy as np

FOLDER = pathlib.Path(sys.argv[1])


def curves(a=1.0):
    x = np.linspace(0.1, 10, 120)
    return x, np.sin(a * x) + 1.5, np.sqrt(a * x)


def several(a=1.0):
    x = np.linspace(0, 6, 50)
    return x, np.sin(np.outer(np.arange(7.0), x * a / 4))


def gaps(a=1.0):
    x = np.linspace(-3, 3, 90)
    y = 1 / np.cos(a * x)
    y[40:45] = np.nan
    return x, y


def turns(a=1.0):
    t = np.linspace(0, 12, 400)
    return np.exp(-t / 6) * np.cos(a * t), np.exp(-t / 6) * np.sin(a * t)


def many(a=1.0):
    t = np.arange(60_000) * 0.01
    return np.cos(a * t) * (1 + 0.2 * np.sin(7.3 * t)), np.sin(a * t) * (1 + 0.2 * np.sin(5.1 * t))


def coloured(a=1.0):
    t = np.linspace(0, 12, 300)
    return np.exp(-t / 9) * np.cos(a * t), np.exp(-t / 9) * np.sin(a * t), np.where(t < 3, np.nan, t)


def few(a=1.0):
    return np.arange(12.0) + 1, (np.arange(12.0) * 5 % 7 + 1) * a


def counts(a=1.0):
    numbers, edges = np.histogram((np.arange(999) * 0.618 % 1) ** 2 * a, 24)
    return edges, numbers.astype(np.float64)


def field(a=1.0):
    x = np.linspace(-1, 1, 30)
    out = np.sin(3 * a * np.outer(x, x[:20]))
    out[:4, :6] = np.nan
    return out


def pixels(a=1.0):
    out = np.zeros((12, 16, 4), np.uint8)
    for i in range(12):
        for j in range(16):
            out[i, j, 0] = i * 20
            out[i, j, 2] = j * 15
            out[i, j, 3] = 255 if j > 3 else 90
    return out


def numbers(a=1.0):
    x = np.array([0.0, -0.0, 1.5, -2.0, 123456789.0, 1234567.125, 1e-5, 1.23456789e-7, 2 / 3, 1e20 / 3, 1e21, 2.5e300, np.nan, np.inf, -np.inf])
    return x * a, np.arange(3), a > 0.5, 2**53 - 1, a / 3


def table(a=1.0):
    return np.outer(np.arange(30), np.arange(4.0)) * a / 7


VIEWS = {
    "lines": (curves, nopython.Lines(title="σ = {a:.2f}", x="time", y="size", labels=["one", "other"])),
    "legend": (several, nopython.Lines(y="height", labels=[f"the curve of number {k}" for k in range(7)])),
    "areas": (curves, nopython.Lines(area=True)),
    "steps": (few, nopython.Lines(step="post", markers=True)),
    "mid": (few, nopython.Lines(step="mid", area=True)),
    "logarithmic": (curves, nopython.Lines(xscale="log", yscale="log")),
    "many": (many, nopython.Points()),
    "coloured": (coloured, nopython.Points(cmap="magma", vmin=2.0, size=8)),
    "dashes": (curves, nopython.Lines(styles=["--", "-."])),
    "large": (turns, nopython.Points(size=12)),
    "blue": (field, nopython.Image(cmap=["#ffffff", "#4269d0", "#000000"])),
    "right": (curves, nopython.Lines(right=[1], y2="root", y2lim=(0, 5))),
    "limited": (curves, nopython.Lines(ylim=(1, 2), xlim=(2, 12))),
    "gaps": (gaps, nopython.Lines(ylim=(-4, 4))),
    "turns": (turns, nopython.Lines()),
    "points": (turns, nopython.Points()),
    "bars": (few, nopython.Bars()),
    "histogram": (counts, nopython.Bars(ylim=(0, 60))),
    "field": (field, nopython.Image(cmap="magma", origin="lower")),
    "plane": (field, nopython.Image(extent=(-2, 2, 1, -1), x="u", y="v", vmin=-0.5)),
    "wide": (field, nopython.Image(aspect="auto")),
    "numbers": (numbers, nopython.Table()),
    "table": (table, nopython.Table()),
    "pixels": (pixels, nopython.Image()),
}

kinds = {}
for name, (function, view) in VIEWS.items():
    figure = nopython.interact(function, a=(0.1, 3.0, 0.1), view=view)
    figure.save(FOLDER / f"{name}.html")
    (FOLDER / f"{name}.svg").write_text(figure.picture())
    (FOLDER / f"{name}.png").write_bytes(figure.png())
    kinds[name] = view.spec["kind"]
(FOLDER / "kinds.json").write_text(json.dumps(kinds))
