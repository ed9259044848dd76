def integer_power(x1, x2):
    """An integer to a power that is not negative, by repeated squaring; wraps. Used by `**` and np.power.

    >>> np.power(3, 4)
    """
    if x2 < 0:
        raise ValueError("Integers to negative integer powers are not allowed.")
    base = x1
    result = as_like(1, x1)
    p = x2
    while p > 0:
        if p & 1 == 1:
            result = op("*", result, base)
        base = op("*", base, base)
        p = op(">>", p, 1)
    return result


def integer_powers(x1, x2):
    """Integers to powers, element by element. Used by `**` and np.power.

    >>> np.power(np.array([1, 2, 3]), 10)
    """
    a = copy_of(as_array(op("+", x1, op("*", x2, 0))))
    b = np.ravel(copy_of(as_array(op("+", x2, op("*", x1, 0)))))
    flat = np.ravel(a)
    for i in range(flat.size):
        flat[i] = np.integer_power(flat[i], b[i])
    return a


def sum_in_order(a, start):
    """Python's own sum of the items of an array: one after another, from a start value.

    >>> sum(np.array([0.5, 1.5, 2.0]))
    """
    if a.ndim > 1:
        return np.sum(a, 0) + start
    total = start
    for x in a:
        total += x
    return total


def round_decimal(x, digits):
    """A Python float rounded to a number of decimals as Python does: the decimal nearest to the exact value, ties to even.

    The product x * 10**digits is split into its rounded value and the rounding error (T. J. Dekker, A floating-point technique
    for extending the available precision, 1971), so that a tie is recognised exactly for up to 22 decimals.

    >>> round(2.675, 2)
    """
    if digits < 0:
        scale = 1.0
        for _ in range(-digits):
            scale *= 10.0
        return np.rint(x / scale) * scale
    if digits > 22 or np.abs(x) >= 4503599627370496.0 or x != x:
        return np.float64(x)
    scale = 1.0
    for _ in range(digits):
        scale *= 10.0
    high = x * scale
    if np.abs(high) >= 4503599627370496.0:
        return np.float64(x)
    a = x * 134217729.0
    a = a - (a - x)
    b = scale * 134217729.0
    b = b - (b - scale)
    low = ((a * b - high) + a * (scale - b) + (x - a) * b) + (x - a) * (scale - b)
    whole = np.floor(high)
    rest = (high - whole) + low
    if rest > 0.5 or (rest == 0.5 and whole % 2.0 == 1.0):
        whole = whole + 1.0
    return np.copysign(whole / scale, x)
