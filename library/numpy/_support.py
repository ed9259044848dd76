def integer_power(x1, x2, message="Integers to negative integer powers are not allowed."):
    """An integer to a power that is not negative, by repeated squaring; wraps. Used by `**` and np.power.

    >>> np.power(3, 4)
    """
    if x2 < 0:
        raise ValueError(message)
    base = x1
    result = as_like(1, x1)
    p = x2
    while p > 0:
        if p & 1 == 1:
            result = op("*", result, base)
        base = op("*", base, base)
        p = op(">>", p, 1)
    return result


def power_of_minus_one(x1, x2, message="Integers to negative integer powers are not allowed."):
    """An integer power of -1, that is -1 for odd exponents. Used by `**` and np.power.

    >>> np.power(-1, 3)
    """
    if x2 < 0:
        raise ValueError(message)
    return op("-", as_like(1, x2), op("<<", op("&", x2, 1), 1))


def power_of_two(x1, x2, message="Integers to negative integer powers are not allowed."):
    """An integer power of 2, as a shift. Used by `**` and np.power.

    >>> np.power(2, 10)
    """
    if x2 < 0:
        raise ValueError(message)
    return op("<<", as_like(1, x2), x2)


def integer_powers(x1, x2):
    """Integers to powers, element by element. Used by `**` and np.power.

    >>> np.power(np.array([1, 2, 3]), 10)
    """
    a = copy_of(as_array(op("+", x1, op("*", x2, 0))))
    b = np.ravel(copy_of(as_array(op("+", x2, op("*", x1, 0)))))
    flat = np.ravel(a)
    for i in range(flat.size):
        flat[i] = np.integer_power(flat[i], b[i])
    return a


def sum_in_order(a, start):
    """Python's own sum of the items of an array: one after another, from a start value.

    >>> sum(np.array([0.5, 1.5, 2.0]))
    """
    if a.ndim > 1:
        return np.sum(a, 0) + start
    total = start
    for x in a:
        total += x
    return total


