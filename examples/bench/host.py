"""What a call from Python costs: this package, Numba and NumPy, in a table of microseconds."""

import timeit

import numba
import numpy as np

import nopython

ROUNDS = 15


def add(x, y):
    return x + y


def first(x):
    return x[0]


def total(x):
    s = 0.0
    for v in x:
        s += v
    return s


def scale(x, k):
    for i in range(x.shape[0]):
        x[i] = x[i] * k


def scaled_by_numpy(x, k):
    x *= k


def cases():
    """Words, the function, the same with NumPy's own functions, and the arguments; a second list lies in shared memory."""
    small, large = np.arange(10.0), np.arange(1e6)
    shared = nopython.asarray
    return [
        ("two floats: `x + y`", add, add, (1.5, 2.5), None),
        ("two ints: `x + y`", add, add, (3, 4), None),
        ("10 float64: `x[0]`", first, first, (small,), None),
        ("10 float64: `x + y`", add, np.add, (small, small), (shared(small), shared(small))),
        ("10 float64: a loop that sums", total, np.sum, (small,), (shared(small),)),
        ("1e6 float64: a loop that sums", total, np.sum, (large,), (shared(large),)),
        ("1e6 float64: a loop that scales in place", scale, scaled_by_numpy, (large, 1.0), (shared(large), 1.0)),
    ]


def sampler(function, args):
    """A function that measures one sample, of some 20 ms, and gives microseconds per call."""
    # The first call compiles.
    function(*args)
    timer = timeit.Timer(lambda: function(*args))
    calls = max(1, timer.autorange()[0] // 10)
    return lambda: timer.timeit(calls) / calls * 1e6


def main():
    print("| | ours | ours, shared memory | Numba | NumPy |")
    print("|---|---:|---:|---:|---:|")
    for words, function, numpys, args, shared in cases():
        ours = nopython.njit(function)
        candidates = [(ours, args), (ours, shared), (numba.njit(function), args), (numpys, args)]
        timers = [sampler(f, a) if a is not None else None for f, a in candidates]
        samples = [[] for _ in timers]
        for _ in range(ROUNDS):
            for timer, into in zip(timers, samples):
                if timer is not None:
                    into.append(timer())
        # The fastest round is the one that other work on the machine disturbed least.
        cells = [f"{min(s):.2f}" if s else "" for s in samples]
        print(f"| {words} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
