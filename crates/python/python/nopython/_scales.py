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
        return [(value, label(value, 10.0 ** _power(value))) for value in powers]
    step = tick_step(low, high, count)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    size = max(abs(first), abs(last)) * step
    return [(k * step, label(k * step, step, size)) for k in range(first, min(last, first + 99) + 1)]


def _between(limits, log, pixels, space):
    """The ticks of an axis of so many pixels, one in ``space``."""
    return ticks(min(limits), max(limits), log, max(2, pixels / space))


def _widest(found):
    """What a label takes at most, in pixels."""
    return 8 * max((len(text) for _, text in found), default=0)


def upright(limits, log, pixels):
    """The ticks of an axis from top to bottom."""
    return _between(limits, log, pixels, 50)


def room(limits, log, pixels, least):
    """What the labels of an axis from top to bottom take beside it."""
    return max(least, _widest(upright(limits, log, pixels)) + 12)


def level(limits, log, pixels):
    """The ticks of an axis from left to right: so many that their labels stand apart."""
    space = 90
    while True:
        found = _between(limits, log, pixels, space)
        at = scale(*limits, 0, pixels, log)
        places = [float(at(value)) for value, _ in found]
        apart = min((abs(b - a) for a, b in zip(places, places[1:])), default=math.inf)
        if _widest(found) + 8 < apart or space * 2 > pixels:
            return found
        space *= 1.3


def _powers(low, high, count):
    """Powers of ten, or 1, 2 and 5 times these where there are few."""
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    every = max(1, math.ceil((last - first) / count))
    factors = (1, 2, 5) if last - first <= 2 else (1,)
    found = [float(f"{factor}e{power}") for power in range(math.ceil(first / every) * every, last + 1, every) for factor in factors]
    return [value for value in found if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)]


def _power(value):
    return math.floor(math.log10(value) + 1e-9)


def _exponential(value, step):
    mantissa, exponent = f"{value:.{max(0, min(_power(abs(value)) - _power(step), 15))}e}".split("e")
    return f"{mantissa}e{int(exponent)}"


def _fixed(value, step):
    text = f"{value:.{min(max(0, -_power(step)), 100)}f}"
    return text.lstrip("-") if float(text) == 0 else text


def label(value, step, size=None):
    """A tick's label, with as many digits as its step has: with an exponent where the largest value beside it, of this size, is far from 1 and
    shorter so."""
    size = abs(value) if size is None else size
    far = size > 0 and (size >= 1e6 or size < 1e-4) and len(_exponential(size, step)) < len(_fixed(size, step))
    text = _exponential(value, step) if value and far else _fixed(0 if far else value, 1 if far else step)
    return text.replace("-", "−")


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
