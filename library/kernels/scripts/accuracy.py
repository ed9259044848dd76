"""Measures the kernels against exact values and against NumPy.

    cargo run -p nopython-kernels --example module -- /tmp/kernels.wasm
    python library/kernels/scripts/accuracy.py measure /tmp/kernels.wasm    prints the table of README.md
    python library/kernels/scripts/accuracy.py table                        writes crates/kernels/tests/exact.tsv

Needs numpy and mpmath, and Node for `measure`. Errors are in units in the last place of the exact value's double.
"""

import math
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from mpmath import mp, mpf

mp.prec = 160
HERE = Path(__file__).parent
rng = np.random.default_rng(20261123)
OTHER_NAMES = {"asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh",
               "pow": "power", "atan2": "arctan2"}
EXACT = {"exp2": lambda x: mpf(2) ** x, "log2": lambda x: mp.log(x, 2), "log1p": mp.log1p,
         "cbrt": lambda x: mp.sign(x) * mp.cbrt(abs(x)), "pow": mp.power, "tgamma": mp.gamma,
         "lgamma": lambda x: mp.log(abs(mp.gamma(x))), "fmod": lambda x, y: mp.sign(x) * mp.fmod(abs(x), abs(y)),
         "floor_divide": lambda x, y: mp.floor(x / y), "remainder": lambda x, y: x - y * mp.floor(x / y)}

POWERS = {"pow3": 3.0, "pow4": 4.0, "pow5": 5.0, "pow6": 6.0, "pow3h": 1.5, "powm2": -2.0, "powm3": -3.0, "powm1h": -0.5, "powm3h": -1.5}
EXACT |= {name: lambda x, p=p: mp.power(x, p) for name, p in POWERS.items()}


def span(low, high):
    """Evenly spread."""
    return lambda n: rng.uniform(low, high, n)


def scales(low, high, signed=False):
    """Spread over powers of two."""
    return lambda n: np.ldexp(rng.uniform(0.5, 1, n), rng.integers(low, high, n)) * (rng.choice([-1.0, 1.0], n) if signed else 1.0)


# The ranges of each function: of x, or of x and y.
RANGES = {
    "sin": [span(-4, 4), span(-1e5, 1e5), scales(-30, 1023, True)],
    "cos": [span(-4, 4), span(-1e5, 1e5), scales(-30, 1023, True)],
    "tan": [span(-4, 4), span(-1e5, 1e5), scales(-30, 1023, True)],
    "asin": [span(-1, 1), scales(-40, 0, True)], "acos": [span(-1, 1), scales(-40, 0, True)],
    "atan": [span(-5, 5), scales(-40, 60, True)],
    "sinh": [span(-5, 5), span(-700, 700), scales(-40, 0, True)], "cosh": [span(-5, 5), span(-700, 700)],
    "tanh": [span(-2, 2), span(-20, 20), scales(-40, 0, True)],
    "asinh": [span(-5, 5), scales(-40, 900, True)], "acosh": [span(1, 5), scales(1, 900)], "atanh": [span(-1, 1), scales(-40, 0, True)],
    "exp": [span(-1, 1), span(-745, 709), scales(-40, 0, True)], "exp2": [span(-1, 1), span(-1074, 1023)],
    "expm1": [span(-1, 1), span(-40, 700), scales(-40, 0, True)],
    "log": [span(0.5, 2), span(0, 1e3), scales(-1070, 1023)], "log2": [span(0.5, 2), scales(-1070, 1023)],
    "log10": [span(0.5, 2), scales(-1070, 1023)], "log1p": [span(-0.9, 2), scales(-60, 900)],
    "cbrt": [span(-10, 10), scales(-1070, 1023, True)],
    "pow": [(span(0, 10), span(-20, 20)), (scales(-50, 50), span(-10, 10)), (span(0.99, 1.01), span(-5e4, 5e4))],
    "atan2": [(span(-5, 5), span(-5, 5)), (scales(-40, 40, True), scales(-40, 40, True))],
    "hypot": [(span(-5, 5), span(-5, 5)), (scales(-40, 40), scales(-40, 40))],
    "erf": [span(-6, 6), scales(-30, 0, True)], "erfc": [span(-6, 27)],
    "tgamma": [span(0.1, 20), span(-20, 0), span(20, 170)], "lgamma": [span(0.1, 10), span(10, 1e5), span(-20, 0)],
    "floor_divide": [(span(-100, 100), span(-5, 5)), (scales(-20, 50, True), scales(0, 20, True))],
    "remainder": [(span(-100, 100), span(-5, 5)), (scales(-20, 50, True), scales(0, 20, True))],
    "fmod": [(span(-100, 100), span(-5, 5)), (scales(-100, 100, True), scales(-100, 100))],
    "pow3": [span(-10, 10), scales(-330, 330, True)], "pow4": [span(-10, 10), scales(-250, 250, True)],
    "pow5": [span(-10, 10), scales(-200, 200, True)], "pow6": [span(-10, 10), scales(-170, 170, True)],
    "pow3h": [span(0, 10), scales(-680, 680)],
    "powm2": [span(-10, 10), scales(-500, 500, True)], "powm3": [span(-10, 10), scales(-330, 330, True)],
    "powm1h": [span(0, 10), scales(-1070, 1023)], "powm3h": [span(0, 10), scales(-680, 680)],
}
SPECIALS = [0.0, -0.0, 1.0, -1.0, math.inf, -math.inf, math.nan, 0.5, 2.0, 1e-310, 5e-324, 1.7976931348623157e308, math.pi, -math.pi / 2, 8.0, 1000.0, 1e22]


