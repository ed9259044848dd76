def partition(a, kth, axis: axis = -1, kind="introselect"):
    """The elements along an axis such that the one at kth is where it would be if they were sorted, those before it are not larger, and those
    after it not smaller: in the order that they had. With several kth they are sorted.

    >>> np.partition(np.array([3, 1, 2]), 1)
    """
    if kind != "introselect":
        raise ValueError(f"select kind must be 'introselect' (got '{kind}')")
    np.check_kth(a, kth, axis)
    if axis is None:
        return np.partition(np.ravel(a), kth)
    if np.is_sorted_whole(a, kth):
        return np.sort(a, axis)
    if a.ndim > 1:
        rows = np.rows_along(a, axis)
        for i in range(rows.shape[0]):
            rows[i] = np.partition(rows[i], kth)
        return np.from_rows(rows, a, axis)
    return np.take_at(a, np.selecting_order(a, kth), 0)


def argpartition(a, kth, axis: axis = -1, kind="introselect"):
    """Indices that partition along an axis; see np.partition.

    >>> np.argpartition(np.array([3, 1, 2]), 1)
    """
    if kind != "introselect":
        raise ValueError(f"select kind must be 'introselect' (got '{kind}')")
    np.check_kth(a, kth, axis)
    if axis is None:
        return np.argpartition(np.ravel(a), kth)
    if np.is_sorted_whole(a, kth):
        return np.argsort(a, axis)
    if a.ndim > 1:
        rows = np.rows_along(a, axis)
        orders = np.empty(rows.shape, np.int64)
        for i in range(rows.shape[0]):
            orders[i] = np.argpartition(rows[i], kth)
        return np.from_rows(orders, a, axis)
    return np.selecting_order(a, kth)


def lexsort(keys: each, axis: axis = -1):
    """Indices that sort by several keys, the last of which counts most; equal elements keep their order.

    >>> np.lexsort((np.array([1, 0, 1]), np.array([2, 2, 1])))
    """
    if axis is None:
        static_error("np.lexsort sorts along one axis; write it as an integer")
    if len(keys) == 1:
        return np.argsort(keys[0], axis)
    if keys[0].shape != keys[-1].shape:
        raise ValueError("all keys need to be the same shape")
    return np.sort_further(np.lexsort(keys[:-1], axis), keys[-1], axis)


def sort_complex(a):
    """The elements as complex numbers in increasing order: of integers of at most 16 bits as complex64, of others as complex128.

    >>> np.sort_complex(np.array([3, 1]))
    """
    if is_complex(a):
        return np.sort(a)
    if a.dtype == np.int8 or a.dtype == np.uint8 or a.dtype == np.int16 or a.dtype == np.uint16:
        return as_dtype(np.sort(a), np.complex64)
    return as_dtype(np.sort(a), np.complex128)


def ediff1d(ary, to_end=None, to_begin=None):
    """Differences of neighbours of all elements in C order, with others before and after them, whose kind the dtype has to hold.

    >>> np.ediff1d(np.array([1, 2, 4]), to_begin=np.array([-9]), to_end=np.array([8, 9]))
    """
    if ary.dtype == np.bool_:
        static_error("np.ediff1d subtracts, which NumPy does not do with booleans; convert with .astype(np.int64)")
    differences = np.diff(np.ravel(ary))
    if to_begin is not None:
        first = np.atleast_1d(to_begin)
        np.check_same_kind(first, differences)
        differences = np.concatenate((as_dtype(np.ravel(first), differences.dtype), differences))
    if to_end is not None:
        last = np.atleast_1d(to_end)
        np.check_same_kind(last, differences)
        differences = np.concatenate((differences, as_dtype(np.ravel(last), differences.dtype)))
    return differences


def nanprod(a, axis: axes = None, dtype=None, out: reduced = None, keepdims=False, initial=None, where: mask = True):
    """Product of the elements that are not NaN.

    >>> np.nanprod(np.array([2.0, np.nan, 3.0]))
    """
    numbers = np.where(np.isnan(a), as_dtype(1, a.dtype), a)
    if initial is None:
        return np.prod(numbers, axis, dtype, None, keepdims, where=where)
    return np.prod(numbers, axis, dtype, None, keepdims, initial, where)


def nancumprod(a, axis: axis = None, dtype=None):
    """Running products in which NaN counts as 1, along an axis, or of all elements in C order without one.

    >>> np.nancumprod(np.array([2.0, np.nan, 3.0]))
    """
    return np.cumprod(np.where(np.isnan(a), as_dtype(1, a.dtype), a), axis, dtype)


def nanquantile(a, q, axis: axes = None, out: reduced = None, overwrite_input=False, method="linear", keepdims=False):
    """The value below which a part q of the elements that are not NaN lies; NaN if there are none. See np.quantile.

    >>> np.nanquantile(np.array([10.0, np.nan, 4.0, 3.0]), 0.5)
    """
    return np.within_kind(np.quantiles(a, q, axis, method, keepdims, True), out)


def nanpercentile(a, q, axis: axes = None, out: reduced = None, overwrite_input=False, method="linear", keepdims=False):
    """The value below which q per cent of the elements that are not NaN lie: np.nanquantile(a, q / 100).

    >>> np.nanpercentile(np.array([10.0, np.nan, 4.0, 3.0]), 50)
    """
    return np.within_kind(np.quantiles(a, np.hundredths(a, q), axis, method, keepdims, True), out)


def cumulative_sum(x, /, *, axis: axis = None, dtype=None, out: reduced = None, include_initial=False):
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


def cumulative_prod(x, /, *, axis: axis = None, dtype=None, out: reduced = None, include_initial=False):
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
