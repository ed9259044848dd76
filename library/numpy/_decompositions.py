def epsilon_like(a):
    """The distance from 1 to the next number, in the dtype of an array's parts. Used by np.linalg.

    >>> np.linalg.eigvalsh(np.eye(2))
    """
    if part_dtype(a) == np.float32:
        return np.float32(1.1920929e-07)
    return np.float64(2.220446049250313e-16)


def check_square(a):
    """Raises LinAlgError unless the last two extents are equal. Used by np.linalg.

    >>> np.linalg.det(np.eye(2))
    """
    if a.ndim < 2:
        static_error("this function takes a matrix, or a stack of them; make it one with np.atleast_2d(a)")
    if a.shape[-2] != a.shape[-1]:
        raise LinAlgError("Last 2 dimensions of the array must be square")


def check_finite(a):
    """Raises LinAlgError if an element is infinite or NaN. Used by np.linalg.eig.

    >>> np.linalg.eigvals(np.array([[0.0, -1.0], [1.0, 0.0]]))
    """
    if not np.all(np.isfinite(a)):
        raise LinAlgError("Array must not contain infs or NaNs")


def adjoint(a):
    """The conjugate transpose of each matrix. Used by np.linalg.

    >>> np.linalg.pinv(np.eye(2))
    """
    return np.conjugate(swap_axes(a, a.ndim - 2, a.ndim - 1))


def matrices_along(a, axis: axes):
    """An array whose last two axes are two axes of another one: a view. Used by np.linalg.norm.

    >>> np.linalg.norm(np.eye(2), 2, axis=(0, 1))
    """
    row = axis[0] % a.ndim
    column = axis[1] % a.ndim
    return np.moveaxis(np.moveaxis(a, row, -1), column - 1 if column > row else column, -1)


def in_safe_range(a):
    """A copy of a matrix, scaled by a power of two so that squares of its elements neither overflow nor vanish; and the inverse of the
    scale. Used by np.linalg.

    >>> np.linalg.svdvals(np.array([[1e200, 0.0], [0.0, 1e200]]))
    """
    largest = np.max(np.abs(a), initial=0) if a.size > 0 else as_dtype(0, part_dtype(a))
    scale = as_dtype(1, part_dtype(a))
    if part_dtype(a) == np.float32:
        if largest > 1e15 and largest < np.inf:
            scale = as_like(2.0**-64, scale)
        elif largest < 1e-15 and largest > 0:
            scale = as_like(2.0**64, scale)
    else:
        if largest > 1e140 and largest < np.inf:
            scale = as_like(2.0**-512, scale)
        elif largest < 1e-140 and largest > 0:
            scale = as_like(2.0**512, scale)
    return copy_of(as_array(a * scale)), 1 / scale


def eliminate(m, x):
    """Gaussian elimination with partial pivoting of a square matrix beside right-hand sides: the matrix becomes upper triangular. Gives the
    sign of the exchanges of rows, or 0 if a pivot is 0. Used by np.linalg.solve and np.linalg.det.

    >>> np.linalg.det(np.array([[0.0, 2.0], [4.0, 0.0]]))
    """
    n = m.shape[0]
    columns = x.shape[1]
    sign = 1
    for k in range(n):
        pivot = k
        for i in range(k + 1, n):
            if np.abs(m[i, k]) > np.abs(m[pivot, k]):
                pivot = i
        if m[pivot, k] == 0:
            return 0
        if pivot != k:
            sign = -sign
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
    return sign


def substitute_back(m, x):
    """Solves an upper triangular system for each column of x, in place. Used by np.linalg.solve.

    >>> np.linalg.solve(np.eye(2), np.array([1.0, 2.0]))
    """
    n = m.shape[0]
    columns = x.shape[1]
    for back in range(n):
        i = n - 1 - back
        for k in range(i + 1, n):
            f = m[i, k]
            for j in range(columns):
                x[i, j] -= f * x[k, j]
        for j in range(columns):
            x[i, j] /= m[i, i]


