def zeros(shape: extents, dtype=float):
    """A new array of zeros.

    >>> np.zeros(3)
    >>> np.zeros((2, 2), dtype=np.int32)
    """
    return zeros_of(shape, dtype)


def ones(shape: extents, dtype=float):
    """A new array of ones.

    >>> np.ones(3)
    >>> np.ones((2, 2), np.uint8)
    """
    return full_of(shape, as_dtype(1, dtype))


def full(shape: extents, fill_value, dtype=None):
    """A new array of one value, of the value's dtype unless another is given; or of an array stretched to the shape.

    >>> np.full(3, 7)
    >>> np.full((2, 3), np.array([1, 2, 3]))
    >>> np.full((2, 2), 0.5, dtype=np.float32)
    """
    if is_array(fill_value):
        return np.array(stretch_to(as_array(fill_value), shape), dtype)
    if dtype is None:
        return full_of(shape, strong(fill_value))
    return full_of(shape, as_dtype(fill_value, dtype))


def empty(shape: extents, dtype=float):
    """A new array of unspecified contents.

    >>> np.empty((0, 3)).shape
    """
    return empty_of(shape, dtype)


def zeros_like(a, dtype=None, *, shape: extents = None):
    """A new array of zeros with the shape and dtype of another, or with those that are given.

    >>> np.zeros_like(np.array([1, 2, 3]))
    """
    if shape is None:
        return np.zeros_like(a, dtype, shape=a.shape)
    if dtype is None:
        return zeros_of(shape, a.dtype)
    return zeros_of(shape, dtype)


def ones_like(a, dtype=None, *, shape: extents = None):
    """A new array of ones with the shape and dtype of another, or with those that are given.

    >>> np.ones_like(np.array([1.5, 2.5]))
    """
    if shape is None:
        return np.ones_like(a, dtype, shape=a.shape)
    if dtype is None:
        return full_of(shape, as_dtype(1, a.dtype))
    return full_of(shape, as_dtype(1, dtype))


def full_like(a, fill_value, dtype=None, *, shape: extents = None):
    """A new array of one value with the shape and dtype of another, or with those that are given.

    >>> np.full_like(np.array([1, 2, 3]), 7)
    """
    if shape is None:
        return np.full_like(a, fill_value, dtype, shape=a.shape)
    if dtype is None:
        return full_of(shape, as_dtype(fill_value, a.dtype))
    return full_of(shape, as_dtype(fill_value, dtype))


def empty_like(prototype, dtype=None, *, shape: extents = None):
    """A new array of unspecified contents with the shape and dtype of another, or with those that are given.

    >>> np.empty_like(np.array([[1, 2, 3]])).shape
    """
    if shape is None:
        return np.empty_like(prototype, dtype, shape=prototype.shape)
    if dtype is None:
        return empty_of(shape, prototype.dtype)
    return empty_of(shape, dtype)


def arange(start: number, stop: number = None, step: number = 1, dtype=None):
    """Numbers from start up to, not including, stop: ceil((stop - start) / step) of them.

    Element k is start + k * delta with delta = (start + step) - start, computed in the result's dtype as NumPy does.

    >>> np.arange(5)
    >>> np.arange(1.0, 2.0, 0.25)
    >>> np.arange(10, 0, -3, dtype=np.int32)
    """
    if stop is None:
        return np.arange(0, start, step, dtype)
    kind = range_dtype(start, stop, step)
    if kind == np.float64:
        if step == 0:
            raise ZeroDivisionError("float division by zero")
        length = (stop - start) / step
        if length != length:
            raise ValueError("arange: cannot compute length")
        if np.abs(length) >= 9223372036854775807.0:
            raise ValueError("Maximum allowed size exceeded")
    if dtype is None:
        return range_of(start, stop, step, kind)
    if dtype == np.bool_:
        numbers = range_of(start, stop, step, kind)
        if numbers.size > 2:
            raise TypeError("arange() is only supported for booleans when the result has at most length 2.")
        return as_dtype(numbers, np.bool_)
    # The first two elements have to fit, from which the others follow.
    if is_complex(as_dtype(0, dtype)):
        return range_of(start, stop, step, dtype)
    if is_known(start) and is_known(step):
        as_dtype(start, dtype)
        return range_of(start, stop, step, dtype)
    elements = range_of(start, stop, step, dtype)
    as_dtype(start if elements.size > 0 else 0, dtype)
    as_dtype(start + step if elements.size > 1 else 0, dtype)
    return elements


def linspace(start: number, stop: number, num: integer = 50, endpoint=True, retstep=False, dtype=None):
    """num evenly spaced numbers over an interval; the last is stop exactly, unless endpoint is False. Rounded down for an integer dtype. With retstep,
    also the distance between them.

    >>> np.linspace(0.0, 1.0, 5)
    >>> np.linspace(2, 3, 4, endpoint=False)
    """
    kind = result_dtype(start, stop, 1.0)
    first = as_dtype(start, kind)
    last = as_dtype(stop, kind)
    delta = last - first
    div = num - 1
    if not endpoint:
        div = num
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    if retstep:
        return np.linspace(start, stop, num, endpoint, False, dtype), delta / as_dtype(div, kind) if div > 0 else as_dtype(np.nan, kind)
    y = np.empty(num, kind)
    step = delta
    if div > 0:
        step = delta / as_dtype(div, kind)
    if div > 0 and step == 0.0:
        for i in range(num):
            y[i] = as_dtype(i, kind) / as_dtype(div, kind) * delta + first
    else:
        for i in range(num):
            y[i] = as_dtype(i, kind) * step + first
    if endpoint and num > 1:
        y[-1] = last
    if dtype is None:
        return y
    if is_float(as_dtype(0, dtype)) or is_complex(as_dtype(0, dtype)) or dtype == np.bool_:
        return y.astype(dtype)
    return np.floor(y).astype(dtype)


