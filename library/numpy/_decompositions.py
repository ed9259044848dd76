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


def bidiagonal(a):
    """Reflections of the rows and the columns that make a matrix with no more columns than rows upper bidiagonal, in place. Gives the
    diagonal, the superdiagonal, which are real, and the factors of both (G. Golub and W. Kahan, Calculating the singular values and
    pseudo-inverse of a matrix, 1965). Used by np.linalg.svd.

    >>> np.linalg.svdvals(np.eye(2))
    """
    n = a.shape[1]
    d = np.zeros(n, part_dtype(a))
    e = np.zeros(n, part_dtype(a))
    left = np.zeros(n, a.dtype)
    right = np.zeros(max(n - 1, 0), a.dtype)
    for k in range(n):
        v = copy_of(a[k:, k])
        t, b = np.householder(v)
        np.reflect_rows(a[k:, k + 1 :], v, np.conjugate(t))
        a[k:, k] = v
        d[k] = b
        left[k] = t
        if k < n - 1:
            v = copy_of(as_array(np.conjugate(a[k, k + 1 :])))
            t, b = np.householder(v)
            np.reflect_columns(a[k + 1 :, k + 1 :], v, t)
            a[k, k + 1 :] = v
            e[k] = b
            right[k] = t
    return d, e, left, right


def givens(x, y):
    """The cosine and the sine of the rotation that makes (r, 0) of (x, y), and r. Used by np.linalg.svd.

    >>> np.linalg.svdvals(np.eye(2))
    """
    r = np.hypot(x, y)
    if r == 0:
        return as_like(1, r), as_like(0, r), r
    return x / r, y / r, r


def zero_on_diagonal(d, e, low, high, epsilon, least, u, v):
    """Where an element of a bidiagonal block is 0, rotates away what stands beside it, so that the block falls apart. Whether there was one
    (Golub and Van Loan, 8.6.2). Used by np.linalg.svd.

    >>> np.linalg.svdvals(np.zeros((2, 2)))
    """
    for k in range(low, high + 1):
        beside = as_like(0, epsilon)
        if k < high:
            beside += np.abs(e[k])
        if k > low:
            beside += np.abs(e[k - 1])
        if np.abs(d[k]) <= epsilon * beside + least:
            d[k] = 0
            if k < high:
                f = e[k]
                e[k] = 0
                for i in range(k + 1, high + 1):
                    c, s, r = np.givens(d[i], f)
                    d[i] = r
                    if i < high:
                        f = -s * e[i]
                        e[i] = c * e[i]
                    if u is not None:
                        np.rotate(u[i], u[k], c, s)
            else:
                f = e[k - 1]
                e[k - 1] = 0
                for back in range(k - low):
                    i = k - 1 - back
                    c, s, r = np.givens(d[i], f)
                    d[i] = r
                    if i > low:
                        f = -s * e[i - 1]
                        e[i - 1] = c * e[i - 1]
                    if v is not None:
                        np.rotate(v[i], v[k], c, s)
            return True
    return False


def bidiagonal_shift(d, e, low, high):
    """The first column of a QR step on a bidiagonal block, with Wilkinson's shift. Used by np.linalg.svd.

    >>> np.linalg.svdvals(np.eye(2))
    """
    scale = np.abs(d[low]) + np.abs(e[low]) + np.abs(d[high]) + np.abs(e[high - 1]) + np.abs(d[high - 1])
    m = d[high - 1] / scale
    n = d[high] / scale
    b = e[high - 1] / scale
    a = as_like(0, b)
    if high - 1 > low:
        a = e[high - 2] / scale
    corner = n * n + b * b
    half = (m * m + a * a - corner) / 2
    other = m * b
    shift = corner
    if other != 0:
        shift = corner - other * other / (half + np.copysign(np.hypot(half, other), half))
    first = d[low] / scale
    return first * first - shift, first * (e[low] / scale)