def householder(x):
    """Makes of a vector x the vector v, with v[0] = 1, of a reflection H = I - t v v^H for which H^H x = (b, 0, ..., 0) with a real b; gives t
    and b (G. H. Golub and C. F. Van Loan, Matrix Computations, 5.1; the signs are LAPACK's). Used by np.linalg.qr and others.

    >>> np.linalg.qr(np.eye(2), "r")
    """
    tail = np.sum(np.squared_size(x[1:]))
    total = tail + np.squared_size(x[0])
    least = 1e-24 if part_dtype(x) == np.float32 else 1e-276
    if total < least or total == np.inf:
        # Squares have overflowed, or some have vanished.
        largest = np.max(np.abs(x))
        if largest > 0 and largest < np.inf:
            np.divide_by(x, largest)
            t, b = np.householder_of(x, np.sum(np.squared_size(x[1:])))
            return t, b * largest
    return np.householder_of(x, tail)


def divide_by(x, size):
    """A vector divided by a float, in place. Used by np.linalg.

    >>> np.linalg.eig(np.array([[0.0, -1.0], [1.0, 0.0]]))[0]
    """
    for i in range(x.size):
        if is_complex(x):
            x[i] = complex(x[i].real / size, x[i].imag / size)
        else:
            x[i] /= size


def householder_of(x, tail):
    """What householder does, given the sum of the squares of all elements but the first.

    >>> np.linalg.qr(np.eye(2), "r")
    """
    first = x[0]
    x[0] = 1
    if is_complex(x):
        if tail == 0 and first.imag == 0:
            return as_dtype(0, x.dtype), first.real
        b = -np.copysign(np.sqrt(tail + np.squared_size(first)), first.real)
        t = complex((b - first.real) / b, -first.imag / b)
    else:
        if tail == 0:
            return as_dtype(0, x.dtype), first
        b = -np.copysign(np.sqrt(tail + first * first), first)
        t = (b - first) / b
    f = first - b
    for i in range(1, x.size):
        x[i] /= f
    return t, b


def reflect_rows(a, v, t):
    """(I - t v v^H) a in the place of a.

    >>> np.linalg.qr(np.eye(2), "r")
    """
    if t != 0:
        w = np.zeros(a.shape[1], a.dtype)
        for i in range(a.shape[0]):
            f = np.conjugate(v[i])
            for j in range(w.size):
                w[j] += f * a[i, j]
        for i in range(a.shape[0]):
            f = t * v[i]
            for j in range(w.size):
                a[i, j] -= f * w[j]


def reflect_columns(a, v, t):
    """a (I - t v v^H) in the place of a.

    >>> np.linalg.svdvals(np.eye(2))
    """
    if t != 0:
        conjugate = copy_of(as_array(np.conjugate(v)))
        line = copy_of(v)
        for i in range(a.shape[0]):
            f = t * np.sum(a[i] * line)
            for j in range(line.size):
                a[i, j] -= f * conjugate[j]


def reflect_to_triangle(a):
    """Reflections that make a matrix upper triangular, in place: their vectors lie below the diagonal, each with a 1 on it that is not
    stored. Gives their factors. Used by np.linalg.qr.

    >>> np.linalg.qr(np.eye(2), "r")
    """
    factors = np.zeros(min(a.shape[0], a.shape[1]), a.dtype)
    for k in range(factors.size):
        v = copy_of(a[k:, k])
        t, b = np.householder(v)
        np.reflect_rows(a[k:, k + 1 :], v, np.conjugate(t))
        a[k:, k] = v
        a[k, k] = b
        factors[k] = t
    return factors


def product_of_reflections(a, factors, columns):
    """The first columns of the product of reflections whose vectors lie below the diagonal of a matrix. Used by np.linalg.qr and others.

    >>> np.linalg.qr(np.eye(2), "r")
    """
    q = np.eye(a.shape[0], columns, dtype=a.dtype)
    for back in range(factors.size):
        k = factors.size - 1 - back
        v = copy_of(a[k:, k])
        v[0] = 1
        np.reflect_rows(q[k:, k:], v, factors[k])
    return q


