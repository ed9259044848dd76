def diff(a, n: integer = 1, axis: axis = -1, prepend=None, append=None):
    """Differences of neighbours along an axis: out[i] = a[i + 1] - a[i], applied n times; of the array with others, or numbers, before and after it.

    >>> np.diff(np.array([1, 2, 4, 7, 0]))
    >>> np.diff(np.array([1, 2, 4, 7, 0]), n=2)
    >>> np.diff(np.array([[1, 3, 6, 10], [0, 5, 6, 8]]), axis=0)
    """
    if n < 0:
        raise ValueError("order must be non-negative")
    if n == 0:
        return a
    if prepend is not None:
        return np.diff(np.concatenate((np.end_along(a, prepend, axis), a), axis), n, axis, None, append)
    if append is not None:
        return np.diff(np.concatenate((a, np.end_along(a, append, axis)), axis), n, axis)
    if n > 1:
        out = np.diff(a, 1, axis)
        for _ in range(n - 1):
            out = np.diff(out, 1, axis)
        return out
    high = slice_axis(a, axis, 1, None)
    low = slice_axis(a, axis, None, -1)
    if a.dtype == np.bool_:
        return op("!=", high, low)
    return op("-", high, low)


def trapezoid(y, x=None, dx=1.0, axis: axis = -1):
    """Integral of samples along an axis by the trapezoidal rule: the sum of d * (y[i + 1] + y[i]) / 2, with d from the 1-D array x or dx.

    >>> np.trapezoid(np.array([1.0, 2.0, 3.0]))
    >>> np.trapezoid(np.array([1.0, 2.0, 3.0]), np.array([0.0, 2.0, 3.0]))
    >>> np.trapezoid(np.array([[1.0, 2.0], [3.0, 4.0]]), axis=0)
    """
    high = slice_axis(y, axis, 1, None)
    low = slice_axis(y, axis, None, -1)
    if x is None:
        return np.sum(dx * (high + low) / 2.0, axis)
    if y.ndim > 1 and axis != -1 and axis != y.ndim - 1:
        static_error("np.trapezoid with x works along the last axis here; exchange the axes first, np.swapaxes(y, axis, -1)")
    return np.sum(np.diff(x) * (high + low) / 2.0, -1)


def gradient(f, spacing=1.0, /, *, axis: axis = None, edge_order: integer = 1):
    """Derivative of samples along an axis by central differences, at the ends by one-sided ones of first or second order; the samples are a distance
    apart, or at the places in an array.

    >>> np.gradient(np.array([1.0, 2.0, 4.0, 7.0, 11.0]))
    >>> np.gradient(np.array([1, 2, 4, 7]), 2.0)
    >>> np.gradient(np.array([1.0, 2.0, 4.0]), np.array([0.0, 1.0, 3.0]))
    >>> np.gradient(np.array([[1.0, 2.0], [4.0, 8.0]]), axis=0)
    >>> np.gradient(np.array([1.0, 2.0, 4.0, 8.0]), edge_order=2)
    """
    if f.ndim == 0:
        static_error("np.gradient takes samples along an axis")
    if f.dtype == np.bool_:
        static_error("np.gradient subtracts, which NumPy does not do with booleans; convert with .astype(np.int64)")
    if axis is None and f.ndim > 1:
        static_error("np.gradient of several dimensions gives a tuple; call it for each axis: np.gradient(f, axis=0)")
    if edge_order > 2:
        raise ValueError("'edge_order' greater than 2 not supported")
    y = np.moveaxis(as_dtype(f, mean_dtype(f)), 0 if axis is None else axis, 0)
    n = y.shape[0]
    if is_array(spacing):
        if spacing.ndim != 1:
            raise ValueError("distances must be either scalars or 1d")
        if spacing.size != n:
            raise ValueError("when 1d, distances must match the length of the corresponding dimension")
        h = np.diff(spacing)
        if n > 1 and np.all(op("==", h, h[0])):
            return np.moveaxis(np.gradient_evenly(y, h[0], edge_order), 0, 0 if axis is None else axis)
        return np.moveaxis(np.gradient_at(y, as_dtype(h, result_dtype(y, h)), edge_order), 0, 0 if axis is None else axis)
    return np.moveaxis(np.gradient_evenly(y, spacing, edge_order), 0, 0 if axis is None else axis)


