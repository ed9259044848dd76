def roots(p: vector):
    """The roots of a polynomial p[0] x**n + ... + p[n], as the eigenvalues of its companion matrix. They are complex, also where NumPy, which
    looks at the values, gives floats.

    >>> np.round(np.sort(np.roots(np.array([1.0, -3.0, 2.0])).real), 8)
    """
    dtype = mean_dtype(p)
    nonzero = np.flatnonzero(p)
    if nonzero.size == 0:
        return np.zeros(0, result_dtype(as_dtype(0, dtype), as_dtype(0, np.complex64)))
    zeros = p.size - 1 - int(nonzero[-1])
    c = as_dtype(p[int(nonzero[0]) : int(nonzero[-1]) + 1], dtype)
    n = c.size - 1
    companion = np.zeros((n, n), dtype)
    for i in range(n):
        companion[0, i] = -c[i + 1] / c[0]
        if i > 0:
            companion[i, i - 1] = 1
    found = np.linalg.eigvals(companion)
    return np.concatenate((found, np.zeros(zeros, found.dtype)))


def poly(seq_of_zeros):
    """The coefficients of the polynomial with some roots and the leading coefficient 1.

    >>> np.poly(np.array([1.0, 2.0]))
    """
    if seq_of_zeros.ndim != 1:
        static_error("np.poly takes an array of roots; those of a matrix are np.linalg.eigvals(a)")
    zeros = as_dtype(seq_of_zeros, mean_dtype(seq_of_zeros))
    out = np.zeros(zeros.size + 1, zeros.dtype)
    out[0] = 1
    for k in range(zeros.size):
        for j in range(k + 1, 0, -1):
            out[j] -= zeros[k] * out[j - 1]
    return out


def polyadd(a1, a2):
    """The sum of two polynomials, by their coefficients from the highest power down.

    >>> np.polyadd(np.array([1, 2]), np.array([9, 5, 4]))
    """
    return op("+", np.with_leading_zeros(a1, a2), np.with_leading_zeros(a2, a1))


def polysub(a1, a2):
    """The difference of two polynomials, by their coefficients from the highest power down.

    >>> np.polysub(np.array([2, 10, -2]), np.array([3, 10, -4]))
    """
    return op("-", np.with_leading_zeros(a1, a2), np.with_leading_zeros(a2, a1))


def polymul(a1, a2):
    """The product of two polynomials, by their coefficients from the highest power down.

    >>> np.polymul(np.array([1, 2, 3]), np.array([9, 5, 1]))
    """
    return np.convolve(np.without_leading_zeros(np.atleast_1d(a1)), np.without_leading_zeros(np.atleast_1d(a2)))


def polydiv(u, v):
    """The quotient and the remainder of two polynomials, by their coefficients from the highest power down.

    >>> np.polydiv(np.array([3.0, 5.0, 2.0]), np.array([2.0, 1.0]))
    """
    a = np.atleast_1d(u) + 0.0
    b = np.atleast_1d(v) + 0.0
    dtype = result_dtype(a, b)
    rest = copy_of(as_array(as_dtype(a, dtype)))
    m = rest.size - 1
    n = b.size - 1
    if m < 0 or n < 0:
        raise IndexError("index 0 is out of bounds for axis 0 with size 0")
    quotient = np.zeros(max(m - n + 1, 1), dtype)
    scale = 1.0 / b[0]
    for k in range(m - n + 1):
        d = as_dtype(scale, dtype) * rest[k]
        quotient[k] = d
        for j in range(n + 1):
            rest[k + j] -= d * as_dtype(b[j], dtype)
    start = 0
    while start < rest.size - 1 and np.abs(rest[start]) <= 1e-8:
        start += 1
    return quotient, rest[start:]