def rotate(x, y, c, s):
    """c x + s y in the place of x, and c y - s x in that of y. Used by np.linalg.

    >>> np.linalg.eigvalsh(np.eye(2))
    """
    for i in range(x.size):
        f = x[i]
        g = y[i]
        x[i] = f * c + g * s
        y[i] = g * c - f * s


def tridiagonal(a):
    """Reflections that make a Hermitian matrix tridiagonal, in place: their vectors lie below the first subdiagonal. Gives the diagonal, the
    subdiagonal, which are real, and the factors (Golub and Van Loan, 8.3.1). Used by np.linalg.eigh.

    >>> np.linalg.eigvalsh(np.eye(2))
    """
    n = a.shape[0]
    beside = np.zeros(n, part_dtype(a))
    factors = np.zeros(max(n - 1, 0), a.dtype)
    for k in range(n - 1):
        v = copy_of(a[k + 1 :, k])
        t, b = np.householder(v)
        beside[k] = b
        factors[k] = t
        rest = a[k + 1 :, k + 1 :]
        if t != 0:
            w = np.empty(v.size, a.dtype)
            for i in range(v.size):
                w[i] = t * np.sum(rest[i] * v)
            half = t * np.sum(np.conjugate(w) * v) / 2
            for i in range(v.size):
                w[i] -= half * v[i]
            v_conjugate = copy_of(as_array(np.conjugate(v)))
            w_conjugate = copy_of(as_array(np.conjugate(w)))
            for i in range(v.size):
                f = v[i]
                g = w[i]
                for j in range(v.size):
                    rest[i, j] -= f * w_conjugate[j] + g * v_conjugate[j]
        a[k + 1 :, k] = v
    diagonal = np.empty(n, beside.dtype)
    for i in range(n):
        diagonal[i] = a[i, i].real
    return diagonal, beside, factors


def diagonalise_tridiagonal(d, e, z):
    """Eigenvalues in the place of the diagonal d of a symmetric tridiagonal matrix with subdiagonal e, by the implicit QL algorithm
    (A. Dubrulle, The implicit QL algorithm, 1970); the rotations are made of the rows of z too, if there is one. Used by np.linalg.eigh.

    >>> np.linalg.eigvalsh(np.eye(2))
    """
    n = d.size
    epsilon = np.epsilon_like(d)
    least = epsilon * epsilon * np.max(np.abs(d) + np.abs(e), initial=0)
    for low in range(n):
        turns = 0
        while True:
            high = low
            while high < n - 1:
                if np.abs(e[high]) <= epsilon * (np.abs(d[high]) + np.abs(d[high + 1])) + least:
                    break
                high += 1
            if high == low:
                break
            if turns == 60:
                raise LinAlgError("Eigenvalues did not converge")
            turns += 1
            g = (d[low + 1] - d[low]) / (2 * e[low])
            g = d[high] - d[low] + e[low] / (g + np.copysign(np.hypot(g, as_like(1, g)), g))
            s = as_like(1, g)
            c = as_like(1, g)
            p = as_like(0, g)
            i = high - 1
            while i >= low:
                f = s * e[i]
                b = c * e[i]
                r = np.hypot(f, g)
                e[i + 1] = r
                if r == 0:
                    d[i + 1] -= p
                    break
                s = f / r
                c = g / r
                g = d[i + 1] - p
                r = (d[i] - g) * s + 2 * c * b
                p = s * r
                d[i + 1] = g + p
                g = c * r - b
                if z is not None:
                    np.rotate(z[i + 1], z[i], c, s)
                i -= 1
            if i < low:
                d[low] -= p
                e[low] = g
            e[high] = 0


