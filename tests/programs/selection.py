"""Selection: rows, columns and elements picked by arrays of indices and masks."""

import numpy as np
from numba import njit


@njit
def bootstrap_means(x, draws):
    out = np.empty(draws.shape[0])
    for i in range(draws.shape[0]):
        out[i] = x[draws[i]].mean()
    return out


@njit
def standardise_columns(x, columns):
    out = x.copy()
    picked = out[:, columns]
    for j in range(columns.size):
        out[:, columns[j]] = (picked[:, j] - picked[:, j].mean()) / picked[:, j].std()
    return out


@njit
def cross_entropy(scores, labels):
    n = scores.shape[0]
    out = np.empty_like(scores)
    for i in range(n):
        shifted = np.exp(scores[i] - scores[i].max())
        out[i] = shifted / shifted.sum()
    return -np.log(out[np.arange(n), labels]).mean()


@njit
def one_hot(labels, classes):
    out = np.zeros((labels.size, classes))
    out[np.arange(labels.size), labels] = 1.0
    return out


@njit
def trim_outliers(x, limit):
    centre = np.median(x)
    spread = np.median(np.abs(x - centre))
    keep = np.abs(x - centre) <= limit * spread
    outside = np.where(~keep)[0]
    return x[keep], outside


@njit
def split_rows(x, column, threshold):
    left = x[:, column] <= threshold
    return x[left], x[~left, column], left.sum()


@njit
def sort_rows(x, column):
    order = np.argsort(x[:, column])
    return x[order, :], x[order[::-1], column]


@njit
def shuffle_in_place(x, order):
    x[order] = x[::-1]
    x[:, np.array([0, 1])] = x[:, ::-1][:, np.array([0, 1])]
    return x


@njit
def visited(neighbours, start, steps):
    seen = np.array([start])
    for _ in range(steps):
        following = neighbours[seen[-1], seen.size % neighbours.shape[1]]
        if following in seen:
            break
        seen = np.append(seen, following)
    return seen


def cases(r):
    x = r.normal(size=(12, 4))
    labels = r.integers(0, 4, 12)
    yield bootstrap_means, (x[:, 0], r.integers(-12, 12, (5, 12)))
    yield standardise_columns, (x, np.array([2, 0]))
    yield standardise_columns, (np.asfortranarray(x), np.array([-1]))
    yield cross_entropy, (x, labels)
    yield one_hot, (labels, 4)
    yield one_hot, (labels.astype(np.int32), 5)
    yield trim_outliers, (np.append(x[:, 1], [50.0, -40.0]), 4.0)
    yield split_rows, (x, 1, 0.1)
    yield split_rows, (x.astype(np.float32), 2, 9.0)
    yield sort_rows, (x, 3)
    yield shuffle_in_place, (x[:, :3].copy(), r.permutation(12))
    yield visited, (r.integers(0, 12, (12, 3)), 4, 10)
