"""Signals while compiled code runs, and what their handlers see."""

import contextlib
import signal
import time

import numpy as np
import pytest

import nopython
from conftest import interrupts
from nopython import jit

pytestmark = [pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers"), interrupts]


@jit
def adds(a, rounds):
    for _ in range(rounds):
        for i in range(len(a)):
            a[i] += 1.0
    return a[0]


@contextlib.contextmanager
def handled(number, handler, after, every=0.0):
    """SIGALRM comes after a time, and its handler sends on another signal."""
    old, alarm = signal.signal(number, handler), signal.getsignal(signal.SIGALRM)
    if number != signal.SIGALRM:
        alarm = signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(number))
    signal.setitimer(signal.ITIMER_REAL, after, every)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, alarm)
        signal.signal(number, old)


class Enough(Exception):
    pass


def stop(number, frame):
    raise Enough(number)


@pytest.mark.parametrize("number", [signal.SIGALRM, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_handler_that_raises_ends_the_call(number):
    a = np.zeros(10)
    started = time.monotonic()
    with handled(number, stop, 0.1), pytest.raises(Enough):
        adds(a, 10**12)
    assert time.monotonic() - started < 5 and a[0] > 0
    assert adds(np.zeros(3), 4) == 4.0


def rounds_of(seconds):
    """How many rounds of ``adds`` on 1000 items take so long."""
    a, rounds = np.zeros(1000), 1000
    adds(a, 1)
    started = time.perf_counter()
    adds(a, rounds)
    return int(rounds * seconds / (time.perf_counter() - started)) + 1


@pytest.mark.parametrize("number", [signal.SIGALRM, signal.SIGINT])
@pytest.mark.parametrize("make", [np.zeros, nopython.zeros])
def test_a_call_goes_on_after_a_handler_that_returns(number, make):
    if (number, make) == (signal.SIGINT, nopython.zeros):
        pytest.skip("memory that is shared cannot be written again: SIGINT ends the call")
    a, seen, rounds = make(1000), [], rounds_of(0.5)
    with handled(number, lambda *_: seen.append(time.monotonic()), 0.05, 0.1 if number == signal.SIGALRM else 0.0):
        assert adds(a, rounds) == rounds
    assert (a == rounds).all() and seen
