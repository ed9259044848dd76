"""Figures as pages in a folder, with what NumPy gives for some states of their controls: ``figures.py FOLDER``."""

import json
import pathlib
import random
import sys

import nopython
import numpy as np

FOLDER = pathlib.Path(sys.argv[1])
OFFSETS = np.linspace(-1, 1, 50) ** 3


def wave(frequency=2.0, phase=0.0, n=200, mode="sin"):
    x = np.linspace(0, 2 * np.pi, n)
    if mode == "sin":
        y = np.sin(frequency * x + phase)
    else:
        y = np.cos(frequency * x + phase)
    return x, y


def image(size=40, power=2, flip=False):
    y = np.linspace(-1, 1, size)
    out = np.abs(np.outer(y, y)) ** power
    if flip:
        out = -out
    return out


def panels(a=3, between=(0.25, 0.75)):
    x = np.linspace(0, 1, 50)
    y = x**a + OFFSETS
    inside = (x >= between[0]) & (x <= between[1])
    return {"curve": (x, y), "count": inside.sum(), "means": (y.mean(), y[inside].mean())}


def colours(red=128):
    out = np.zeros((8, 8, 3), np.uint8)
    out[:, :, 0] = red
    out[:4, :, 1] = 255
    return out


def large(power=60, damp=0.01):
    return {"n": 2**power + 1, "damp": damp}


def fails(n=3):
    x = np.arange(5.0)
    if n > 10:
        raise ValueError("n must not be above 10")
    return x[n]


def steps(n=3):
    # Of 0 it never ends.
    count = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        count += 1
    return count


def odd(c=2**61, a=1.0, n=3, p=(1.0, 2.0)):
    return c + n, a * p[0]


def uneven(n=5):
    return np.arange(n), np.arange(5.0)


def rows(n=3):
    return np.ones((n, 4))


def offset(a=1.0):
    x = np.linspace(0, 1, 50)
    return x + 1e6, 1e9 + np.sin(a * 10 * x)


def tiny(a=1.0):
    x = np.linspace(0, 1, 50)
    return x * 1e-9, np.sin(a * 6 * x) * 1e12


def growth(s=0.5, n=30):
    x = np.linspace(0.1, 10, n)
    return x, np.exp(s * x), x**2


def plane(k=3.0):
    y = np.linspace(-1, 1, 40)
    return np.sin(k * np.outer(y, y))


def histogram(n=500):
    counts, edges = np.histogram((np.arange(n) * 0.618 % 1) ** 2, 20)
    return edges, counts.astype(np.float64)


def measured(k=2, mode="low"):
    x = np.arange(10.0)
    return {"curve": x**k, "mean": (x**k).mean()}


def hostile(a=1.0):
    return {"</script><script>document.title='broken'</script>": np.arange(3) * a}


FIGURES = {
    "wave": (
        nopython.interact(wave, frequency=(0.5, 8.0, 0.1), phase=(0.0, 6.3), n=(10, 1000), mode=["sin", "cos"], view=nopython.Lines(x="x", y="value")),
        [{"frequency": 2.0, "phase": 0.0, "n": 200, "mode": 0}, {"frequency": 3.5, "phase": 1.2, "n": 500, "mode": 1}],
    ),
    "image": (nopython.interact(image, size=(10, 200), power=(1, 5), view=nopython.Image(cmap="magma")), [{"size": 40, "power": 2, "flip": False}, {"size": 64, "power": 3, "flip": True}]),
    "panels": (
        nopython.interact(panels, a=[1, 2, 3], between=nopython.range_slider(0.0, 1.0, 0.05, (0.25, 0.75)), views={"curve": nopython.Points(title="x to the a")}),
        [{"a": 2, "between": [0.25, 0.75]}, {"a": 0, "between": [0.5, 0.6]}],
    ),
    "colours": (nopython.interact(colours, red=(0, 255)), [{"red": 128}, {"red": 7}]),
    "large": (nopython.interact(large, power=(0, 62), damp=(0.0, 0.2)), []),
    "fails": (nopython.interact(fails, n=(0, 20)), [{"n": 3}]),
    "steps": (nopython.interact(steps, n=(0, 30)), [{"n": 27}, {"n": 9}]),
    "odd": (nopython.interact(odd, a=nopython.log_slider(0.01, 100.0), n=(0, 10), p=nopython.range_slider(0.0, 4.0)), []),
    "uneven": (nopython.interact(uneven), []),
    "rows": (nopython.interact(rows, n=(0, 5)), [{"n": 3}]),
    "offset": (nopython.interact(offset), [{"a": 1.0}]),
    "tiny": (nopython.interact(tiny), [{"a": 1.0}]),
    "growth": (
        nopython.interact(growth, s=(0.1, 2.0, 0.1), n=(10, 60), view=nopython.Lines(title="e to the {s:.2f}", x="time", y="size", y2="square", labels=["exp {s}", "square"], right=["square"], yscale="log", area=True, markers=True)),
        [{"s": 0.5, "n": 30}, {"s": 1.0, "n": 20}],
    ),
    "plane": (nopython.interact(plane, k=(1.0, 9.0), view=nopython.Image(extent=(-1, 1, 0, 4), x="u", y="v", origin="lower")), [{"k": 3.0}]),
    "histogram": (nopython.interact(histogram, n=(100, 5000), view=nopython.Bars()), [{"n": 500}, {"n": 100}]),
    "measured": (nopython.interact(measured, k=(0, 4), mode=["low", "high"], views={"curve": nopython.Lines(title="{k:d} and {mode}, mean {mean:,.3f}", step="mid")}), [{"k": 2, "mode": 0}, {"k": 3, "mode": 1}]),
    "hostile": (nopython.interact(hostile, a=(0.0, 5.0)), [{"a": 1.0}]),
}


