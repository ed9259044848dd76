"""Graphs as matrices and as compressed rows: paths, components, ranks."""

import numpy as np
from numba import njit


@njit
def floyd_warshall(weights):
    n = weights.shape[0]
    d = weights.copy()
    for k in range(n):
        for i in range(n):
            for j in range(n):
                if d[i, k] + d[k, j] < d[i, j]:
                    d[i, j] = d[i, k] + d[k, j]
    return d


@njit
def breadth_first(indptr, indices, source):
    n = len(indptr) - 1
    distance = np.full(n, -1)
    queue = np.empty(n, np.int64)
    queue[0] = source
    distance[source] = 0
    head, tail = 0, 1
    while head < tail:
        u = queue[head]
        head += 1
        for k in range(indptr[u], indptr[u + 1]):
            v = indices[k]
            if distance[v] < 0:
                distance[v] = distance[u] + 1
                queue[tail] = v
                tail += 1
    return distance


@njit
def find(parent, i):
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


@njit
def components(n, edges):
    parent = np.arange(n)
    for k in range(edges.shape[0]):
        a, b = find(parent, edges[k, 0]), find(parent, edges[k, 1])
        if a != b:
            parent[max(a, b)] = min(a, b)
    labels = np.empty(n, np.int32)
    for i in range(n):
        labels[i] = find(parent, i)
    return labels, np.unique(labels).size


@njit
def page_rank(indptr, indices, damping, rounds):
    n = indptr.size - 1
    rank = np.full(n, 1.0 / n)
    for _ in range(rounds):
        nxt = np.full(n, (1.0 - damping) / n)
        for u in range(n):
            degree = indptr[u + 1] - indptr[u]
            if degree == 0:
                nxt += damping * rank[u] / n
                continue
            share = damping * rank[u] / degree
            for k in range(indptr[u], indptr[u + 1]):
                nxt[indices[k]] += share
        rank = nxt
    return rank


@njit
def dijkstra(weights, source):
    n = len(weights)
    d = np.full(n, np.inf)
    done = np.zeros(n, dtype=np.bool_)
    d[source] = 0.0
    for _ in range(n):
        u = -1
        for i in range(n):
            if not done[i] and (u == -1 or d[i] < d[u]):
                u = i
        if np.isinf(d[u]):
            break
        done[u] = True
        for v in range(n):
            if d[u] + weights[u, v] < d[v]:
                d[v] = d[u] + weights[u, v]
    return d


@njit
def topological(adjacency):
    n = adjacency.shape[0]
    degree = np.zeros(n, np.int64)
    for i in range(n):
        for j in range(n):
            if adjacency[i, j]:
                degree[j] += 1
    order = np.empty(n, np.int64)
    size = 0
    for i in range(n):
        if degree[i] == 0:
            order[size] = i
            size += 1
    head = 0
    while head < size:
        u = order[head]
        head += 1
        for v in range(n):
            if adjacency[u, v]:
                degree[v] -= 1
                if degree[v] == 0:
                    order[size] = v
                    size += 1
    return order[:size]


@njit
def triangles(a):
    n = a.shape[0]
    count = 0
    for i in range(n):
        for j in range(i):
            if a[i, j]:
                for k in range(j):
                    if a[i, k] and a[j, k]:
                        count += 1
    return count


def compressed(r, n):
    rows = [np.flatnonzero(r.random(n) < 0.15) for _ in range(n)]
    return np.cumsum([0] + [len(row) for row in rows]), np.concatenate(rows)


def cases(r):
    weights = np.where(r.random((12, 12)) < 0.4, r.random((12, 12)), np.inf)
    indptr, indices = compressed(r, 30)
    edges = r.integers(0, 25, (14, 2))
    upper = np.triu(r.random((10, 10)) < 0.4, 1)
    symmetric = upper | upper.T
    yield floyd_warshall, (weights,)
    yield breadth_first, (indptr, indices, 0)
    yield breadth_first, (indptr.astype(np.int32), indices.astype(np.int32), 3)
    yield components, (25, edges)
    yield page_rank, (indptr, indices, 0.85, 20)
    yield dijkstra, (weights, 2)
    yield topological, (upper,)
    yield triangles, (symmetric,)
