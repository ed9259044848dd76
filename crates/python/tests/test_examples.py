"""The programs under examples/python. A test is left out only where the other package is not installed."""

import importlib.util
import pathlib
import subprocess
import sys

import numpy as np
import pytest

EXAMPLES = pathlib.Path(__file__).parents[3] / "examples/python"


def load(name):
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_dask_on_two_processes():
    pytest.importorskip("dask.array")
    pytest.importorskip("distributed")
    done = subprocess.run([sys.executable, EXAMPLES / "dask_cluster.py"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("equal to NumPy") == 3


def test_dask_names_of_tasks_are_the_same_every_time():
    tokenize = pytest.importorskip("dask.base").tokenize
    one, other = load("dask_cluster"), load("dask_cluster")
    assert tokenize(one.blur) == tokenize(other.blur) != tokenize(one.logistic)
    assert tokenize(one.longest_rise) == tokenize(other.longest_rise)


def test_a_function_of_duckdb():
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    example = load("duckdb_function")
    places = {name: place for name, *place in example.CITIES}
    pairs = example.nearest_pairs()
    assert len(pairs) == 6 and pairs == sorted(pairs, key=lambda row: row[2])
    for one, other, km in pairs:
        want = example.distance.py_func(*(np.float64(v) for v in places[one] + places[other]))
        assert km == pytest.approx(want, rel=1e-14)
