def equal(x1, x2, /):
    """Whether x1 = x2, element by element.

    >>> np.equal(np.array([1, 2, 3]), 2)
    """
    return op("==", x1, x2)


def not_equal(x1, x2, /):
    """Whether x1 differs from x2, element by element.

    >>> np.not_equal(np.array([1, 2, 3]), 2)
    """
    return op("!=", x1, x2)


def less(x1, x2, /):
    """Whether x1 < x2, element by element.

    >>> np.less(np.array([1, 2, 3]), 2)
    """
    return op("<", x1, x2)


def less_equal(x1, x2, /):
    """Whether x1 <= x2, element by element.

    >>> np.less_equal(np.array([1, 2, 3]), 2)
    """
    return op("<=", x1, x2)


def greater(x1, x2, /):
    """Whether x1 > x2, element by element.

    >>> np.greater(np.array([1, 2, 3]), 2)
    """
    return op(">", x1, x2)


def greater_equal(x1, x2, /):
    """Whether x1 >= x2, element by element.

    >>> np.greater_equal(np.array([1, 2, 3]), 2)
    """
    return op(">=", x1, x2)


def logical_and(x1, x2, /):
    """Whether both are true, element by element.

    >>> np.logical_and(np.array([True, False]), np.array([1, 2]))
    """
    return op("&", as_dtype(x1, np.bool_), as_dtype(x2, np.bool_))


def logical_or(x1, x2, /):
    """Whether either is true, element by element.

    >>> np.logical_or(np.array([True, False]), np.array([1, 2]))
    """
    return op("|", as_dtype(x1, np.bool_), as_dtype(x2, np.bool_))


def logical_xor(x1, x2, /):
    """Whether exactly one is true, element by element.

    >>> np.logical_xor(np.array([True, False]), np.array([1, 2]))
    """
    return op("^", as_dtype(x1, np.bool_), as_dtype(x2, np.bool_))


def logical_not(x, /):
    """Whether x is false, element by element.

    >>> np.logical_not(np.array([True, False]))
    """
    return op("invert", as_dtype(x, np.bool_))


def bitwise_and(x1, x2, /):
    """Bitwise and, element by element.

    >>> np.bitwise_and(np.array([5, 6]), 3)
    """
    return op("&", x1, x2)


def bitwise_or(x1, x2, /):
    """Bitwise or, element by element.

    >>> np.bitwise_or(np.array([5, 6]), 3)
    """
    return op("|", x1, x2)


def bitwise_xor(x1, x2, /):
    """Bitwise exclusive or, element by element.

    >>> np.bitwise_xor(np.array([5, 6]), 3)
    """
    return op("^", x1, x2)


def left_shift(x1, x2, /):
    """x1 times 2**x2, element by element.

    >>> np.left_shift(np.array([5, 6]), 3)
    """
    return op("<<", x1, x2)


def right_shift(x1, x2, /):
    """x1 divided by 2**x2, rounded down, element by element.

    >>> np.right_shift(np.array([5, 6]), 3)
    """
    return op(">>", x1, x2)


def invert(x, /):
    """Bitwise complement, element by element.

    >>> np.invert(np.array([5, -6]))
    """
    return op("invert", x)


bitwise_not = invert


def isnan(x, /):
    """Whether x is NaN, element by element.

    >>> np.isnan(np.array([1.0, np.nan]))
    """
    if is_complex(x):
        return op("|", np.isnan(x.real), np.isnan(x.imag))
    return op("!=", x, x)


def isinf(x, /):
    """Whether x is infinite, element by element.

    >>> np.isinf(np.array([1.0, -np.inf]))
    """
    if is_complex(x):
        return op("|", np.isinf(x.real), np.isinf(x.imag))
    if is_float(x):
        return op("==", op("abs", x), np.inf)
    return op("!=", x, x)


def isfinite(x, /):
    """Whether x is neither infinite nor NaN, element by element.

    >>> np.isfinite(np.array([1.0, np.inf, np.nan]))
    """
    if is_complex(x):
        return op("&", np.isfinite(x.real), np.isfinite(x.imag))
    if is_float(x):
        return op("<", op("abs", x), np.inf)
    return op("==", x, x)


def signbit(x, /):
    """Whether the sign bit is set, element by element.

    >>> np.signbit(np.array([1.0, -0.0]))
    """
    if is_float(x):
        return op("<", op("copysign", 1.0, x), 0.0)
    if is_complex(x):
        static_error("np.signbit does not take complex numbers; take the parts: np.signbit(z.real)")
    return op("<", x, as_like(0, x))


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


def array_equal(a1, a2, equal_nan=False):
    """Whether two arrays have the same shape and elements; with equal_nan, NaN is equal to itself.

    >>> np.array_equal(np.array([1, 2]), np.array([1, 2]))
    >>> np.array_equal(np.array([1, 2]), np.array([1, 2, 3]))
    >>> np.array_equal(np.array([1, np.nan]), np.array([1, np.nan]), equal_nan=True)
    """
    if a1.ndim != a2.ndim:
        return False
    if a1.shape != a2.shape:
        return False
    if equal_nan:
        return bool(np.all(op("|", op("==", a1, a2), op("&", np.isnan(a1), np.isnan(a2)))))
    return bool(np.all(op("==", a1, a2)))


def isposinf(x, out: reduced = None):
    """Whether x is infinite and positive, element by element.

    >>> np.isposinf(np.array([1.0, -np.inf, np.inf]))
    """
    return op("&", np.isinf(x), op("invert", np.signbit(x)))


def isneginf(x, out: reduced = None):
    """Whether x is infinite and negative, element by element.

    >>> np.isneginf(np.array([1.0, -np.inf, np.inf]))
    """
    return op("&", np.isinf(x), np.signbit(x))


def array_equiv(a1, a2):
    """Whether two arrays can be broadcast together and have the same elements.

    >>> np.array_equiv(np.array([1, 2]), np.array([[1, 2], [1, 2]]))
    """
    x = as_array(a1)
    y = as_array(a2)
    return np.can_broadcast(x.shape, y.shape) and bool(np.all(op("==", x, y)))
