"""Linear algebra and sorting by hand."""

import numpy as np
from numba import njit


@njit
def solve(a, b):
    n = a.shape[0]
    m = a.copy()
    x = b.copy()
    for k in range(n):
        pivot = k + np.argmax(np.abs(m[k:, k]))
        if m[pivot, k] == 0.0:
            raise ValueError("the matrix is singular")
        if pivot != k:
            for j in range(n):
                m[k, j], m[pivot, j] = m[pivot, j], m[k, j]
            x[k], x[pivot] = x[pivot], x[k]
        for i in range(k + 1, n):
            f = m[i, k] / m[k, k]
            m[i, k:] -= f * m[k, k:]
            x[i] -= f * x[k]
    for i in range(n - 1, -1, -1):
        for j in range(i + 1, n):
            x[i] -= m[i, j] * x[j]
        x[i] /= m[i, i]
    return x


@njit
def cholesky(a):
    n = a.shape[0]
    l = np.zeros_like(a)
    for i in range(n):
        for j in range(i + 1):
            s = a[i, j]
            for k in range(j):
                s -= l[i, k] * l[j, k]
            if i == j:
                if s <= 0.0:
                    raise ValueError("the matrix is not positive definite")
                l[i, i] = np.sqrt(s)
            else:
                l[i, j] = s / l[j, j]
    return l


@njit
def multiply(a, b):
    n, m = a.shape
    p = b.shape[1]
    c = np.zeros((n, p), dtype=a.dtype)
    for i in range(n):
        for j in range(p):
            for k in range(m):
                c[i, j] += a[i, k] * b[k, j]
    return c


@njit
def power_iteration(a, rounds):
    v = np.ones(a.shape[0])
    value = 0.0
    for _ in range(rounds):
        w = np.zeros_like(v)
        for i in range(v.size):
            for j in range(v.size):
                w[i] += a[i, j] * v[j]
        value = np.sqrt((w * w).sum())
        v = w / value
    return value, v


@njit
def determinant(a):
    m = a.copy()
    n = m.shape[0]
    sign = 1.0
    for k in range(n):
        p = k
        for i in range(k + 1, n):
            if abs(m[i, k]) > abs(m[p, k]):
                p = i
        if m[p, k] == 0:
            return 0.0
        if p != k:
            swap = m[k].copy()
            m[k] = m[p]
            m[p] = swap
            sign = -sign
        for i in range(k + 1, n):
            m[i] -= m[i, k] / m[k, k] * m[k]
    product = sign
    for k in range(n):
        product *= m[k, k]
    return product


@njit
def tridiagonal(lower, diagonal, upper, right):
    n = diagonal.size
    c = np.empty(n)
    d = np.empty(n)
    c[0] = upper[0] / diagonal[0]
    d[0] = right[0] / diagonal[0]
    for i in range(1, n):
        w = diagonal[i] - lower[i] * c[i - 1]
        c[i] = upper[i] / w
        d[i] = (right[i] - lower[i] * d[i - 1]) / w
    for i in range(n - 2, -1, -1):
        d[i] -= c[i] * d[i + 1]
    return d


@njit
def gram_schmidt(a):
    q = a.copy()
    for j in range(q.shape[1]):
        for k in range(j):
            q[:, j] -= (q[:, k] * q[:, j]).sum() * q[:, k]
        q[:, j] /= np.sqrt((q[:, j] ** 2).sum())
    return q


@njit
def insertion_sort(x):
    for i in range(1, len(x)):
        v = x[i]
        j = i - 1
        while j >= 0 and x[j] > v:
            x[j + 1] = x[j]
            j -= 1
        x[j + 1] = v


@njit
def sift(x, start, stop):
    root = start
    while 2 * root + 1 < stop:
        child = 2 * root + 1
        if child + 1 < stop and x[child] < x[child + 1]:
            child += 1
        if x[root] >= x[child]:
            return
        x[root], x[child] = x[child], x[root]
        root = child


@njit
def heap_sort(x):
    n = len(x)
    for start in range(n // 2 - 1, -1, -1):
        sift(x, start, n)
    for stop in range(n - 1, 0, -1):
        x[0], x[stop] = x[stop], x[0]
        sift(x, 0, stop)
    return x


@njit
def sieve(n):
    prime = np.ones(n + 1, np.bool_)
    prime[:2] = False
    i = 2
    while i * i <= n:
        if prime[i]:
            prime[i * i::i] = False
        i += 1
    return np.flatnonzero(prime)


@njit
def gcd_table(n):
    out = np.empty((n, n), np.int64)
    for i in range(n):
        for j in range(n):
            a, b = i + 1, j + 1
            while b:
                a, b = b, a % b
            out[i, j] = a
    return out


@njit
def modular_power(base, exponent, modulus):
    result = 1
    base %= modulus
    while exponent > 0:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


def cases(r):
    a = r.normal(size=(6, 6))
    yield solve, (a, r.normal(size=6))
    yield solve, (np.zeros((3, 3)), np.ones(3))
    yield cholesky, (a @ a.T + np.eye(6),)
    yield cholesky, (-np.eye(3),)
    yield multiply, (a, a.T)
    yield multiply, (r.integers(0, 9, (3, 4)).astype(np.int32), r.integers(0, 9, (4, 2)).astype(np.int32))
    yield power_iteration, (a @ a.T, 20)
    yield determinant, (a,)
    yield tridiagonal, (np.full(8, -1.0), np.full(8, 2.5), np.full(8, -1.0), r.random(8))
    yield gram_schmidt, (r.normal(size=(6, 3)),)
    yield insertion_sort, (r.random(20),)
    yield heap_sort, (r.integers(0, 100, 30),)
    yield sieve, (200,)
    yield gcd_table, (7,)
    yield modular_power, (7, 560, 561)
