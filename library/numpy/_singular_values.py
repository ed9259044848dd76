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
