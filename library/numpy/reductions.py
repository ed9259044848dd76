def sum(a, axis: axes = None, dtype=None, out: reduced = None, keepdims=False, initial: given = None, where: mask = True):
    """Sum of the elements of an array, over all of it or along one axis.

    Integers narrower than 64 bits and bool are summed as int64 (unsigned: uint64). Floats are added in NumPy's pairwise
    order, so the result is NumPy's to the bit.

    >>> np.sum(np.array([[1, 2], [3, 4]]))
    >>> np.sum(np.array([[1.5, 2.5], [3.5, 4.5]]), axis=0)
    >>> np.sum(np.array([[1, 2], [3, 4]]), axis=-1, keepdims=True)
    >>> np.sum(np.array([1, 2, 3]), initial=10, where=np.array([True, False, True]))
    """
    if dtype is None and out is not None:
        if out == np.bool_ and a.dtype == np.bool_:
            dtype = np.bool_
    if dtype is None:
        return np.reduce_from("sum", np.running_input(a, None, out), axis, keepdims, initial, where)
    if dtype == np.bool_:
        return np.any(a, axis, None, keepdims, where=where) if initial is None else np.any(a, axis, None, keepdims, where=where) | as_dtype(initial, np.bool_)
    return np.reduce_from("sum", as_dtype(a, dtype), axis, keepdims, initial, where)


def prod(a, axis: axes = None, dtype=None, out: reduced = None, keepdims=False, initial: given = None, where: mask = True):
    """Product of the elements of an array, over all of it or along one axis.

    >>> np.prod(np.array([1, 2, 3, 4]))
    >>> np.prod(np.array([[1.5, 2.0], [3.0, 4.0]]), axis=1)
    """
    if dtype is None and out is not None:
        if out == np.bool_ and a.dtype == np.bool_:
            dtype = np.bool_
    if dtype is None:
        return np.reduce_from("prod", np.running_input(a, None, out), axis, keepdims, initial, where)
    if dtype == np.bool_:
        return np.all(a, axis, None, keepdims, where=where) if initial is None else np.all(a, axis, None, keepdims, where=where) & as_dtype(initial, np.bool_)
    return np.reduce_from("prod", as_dtype(a, dtype), axis, keepdims, initial, where)


def min(a, axis: axes = None, out: reduced = None, keepdims=False, initial: given = None, where: mask = True):
    """Smallest element; NaN if there is one. Raises ValueError for an empty array.

    >>> np.min(np.array([3, 1, 2]))
    >>> np.min(np.array([[3.0, 1.0], [2.0, np.nan]]), axis=0)
    """
    return np.reduce_from("min", a, axis, keepdims, initial, where)


def max(a, axis: axes = None, out: reduced = None, keepdims=False, initial: given = None, where: mask = True):
    """Largest element; NaN if there is one. Raises ValueError for an empty array.

    >>> np.max(np.array([3, 1, 2]))
    >>> np.max(np.array([[3.0, 1.0], [2.0, np.nan]]), axis=1)
    """
    return np.reduce_from("max", a, axis, keepdims, initial, where)


amin = min
amax = max


def ptp(a, axis: axes = None, out: reduced = None, keepdims=False):
    """Largest minus smallest element.

    >>> np.ptp(np.array([3, 1, 7]))
    """
    if out is not None:
        both = as_dtype(0, result_dtype(as_dtype(0, out), as_dtype(0, a.dtype)))
        if is_float(both) and not is_float(as_dtype(0, out)) or is_unsigned(as_dtype(0, out)) and not is_unsigned(a) or out == np.bool_:
            static_error("np.ptp does not convert its result to the dtype of out; write out=np.empty(n, a.dtype)")
        return op("-", as_dtype(np.max(a, axis, keepdims=keepdims), out), np.min(a, axis, keepdims=keepdims))
    return np.max(a, axis, keepdims=keepdims) - np.min(a, axis, keepdims=keepdims)


def argmin(a, axis: axis = None, out: reduced = None, *, keepdims=False):
    """Index of the first smallest element, in C order or along an axis; of the first NaN if there is one.

    >>> np.argmin(np.array([3, 1, 2, 1]))
    >>> np.argmin(np.array([[3.0, 1.0], [2.0, 5.0]]), axis=0)
    """
    if out is not None:
        if result_dtype(as_dtype(0, out), as_dtype(0, np.int64)) != np.int64:
            static_error("np.argmin stores into an array of integers that int64 holds; write out=np.empty(n, np.int64)")
    return reduce("argmin", a, axis, keepdims)


