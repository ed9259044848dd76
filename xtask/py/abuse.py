"""Calls of compiled functions that end anywhere: `abuse.py --seconds N --seed S`.

Calls allocate, raise, overflow the stack, run out of memory and are stopped by SIGINT, at random, also in threads and in forked processes. After each,
a call of the same functions gives what NumPy gives; in the end the process has no more memory than after the first tenth.
"""

import argparse
import ctypes
import os
import random
import signal
import sys
import threading
import time
from pathlib import Path

import numpy as np

import nopython
from nopython import jit

sys.path.insert(0, str(Path(__file__).parents[2] / "crates/python/tests"))

from ends import churn, deep  # noqa: E402: the tests of the package share them

#: Bytes that the process may grow by after the first tenth: what allocators and the interpreter keep.
TOLERATED = 48 << 20

#: Instances beyond this many bytes are dropped after their call.
KEPT = 256 << 20


@jit
def hoard(a, n):
    b = np.empty(1 << 24)
    b[0] = a[0]
    return b[0] if n == 0 else hoard(a, n - 1) + b[0]


@jit
def fill(a, low, high, v):
    for i in range(low, high):
        a[i] = v


@jit
def parts(a):
    b = np.sort(a)
    return b, b[::-1], a[1:], len(a)


def right(rng):
    """Random calls give what NumPy gives."""
    a = rng.random(rng.integers(1, 400))
    rounds, n = int(rng.integers(0, 9)), int(rng.integers(0, 30))
    assert same(churn(a, rounds, 0), churn.py_func(a, rounds, 0))
    assert same(deep(a, n), deep.py_func(a, n))
    for got, want in zip(parts(a[::2]), parts.py_func(a[::2])):
        assert np.array_equal(got, want)
    x = nopython.asarray(a) if n % 3 == 0 else a.copy()
    fill(x, 0, len(x) // 2, 2.0)
    assert np.array_equal(x, np.where(np.arange(len(a)) < len(a) // 2, 2.0, a))


def same(a, b):
    return np.float64(a).tobytes() == np.float64(b).tobytes()


def expect(error, call, *args):
    try:
        call(*args)
    except error:
        return
    raise AssertionError(f"{call} gave a result, not {error.__name__}")


def raising(rng):
    expect(ValueError, churn, rng.random(9), 10, 1)


def without_memory(rng):
    expect(MemoryError, churn, rng.random(9), 10, 2)
    if rng.random() < 0.1:
        expect(MemoryError, hoard, rng.random(3), 1000)


def without_stack(rng):
    expect(RecursionError, deep, rng.random(rng.integers(1, 60)), 10**6)


def stopped(rng):
    """SIGINT reaches the main thread after a random time, wherever it is then."""
    timer = threading.Timer(0.004 + rng.random() * 0.012, signal.pthread_kill, (threading.main_thread().ident, signal.SIGINT))
    x = nopython.zeros(50) if rng.random() < 0.3 else np.zeros(50)
    try:
        timer.start()
        if rng.random() < 0.7:
            churn(rng.random(20), 10**9, 0)
        else:
            while True:
                fill(x, 0, 50, 1.0)
    except KeyboardInterrupt:
        pass
    timer.join()


def in_threads(rng):
    """Four threads write to parts of one array while others end anywhere."""
    whole, errors = np.zeros((4, 500)), []
    flat = whole.reshape(-1)
    columns, seeds = np.zeros((500, 4)), [int(s) for s in rng.integers(0, 1 << 30, 4)]

    def work(k):
        try:
            own = np.random.default_rng(seeds[k])
            for turn in range(20):
                target, low, high = [(whole[k], 0, 500), (flat, 500 * k, 500 * (k + 1)), (columns[:, k], 0, 500)][turn % 3]
                fill(target, low, high, float(turn + k))
                seen = columns[:, k] if turn % 3 == 2 else whole[k]
                assert (seen == turn + k).all(), "a write was lost"
                if turn % 5 == 0:
                    ACTIONS[int(own.integers(0, 4))](own)
        except BaseException as error:  # noqa: BLE001: it is raised again in the main thread
            errors.append(error)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def in_a_child(rng):
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            own = np.random.default_rng(int(rng.integers(0, 1 << 30)))
            for _ in range(3):
                ACTIONS[int(own.integers(0, 5))](own)
                right(own)
            code = 0
        except BaseException as error:  # noqa: BLE001: the parent sees the code
            print(f"in a child: {error!r}", file=sys.stderr, flush=True)
        os._exit(code)
    _, status = os.waitpid(pid, 0)
    assert status == 0, f"a child ended with status {status}"


#: The first four may run in any thread; `stopped` is of the main thread alone.
ACTIONS = [right, raising, without_memory, without_stack, stopped, in_threads, in_a_child]
WEIGHTS = [6, 6, 2, 3, 2, 2, 1]


def resident():
    """Bytes of memory of the process, after what is free has gone back."""
    ctypes.CDLL(None).malloc_trim(0) if sys.platform == "linux" else None
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    # A process that a shell started in the background ignores SIGINT.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    rng = np.random.default_rng(options.seed)
    choose = random.Random(options.seed)
    counts, before, failed = dict.fromkeys(ACTIONS, 0), None, 0
    # The first calls compile, which is not what is timed.
    for action in ACTIONS:
        action(rng)
    started = time.monotonic()
    while (spent := time.monotonic() - started) < options.seconds:
        if before is None and spent > options.seconds / 10:
            before = resident()
        action = choose.choices(ACTIONS, WEIGHTS)[0]
        counts[action] += 1
        state = rng.bit_generator.state
        try:
            action(rng)
            right(rng)
        except Exception as error:  # noqa: BLE001: what is wrong is reported
            failed += 1
            print(f"{action.__name__} {sum(counts.values())} of seed {options.seed}: {error!r}\n  generator {state['state']['state']}", flush=True)
            if failed > 5:
                break
    grown = resident() - (before or resident())
    idle = max(f.stats.idle_memory for f in (deep, churn, hoard, fill, parts))
    if grown > TOLERATED:
        failed += 1
        print(f"memory has grown by {grown >> 20} MB")
    if idle > 5 * KEPT:
        failed += 1
        print(f"idle instances hold {idle >> 20} MB")
    print(", ".join(f"{count} {action.__name__}" for action, count in counts.items()) + f"; memory grew by {grown / (1 << 20):.1f} MB")
    print(f"{sum(counts.values())} passed, {failed} failed")
    sys.exit(failed > 0 or not any(counts.values()))


main()
