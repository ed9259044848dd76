def union1d(ar1, ar2):
    """The different elements of two arrays, in increasing order.

    >>> np.union1d(np.array([3, 1]), np.array([2, 3]))
    """
    return np.unique(np.concatenate((np.ravel(ar1), np.ravel(ar2))))


def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    """The different elements that are in both of two arrays, in increasing order; with return_indices, also where each is first in both.

    >>> np.intersect1d(np.array([3, 1, 3]), np.array([2, 3]))
    >>> np.intersect1d(np.array([3, 1, 3]), np.array([2, 3]), return_indices=True)
    """
    x = np.ravel(ar1)
    y = np.ravel(ar2)
    both = np.unique(x)
    both = both[np.isin(both, y)]
    common = as_dtype(both, result_dtype(x, y))
    if not return_indices:
        return common
    first = np.empty(both.size, np.int64)
    second = np.empty(both.size, np.int64)
    for k in range(both.size):
        first[k] = np.argmax(op("==", x, both[k]))
        second[k] = np.argmax(op("==", y, both[k]))
    return common, first, second


def setdiff1d(ar1, ar2, assume_unique=False):
    """The different elements of an array that are not in another one, in increasing order; as they are with assume_unique.

    >>> np.setdiff1d(np.array([3, 1, 2, 1]), np.array([2]))
    """
    x = np.ravel(ar1)
    if not assume_unique:
        x = np.unique(x)
    return x[np.isin(x, ar2, invert=True)]


def setxor1d(ar1, ar2, assume_unique=False):
    """The different elements that are in one of two arrays alone, in increasing order.

    >>> np.setxor1d(np.array([3, 1, 2]), np.array([2, 5]))
    """
    x = np.unique(ar1)
    y = np.unique(ar2)
    every = np.sort(np.concatenate((x, y)))
    alone = np.ones(every.size, np.bool_)
    for i in range(every.size - 1):
        if every[i] == every[i + 1]:
            alone[i] = False
            alone[i + 1] = False
    return every[alone]


def unique_values(x):
    """The different elements in increasing order.

    >>> np.unique_values(np.array([3, 1, 3]))
    """
    return np.unique(x)
