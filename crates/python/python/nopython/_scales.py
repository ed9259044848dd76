"""Scales, and their ticks. The live figure has the same rules (``runtime/js/src/figure/scale.ts``)."""

import math

import numpy as np

def tick_step(low, high, count):
    """The step between ticks: 1, 2 or 5 times a power of ten, of which about ``count`` fit between two values."""
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    error = rough / power
    return power * (10 if error >= math.sqrt(50) else 5 if error >= math.sqrt(10) else 2 if error >= math.sqrt(2) else 1)


def ticks(low, high, log, count):
    """Round values between two others, with their labels, about ``count`` of them."""
    powers = _powers(low, high, count) if log else []
    # Between few powers the steps are equal.
    if len(powers) > 1:
        return [(value, label(value, 10.0 ** math.floor(math.log10(value) + 1e-9))) for value in powers]
    step = tick_step(low, high, count)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(k * step, label(k * step, step)) for k in range(first, min(last, first + 99) + 1)]


def _powers(low, high, count):
    """Powers of ten, or 1, 2 and 5 times these where there are few."""
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    every = max(1, math.ceil((last - first) / count))
    factors = (1, 2, 5) if last - first <= 2 else (1,)
    found = [float(f"{factor}e{power}") for power in range(math.ceil(first / every) * every, last + 1, every) for factor in factors]
    return [value for value in found if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)]


def label(value, step):
    """A tick's label: as many decimals as its step has, or an exponent where that is shorter."""
    size = max(abs(value), step)
    if value != 0 and (size >= 1e6 or size < 1e-4):
        digits = max(0, round(math.log10(abs(value)) - math.log10(step)))
        mantissa, exponent = f"{value:.{digits}e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−")
    text = f"{value:.{max(0, -math.floor(math.log10(step) + 1e-9))}f}"
    return (text.lstrip("-") if float(text) == 0 else text).replace("-", "−")


def extent(arrays, log=False):
    """The least and the greatest of finite values, apart from each other; with ``log`` only of those above zero."""
    finite = [a[np.isfinite(a) & ((a > 1e-300) if log else True)] for a in (np.asarray(a, float).ravel() for a in arrays)]
    finite = [a for a in finite if a.size]
    if not finite:
        return (1.0, 10.0) if log else (0.0, 1.0)
    low, high = min(float(a.min()) for a in finite), max(float(a.max()) for a in finite)
    if low == high or high - low < 1e-300:
        room = abs(low) if abs(low) > 1e-300 else 1
        return (low / 2, low * 2) if log else (low - room / 2, high + room / 2)
    return low, high


def padded(limits, log=False):
    low, high = limits
    if log:
        return low / (high / low) ** 0.04, high * (high / low) ** 0.04
    room = (high - low) * 0.04
    return low - room, high + room


def scale(low, high, start, end, log=False):
    """A function from values to pixels."""
    a, b = (math.log10(low), math.log10(high)) if log else (low, high)
    factor = (end - start) / (b - a)
    return lambda v: start + ((np.log10(v) if log else v) - a) * factor
