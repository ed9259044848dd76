def flatnonzero(a):
    """Indices of the elements that are not zero, in C order.

    >>> np.flatnonzero(np.array([0, 3, 0, -1]))
    """
    flat = np.ravel(a)
    out = np.empty(np.count_nonzero(flat), np.int64)
    k = 0
    for i in range(flat.size):
        if flat[i] != as_like(0, flat):
            out[k] = i
            k += 1
    return out


def nonzero(a):
    """Indices of the elements that are not zero: a tuple with an array for each axis.

    >>> np.nonzero(np.array([0, 3, 0, -1]))
    >>> np.nonzero(np.array([[0, 1], [2, 0]]))
    """
    flat = np.flatnonzero(a)
    if a.ndim == 1:
        return (flat,)
    if a.ndim == 2:
        columns = a.shape[1]
        return (flat // columns, flat % columns)
    if a.ndim == 3:
        rows = a.shape[1]
        columns = a.shape[2]
        return (flat // (rows * columns), flat // columns % rows, flat % columns)
    static_error("np.nonzero takes arrays of one to three dimensions; use np.flatnonzero")


def argsort(a, axis=-1, kind=None):
    """Indices that sort along an axis, NaN last; equal elements keep their order.

    >>> np.argsort(np.array([3, 1, 2]))
    >>> np.argsort(np.array([[3, 1], [2, 4]]), axis=0)
    """
    if axis is None:
        return np.argsort(np.ravel(a))
    if a.ndim > 1:
        rows = np.rows_along(a, axis)
        orders = np.empty(rows.shape, np.int64)
        for i in range(rows.shape[0]):
            orders[i] = np.argsort(rows[i])
        return np.from_rows(orders, a, axis)
    return np.merge_sorted(np.arange(a.size), a)


def unique(ar):
    """The different elements in increasing order.

    >>> np.unique(np.array([3, 1, 2, 3, 1]))
    """
    s = np.sort(np.ravel(ar))
    n = min(s.size, 1)
    for i in range(1, s.size):
        if s[i] != s[i - 1] and (s[i] == s[i] or s[i - 1] == s[i - 1]):
            n += 1
    out = np.empty(n, s.dtype)
    k = 0
    for i in range(s.size):
        if i == 0 or (s[i] != s[i - 1] and (s[i] == s[i] or s[i - 1] == s[i - 1])):
            out[k] = s[i]
            k += 1
    return out


def digitize(x, bins, right=False):
    """Index of the bin that each number lies in: of increasing edges, those not above it (with right, those below it) are counted; of
    decreasing edges, those above it (with right, those not below it).

    >>> np.digitize(np.array([0.2, 6.4, 3.0]), np.array([0.0, 1.0, 2.5, 4.0]))
    """
    rising = True
    falling = True
    for i in range(bins.size - 1):
        rising = rising and bins[i] <= bins[i + 1]
        falling = falling and bins[i] >= bins[i + 1]
    if rising:
        if right:
            return np.searchsorted(bins, x, "left")
        return np.searchsorted(bins, x, "right")
    if not falling:
        raise ValueError("bins must be monotonically increasing or decreasing")
    if right:
        return bins.size - np.searchsorted(bins[::-1], x, "right")
    return bins.size - np.searchsorted(bins[::-1], x, "left")


def extract(condition, arr):
    """The elements of an array where a condition is true, in C order.

    >>> np.extract(np.array([True, False]), np.array([1, 2]))
    """
    chosen = np.ravel(as_dtype(condition, np.bool_))
    flat = np.ravel(arr)
    out = np.empty(np.count_nonzero(chosen), arr.dtype)
    k = 0
    for i in range(chosen.size):
        if chosen[i]:
            out[k] = flat[i]
            k += 1
    return out


def take(a, indices):
    """The elements of an array at indices in C order.

    >>> np.take(np.array([4, 3, 5]), np.array([0, 2, -1]))
    """
    if is_array(indices):
        return np.take_at(np.ravel(a), as_array(indices))
    return np.ravel(a)[indices]


def histogram(a, bins=10, range=None):
    """Counts of the elements in equal bins over a range, and the edges of the bins. The last bin includes its right edge.

    >>> np.histogram(np.array([1.0, 2.0, 1.0, 4.0]), bins=3)
    >>> np.histogram(np.array([1, 2, 1]), bins=4, range=(0, 4))
    """
    flat = np.ravel(a)
    if range is None:
        if flat.size == 0:
            low = 0.0
            high = 1.0
        else:
            low = float(np.min(flat))
            high = float(np.max(flat))
            if not (np.isfinite(low) and np.isfinite(high)):
                raise ValueError("autodetected range of the elements is not finite")
    else:
        low = float(range[0])
        high = float(range[1])
        if low > high:
            raise ValueError("max must be larger than min in range parameter.")
    if low == high:
        low -= 0.5
        high += 0.5
    edges = np.linspace(low, high, bins + 1)
    counts = np.zeros(bins, np.int64)
    span = np.float64(high) - low
    for x in flat:
        if x >= low and x <= high:
            k = int((np.float64(x) - low) / span * bins)
            if k == bins:
                k -= 1
            if x < edges[k]:
                k -= 1
            elif k != bins - 1 and x >= edges[k + 1]:
                k += 1
            counts[k] += 1
    return counts, edges