def argmax(a, axis: axis = None, out: reduced = None, *, keepdims=False):
    """Index of the first largest element, in C order or along an axis; of the first NaN if there is one.

    >>> np.argmax(np.array([3, 7, 2, 7]))
    >>> np.argmax(np.array([[3.0, 1.0], [2.0, 5.0]]), axis=1)
    """
    if out is not None:
        if result_dtype(as_dtype(0, out), as_dtype(0, np.int64)) != np.int64:
            static_error("np.argmax stores into an array of integers that int64 holds; write out=np.empty(n, np.int64)")
    return reduce("argmax", a, axis, keepdims)


def all(a, axis: axes = None, out: reduced = None, keepdims=False, *, where: mask = True):
    """Whether all elements are true (not zero); True for an empty array.

    >>> np.all(np.array([1, 2, 0]))
    >>> np.all(np.array([[True, False], [True, True]]), axis=0)
    """
    return np.reduce_from("all", as_dtype(a, np.bool_), axis, keepdims, None, where)


def any(a, axis: axes = None, out: reduced = None, keepdims=False, *, where: mask = True):
    """Whether any element is true (not zero); False for an empty array.

    >>> np.any(np.array([0, 2, 0]))
    >>> np.any(np.array([[True, False], [False, False]]), axis=1)
    """
    return np.reduce_from("any", as_dtype(a, np.bool_), axis, keepdims, None, where)


def count_nonzero(a, axis: axes = None, *, keepdims=False):
    """Number of elements that are not zero.

    >>> np.count_nonzero(np.array([0, 2, 0, -1]))
    >>> np.count_nonzero(np.array([[1.0, 0.0], [2.0, 3.0]]), axis=0)
    """
    if axis is None and a.ndim == 1 and a.dtype == np.bool_ and not keepdims:
        # Counts of parts fit into 16 bits, of which a vector has eight.
        n = 0
        for start in range(0, a.size, 16384):
            part = np.int16(0)
            for i in range(start, min(start + 16384, a.size)):
                part += np.int16(a[i])
            n += int(part)
        return np.int64(n)
    return reduce("sum", as_dtype(as_dtype(a, np.bool_), np.int64), axis, keepdims)


def mean(a, axis: axes = None, dtype=None, out: reduced = None, keepdims=False, *, where: mask = True):
    """Arithmetic mean. Integers and bool are averaged in float64, float32 in float32. NaN for an empty array.

    >>> np.mean(np.array([1, 2, 4]))
    >>> np.mean(np.array([[1.0, 2.0], [3.0, 5.0]]), axis=0)
    """
    # The division is float64's: a float32 holds no count beyond 2**24.
    n = np.count_where(a, axis, keepdims, where)
    if dtype is None:
        return np.divided(np.sum(as_dtype(a, mean_dtype(a)), axis, None, None, keepdims, where=where), as_dtype(n, np.float64), mean_dtype(a), out)
    if is_float(as_dtype(0, dtype)) or is_complex(as_dtype(0, dtype)):
        return np.divided(np.sum(as_dtype(a, dtype), axis, None, None, keepdims, where=where), as_dtype(n, np.float64), dtype, out)
    return np.divided(np.sum(a, axis, dtype, None, keepdims, where=where), n, dtype, out)


def var(a, axis: axes = None, dtype=None, out: reduced = None, ddof=0, keepdims=False, *, where: mask = True):
    """Variance: the mean of the squared distances from the mean, divided by n - ddof.

    >>> np.var(np.array([1.0, 2.0, 4.0]))
    >>> np.var(np.array([[1.0, 2.0], [3.0, 5.0]]), axis=0)
    """
    d = a - np.mean(a, axis, dtype, None, True, where=where)
    n = as_dtype(np.maximum(np.count_where(a, axis, keepdims, where) - ddof, 0), np.float64)
    if dtype is None:
        return np.divided(np.sum(np.squared_size(d), axis, None, None, keepdims, where=where), n, part_dtype(as_dtype(0, mean_dtype(a))), out)
    if is_complex(d):
        static_error("np.var of complex numbers has no dtype here; convert with .astype(np.complex128)")
    if not is_float(as_dtype(0, dtype)):
        static_error("np.var computes in a float dtype here: write dtype=np.float64")
    return np.divided(np.sum(as_dtype(d * d, dtype), axis, None, None, keepdims, where=where), n, dtype, out)


