"""A kernel with widgets, for a page: each line that comes in is a JSON object, and so is each that goes out.

``{"widget": name, "state": {...}}`` is what a front end sends; ``{"widget": name, "set": {...}}`` assigns to traits in Python. Both are answered with
the state as the front end has it, and what NumPy gives for these values.
"""

import json
import sys

import numpy as np

import nopython


def shown(rate=2.0, n=5, kind="sum", level=0, log=False, part=(2, 4), at=(2.0, 20.0), data=np.array([[1.0, 2.0], [3.0, 4.0]]), again=0):
    x = np.arange(n) * rate + part[0] * part[1] + at[0] - at[1] + level + again
    if log:
        x += data[0].sum() + data.shape[0]
    return {"x": x, "total": x.sum() if kind == "sum" else x.max()}


def step(state, rate=0.5):
    state *= rate


def picked(k=0):
    return np.arange(3)[k] * 1.0


figures = {
    "shown": nopython.interact(
        shown, rate=nopython.log_slider(0.1, 10.0, 2.0), n=(2, 9), kind=["sum", "most"], level=[0, 1, 5], part=nopython.range_slider(0, 9, 1, (2, 4)),
        at=nopython.point(2.0, 20.0), data=nopython.table(np.array([[1.0, 2.0], [3.0, 4.0]])), again=nopython.button(), views={"x": nopython.Lines()},
    ),
    "step": nopython.animate(step, np.ones(3), rate=(0.0, 1.0)),
    "picked": nopython.interact(picked, k=(0, 5)),
}
widgets = {name: figure.widget() for name, figure in figures.items()}


def plain(value):
    """A value as JSON has it, which has no infinities."""
    if isinstance(value, dict):
        return [plain(v) for v in value.values()]
    if isinstance(value, np.ndarray):
        return [plain(v) for v in value.tolist()]
    return str(value) if isinstance(value, float) and not np.isfinite(value) else value


def answer(name):
    widget = widgets[name]
    keys = list(widget._keys.values())
    told = {"state": widget.get_state(keys), "error": repr(widget.error) if widget.error else "", "result": plain(widget.result)}
    if name == "shown":
        told["expected"] = plain(shown(**{p: getattr(widget, key) for p, key in widget._keys.items()}))
    return told


print(json.dumps({name: {"esm": widget._esm, **answer(name)} for name, widget in widgets.items()}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    widget = widgets[request["widget"]]
    if "state" in request:
        widget.set_state(request["state"])
    for key, value in request.get("set", {}).items():
        setattr(widget, key, value)
    print(json.dumps(answer(request["widget"])), flush=True)
