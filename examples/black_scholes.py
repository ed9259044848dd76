"""Prices of European options by the formula of Black and Scholes (Journal of Political Economy 81, 1973)."""

import math

import numpy as np
from numba import njit


@njit
def normal_cdf(x):
    """The probability that a standard normal variable is at most `x`."""
    return 0.5 * (1.0 + math.erf(x / math.sqrt(2.0)))


@njit("void(float64[::1], float64[::1], float64[::1], float64, float64, float64[::1], float64[::1])")
def black_scholes(spot, strike, years, rate, volatility, call, put):
    """Fill `call` and `put` with prices; `rate` and `volatility` are per year."""
    for i in range(len(spot)):
        root = volatility * np.sqrt(years[i])
        d1 = (np.log(spot[i] / strike[i]) + (rate + 0.5 * volatility * volatility) * years[i]) / root
        d2 = d1 - root
        discounted = strike[i] * np.exp(-rate * years[i])
        value = spot[i] * normal_cdf(d1) - discounted * normal_cdf(d2)
        call[i] = value
        put[i] = value - spot[i] + discounted