def std(a, axis: axes = None, dtype=None, out: reduced = None, ddof=0, keepdims=False, *, where: mask = True):
    """Standard deviation: the square root of the variance.

    >>> np.std(np.array([1.0, 2.0, 4.0]))
    """
    if out is None:
        return np.sqrt(np.var(a, axis, dtype, None, ddof, keepdims, where=where))
    if not is_float(as_dtype(0, out)):
        static_error("np.std stores into an array of floats; write out=np.empty(n)")
    return np.sqrt(as_dtype(np.var(a, axis, dtype, None, ddof, keepdims, where=where), out))


def cumsum(a, axis: axis = None, dtype=None, out: reduced = None):
    """Running sums along an axis, or of all elements in C order without one.

    >>> np.cumsum(np.array([1, 2, 3, 4]))
    >>> np.cumsum(np.array([[0.5, 1.5], [2.5, 3.5]]))
    """
    if dtype is None and out is not None:
        if out == np.bool_ and a.dtype == np.bool_:
            return np.cumsum(a, axis, np.bool_)
    if dtype is not None:
        if dtype == np.bool_:
            return as_dtype(np.cumsum(as_dtype(a, np.bool_), axis), np.bool_)
    if axis is not None:
        if a.ndim > 1:
            rows = np.rows_along(np.running_input(a, dtype, out), axis)
            for i in range(rows.shape[0]):
                rows[i] = np.cumsum(rows[i])
            return np.from_rows(rows, a, axis)
    return scan("sum", np.running_input(np.ravel(a), dtype, out))


def cumprod(a, axis: axis = None, dtype=None, out: reduced = None):
    """Running products along an axis, or of all elements in C order without one.

    >>> np.cumprod(np.array([1, 2, 3, 4]))
    """
    if dtype is None and out is not None:
        if out == np.bool_ and a.dtype == np.bool_:
            return np.cumprod(a, axis, np.bool_)
    if dtype is not None:
        if dtype == np.bool_:
            return as_dtype(np.cumprod(as_dtype(a, np.bool_), axis), np.bool_)
    if axis is not None:
        if a.ndim > 1:
            rows = np.rows_along(np.running_input(a, dtype, out), axis)
            for i in range(rows.shape[0]):
                rows[i] = np.cumprod(rows[i])
            return np.from_rows(rows, a, axis)
    return scan("prod", np.running_input(np.ravel(a), dtype, out))


def nansum(a, axis: axes = None, dtype=None, out: reduced = None, keepdims=False, initial=None, where: mask = True):
    """Sum of the elements that are not NaN.

    >>> np.nansum(np.array([1.0, np.nan, 3.0]))
    """
    numbers = np.where(np.isnan(a), as_dtype(0, a.dtype), a)
    if initial is None:
        return np.sum(numbers, axis, dtype, None, keepdims, where=where)
    return np.sum(numbers, axis, dtype, None, keepdims, initial, where)


def nanmin(a, axis: axes = None, *, keepdims=False):
    """Smallest element that is not NaN; NaN if all are. Raises ValueError if there is none at all.

    >>> np.nanmin(np.array([2.0, np.nan, 1.0]))
    """
    if np.is_nothing(a, axis):
        raise ValueError("zero-size array to reduction operation fmin which has no identity")
    extreme = np.min(np.where(np.isnan(a), as_dtype(np.inf, a.dtype), a), axis, keepdims=keepdims)
    if is_float(a) and not is_array(extreme):
        if extreme != as_dtype(np.inf, a.dtype):
            return extreme
    return np.where(np.all(np.isnan(a), axis, keepdims=keepdims), as_dtype(np.nan, a.dtype), extreme)


def nanmax(a, axis: axes = None, *, keepdims=False):
    """Largest element that is not NaN; NaN if all are. Raises ValueError if there is none at all.

    >>> np.nanmax(np.array([2.0, np.nan, 1.0]))
    """
    if np.is_nothing(a, axis):
        raise ValueError("zero-size array to reduction operation fmax which has no identity")
    extreme = np.max(np.where(np.isnan(a), as_dtype(-np.inf, a.dtype), a), axis, keepdims=keepdims)
    if is_float(a) and not is_array(extreme):
        if extreme != as_dtype(-np.inf, a.dtype):
            return extreme
    return np.where(np.all(np.isnan(a), axis, keepdims=keepdims), as_dtype(np.nan, a.dtype), extreme)


