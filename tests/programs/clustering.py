"""Clusters and neighbours of points."""

import math

import numpy as np
from numba import njit, prange


@njit
def squared_distance(a, b):
    total = 0.0
    for k in range(a.shape[0]):
        diff = a[k] - b[k]
        total += diff * diff
    return total


@njit
def assign(points, centres):
    labels = np.empty(points.shape[0], dtype=np.int64)
    cost = 0.0
    for i in range(points.shape[0]):
        best = np.inf
        for c in range(centres.shape[0]):
            d = squared_distance(points[i], centres[c])
            if d < best:
                best = d
                labels[i] = c
        cost += best
    return labels, cost


@njit
def update(points, labels, k):
    centres = np.zeros((k, points.shape[1]))
    counts = np.zeros(k)
    for i in range(len(points)):
        centres[labels[i]] += points[i]
        counts[labels[i]] += 1
    for c in range(k):
        if counts[c] > 0:
            centres[c] /= counts[c]
    return centres


@njit
def kmeans(points, k, rounds):
    centres = points[:k].copy()
    labels = np.zeros(points.shape[0], np.int64)
    cost = 0.0
    for _ in range(rounds):
        labels, cost = assign(points, centres)
        centres = update(points, labels, k)
    return centres, labels, cost


@njit(parallel=True)
def distance_matrix(points):
    n = points.shape[0]
    out = np.zeros((n, n))
    for i in prange(n):
        for j in range(n):
            out[i, j] = math.sqrt(squared_distance(points[i], points[j]))
    return out


@njit
def density_clusters(points, radius, least):
    n = points.shape[0]
    labels = np.full(n, -1)
    stack = np.empty(n * n + 1, np.int64)
    cluster = 0
    for i in range(n):
        if labels[i] != -1:
            continue
        top = 0
        stack[top] = i
        top += 1
        grown = False
        while top > 0:
            top -= 1
            p = stack[top]
            neighbours = 0
            for q in range(n):
                if squared_distance(points[p], points[q]) <= radius * radius:
                    neighbours += 1
            if neighbours < least:
                continue
            grown = True
            labels[p] = cluster
            for q in range(n):
                if labels[q] == -1 and squared_distance(points[p], points[q]) <= radius * radius:
                    labels[q] = cluster
                    stack[top] = q
                    top += 1
        if grown:
            cluster += 1
    return labels


@njit
def nearest(points, query, k):
    d = np.sqrt(np.sum((points - query) ** 2, axis=1))
    return np.argsort(d)[:k]


@njit
def silhouette(distances, labels):
    n = len(labels)
    count = labels.max() + 1
    scores = np.zeros(n)
    for i in range(n):
        sums = np.zeros(count)
        sizes = np.zeros(count)
        for j in range(n):
            if i != j:
                sums[labels[j]] += distances[i, j]
                sizes[labels[j]] += 1
        own = labels[i]
        if sizes[own] == 0:
            continue
        a = sums[own] / sizes[own]
        b = np.inf
        for c in range(count):
            if c != own and sizes[c] > 0:
                b = min(b, sums[c] / sizes[c])
        scores[i] = (b - a) / max(a, b)
    return scores.mean()


@njit
def covariance(x):
    n, d = x.shape
    mean = np.zeros(d)
    for j in range(d):
        mean[j] = x[:, j].mean()
    out = np.empty((d, d))
    for a in range(d):
        for b in range(a + 1):
            s = 0.0
            for i in range(n):
                s += (x[i, a] - mean[a]) * (x[i, b] - mean[b])
            out[a, b] = out[b, a] = s / (n - 1)
    return out


def cases(r):
    points = np.concatenate([r.normal(size=(15, 2)) + c for c in ([0, 0], [5, 5], [0, 6])])
    labels = np.repeat([0, 1, 2], 15)
    yield kmeans, (points, 3, 5)
    yield assign, (points, points[::15])
    yield update, (points, labels, 3)
    yield distance_matrix, (points[:10],)
    yield distance_matrix, (points[:10].astype(np.float32),)
    yield density_clusters, (points, 1.5, 3)
    yield nearest, (points, np.array([1.0, 2.0]), 4)
    yield silhouette, (np.sqrt(((points[:, None] - points) ** 2).sum(2)), labels)
    yield covariance, (points,)
    yield covariance, (np.asfortranarray(points),)
