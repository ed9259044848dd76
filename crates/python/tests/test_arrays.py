"""Arrays in memory that compiled functions share."""

import concurrent.futures
import gc
import os
import sys
import timeit

import numpy as np
import pytest

import nopython
from conftest import shares
from nopython import _engine, jit


@jit
def scale(x, factor):
    for i in range(x.shape[0]):
        x[i] = x[i] * factor


@jit
def first(x):
    return x[0]


@jit
def rows(x):
    return x[1:], x.sum()


def test_an_ordinary_array(dtype):
    x = nopython.zeros((2, 3), dtype)
    assert type(x) is np.ndarray and x.dtype == dtype and x.shape == (2, 3) and not x.any()
    assert x.flags.c_contiguous and x.flags.writeable and x.flags.aligned
    assert nopython.empty(4).shape == (4,)
    y = nopython.asarray([[1, 0], [0, 1]], dtype)
    assert np.array_equal(y, np.eye(2)) and nopython.asarray(y) is y
    with pytest.raises(TypeError):
        nopython.zeros(2, "clongdouble")
    with pytest.raises(ValueError):
        nopython.zeros(-1)


def test_functions_work_on_it_in_place():
    x = nopython.asarray(np.arange(6.0))
    scale(x, 2.0)
    scale(x[::-2], 10.0)
    scale(np.asarray(x[:1]), 3.0)
    assert x.tolist() == [0, 20, 4, 60, 8, 100]
    tail, total = rows(x)
    tail[0] = -1.0
    assert x[1] == -1.0 and total == 192.0


@pytest.mark.skipif(sys.platform != "linux", reason="shared pages are Linux's memory files")
@shares
def test_passing_copies_nothing():
    ordinary = np.ones(4_000_000)
    shared = nopython.asarray(ordinary)
    assert _engine.is_resident(shared) and not _engine.is_resident(ordinary)
    seconds = lambda x: min(timeit.repeat(lambda: first(x), number=3, repeat=3))  # noqa: E731
    assert seconds(shared) < seconds(ordinary) / 20


def test_mixed_with_ordinary_arrays_and_overlaps():
    @jit
    def add(out, a, b):
        for i in range(out.shape[0]):
            out[i] = a[i] + b[i]

    x, y = nopython.asarray(np.arange(8.0)), np.ones(7)
    want = x.copy()
    add(x[1:], x[:-1], y)
    add.py_func(want[1:], want[:-1], y)
    assert np.array_equal(x, want)


def test_threads_see_one_content():
    x = nopython.zeros(64)
    parts = np.split(x, 8)

    def work(part):
        for _ in range(100):
            part += 1.0
            scale(part, 1.0)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(work, parts))
    assert (x == 100).all()


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="needs Linux's /proc")
def test_memory_is_returned():
    def resident():
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def use():
        x = nopython.zeros(1_000_000)
        scale(x, 1.0)

    for _ in range(5):
        use()
    gc.collect()
    before = resident()
    for _ in range(200):
        use()
    gc.collect()
    assert resident() - before < 64 << 20


def test_results_are_views_of_arguments_in_any_order():
    @jit
    def tail(a):
        return a[1:]

    @jit
    def turned(a):
        return a.T

    x = np.arange(12.0).reshape(3, 4)
    for a in (x, np.asfortranarray(x), x[:, ::2], x[::-1], x.T, x[:, 1:3], x[::-1, ::-2]):
        for f in (tail, turned):
            result, want = f(a), f.py_func(a)
            assert np.shares_memory(result, a) and result.strides == want.strides
            assert result.__array_interface__["data"] == want.__array_interface__["data"]
    far = np.arange(100.0).reshape(10, 10)[:, :1]
    assert np.array_equal(tail(far), far[1:])


def test_an_argument_whose_elements_overlap():
    @jit
    def seen(a):
        a[0, 1] = 9
        return a[1, 0]

    x = np.arange(5.0)
    assert seen(np.lib.stride_tricks.as_strided(x, (3, 2), (8, 8))) == 9 and x.tolist() == [0, 9, 2, 3, 4]
