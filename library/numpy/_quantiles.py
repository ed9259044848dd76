def hundredths(a, q):
    """Percentages as parts of 1, in the dtype of an array of floats if they have none. Used by np.percentile.

    >>> np.percentile(np.array([10.0, 7.0, 4.0, 3.0]), 25.0)
    """
    if is_complex(q):
        static_error("percentages are real numbers; take the parts: q.real")
    if is_array(q):
        parts = as_array(q)
        if not np.all(op("&", op(">=", parts, 0), op("<=", parts, 100))):
            raise ValueError("Percentiles must be in the range [0, 100]")
        return as_dtype(parts, mean_dtype(parts)) / as_dtype(100, mean_dtype(parts))
    if not (q >= 0 and q <= 100):
        raise ValueError("Percentiles must be in the range [0, 100]")
    return q / 100.0


def quantiles(a, q, axis: axes, method, keepdims, skips_nan):
    """The elements of an array at parts of its lines along axes, each sorted. Used by np.quantile.

    >>> np.quantile(np.array([10.0, 7.0, 4.0, 3.0]), 0.4)
    """
    if is_complex(a) or is_complex(q):
        static_error("np.quantile does not take complex numbers; take the parts: np.quantile(z.real, q)")
    if a.dtype == np.bool_:
        static_error("np.quantile does not take bool; convert with .astype(np.float64)")
    if isinstance(axis, tuple):
        if len(axis) == 0:
            lines = insert_axis(a, a.ndim)
        else:
            lines = np.moveaxis(merge_axes(a, axis), -1, -1)
    elif axis is None or a.ndim == 0:
        lines = np.ravel(a)
    else:
        lines = np.moveaxis(a, axis, -1)
    if not is_array(q):
        dtype = result_dtype(a, q if is_float(q) else 1.0)
        if lines.ndim == 1 and not keepdims:
            return np.quantile_of_line(lines, q, dtype, method, skips_nan)
        values = np.quantiles_of_lines(lines, np.full(1, q), dtype, method, skips_nan)
        return np.reshape(values, np.sum(a, axis, None, keepdims=keepdims).shape)
    parts = as_array(q)
    dtype = result_dtype(a, parts) if is_float(parts) else result_dtype(a, as_dtype(0, np.float64))
    values = np.quantiles_of_lines(lines, np.ravel(parts), dtype, method, skips_nan)
    if keepdims:
        return np.reshape(values, parts.shape + np.sum(a, axis, None, keepdims=True).shape)
    return np.reshape(values, parts.shape + lines.shape[:-1])


def is_taken(q, method):
    """Whether quantiles are elements of the array, between which nothing is computed. Used by np.quantile.

    >>> np.quantile(np.array([10, 7, 4, 3]), 0.4, method="lower")
    """
    if method == "linear":
        return not is_float(q)
    return method == "lower" or method == "higher" or method == "nearest" or method == "inverted_cdf" or method == "closest_observation"


def quantiles_of_lines(lines, q, dtype, method, skips_nan):
    """Several quantiles of each line along the last axis: a row for each. Used by np.quantile.

    >>> np.quantile(np.array([[10.0, 7.0], [4.0, 3.0]]), np.array([0.25, 0.5]), axis=1)
    """
    count = 1
    for extent in lines.shape[:-1]:
        count *= extent
    rows = np.reshape(lines, (count, lines.shape[-1]))
    values = np.empty((q.size, count), lines.dtype if np.is_taken(q, method) else dtype)
    for i in range(count):
        line = np.sort(rows[i]) if q.size > 1 else rows[i]
        for k in range(q.size):
            values[k, i] = np.quantile_of_line(line, q[k], dtype, method, skips_nan)
    return values


def quantile_of_line(line, q, dtype, method, skips_nan):
    """A quantile of a 1-D array, or of its elements that are not NaN. Used by np.quantile.

    >>> np.nanquantile(np.array([10.0, np.nan, 4.0, 3.0]), 0.5)
    """
    if not (q >= 0 and q <= 1):
        raise ValueError("Quantiles must be in the range [0, 1]")
    if skips_nan:
        kept = np.take_where(line, op("==", line, line), 0)
        if kept.size == 0:
            if not is_float(line):
                static_error("np.nanquantile of integers is np.quantile")
            return as_dtype(np.nan, line.dtype if np.is_taken(q, method) else dtype)
        return np.quantile_of(kept, q, dtype, method)
    return np.quantile_of(line, q, dtype, method)


def quantile_of(a, q, dtype, method):
    """A quantile of a 1-D array, in a dtype if it lies between elements. Used by np.quantile.

    >>> np.quantile(np.array([1.0, 2.0]), 0.5)
    """
    if a.size == 0:
        raise IndexError("index -1 is out of bounds for axis 0 with size 0")
    if np.is_taken(q, method):
        place = np.quantile_index(a.size, q, method)
        x, y = np.two_in_order(a, place, place)
        return x
    position = np.quantile_position(a.size, q, method)
    low = min(max(int(np.floor(position)), 0), a.size - 1)
    high = min(low + 1, a.size - 1) if position >= 0 else 0
    x, y = np.two_in_order(a, low, high)
    rest = position - low
    if method == "averaged_inverted_cdf":
        rest = as_like(0.5 if rest == 0 else 1.0, rest)
    if method == "midpoint":
        rest = as_like(0.0 if rest == 0 else 0.5, rest)
    t = as_dtype(rest, dtype)
    span = op("-", y, x)
    if t >= 0.5:
        return y - span * (1 - t)
    return x + span * t


def quantile_position(n, q, method):
    """Where among n sorted elements a quantile lies, between two of them in proportion. Used by np.quantile.

    >>> np.quantile(np.array([1.0, 2.0]), 0.5)
    """
    part = q if is_float(q) else as_dtype(q, np.float64)
    count = as_like(n, part)
    if method == "linear":
        return (count - 1) * part
    if method == "midpoint":
        return 0.5 * (np.floor((count - 1) * part) + np.ceil((count - 1) * part))
    if method == "averaged_inverted_cdf":
        return count * part - 1
    if method == "interpolated_inverted_cdf":
        return count * part + part * 0.0 - 1
    if method == "hazen":
        return count * part + (0.5 + part * 0.0) - 1
    if method == "weibull":
        return count * part + part - 1
    if method == "median_unbiased":
        return count * part + (0.3333333333333333 + part * 0.33333333333333337) - 1
    if method != "normal_unbiased":
        raise ValueError("the method of np.quantile is none of NumPy's")
    return count * part + (0.375 + part * 0.25) - 1


def quantile_index(n, q, method):
    """Which of n sorted elements a quantile is. Used by np.quantile.

    >>> np.quantile(np.array([1.0, 2.0]), 0.5, method="lower")
    """
    if method == "linear":
        return (n - 1) * int(q)
    part = q if is_float(q) else as_dtype(q, np.float64)
    count = as_like(n, part)
    if method == "lower":
        return int(np.floor((count - 1) * part))
    if method == "higher":
        return int(np.ceil((count - 1) * part))
    if method == "nearest":
        return int(np.rint((count - 1) * part))
    position = count * part - 1 if method == "inverted_cdf" else count * part - 1 - 0.5
    below = np.floor(position)
    exact = position == below and (method == "inverted_cdf" or below % 2 == 1)
    return max(int(below) + (0 if exact else 1), 0)


def within_kind(value, out):
    """A result, whose kind the dtype of the array that takes it has to hold. Used by np.quantile.

    >>> np.quantile(np.array([1.0, 2.0]), 0.5)
    """
    if out is not None:
        np.check_same_kind(value, np.zeros(1, out))
    return value
