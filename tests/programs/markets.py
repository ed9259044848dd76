"""Economics and statistics."""

import math

import numpy as np
from numba import njit


@njit
def normal_cdf(x):
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


@njit
def call_price(s, k, t, r, sigma):
    d1 = (math.log(s / k) + (r + sigma * sigma / 2) * t) / (sigma * math.sqrt(t))
    d2 = d1 - sigma * math.sqrt(t)
    return s * normal_cdf(d1) - k * math.exp(-r * t) * normal_cdf(d2)


@njit
def implied_volatility(price, s, k, t, r):
    low, high = 1e-4, 4.0
    for _ in range(100):
        middle = 0.5 * (low + high)
        if call_price(s, k, t, r, middle) > price:
            high = middle
        else:
            low = middle
    return 0.5 * (low + high)


@njit
def binomial_option(s, k, r, sigma, t, steps, american):
    dt = t / steps
    u = math.exp(sigma * math.sqrt(dt))
    d = 1.0 / u
    p = (math.exp(r * dt) - d) / (u - d)
    discount = math.exp(-r * dt)
    values = np.empty(steps + 1)
    for i in range(steps + 1):
        values[i] = max(k - s * u ** (2 * i - steps), 0.0)
    for n in range(steps - 1, -1, -1):
        for i in range(n + 1):
            values[i] = discount * (p * values[i + 1] + (1 - p) * values[i])
            if american:
                values[i] = max(values[i], k - s * u ** (2 * i - n))
    return values[0]


@njit
def gini(incomes):
    x = np.sort(incomes)
    n = x.size
    weighted = 0.0
    for i in range(n):
        weighted += (i + 1) * x[i]
    return 2.0 * weighted / (n * x.sum()) - (n + 1) / n


@njit
def value_iteration(rewards, transitions, discount, tolerance):
    states, actions = rewards.shape
    v = np.zeros(states)
    policy = np.zeros(states, np.int64)
    while True:
        change = 0.0
        for s in range(states):
            best = -np.inf
            for a in range(actions):
                q = rewards[s, a] + discount * np.sum(transitions[s, a] * v)
                if q > best:
                    best = q
                    policy[s] = a
            change = max(change, abs(best - v[s]))
            v[s] = best
        if change < tolerance:
            return v, policy


@njit
def least_squares(x, y):
    n = len(x)
    sx = x.sum()
    sy = y.sum()
    sxx = (x * x).sum()
    sxy = (x * y).sum()
    slope = (n * sxy - sx * sy) / (n * sxx - sx ** 2)
    intercept = (sy - slope * sx) / n
    residual = y - (slope * x + intercept)
    return slope, intercept, 1.0 - (residual ** 2).sum() / ((y - y.mean()) ** 2).sum()


@njit
def garch(returns, omega, alpha, beta):
    variance = np.empty_like(returns)
    variance[0] = returns.var()
    likelihood = 0.0
    for t in range(1, len(returns)):
        variance[t] = omega + alpha * returns[t - 1] ** 2 + beta * variance[t - 1]
        likelihood -= 0.5 * (np.log(2 * np.pi * variance[t]) + returns[t] ** 2 / variance[t])
    return likelihood, variance


@njit
def net_present_value(rate, flows):
    total = 0.0
    for t, flow in enumerate(flows):
        total += flow / (1.0 + rate) ** t
    return total


@njit
def internal_rate(flows, guess=0.1):
    rate = guess
    for _ in range(50):
        value = net_present_value(rate, flows)
        slope = (net_present_value(rate + 1e-6, flows) - value) / 1e-6
        if slope == 0.0:
            return np.nan
        step = value / slope
        rate -= step
        if abs(step) < 1e-12:
            break
    return rate


@njit
def order_match(bids, asks):
    i = j = 0
    volume = 0
    price = 0.0
    left_bid = bids[0, 1]
    left_ask = asks[0, 1]
    while i < bids.shape[0] and j < asks.shape[0] and bids[i, 0] >= asks[j, 0]:
        traded = min(left_bid, left_ask)
        volume += int(traded)
        price = (bids[i, 0] + asks[j, 0]) / 2
        left_bid -= traded
        left_ask -= traded
        if left_bid == 0:
            i += 1
            if i < bids.shape[0]:
                left_bid = bids[i, 1]
        if left_ask == 0:
            j += 1
            if j < asks.shape[0]:
                left_ask = asks[j, 1]
    return volume, price


def cases(r):
    yield call_price, (100.0, 110.0, 0.5, 0.03, 0.25)
    yield implied_volatility, (5.0, 100.0, 105.0, 0.5, 0.02)
    yield binomial_option, (100.0, 105.0, 0.03, 0.2, 1.0, 25, True)
    yield binomial_option, (100.0, 105.0, 0.03, 0.2, 1.0, 25, False)
    yield gini, (r.random(30),)
    transitions = r.random((4, 2, 4))
    yield value_iteration, (r.random((4, 2)), transitions / transitions.sum(2, keepdims=True), 0.9, 1e-8)
    yield least_squares, (r.random(20), r.random(20))
    yield garch, (r.normal(size=40) / 50, 1e-5, 0.1, 0.85)
    yield net_present_value, (0.05, np.array([-100.0, 30.0, 40.0, 50.0]))
    yield internal_rate, (np.array([-100.0, 30.0, 40.0, 50.0]),)
    yield order_match, (np.array([[101.0, 5.0], [100.0, 8.0]]), np.array([[99.0, 4.0], [100.5, 6.0]]))
