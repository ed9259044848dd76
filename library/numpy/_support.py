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
