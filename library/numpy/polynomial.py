def polyval(x, c, tensor=True):
    """The polynomial c[0] + c[1] x + ... at a number or at each element, by Horner's rule.

    >>> np.polynomial.polynomial.polyval(np.array([1.0, 2.0]), np.array([1.0, 0.0, 3.0]))
    """
    if c.ndim != 1:
        static_error("np.polynomial.polynomial.polyval takes coefficients in one dimension; call it for each column")
    at = strong(x)
    value = as_dtype(c[-1], mean_dtype(c)) + at * as_dtype(0, mean_dtype(c))
    for k in range(c.size - 1):
        value = c[c.size - 2 - k] + value * at
    return value


def polyadd(c1: vector, c2: vector):
    """The sum of two polynomials, by their coefficients from the lowest power up.

    >>> np.polynomial.polynomial.polyadd(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0]))
    """
    dtype = result_dtype(as_dtype(0, mean_dtype(c1)), as_dtype(0, mean_dtype(c2)))
    out = np.zeros(max(c1.size, c2.size), dtype)
    out[: c1.size] += as_dtype(c1, dtype)
    out[: c2.size] += as_dtype(c2, dtype)
    return np.without_trailing_zeros(out)


def polysub(c1: vector, c2: vector):
    """The difference of two polynomials, by their coefficients from the lowest power up.

    >>> np.polynomial.polynomial.polysub(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0]))
    """
    dtype = result_dtype(as_dtype(0, mean_dtype(c1)), as_dtype(0, mean_dtype(c2)))
    out = np.zeros(max(c1.size, c2.size), dtype)
    out[: c1.size] += as_dtype(c1, dtype)
    out[: c2.size] -= as_dtype(c2, dtype)
    return np.without_trailing_zeros(out)


def polymul(c1: vector, c2: vector):
    """The product of two polynomials, by their coefficients from the lowest power up.

    >>> np.polynomial.polynomial.polymul(np.array([1.0, 2.0]), np.array([3.0, 2.0, 1.0]))
    """
    dtype = result_dtype(as_dtype(0, mean_dtype(c1)), as_dtype(0, mean_dtype(c2)))
    x = np.without_trailing_zeros(as_dtype(c1, dtype))
    return np.without_trailing_zeros(np.convolve(x, np.without_trailing_zeros(as_dtype(c2, dtype))))


def polymulx(c: vector):
    """A polynomial multiplied by x, by its coefficients from the lowest power up.

    >>> np.polynomial.polynomial.polymulx(np.array([1.0, 2.0]))
    """
    x = np.without_trailing_zeros(as_dtype(c, mean_dtype(c)))
    if x.size == 1 and x[0] == 0:
        return x
    out = np.zeros(x.size + 1, x.dtype)
    out[1:] = x
    return out


def polyfromroots(roots: vector):
    """The coefficients, from the lowest power up, of the polynomial with some roots and the leading coefficient 1.

    >>> np.polynomial.polynomial.polyfromroots(np.array([1.0, 2.0]))
    """
    return np.poly(np.sort(roots))[::-1]


def polyroots(c: vector):
    """The roots of a polynomial by its coefficients from the lowest power up. They are complex, also where NumPy gives floats.

    >>> np.round(np.sort(np.polynomial.polynomial.polyroots(np.array([2.0, -3.0, 1.0])).real), 8)
    """
    return np.roots(c[::-1])


def polyvander(x: vector, deg: integer):
    """The matrix whose columns are the powers 0 to deg of a vector.

    >>> np.polynomial.polynomial.polyvander(np.array([1.0, 2.0]), 2)
    """
    if deg < 0:
        raise ValueError("deg must be non-negative")
    return np.vander(as_dtype(x, mean_dtype(x)), deg + 1, True)


def polytrim(c: vector, tol=0):
    """A polynomial without coefficients at its end of at most a size.

    >>> np.polynomial.polynomial.polytrim(np.array([1.0, 2.0, 0.0]))
    """
    if tol < 0:
        raise ValueError("tol must be non-negative")
    x = as_dtype(c, mean_dtype(c))
    n = x.size
    while n > 1 and np.abs(x[n - 1]) <= tol:
        n -= 1
    if n == 1 and np.abs(x[0]) <= tol:
        return np.zeros(1, x.dtype)
    return np.copy(x[:n])
