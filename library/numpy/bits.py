def modf(x):
    """The fractional and the whole parts of floats, both with the sign of the float.

    >>> np.modf(np.array([1.5, -2.25]))
    """
    y = as_float(x)
    whole = op("trunc", y)
    rest = np.where(np.isinf(y), as_like(0, y), y - whole)
    return op("copysign", rest, y), whole


def frexp(x):
    """Floats as m * 2**e, with 0.5 <= abs(m) < 1: m, and e as int32.

    >>> np.frexp(np.array([8.0, -0.3, 0.0]))
    """
    y = as_float(x)
    return each("frexp_mantissa", y), each("frexp_exponent", y)


def ldexp(x1, x2: integers, /):
    """x1 * 2**x2, element by element.

    >>> np.ldexp(np.array([0.5, 1.0]), np.array([4, -1]))
    """
    if x2.dtype == np.uint64:
        static_error("np.ldexp takes exponents that int64 holds; convert with .astype(np.int64)")
    return each("scaled_by_power", as_float(x1), as_dtype(np.clip(x2, -5000, 5000), np.int32))


def nextafter(x1, x2, /):
    """The next float after x1 towards x2, element by element.

    >>> np.nextafter(np.array([1.0, 0.0]), np.array([2.0, -1.0]))
    """
    return each("next_float", as_float(x1, x2), as_float(x2, x1))


def spacing(x, /):
    """The distance to the next float away from zero, with the sign of the float.

    >>> np.spacing(np.array([1.0, -2.0]))
    """
    return each("float_spacing", as_float(x))


def bitwise_count(x, /):
    """The number of ones in the absolute value of integers, as uint8.

    >>> np.bitwise_count(np.array([7, -8]))
    """
    if is_float(x) or is_complex(x) or x.dtype == np.bool_:
        static_error("np.bitwise_count takes integers; convert with .astype(np.int64)")
    return each("ones_in", x)


def packbits(a, axis: axis = None, bitorder="big"):
    """Eight elements after another, which are zero or not, as the bits of an uint8; the last one is filled up with zeros.

    >>> np.packbits(np.array([1, 0, 1, 1, 0, 0, 0, 0, 1]))
    """
    if bitorder != "big" and bitorder != "little":
        raise ValueError("'order' must be either 'little' or 'big'")
    if is_float(a) or is_complex(a):
        static_error("Expected an input array of integer or boolean data type; compare: np.packbits(a != 0)")
    if axis is None:
        return np.packbits(np.ravel(a), 0, bitorder)
    rows = np.rows_along(a, axis)
    n = rows.shape[1]
    out = np.zeros((rows.shape[0], (n + 7) // 8), np.uint8)
    for k in range(rows.shape[0]):
        for i in range(n):
            if rows[k, i] != as_like(0, rows):
                place = i % 8 if bitorder == "little" else 7 - i % 8
                out[k, i // 8] |= np.uint8(1 << place)
    return np.lines_along(a, out, axis)


def unpackbits(a, axis: axis = None, count=None, bitorder="big"):
    """The bits of uint8s as elements that are 0 or 1; of each line a number of them, or all but a number at its end.

    >>> np.unpackbits(np.array([177], np.uint8))
    """
    if bitorder != "big" and bitorder != "little":
        raise ValueError("'order' must be either 'little' or 'big'")
    if a.dtype != np.uint8:
        static_error("Expected an input array of unsigned byte data type; convert with .astype(np.uint8)")
    if axis is None:
        return np.unpackbits(np.ravel(a), 0, count, bitorder)
    rows = np.rows_along(a, axis)
    n = 8 * rows.shape[1]
    if count is not None:
        if count < 0:
            if -count > n:
                raise ValueError("-count must not be larger than the number of elements")
            n += count
        else:
            n = count
    out = np.zeros((rows.shape[0], n), np.uint8)
    for k in range(rows.shape[0]):
        for i in range(min(n, 8 * rows.shape[1])):
            place = i % 8 if bitorder == "little" else 7 - i % 8
            out[k, i] = (rows[k, i // 8] >> np.uint8(place)) & np.uint8(1)
    return np.lines_along(a, out, axis)
