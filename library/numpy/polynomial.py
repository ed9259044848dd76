def polyval(x, c, tensor=True):
    """The polynomial c[0] + c[1] x + ... at a number or at each element, by Horner's rule. Of coefficients in several dimensions each column is
    a polynomial; without tensor, each is taken at its own element of x.

    >>> np.polynomial.polynomial.polyval(np.array([1.0, 2.0]), np.array([1.0, 0.0, 3.0]))
    >>> np.polynomial.polynomial.polyval(np.array([1.0, 2.0]), np.array([[1.0, 0.0], [3.0, 2.0]]))
    """
    terms = as_dtype(c, mean_dtype(c))
    if tensor and is_array(x) and c.ndim > 1:
        terms = np.with_last_axes(terms, as_array(x).ndim)
    value = terms[-1] + x * 0
    for k in range(terms.shape[0] - 1):
        value = terms[terms.shape[0] - 2 - k] + value * x
    return value


def polyadd(c1: vector, c2: vector):
    """The sum of two polynomials, by their coefficients from the lowest power up.

    >>> np.polynomial.polynomial.polyadd(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0]))
    """
    x = copy_of(np.coefficients(c1, c2))
    y = copy_of(np.coefficients(c2, c1))
    if x.size > y.size:
        x[: y.size] += y
        return np.without_trailing_zeros(x)
    y[: x.size] += x
    return np.without_trailing_zeros(y)


def polysub(c1: vector, c2: vector):
    """The difference of two polynomials, by their coefficients from the lowest power up.

    >>> np.polynomial.polynomial.polysub(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0]))
    """
    x = copy_of(np.coefficients(c1, c2))
    y = copy_of(np.coefficients(c2, c1))
    if x.size > y.size:
        x[: y.size] -= y
        return np.without_trailing_zeros(x)
    y = -y
    y[: x.size] += x
    return np.without_trailing_zeros(y)


def polymul(c1: vector, c2: vector):
    """The product of two polynomials, by their coefficients from the lowest power up.

    >>> np.polynomial.polynomial.polymul(np.array([1.0, 2.0]), np.array([3.0, 2.0, 1.0]))
    """
    return np.without_trailing_zeros(np.convolve(np.coefficients(c1, c2), np.coefficients(c2, c1)))


def polymulx(c: vector):
    """A polynomial multiplied by x, by its coefficients from the lowest power up.

    >>> np.polynomial.polynomial.polymulx(np.array([1.0, 2.0]))
    """
    x = np.coefficients(c, c)
    if x.size == 1 and x[0] == 0:
        return x
    return np.concatenate((x[:1] * as_like(0, x), x))


def polyfromroots(roots: vector):
    """The coefficients, from the lowest power up, of the polynomial with some roots and the leading coefficient 1: products of two factors, of
    two of these, and so on.

    >>> np.polynomial.polynomial.polyfromroots(np.array([1.0, 2.0]))
    """
    dtype = result_dtype(as_dtype(0, mean_dtype(roots)), as_dtype(0, np.float64))
    n = roots.size
    if n == 0:
        return np.ones(1, dtype)
    factors = np.zeros((n, n + 1), dtype)
    factors[:, 0] = np.negative(as_dtype(np.sort(np.as_coefficients(roots)), dtype))
    factors[:, 1] = 1
    degrees = np.ones(n, np.int64)
    while n > 1:
        half = n // 2
        for i in range(half):
            degree = degrees[i] + degrees[i + half]
            factors[i, : degree + 1] = np.convolve(factors[i, : degrees[i] + 1], factors[i + half, : degrees[i + half] + 1])
            degrees[i] = degree
        if n % 2 == 1:
            degree = degrees[0] + degrees[n - 1]
            factors[0, : degree + 1] = np.convolve(factors[0, : degrees[0] + 1], factors[n - 1, : degrees[n - 1] + 1])
            degrees[0] = degree
        n = half
    return np.copy(factors[0])


def polyroots(c: vector):
    """The roots of a polynomial by its coefficients from the lowest power up. They are complex, also where NumPy gives floats.

    >>> np.round(np.sort(np.polynomial.polynomial.polyroots(np.array([2.0, -3.0, 1.0])).real), 8)
    """
    return np.roots(c[::-1])


def polyvander(x, deg: integer):
    """The powers 0 to deg of each element, along a new last axis.

    >>> np.polynomial.polynomial.polyvander(np.array([1.0, 2.0]), 2)
    """
    if deg < 0:
        raise ValueError("deg must be non-negative")
    points = np.atleast_1d(x) + 0.0
    powers = np.empty((deg + 1,) + points.shape, points.dtype)
    powers[0] = points * 0 + 1
    if deg > 0:
        powers[1] = points
    for i in range(2, deg + 1):
        powers[i] = powers[i - 1] * points
    return np.moveaxis(powers, 0, -1)


def polytrim(c: vector, tol=0):
    """A polynomial without coefficients at its end of at most a size.

    >>> np.polynomial.polynomial.polytrim(np.array([1.0, 2.0, 0.0]))
    """
    if tol < 0:
        raise ValueError("tol must be non-negative")
    x = np.as_coefficients(c)
    n = x.size
    while n > 0 and not np.abs(x[n - 1]) > tol:
        n -= 1
    if n == 0:
        return x[:1] * as_like(0, x)
    return np.copy(x[:n])
