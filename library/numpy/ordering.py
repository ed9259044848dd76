def partition(a, kth, axis: axis = -1, kind=None):
    """The elements along an axis such that the one at kth is where it would be if they were sorted, those before it are not larger, and those
    after it not smaller. They are sorted here.

    >>> np.partition(np.array([3, 1, 2]), 1)
    """
    np.check_kth(a, kth, axis)
    return np.sort(a, axis)


def argpartition(a, kth, axis: axis = -1, kind=None):
    """Indices that partition along an axis; see np.partition.

    >>> np.argpartition(np.array([3, 1, 2]), 1)
    """
    np.check_kth(a, kth, axis)
    return np.argsort(a, axis)


def lexsort(keys: each, axis: axis = -1):
    """Indices that sort by several keys, the last of which counts most; equal elements keep their order.

    >>> np.lexsort((np.array([1, 0, 1]), np.array([2, 2, 1])))
    """
    if len(keys) == 1:
        return np.argsort(keys[0], axis)
    return np.sort_further(np.lexsort(keys[:-1], axis), keys[-1], axis)


def sort_complex(a):
    """The elements as complex numbers in increasing order.

    >>> np.sort_complex(np.array([3, 1]))
    """
    return np.sort(as_dtype(a, result_dtype(as_dtype(0, mean_dtype(a)), as_dtype(0, np.complex64))))


def ediff1d(ary, to_end=None, to_begin=None):
    """Differences of neighbours of all elements in C order, with others before and after them.

    >>> np.ediff1d(np.array([1, 2, 4]), to_begin=np.array([-9]), to_end=np.array([8, 9]))
    """
    differences = np.diff(np.ravel(ary))
    if to_begin is not None:
        differences = np.concatenate((as_dtype(np.ravel(np.atleast_1d(to_begin)), differences.dtype), differences))
    if to_end is not None:
        differences = np.concatenate((differences, as_dtype(np.ravel(np.atleast_1d(to_end)), differences.dtype)))
    return differences


def nanprod(a, axis: axes = None, *, keepdims=False):
    """Product of the elements that are not NaN.

    >>> np.nanprod(np.array([2.0, np.nan, 3.0]))
    """
    return np.prod(np.where(np.isnan(a), as_dtype(1, a.dtype), a), axis, None, keepdims=keepdims)


def nancumprod(a, axis: axis = None, dtype=None):
    """Running products in which NaN counts as 1, along an axis, or of all elements in C order without one.

    >>> np.nancumprod(np.array([2.0, np.nan, 3.0]))
    """
    return np.cumprod(np.where(np.isnan(a), as_dtype(1, a.dtype), a), axis, dtype)


def nanquantile(a, q, axis: axes = None, *, keepdims=False):
    """The value below which a part q of the elements that are not NaN lies; NaN if there are none. See np.quantile.

    >>> np.nanquantile(np.array([10.0, np.nan, 4.0, 3.0]), 0.5)
    """
    if is_array(q):
        static_error("np.nanquantile takes one q at a time; call it for each")
    if keepdims:
        return np.keep_axes(a, np.nanquantile(a, q, axis), axis)
    if isinstance(axis, tuple):
        return np.nanquantile(merge_axes(a, axis), q, -1)
    if axis is not None and a.ndim > 1:
        rows = np.rows_along(a, axis)
        values = np.empty(rows.shape[0], mean_dtype(a))
        for i in range(rows.shape[0]):
            values[i] = np.nanquantile(rows[i], q)
        return np.from_row_values(values, a, axis)
    flat = np.ravel(a)
    kept = np.take_where(flat, op("==", flat, flat), 0)
    if kept.size == 0:
        return as_dtype(np.nan, result_dtype(as_dtype(0, mean_dtype(a)), q))
    return np.quantile(kept, q)


def nanpercentile(a, q, axis: axes = None, *, keepdims=False):
    """The value below which q per cent of the elements that are not NaN lie: np.nanquantile(a, q / 100).

    >>> np.nanpercentile(np.array([10.0, np.nan, 4.0, 3.0]), 50)
    """
    if not (q >= 0.0 and q <= 100.0):
        raise ValueError("Percentiles must be in the range [0, 100]")
    return np.nanquantile(a, q / 100.0, axis, keepdims=keepdims)


def cumulative_sum(x, /, *, axis: axis = None, dtype=None, include_initial=False):
    """Running sums along an axis, which has to be named where there are several; with include_initial, 0 comes first.

    >>> np.cumulative_sum(np.array([1, 2, 3]), include_initial=True)
    """
    if axis is None:
        if x.ndim > 1:
            raise ValueError("For arrays which have more than one dimension ``axis`` argument is required.")
        return np.cumulative_sum(x, axis=0, dtype=dtype, include_initial=include_initial)
    sums = np.cumsum(x, axis, dtype)
    if include_initial:
        first = np.sum(slice_axis(x, axis, 0, 0), axis, sums.dtype, keepdims=True)
        return np.concatenate((first, sums), axis)
    return sums


def cumulative_prod(x, /, *, axis: axis = None, dtype=None, include_initial=False):
    """Running products along an axis, which has to be named where there are several; with include_initial, 1 comes first.

    >>> np.cumulative_prod(np.array([1, 2, 3]), include_initial=True)
    """
    if axis is None:
        if x.ndim > 1:
            raise ValueError("For arrays which have more than one dimension ``axis`` argument is required.")
        return np.cumulative_prod(x, axis=0, dtype=dtype, include_initial=include_initial)
    products = np.cumprod(x, axis, dtype)
    if include_initial:
        first = np.prod(slice_axis(x, axis, 0, 0), axis, products.dtype, keepdims=True)
        return np.concatenate((first, products), axis)
    return products
