def take_lines(x, index, axis: known):
    """Of each line the elements at the indices in the same line. Used by np.take_along_axis.

    >>> np.take_along_axis(np.array([3, 4]), np.array([1, 0]), axis=0)
    """
    if index.ndim == 1:
        out = np.empty(index.size, x.dtype)
        for i in range(index.size):
            out[i] = x[of_axis(index[i], axis)]
        return out
    if x.shape[0] != index.shape[0] and x.shape[0] != 1 and index.shape[0] != 1:
        raise IndexError("shape mismatch: indexing arrays could not be broadcast together")
    count = index.shape[0] if x.shape[0] == 1 else x.shape[0]
    out = np.empty((count,) + np.extents_of_lines(x, index), x.dtype)
    for i in range(count):
        out[i] = np.take_lines(x[min(i, x.shape[0] - 1)], index[min(i, index.shape[0] - 1)], axis)
    return out


def extents_of_lines(x, index):
    """The extents of what take_lines gives, but for the first. Used by np.take_along_axis.

    >>> np.take_along_axis(np.array([[3, 4]]), np.array([[1, 0]]), axis=1)
    """
    if index.ndim == 2:
        return (index.shape[1],)
    extent = index.shape[1] if x.shape[1] == 1 else x.shape[1]
    if index.ndim == 3:
        return (extent, index.shape[2])
    return (extent, index.shape[2] if x.shape[2] == 1 else x.shape[2], index.shape[3])


def put_lines(x, index, values):
    """Stores values in each line at the indices in the same line. Used by np.put_along_axis.

    >>> np.put_along_axis(np.array([3, 4]), np.array([1, 0]), 9, axis=0)
    """
    if index.ndim == 1:
        for i in range(index.size):
            if is_array(values):
                x[index[i]] = values[i]
            else:
                x[index[i]] = values
    else:
        if x.shape[0] != index.shape[0] and index.shape[0] != 1:
            raise IndexError("shape mismatch: indexing arrays could not be broadcast together")
        for i in range(x.shape[0]):
            k = min(i, index.shape[0] - 1)
            if is_array(values):
                np.put_lines(x[i], index[k], values[k])
            else:
                np.put_lines(x[i], index[k], values)