def plain(value):
    """A result as JSON has it."""
    if isinstance(value, dict):
        return [plain(v) for v in value.values()]
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


def decay(x, v, rate=0.5):
    x -= rate * x + v
    v *= 0.9


def turned(x, angle=0.1):
    return x * np.cos(angle) - x[::-1] * np.sin(angle)


def steps(function, state, count, *arguments):
    """The first array after so many steps."""
    state = [a.copy() for a in state]
    for _ in range(count):
        new = function(*state, *arguments)
        state = state if new is None else [new]
    return state[0].tolist()


START = (np.arange(5.0), np.linspace(0, 1, 5))
simulations = {
    "decay": [steps(decay, START, 3, 0.5), steps(decay, START, 4, 0.25)],
    "turned": [steps(turned, START[:1], 3, 0.1), steps(turned, START[:1], 4, 0.3)],
}
nopython.animate(decay, START, rate=(0.0, 1.0, 0.25)).save(FOLDER / "decay.html")
nopython.animate(turned, lambda: np.arange(5.0), angle=(0.0, 1.0, 0.1), skip=1).save(FOLDER / "turned.html")


def slow(n=4, limit=9):
    if n > limit:
        raise ValueError("n must not be above limit")
    seed = 1
    for _ in range(n * 20_000_000):
        seed = (seed * 1664525 + 1013904223) % 4294967296
    return np.array([[float(seed), float(n)]])


nopython.interact(slow, n=(1, 20), view=nopython.Table()).save(FOLDER / "slow.html")
(FOLDER / "slow.json").write_text(json.dumps({n: plain(nopython.njit(slow)(n)) for n in (1, 4, 6)}))


def fitted(data, weights, p=(1.0, 2.0), at=(0.5, 0.5), again=0):
    x, y = data[:, 0], data[:, 1]
    slope = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
    data[0, 0] = 99.0  # It has a copy.
    return {"curve": (np.arange(5.0), np.arange(5.0)), "slope": slope, "p": p[0] + 10 * p[1], "at": at, "again": again, "weights": weights.sum()}


DATA, WEIGHTS = np.array([[0.0, 1.0], [1.0, 2.5], [2.0, 2.75]]), np.array([1, 2, 3])
nopython.interact(
    fitted, data=nopython.table(DATA), weights=nopython.table(WEIGHTS), p=nopython.point(1.0, 2.0), at=nopython.pointer(0.5, 0.5), again=nopython.button("Again"),
    views={"curve": nopython.Lines(xlim=(0, 4), ylim=(0, 4))},
).save(FOLDER / "controls.html")  # fmt: skip
slope = lambda *rows: plain(fitted(np.array(rows), WEIGHTS)["slope"])  # noqa: E731
(FOLDER / "controls.json").write_text(json.dumps({
    "typed": slope((0.0, 1.0), (1.0, 0.5), (2.0, 2.75)),
    "added": slope((0.0, 1.0), (1.0, 0.5), (2.0, 2.75), (2.0, 2.75), ),
    "pasted": slope((0.0, 1.0), (1.5, -2.5), (3.0, 1000.0), (4.0, 0.25)),
    "removed": slope((1.5, -2.5), (3.0, 1000.0), (4.0, 0.25)),
}))  # fmt: skip


def formats(count=6000):
    """Numbers, formats and what Python makes of them; numbers as text, and whether they are floats."""
    rng = random.Random(7)
    floats = [0.0, -0.0, 0.5, 1.5, 2.5, 0.125, 9.5, 99.95, 1e-5, 0.0001, 123456.789, 1e15, 1e16, 1e22, 1e100, 1e-300, 2 / 3, np.inf, -np.inf, np.nan]
    floats += [rng.uniform(-10, 10) * 10 ** rng.randint(-8, 18) for _ in range(60)]
    values = floats + [0, 1, -1, 7, 255, -255, 1000, 1234567, -98765, 10**15]
    parts = [["", "", "*<", "x>", "0=", "^", "<", ">", "="], ["", "", "+", " ", "-"], ["", "", "", "#"], ["", "", "0"], ["", "5", "12", "20"], ["", "", "", ",", "_"], ["", "", ".0", ".1", ".2", ".3", ".10", ".17"]]
    rows = []
    while len(rows) < count:
        value, spec = rng.choice(values), "".join(map(rng.choice, parts)) + rng.choice("f e g G E % d x b o X F".split() + [""] * 3)
        try:
            rows.append([repr(value), isinstance(value, float), spec, format(value, spec)])
        except ValueError:
            continue
    return rows


(FOLDER / "formats.json").write_text(json.dumps(formats()))
(FOLDER / "simulations.json").write_text(json.dumps(simulations))

expected = {}
for name, (figure, states) in FIGURES.items():
    figure.save(FOLDER / f"{name}.html")
    (FOLDER / f"{name}.svg").write_text(figure.picture())
    rows = []
    for state in states:
        arguments = {}
        for parameter, value in state.items():
            control = figure._controls[parameter]
            arguments[parameter] = control.options[value] if hasattr(control, "options") else tuple(value) if isinstance(value, list) else value
        rows.append({"state": state, "result": plain(figure.function(**arguments))})
    sizes = {"html": len(figure.html()), "picture": len(figure.picture())}
    expected[name] = {"rows": rows, **sizes}
(FOLDER / "expected.json").write_text(json.dumps(expected))
