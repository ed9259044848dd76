"""Dynamic programming over sequences, weights and grids."""

import numpy as np
from numba import njit


@njit
def edit_distance(a, b):
    previous = np.arange(len(b) + 1)
    for i in range(len(a)):
        current = np.empty(len(b) + 1, np.int64)
        current[0] = i + 1
        for j in range(len(b)):
            cost = 0 if a[i] == b[j] else 1
            current[j + 1] = min(current[j] + 1, previous[j + 1] + 1, previous[j] + cost)
        previous = current
    return previous[-1]


@njit
def longest_common(a, b):
    table = np.zeros((len(a) + 1, len(b) + 1), dtype=np.int32)
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            if a[i - 1] == b[j - 1]:
                table[i, j] = table[i - 1, j - 1] + 1
            else:
                table[i, j] = max(table[i - 1, j], table[i, j - 1])
    return table[len(a), len(b)]


@njit
def knapsack(weights, values, capacity):
    best = np.zeros(capacity + 1, np.int64)
    for k in range(len(weights)):
        for c in range(capacity, weights[k] - 1, -1):
            best[c] = max(best[c], best[c - weights[k]] + values[k])
    return best[capacity]


@njit
def coin_ways(coins, amount):
    ways = np.zeros(amount + 1, dtype=np.int64)
    ways[0] = 1
    for coin in coins:
        for a in range(coin, amount + 1):
            ways[a] += ways[a - coin]
    return ways[amount]


@njit
def cheapest_path(grid):
    rows, columns = grid.shape
    cost = np.full((rows, columns), np.inf)
    cost[0] = grid[0]
    for i in range(1, rows):
        for j in range(columns):
            best = cost[i - 1, j]
            if j > 0:
                best = min(best, cost[i - 1, j - 1])
            if j < columns - 1:
                best = min(best, cost[i - 1, j + 1])
            cost[i, j] = best + grid[i, j]
    j = np.argmin(cost[-1])
    path = np.empty(rows, np.int64)
    for i in range(rows - 1, -1, -1):
        path[i] = j
        if i > 0:
            low = max(j - 1, 0)
            high = min(j + 2, columns)
            j = low + np.argmin(cost[i - 1, low:high])
    return path, cost[-1].min()


@njit
def align(a, b, match, mismatch, gap):
    n, m = len(a), len(b)
    score = np.zeros((n + 1, m + 1))
    best = 0.0
    where = (0, 0)
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            diagonal = score[i - 1, j - 1] + (match if a[i - 1] == b[j - 1] else mismatch)
            score[i, j] = max(0.0, diagonal, score[i - 1, j] + gap, score[i, j - 1] + gap)
            if score[i, j] > best:
                best = score[i, j]
                where = (i, j)
    return best, where


@njit
def viterbi(observed, start, transition, emission):
    steps, states = len(observed), len(start)
    log_p = np.log(start) + np.log(emission[:, observed[0]])
    back = np.zeros((steps, states), np.int64)
    for t in range(1, steps):
        nxt = np.empty(states)
        for s in range(states):
            candidates = log_p + np.log(transition[:, s])
            back[t, s] = np.argmax(candidates)
            nxt[s] = candidates[back[t, s]] + np.log(emission[s, observed[t]])
        log_p = nxt
    path = np.empty(steps, np.int64)
    path[-1] = np.argmax(log_p)
    for t in range(steps - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return path


@njit
def longest_increasing(x):
    tails = np.empty(len(x), x.dtype)
    size = 0
    for v in x:
        at = np.searchsorted(tails[:size], v)
        tails[at] = v
        if at == size:
            size += 1
    return size


@njit
def time_warp(a, b):
    n, m = a.size, b.size
    d = np.full((n + 1, m + 1), np.inf)
    d[0, 0] = 0.0
    for i in range(n):
        for j in range(m):
            d[i + 1, j + 1] = abs(a[i] - b[j]) + min(d[i, j + 1], d[i + 1, j], d[i, j])
    return d[n, m]


def cases(r):
    a, b = r.integers(0, 4, 30), r.integers(0, 4, 25)
    yield edit_distance, (a, b)
    yield edit_distance, (a.astype(np.uint8), b.astype(np.uint8))
    yield longest_common, (a, b)
    yield knapsack, (r.integers(1, 12, 15), r.integers(1, 50, 15), 40)
    yield coin_ways, (np.array([1, 5, 10, 25, 50]), 100)
    yield cheapest_path, (r.random((8, 11)),)
    yield align, (a, b, 2.0, -1.0, -1.5)
    transition = r.random((3, 3))
    emission = r.random((3, 4))
    yield viterbi, (a, np.full(3, 1 / 3), transition / transition.sum(1, keepdims=True), emission / emission.sum(1, keepdims=True))
    yield longest_increasing, (r.normal(size=40),)
    yield time_warp, (r.normal(size=20), r.normal(size=18))
