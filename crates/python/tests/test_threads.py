"""Threads, processes and memory."""

import concurrent.futures
import gc
import multiprocessing
import os
import threading
import time

import numpy as np
import pytest

from nopython import jit


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
    for _ in range(100_000):
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
