def range_len(r: value):
    """How many numbers are in a range.

    >>> len(range(3, 9, 2))
    """
    if r.step > 0:
        if r.start >= r.stop:
            return 0
        return (r.stop - r.start - 1) // r.step + 1
    if r.start <= r.stop:
        return 0
    return (r.start - r.stop - 1) // (-r.step) + 1


def range_bool(r: value):
    """Whether a number is in a range.

    >>> bool(range(3, 9, 2))
    """
    return r.start < r.stop if r.step > 0 else r.start > r.stop


def range_getitem(r: value, k: integer):
    """A number of a range by its position.

    >>> range(3, 9, 2)[1]
    """
    n = np.range_len(r)
    at = int(k)
    if at < 0:
        at += n
    if at < 0 or at >= n:
        raise IndexError("range object index out of range")
    return r.start + at * r.step


def range_contains(r: value, x: value):
    """Whether a number is in a range.

    >>> 5 in range(3, 9, 2)
    """
    if is_float(x):
        if x != np.floor(x) or abs(x) >= 9223372036854775807.0:
            return False
    k = int(x)
    inside = r.start <= k < r.stop if r.step > 0 else r.stop < k <= r.start
    return inside and (k - r.start) % r.step == 0


def range_eq(r: value, other: value):
    """Whether two ranges are the same numbers.

    >>> range(0, 3, 2) == range(0, 4, 2)
    """
    n = np.range_len(r)
    if n != np.range_len(other):
        return False
    if n == 0:
        return True
    return r.start == other.start and (n == 1 or r.step == other.step)


def range_items(r: value, out: value):
    """Puts the numbers of a range into a list.

    >>> list(range(3, 9, 2))
    """
    for i in r:
        out.append(i)
    return out


def range_repr(r: value):
    """A range as Python writes it.

    >>> str(range(3, 9, 2))
    """
    return f"range({r.start}, {r.stop})" if r.step == 1 else f"range({r.start}, {r.stop}, {r.step})"