def nanmean(a, axis: axes = None, *, keepdims=False):
    """Mean of the elements that are not NaN.

    >>> np.nanmean(np.array([1.0, np.nan, 3.0]))
    """
    if not is_float(a) and not is_complex(a):
        return np.mean(a, axis, keepdims=keepdims)
    n = np.count_numbers(a, axis, keepdims)
    return as_dtype(np.nansum(a, axis, keepdims=keepdims) / n, a.dtype)


def average(a, axis: axes = None, weights=None, returned=False, *, keepdims=False):
    """The mean, or the mean weighted by an array of the same shape, or of one axis; if it is returned, also the sum of the weights.
    ZeroDivisionError if the weights sum to 0.

    >>> np.average(np.array([1.0, 2.0, 4.0]), weights=np.array([3.0, 2.0, 1.0]))
    >>> np.average(np.array([[1, 2], [3, 4], [5, 6]]), axis=0, weights=np.array([1.0, 0.5, 2.0]))
    """
    if weights is None:
        average = np.mean(a, axis, None, keepdims=keepdims)
        if returned:
            return average, np.full_like(average, count_along(a, axis))
        return average
    w = as_array(weights)
    if w.ndim != a.ndim:
        if axis is None:
            raise TypeError("Axis must be specified when shapes of a and weights differ.")
        if w.ndim != 1:
            static_error("Axis must be specified when shapes of a and weights differ; write axis=0 and weights of that axis")
        if w.size != a.shape[axis]:
            raise ValueError("Shape of weights must be consistent with shape of a along specified axis.")
        w = np.spread_along(w, a, axis)
    elif w.shape != a.shape:
        if axis is None:
            raise TypeError("Axis must be specified when shapes of a and weights differ.")
        raise ValueError("Shape of weights must be consistent with shape of a along specified axis.")
    dtype = result_dtype(as_dtype(0, mean_dtype(a)), w)
    total = np.sum(as_dtype(w, dtype), axis, None, keepdims=keepdims)
    if np.any(op("==", total, 0)):
        raise ZeroDivisionError("Weights sum to zero, can't be normalized")
    average = np.sum(as_dtype(a, dtype) * as_dtype(w, dtype), axis, None, keepdims=keepdims) / total
    if returned:
        return average, total
    return average


def quantile(a, q, axis: axes = None, out: reduced = None, overwrite_input=False, method="linear", keepdims=False):
    """The value below which a part q of the sorted elements lies; for an array of parts, the array of their values. Along axes if they are
    given: the parts come first then. The methods are those of Hyndman and Fan, Sample Quantiles in Statistical Packages, 1996, under
    NumPy's names.

    >>> np.quantile(np.array([10.0, 7.0, 4.0, 3.0]), 0.4)
    >>> np.quantile(np.array([10.0, 7.0, 4.0, 3.0]), np.array([0.25, 0.75]))
    >>> np.quantile(np.array([[10.0, 7.0], [4.0, 3.0]]), 0.5, axis=0)
    >>> np.quantile(np.array([[10.0, 7.0], [4.0, 3.0]]), np.array([0.25, 0.5]), axis=0)
    >>> np.quantile(np.array([10.0, 7.0, 4.0, 3.0]), 0.4, method="hazen")
    """
    return np.within_kind(np.quantiles(a, q, axis, method, keepdims, False), out)


def percentile(a, q, axis: axes = None, out: reduced = None, overwrite_input=False, method="linear", keepdims=False):
    """The value below which q per cent of the sorted elements lie: np.quantile(a, q / 100).

    >>> np.percentile(np.array([10.0, 7.0, 4.0, 3.0]), 25.0)
    >>> np.percentile(np.array([10.0, 7.0, 4.0, 3.0]), np.array([25, 75]))
    """
    return np.within_kind(np.quantiles(a, np.hundredths(a, q), axis, method, keepdims, False), out)


def nanvar(a, axis: axes = None, *, ddof=0, keepdims=False):
    """Variance of the elements that are not NaN.

    >>> np.nanvar(np.array([2.0, np.nan, 1.0]))
    """
    if not is_float(a) and not is_complex(a):
        return np.var(a, axis, ddof=ddof, keepdims=keepdims)
    d = a - np.nanmean(a, axis, keepdims=True)
    n = np.count_numbers(a, axis, keepdims) - ddof
    squares = np.where(np.isnan(a), as_dtype(0, part_dtype(a)), np.squared_size(d))
    return as_dtype(np.where(op("<=", n, 0.0), np.nan, np.sum(squares, axis, None, keepdims=keepdims) / n), part_dtype(a))


