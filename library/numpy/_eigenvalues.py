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
