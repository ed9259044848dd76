def dot(a, b):
    """Inner product of 1-D arrays, matrix product of 2-D arrays, product with a scalar.

    >>> np.dot(np.array([1, 2, 3]), np.array([4, 5, 6]))
    >>> np.dot(np.array([[1, 2], [3, 4]]), np.array([1, 1]))
    """
    if not is_array(a) or not is_array(b):
        return op("*", a, b)
    inner, other = a.shape[-1], b.shape[max(b.ndim - 2, 0)]
    if a.ndim == 1 and b.ndim == 1:
        if inner != other:
            raise ValueError(f"shapes ({inner},) and ({other},) not aligned: {inner} (dim 0) != {other} (dim 0)")
    elif inner != other:
        raise ValueError(f"shapes not aligned: {inner} (dim {a.ndim - 1}) != {other} (dim {max(b.ndim - 2, 0)})")
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
            raise ValueError(f"matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size {len(x2)} is different from {len(x1)})")
        s = as_dtype(0, dtype)
        for k in range(len(x1)):
            s += as_dtype(x1[k], dtype) * as_dtype(x2[k], dtype)
        return s
    if x1.ndim == 1:
        if len(x1) != x2.shape[0]:
            raise ValueError(f"matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size {x2.shape[0]} is different from {len(x1)})")
        v = np.zeros(x2.shape[1], dtype)
        for k in range(x2.shape[0]):
            f = as_dtype(x1[k], dtype)
            for j in range(x2.shape[1]):
                v[j] += f * as_dtype(x2[k, j], dtype)
        return v
    if x2.ndim == 1:
        n = x1.shape[0]
        if x1.shape[1] != len(x2):
            raise ValueError(f"matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size {len(x2)} is different from {x1.shape[1]})")
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
        raise ValueError(f"matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size {x2.shape[0]} is different from {inner})")
    out = np.zeros((rows, columns), dtype)
    # Each element is summed in the order of k. Four rows share what is read of x2, of which as much as caches hold lies together.
    part = np.empty((64, 64), dtype)
    for start in range(0, inner, 64):
        depth = min(64, inner - start)
        for left in range(0, columns, 64):
            width = min(64, columns - left)
            for k in range(depth):
                for j in range(width):
                    part[k, j] = as_dtype(x2[start + k, left + j], dtype)
            for i in range(0, rows - 3, 4):
                for j in range(width):
                    s0 = out[i, left + j]
                    s1 = out[i + 1, left + j]
                    s2 = out[i + 2, left + j]
                    s3 = out[i + 3, left + j]
                    for k in range(depth):
                        f = part[k, j]
                        s0 += as_dtype(x1[i, start + k], dtype) * f
                        s1 += as_dtype(x1[i + 1, start + k], dtype) * f
                        s2 += as_dtype(x1[i + 2, start + k], dtype) * f
                        s3 += as_dtype(x1[i + 3, start + k], dtype) * f
                    out[i, left + j] = s0
                    out[i + 1, left + j] = s1
                    out[i + 2, left + j] = s2
                    out[i + 3, left + j] = s3
            for i in range(rows // 4 * 4, rows):
                for j in range(width):
                    s = out[i, left + j]
                    for k in range(depth):
                        s += as_dtype(x1[i, start + k], dtype) * part[k, j]
                    out[i, left + j] = s
    return out


def inner(a, b):
    """Inner product over the last axes of 1-D and 2-D arrays: of matrices a @ b.T. Raises ValueError when these extents differ.

    >>> np.inner(np.array([1, 2, 3]), np.array([4, 5, 6]))
    >>> np.inner(np.array([[1, 2], [3, 4]]), np.array([[5, 6], [7, 8], [0, 1]]))
    >>> np.inner(np.array([1, 2]), np.array([[5, 6], [7, 8], [0, 1]]))
    """
    if is_array(a) and is_array(b):
        if b.ndim == 2:
            return np.dot(a, swap_axes(b, 0, 1))
    return np.dot(a, b)


def vdot(a, b):
    """Inner product of all elements in C order, those of the first array conjugated.

    >>> np.vdot(np.array([[1, 2], [3, 4]]), np.array([[5, 6], [7, 8]]))
    """
    x = np.ravel(a)
    y = np.ravel(b)
    if not is_complex(x):
        return np.dot(x, y)
    if x.size != y.size:
        return np.dot(x, y)
    dtype = result_dtype(x, y)
    s = as_dtype(0, dtype)
    for k in range(x.size):
        s += as_dtype(np.conjugate(x[k]), dtype) * as_dtype(y[k], dtype)
    return s


def outer(a, b):
    """Products of each element of one array with each of another.

    >>> np.outer(np.array([1, 2]), np.array([3, 4, 5]))
    """
    return op("*", insert_axis(np.ravel(a), 1), insert_axis(np.ravel(b), 0))


def trace(a, offset: integer = 0, axis1: axis = 0, axis2: axis = 1, dtype=None, out: reduced = None):
    """Sum of a diagonal of a matrix, or of the matrices along two axes.

    >>> np.trace(np.array([[1, 2], [3, 4]]))
    >>> np.trace(np.arange(8).reshape(2, 2, 2), 1)
    """
    line = np.diagonal(a, offset, axis1, axis2)
    return np.sum(line, -1, dtype if out is None or dtype is not None else np.running_input(line, dtype, out).dtype)


def cross(a, b):
    """Cross product of two vectors, of which one may have two elements: its third is 0.

    >>> np.cross(np.array([1, 2, 3]), np.array([4, 5, 6]))
    >>> np.cross(np.array([1, 2]), np.array([4, 5, 6]))
    """
    if a.ndim != 1 or b.ndim != 1:
        static_error("np.cross takes two 1-D arrays of three elements here; loop over the others")
    if len(a) < 2 or len(a) > 3 or len(b) < 2 or len(b) > 3:
        raise ValueError("incompatible dimensions for cross product (dimension must be 2 or 3)")
    out = np.empty(3, result_dtype(a, b))
    if len(a) == 3 and len(b) == 3:
        out[0] = a[1] * b[2] - a[2] * b[1]
        out[1] = a[2] * b[0] - a[0] * b[2]
        out[2] = a[0] * b[1] - a[1] * b[0]
        return out
    if len(a) == 2 and len(b) == 2:
        raise ValueError("two vectors of two elements have a number as cross product: write a[0] * b[1] - a[1] * b[0]")
    if len(a) == 2:
        out[0] = a[1] * b[2]
        out[1] = -(a[0] * b[2])
        out[2] = a[0] * b[1] - a[1] * b[0]
        return out
    out[0] = -(a[2] * b[1])
    out[1] = a[2] * b[0]
    out[2] = a[0] * b[1] - a[1] * b[0]
    return out


def convolve(a: vector, v: vector, mode="full"):
    """Discrete convolution of two 1-D arrays: out[n] = sum over m of a[m] v[n - m].

    >>> np.convolve(np.array([1, 2, 3]), np.array([0, 1, 2]))
    >>> np.convolve(np.array([1.0, 2.0, 3.0]), np.array([0.0, 1.0, 0.5]), mode="same")
    >>> np.convolve(np.array([1, 2, 3]), np.array([0, 1]), "valid")
    """
    if len(a) == 0:
        raise ValueError("a cannot be empty")
    if len(v) == 0:
        raise ValueError("v cannot be empty")
    if mode != "full" and mode != "same" and mode != "valid":
        raise ValueError("mode must be one of 'valid', 'same', or 'full'")
    n = max(len(a), len(v))
    k = min(len(a), len(v))
    dtype = result_dtype(a, v)
    full = np.zeros(n + k - 1, dtype)
    for i in range(len(a)):
        for j in range(len(v)):
            full[i + j] += as_dtype(a[i], dtype) * as_dtype(v[j], dtype)
    if mode == "full":
        return full
    if mode == "same":
        first = (k - 1) // 2
        return full[first : first + n]
    return full[k - 1 : n]


def correlate(a: vector, v: vector, mode="valid"):
    """Cross-correlation of two 1-D arrays: out[k] = sum over n of a[n + k] conj(v[n]).

    >>> np.correlate(np.array([1, 2, 3]), np.array([0, 1, 2]))
    >>> np.correlate(np.array([1.0, 2.0, 3.0]), np.array([0.0, 1.0, 0.5]), "same")
    >>> np.correlate(np.array([1, 2, 3]), np.array([0, 1]), "full")
    """
    if len(a) == 0:
        raise ValueError("first array argument cannot be empty")
    if len(v) == 0:
        raise ValueError("second array argument cannot be empty")
    if is_complex(v):
        return np.correlate_real(a, np.conjugate(v), mode)
    return np.correlate_real(a, v, mode)


def kron(a, b):
    """Kronecker product of arrays of one or two dimensions.

    >>> np.kron(np.array([1, 10]), np.array([5, 6]))
    >>> np.kron(np.eye(2), np.array([5, 6]))
    """
    if a.ndim == 1 and b.ndim == 1:
        return np.ravel(np.outer(a, b))
    if a.ndim == 1:
        return np.kron(insert_axis(a, 0), b)
    if b.ndim == 1:
        return np.kron(a, insert_axis(b, 0))
    if a.ndim > 2 or b.ndim > 2:
        static_error("np.kron takes arrays of one or two dimensions")
    out = np.empty((a.shape[0] * b.shape[0], a.shape[1] * b.shape[1]), result_dtype(a, b))
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            out[i * b.shape[0] : (i + 1) * b.shape[0], j * b.shape[1] : (j + 1) * b.shape[1]] = a[i, j] * b
    return out


def tensordot(a, b, axes: new_axes = 2):
    """Products of two arrays, summed over the last axes of one and the first axes of the other, or over pairs of axes.

    >>> np.tensordot(np.array([[1, 2], [3, 4]]), np.array([[5, 6], [7, 8]]), 1)
    >>> np.tensordot(np.array([[1, 2], [3, 4]]), np.array([[5, 6], [7, 8]]), ((0,), (0,)))
    """
    if isinstance(axes, tuple):
        return np.contracted(np.axes_to_end(a, axes[0]), np.axes_to_front(b, axes[1]), np.count_of(axes[0]))
    x = as_array(a)
    y = as_array(b)
    if axes > x.ndim or axes > y.ndim:
        # NumPy compares the extents one after another.
        if x.ndim >= axes:
            np.check_contracted(x.shape[x.ndim - axes :], y.shape)
        raise IndexError("tuple index out of range")
    return np.contracted(x, y, axes)


def vecdot(x1, x2, /, *, axis: axis = -1):
    """Inner products of the vectors along an axis, those of the first array conjugated.

    >>> np.vecdot(np.array([[1, 2], [3, 4]]), np.array([1, 1]))
    """
    x = as_array(x1)
    y = as_array(x2)
    if x.ndim == 0 or y.ndim == 0:
        raise ValueError("vecdot: Input operand does not have enough dimensions")
    if axis is None:
        static_error("np.vecdot multiplies along one axis; write it as an integer")
    left = np.moveaxis(x, axis, -1)
    right = np.moveaxis(y, axis, -1)
    if left.shape[-1] != right.shape[-1]:
        raise ValueError("vecdot: Input operands have vectors of different sizes")
    return np.sum(op("*", np.conjugate(left), right), -1, result_dtype(x, y))