def polyval(p, x):
    """The polynomial p[0] x**n + ... + p[n - 1] x + p[n] at a number or at each element, by Horner's rule. Coefficients
    may be arrays, which are broadcast with x.

    >>> np.polyval(np.array([3, 0, 1]), 5)
    >>> np.polyval([1.0, -2.0], np.array([0.5, 2.0]))
    """
    c = as_array(p)
    if c.ndim > 1:
        sums = np.zeros(c.shape[1:], c.dtype) * x
        for k in range(c.shape[0]):
            sums = sums * x + c[k]
        return sums
    if is_array(x):
        points = as_array(x)
        flat = np.ravel(points)
        out = np.empty(flat.size, result_dtype(c, flat))
        for i in range(flat.size):
            out[i] = np.polyval(c, flat[i])
        return np.reshape(out, points.shape)
    at = strong(x)
    y = as_dtype(0, result_dtype(c, at))
    for k in range(c.size):
        y = y * at + c[k]
    return y


def interp(x, xp, fp, left=None, right=None, period=None):
    """Piecewise linear interpolation of the points (xp, fp) at one x or at each element; constant outside, or left and right of it. xp increases; with
    a period, it is in any order, and the function goes on as it began.

    >>> np.interp(2.5, np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 0.0]))
    >>> np.interp(np.array([0.0, 1.5]), np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 0.0]), left=-1.0)
    >>> np.interp(np.array([-180.0, 355.0]), np.array([190.0, -190.0, 350.0]), np.array([5.0, 10.0, 3.0]), period=360.0)
    """
    if xp.ndim != 1 or fp.ndim != 1:
        static_error("np.interp takes 1-D arrays as xp and fp")
    if period is not None:
        if period == 0:
            raise ValueError("period must be a non-zero value")
        if len(xp) != len(fp):
            raise ValueError("fp and xp are not of the same length.")
        turn = np.abs(np.float64(period))
        places = modulo(as_dtype(xp, np.float64), turn)
        order = np.argsort(places)
        places = places[order]
        values = as_array(fp)[order]
        places = np.concatenate((places[-1:] - turn, places, places[:1] + turn))
        values = np.concatenate((values[-1:], values, values[:1]))
        return np.interp(modulo(as_dtype(x, np.float64), turn), places, values)
    if len(xp) == 0:
        raise ValueError("array of sample points is empty")
    if len(xp) != len(fp):
        raise ValueError("fp and xp are not of the same length.")
    first = np.float64(fp[0]) if left is None else np.float64(left)
    last = np.float64(fp[-1]) if right is None else np.float64(right)
    if is_array(x):
        flat = np.ravel(x)
        out = np.empty(flat.size)
        for i in range(flat.size):
            out[i] = np.interp_within(np.float64(flat[i]), xp, fp, first, last)
        return np.reshape(out, x.shape)
    return np.interp_within(np.float64(x), xp, fp, first, last)


def searchsorted(a: vector, v, side="left", sorter: integers = None):
    """Where v would be inserted into a sorted 1-D array to keep it sorted, before ("left") or after ("right") equal elements. NaN is last.

    >>> np.searchsorted(np.array([1, 2, 2, 5]), 2)
    >>> np.searchsorted(np.array([1, 2, 2, 5]), 2, side="right")
    >>> np.searchsorted(np.array([1.0, 2.0]), np.array([[0.0, np.nan]]))
    """
    if side != "left" and side != "right":
        raise ValueError("search side must be 'left' or 'right'")
    if sorter is not None:
        if sorter.size != a.size:
            raise ValueError("sorter.size must equal len(a)")
        if np.any(op("|", op("<", sorter, 0), op(">=", sorter, a.size))):
            raise ValueError("Sorter index out of range.")
        return np.searchsorted(np.take_at(a, sorter, 0), v, side)
    if is_array(v):
        places = np.empty(v.size, np.int64)
        flat = np.ravel(v)
        for i in range(flat.size):
            places[i] = np.searchsorted(a, flat[i], side)
        return np.reshape(places, v.shape)
    # The place is one of size + 1 from low on. Which half it lies in is computed instead of branched on, since that cannot be predicted.
    low = 0
    size = len(a)
    while size > 0:
        half = op(">>", size + 1, 1)
        x = a[as_dtype(low + half - 1, np.uint32)]
        if side == "left":
            before = op("|", op("<", x, v), op("&", op("!=", v, v), op("==", x, x)))
        else:
            before = op("|", op("<=", x, v), op("!=", v, v))
        low += op("&", half, -int(before))
        size = op(">>", size, 1)
    return np.int64(low)


