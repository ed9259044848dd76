"""The benchmarks as one writes them for NumPy: whole arrays at a time where the examples have loops."""

import math

import numpy as np
from chain import chain
from jacobi import relax
from life import step
from np_sum import np_sum


def mandelbrot(counts, left, top, step, limit):
    """Escape times; points leave the arrays once they have escaped."""
    height, width = counts.shape
    c = (left + step * np.arange(width)) + 1j * (top + step * np.arange(height))[:, np.newaxis]
    c = c.ravel()
    where = np.arange(c.size)
    z = np.zeros_like(c)
    flat = counts.reshape(-1)
    flat[:] = limit
    for n in range(limit):
        inside = z.real * z.real + z.imag * z.imag <= 4.0
        if not inside.all():
            flat[where[~inside]] = n
            where, z, c = where[inside], z[inside], c[inside]
        z = z * z + c


def kick(position, velocity, mass, dt):
    """Change velocities by the mutual accelerations."""
    r = position[np.newaxis] - position[:, np.newaxis]
    squared = (r * r).sum(axis=2)
    np.fill_diagonal(squared, 1.0)
    pull = dt * mass / (squared * np.sqrt(squared))
    velocity += (r * pull[:, :, np.newaxis]).sum(axis=1)


def advance(position, velocity, mass, dt, steps):
    """Leapfrog."""
    for _ in range(steps):
        kick(position, velocity, mass, 0.5 * dt)
        position += dt * velocity
        kick(position, velocity, mass, 0.5 * dt)


erf = np.vectorize(math.erf, otypes=[np.float64])


def black_scholes(spot, strike, years, rate, volatility, call, put):
    """Prices of options; NumPy has no erf, so Python's is called for each element."""
    root = volatility * np.sqrt(years)
    d1 = (np.log(spot / strike) + (rate + 0.5 * volatility * volatility) * years) / root
    d2 = d1 - root
    discounted = strike * np.exp(-rate * years)
    cdf1 = 0.5 * (1.0 + erf(d1 / math.sqrt(2.0)))
    cdf2 = 0.5 * (1.0 + erf(d2 / math.sqrt(2.0)))
    call[:] = spot * cdf1 - discounted * cdf2
    put[:] = call - spot + discounted


def convolve(image, kernel, out):
    """Nine shifted images."""
    height, width = out.shape
    out[:] = 0.0
    for i in range(3):
        for j in range(3):
            out += kernel[i, j] * image[i : i + height, j : j + width]


def pairwise(points, out):
    """Distances by broadcasting."""
    d = points[:, np.newaxis] - points[np.newaxis]
    np.sqrt((d * d).sum(axis=2), out=out)


def histogram(x, low, high, counts):
    """NumPy's own."""
    counts += np.histogram(x, bins=len(counts), range=(low, high))[0].astype(np.int32)


TWINS = {
    "np_sum.np_sum": np_sum,
    "chain.chain": chain,
    "mandelbrot.mandelbrot": mandelbrot,
    "life.step": step,
    "nbody.advance": advance,
    "jacobi.relax": relax,
    "black_scholes.black_scholes": black_scholes,
    "convolve.convolve": convolve,
    "pairwise.pairwise": pairwise,
    "histogram.histogram": histogram,
}
