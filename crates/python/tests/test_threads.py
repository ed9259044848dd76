"""Threads, processes and memory."""

import concurrent.futures
import gc
import multiprocessing
import os
import threading
import time

import numpy as np
import pytest

from nopython import _engine, jit


@jit
def total(x, rounds):
    s = 0.0
    for _ in range(rounds):
        for v in x:
            s += v
    return s


@jit
def doubled(x):
    return x * 2


def test_every_thread_has_its_own_sums():
    arrays = [np.random.default_rng(k).random(20_000) for k in range(8)]
    want = [total(a, 10) for a in arrays]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            assert list(pool.map(lambda a: total(a, 10), arrays)) == want


def test_other_threads_run_meanwhile():
    done, beats = threading.Event(), [0]

    def beat():
        while not done.is_set():
            beats[0] += 1
            time.sleep(0.001)

    other = threading.Thread(target=beat)
    other.start()
    x = np.ones(10_000)
    started, before = time.monotonic(), beats[0]
    total(x, 20_000)
    seconds, during = time.monotonic() - started, beats[0] - before
    done.set()
    other.join()
    assert during > 10 * min(1.0, seconds)


def _resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="needs Linux's /proc")
def test_memory_is_returned():
    x = np.ones(1000)
    for _ in range(1000):
        doubled(x)
    gc.collect()
    before, idle = _resident(), doubled.stats.idle_memory
    for _ in range(10_000 if _engine.portable else 100_000):
        doubled(x)
    gc.collect()
    assert _resident() - before < 2 << 20
    assert doubled.stats.idle_memory == idle


def test_an_exception_frees_what_the_call_allocated():
    @jit
    def fails(n):
        a = np.zeros(n)
        a[0] = 1.0
        return a[n]

    for _ in range(2000):
        with pytest.raises(IndexError):
            fails(100_000)
    assert fails.stats.idle_memory < 8 << 20


def _in_child(queue):
    queue.put(total(np.ones(10), 3))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_child_computes():
    if "fork" not in multiprocessing.get_all_start_methods():
        pytest.skip("this platform does not fork")
    total(np.ones(10), 3)
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=_in_child, args=(queue,))
    child.start()
    assert queue.get(timeout=30) == 30.0
    child.join()


@jit
def fill(a, low, high, value):
    for i in range(low, high):
        a[i] = value


@jit
def fill_columns(a, low, high, value):
    a[:, low:high] = value


@jit
def add_to(a, value):
    a += value


def _four_threads(work, rounds=1000):
    """Four threads begin each round together."""
    barrier = threading.Barrier(4)

    def run(part):
        for turn in range(rounds):
            barrier.wait()
            work(part, turn)

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(run, part) for part in range(4)]:
            future.result()


@pytest.mark.parametrize("make", [np.zeros, lambda n: np.zeros(2 * n)[::2], lambda n: np.zeros(n)[::-1]])
def test_threads_write_disjoint_ranges_of_one_array(make):
    a = make(200)
    bad = []

    def work(part, turn):
        fill(a, part * 50, part * 50 + 50, turn + part)
        if not (a[part * 50 : part * 50 + 50] == turn + part).all():
            bad.append((part, turn))

    _four_threads(work)
    assert bad == []
    np.testing.assert_array_equal(a, np.repeat(999.0 + np.arange(4), 50))


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.float32])
def test_threads_write_disjoint_columns_of_one_array(order, dtype):
    a = np.zeros((6, 40), dtype, order=order)
    _four_threads(lambda part, turn: fill_columns(a, part * 10, part * 10 + 10, turn % 100 + part))
    np.testing.assert_array_equal(a, np.tile(np.repeat(99 + np.arange(4), 10), (6, 1)).astype(dtype))


def test_threads_write_disjoint_slices_of_one_array():
    a, rows = np.zeros(200), np.zeros((8, 30))
    _four_threads(lambda part, turn: (add_to(a[part::4], 1.0), add_to(rows[2 * part : 2 * part + 2], part)))
    np.testing.assert_array_equal(a, np.full(200, 1000.0))
    np.testing.assert_array_equal(rows, np.repeat(np.arange(4) * 1000.0, 2)[:, None] * np.ones(30))


def test_what_numpy_writes_in_another_thread_meanwhile_is_kept():
    a = np.zeros(100)
    _four_threads(lambda part, turn: fill(a, part * 25, part * 25 + 25, turn) if part % 2 else a[part * 25 :].__setitem__(slice(25), turn))
    np.testing.assert_array_equal(a, np.full(100, 999.0))
