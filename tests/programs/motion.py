"""Differential equations and particles."""

import math

import numpy as np
from numba import njit


@njit
def lorenz(state, sigma, rho, beta):
    x, y, z = state
    return np.array([sigma * (y - x), x * (rho - z) - y, x * y - beta * z])


@njit
def runge_kutta(state, dt, steps):
    out = np.empty((steps + 1, state.size))
    out[0] = state
    s = state.copy()
    for k in range(steps):
        k1 = lorenz(s, 10.0, 28.0, 8.0 / 3.0)
        k2 = lorenz(s + 0.5 * dt * k1, 10.0, 28.0, 8.0 / 3.0)
        k3 = lorenz(s + 0.5 * dt * k2, 10.0, 28.0, 8.0 / 3.0)
        k4 = lorenz(s + dt * k3, 10.0, 28.0, 8.0 / 3.0)
        s = s + dt / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
        out[k + 1] = s
    return out


@njit
def verlet(position, velocity, dt, steps):
    x, v = position, velocity
    energy = np.empty(steps)
    for i in range(steps):
        a = -x
        x = x + v * dt + 0.5 * a * dt ** 2
        v = v + 0.5 * (a - x) * dt
        energy[i] = 0.5 * (v * v + x * x)
    return x, v, energy


@njit
def accelerations(positions, masses, softening):
    n = positions.shape[0]
    out = np.zeros_like(positions)
    for i in range(n):
        for j in range(n):
            if i == j:
                continue
            d = positions[j] - positions[i]
            r2 = (d ** 2).sum() + softening ** 2
            out[i] += masses[j] * d / (r2 * math.sqrt(r2))
    return out


@njit
def heat(u, alpha, steps):
    for _ in range(steps):
        u[1:-1] = u[1:-1] + alpha * (u[2:] - 2.0 * u[1:-1] + u[:-2])
    return u


@njit
def wave(u, v, c, steps):
    for _ in range(steps):
        new = 2.0 * u - v
        new[1:-1] += c * c * (u[2:] - 2.0 * u[1:-1] + u[:-2])
        new[0] = new[-1] = 0.0
        u, v = new, u
    return u


@njit
def predator_prey(x0, y0, dt, steps):
    out = np.empty((2, steps))
    x, y = x0, y0
    for k in range(steps):
        out[0, k] = x
        out[1, k] = y
        x, y = x + dt * x * (1.1 - 0.4 * y), y + dt * y * (0.1 * x - 0.4)
    return out


@njit
def bisect(low, high, tolerance):
    if low ** 3 - low - 2 > 0:
        raise ValueError("the function is positive at the lower end")
    count = 0
    while high - low > tolerance:
        middle = (low + high) / 2
        if middle ** 3 - middle - 2 < 0:
            low = middle
        else:
            high = middle
        count += 1
    return (low + high) / 2, count


@njit
def simpson(values, h):
    n = len(values)
    assert n % 2 == 1, "an odd number of points"
    total = values[0] + values[-1]
    for i in range(1, n - 1):
        total += values[i] * (4 if i % 2 == 1 else 2)
    return total * h / 3


@njit
def gray_scott(u, v, f, k, steps):
    for _ in range(steps):
        lu = u[:-2, 1:-1] + u[2:, 1:-1] + u[1:-1, :-2] + u[1:-1, 2:] - 4 * u[1:-1, 1:-1]
        lv = v[:-2, 1:-1] + v[2:, 1:-1] + v[1:-1, :-2] + v[1:-1, 2:] - 4 * v[1:-1, 1:-1]
        uvv = u[1:-1, 1:-1] * v[1:-1, 1:-1] ** 2
        u[1:-1, 1:-1] += 0.16 * lu - uvv + f * (1 - u[1:-1, 1:-1])
        v[1:-1, 1:-1] += 0.08 * lv + uvv - (f + k) * v[1:-1, 1:-1]
    return u, v


def cases(r):
    yield runge_kutta, (np.array([1.0, 1.0, 1.0]), 0.01, 20)
    yield verlet, (1.0, 0.0, 0.1, 30)
    yield accelerations, (r.normal(size=(6, 3)), r.random(6), 0.1)
    yield heat, (r.random(20), 0.2, 10)
    yield heat, (r.random(20).astype(np.float32), 0.25, 4)
    yield wave, (np.sin(np.linspace(0, np.pi, 20)), np.sin(np.linspace(0, np.pi, 20)), 0.5, 15)
    yield predator_prey, (10.0, 5.0, 0.05, 25)
    yield bisect, (1.0, 2.0, 1e-9)
    yield bisect, (3.0, 4.0, 1e-9)
    yield simpson, (r.random(11), 0.1)
    yield simpson, (r.random(10), 0.1)
    yield gray_scott, (r.random((8, 9)), r.random((8, 9)), 0.04, 0.06, 3)
