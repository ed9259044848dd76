def indices(dimensions: extents, dtype=int):
    """For each axis of a shape an array of the shape that holds the index along it: stacked along a new first axis.

    >>> np.indices((2, 3))
    """
    if not isinstance(dimensions, tuple):
        static_error("np.indices takes a tuple of extents; write (n,)")
    if dtype == np.bool_:
        static_error("np.indices does not count in bool; write dtype=np.int64")
    shape = np.shape_tuple(dimensions)
    out = np.empty((len(shape),) + shape, dtype)
    np.fill_indices(out, len(shape) - 1)
    return out


def diag_indices(n: integer, ndim: known = 2):
    """The indices of the diagonal of an array with ndim axes of extent n: a tuple of arrays.

    >>> np.diag_indices(3)
    """
    if is_float(ndim) or not is_known(ndim):
        static_error("np.diag_indices needs a number of axes that is known while compiling; write it as an integer")
    line = np.arange(n)
    if ndim < 1:
        return ()
    if ndim == 1:
        return (line,)
    return (line,) + np.diag_indices(n, ndim - 1)


def tril_indices_from(arr, k: integer = 0):
    """The indices of the elements of a matrix at and below its k-th diagonal.

    >>> np.tril_indices_from(np.eye(2))
    """
    if arr.ndim != 2:
        raise ValueError("input array must be 2-d")
    return np.tril_indices(arr.shape[0], k, arr.shape[1])


def triu_indices_from(arr, k: integer = 0):
    """The indices of the elements of a matrix at and above its k-th diagonal.

    >>> np.triu_indices_from(np.eye(2))
    """
    if arr.ndim != 2:
        raise ValueError("input array must be 2-d")
    return np.triu_indices(arr.shape[0], k, arr.shape[1])


def diagflat(v, k: integer = 0):
    """A matrix with all elements of an array on its k-th diagonal.

    >>> np.diagflat(np.array([[1, 2], [3, 4]]))
    """
    return np.diag(np.ravel(v), k)


def geomspace(start: number, stop: number, num: integer = 50, endpoint=True, dtype=None):
    """Numbers spaced evenly on a logarithmic scale from start to stop. Real ones of both signs have NaN between them.

    >>> np.geomspace(1.0, 1000.0, 4)  # ~1ulp
    """
    if start == 0 or stop == 0:
        raise ValueError("Geometric sequence cannot include zero")
    kind = result_dtype(as_dtype(0, np.float64), start, stop) if dtype is None else result_dtype(as_dtype(0, mean_dtype(np.zeros(1, dtype))), 0.0, strong(start), strong(stop))
    first = as_dtype(start, kind)
    last = as_dtype(stop, kind)
    sign = np.sign(first)
    out = np.logspace(np.log10(first / sign), np.log10(last / sign), num, endpoint)
    if num > 0:
        out[0] = first / sign
        if num > 1 and endpoint:
            out[-1] = last / sign
    return as_dtype(out * sign, kind if dtype is None else dtype)


def bartlett(M: number):
    """The Bartlett window of M points, a triangle with the ends 0.

    >>> np.bartlett(5)
    """
    if M == 1:
        return np.ones(1)
    n = np.arange(1.0 - M, M, 2)
    return np.where(n <= 0, 1 + n / (M - 1.0), 1 - n / (M - 1.0))


def ravel_multi_index(multi_index: each, dims: extents):
    """The indices in C order of places in an array of a shape, given as a tuple of indices: one for each axis.

    >>> np.ravel_multi_index((np.array([0, 1]), np.array([2, 0])), (2, 3))
    """
    if len(multi_index) != len(dims):
        raise ValueError("parameter multi_index must be a sequence of length equal to the number of dimensions")
    if np.any(op("|", op("<", multi_index[0], 0), op(">=", multi_index[0], dims[0]))):
        raise ValueError("invalid entry in coordinates array")
    if len(dims) == 1:
        return as_dtype(strong(multi_index[0]), np.int64)
    rest = 1
    for extent in dims[1:]:
        rest *= extent
    return op("+", op("*", as_dtype(strong(multi_index[0]), np.int64), rest), np.ravel_multi_index(multi_index[1:], dims[1:]))


def diag_indices_from(arr):
    """The indices of the diagonal of an array whose extents are equal: a tuple of arrays.

    >>> np.diag_indices_from(np.eye(2))
    """
    if arr.ndim < 2:
        raise ValueError("input array must be at least 2-d")
    for extent in arr.shape:
        if extent != arr.shape[0]:
            raise ValueError("All dimensions of input must be of equal length")
    return np.diag_indices(arr.shape[0], arr.ndim)
