def range_index(r: value, x: value):
    """The position of a number in a range.

    >>> range(3, 9, 2).index(5)
    """
    if not np.range_contains(r, x):
        raise ValueError(f"{x} is not in range")
    return (int(x) - r.start) // r.step


def range_count(r: value, x: value):
    """How often a number is in a range: once, or not at all.

    >>> range(3, 9, 2).count(5)
    """
    return int(np.range_contains(r, x))