def diagonalise_bidiagonal(d, e, u, v):
    """Singular values in the place of the diagonal d of an upper bidiagonal matrix with superdiagonal e, by the implicit QR algorithm
    (G. Golub and C. Reinsch, Singular value decomposition and least squares solutions, 1970); the rotations are made of the rows of u and v
    too, if there are any. Used by np.linalg.svd.

    >>> np.linalg.svdvals(np.eye(2))
    """
    epsilon = np.epsilon_like(d)
    least = epsilon * epsilon * np.max(np.abs(d) + np.abs(e), initial=0)
    high = d.size - 1
    turns = 0
    while high > 0:
        low = high
        while low > 0:
            if np.abs(e[low - 1]) <= epsilon * (np.abs(d[low - 1]) + np.abs(d[low])) + least:
                e[low - 1] = 0
                break
            low -= 1
        if low == high:
            high -= 1
            turns = 0
            continue
        if np.zero_on_diagonal(d, e, low, high, epsilon, least, u, v):
            continue
        if turns == 100:
            raise LinAlgError("SVD did not converge")
        turns += 1
        x, y = np.bidiagonal_shift(d, e, low, high)
        for k in range(low, high):
            c, s, r = np.givens(x, y)
            if k > low:
                e[k - 1] = r
            x = c * d[k] + s * e[k]
            e[k] = c * e[k] - s * d[k]
            y = s * d[k + 1]
            d[k + 1] = c * d[k + 1]
            if v is not None:
                np.rotate(v[k], v[k + 1], c, s)
            c, s, r = np.givens(x, y)
            d[k] = r
            x = c * e[k] + s * d[k + 1]
            d[k + 1] = c * d[k + 1] - s * e[k]
            if k < high - 1:
                y = s * e[k + 1]
                e[k + 1] = c * e[k + 1]
            if u is not None:
                np.rotate(u[k], u[k + 1], c, s)
        e[high - 1] = x


def singular_values(a):
    """The singular values of one matrix, in decreasing order. Used by np.linalg.svd.

    >>> np.linalg.svdvals(np.eye(2))
    """
    if a.shape[0] < a.shape[1]:
        return np.singular_values(swap_axes(a, 0, 1))
    m, scale = np.in_safe_range(as_dtype(a, mean_dtype(a)))
    d, e, left, right = np.bidiagonal(m)
    np.diagonalise_bidiagonal(d, e, None, None)
    return np.sort(np.abs(d))[::-1] * scale


def singular_vectors(a, full_matrices):
    """The singular value decomposition of one matrix. Used by np.linalg.svd.

    >>> np.linalg.svd(np.eye(2))[1]
    """
    m, n = a.shape
    if m < n:
        u, s, vh = np.singular_vectors(np.adjoint(a), full_matrices)
        return copy_of(as_array(np.adjoint(vh))), s, copy_of(as_array(np.adjoint(u)))
    work, scale = np.in_safe_range(as_dtype(a, mean_dtype(a)))
    d, e, left, right = np.bidiagonal(work)
    columns = m if full_matrices else n
    u = copy_of(swap_axes(np.product_of_reflections(work, left, columns), 0, 1))
    v = np.eye(n, dtype=work.dtype)
    if n > 1:
        v[1:, 1:] = np.adjoint(np.product_of_reflections(swap_axes(work[: n - 1, 1:], 0, 1), right, n - 1))
    np.diagonalise_bidiagonal(d, e, u, v)
    for i in range(n):
        if d[i] < 0:
            d[i] = -d[i]
            v[i] = -v[i]
    order = copy_of(d)
    np.sort_rows(order, u[:n], True)
    np.sort_rows(d, v, True)
    return copy_of(swap_axes(u, 0, 1)), d * scale, v


def hessenberg(a):
    """Reflections that make a square matrix zero below its first subdiagonal, in place; gives the transpose of their product
    (Golub and Van Loan, 7.4.3). Used by np.linalg.eig.

    >>> np.linalg.eigvals(np.array([[0.0, -1.0], [1.0, 0.0]]))
    """
    n = a.shape[0]
    factors = np.zeros(max(n - 1, 0), a.dtype)
    for k in range(n - 1):
        v = copy_of(a[k + 1 :, k])
        t, b = np.householder(v)
        np.reflect_rows(a[k + 1 :, k + 1 :], v, np.conjugate(t))
        np.reflect_columns(a[:, k + 1 :], v, t)
        a[k + 1 :, k] = v
        a[k + 1, k] = b
        factors[k] = t
    z = np.eye(n, dtype=a.dtype)
    if n > 1:
        z[1:, 1:] = swap_axes(np.product_of_reflections(a[1:, : n - 1], factors, n - 1), 0, 1)
    for i in range(2, n):
        a[i, : i - 1] = 0
    return z


def start_of_block(h, high, epsilon, least):
    """The first row of the block that ends with a row, at which a subdiagonal element is negligible; it becomes 0. Used by np.linalg.eig.

    >>> np.linalg.eigvals(np.array([[0.0, -1.0], [1.0, 0.0]]))
    """
    low = high
    while low > 0:
        if np.abs(h[low, low - 1]) <= epsilon * (np.abs(h[low - 1, low - 1]) + np.abs(h[low, low])) + least:
            h[low, low - 1] = 0
            break
        low -= 1
    return low


