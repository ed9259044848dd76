def dot(a, b):
    """Inner product of 1-D arrays, matrix product of 2-D arrays, product with a scalar.

    >>> np.dot(np.array([1, 2, 3]), np.array([4, 5, 6]))
    >>> np.dot(np.array([[1, 2], [3, 4]]), np.array([1, 1]))
    """
    if not is_array(a) or not is_array(b):
        return op("*", a, b)
    return np.matmul(a, b)


def matmul(x1, x2, /):
    """Matrix product of 1-D and 2-D arrays. Raises ValueError when the inner extents differ.

    >>> np.matmul(np.array([[1, 2], [3, 4]]), np.array([[5, 6], [7, 8]]))
    >>> np.matmul(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    """
    if x1.ndim > 2 or x2.ndim > 2:
        static_error("np.matmul multiplies arrays of one or two dimensions; loop over the others")
    dtype = result_dtype(x1, x2)
    if x1.ndim == 1 and x2.ndim == 1:
        if len(x1) != len(x2):
            raise ValueError("matmul: the operands have different lengths")
        s = as_dtype(0, dtype)
        for k in range(len(x1)):
            s += as_dtype(x1[k], dtype) * as_dtype(x2[k], dtype)
        return s
    if x1.ndim == 1:
        return np.matmul(insert_axis(x1, 0), x2)[0]
    if x2.ndim == 1:
        n = x1.shape[0]
        if x1.shape[1] != len(x2):
            raise ValueError("matmul: the inner extents of the operands differ")
        v = np.zeros(n, dtype)
        for i in range(n):
            t = as_dtype(0, dtype)
            for k in range(x1.shape[1]):
                t += as_dtype(x1[i, k], dtype) * as_dtype(x2[k], dtype)
            v[i] = t
        return v
    rows, inner = x1.shape
    columns = x2.shape[1]
    if inner != x2.shape[0]:
        raise ValueError("matmul: the inner extents of the operands differ")
    out = np.zeros((rows, columns), dtype)
    for i in range(rows):
        for k in range(inner):
            f = as_dtype(x1[i, k], dtype)
            for j in range(columns):
                out[i, j] += f * as_dtype(x2[k, j], dtype)
    return out


def inner(a, b):
    """Inner product of 1-D arrays.

    >>> np.inner(np.array([1, 2, 3]), np.array([4, 5, 6]))
    """
    return np.dot(a, b)


def vdot(a, b):
    """Inner product of all elements in C order.

    >>> np.vdot(np.array([[1, 2], [3, 4]]), np.array([[5, 6], [7, 8]]))
    """
    return np.dot(np.ravel(a), np.ravel(b))


def outer(a, b):
    """Products of each element of one array with each of another.

    >>> np.outer(np.array([1, 2]), np.array([3, 4, 5]))
    """
    return op("*", insert_axis(np.ravel(a), 1), insert_axis(np.ravel(b), 0))


def trace(a):
    """Sum of the diagonal of a 2-D array.

    >>> np.trace(np.array([[1, 2], [3, 4]]))
    """
    s = as_dtype(0, sum_dtype(a))
    for i in range(min(a.shape[0], a.shape[1])):
        s += a[i, i]
    return s