def numpy_function(name):
    """NumPy's ufunc, or Python's `math` where NumPy has none."""
    if name in POWERS:
        return lambda x: np.power(x, POWERS[name])
    if hasattr(np, OTHER_NAMES.get(name, name)):
        return getattr(np, OTHER_NAMES.get(name, name))
    function = getattr(math, {"tgamma": "gamma"}.get(name, name))

    def total(x):
        try:
            return function(x)
        except (ValueError, OverflowError):
            return None
    return lambda x: np.array([total(v) for v in x], dtype=object)


def exact(name, *operands):
    """The exact value in 160 bits."""
    return EXACT.get(name, getattr(mp, name, None))(*(mpf(float(v)) for v in operands))


def ulps(value, true):
    """The distance of a double from an exact value, in units in the last place."""
    if not np.isfinite(value):
        return 0 if abs(true) > mpf(2) ** 1024 * (1 - mpf(2) ** -54) else math.inf
    if true == 0:
        return 0 if value == 0 else math.inf
    unit = mpf(2) ** max(int(mp.floor(mp.log(abs(true), 2))) - 52, -1074)
    return float(abs(mpf(float(value)) - true) / unit)


def evaluate(module, jobs):
    """Runs kernels on arrays in Node."""
    with tempfile.TemporaryDirectory() as folder:
        lines = []
        for k, (kernel, operands) in enumerate(jobs):
            files = [f"{folder}/{k}.{i}" for i in range(len(operands) + 1)]
            for file, operand in zip(files, operands):
                operand.tofile(file)
            lines.append(" ".join([kernel, *files]))
        Path(f"{folder}/jobs").write_text("\n".join(lines))
        subprocess.run(["node", HERE / "evaluate.mjs", module, f"{folder}/jobs"], check=True)
        return [np.fromfile(line.split()[-1], dtype=operands[0].dtype) for line, (_, operands) in zip(lines, jobs)]


def inputs(ranges, n):
    return [f(n) for f in (ranges if isinstance(ranges, tuple) else (ranges,))]


def measure(module, only, n=3000):
    """Largest errors, one row per function."""
    print("| function | error, ulp | NumPy's own, ulp | between the two, ulp |\n|---|---|---|---|")
    for name in only or RANGES:
        ours, numpys, between = 0, 0, 0
        cases = [inputs(ranges, n) for ranges in RANGES[name]]
        results = evaluate(module, [(f"{name}_f64", case) for case in cases])
        for case, result in zip(cases, results):
            reference = numpy_function(name)(*case)
            for value, theirs, *operands in zip(result, reference, *case):
                true = exact(name, *operands)
                error = ulps(value, true)
                if error > ours:
                    ours, at = error, operands
                if theirs is not None and np.isfinite(theirs):
                    numpys = max(numpys, ulps(theirs, true))
                    between = max(between, abs(value - theirs) / np.spacing(abs(theirs)))
        print(f"| {name} | {ours:.2f} | {numpys:.2f} | {between:.0f} |", *(map(float, at) if "-v" in sys.argv else []), flush=True)


def table(n=24):
    """Inputs, the exact value rounded and NumPy's value, as bits, for the test that runs with the crate."""
    np.seterr(all="ignore")
    rows = []
    for name, choices in RANGES.items():
        cases = [inputs(ranges, n) for ranges in choices]
        if len(cases[0]) == 1:
            cases.append([np.array(SPECIALS)])
        else:
            cases.append([np.repeat(SPECIALS, len(SPECIALS)), np.tile(SPECIALS, len(SPECIALS))])
        for k, case in enumerate(cases):
            reference = numpy_function(name)(*case)
            for theirs, *operands in zip(reference, *case):
                if theirs is None:
                    continue
                special = k == len(cases) - 1
                true = float(theirs) if special else float(exact(name, *operands))
                rows.append("\t".join([name, *(np.float64(v).tobytes()[::-1].hex() for v in (*operands, true, float(theirs)))]))
    (HERE / "../../../crates/kernels/tests/exact.tsv").resolve().write_text("\n".join(rows) + "\n")


if sys.argv[1] == "table":
    table()
else:
    measure(sys.argv[2], [name for name in sys.argv[3:] if not name.startswith("-")])