def francis_step(h, z, low, high, exceptional):
    """A double implicit shift on the rows low to high of a Hessenberg matrix (J. G. F. Francis, The QR transformation, 1961). Used by
    np.linalg.eig.

    >>> np.linalg.eigvals(np.array([[0.0, -1.0], [1.0, 0.0]]))
    """
    n = h.shape[0]
    trace = h[high - 1, high - 1] + h[high, high]
    determinant = h[high - 1, high - 1] * h[high, high] - h[high - 1, high] * h[high, high - 1]
    if exceptional:
        size = np.abs(h[high, high - 1]) + np.abs(h[high - 1, high - 2])
        trace = 1.5 * size
        determinant = size * size
    v = np.empty(3, h.dtype)
    v[0] = h[low, low] * (h[low, low] - trace) + h[low, low + 1] * h[low + 1, low] + determinant
    v[1] = h[low + 1, low] * (h[low, low] + h[low + 1, low + 1] - trace)
    v[2] = h[low + 1, low] * h[low + 2, low + 1]
    for k in range(low, high):
        last = min(k + 2, high)
        if k > low:
            for i in range(k, last + 1):
                v[i - k] = h[i, k - 1]
        if last - k == 1:
            v[2] = 0
        t, b = np.householder(v)
        if t == 0:
            continue
        part = v[: last - k + 1]
        first = max(k - 1, low)
        np.reflect_rows(h[k : last + 1, first:], part, t)
        np.reflect_columns(h[: min(last + 1, high) + 1, k : last + 1], part, t)
        np.reflect_rows(z[k : last + 1], part, t)
        if k > low:
            for i in range(k + 1, last + 1):
                h[i, k - 1] = 0


def split_block(h, z, k):
    """Makes a block of two rows with real eigenvalues upper triangular. Used by np.linalg.eig.

    >>> np.linalg.eigvals(np.array([[0.0, -1.0], [1.0, 0.0]]))
    """
    half = (h[k, k] - h[k + 1, k + 1]) / 2
    root = half * half + h[k, k + 1] * h[k + 1, k]
    if root >= 0:
        c, s, r = np.givens(half + np.copysign(np.sqrt(root), half), h[k + 1, k])
        np.rotate(h[k, k:], h[k + 1, k:], c, s)
        np.rotate(h[: k + 2, k], h[: k + 2, k + 1], c, s)
        np.rotate(z[k], z[k + 1], c, s)
        h[k + 1, k] = 0


def real_schur(h, z):
    """Makes of a real Hessenberg matrix a quasi-triangular one, with blocks of two rows for pairs of complex eigenvalues, in place; the
    transformations are made of the rows of z too. Used by np.linalg.eig.

    >>> np.linalg.eigvals(np.array([[0.0, -1.0], [1.0, 0.0]]))
    """
    epsilon = np.epsilon_like(h)
    least = epsilon * epsilon * np.max(np.abs(h), initial=0)
    high = h.shape[0] - 1
    turns = 0
    while high > 0:
        low = np.start_of_block(h, high, epsilon, least)
        if low >= high - 1:
            if low == high - 1:
                np.split_block(h, z, low)
            high = low - 1
            turns = 0
            continue
        if turns == 90:
            raise LinAlgError("Eigenvalues did not converge")
        turns += 1
        np.francis_step(h, z, low, high, turns % 10 == 0)


def complex_rotate(x, y, c, s):
    """c x + s y in the place of x, and c y - conj(s) x in that of y. Used by np.linalg.eig.

    >>> np.linalg.eigvals(np.array([[0.0, -1.0], [1.0, 0.0]]))
    """
    back = np.conjugate(s)
    for i in range(x.size):
        f = x[i]
        g = y[i]
        x[i] = f * c + g * s
        y[i] = g * c - f * back


def complex_shift(h, high, exceptional):
    """The eigenvalue of the last two rows of a block that is nearer to its corner. Used by np.linalg.eig.

    >>> np.linalg.eigvals(np.array([[0.0, -1.0], [1.0, 0.0]]))
    """
    corner = h[high, high]
    if exceptional:
        return corner + np.abs(h[high, high - 1])
    half = (h[high - 1, high - 1] - corner) / 2
    product = h[high - 1, high] * h[high, high - 1]
    root = np.sqrt(half * half + product)
    if half.real * root.real + half.imag * root.imag < 0:
        root = -root
    if half + root == 0:
        return corner
    return corner - product / (half + root)


