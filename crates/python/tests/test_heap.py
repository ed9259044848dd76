"""The memory of an instance after calls that end anywhere: on Ctrl-C, without a stack, without memory, on an exception."""

import os
import random
import signal
import threading
import time

import numpy as np
import pytest

from conftest import interrupts
from ends import churn, deep
from nopython import jit


def right(a):
    """Whether the next calls of both functions are right."""
    return churn(a, 5, 0) == churn.py_func(a, 5, 0) and deep(a, 3) == deep.py_func(a, 3)


@pytest.mark.parametrize("size", [1, 7, 40, 400])
def test_recursion_that_allocates(size):
    a = np.arange(float(size))
    for turn in range(30):
        # Frames of different depths, so that the stack ends in other places.
        with pytest.raises(RecursionError):
            deep(a[: 1 + turn % size], 10**6)
        assert right(a)


@interrupts
def test_interrupts_in_loops_that_allocate():
    a = np.arange(20.0)
    rng = random.Random(1)
    deadline = time.monotonic() + 4
    stopped = 0
    while time.monotonic() < deadline or stopped < 20:
        timer = threading.Timer(0.006 + rng.random() * 0.01, os.kill, (os.getpid(), signal.SIGINT))
        try:
            timer.start()
            churn(a, 10**9, 0)
        except KeyboardInterrupt:
            stopped += 1
        timer.join()
        assert right(a)


def test_exceptions_and_exhausted_memory():
    a = np.arange(9.0)
    for fault, error in [(1, ValueError), (2, MemoryError)] * 200:
        with pytest.raises(error):
            churn(a, 10, fault)
        assert right(a)


@interrupts
def test_what_was_written_before_a_trap_is_seen():
    @jit
    def forever(a):
        a[0] = 7.0
        while a[0] > 0.0:
            a[1] += 1.0

    a = np.zeros(2)
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        forever(a)
    assert a[0] == 7.0 and a[1] > 0.0
