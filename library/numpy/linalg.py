def norm(x, ord: known = None, axis: axes = None, keepdims=False):
    """The norm of a vector, or of the vectors along an axis, of order 2 or another; or of a matrix, or of those that two axes make:
    Frobenius, nuclear ("nuc"), or of order 1, -1, 2, -2, inf or -inf.

    >>> np.linalg.norm(np.array([3.0, 4.0]))
    >>> np.linalg.norm(np.array([[1, 2], [2, 4]]), "fro")
    >>> np.linalg.norm(np.array([3.0, -4.0]), 1)
    >>> np.linalg.norm(np.array([3.0, -4.0]), np.inf)
    >>> np.linalg.norm(np.array([[3.0, 4.0], [6.0, 8.0]]), axis=1, keepdims=True)
    >>> np.linalg.norm(np.array([[3.0, -4.0], [6.0, 8.0]]), 1)
    >>> np.linalg.norm(np.array([[3.0, 0.0], [0.0, -4.0]]), "nuc")
    """
    if isinstance(axis, tuple):
        if len(axis) != 2:
            raise ValueError("Improper number of dimensions to norm.")
        if ord == "fro":
            return np.linalg.norm(x, None, axis, keepdims)
        if ord is not None:
            return np.norm_of_matrices(as_dtype(x, mean_dtype(x)), ord, axis, keepdims)
    v = as_dtype(x, mean_dtype(x))
    if axis is None:
        if ord is None or (v.ndim == 2 and ord == "fro") or (v.ndim == 1 and ord == 2):
            flat = np.ravel(v)
            if is_complex(v):
                total = np.sqrt(np.dot(flat.real, flat.real) + np.dot(flat.imag, flat.imag))
            else:
                total = np.sqrt(np.dot(flat, flat))
            if keepdims:
                return np.full(np.sum(v, None, None, keepdims=True).shape, total)
            return total
        if v.ndim > 2:
            raise ValueError("Improper number of dimensions to norm.")
        if v.ndim == 2:
            return np.norm_of_matrices(v, ord, (0, 1), keepdims)
        return np.linalg.norm(v, ord, 0, keepdims)
    if ord == "fro" or ord == "nuc":
        raise ValueError("Invalid norm order for vectors")
    if ord is None or ord == 2:
        return np.sqrt(np.sum(np.squared_size(v), axis, None, keepdims=keepdims))
    if ord == 1:
        return np.sum(np.abs(v), axis, None, keepdims=keepdims)
    if ord == np.inf:
        if v.size == 0:
            return np.sum(np.abs(v), axis, None, keepdims=keepdims)
        return np.max(np.abs(v), axis, keepdims=keepdims)
    if ord == -np.inf:
        return np.min(np.abs(v), axis, keepdims=keepdims)
    if ord == 0:
        return np.sum(as_dtype(op("!=", v, 0), part_dtype(v)), axis, None, keepdims=keepdims)
    return np.sum(np.abs(v) ** ord, axis, None, keepdims=keepdims) ** (1.0 / ord)


def solve(a, b):
    """The x with a @ x = b, for a vector b or the columns of a matrix, or for each of stacks of them, by elimination with partial pivoting.
    LinAlgError if a is singular.

    >>> np.linalg.solve(np.array([[2.0, 0.0], [0.0, 4.0]]), np.array([2.0, 4.0]))
    >>> np.linalg.solve(np.array([[0.0, 1.0], [2.0, 0.0]]), np.array([[3.0, 1.0], [4.0, 2.0]]))
    """
    np.check_square(a)
    n = a.shape[-1]
    if b.ndim == 1:
        if b.shape[0] != n:
            raise ValueError(f"solve1: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m)->(m) (size {b.shape[0]} is different from {n})")
        return drop_axis(np.linalg.solve(a, insert_axis(b, 1)), -1)
    dtype = result_dtype(as_dtype(0, mean_dtype(a)), as_dtype(0, mean_dtype(b)))
    if a.ndim > 2 or b.ndim > 2:
        if a.ndim < b.ndim:
            solutions = np.empty(b.shape, dtype)
            for i in range(b.shape[0]):
                solutions[i] = np.linalg.solve(a, b[i])
            return solutions
        if a.ndim > b.ndim:
            solutions = np.empty(a.shape[:-1] + b.shape[-1:], dtype)
            for i in range(a.shape[0]):
                solutions[i] = np.linalg.solve(a[i], b)
            return solutions
        if a.shape[0] != b.shape[0] and a.shape[0] != 1 and b.shape[0] != 1:
            raise ValueError("operands could not be broadcast together with remapped shapes")
        count = b.shape[0] if a.shape[0] == 1 else a.shape[0]
        solutions = np.empty((count,) + a.shape[1:-1] + b.shape[-1:], dtype)
        for i in range(count):
            solutions[i] = np.linalg.solve(a[min(i, a.shape[0] - 1)], b[min(i, b.shape[0] - 1)])
        return solutions
    if b.shape[0] != n:
        raise ValueError(f"solve: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m,n)->(m,n) (size {b.shape[0]} is different from {n})")
    m = copy_of(as_array(as_dtype(a, dtype)))
    x = copy_of(as_array(as_dtype(b, dtype)))
    if np.eliminate(m, x) == 0:
        raise LinAlgError("Singular matrix")
    np.substitute_back(m, x)
    return x


