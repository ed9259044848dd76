"""Functions whose calls can end anywhere: without a stack, without memory, on an exception, stopped."""

import numpy as np

from nopython import jit


@jit
def deep(a, n):
    b = a + 1.0
    return b[0] if n == 0 else deep(b, n - 1) + b[0]


@jit
def churn(a, rounds, fault):
    s = 0.0
    for k in range(rounds):
        b = a + k
        c = np.empty(len(a) + k % 7)
        c[: len(a)] = b
        s += c[0] + b.sum()
        if fault == 1 and k == 3:
            raise ValueError("stop")
        if fault == 2 and k == 3:
            s += np.empty(1 << 50)[0]
    return s
