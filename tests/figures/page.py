"""Builds the page of `forms.py`, and others of one function each; writes what NumPy gives for what readers type: python page.py FOLDER"""

import contextlib
import inspect
import json
import pathlib
import subprocess
import sys
import types

import numpy as np

folder = pathlib.Path(sys.argv[1])
SOURCE = (pathlib.Path(__file__).parent / "forms.py").read_text()
#: Of a file, any character may be part of the name but a slash.
NAME = "it's <b>&quot; `${x}`"

TUTORIAL = {
    "one_number": '''from numba import njit

@njit("float64(float64)")
def area(r=1.0):
    """The area of a circle."""
    return 3.141592653589793 * r * r
''',
    "one_array": '''import numpy as np
from numba import njit

@njit("float64[:](float64[:])")
def powers(x):
    """The squares of `x`."""
    return x * x
''',
}


def build(name, source):
    (folder / f"{name}.py").write_text(source)
    subprocess.run([sys.executable, "-m", "nopython", "build", f"{name}.py", "--html", "-o", "."], cwd=folder, check=True, stdout=subprocess.DEVNULL)


#: What is typed for each parameter, and the values that this is in Python.
TYPED = {
    "add": [
        ({"a": ".5", "b": "3."}, (0.5, 3.0)),
        ({"a": "1e3", "b": "-0.1"}, (1e3, -0.1)),
        ({"a": "nan"}, (np.nan, 2.5)),
        ({"a": "inf"}, (np.inf, 2.5)),
        ({"a": "-inf"}, (-np.inf, 2.5)),
        ({"a": "1_000", "b": "0,2"}, (1000.0, 0.2)),
        ({"a": "0.1", "b": "0.2"}, (0.1, 0.2)),
    ],
    "before": [({"n": text}, (np.int64(text),)) for text in ("9007199254740993", "9223372036854775807", "-9223372036854775807", "+7")] + [({"n": "1e3"}, (np.int64(1000),))],
    "mixed": [
        ({"n": "18446744073709551615"}, (np.uint64(18446744073709551615), 200, False)),
        ({"n": "18446744073709551000", "small": "7", "flag": True}, (np.uint64(18446744073709551000), 7, True)),
    ],
    "third": [({"x": "0.1"}, (np.float32("0.1"),)), ({"x": "16777216"}, (np.float32(16777216),))],
    "nested": [({"pair": "[.5, (2.)]", "cube": "[]"}, None), ({"pair": "(.5, 2.)", "cube": "[[[1, 2], [3, 4]]]"}, ((0.5, 2.0), np.array([[[1, 2], [3, 4]]], np.int32)))],
    "checked": [({"n": "5"}, (5,))],
    "constant": [({}, ())],
}


def plain(value):
    """A result as JSON: numbers as text, NaN and infinities as Python writes them."""
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    if isinstance(value, np.ndarray):
        return {"dtype": value.dtype.name, "shape": list(value.shape), "items": [plain(v) for v in value.ravel()]}
    return str(value)


def functions():
    """The functions of the source, as Python runs them."""
    numba = types.ModuleType("numba")
    numba.njit = lambda signature: lambda function: function
    sys.modules["numba"] = numba
    made = {}
    exec(compile(SOURCE, "forms.py", "exec"), made)
    return {name: value for name, value in made.items() if inspect.isfunction(value) and value.__module__ != "numba" and name not in ("njit",)}


def main():
    build(NAME, SOURCE)
    for name, source in TUTORIAL.items():
        build(name, source)
    own = functions()
    rows = [{"function": name, "typed": typed, "want": plain(own[name](*args))} for name, cases in TYPED.items() for typed, args in cases if args is not None]

    generator = np.random.default_rng(5)
    a = generator.normal(size=(3, 5))
    b = generator.integers(-9, 9, size=(5, 2)).astype(np.int32)
    x = generator.normal(size=2000)
    longs = np.array([2**62 + 1, -(2**63), 2**53 + 1, 0])
    image = generator.integers(0, 256, size=(6, 9, 3)).astype(np.uint8)
    np.save(folder / "a.npy", np.asfortranarray(a))
    np.save(folder / "b.npy", b)
    np.save(folder / "x.npy", x.astype(np.float32))
    np.save(folder / "longs.npy", longs)
    np.save(folder / "image.npy", image)
    np.savetxt(folder / "b.csv", b, fmt="%d", delimiter=",", header="first,second", comments="")
    np.savetxt(folder / "column.csv", x[:30], fmt="%.17g")
    np.savetxt(folder / "words.csv", b, fmt="x%d", delimiter=";")
    inverted = own["invert"](image)
    scaled = np.array([1.0, 2.0, 3.0, 4.0])
    own["scale"](scaled, 2.0)
    start = np.array([[4.0, 3, 2, 1], [3, 4, 3, 2], [2, 3, 4, 3], [1, 2, 3, 4]])
    pasted = start.copy()
    pasted[1:3, 1:3] = [[1.5, -2.5], [0.5, 1e3]]
    message, line = "", 0
    with contextlib.suppress(AttributeError):
        try:
            own["checked"](-2)
        except ValueError as error:
            message, line = str(error), error.__traceback__.tb_next.tb_lineno
    expected = {
        "name": NAME,
        "rows": rows,
        "signatures": {name: list(inspect.signature(f).parameters) for name, f in own.items()},
        "docs": {name: inspect.getdoc(f) for name, f in own.items()},
        "product": plain(a @ b.astype(float)),
        "smooth": plain(own["smooth"](x.astype(np.float32).astype(float), 2)),
        "column": plain(own["smooth"](x[:30], 2)),
        "several": plain(own["several"](longs)),
        "inverted": plain(inverted),
        "scaled": plain(scaled),
        "turned": plain(own["turned"](a)),
        "deep": plain(own["deep"](np.array([1.0, 2.0, 3.0, 4.0]))),
        "deepened": plain(np.array([7.0, 2.0, 3.0, 4.0])),
        "pasted": plain(pasted @ start),
        "wider": plain(np.hstack([start, start[:, 3:]]) @ np.vstack([start, start[3:]])),
        "flipped": plain(own["flip"](np.array([True, False, True, True]))),
        "error": [message, line],
    }
    (folder / "page.json").write_text(json.dumps(expected))


main()
