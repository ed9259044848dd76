"""Digital signals: filters, transforms, windows, detection."""

import math

import numpy as np
from numba import njit


@njit
def convolve(signal, kernel):
    n, m = len(signal), len(kernel)
    out = np.zeros(n + m - 1)
    for i in range(n):
        for j in range(m):
            out[i + j] += signal[i] * kernel[j]
    return out


@njit
def biquad(x, b0, b1, b2, a1, a2):
    y = np.zeros_like(x)
    z1 = z2 = 0.0
    for i in range(len(x)):
        v = x[i]
        y[i] = b0 * v + z1
        z1 = b1 * v - a1 * y[i] + z2
        z2 = b2 * v - a2 * y[i]
    return y


@njit
def fft(re, im):
    n = len(re)
    re, im = re.copy(), im.copy()
    j = 0
    for i in range(1, n):
        bit = n >> 1
        while j & bit:
            j ^= bit
            bit >>= 1
        j |= bit
        if i < j:
            re[i], re[j] = re[j], re[i]
            im[i], im[j] = im[j], im[i]
    size = 2
    while size <= n:
        angle = -2.0 * math.pi / size
        half = size // 2
        for start in range(0, n, size):
            for k in range(half):
                c, s = math.cos(angle * k), math.sin(angle * k)
                p, q = start + k, start + k + half
                tr = re[q] * c - im[q] * s
                ti = re[q] * s + im[q] * c
                re[q], im[q] = re[p] - tr, im[p] - ti
                re[p], im[p] = re[p] + tr, im[p] + ti
        size *= 2
    return re, im


@njit
def goertzel(x, frequency, rate):
    w = 2.0 * np.pi * frequency / rate
    coefficient = 2.0 * np.cos(w)
    s1 = s2 = 0.0
    for v in x:
        s1, s2 = v + coefficient * s1 - s2, s1
    return s1 * s1 + s2 * s2 - coefficient * s1 * s2


@njit
def hann(n):
    return 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(n) / (n - 1))


@njit
def frames(x, size, hop):
    count = 1 + (len(x) - size) // hop
    out = np.empty((count, size))
    for k in range(count):
        out[k] = x[k * hop:k * hop + size] * hann(size)
    return out


@njit
def median_filter(x, width):
    half = width // 2
    out = np.empty_like(x)
    window = np.empty(width)
    for i in range(x.size):
        for k in range(width):
            at = min(max(i + k - half, 0), x.size - 1)
            window[k] = x[at]
        for a in range(1, width):
            v = window[a]
            b = a - 1
            while b >= 0 and window[b] > v:
                window[b + 1] = window[b]
                b -= 1
            window[b + 1] = v
        out[i] = window[half]
    return out


@njit
def peaks(x, threshold):
    found = np.zeros(x.size, np.bool_)
    for i in range(1, x.size - 1):
        found[i] = x[i] > x[i - 1] and x[i] >= x[i + 1] and x[i] > threshold
    return np.nonzero(found)[0]


@njit
def quantize(x, bits):
    levels = 2 ** bits
    scaled = np.clip(np.floor((x + 1.0) / 2.0 * levels), 0, levels - 1)
    return scaled.astype(np.uint8)


@njit
def rms(x):
    return np.sqrt(np.mean(x ** 2))


def cases(r):
    x = r.normal(size=64)
    yield convolve, (x, np.array([0.25, 0.5, 0.25]))
    yield convolve, (x.astype(np.float32), np.array([1, -1], np.int32))
    yield biquad, (x, 0.2, 0.4, 0.2, -0.5, 0.3)
    yield fft, (x, np.zeros(64))
    yield goertzel, (x, 5.0, 64.0)
    yield hann, (16,)
    yield frames, (x, 16, 8)
    yield median_filter, (x, 5)
    yield peaks, (x, 0.5)
    yield quantize, (np.clip(x / 3, -1, 1), 6)
    yield rms, (x,)
    yield rms, (x[::-3].astype(np.float32),)
