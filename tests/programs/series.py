"""Time series: smoothing, returns, drawdowns, detection."""

import numpy as np
from numba import njit


@njit
def moving_average(x, window):
    n = len(x) - window + 1
    out = np.empty(n)
    total = 0.0
    for i in range(window):
        total += x[i]
    out[0] = total / window
    for i in range(1, n):
        total += x[i + window - 1] - x[i - 1]
        out[i] = total / window
    return out


@njit
def exponential(x, alpha=0.3):
    out = np.empty_like(x)
    out[0] = x[0]
    for i in range(1, x.size):
        out[i] = alpha * x[i] + (1.0 - alpha) * out[i - 1]
    return out


@njit
def drawdown(prices):
    peak = prices[0]
    worst = 0.0
    start = 0
    low = 0
    best = 0
    for i, p in enumerate(prices):
        if p > peak:
            peak = p
            best = i
        fall = (peak - p) / peak
        if fall > worst:
            worst = fall
            start, low = best, i
    return worst, start, low


@njit
def rolling_max(x, window):
    n = x.shape[0]
    out = np.full(n, np.nan)
    queue = np.empty(n, dtype=np.int64)
    head, tail = 0, 0
    for i in range(n):
        while tail > head and x[queue[tail - 1]] <= x[i]:
            tail -= 1
        queue[tail] = i
        tail += 1
        if queue[head] <= i - window:
            head += 1
        if i >= window - 1:
            out[i] = x[queue[head]]
    return out


@njit
def autocorrelation(x, lags):
    mean = x.mean()
    centred = x - mean
    variance = np.sum(centred * centred)
    out = np.zeros(lags)
    for lag in range(lags):
        s = 0.0
        for i in range(len(x) - lag):
            s += centred[i] * centred[i + lag]
        out[lag] = s / variance
    return out


@njit
def crossings(x, level):
    found = np.zeros(len(x), np.bool_)
    count = 0
    for i in range(1, len(x)):
        if (x[i - 1] < level) != (x[i] < level):
            found[i] = True
            count += 1
    where = np.empty(count, np.int64)
    k = 0
    for i in range(len(x)):
        if found[i]:
            where[k] = i
            k += 1
    return where


@njit
def log_returns(prices):
    return np.diff(np.log(prices))


@njit
def fill_forward(x):
    out = x.copy()
    last = np.nan
    for i in range(out.size):
        if np.isnan(out[i]):
            out[i] = last
        else:
            last = out[i]
    return out


@njit
def cusum(x, threshold, drift):
    up = 0.0
    down = 0.0
    alarms = np.zeros(x.size, dtype=np.int8)
    for i in range(1, x.size):
        step = x[i] - x[i - 1]
        up = max(0.0, up + step - drift)
        down = max(0.0, down - step - drift)
        if up > threshold or down > threshold:
            alarms[i] = 1 if up > threshold else -1
            up = down = 0.0
    return alarms


def cases(r):
    x = r.normal(size=50)
    prices = np.exp(np.cumsum(r.normal(size=60)) / 10)
    gaps = np.where(r.random(40) < 0.3, np.nan, r.random(40))
    yield moving_average, (x, 7)
    yield moving_average, (x.astype(np.float32)[::2], 3)
    yield exponential, (x,)
    yield exponential, (x[::-1], 0.5)
    yield drawdown, (prices,)
    yield rolling_max, (x, 5)
    yield autocorrelation, (x, 10)
    yield crossings, (x, 0.1)
    yield log_returns, (prices,)
    yield fill_forward, (gaps,)
    yield cusum, (np.cumsum(x), 1.5, 0.1)
