def norm(x, ord: known = None, axis: axes = None, keepdims=False):
    """The norm of a vector, or of the vectors along an axis, of order 2 or another; or of a matrix: Frobenius, or of order 1, -1, inf or -inf.

    >>> np.linalg.norm(np.array([3.0, 4.0]))
    >>> np.linalg.norm(np.array([[1, 2], [2, 4]]), "fro")
    >>> np.linalg.norm(np.array([3.0, -4.0]), 1)
    >>> np.linalg.norm(np.array([3.0, -4.0]), np.inf)
    >>> np.linalg.norm(np.array([[3.0, 4.0], [6.0, 8.0]]), axis=1, keepdims=True)
    >>> np.linalg.norm(np.array([[3.0, -4.0], [6.0, 8.0]]), 1)
    """
    if isinstance(axis, tuple):
        if len(axis) != 2:
            raise ValueError("Improper number of dimensions to norm.")
        if ord == "fro":
            return np.linalg.norm(x, None, axis, keepdims)
        if ord is not None:
            if ord == 1 or ord == -1:
                sums = np.sum(np.abs(as_dtype(x, mean_dtype(x))), axis[0], None, keepdims=True)
            elif ord == np.inf or ord == -np.inf:
                sums = np.sum(np.abs(as_dtype(x, mean_dtype(x))), axis[1], None, keepdims=True)
            else:
                static_error("np.linalg.norm of a matrix has order None, 'fro', 1, -1, inf or -inf here; leave out ord")
            if ord > 0:
                return np.max(sums, axis, keepdims=keepdims, initial=0)
            return np.min(sums, axis, keepdims=keepdims)
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
            if ord == 1 or ord == -1:
                sums = np.sum(np.abs(v), 0)
            elif ord == np.inf or ord == -np.inf:
                sums = np.sum(np.abs(v), 1)
            else:
                static_error("np.linalg.norm of a matrix has order None, 'fro', 1, -1, inf or -inf here; leave out ord")
            if ord > 0:
                return np.max(sums, None, keepdims=keepdims, initial=0)
            return np.min(sums, None, keepdims=keepdims)
        return np.linalg.norm(v, ord, 0, keepdims)
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
    """The x with a @ x = b, for a vector b or the columns of a matrix, by elimination with partial pivoting. ValueError if a is singular.

    >>> np.linalg.solve(np.array([[2.0, 0.0], [0.0, 4.0]]), np.array([2.0, 4.0]))
    >>> np.linalg.solve(np.array([[0.0, 1.0], [2.0, 0.0]]), np.array([[3.0, 1.0], [4.0, 2.0]]))
    """
    if a.ndim != 2 or b.ndim > 2:
        static_error("np.linalg.solve takes a matrix, and a vector or a matrix")
    if b.ndim == 1:
        return np.ravel(np.linalg.solve(a, insert_axis(b, 1)))
    n = a.shape[0]
    if a.shape[1] != n:
        raise LinAlgError("Last 2 dimensions of the array must be square")
    if b.shape[0] != n:
        raise ValueError(f"solve: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m,n)->(m,n) (size {b.shape[0]} is different from {n})")
    dtype = result_dtype(as_dtype(0, mean_dtype(a)), as_dtype(0, mean_dtype(b)))
    m = copy_of(as_array(as_dtype(a, dtype)))
    x = copy_of(as_array(as_dtype(b, dtype)))
    columns = x.shape[1]
    for k in range(n):
        pivot = k
        for i in range(k + 1, n):
            if np.abs(m[i, k]) > np.abs(m[pivot, k]):
                pivot = i
        if m[pivot, k] == 0.0:
            raise LinAlgError("Singular matrix")
        if pivot != k:
            for j in range(n):
                t = m[k, j]
                m[k, j] = m[pivot, j]
                m[pivot, j] = t
            for j in range(columns):
                t = x[k, j]
                x[k, j] = x[pivot, j]
                x[pivot, j] = t
        for i in range(k + 1, n):
            f = m[i, k] / m[k, k]
            for j in range(k + 1, n):
                m[i, j] -= f * m[k, j]
            for j in range(columns):
                x[i, j] -= f * x[k, j]
    for back in range(n):
        i = n - 1 - back
        for k in range(i + 1, n):
            f = m[i, k]
            for j in range(columns):
                x[i, j] -= f * x[k, j]
        for j in range(columns):
            x[i, j] /= m[i, i]
    return x


def inv(a):
    """The inverse of a square matrix. LinAlgError if it is singular.

    >>> np.linalg.inv(np.array([[2.0, 0.0], [0.0, 4.0]]))
    """
    return np.linalg.solve(a, np.eye(a.shape[0], dtype=mean_dtype(a)))


def det(a):
    """The determinant of a square matrix: by elimination with partial pivoting, as the exponential of the sum of the pivots' logarithms.

    >>> np.linalg.det(np.array([[0.0, 2.0], [4.0, 0.0]]))
    >>> np.linalg.det(np.zeros((0, 0)))
    """
    if a.ndim != 2:
        static_error("np.linalg.det takes a matrix; loop over the others")
    n = a.shape[0]
    if a.shape[1] != n:
        raise LinAlgError("Last 2 dimensions of the array must be square")
    m = copy_of(as_array(as_dtype(a, mean_dtype(a))))
    sign = as_dtype(1, m.dtype)
    logarithm = as_dtype(0, part_dtype(m))
    for k in range(n):
        pivot = k
        for i in range(k + 1, n):
            if np.abs(m[i, k]) > np.abs(m[pivot, k]):
                pivot = i
        if m[pivot, k] == 0.0:
            return as_dtype(0, m.dtype)
        if pivot != k:
            sign = -sign
            for j in range(n):
                t = m[k, j]
                m[k, j] = m[pivot, j]
                m[pivot, j] = t
        if is_complex(m):
            sign = sign * (m[k, k] / np.abs(m[k, k]))
        elif m[k, k] < 0.0:
            sign = -sign
        logarithm += np.log(np.abs(m[k, k]))
        for i in range(k + 1, n):
            f = m[i, k] / m[k, k]
            for j in range(k + 1, n):
                m[i, j] -= f * m[k, j]
    return sign * np.exp(logarithm)


def matrix_power(a, n):
    """A square matrix multiplied by itself n times, by repeated squaring; of its inverse for a negative n. Integers stay integers, and wrap.

    >>> np.linalg.matrix_power(np.array([[1.0, 1.0], [0.0, 1.0]]), 5)
    >>> np.linalg.matrix_power(np.array([[2.0, 0.0], [0.0, 4.0]]), -1)
    >>> np.linalg.matrix_power(np.array([[1, 1], [1, 0]]), 90)
    """
    if a.ndim != 2:
        static_error("np.linalg.matrix_power takes a matrix; loop over the others")
    if a.shape[0] != a.shape[1]:
        raise LinAlgError("Last 2 dimensions of the array must be square")
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
