def zeros(shape, dtype=float):
    """A new array of zeros.

    >>> np.zeros(3)
    >>> np.zeros((2, 2), dtype=np.int32)
    """
    return full_of(shape, as_dtype(0, dtype))


def ones(shape, dtype=float):
    """A new array of ones.

    >>> np.ones(3)
    >>> np.ones((2, 2), np.uint8)
    """
    return full_of(shape, as_dtype(1, dtype))


def full(shape, fill_value, dtype=None):
    """A new array of one value, of the value's dtype unless another is given.

    >>> np.full(3, 7)
    >>> np.full((2, 2), 0.5, dtype=np.float32)
    """
    if dtype is None:
        return full_of(shape, strong(fill_value))
    return full_of(shape, as_dtype(fill_value, dtype))


def empty(shape, dtype=float):
    """A new array of unspecified contents.

    >>> np.empty((0, 3)).shape
    """
    return empty_of(shape, dtype)


def zeros_like(a, dtype=None):
    """A new array of zeros with the shape and dtype of another.

    >>> np.zeros_like(np.array([1, 2, 3]))
    """
    if dtype is None:
        return full_of(a.shape, as_dtype(0, a.dtype))
    return full_of(a.shape, as_dtype(0, dtype))


def ones_like(a, dtype=None):
    """A new array of ones with the shape and dtype of another.

    >>> np.ones_like(np.array([1.5, 2.5]))
    """
    if dtype is None:
        return full_of(a.shape, as_dtype(1, a.dtype))
    return full_of(a.shape, as_dtype(1, dtype))


def full_like(a, fill_value, dtype=None):
    """A new array of one value with the shape and dtype of another.

    >>> np.full_like(np.array([1, 2, 3]), 7)
    """
    if dtype is None:
        return full_of(a.shape, as_dtype(fill_value, a.dtype))
    return full_of(a.shape, as_dtype(fill_value, dtype))


def empty_like(a, dtype=None):
    """A new array of unspecified contents with the shape and dtype of another.

    >>> np.empty_like(np.array([[1, 2, 3]])).shape
    """
    if dtype is None:
        return empty_of(a.shape, a.dtype)
    return empty_of(a.shape, dtype)


def arange(start, stop=None, step=1, dtype=None):
    """Numbers from start up to, not including, stop: ceil((stop - start) / step) of them.

    Element k is start + k * delta with delta = (start + step) - start, computed in the result's dtype as NumPy does.

    >>> np.arange(5)
    >>> np.arange(1.0, 2.0, 0.25)
    >>> np.arange(10, 0, -3, dtype=np.int32)
    """
    if stop is None:
        return np.arange(0, start, step, dtype)
    if dtype is None:
        return range_of(start, stop, step, range_dtype(start, stop, step))
    return range_of(start, stop, step, dtype)


def linspace(start, stop, num=50, endpoint=True, dtype=None):
    """num evenly spaced numbers over an interval; the last is stop exactly, unless endpoint is False.

    >>> np.linspace(0.0, 1.0, 5)
    >>> np.linspace(2, 3, 4, endpoint=False)
    """
    first = float(start)
    last = float(stop)
    delta = last - first
    div = num - 1
    if not endpoint:
        div = num
    if num < 0:
        raise ValueError("Number of samples must be non-negative.")
    y = np.empty(num)
    if div > 0:
        step = np.float64(delta) / div
        if step == 0.0:
            for i in range(num):
                y[i] = i / div * delta + first
        else:
            for i in range(num):
                y[i] = i * step + first
    else:
        for i in range(num):
            y[i] = i * delta + first
    if endpoint and num > 1:
        y[-1] = last
    if dtype is None:
        return y
    return y.astype(dtype)


def eye(N, M=None, k=0, dtype=float):
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


def identity(n, dtype=float):
    """The square identity matrix.

    >>> np.identity(2)
    """
    return np.eye(n, n, 0, dtype)


def copy(a):
    """A contiguous copy of an array.

    >>> np.copy(np.array([1, 2, 3]))
    """
    return copy_of(a)


def array(object, dtype=None, copy=True):
    """An array from a nested list, or a copy of an array.

    >>> np.array([1, 2, 3])
    >>> np.array([[1, 2.5], [3, 4]], dtype=np.float32)
    """
    if dtype is None:
        return copy_of(as_array(object))
    return copy_of(as_dtype(as_array(object), dtype))


def asarray(a, dtype=None):
    """The array itself, or an array from a nested list.

    >>> np.asarray([1, 2, 3])
    """
    if dtype is None:
        return as_array(a)
    return as_dtype(as_array(a), dtype)


def ascontiguousarray(a, dtype=None):
    """A C-contiguous array with the same elements.

    >>> np.ascontiguousarray(np.array([[1, 2], [3, 4]]).T)
    """
    if dtype is None:
        return copy_of(as_array(a))
    return copy_of(as_dtype(as_array(a), dtype))