def logspace(start: number, stop: number, num: integer = 50, endpoint=True, base=10.0, dtype=None):
    """Numbers spaced evenly on a logarithmic scale: base to the powers np.linspace(start, stop, num, endpoint).

    >>> np.logspace(0.0, 2.0, 3)  # ~1ulp
    """
    y = np.power(base, np.linspace(start, stop, num, endpoint))
    if dtype is None:
        return y
    return y.astype(dtype)


def eye(N: integer, M: integer = None, k: integer = 0, dtype=float):
    """A 2-D array with ones on the k-th diagonal and zeros elsewhere.

    >>> np.eye(2)
    >>> np.eye(2, 3, k=1, dtype=np.int32)
    """
    if M is None:
        m = np.zeros((N, N), dtype)
    else:
        m = np.zeros((N, M), dtype)
    for i in range(m.shape[0]):
        if 0 <= i + k < m.shape[1]:
            m[i, i + k] = 1
    return m


def tri(N: integer, M: integer = None, k: integer = 0, dtype=float):
    """A 2-D array with ones at and below the k-th diagonal and zeros above.

    >>> np.tri(3, 4, 1)
    """
    if M is None:
        m = np.zeros((max(N, 0), max(N, 0)), dtype)
    else:
        m = np.zeros((max(N, 0), max(M, 0)), dtype)
    for i in range(m.shape[0]):
        for j in range(max(min(i + k + 1, m.shape[1]), 0)):
            m[i, j] = 1
    return m


def tril_indices(n: integer, k: integer = 0, m: integer = None):
    """The indices of the elements at and below the k-th diagonal of an (n, m) array: a tuple of rows and columns.

    >>> np.tril_indices(3)
    """
    return np.nonzero(np.tri(n, m, k, np.bool_))


def triu_indices(n: integer, k: integer = 0, m: integer = None):
    """The indices of the elements at and above the k-th diagonal of an (n, m) array: a tuple of rows and columns.

    >>> np.triu_indices(3, 1)
    """
    return np.nonzero(np.logical_not(np.tri(n, m, k - 1, np.bool_)))


def hanning(M: number):
    """The Hann window of M points: 0.5 + 0.5 cos(pi n / (M - 1)) for n from 1 - M to M - 1 in steps of 2.

    >>> np.hanning(5)  # ~1ulp
    """
    if M == 1:
        return np.ones(1)
    return 0.5 + 0.5 * np.cos(np.pi * np.arange(1.0 - M, M, 2) / (M - 1.0))


def hamming(M: number):
    """The Hamming window of M points: 0.54 + 0.46 cos(pi n / (M - 1)) for n from 1 - M to M - 1 in steps of 2.

    >>> np.hamming(5)  # ~1ulp
    """
    if M == 1:
        return np.ones(1)
    return 0.54 + 0.46 * np.cos(np.pi * np.arange(1.0 - M, M, 2) / (M - 1.0))


def blackman(M: number):
    """The Blackman window of M points: 0.42 + 0.5 cos(x) + 0.08 cos(2 x), x = pi n / (M - 1) for n from 1 - M to M - 1 in steps of 2.

    >>> np.blackman(4)  # ~1ulp
    """
    if M == 1:
        return np.ones(1)
    n = np.arange(1.0 - M, M, 2)
    return 0.42 + 0.5 * np.cos(np.pi * n / (M - 1.0)) + 0.08 * np.cos(2.0 * np.pi * n / (M - 1.0))


def identity(n: integer, dtype=float):
    """The square identity matrix.

    >>> np.identity(2)
    """
    return np.eye(n, n, 0, dtype)


def copy(a):
    """A contiguous copy of an array.

    >>> np.copy(np.array([1, 2, 3]))
    """
    return copy_of(a)


def array(object: items, dtype=None, *, copy=True):
    """An array from a nested list, or a copy of an array.

    >>> np.array([1, 2, 3])
    >>> np.array([[1, 2.5], [3, 4]], dtype=np.float32)
    """
    if not copy:
        if not isinstance(object, np.ndarray):
            raise ValueError("Unable to avoid copy while creating an array as requested.")
        if dtype is not None:
            if object.dtype != dtype:
                raise ValueError("Unable to avoid copy while creating an array as requested.")
        return as_array(object)
    if dtype is None:
        return copy_of(as_array(object))
    return copy_of(as_dtype(as_array(object, dtype), dtype))


def asarray(a, dtype=None):
    """The array itself, or an array from a nested list.

    >>> np.asarray([1, 2, 3])
    """
    if dtype is None:
        return as_array(a)
    return as_dtype(as_array(a, dtype), dtype)


def ascontiguousarray(a, dtype=None):
    """The array itself if it is C-contiguous, or a C-contiguous copy.

    >>> np.ascontiguousarray(np.array([[1, 2], [3, 4]]).T)
    """
    x = np.asarray(a, dtype)
    return reshape_to(x, x.shape)