def nanstd(a, axis: axes = None, *, ddof=0, keepdims=False):
    """Standard deviation of the elements that are not NaN.

    >>> np.nanstd(np.array([1.0, np.nan, 3.0]))
    """
    return np.sqrt(np.nanvar(a, axis, ddof=ddof, keepdims=keepdims))


def nanmedian(a, axis: axes = None, *, keepdims=False):
    """The median of the elements that are not NaN; NaN if there are none. Along an axis if one is given.

    >>> np.nanmedian(np.array([3.0, np.nan, 1.0, 2.0]))
    >>> np.nanmedian(np.array([[3.0, np.nan], [1.0, 2.0]]), axis=0)
    """
    if keepdims:
        return np.keep_axes(a, np.nanmedian(a, axis), axis)
    if isinstance(axis, tuple):
        if len(axis) == 0:
            return np.copy(as_dtype(a, mean_dtype(a)))
        return np.nanmedian(merge_axes(a, axis), -1)
    if axis is not None and a.ndim > 1:
        rows = np.rows_along(a, axis)
        middles = np.empty(rows.shape[0], mean_dtype(a))
        for i in range(rows.shape[0]):
            middles[i] = np.nanmedian(rows[i])
        return np.from_row_values(middles, a, axis)
    flat = np.ravel(a)
    return np.median(np.take_where(flat, op("==", flat, flat), 0))


def nancumsum(a, axis: axis = None, dtype=None):
    """Running sums in which NaN counts as 0, along an axis, or of all elements in C order without one.

    >>> np.nancumsum(np.array([1.0, np.nan, 3.0]))
    """
    return np.cumsum(np.where(np.isnan(a), as_dtype(0, a.dtype), a), axis, dtype)


def nanargmin(a, axis: axis = None, *, keepdims=False):
    """Index of the first smallest element that is not NaN. ValueError if all are.

    >>> np.nanargmin(np.array([np.nan, 3.0, 1.0]))
    """
    if np.any(np.all(np.isnan(a), axis)):
        raise ValueError("All-NaN slice encountered")
    return np.argmin(np.where(np.isnan(a), as_dtype(np.inf, a.dtype), a), axis, keepdims=keepdims)


def nanargmax(a, axis: axis = None, *, keepdims=False):
    """Index of the first largest element that is not NaN. ValueError if all are.

    >>> np.nanargmax(np.array([np.nan, 3.0, 1.0]))
    """
    if np.any(np.all(np.isnan(a), axis)):
        raise ValueError("All-NaN slice encountered")
    return np.argmax(np.where(np.isnan(a), as_dtype(-np.inf, a.dtype), a), axis, keepdims=keepdims)


def cov(m, y=None, rowvar=True, bias=False, ddof=None):
    """Covariance matrix of variables, the rows of a 2-D array (with rowvar=False its columns), or of two 1-D arrays: of the products of
    distances from the means, the sum divided by n - 1 (with bias by n, else by n - ddof).

    >>> np.cov(np.array([[0.0, 1.0, 2.0], [2.0, 1.0, 0.0]]))
    >>> np.cov(np.array([0.0, 1.0, 4.0]), np.array([2, 1, 0]))
    """
    if y is not None:
        if m.ndim != 1 or y.ndim != 1:
            static_error("np.cov takes a matrix, or two 1-D arrays")
        return np.cov(np.stack((m, y)), None, True, bias, ddof)
    if m.ndim != 2:
        static_error("np.cov takes a matrix, or two 1-D arrays; use np.var(m, ddof=1)")
    if not rowvar:
        return np.cov(swap_axes(m, 0, 1), None, True, bias, ddof)
    if ddof is None:
        if bias:
            return np.cov(m, None, True, True, 0)
        return np.cov(m, None, True, False, 1)
    if ddof != int(ddof):
        raise ValueError("ddof must be integer")
    x = as_dtype(m, np.float64)
    d = x - np.mean(x, 1, None, keepdims=True)
    return np.matmul(d, swap_axes(d, 0, 1)) * (1.0 / np.float64(max(m.shape[1] - ddof, 0)))


def corrcoef(x, y=None, rowvar=True):
    """Correlation coefficients of variables: their covariance matrix divided by their standard deviations. See np.cov.

    >>> np.corrcoef(np.array([0.0, 1.0, 4.0]), np.array([2.0, 1.0, 0.0]))
    """
    c = np.cov(x, y, rowvar)
    s = np.sqrt(np.diag(c))
    return np.clip(c / insert_axis(s, 1) / insert_axis(s, 0), -1.0, 1.0)
