"""The examples at work: arguments for each program, and what NumPy makes of them.

    python examples/bench/workloads.py FOLDER [--size check|bench]

runs every program under CPython with NumPy and writes FOLDER/manifest.json with one record per call, the arguments
before it, and the result and the written arguments after it, as .npy files. Tests and benchmarks read the records.
With `--size bench` the arguments are large and the programs are not run, since their loops take minutes in CPython.
"""

import argparse
import importlib
import json
import pathlib
import sys

import numpy as np

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(EXAMPLES), str(EXAMPLES.parent / "tests" / "stubs")]


def add(bench):
    """Two numbers; int32 wraps."""
    if not bench:
        yield "add", [2, 40]
        yield "add", [2**31 - 1, 1]


def np_sum(bench):
    """A million integers."""
    yield "np_sum", [np.random.default_rng(1).integers(-1000, 1000, 1_000_000 if bench else 1009, dtype=np.int32)]


def largest_item(bench):
    """A shuffled table."""
    if not bench:
        values = np.random.default_rng(9).permutation(50)
        yield "largest_item", [np.stack([np.arange(50), values], axis=1).astype(np.int32)]


def arrays(bench):
    """Array expressions."""
    if not bench:
        a, b = np.random.default_rng(10).normal(size=(2, 100))
        yield "hypotenuse", [a, b]
        yield "clamp", [a, -0.5, 0.75]
        yield "times_table", [a[:7], b[:5]]
        yield "parabola", [11]
        yield "mean_and_spread", [a]


def chain(bench):
    """Six element-wise operations."""
    a, b = np.random.default_rng(2).uniform(1, 2, size=(2, 1_000_000 if bench else 1001))
    yield "chain", [a, b, np.zeros_like(a)]


def mandelbrot(bench):
    """The whole set."""
    height, width = (300, 400) if bench else (24, 32)
    counts = np.zeros((height, width), np.int32)
    yield "mandelbrot", [counts, -2.25, -1.2, 3.2 / width, 200 if bench else 50]
    if not bench:
        escaped = np.arange(12, dtype=np.int32).reshape(3, 4)
        yield "paint", [escaped, 11, np.zeros((3, 4, 4), np.uint8)]


def life(bench):
    """A random soup."""
    height, width = (1026, 1026) if bench else (34, 50)
    grid = np.random.default_rng(3).integers(0, 2, (height, width), dtype=np.uint8)
    yield "step", [grid, np.zeros_like(grid)]
    if not bench:
        heat = np.arange((height - 2) * (width - 2), dtype=np.uint8).reshape(height - 2, width - 2)
        yield "glow", [grid, heat]


def nbody(bench):
    """A small cluster."""
    random = np.random.default_rng(4)
    n = 64 if bench else 6
    bodies = [random.normal(size=(n, 3)), random.normal(size=(n, 3)), random.uniform(0.5, 1.5, n)]
    yield "advance", [*bodies, 1e-3, 20 if bench else 5]
    if not bench:
        yield "energy", bodies


def jacobi(bench):
    """A hot edge and a source in the middle."""
    n = 514 if bench else 34
    u = np.random.default_rng(11).uniform(size=(n, n))
    u[0] = 1.0
    f = np.zeros((n, n))
    f[n // 2, n // 2] = -1.0 * n * n
    yield "relax", [u, f, u.copy(), 1.0 / (n - 1), 5]


def black_scholes(bench):
    """Options around the money."""
    random = np.random.default_rng(5)
    n = 200_000 if bench else 500
    spot, strike = random.uniform(50, 150, (2, n))
    years = random.uniform(0.1, 2, n)
    yield "black_scholes", [spot, strike, years, 0.03, 0.25, np.zeros(n), np.zeros(n)]


def convolve(bench):
    """A blur."""
    n = 1022 if bench else 30
    image = np.random.default_rng(6).uniform(size=(n + 2, n + 2))
    weights = np.array([1.0, 2.0, 1.0])
    yield "convolve", [image, np.outer(weights, weights) / 16, np.zeros((n, n))]


def pairwise(bench):
    """Points in space."""
    n = 1000 if bench else 23
    yield "pairwise", [np.random.default_rng(7).normal(size=(n, 3)), np.zeros((n, n))]


def histogram(bench):
    """Normally distributed values, a few outside the bins."""
    x = np.random.default_rng(8).normal(size=1_000_000 if bench else 2000)
    yield "histogram", [x, -3.0, 3.0, np.zeros(100, np.int32)]


MODULES = [
    add,
    np_sum,
    largest_item,
    arrays,
    chain,
    mandelbrot,
    life,
    nbody,
    jacobi,
    black_scholes,
    convolve,
    pairwise,
    histogram,
]


def save(folder, stem, value):
    """Describe a value for JSON; arrays go to files, tuples keep their items."""
    if isinstance(value, np.ndarray):
        np.save(folder / f"{stem}.npy", value)
        return {"npy": f"{stem}.npy"}
    if isinstance(value, tuple):
        return {"items": [save(folder, f"{stem}.{i}", item) for i, item in enumerate(value)]}
    return {"value": value.item() if isinstance(value, np.generic) else value}


def as_declared(function, arguments):
    """Integers that a signature declares as int32 are NumPy's int32, so that they wrap as compiled code does."""
    return [np.int32(a) for a in arguments] if function.__name__ == "add" else arguments


def record(folder, module, name, arguments, index, run):
    """Write one call."""
    stem = f"{module}.{name}.{index}"
    entry = {"module": module, "function": name}
    entry["arguments"] = [save(folder, f"{stem}.{i}", a) for i, a in enumerate(arguments)]
    if run:
        function = getattr(importlib.import_module(module), name)
        with np.errstate(over="ignore"):
            entry["result"] = save(folder, f"{stem}.result", function(*as_declared(function, arguments)))
        entry["after"] = [save(folder, f"{stem}.{i}.after", a) for i, a in enumerate(arguments)]
    return entry


def main():
    """Write the records."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--size", choices=["check", "bench"], default="check")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    bench = options.size == "bench"
    entries = [
        record(options.folder, make.__name__, name, arguments, index, not bench)
        for make in MODULES
        for index, (name, arguments) in enumerate(make(bench))
    ]
    (options.folder / "manifest.json").write_text(json.dumps(entries, indent=1))


if __name__ == "__main__":
    main()