def sort_rows(d, z, descending):
    """Sorts numbers, and rows of a matrix with them, in place. Used by np.linalg.

    >>> np.linalg.eigh(np.diag(np.array([2.0, 1.0])))[0]
    """
    order = np.argsort(-d if descending else d)
    values = copy_of(d)
    rows = copy_of(z)
    for i in range(d.size):
        d[i] = values[order[i]]
        z[i] = rows[order[i]]


def hermitian_part(a, uplo):
    """The Hermitian matrix that one triangle of a matrix stands for. Used by np.linalg.eigh.

    >>> np.linalg.eigvalsh(np.eye(2))
    """
    if uplo != "L" and uplo != "U" and uplo != "l" and uplo != "u":
        raise ValueError("UPLO argument must be 'L' or 'U'")
    full = copy_of(as_array(as_dtype(a, mean_dtype(a))))
    n = full.shape[0]
    for i in range(n):
        full[i, i] = full[i, i].real
        for j in range(i):
            if uplo == "L" or uplo == "l":
                full[j, i] = np.conjugate(full[i, j])
            else:
                full[i, j] = np.conjugate(full[j, i])
    return full


def solve_least_squares(a, b, rcond):
    """Least squares for one matrix and several right-hand sides: solutions, sums of squared residuals, rank and singular values. Used by
    np.linalg.lstsq.

    >>> np.linalg.lstsq(np.eye(2), np.array([1.0, 2.0]))[0]
    """
    m, n = a.shape
    if m != b.shape[0]:
        raise LinAlgError("Incompatible dimensions")
    dtype = result_dtype(as_dtype(0, mean_dtype(a)), as_dtype(0, mean_dtype(b)))
    u, s, vh = np.singular_vectors(as_dtype(a, dtype), False)
    small = np.epsilon_like(s) * max(m, n)
    if rcond is not None:
        small = as_like(rcond, s)
    rank = 0
    for i in range(s.size):
        if s[i] > small * s[0]:
            rank += 1
    right = np.matmul(np.adjoint(u[:, :rank]), as_dtype(b, dtype))
    for i in range(rank):
        right[i] = right[i] / s[i]
    x = np.matmul(np.adjoint(vh[:rank]), right)
    if rank < n or m <= n:
        return x, np.empty(0, s.dtype), np.int32(rank), s
    residuals = np.squared_size(as_dtype(b, dtype) - np.matmul(as_dtype(a, dtype), x))
    return x, np.sum(residuals, 0), np.int32(rank), s


def norm_of_matrices(x, ord, axis: axes, keepdims):
    """Norms of the matrices that two axes make, by their sums of columns or rows or their singular values. Used by np.linalg.norm.

    >>> np.linalg.norm(np.eye(2), 1)
    """
    if ord == "nuc" or ord == 2 or ord == -2:
        s = np.linalg.svdvals(np.matrices_along(x, axis))
        if ord == "nuc":
            value = np.sum(s, -1)
        elif ord == 2:
            value = np.max(s, -1, initial=0)
        else:
            value = np.min(s, -1)
        return np.keep_axes(x, value, axis) if keepdims else value
    if ord == 1 or ord == -1:
        sums = np.sum(np.abs(x), axis[0], None, keepdims=True)
    elif ord == np.inf or ord == -np.inf:
        sums = np.sum(np.abs(x), axis[1], None, keepdims=True)
    else:
        raise ValueError("Invalid norm order for matrices.")
    if ord > 0:
        return np.max(sums, axis, keepdims=keepdims, initial=0)
    return np.min(sums, axis, keepdims=keepdims)