def inv(a):
    """The inverse of a square matrix, or of each of a stack. LinAlgError if it is singular.

    >>> np.linalg.inv(np.array([[2.0, 0.0], [0.0, 4.0]]))
    """
    np.check_square(a)
    return np.linalg.solve(a, np.eye(a.shape[-1], dtype=mean_dtype(a)))


def slogdet(a):
    """The sign of the determinant of a square matrix, or of each of a stack, and the logarithm of its size; 0 and -inf if it is singular.

    >>> np.linalg.slogdet(np.array([[0.0, 2.0], [4.0, 0.0]]))  # ~1ulp
    """
    np.check_square(a)
    if a.ndim > 2:
        signs = np.empty(a.shape[:-2], mean_dtype(a))
        logarithms = np.empty(a.shape[:-2], part_dtype(signs))
        for i in range(a.shape[0]):
            signs[i], logarithms[i] = np.linalg.slogdet(a[i])
        return signs, logarithms
    m = copy_of(as_array(as_dtype(a, mean_dtype(a))))
    sign = as_dtype(np.eliminate(m, m[:, :0]), m.dtype)
    logarithm = as_dtype(0, part_dtype(m))
    if sign == 0:
        return sign, as_dtype(-np.inf, part_dtype(m))
    for k in range(m.shape[0]):
        if is_complex(m):
            sign = sign * (m[k, k] / np.abs(m[k, k]))
        elif m[k, k] < 0.0:
            sign = -sign
        logarithm += np.log(np.abs(m[k, k]))
    return sign, logarithm


def det(a):
    """The determinant of a square matrix, or of each of a stack: by elimination with partial pivoting, as the exponential of the sum of the
    pivots' logarithms.

    >>> np.linalg.det(np.array([[0.0, 2.0], [4.0, 0.0]]))
    >>> np.linalg.det(np.zeros((0, 0)))
    """
    sign, logarithm = np.linalg.slogdet(a)
    return sign * np.exp(logarithm)


def tensorsolve(a, b, axes: axes = None):
    """The x for which the products of a with x, summed over all axes of x, are b.

    >>> np.linalg.tensorsolve(np.eye(4).reshape(2, 2, 4), np.ones((2, 2)))
    """
    if axes is not None:
        for axis in np.shape_tuple(axes):
            if axis < 0:
                raise ValueError("np.linalg.tensorsolve takes axes that are not negative")
        return np.linalg.tensorsolve(np.axes_to_end(a, axes), b)
    shape = a.shape[b.ndim if b.ndim < a.ndim else b.ndim - a.ndim :]
    count = 1
    for extent in shape:
        count *= extent
    if a.size != count * count:
        raise LinAlgError("Input arrays must satisfy the requirement prod(a.shape[b.ndim:]) == prod(a.shape[:b.ndim])")
    return np.reshape(np.linalg.solve(np.reshape(a, (count, count)), np.ravel(b)), shape)


def tensorinv(a, ind: known = 2):
    """The inverse of an array as a map of the axes after the first ind ones to these.

    >>> np.linalg.tensorinv(np.eye(4).reshape(2, 2, 4)).shape
    """
    if ind <= 0:
        raise ValueError("Invalid ind argument.")
    count = 1
    for extent in a.shape[ind:]:
        count *= extent
    return np.reshape(np.linalg.inv(np.reshape(a, (count, -1))), a.shape[ind:] + a.shape[:ind])


def multi_dot(arrays: each):
    """The matrix product of several arrays, in the order of fewest multiplications; the first and the last may be vectors.

    >>> np.linalg.multi_dot([np.array([1.0, 2.0]), np.eye(2), np.array([3.0, 4.0])])
    """
    if len(arrays) < 2:
        raise ValueError("Expecting at least two arrays.")
    if len(arrays) == 2:
        return np.dot(arrays[0], arrays[1])
    if arrays[0].ndim == 1:
        return drop_axis(np.linalg.multi_dot((insert_axis(arrays[0], 0),) + arrays[1:]), 0)
    if arrays[-1].ndim == 1:
        return drop_axis(np.linalg.multi_dot(arrays[:-1] + (insert_axis(arrays[-1], 1),)), 1)
    return np.product_between(arrays, np.best_splits(arrays), 0, len(arrays) - 1)


