"""np.linalg in use."""

import numpy as np
from numba import njit


@njit
def normal_equations(x, y):
    return np.linalg.solve(x.T @ x, x.T @ y)


@njit
def newton_step(jacobian, residual, x):
    step = np.linalg.solve(jacobian, -residual)
    return x + step, np.linalg.norm(step)


@njit
def gaussian_density(x, mean, covariance):
    d = x - mean
    n = d.size
    exponent = -0.5 * np.dot(d, np.dot(np.linalg.inv(covariance), d))
    return np.exp(exponent) / np.sqrt((2.0 * np.pi) ** n * np.linalg.det(covariance))


@njit
def markov(p, steps):
    return np.linalg.matrix_power(p, steps)


@njit
def unit_rows(a):
    return a / np.linalg.norm(a, axis=1).reshape(-1, 1)


@njit
def columns(a, b):
    return np.linalg.solve(a, b)


def cases(r):
    x = r.normal(size=(20, 3))
    square = r.normal(size=(5, 5))
    p = r.random((4, 4))
    yield normal_equations, (x, r.normal(size=20))
    yield newton_step, (square, r.normal(size=5), r.normal(size=5))
    yield gaussian_density, (r.normal(size=5), r.normal(size=5), square @ square.T)
    yield markov, (p / p.sum(1, keepdims=True), 7)
    yield markov, (p, -2)
    yield unit_rows, (x,)
    yield columns, (square, r.normal(size=(5, 3)))
    yield columns, (square.T, np.eye(5))
