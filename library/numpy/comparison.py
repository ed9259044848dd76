def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Whether |a - b| <= atol + rtol * |b|, element by element; infinities are close to themselves only.

    >>> np.isclose(np.array([1.0, 2.0]), np.array([1.000001, 2.1]))
    """
    near = op("<=", np.abs(op("-", as_float64(a, b), as_float64(b, a))), atol + rtol * np.abs(as_float64(b, a)))
    close = np.where(np.isfinite(as_float64(b, a)), near, op("==", a, b))
    if equal_nan:
        return op("|", close, op("&", np.isnan(as_float64(a, b)), np.isnan(as_float64(b, a))))
    return close


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Whether all elements are close; see np.isclose.

    >>> np.allclose(np.array([1.0, 2.0]), np.array([1.000001, 2.0]))
    """
    return bool(np.all(np.isclose(a, b, rtol, atol, equal_nan)))


def array_equal(a1, a2):
    """Whether two arrays have the same shape and elements.

    >>> np.array_equal(np.array([1, 2]), np.array([1, 2]))
    >>> np.array_equal(np.array([1, 2]), np.array([1, 2, 3]))
    """
    if a1.ndim != a2.ndim:
        return False
    if a1.shape != a2.shape:
        return False
    return bool(np.all(a1 == a2))