def complex_schur(h, z):
    """Makes of a complex Hessenberg matrix an upper triangular one by the QR algorithm with single shifts, in place; the transformations are
    made of the rows of z too (Golub and Van Loan, 7.5). Used by np.linalg.eig.

    >>> np.linalg.eigvals(np.array([[0.0, -1.0], [1.0, 0.0]]))
    """
    epsilon = np.epsilon_like(h)
    least = epsilon * epsilon * np.max(np.abs(h), initial=0)
    n = h.shape[0]
    high = n - 1
    turns = 0
    while high > 0:
        low = np.start_of_block(h, high, epsilon, least)
        if low == high:
            high -= 1
            turns = 0
            continue
        if turns == 90:
            raise LinAlgError("Eigenvalues did not converge")
        turns += 1
        x = h[low, low] - np.complex_shift(h, high, turns % 10 == 0)
        y = h[low + 1, low]
        for k in range(low, high):
            if k > low:
                x = h[k, k - 1]
                y = h[k + 1, k - 1]
            size = np.abs(x)
            r = np.hypot(size, np.abs(y))
            if r == 0:
                continue
            c = size / r
            s = np.conjugate(y) / r
            if size > 0:
                s = s * (x / size)
            np.complex_rotate(h[k, max(k - 1, low) :], h[k + 1, max(k - 1, low) :], c, s)
            last = min(k + 2, high)
            np.complex_rotate(h[: last + 1, k], h[: last + 1, k + 1], c, np.conjugate(s))
            np.complex_rotate(z[k], z[k + 1], c, np.conjugate(s))
            if k > low:
                h[k + 1, k - 1] = 0


def schur(a):
    """A square matrix as Q T Q^H, with T triangular or, if it is real, quasi-triangular: T and the transpose of Q. Used by np.linalg.eig.

    >>> np.linalg.eigvals(np.array([[0.0, -1.0], [1.0, 0.0]]))
    """
    t = copy_of(a)
    z = np.hessenberg(t)
    if is_complex(a):
        np.complex_schur(t, z)
    else:
        np.real_schur(t, z)
    return t, z


def schur_eigenvalues(t):
    """The eigenvalues of a quasi-triangular matrix. Used by np.linalg.eig.

    >>> np.linalg.eigvals(np.array([[0.0, -1.0], [1.0, 0.0]]))
    """
    n = t.shape[0]
    values = np.zeros(n, result_dtype(t, as_dtype(0, np.complex64)))
    for k in range(n):
        values[k] = t[k, k]
    if not is_complex(t):
        for k in range(n - 1):
            if t[k + 1, k] != 0:
                half = (t[k, k] - t[k + 1, k + 1]) / 2
                size = np.sqrt(np.abs(half * half + t[k, k + 1] * t[k + 1, k]))
                middle = t[k + 1, k + 1] + half
                values[k] = complex(middle, size)
                values[k + 1] = complex(middle, -size)
    return values


def schur_vector(t, k, value):
    """An eigenvector of a quasi-triangular matrix for the eigenvalue at row k, or of the pair that begins there, by back substitution.
    Used by np.linalg.eig.

    >>> np.linalg.eig(np.array([[0.0, -1.0], [1.0, 0.0]]))[0]
    """
    x = np.zeros(t.shape[0], result_dtype(t, as_dtype(0, np.complex64)))
    least = np.epsilon_like(t) * np.max(np.abs(t))
    if least == 0:
        least = as_like(1, least)
    x[k] = 1
    if value.imag != 0 and not is_complex(t):
        # Both rows of the block say the same of its two numbers.
        if np.abs(t[k, k + 1]) >= np.abs(t[k + 1, k]):
            x[k + 1] = (value - t[k, k]) / t[k, k + 1]
        else:
            x[k] = (value - t[k + 1, k + 1]) / t[k + 1, k]
            x[k + 1] = 1
    j = k - 1
    while j >= 0:
        rest = as_dtype(0, x.dtype)
        for i in range(j + 1, x.size):
            rest += t[j, i] * x[i]
        corner = t[j, j] - value
        if j > 0 and t[j, j - 1] != 0:
            above = as_dtype(0, x.dtype)
            for i in range(j + 1, x.size):
                above += t[j - 1, i] * x[i]
            first = t[j - 1, j - 1] - value
            determinant = first * corner - t[j - 1, j] * t[j, j - 1]
            if np.abs(determinant) < least * least:
                determinant = as_dtype(least * least, x.dtype)
            x[j] = (t[j, j - 1] * above - first * rest) / determinant
            x[j - 1] = (t[j - 1, j] * rest - corner * above) / determinant
            j -= 1
        else:
            if np.abs(corner) < least:
                corner = as_dtype(least, x.dtype)
            x[j] = -rest / corner
        j -= 1
        size = np.max(np.abs(x))
        if size > 1e10:
            np.divide_by(x, size)
    return x


def unit_vector(x):
    """A vector divided by its norm, and turned so that its largest element is real. Used by np.linalg.eig.

    >>> np.linalg.eig(np.array([[0.0, -1.0], [1.0, 0.0]]))[0]
    """
    y = copy_of(x)
    np.divide_by(y, np.max(np.abs(y)))
    np.divide_by(y, np.sqrt(np.sum(np.squared_size(y))))
    largest = y[np.argmax(np.abs(y))]
    if largest.imag != 0:
        y = y * (np.conjugate(largest) / np.abs(largest))
    return y


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