def matrix_transpose(x, /):
    """The last two axes exchanged: a view.

    >>> np.linalg.matrix_transpose(np.array([[1, 2], [3, 4]]))
    """
    if x.ndim < 2:
        raise ValueError("Input array must be at least 2-dimensional")
    return swap_axes(x, x.ndim - 2, x.ndim - 1)


def matrix_norm(x, /, *, keepdims=False, ord: known = "fro"):
    """The norm of a matrix, or of each of a stack; see np.linalg.norm.

    >>> np.linalg.matrix_norm(np.array([[3.0, 0.0], [0.0, 4.0]]))
    """
    return np.linalg.norm(x, ord, (-2, -1), keepdims)


def vector_norm(x, /, *, axis: axes = None, keepdims=False, ord: known = 2):
    """The norm of all elements, or of the vectors along an axis; see np.linalg.norm.

    >>> np.linalg.vector_norm(np.array([3.0, 4.0]))
    """
    if axis is None:
        total = np.linalg.norm(np.ravel(x), ord, 0)
        return np.keep_axes(x, total, None) if keepdims else total
    if isinstance(axis, tuple):
        if len(axis) == 0:
            return np.linalg.norm(insert_axis(x, 0), ord, 0)
        lengths = np.linalg.norm(merge_axes(x, axis), ord, -1)
        return np.keep_axes(x, lengths, axis) if keepdims else lengths
    return np.linalg.norm(x, ord, axis, keepdims)


def outer(x1, x2, /):
    """Products of each element of one vector with each of another.

    >>> np.linalg.outer(np.array([1, 2]), np.array([3, 4, 5]))
    """
    if x1.ndim != 1 or x2.ndim != 1:
        raise ValueError("Input arrays must be one-dimensional")
    return np.outer(x1, x2)


def matmul(x1, x2, /):
    """Matrix product; see np.matmul.

    >>> np.linalg.matmul(np.array([[1, 2], [3, 4]]), np.array([1, 1]))
    """
    return np.matmul(x1, x2)


def matrix_power(a, n):
    """A square matrix multiplied by itself n times, by repeated squaring; of its inverse for a negative n. Integers stay integers, and wrap.

    >>> np.linalg.matrix_power(np.array([[1.0, 1.0], [0.0, 1.0]]), 5)
    >>> np.linalg.matrix_power(np.array([[2.0, 0.0], [0.0, 4.0]]), -1)
    >>> np.linalg.matrix_power(np.array([[1, 1], [1, 0]]), 90)
    """
    np.check_square(a)
    if a.ndim > 2:
        static_error("np.linalg.matrix_power takes a matrix; loop over the others")
    base = a
    if n < 0:
        if is_float(a) or is_complex(a) or is_known(n):
            base = np.linalg.inv(a)
        else:
            raise ValueError("an integer matrix to a negative power that is not a constant: convert it with .astype(np.float64)")
    power = np.eye(a.shape[0], dtype=base.dtype)
    first = True
    left = np.abs(n)
    while left > 0:
        if left % 2 == 1:
            if first:
                power = copy_of(base)
            else:
                power = np.matmul(power, base)
            first = False
        left //= 2
        if left > 0:
            base = np.matmul(base, base)
    return power


def cross(x1, x2, /):
    """Cross product of two vectors of three elements.

    >>> np.linalg.cross(np.array([1, 2, 3]), np.array([4, 5, 6]))
    """
    if x1.shape[-1] != 3 or x2.shape[-1] != 3:
        raise ValueError("Both input arrays must be (arrays of) 3-dimensional vectors")
    return np.cross(x1, x2)


def diagonal(x, /, *, offset: integer = 0):
    """The elements of a diagonal of a matrix, or of each of a stack.

    >>> np.linalg.diagonal(np.array([[1, 2], [3, 4]]))
    """
    return np.diagonal(x, offset, -2, -1)


def trace(x, /, *, offset: integer = 0, dtype=None):
    """The sum of a diagonal of a matrix, or of each of a stack.

    >>> np.linalg.trace(np.array([[1, 2], [3, 4]]))
    """
    return np.sum(np.diagonal(x, offset, -2, -1), -1, dtype)


def vecdot(x1, x2, /, *, axis: axis = -1):
    """Inner products of the vectors along an axis, those of the first array conjugated.

    >>> np.linalg.vecdot(np.array([[1, 2], [3, 4]]), np.array([1, 1]))
    """
    return np.vecdot(x1, x2, axis=axis)


def tensordot(x1, x2, /, *, axes: new_axes = 2):
    """Products of two arrays, summed over axes; see np.tensordot.

    >>> np.linalg.tensordot(np.array([[1, 2], [3, 4]]), np.array([[5, 6], [7, 8]]), axes=1)
    """
    return np.tensordot(x1, x2, axes)
