"""Monte Carlo with generators written by hand."""

import numpy as np
from numba import njit


@njit
def uniform(state):
    state = state * 16807 % 2147483647
    return state, state / 2147483647


@njit
def estimate_pi(n, seed):
    state = seed
    hits = 0
    for _ in range(n):
        state, x = uniform(state)
        state, y = uniform(state)
        if x * x + y * y < 1.0:
            hits += 1
    return 4.0 * hits / n


@njit
def park_miller(n, seed):
    out = np.empty(n)
    state = seed
    for i in range(n):
        state = state * 16807 % 2147483647
        out[i] = state / 2147483647
    return out


@njit
def xorshift(n, seed):
    out = np.empty(n, dtype=np.uint32)
    x = np.uint32(seed)
    for i in range(n):
        x ^= x << np.uint32(13)
        x ^= x >> np.uint32(17)
        x ^= x << np.uint32(5)
        out[i] = x
    return out


@njit
def normal_pairs(n, seed):
    out = np.empty(2 * n)
    state = seed
    for i in range(n):
        state, u = uniform(state)
        state, v = uniform(state)
        radius = np.sqrt(-2.0 * np.log(1.0 - u))
        out[2 * i] = radius * np.cos(2.0 * np.pi * v)
        out[2 * i + 1] = radius * np.sin(2.0 * np.pi * v)
    return out


@njit
def random_walk(steps, seed):
    x = y = 0
    state = seed
    farthest = 0
    for _ in range(steps):
        state, u = uniform(state)
        way = int(u * 4)
        if way == 0:
            x += 1
        elif way == 1:
            x -= 1
        elif way == 2:
            y += 1
        else:
            y -= 1
        farthest = max(farthest, abs(x) + abs(y))
    return x, y, farthest


@njit
def metropolis(spins, beta, sweeps, seed):
    n, m = spins.shape
    state = seed
    for _ in range(sweeps):
        for i in range(n):
            for j in range(m):
                around = spins[(i + 1) % n, j] + spins[i - 1, j] + spins[i, (j + 1) % m] + spins[i, j - 1]
                change = 2.0 * spins[i, j] * around
                state, u = uniform(state)
                if change <= 0.0 or u < np.exp(-beta * change):
                    spins[i, j] = -spins[i, j]
    return spins.sum()


@njit
def shuffle(x, seed):
    state = seed
    for i in range(len(x) - 1, 0, -1):
        state, u = uniform(state)
        j = int(u * (i + 1))
        x[i], x[j] = x[j], x[i]


@njit
def asian_option(s0, strike, rate, sigma, steps, paths, seed):
    dt = 1.0 / steps
    drift = (rate - 0.5 * sigma ** 2) * dt
    payoff = 0.0
    state = seed
    for _ in range(paths):
        s = s0
        total = 0.0
        for _ in range(steps):
            state, u = uniform(state)
            state, v = uniform(state)
            z = np.sqrt(-2.0 * np.log(1.0 - u)) * np.cos(2.0 * np.pi * v)
            s *= np.exp(drift + sigma * np.sqrt(dt) * z)
            total += s
        payoff += max(total / steps - strike, 0.0)
    return np.exp(-rate) * payoff / paths


def cases(r):
    yield estimate_pi, (500, 12345)
    yield park_miller, (50, 42)
    yield xorshift, (50, 2463534242)
    yield normal_pairs, (20, 99)
    yield random_walk, (300, 7)
    yield metropolis, (np.where(r.random((6, 8)) < 0.5, 1, -1), 0.4, 5, 17)
    yield shuffle, (np.arange(12), 7)
    yield shuffle, (r.random(9), 8)
    yield asian_option, (100.0, 95.0, 0.05, 0.2, 12, 50, 2024)