def bincount(x: integers, weights=None, minlength: integer = 0):
    """Number of occurrences of each value in a 1-D array of non-negative integers, or the sums of their weights.

    >>> np.bincount(np.array([0, 1, 1, 3]))
    >>> np.bincount(np.array([0, 1, 1]), np.array([0.5, 1.0, 2.0]))
    """
    if x.ndim != 1:
        static_error("np.bincount counts the elements of an array of one dimension; pass np.ravel(x)")
    if minlength < 0:
        raise ValueError("'minlength' must not be negative")
    if weights is not None:
        if weights.size != x.size:
            raise ValueError("The weights and list don't have the same length.")
    n = minlength
    for i in range(x.size):
        k = int(x[i])
        if k < 0:
            raise ValueError("'list' argument must have no negative elements")
        if k >= n:
            n = k + 1
    if weights is None:
        counts = np.zeros(n, np.int64)
        for i in range(x.size):
            counts[x[i]] += 1
        return counts
    else:
        sums = np.zeros(n, np.float64)
        for i in range(x.size):
            sums[x[i]] += weights[i]
        return sums


def sort(a, axis: axis = -1, kind=None, *, stable=None):
    """The elements in increasing order along an axis, NaN last; equal elements keep their order.

    >>> np.sort(np.array([3, 1, 2]))
    >>> np.sort(np.array([2.5, np.nan, -1.0]))
    >>> np.sort(np.array([[3, 1, 2], [6, 5, 4]]))
    """
    np.check_sort(kind, stable)
    if axis is None:
        return np.sort(np.ravel(a))
    if a.ndim > 1:
        rows = np.rows_along(a, axis)
        for i in range(rows.shape[0]):
            rows[i] = np.sort(rows[i])
        return np.from_rows(rows, a, axis)
    return np.sorted_copy(a)


def median(a, axis: axes = None, out: reduced = None, overwrite_input=False, keepdims=False):
    """The middle of the sorted elements, or the mean of the two middle ones; NaN if there is a NaN or nothing. Along an axis if one is given.

    >>> np.median(np.array([3.0, 1.0, 2.0, 10.0]))
    >>> np.median(np.array([[3, 1, 2], [6, 5, 4]]), axis=1)
    """
    if keepdims:
        return np.keep_axes(a, np.median(a, axis), axis)
    if isinstance(axis, tuple):
        if len(axis) == 0:
            return np.copy(as_dtype(a, mean_dtype(a)))
        return np.median(merge_axes(a, axis), -1)
    if axis is not None and a.ndim > 1:
        rows = np.rows_along(a, axis)
        middles = np.empty(rows.shape[0], mean_dtype(a))
        for i in range(rows.shape[0]):
            middles[i] = np.median(rows[i])
        return np.from_row_values(middles, a, axis)
    dtype = mean_dtype(a)
    if a.size == 0:
        return np.mean(as_dtype(np.ravel(a), dtype))
    # The mean of one element too: it makes 0.0 of -0.0.
    x, y = np.two_in_order(as_dtype(np.ravel(a), dtype), (a.size - 1) // 2, a.size // 2)
    return np.mean(np.array((x, y) if a.size % 2 == 0 else (x, x)))


def unwrap(p, discont=None, axis: axis = -1, *, period: number = 6.283185307179586):
    """Angles along an axis, with multiples of a period added where neighbours are further apart than half of it, or than discont.

    >>> np.unwrap(np.array([0.0, 3.0, -3.0, 0.0]))  # ~4ulp
    """
    differences = np.diff(p, 1, axis)
    dtype = result_dtype(differences, period)
    if is_float(as_dtype(0, dtype)):
        high = period / 2
        ambiguous = True
    else:
        high = period // 2
        ambiguous = period % 2 == 0
    low = -high
    turned = op("+", modulo(op("-", differences, low), period), low)
    turned = np.where(op("&", op("&", op("==", turned, low), op(">", differences, 0)), ambiguous), as_dtype(high, turned.dtype), turned)
    limit = period / 2 if discont is None else discont
    correction = op("-", turned, differences)
    added = np.cumsum(np.where(op("<", np.abs(differences), limit), as_dtype(0, correction.dtype), correction), axis)
    x = as_dtype(p, dtype)
    return np.concatenate((slice_axis(x, axis, None, 1), as_dtype(op("+", slice_axis(p, axis, 1, None), added), dtype)), axis)