def best_splits(arrays):
    """Where to split the product of matrices between i and j, for the fewest multiplications (T. Cormen and others, Introduction to
    Algorithms, 15.2). Used by np.linalg.multi_dot.

    >>> np.linalg.multi_dot([np.eye(2), np.eye(2), np.eye(2)])
    """
    n = len(arrays)
    extents = np.empty(n + 1, np.float64)
    extents[0] = arrays[0].shape[0]
    i = 1
    for a in arrays:
        extents[i] = a.shape[1]
        i += 1
    costs = np.zeros((n, n))
    splits = np.zeros((n, n), np.int64)
    for length in range(1, n):
        for i in range(n - length):
            j = i + length
            costs[i, j] = np.inf
            for k in range(i, j):
                cost = costs[i, k] + costs[k + 1, j] + extents[i] * extents[k + 1] * extents[j + 1]
                if cost < costs[i, j]:
                    costs[i, j] = cost
                    splits[i, j] = k
    return splits


def product_between(arrays, splits, i, j):
    """The product of the matrices i to j. Used by np.linalg.multi_dot.

    >>> np.linalg.multi_dot([np.eye(2), np.eye(2), np.eye(2)])
    """
    if i == j:
        return arrays[i]
    return np.product_split(arrays, splits, i, i, j)


def product_split(arrays, splits, i, k, j):
    """The product of the matrices i to j, which is split at k or later. Used by np.linalg.multi_dot.

    >>> np.linalg.multi_dot([np.eye(2), np.eye(2), np.eye(2)])
    """
    if k == j - 1:
        return np.dot(np.product_between(arrays, splits, i, k), np.product_between(arrays, splits, k + 1, j))
    if splits[i, j] == k:
        return np.dot(np.product_between(arrays, splits, i, k), np.product_between(arrays, splits, k + 1, j))
    return np.product_split(arrays, splits, i, k + 1, j)


def axes_to_end(a, axes: axes):
    """Axes moved behind the others, in their order. Used by np.linalg.tensorsolve.

    >>> np.linalg.tensorsolve(np.eye(4).reshape(2, 2, 4), np.ones((2, 2)))
    """
    if isinstance(axes, tuple):
        return np.moveaxis(a, axes, np.last_axes(len(axes)))
    return np.moveaxis(a, axes, -1)


def last_axes(n):
    """The last n axes, as a tuple. Used by np.linalg.tensorsolve.

    >>> np.linalg.tensorsolve(np.eye(4).reshape(2, 2, 4), np.ones((2, 2)))
    """
    if n == 0:
        return ()
    return (-n,) + np.last_axes(n - 1)


def axes_to_front(a, axes: axes):
    """Axes moved before the others, in their order. Used by np.tensordot.

    >>> np.tensordot(np.eye(2), np.eye(2), ((0,), (0,)))
    """
    if isinstance(axes, tuple):
        return np.moveaxis(a, axes, np.first_axes(len(axes)))
    return np.moveaxis(a, axes, 0)


def first_axes(n):
    """The first n axes, as a tuple. Used by np.tensordot.

    >>> np.tensordot(np.eye(2), np.eye(2), ((0,), (0,)))
    """
    if n == 0:
        return ()
    return np.first_axes(n - 1) + (n - 1,)


def count_of(axes: new_axes):
    """The number of axes. Used by np.tensordot.

    >>> np.tensordot(np.eye(2), np.eye(2), ((0,), (0,)))
    """
    if isinstance(axes, tuple):
        return len(axes)
    return 1


def contracted(a, b, count: known):
    """Products summed over the last axes of one array and as many first ones of another. Used by np.tensordot.

    >>> np.tensordot(np.eye(2), np.eye(2), 1)
    """
    if count == 0:
        return np.reshape(np.outer(a, b), a.shape + b.shape)
    outer_shape = a.shape[: a.ndim - count]
    inner_shape = b.shape[count:]
    inner = 1
    for extent in b.shape[:count]:
        inner *= extent
    if a.shape[a.ndim - count :] != b.shape[:count]:
        raise ValueError("shape-mismatch for sum")
    rows = np.reshape(a, (a.size // max(inner, 1), inner))
    columns = np.reshape(b, (inner, b.size // max(inner, 1)))
    product = np.matmul(rows, columns)
    if a.ndim == count and b.ndim == count:
        return product[0, 0]
    return np.reshape(product, outer_shape + inner_shape)
