"""Sparse matrices as compressed rows and as coordinates."""

import numpy as np
from numba import njit


@njit
def matvec(indptr, indices, data, x):
    y = np.zeros(len(indptr) - 1, dtype=np.float64)
    for i in range(y.size):
        for k in range(indptr[i], indptr[i + 1]):
            y[i] += data[k] * x[indices[k]]
    return y


@njit
def to_dense(indptr, indices, data, columns):
    out = np.zeros((indptr.size - 1, columns), data.dtype)
    for i in range(out.shape[0]):
        for k in range(indptr[i], indptr[i + 1]):
            out[i, indices[k]] = data[k]
    return out


@njit
def from_dense(a):
    count = 0
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            if a[i, j] != 0:
                count += 1
    indptr = np.zeros(a.shape[0] + 1, np.int32)
    indices = np.empty(count, np.int32)
    data = np.empty(count, a.dtype)
    k = 0
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            if a[i, j] != 0:
                indices[k] = j
                data[k] = a[i, j]
                k += 1
        indptr[i + 1] = k
    return indptr, indices, data


@njit
def transpose(indptr, indices, data, columns):
    counts = np.zeros(columns + 1, np.int64)
    for j in indices:
        counts[j + 1] += 1
    start = np.cumsum(counts)
    place = start.copy()
    rows = np.empty_like(indices)
    values = np.empty_like(data)
    for i in range(indptr.shape[0] - 1):
        for k in range(indptr[i], indptr[i + 1]):
            at = place[indices[k]]
            rows[at] = i
            values[at] = data[k]
            place[indices[k]] += 1
    return start, rows, values


@njit
def coordinate_sum(rows, columns, values, shape):
    out = np.zeros(shape)
    for k in range(values.size):
        out[rows[k], columns[k]] += values[k]
    return out


@njit
def conjugate_gradient(indptr, indices, data, b, rounds, tolerance):
    x = np.zeros_like(b)
    r = b - matvec(indptr, indices, data, x)
    p = r.copy()
    rs = (r * r).sum()
    steps = 0
    while steps < rounds and np.sqrt(rs) > tolerance:
        ap = matvec(indptr, indices, data, p)
        alpha = rs / (p * ap).sum()
        x = x + alpha * p
        r = r - alpha * ap
        new = (r * r).sum()
        p = r + new / rs * p
        rs = new
        steps += 1
    return x, steps


@njit
def gauss_seidel(indptr, indices, data, b, sweeps):
    x = np.zeros(b.size)
    for _ in range(sweeps):
        for i in range(b.size):
            diagonal = 1.0
            s = b[i]
            for k in range(indptr[i], indptr[i + 1]):
                j = indices[k]
                if j == i:
                    diagonal = data[k]
                else:
                    s -= data[k] * x[j]
            x[i] = s / diagonal
    return x


def laplacian(n):
    a = 2.0 * np.eye(n) - np.eye(n, k=1) - np.eye(n, k=-1)
    indptr = np.cumsum([0] + [np.count_nonzero(row) for row in a])
    return indptr, np.nonzero(a)[1], a[a != 0]


def cases(r):
    dense = np.where(r.random((7, 5)) < 0.4, r.normal(size=(7, 5)), 0.0)
    indptr, indices, data = np.cumsum([0] + list((dense != 0).sum(1))), np.nonzero(dense)[1], dense[dense != 0]
    yield matvec, (indptr, indices, data, r.normal(size=5))
    yield matvec, (indptr.astype(np.int32), indices.astype(np.int32), data.astype(np.float32), r.normal(size=5).astype(np.float32))
    yield to_dense, (indptr, indices, data, 5)
    yield from_dense, (dense,)
    yield from_dense, (dense.T,)
    yield from_dense, ((dense * 10).astype(np.int16),)
    yield transpose, (indptr, indices, data, 5)
    yield coordinate_sum, (r.integers(0, 4, 20), r.integers(0, 3, 20), r.normal(size=20), (4, 3))
    yield conjugate_gradient, (*laplacian(12), r.normal(size=12), 30, 1e-10)
    yield gauss_seidel, (*laplacian(12), r.normal(size=12), 15)
