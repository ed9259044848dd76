"""Solvers that are given functions: closures, lambdas, `partial`, and states that are named tuples."""

import collections
import functools
import typing

import numpy as np
from numba import njit

Bracket = collections.namedtuple("Bracket", ["low", "high"])


class Result(typing.NamedTuple):
    root: float
    steps: int = 0
    converged: bool = False


@njit
def bisect(f, bracket, tolerance=1e-10, *args):
    low, high = bracket
    steps = 0
    while high - low > tolerance:
        middle = 0.5 * (low + high)
        if f(low, *args) * f(middle, *args) <= 0:
            high = middle
        else:
            low = middle
        steps += 1
    return Result(0.5 * (low + high), steps, converged=True)


@njit
def cube_root(x):
    return bisect(lambda y: y * y * y - x, Bracket(0.0, max(x, 1.0)))


@njit
def kepler(anomaly, eccentricity):
    def equation(e, scale):
        return scale * (e - eccentricity * np.sin(e) - anomaly)

    found = bisect(equation, Bracket(high=10.0, low=-10.0), 1e-9, 2.0)
    return found.root, found.steps > 5


@njit
def rk4(f, y, t, h):
    a = f(t, y)
    b = f(t + h / 2, y + h / 2 * a)
    c = f(t + h / 2, y + h / 2 * b)
    d = f(t + h, y + h * c)
    return y + h / 6 * (a + 2 * b + 2 * c + d)


@njit
def oscillator(steps, damping):
    def derivative(t, y):
        out = np.empty_like(y)
        out[0] = y[1]
        out[1] = -y[0] - damping * y[1] + 0.1 * np.cos(t)
        return out

    step = functools.partial(rk4, derivative)
    y = np.array([1.0, 0.0])
    for k in range(steps):
        y = step(y, k * 0.05, h=0.05)
    return y


@njit
def simpson(f, a, b, n):
    h = (b - a) / n
    total = f(a) + f(b)
    for k in range(1, n):
        total += f(a + k * h) * (4 if k % 2 else 2)
    return total * h / 3


def power(exponent):
    def raised(x):
        return x**exponent

    return raised


@njit
def integrals(b):
    total = 0.0
    for f in (np.sin, power(2), power(0.5), lambda x: np.exp(-x)):
        total += simpson(f, 0.0, b, 20)
    return total, simpson(lambda x: simpson(lambda y: x * y, 0.0, x, 4), 0.0, b, 10)


@njit
def adaptive(f, a, b, eps):
    evaluations = 0

    def recurse(fa, fm, fb, a, b, eps, depth):
        m = 0.5 * (a + b)
        left, right = f(0.5 * (a + m)), f(0.5 * (m + b))
        whole = (b - a) / 6 * (fa + 4 * fm + fb)
        halves = (b - a) / 12 * (fa + 4 * left + 2 * fm + 4 * right + fb)
        if depth == 0 or abs(halves - whole) < eps:
            return halves, 2
        x, n = recurse(fa, left, fm, a, m, eps / 2, depth - 1)
        y, k = recurse(fm, right, fb, m, b, eps / 2, depth - 1)
        return x + y, n + k + 2

    def count(n):
        nonlocal evaluations
        evaluations += n

    value, n = recurse(f(a), f(0.5 * (a + b)), f(b), a, b, eps, 12)
    count(3)
    count(n)
    return value, evaluations


@njit
def peaked(width):
    return adaptive(lambda x: width / (width * width + x * x), -1.0, 1.0, 1e-6)


@njit
def reduce_rows(m, f, start):
    out = np.full(m.shape[0], start)
    for i in range(m.shape[0]):
        for v in m[i]:
            out[i] = f(out[i], v)
    return out


@njit
def row_statistics(m):
    limit = m.mean()
    return (
        reduce_rows(m, lambda a, b: a + b, 0.0),
        reduce_rows(m, max, -np.inf),
        reduce_rows(m, lambda a, b: a + (b > limit), 0.0),
        reduce_rows(m, np.hypot, 0.0),
    )


def cases(r):
    yield cube_root, (27.0,)
    yield cube_root, (0.3,)
    yield kepler, (1.2, 0.6)
    yield oscillator, (40, 0.3)
    yield integrals, (2.0,)
    yield peaked, (0.05,)
    yield row_statistics, (r.random((4, 6)),)
