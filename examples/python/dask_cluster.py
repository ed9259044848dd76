"""One kernel on many cores or machines: dask.array calls it on chunks, and the functions travel to the workers by pickle.

Run: ``pip install nopython "dask[array,distributed]"``, then ``python examples/python/dask_cluster.py``.
"""

import dask.array as da
import numpy as np
from dask.distributed import Client, LocalCluster

from nopython import guvectorize, jit


@jit
def logistic(x, rate):
    """The logistic map, fifty steps from each element of an array of two dimensions."""
    out = x.copy()
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            for _ in range(50):
                out[i, j] = rate * out[i, j] * (1.0 - out[i, j])
    return out


@jit
def blur(x):
    """The mean of each element and its four neighbours; edges stay as they are."""
    out = x.copy()
    out[1:-1, 1:-1] = (x[1:-1, 1:-1] + x[:-2, 1:-1] + x[2:, 1:-1] + x[1:-1, :-2] + x[1:-1, 2:]) / 5
    return out


@guvectorize(["void(float64[:], float64[:])"], "(n)->()")
def longest_rise(series, out):
    """How many items the longest rising run of a series has."""
    best = 1.0
    run = 1.0
    for i in range(1, series.shape[0]):
        run = run + 1.0 if series[i] > series[i - 1] else 1.0
        best = max(best, run)
    out[0] = best


def compute(values):
    """The three results for an array of two dimensions, computed by the workers of the current client."""
    x = da.from_array(values, chunks=(values.shape[0] // 3, values.shape[1] // 2))
    mapped = x.map_blocks(logistic, 3.7, dtype=x.dtype)
    blurred = x.map_overlap(blur, depth=1, boundary="none", dtype=x.dtype)
    rises = da.apply_gufunc(longest_rise, "(n)->()", x.rechunk({1: -1}), output_dtypes=float)
    return mapped.compute(), blurred.compute(), rises.compute()


def expected(values):
    """The same with the undecorated functions, under NumPy."""
    rises = np.empty((len(values), 1))
    for row, out in zip(values, rises):
        longest_rise.py_func(row, out)
    return logistic.py_func(values, 3.7), blur.py_func(values), rises[:, 0]


def main():
    values = np.random.default_rng(0).random((60, 80))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster):
        for name, ours, numpys in zip(("map_blocks", "map_overlap", "apply_gufunc"), compute(values), expected(values)):
            assert np.array_equal(ours, numpys), name
            print(f"{name}: equal to NumPy, shape {ours.shape}")


if __name__ == "__main__":
    main()