def put_flat(a, k, value):
    """Stores a value at an index of the elements of an array in C order. Used by np.put.

    >>> np.put(np.zeros((2, 2)), np.array([3]), np.array([1.0]))
    """
    if a.ndim == 1:
        a[k] = value
    else:
        n = a.size // a.shape[0]
        np.put_flat(a[k // n], k % n, value)


def chosen(a, choices: each, k):
    """Of several arrays the elements of the one whose number, counted from k, stands in an array of integers. Used by np.choose.

    >>> np.choose(np.array([1, 0]), [np.array([1, 2]), np.array([4, 5])])
    """
    if len(choices) == 1:
        return np.where(op("==", a, k), choices[0], choices[0])
    return np.where(op("==", a, k), choices[0], np.chosen(a, choices[1:], k + 1))


def parts_from(a, sections: known, k: known, axis: axis):
    """The parts of an array along an axis from the k-th on, of a number of nearly equal ones. Used by np.array_split.

    >>> np.array_split(np.arange(5), 2)
    """
    n = a.shape[axis]
    start = k * (n // sections) + min(k, n % sections)
    stop = (k + 1) * (n // sections) + min(k + 1, n % sections)
    if k == sections - 1:
        return (slice_axis(a, axis, start, stop),)
    return (slice_axis(a, axis, start, stop),) + np.parts_from(a, sections, k + 1, axis)


def parts_between(a, start, stops: extents, axis: axis):
    """The parts of an array along an axis that begin at an index, and before each of others. Used by np.array_split.

    >>> np.array_split(np.arange(5), (1, 3))
    """
    if len(stops) == 0:
        return (slice_axis(a, axis, start, None),)
    return (slice_axis(a, axis, start, stops[0]),) + np.parts_between(a, stops[0], stops[1:], axis)


def without_leading_zeros(p):
    """A vector without the zeros at its front; one is there in any case. Used by np.polymul.

    >>> np.polymul(np.array([1, 2]), np.array([1, 2]))
    """
    if p.size == 0:
        return np.zeros(1, p.dtype)
    first = 0
    while first < p.size - 1 and p[first] == as_like(0, p):
        first += 1
    return p[first:]


def fill_indices(out, axis: known):
    """Stores the indices along an axis and those before it. Used by np.indices.

    >>> np.indices((2, 3))
    """
    line = as_dtype(np.arange(out.shape[axis + 1]), out.dtype)
    out[axis] = np.spread_along(line, out[axis], axis)
    if axis > 0:
        np.fill_indices(out, axis - 1)


def shape_tuple(shape: extents):
    """A shape as a tuple, also one that is a number. Used by np.indices.

    >>> np.indices((2, 3))
    """
    if isinstance(shape, tuple):
        return shape
    return (shape,)


def check_kth(a, kth, axis: axis):
    """Raises ValueError unless an index is one of an axis. Used by np.partition.

    >>> np.partition(np.array([3, 1, 2]), 1)
    """
    places = strong(kth)
    if places.dtype == np.bool_:
        raise ValueError("Booleans unacceptable as partition index")
    if is_float(places) or is_complex(places):
        static_error("Partition index must be integer; convert with int()")
    if is_array(kth):
        if as_array(kth).ndim > 1:
            raise ValueError("object too deep for desired array")
    n = a.size if axis is None else a.shape[axis]
    if a.size > 0 and np.any(op("|", op(">=", places, n), op("<", places, -n))):
        raise ValueError(f"kth(={int(np.max(places))}) out of bounds ({n})")


def sort_further(order, key, axis: axis):
    """Indices in an order, sorted by a key. Used by np.lexsort.

    >>> np.lexsort((np.array([1, 0, 1]), np.array([2, 2, 1])))
    """
    return np.take_along_axis(order, np.argsort(np.take_along_axis(key, order, axis), axis), axis)


def without_trailing_zeros(p):
    """A vector without the zeros at its end; one remains. Used by np.polynomial.

    >>> np.polynomial.polynomial.polymul(np.array([1.0, 2.0]), np.array([1.0, 2.0]))
    """
    n = p.size
    while n > 1 and p[n - 1] == as_like(0, p):
        n -= 1
    return p[:n]


def begins_group(s):
    """Whether each of sorted elements differs from the one before it. Used by np.unique.

    >>> np.unique(np.array([3, 1, 3]))
    """
    out = np.empty(s.size, np.bool_)
    out[:1] = True
    out[1:] = op("&", op("!=", s[1:], s[:-1]), op("|", op("==", s[1:], s[1:]), op("==", s[:-1], s[:-1])))
    return out


def check_same_kind(value, a):
    """Refuses elements of a kind that an array's dtype does not hold. Used by np.copyto.

    >>> np.copyto(np.zeros(2), np.array([1, 2]))
    """
    if is_complex(value) and not is_complex(a) or is_float(value) and not (is_float(a) or is_complex(a)):
        static_error("Cannot cast array data according to the rule 'same_kind'; convert with .astype(a.dtype)")
    if is_array(value):
        if a.dtype == np.bool_ and value.dtype != np.bool_ or is_unsigned(a) and not (is_unsigned(value) or value.dtype == np.bool_):
            static_error("Cannot cast array data according to the rule 'same_kind'; convert with .astype(a.dtype)")


def safely_converted(values, a):
    """Values in C order in the dtype of an array, which has to hold all numbers of the dtype of another one; a number is converted. Used by np.place and
    np.putmask.

    >>> np.putmask(np.zeros(2), np.array([True, False]), 4)
    """
    if not is_array(values):
        return np.full(1, as_dtype(values, a.dtype))
    if result_dtype(as_dtype(0, values.dtype), as_dtype(0, a.dtype)) != a.dtype:
        static_error("Cannot cast array data according to the rule 'safe'; give the values the dtype of the array: np.array([1, 2], a.dtype)")
    return np.ravel(as_dtype(values, a.dtype))


def can_broadcast(shape: extents, other: extents):
    """Whether arrays of two shapes can be broadcast together. Used by np.array_equiv.

    >>> np.array_equiv(np.array([1, 2]), np.array([1, 2, 3]))
    """
    if len(shape) == 0 or len(other) == 0:
        return True
    return (shape[-1] == other[-1] or shape[-1] == 1 or other[-1] == 1) and np.can_broadcast(shape[:-1], other[:-1])


def with_leading_zeros(p, q):
    """A vector with zeros before it, so that it is as long as another one. Used by np.polyadd and np.polysub.

    >>> np.polyadd(np.array([1, 2]), np.array([1]))
    """
    x = np.atleast_1d(p)
    y = np.atleast_1d(q)
    if x.ndim != 1 or y.ndim != 1:
        static_error("polynomials are vectors of coefficients here; call the function for each row")
    return np.concatenate((np.zeros(max(y.size - x.size, 0), x.dtype), x))


def check_contracted(shape: extents, other: extents):
    """Raises ValueError unless two shapes have the same extents, as far as both have any. Used by np.tensordot.

    >>> np.tensordot(np.array([1, 2]), np.array([3, 4]), 1)
    """
    if len(shape) > 0 and len(other) > 0:
        if shape[0] != other[0]:
            raise ValueError("shape-mismatch for sum")
        np.check_contracted(shape[1:], other[1:])


def as_coefficients(c):
    """Coefficients as floats or complex numbers. Used by np.polynomial.

    >>> np.polynomial.polynomial.polytrim(np.array([1, 2, 0]))
    """
    if c.dtype == np.bool_:
        raise ValueError("Coefficient arrays have no common type")
    if c.size == 0:
        raise ValueError("Coefficient array is empty")
    return as_dtype(c, mean_dtype(c))


def coefficients(c, other):
    """Coefficients without zeros at their end, in the dtype that they have in common with others. Used by np.polynomial.

    >>> np.polynomial.polynomial.polyadd(np.array([1, 2]), np.array([1.5]))
    """
    if other.dtype == np.bool_:
        raise ValueError("Coefficient arrays have no common type")
    return np.without_trailing_zeros(as_dtype(np.as_coefficients(c), result_dtype(as_dtype(0, mean_dtype(c)), as_dtype(0, mean_dtype(other)))))


def end_along(a, value, axis: axis):
    """What stands before or after an array along an axis: an array as it is, a number once for each line. Used by np.diff.

    >>> np.diff(np.array([1, 2, 4]), prepend=0)
    """
    if is_array(value):
        return value
    return np.full(np.sum(a, axis, None, keepdims=True).shape, strong(value))


def weights_between(a, edges, weights):
    """The sums of the weights of elements between edges, from running sums in the elements' order. Used by np.histogram.

    >>> np.histogram(np.array([1.0, 3.0]), np.array([0.0, 2.0, 4.0]), weights=np.array([0.5, 2.0]))
    """
    order = np.argsort(a)
    ordered = a[order]
    sums = np.zeros(a.size + 1, weights.dtype)
    sums[1:] = np.cumsum(weights[order], 0, weights.dtype)
    below = np.searchsorted(ordered, edges)
    below[-1] = np.searchsorted(ordered, edges[-1], "right")
    return np.diff(sums[below])


def edges_along(points, bins: value, limits: value):
    """The edges of bins along one axis: those that are given, or so many more than a number, over a range or that of the points. Used by np.histogram2d.

    >>> np.histogram2d(np.array([0.0, 1.0]), np.array([0.0, 2.0]), bins=1)
    """
    if is_array(bins):
        edges = as_array(bins)
        if np.any(op(">", edges[:-1], edges[1:])):
            raise ValueError("`bins` must be monotonically increasing, when an array")
        return edges
    if bins < 1:
        raise ValueError("`bins` must be positive, when an integer")
    if limits is None:
        low = as_dtype(0, mean_dtype(points))
        high = as_dtype(1, mean_dtype(points))
        if points.size > 0:
            low = as_dtype(np.min(points), mean_dtype(points))
            high = as_dtype(np.max(points), mean_dtype(points))
    else:
        low = np.float64(limits[0])
        high = np.float64(limits[1])
    if low > high:
        raise ValueError("max must be larger than min in range parameter.")
    if not (np.isfinite(low) and np.isfinite(high)):
        raise ValueError("autodetected range of the elements is not finite")
    if low == high:
        low -= 0.5
        high += 0.5
    return np.linspace(low, high, bins + 1)


def bins_along(points, edges):
    """In which bins along an axis points lie, where the last bin includes its right edge. Used by np.histogram2d.

    >>> np.histogram2d(np.array([0.0, 1.0]), np.array([0.0, 2.0]), bins=1)
    """
    return np.searchsorted(edges, points, "right") - 1 - as_dtype(op("==", points, edges[-1]), np.int64)


def meshgrid_of(x, y, copy):
    """Two arrays, or their copies. Used by np.meshgrid.

    >>> np.meshgrid(np.array([1, 2, 3]), np.array([4, 5]))[0]
    """
    if copy:
        return copy_of(x), copy_of(y)
    return x, y


def with_last_axes(a, count: known):
    """An array with a number of axes of extent 1 after its own. Used by np.polynomial.

    >>> np.polynomial.polynomial.polyval(np.array([1.0, 2.0]), np.array([[1.0, 0.0], [3.0, 2.0]]))
    """
    if count == 0:
        return a
    return np.with_last_axes(insert_axis(a, a.ndim), count - 1)
