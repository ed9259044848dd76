def power_of_two_float(n):
    """2.0**n, exactly. Used by np.ldexp and np.nextafter.

    >>> np.ldexp(1.0, 4)
    """
    base = 2.0 if n >= 0 else 0.5
    result = 1.0
    rest = abs(n)
    while rest > 0:
        if rest & 1 == 1:
            result *= base
        base *= base
        rest >>= 1
    return result


def float_parts(x):
    """The m and the e of x = m * 2**e with 0.5 <= abs(m) < 1; x and 0 where there are none. Used by np.frexp and others.

    >>> np.frexp(np.array([8.0]))
    """
    m = np.float64(x)
    e = 0
    if m == 0 or not np.isfinite(m):
        return m, e
    while np.abs(m) >= 4294967296.0:
        m *= 2.3283064365386963e-10
        e += 32
    while np.abs(m) < 2.3283064365386963e-10:
        m *= 4294967296.0
        e -= 32
    while np.abs(m) >= 1.0:
        m *= 0.5
        e += 1
    while np.abs(m) < 0.5:
        m *= 2.0
        e -= 1
    return m, e


def frexp_mantissa(x):
    """The m of x = m * 2**e. Used by np.frexp.

    >>> np.frexp(np.array([8.0]))
    """
    m, e = np.float_parts(x)
    return as_like(m, x)


def frexp_exponent(x):
    """The e of x = m * 2**e. Used by np.frexp.

    >>> np.frexp(np.array([8.0]))
    """
    m, e = np.float_parts(x)
    return np.int32(e)


def scaled_by_power(x, n):
    """x * 2**n, rounded once. Used by np.ldexp.

    >>> np.ldexp(1.0, 4)
    """
    m, e = np.float_parts(x)
    if m == 0 or not np.isfinite(m):
        return x
    total = e + int(n)
    if total > 1024:
        return as_like(m * np.inf, x)
    if total < -1100:
        return as_like(m * 0.0, x)
    if total >= -1021:
        return as_like(m * 2.0 * np.power_of_two_float(total - 1), x)
    return as_like(m * np.power_of_two_float(-1021) * np.power_of_two_float(total + 1021), x)


def last_place(x):
    """The distance between floats of the size of a finite one. Used by np.spacing and np.nextafter.

    >>> np.spacing(1.0)
    """
    m, e = np.float_parts(x)
    least = e - 24 if x.dtype == np.float32 else e - 53
    lowest = -149 if x.dtype == np.float32 else -1074
    if m == 0 or least < lowest:
        least = lowest
    return np.scaled_by_power(np.float64(1.0), least)


def float_spacing(x):
    """The distance to the next float away from zero. Used by np.spacing.

    >>> np.spacing(1.0)
    """
    if not np.isfinite(x):
        return as_like(np.nan, x)
    if x == 0:
        return as_like(np.last_place(x), x)
    if np.abs(x) == as_like(largest_of(x), x):
        return np.copysign(as_like(np.inf, x), x)
    return np.copysign(as_like(np.last_place(x), x), x)


def next_float(x, y):
    """The next float after x towards y. Used by np.nextafter.

    >>> np.nextafter(1.0, 2.0)
    """
    if x != x or y != y:
        return x + y
    if x == y:
        return y
    if x == 0:
        return np.copysign(as_like(np.last_place(x), x), y)
    if np.isinf(x):
        return np.copysign(as_like(largest_of(x), x), x)
    step = np.last_place(x)
    m, e = np.float_parts(x)
    inwards = (y > x) != (x > 0)
    if inwards and np.abs(m) == 0.5:
        half = step / 2
        if half > 0 and np.float64(x) - np.copysign(half, np.float64(x)) == np.float64(as_like(np.float64(x) - np.copysign(half, np.float64(x)), x)):
            step = half
    return as_like(np.float64(x) + (step if y > x else -step), x)


def ones_in(n):
    """The number of ones in the absolute value of an integer. Used by np.bitwise_count.

    >>> np.bitwise_count(7)
    """
    rest = np.magnitude(n)
    count = 0
    while rest != 0:
        rest = rest & (rest - np.uint64(1))
        count += 1
    return np.uint8(count)
