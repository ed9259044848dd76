def union1d(ar1, ar2):
    """The different elements of two arrays, in increasing order.

    >>> np.union1d(np.array([3, 1]), np.array([2, 3]))
    """
    return np.unique(np.concatenate((np.ravel(ar1), np.ravel(ar2))))


def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    """The different elements that are in both of two arrays, in increasing order; with return_indices, also where each is first in both. With
    assume_unique no array has equal elements: those that are equal all the same count as if one were in each array.

    >>> np.intersect1d(np.array([3, 1, 3]), np.array([2, 3]))
    >>> np.intersect1d(np.array([3, 1, 3]), np.array([2, 3]), return_indices=True)
    """
    x = np.ravel(ar1)
    y = np.ravel(ar2)
    places_x = np.arange(x.size)
    places_y = np.arange(y.size)
    if not assume_unique:
        if return_indices:
            x, places_x = np.unique(x, True)
            y, places_y = np.unique(y, True)
        else:
            x = np.unique(x)
            y = np.unique(y)
    every = np.concatenate((x, y))
    if not return_indices:
        every = np.sort(every)
        return np.take_where(every[:-1], op("==", every[1:], every[:-1]), 0)
    order = np.argsort(every)
    every = every[order]
    same = op("==", every[1:], every[:-1])
    first = np.take_where(order[:-1], same, 0)
    second = np.take_where(order[1:], same, 0) - x.size
    return np.take_where(every[:-1], same, 0), places_x[first], places_y[second]


def setdiff1d(ar1, ar2, assume_unique=False):
    """The different elements of an array that are not in another one, in increasing order; as they are with assume_unique.

    >>> np.setdiff1d(np.array([3, 1, 2, 1]), np.array([2]))
    """
    x = np.ravel(ar1)
    if not assume_unique:
        x = np.unique(x)
    return x[np.isin(x, ar2, invert=True)]


def setxor1d(ar1, ar2, assume_unique=False):
    """The different elements that are in one of two arrays alone, in increasing order. With assume_unique no array has equal elements: those that
    are equal all the same are left out.

    >>> np.setxor1d(np.array([3, 1, 2]), np.array([2, 5]))
    """
    if assume_unique:
        every = np.sort(np.concatenate((np.ravel(ar1), np.ravel(ar2))))
    else:
        every = np.sort(np.concatenate((np.unique(ar1), np.unique(ar2))))
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
