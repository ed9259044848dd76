"""Figures whose source is edited, with what NumPy gives for edits of it: ``editable.py FOLDER``."""

import contextlib
import io
import json
import pathlib
import sys

import nopython
import numpy as np
from nopython import _controls

FOLDER = pathlib.Path(sys.argv[1])
TABLE = np.linspace(-1, 1, 20) ** 3
SCALE = 2.5


def soft(x: float, k: float) -> float:
    # Between -1 and 1.
    return np.tanh(k * x)


@nopython.vectorize
def limited(v):
    return min(v, 0.5)


def curve(k=2.0, n=20, mode="sin", lift=False, ends=(-3.0, 3.0), weights=TABLE[:3]):
    """A curve."""
    x = np.linspace(ends[0], ends[1], n)
    y = soft(np.sin(x), k) if mode == "sin" else soft(np.cos(x), k)
    if lift:
        y = y + TABLE.max() * SCALE + limited(weights).sum()
    return {"curve": (x, y), "mean": y.mean()}


FIGURE = nopython.interact(
    curve,
    k=(0.1, 5.0),
    n=(10, 400),
    mode=["sin", "cos"],
    ends=nopython.range_slider(-5.0, 5.0, 0.1, (-3.0, 3.0)),
    weights=nopython.table(TABLE[:3]),
    views={"curve": nopython.Lines(title="k = {k:.1f}")},
    editable=True,
)

#: What is changed, what is typed in its place, and arguments that the function has then beside those that the controls have.
EDITS = {
    "helper": ("np.tanh(k * x)", "np.tanh(k * x) + np.sqrt(k)", {}),
    "constant": ("SCALE = 2.5", "SCALE = 4", {}),
    "array": ("TABLE.max()", "TABLE[3:7].sum()", {}),
    "vectorized": ("min(v, 0.5)", "max(v, 0.25)", {}),
    "order": ("curve(k=2.0, n=20,", "curve(n=20, k=2.0,", {}),
    "parameter": ("k=2.0,", "k=2.0, shift=1.5, big=[1, 3], name='é',", {"shift": 1.5, "big": 1}),
    "panels": ('return {"curve"', 'return {"plane": np.outer(x, y), "curve"', {}),
    "unnamed": ('return {"curve": (x, y), "mean": y.mean()}', "return x, y, y**2", {}),
    "number": ('return {"curve": (x, y), "mean": y.mean()}', "return y.sum()", {}),
    "mixed": ('return {"curve": (x, y), "mean": y.mean()}', 'return {\n        "curve": y.mean(),  # was, a curve\n        "mean": (x > 1), }', {}),
}
#: Controls before the edits.
STATE = {"k": 3.0, "n": 30, "mode": "cos", "lift": True, "ends": (-2.0, 2.5), "weights": TABLE[:3]}


#: Defaults from which controls are made.
DEFAULTS = ["3", "0", "-4", "2.5", "-0.5", "1e3", "True", "(0, 10)", "(0, 9)", "(0, 10, 3)", "(0.0, 1.0)", "(1, 2.5)", "(0.2, 4.0, 0.3)", "['a', 'é\"b']", "[1, 2, 5]", "[1, 2.5]", "[True, False]", "['a', 1, None, 2.0]", "'text'", "None"]


def controls():
    """A source with these defaults, and the controls that Python makes of them."""
    made = [_controls._control(eval(default)) for default in DEFAULTS]
    parameters = ", ".join(f"p{k}={default}" for k, default in enumerate(DEFAULTS))
    return {"text": f"def curve({parameters}):\n    return 1.0", "controls": [{"name": f"p{k}", **control.spec()} for k, control in enumerate(made) if control]}


def plain(value):
    if isinstance(value, dict):
        return [plain(v) for v in value.values()]
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


def expected(old, new, more):
    text = FIGURE._source["text"]
    assert text.count(old) == 1, (old, text)
    scope = {name: np.frombuffer(bytes.fromhex(data), dtype).reshape(shape) for name, (dtype, shape, data) in FIGURE._source["arrays"].items()}
    text = text.replace(old, new)
    exec(text.replace("from nopython import vectorize", "from numpy import vectorize"), scope)
    return {"text": text, "result": plain(scope["curve"](**STATE, **more))}


def slow():
    """A source that takes more than a tenth of a second, and what it gives for two values of a slider."""
    text = "def curve(k=2.0):\n    total = 0.0\n    for i in range(100_000_000):\n        total += (i % 7) * 0.5\n    return total + k"
    total = sum((i % 7) * 0.5 for i in range(7)) * (100_000_000 // 7) + sum((i % 7) * 0.5 for i in range(100_000_000 % 7))
    return {"text": text, "results": [total + 3.0, total + 4.0]}


def hostile(a=1.0):
    """</textarea></script><script>document.title = "broken"</script><!--"""
    return {"</script><img src=x onerror=document.title='broken'>": np.arange(3) * a}


def main():
    edits = {"none": expected("SCALE = 2.5", "SCALE = 2.5", {}), **{name: expected(*edit) for name, edit in EDITS.items()}}
    FIGURE.save(FOLDER / "curve.html")
    nopython.interact(hostile, editable=True).save(FOLDER / "hostile.html")
    page = (FOLDER / "curve.html").read_text()
    policy = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data:"
    (FOLDER / "strict.html").write_text(page.replace("<meta charset", f'<meta http-equiv="Content-Security-Policy" content="{policy}"><meta charset', 1))
    fragment = FIGURE.html()
    (FOLDER / "two.html").write_text(f"<!doctype html><meta charset=utf-8>{fragment}{fragment}")
    script = FOLDER / "script.py"
    script.write_text(
        "import numpy as np, nopython\n\ndef line(a=1.0):\n    return np.arange(5) * a\n\ndef square(a=1.0):\n    return np.arange(5) ** 2 * a\n\n"
        "nopython.interact(line, editable=True)\nnopython.interact(square, editable=True)\nnopython.interact(line)\n"
    )
    with contextlib.redirect_stdout(io.StringIO()):
        from nopython.__main__ import _figures

        assert _figures([str(script), "-o", str(FOLDER / "shared")]) == 0
    (FOLDER / "editable.json").write_text(json.dumps({"edits": edits, "author": FIGURE._source["text"], "cubes": (np.arange(5) ** 3 * 1.0).tolist(), "doubled": plain(hostile(2.0)), "made": controls(), "slow": slow()}))


main()