def polyder(p: vector, m: known = 1):
    """The coefficients of the m-th derivative of a polynomial.

    >>> np.polyder(np.array([1, 1, 1, 1]))
    """
    if is_float(m) or not is_known(m):
        static_error("np.polyder needs an order that is known while compiling; write it as an integer")
    if m < 0:
        raise ValueError("Order of derivative must be positive (see polyint)")
    if m == 0:
        return p
    n = p.size - 1
    return np.polyder(p[: max(n, 0)] * np.arange(n, 0, -1), m - 1)


def polyint(p: vector, m: known = 1, k: given = None):
    """The coefficients of the m-th antiderivative of a polynomial, with the constants k, by default 0.

    >>> np.polyint(np.array([3.0, 2.0, 1.0]))
    """
    if is_float(m) or not is_known(m):
        static_error("np.polyint needs an order that is known while compiling; write it as an integer")
    if m < 0:
        raise ValueError("Order of integral must be positive (see polyder)")
    if k is None:
        return np.polyint(p, m, np.zeros(m))
    constants = np.atleast_1d(k)
    if constants.size == 1 and m > 1:
        return np.polyint(p, m, constants[0] * np.ones(m))
    if constants.size < m:
        raise ValueError("k must be a scalar or a rank-1 array of length 1 or >m.")
    if m == 0:
        return p
    return np.polyint(np.concatenate((p / np.arange(p.size, 0, -1), constants[:1])), m - 1, constants[1:])


def polyfit(x: vector, y, deg: integer, rcond=None, full=False, w=None):
    """The coefficients of the polynomial of a degree that fits points best by least squares, with weights w; with full, also the sums of
    squared residuals, the rank, the singular values and rcond.

    >>> np.round(np.polyfit(np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 5.0]), 1), 8)
    """
    if deg < 0:
        raise ValueError("expected deg >= 0")
    if x.size == 0:
        raise TypeError("expected non-empty vector for x")
    if y.ndim > 2:
        raise TypeError("expected 1D or 2D array for y")
    if y.shape[0] != x.size:
        raise TypeError("expected x and y to have same length")
    at = as_dtype(x, result_dtype(x, 0.0))
    left = np.vander(at, deg + 1)
    right = as_dtype(y, result_dtype(y, 0.0))
    if w is not None:
        if w.size != x.size:
            raise TypeError("expected w and y to have the same length")
        left = left * insert_axis(w, 1)
        right = right * (w if y.ndim == 1 else insert_axis(w, 1))
    small = x.size * np.epsilon_like(at)
    if rcond is not None:
        small = as_like(rcond, small)
    scale = np.sqrt(np.sum(left * left, 0))
    c, residuals, rank, s = np.linalg.lstsq(left / scale, right, small)
    if y.ndim == 1:
        c = c / scale
    else:
        c = c / insert_axis(scale, 1)
    if full:
        return c, residuals, rank, s, small
    return c


def vander(x: vector, N: given = None, increasing=False):
    """The matrix whose columns are powers of a vector, the highest first; N of them.

    >>> np.vander(np.array([1, 2, 3]), 3)
    >>> np.vander(np.array([1, 2, 3]), increasing=True)
    """
    columns = x.size if N is None else N
    out = np.empty((x.size, columns), result_dtype(x, np.int64(1)))
    for i in range(x.size):
        power = as_dtype(1, out.dtype)
        for j in range(columns):
            out[i, j if increasing else columns - 1 - j] = power
            power = power * as_dtype(x[i], out.dtype)
    return out


def trim_zeros(filt: vector, trim="fb"):
    """A vector without the zeros at its front and back, as trim says: "fb", "f" or "b".

    >>> np.trim_zeros(np.array([0, 0, 1, 2, 0]))
    """
    first = 0
    last = filt.size
    if trim == "fb" or trim == "f" or trim == "bf":
        while first < last and filt[first] == as_like(0, filt):
            first += 1
    if trim == "fb" or trim == "b" or trim == "bf":
        while last > first and filt[last - 1] == as_like(0, filt):
            last -= 1
    return filt[first:last]