def round_integer(x, digits):
    """A Python int rounded to a number of decimals, which is negative to have an effect; ties to even.

    >>> round(1250, -2)
    """
    scale = 1
    for _ in range(-digits):
        scale *= 10
    rest = (x + 0) % scale
    down = x - rest
    if 2 * rest > scale or (2 * rest == scale and down // scale % 2 == 1):
        return down + scale
    return down


def round_decimal(x, digits):
    """A Python float rounded to a number of decimals as Python does: the decimal nearest to the exact value, ties to even.

    The product x * 10**digits is split into its rounded value and the rounding error (T. J. Dekker, A floating-point technique
    for extending the available precision, 1971), so that a tie is recognised exactly for up to 22 decimals.

    >>> round(2.675, 2)
    """
    if digits < 0:
        scale = 1.0
        for _ in range(-digits):
            scale *= 10.0
        return np.rint(x / scale) * scale
    if digits > 22 or np.abs(x) >= 4503599627370496.0 or x != x:
        return np.float64(x)
    scale = 1.0
    for _ in range(digits):
        scale *= 10.0
    high = x * scale
    if np.abs(high) >= 4503599627370496.0:
        return np.float64(x)
    a = x * 134217729.0
    a = a - (a - x)
    b = scale * 134217729.0
    b = b - (b - scale)
    low = ((a * b - high) + a * (scale - b) + (x - a) * b) + (x - a) * (scale - b)
    whole = np.floor(high)
    rest = (high - whole) + low
    if rest > 0.5 or (rest == 0.5 and whole % 2.0 == 1.0):
        whole = whole + 1.0
    return np.copysign(whole / scale, x)


def put_elements(value, out, mask):
    """`out[...] = value`, where a mask is true if there is one; gives the array. What `out=` of a ufunc does within an expression.

    >>> np.negative(np.add(np.array([1, 2]), 1))
    """
    if mask is None:
        out[...] = value
        return out
    out[...] = select(mask, value, out)
    return out


def put_result(value, out, mask):
    """`out[...] = value` for a value of the same shape; gives the array. What `out=` of np.sum and others does.

    >>> np.sum(np.array([[1, 2], [3, 4]]), axis=0)
    """
    if value.shape != out.shape:
        raise ValueError("the output array does not have the shape of the result")
    out[...] = value
    return out


def rows_along(a, axis):
    """A copy of an array whose rows are its lines along an axis: what works along the last axis of a matrix then works along any. Used
    by np.sort, np.cumsum and others.

    >>> np.sort(np.array([[2, 1], [0, 3]]), axis=0)
    """
    lines = copy_of(swap_axes(a, axis, a.ndim - 1))
    return np.reshape(lines, (np.sum(a, axis, None, keepdims=True).size, a.shape[axis]))


def from_rows(rows, a, axis):
    """The reverse of rows_along: rows as the lines of an array of a's shape.

    >>> np.sort(np.array([[2, 1], [0, 3]]), axis=0)
    """
    return swap_axes(np.reshape(rows, swap_axes(a, axis, a.ndim - 1).shape), axis, a.ndim - 1)


def spread_along(line, a, axis):
    """A 1-D array as one that broadcasts along an axis of a. Used by np.average and others.

    >>> np.average(np.array([[1, 2], [3, 5]]), axis=0, weights=np.array([1.0, 2.0]))
    """
    if line.ndim < a.ndim:
        return np.spread_along(insert_axis(line, 0), a, axis)
    return swap_axes(line, axis, a.ndim - 1)


def running_input(a, dtype, out):
    """What sums and products combine: elements in the dtype of the results, or one that also holds those of the array for them.

    >>> np.cumsum(np.array([True, True]))
    """
    if dtype is not None:
        return as_dtype(a, dtype)
    if out is not None:
        return as_dtype(a, result_dtype(as_dtype(0, out), as_dtype(0, a.dtype)))
    return as_dtype(a, sum_dtype(a))


def reduce_from(name, a, axis: axes, keepdims, initial, where):
    """Elements combined along axes, from an initial number and where a mask is true. What np.sum and others do.

    >>> np.max(np.array([1, 5, 3]), initial=4, where=np.array([True, False, True]))
    """
    if where is None:
        if initial is None:
            return reduce(name, a, axis, keepdims)
    if name == "min" or name == "max":
        if initial is None:
            static_error("np.min and np.max have no identity, so that where needs initial; write initial=np.inf, or the largest number of the dtype")
    if name == "all" or name == "any":
        return reduce(name, np.where(where, a, name == "all"), axis, keepdims)
    if where is None:
        return np.from_initial(name, a, axis, keepdims, as_dtype(strong(initial), a.dtype) if is_array(initial) else as_dtype(initial, a.dtype))
    start = np.identity_of(name, a) if initial is None else as_dtype(initial, a.dtype)
    if name == "sum" and (is_float(a) or is_complex(a)) and is_array(a):
        if axis is None:
            rows = np.where(where, a, a)
            first = as_dtype(0, a.dtype) if initial is None else start
            total = np.sum_where(np.ravel(rows), np.ravel(stretch_to(where, rows.shape)), first)
            return np.keep_axes(a, total, axis) if keepdims else total
    return np.from_initial(name, np.where(where, a, np.identity_of(name, a) if name != "min" and name != "max" else start), axis, keepdims, start)


def identity_of(name, a):
    """The number that changes no sum or product of elements like a's. Used by np.sum and np.prod.

    >>> np.sum(np.array([1, 2]), where=np.array([True, False]))
    """
    if name == "prod":
        return as_dtype(1, a.dtype)
    if is_float(a):
        return as_dtype(-0.0, a.dtype)
    return as_dtype(0, a.dtype)


def from_initial(name, a, axis: axes, keepdims, initial):
    """Elements combined along axes from an initial number, which comes first. Used by np.sum and others.

    >>> np.sum(np.array([1, 2]), initial=3)
    """
    if name == "sum":
        return initial + reduce("sum", a, axis, keepdims)
    if name == "prod":
        return initial * reduce("prod", a, axis, keepdims)
    if not is_array(a):
        return op(name, initial, a)
    if count_along(a, axis) == 0:
        # What is added up where there is nothing is nothing.
        return np.sum(as_dtype(np.isnan(a), a.dtype), axis, a.dtype, None, keepdims) + initial
    return op(name, initial, reduce(name, a, axis, keepdims))


def sum_where(a, mask, start):
    """The sum of floats where a mask is true, each run of them by itself, as NumPy adds. Used by np.sum.

    >>> np.sum(np.array([0.5, 1.5, 2.5]), where=np.array([True, False, True]))
    """
    total = start
    i = 0
    while i < a.size:
        if mask[i]:
            j = i + 1
            while j < a.size and mask[j]:
                j += 1
            total = total + np.sum(a[i:j])
            i = j
        else:
            i += 1
    return total


def count_where(a, axis: axes, keepdims, where):
    """How many elements are combined along axes. Used by np.mean and np.var.

    >>> np.mean(np.array([1.0, 2.0]), where=np.array([True, False]))
    """
    if where is None:
        return count_along(a, axis)
    return np.sum(np.where(np.isnan(a), where, where), axis, np.int64, None, keepdims)


def correlate_real(a: vector, v: vector, mode):
    """Cross-correlation without conjugation. Used by np.correlate.

    >>> np.correlate(np.array([1, 2, 3]), np.array([0, 1, 2]))
    """
    if mode == "same":
        if len(v) > len(a):
            return np.convolve(a, v[::-1])[len(a) // 2 : len(a) // 2 + len(v)]
    return np.convolve(a, v[::-1], mode)


def squared_size(d):
    """The squares of the sizes of numbers, element by element. Used by np.var and np.linalg.norm.

    >>> np.var(np.array([1.0, 2.0]))
    """
    if is_complex(d):
        return d.real * d.real + d.imag * d.imag
    return d * d


def divided(total, n, dtype, out):
    """A sum divided by a count, through the array that takes it if there is one. Used by np.mean and np.var.

    >>> np.mean(np.array([1, 2, 4]))
    """
    if out is None:
        return as_dtype(total / n, dtype)
    return as_dtype(as_dtype(total, out) / n, out)


def from_row_values(values, a, axis):
    """One value for each row of rows_along, as an array of a's shape without the axis. Used by np.median and np.quantile.

    >>> np.median(np.array([[1, 2], [3, 5]]), axis=0)
    """
    lines = np.reshape(values, swap_axes(a, axis, a.ndim - 1).shape[:-1] + (1,))
    return drop_axis(swap_axes(lines, axis, a.ndim - 1), axis)


def magnitude(n):
    """The absolute value of an integer as a uint64, which holds that of the most negative integer too. Used by np.gcd and np.lcm.

    >>> np.gcd(np.int8(-128), np.int8(7))
    """
    return np.uint64(0) - np.uint64(n) if n < 0 else np.uint64(n)


def keep_axes(a, value, axis: axes):
    """What was combined along axes of an array, with these axes again, of extent 1. Used by np.median and np.quantile.

    >>> np.median(np.array([[1, 2], [3, 5]]), axis=0, keepdims=True)
    """
    if axis is not None and is_array(value):
        if isinstance(axis, tuple):
            if len(axis) == 0:
                return value
        return np.expand_dims(value, axis)
    return np.full(np.sum(a, None, None, keepdims=True).shape, value)


def is_nothing(a, axis: axes):
    """Whether there is no element to combine along axes, but a place for what is combined. Used by np.nanmin and np.nanmax.

    >>> np.nanmin(np.array([[1.0, np.nan]]), axis=0)
    """
    return count_along(a, axis) == 0 and np.sum(a, axis, None, keepdims=True).size > 0


def count_numbers(a, axis: axes, keepdims):
    """How many elements are not NaN, in integers of their width, which are counted together. Used by np.nanmean and np.nanvar.

    >>> np.nanmean(np.array([1.0, np.nan, 3.0]))
    """
    numbers = np.logical_not(np.isnan(a))
    if a.dtype == np.float32:
        return as_dtype(np.sum(numbers, axis, np.int32, keepdims=keepdims), np.float64)
    return as_dtype(np.sum(numbers, axis, None, keepdims=keepdims), np.float64)


def insert_along(arr, obj, values, axis):
    """Values inserted before an index of an axis. They have the array's dimensions, the first of which counts what is inserted, or fewer, for
    one place; they broadcast to the other axes. Used by np.insert.

    >>> np.insert(np.array([[1, 2], [3, 4]]), 1, 9, axis=1)
    >>> np.insert(np.array([[1, 2], [3, 4]]), 1, np.array([8, 9]), axis=0)
    >>> np.insert(np.array([[1, 2], [3, 4]]), 1, np.array([[8, 9], [6, 7]]), axis=1)
    """
    n = arr.shape[axis]
    x = np.moveaxis(arr, axis, 0)
    if obj < -n or obj > n:
        x[of_axis(obj, axis)]
    k = obj
    if k < 0:
        k += n
    count = 1
    if is_array(values):
        if values.ndim > arr.ndim:
            raise ValueError("could not broadcast input array into shape")
        if values.ndim == arr.ndim:
            count = values.shape[0]
    out = np.empty((n + count,) + x.shape[1:], arr.dtype)
    out[:k] = x[:k]
    out[k:k + count] = as_dtype(values, arr.dtype)
    out[k + count:] = x[k:]
    if axis == 0:
        return out
    return np.copy(np.moveaxis(out, 0, axis))


def interp_at(x, xp, fp):
    """Piecewise linear interpolation at one float64, as NumPy computes it. Used by np.interp.

    >>> np.interp(2.5, np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 0.0]))
    """
    if x != x:
        return x
    if x < xp[0]:
        return np.float64(fp[0])
    last = len(xp) - 1
    if x >= xp[last]:
        return np.float64(fp[last])
    j = np.searchsorted(xp, x, "right") - 1
    x0 = np.float64(xp[j])
    y0 = np.float64(fp[j])
    if x == x0:
        return y0
    x1 = np.float64(xp[j + 1])
    y1 = np.float64(fp[j + 1])
    slope = (y1 - y0) / (x1 - x0)
    y = slope * (x - x0) + y0
    if y != y:
        # Infinite ends: from the other one.
        y = slope * (x - x1) + y1
        if y != y and y0 == y1:
            y = y0
    return y


def pad_source(p, n, mode):
    """Which of n elements stands at a place before or after them. Used by np.pad.

    >>> np.pad(np.array([1, 2, 3]), 2, "wrap")
    """
    if mode == "edge":
        return min(max(p, 0), n - 1)
    if mode == "wrap":
        return p % n
    if mode == "symmetric":
        q = p % (2 * n)
        return min(q, 2 * n - 1 - q)
    if mode == "reflect":
        period = max(2 * n - 2, 1)
        q = p % period
        return min(q, period - q)
    static_error("np.pad has the modes constant, edge, reflect, symmetric and wrap")


def pad_rows(a, before, after, mode, value):
    """An array with rows added before and after it. Used by np.pad.

    >>> np.pad(np.array([1, 2, 3]), (2, 1))
    """
    if before < 0 or after < 0:
        raise ValueError("index can't contain negative values")
    n = a.shape[0]
    out = np.empty((before + n + after,) + a.shape[1:], a.dtype)
    out[before : before + n] = a
    if mode == "constant":
        out[:before] = as_dtype(strong(value), a.dtype)
        out[before + n :] = as_dtype(strong(value), a.dtype)
        return out
    if n == 0 and before + after > 0:
        raise ValueError("can't extend empty axis 0 using modes other than 'constant' or 'empty'")
    for i in range(before):
        out[i] = a[np.pad_source(i - before, n, mode)]
    for i in range(before + n, out.shape[0]):
        out[i] = a[np.pad_source(i - before, n, mode)]
    return out


def sort_key(items, keys, i):
    """What the i-th item is sorted by: itself, or the key that it is the index of. Used by merge_sorted.

    >>> np.sort(np.array([2, 1]))
    """
    if keys is None:
        return items[i]
    return keys[items[i]]


def in_order(x, y):
    """Whether x may stand before y in a sorted array: NaN comes last. Used by merge_sorted.

    >>> np.sort(np.array([2, 1]))
    """
    if is_complex(x):
        return not np.complex_before(y, x)
    return op("|", op("<=", x, y), op("!=", y, y))


def insertion_sorted(items, keys, start, stop):
    """A few items sorted by themselves, or indices by the keys at them, NaN last; the array is overwritten. Used by np.sort and np.argsort.

    >>> np.sort(np.array([2, 1]))
    """
    for i in range(start + 1, stop):
        item = items[i]
        key = np.sort_key(items, keys, i)
        j = i - 1
        while j >= start:
            other = np.sort_key(items, keys, j)
            if np.in_order(other, key):
                break
            items[j + 1] = items[j]
            j -= 1
        items[j + 1] = item
    return items


def merge_sorted(items, keys):
    """Items sorted by themselves, or indices by the keys at them, NaN last: runs of 16 by insertion, then merged from the bottom up.

    Merging computes which side an item comes from instead of branching on it, since that cannot be predicted. Used by np.sort and
    np.argsort; `items` is overwritten.

    >>> np.sort(np.array([2, 1]))
    """
    n = items.size
    source = items
    for start in range(0, n, 16):
        np.insertion_sorted(source, keys, start, min(start + 16, n))
    if n <= 16:
        return source
    target = np.empty_like(source)
    width = 16
    while width < n:
        start = 0
        while start < n:
            middle = min(start + width, n)
            stop = min(start + 2 * width, n)
            i = start
            j = middle
            k = start
            while i < middle and j < stop:
                x = np.sort_key(source, keys, i)
                y = np.sort_key(source, keys, j)
                left = int(np.in_order(x, y))
                target[k] = source[j + (i - j) * left]
                i += left
                j += 1 - left
                k += 1
            for rest in range(i, middle):
                target[k] = source[rest]
                k += 1
            for rest in range(j, stop):
                target[k] = source[rest]
                k += 1
            start += 2 * width
        source, target = target, source
        width *= 2
    return source


def interp_within(x, xp, fp, left, right):
    """Piecewise linear interpolation at one float64, with one value left and another one right of the points. Used by np.interp.

    >>> np.interp(0.5, np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 0.0]), left=7.0)
    """
    if x < xp[0]:
        return left
    if x > xp[-1]:
        return right
    return np.interp_at(x, xp, fp)


def gradient_evenly(y, h, edge_order):
    """Derivatives along the first axis of samples a distance apart. Used by np.gradient.

    >>> np.gradient(np.array([1.0, 2.0, 4.0]))
    """
    n = y.shape[0]
    if n < edge_order + 1:
        raise ValueError("Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.")
    out = np.empty(y.shape, y.dtype)
    out[1:-1] = (y[2:] - y[:-2]) / (2.0 * h)
    if edge_order != 1:
        out[0] = -1.5 / h * y[0] + 2.0 / h * y[1] + -0.5 / h * y[2]
        out[-1] = 0.5 / h * y[-3] + -2.0 / h * y[-2] + 1.5 / h * y[-1]
    else:
        out[0] = (y[1] - y[0]) / h
        out[-1] = (y[-1] - y[-2]) / h
    return out


def gradient_at(y, h, edge_order):
    """Derivatives along the first axis of samples with distances between them. Used by np.gradient.

    >>> np.gradient(np.array([1.0, 2.0, 4.0]), np.array([0.0, 1.0, 3.0]))
    """
    n = y.shape[0]
    if n < edge_order + 1:
        raise ValueError("Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.")
    out = np.empty(y.shape, y.dtype)
    for i in range(1, n - 1):
        p = h[i - 1]
        q = h[i]
        out[i] = -q / (p * (p + q)) * y[i - 1] + (q - p) / (p * q) * y[i] + p / (q * (p + q)) * y[i + 1]
    if edge_order != 1:
        p = h[0]
        q = h[1]
        out[0] = -(2.0 * p + q) / (p * (p + q)) * y[0] + (p + q) / (p * q) * y[1] + -p / (q * (p + q)) * y[2]
        p = h[-2]
        q = h[-1]
        out[-1] = q / (p * (p + q)) * y[-3] + -(q + p) / (p * q) * y[-2] + (2.0 * q + p) / (q * (p + q)) * y[-1]
    else:
        out[0] = (y[1] - y[0]) / h[0]
        out[-1] = (y[-1] - y[-2]) / h[-1]
    return out
