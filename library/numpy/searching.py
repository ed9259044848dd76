def flatnonzero(a):
    """Indices of the elements that are not zero, in C order.

    >>> np.flatnonzero(np.array([0, 3, 0, -1]))
    """
    flat = np.ravel(a)
    n = np.count_nonzero(flat)
    # Each index is stored, to be overwritten unless its element counts: the last of them in a place of their own.
    out = np.empty(n + 1, np.int64)
    k = 0
    for i in range(flat.size):
        out[k] = i
        k += int(flat[i] != as_like(0, flat))
    return out[:n]


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


def argsort(a, axis: axis = -1, kind=None, *, stable=None):
    """Indices that sort along an axis, NaN last; equal elements keep their order.

    >>> np.argsort(np.array([3, 1, 2]))
    >>> np.argsort(np.array([[3, 1], [2, 4]]), axis=0)
    """
    np.check_sort(kind, stable)
    if axis is None:
        return np.argsort(np.ravel(a))
    if a.ndim > 1:
        rows = np.rows_along(a, axis)
        orders = np.empty(rows.shape, np.int64)
        for i in range(rows.shape[0]):
            orders[i] = np.argsort(rows[i])
        return np.from_rows(orders, a, axis)
    return np.sorting_order(a)


def unique(ar, return_index=False, return_inverse=False, return_counts=False):
    """The different elements in increasing order; and on demand where each is first in C order, which of them each element is, and how often
    each is there.

    >>> np.unique(np.array([3, 1, 2, 3, 1]))
    >>> np.unique(np.array([3, 1, 2, 3, 1]), return_index=True, return_counts=True)
    >>> np.unique(np.array([[3, 1], [3, 1]]), return_inverse=True)
    """
    if not (return_index or return_inverse or return_counts):
        s = np.sort(np.ravel(ar))
        return np.take_where(s, np.begins_group(s), 0)
    flat = np.ravel(ar)
    order = np.argsort(flat)
    s = flat[order]
    begins = np.begins_group(s)
    starts = np.flatnonzero(begins)
    parts = (s[begins],)
    if return_index:
        parts = parts + (order[starts],)
    if return_inverse:
        inverse = np.empty(flat.size, np.int64)
        inverse[order] = np.cumsum(begins) - 1
        parts = parts + (np.reshape(inverse, ar.shape),)
    if return_counts:
        parts = parts + (np.diff(np.append(starts, flat.size)),)
    return parts


def unique_counts(x):
    """The different elements in increasing order, and how often each is there.

    >>> np.unique_counts(np.array([3, 1, 3]))
    """
    return np.unique(x, return_counts=True)


def unique_inverse(x):
    """The different elements in increasing order, and which of them each element is.

    >>> np.unique_inverse(np.array([3, 1, 3]))
    """
    return np.unique(x, return_inverse=True)


def unique_all(x):
    """The different elements in increasing order, where each is first, which of them each element is, and how often each is there.

    >>> np.unique_all(np.array([3, 1, 3]))
    """
    return np.unique(x, True, True, True)


def digitize(x, bins, right=False):
    """Index of the bin that each number lies in: of increasing edges, those not above it (with right, those below it) are counted; of
    decreasing edges, those above it (with right, those not below it).

    >>> np.digitize(np.array([0.2, 6.4, 3.0]), np.array([0.0, 1.0, 2.5, 4.0]))
    >>> np.digitize(np.array([0.0, 1.0]), np.array([1.0, 0.0]))
    >>> np.digitize(np.array([0.0, 1.0]), np.array([1.0, 0.0]), right=True)
    """
    if is_complex(x) or is_complex(bins):
        static_error("np.digitize does not take complex numbers; take the parts: np.digitize(z.real, bins)")
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
        return bins.size - np.searchsorted(bins[::-1], x, "left")
    return bins.size - np.searchsorted(bins[::-1], x, "right")


def extract(condition, arr):
    """The elements of an array where a condition is true, in C order.

    >>> np.extract(np.array([True, False]), np.array([1, 2]))
    """
    return np.take_where(np.ravel(arr), np.ravel(as_dtype(condition, np.bool_)), 0)


def take(a, indices, axis: axis = None, out: reduced = None, mode="raise"):
    """The elements of an array at indices in C order, or the slices along an axis.

    >>> np.take(np.array([4, 3, 5]), np.array([0, 2, -1]))
    >>> np.take(np.array([[1, 2, 3], [4, 5, 6]]), [2, 0], axis=1)
    """
    if axis is None:
        return np.take(np.ravel(a), indices, 0, None, mode)
    x = np.moveaxis(a, axis, 0)
    if mode == "wrap":
        return np.take(a, modulo(indices, x.shape[0]), axis)
    if mode == "clip":
        return np.take(a, np.clip(indices, 0, x.shape[0] - 1), axis)
    if mode != "raise":
        raise ValueError("clipmode must be one of 'clip', 'raise', or 'wrap'")
    if not is_array(indices):
        return x[of_axis(indices, axis)]
    index = as_array(indices)
    if a.ndim > 1 and index.ndim != 1:
        static_error("np.take along an axis takes a number or a 1-D array of indices; use np.ravel(indices)")
    return np.moveaxis(np.take_at(x, index, axis), 0, axis)


def argwhere(a):
    """Indices of the elements that are not zero: a row for each.

    >>> np.argwhere(np.array([[0, 1], [2, 0]]))
    """
    return stack_arrays(np.nonzero(a), 1)


def isin(element, test_elements, assume_unique=False, invert=False, *, kind=None):
    """Whether each element is among others.

    >>> np.isin(np.array([1, 2, 3]), np.array([3, 1, 5]))
    >>> np.isin(np.array([[1, 2], [3, 4]]), [2, 3], invert=True)
    """
    if kind is not None:
        if kind != "sort" and kind != "table":
            raise ValueError("Invalid kind. Please use None, 'sort' or 'table'.")
    x = as_array(element)
    if kind is not None:
        if kind == "table" and (mean_dtype(x) == x.dtype or mean_dtype(as_array(test_elements)) == as_array(test_elements).dtype):
            raise ValueError("The 'table' method is only supported for boolean or integer arrays. Please select 'sort' or None for kind.")
    flat = np.ravel(x)
    others = np.sort(np.ravel(as_array(test_elements)))
    out = np.empty(flat.size, np.bool_)
    for i in range(flat.size):
        k = np.searchsorted(others, flat[i])
        out[i] = (k < others.size and others[k] == flat[i]) != invert
    return np.reshape(out, x.shape)


def unravel_index(indices: integers, shape: extents):
    """Places in an array of a shape of one to three extents, in C order, as a tuple of indices: one for each axis.

    >>> np.unravel_index(5, (2, 3))
    >>> np.unravel_index(np.array([1, 4]), (2, 3))
    """
    n = 1
    for extent in shape:
        n *= extent
    if np.any(op("|", op("<", indices, 0), op(">=", indices, n))):
        raise ValueError("index is out of bounds for array of this size")
    flat = as_dtype(indices, np.int64)
    if len(shape) == 1:
        return (flat,)
    if len(shape) == 2:
        return (flat // shape[1], flat % shape[1])
    if len(shape) == 3:
        return (flat // (shape[1] * shape[2]), flat // shape[2] % shape[1], flat % shape[2])
    static_error("np.unravel_index takes a shape of one to three extents")
