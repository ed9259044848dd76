def set_add(s: value, item: key):
    """Adds an item.

    >>> len({1, 2})
    """
    h = np.key_hash(item)
    if np.table_find(s, item, h) < 0:
        np.table_put(s, (h, item))


def set_discard(s: value, item: asked):
    """Takes an item out, if it is there.

    >>> len({1, 2})
    """
    k = np.table_find(s, item, np.key_hash(item))
    if k >= 0:
        np.set_take(s, k)


def set_remove(s: value, item: asked):
    """Takes an item out.

    >>> len({1, 2})
    """
    k = np.table_find(s, item, np.key_hash(item))
    if k < 0:
        np.key_missing(item)
    np.set_take(s, k)


def set_pop(s: filled):
    """Takes out the item that came first.

    >>> len({1, 2})
    """
    if s.used == 0:
        raise KeyError("'pop from an empty set'")
    k = np.table_next(s, 0)
    item = s.entries[k][1]
    np.set_take(s, k)
    return item


def set_clear(s: value):
    """Takes out all items.

    >>> len({1, 2})
    """
    np.table_clear(s)


def set_copy(s: value):
    """A new set of the same items.

    >>> len({1, 2})
    """
    return np.set_from(list_like(s), s)


def set_update(s: value, other: each):
    """Adds the items of another set, a list or an array.

    >>> len({1, 2})
    """
    np.set_from(s, other)


def set_union(s: value, other: each):
    """A new set of the items of two.

    >>> len({1, 2})
    """
    return np.set_from(np.set_copy(s), other)


def set_intersection(s: value, other: each):
    """A new set of the items that are in both.

    >>> len({1, 2})
    """
    other = np.set_as(s, other)
    out = list_like(s)
    for item in s:
        if np.set_contains(other, item):
            np.set_add(out, item)
    return out


def set_difference(s: value, other: each):
    """A new set of the items that are not in another.

    >>> len({1, 2})
    """
    other = np.set_as(s, other)
    out = list_like(s)
    for item in s:
        if not np.set_contains(other, item):
            np.set_add(out, item)
    return out


def set_symmetric_difference(s: value, other: each):
    """A new set of the items that are in one of two.

    >>> len({1, 2})
    """
    other = np.set_as(s, other)
    return np.set_from(np.set_difference(s, other), np.set_difference(other, s))


def set_intersection_update(s: value, other: each):
    """Takes out the items that are not in another.

    >>> len({1, 2})
    """
    np.set_become(s, np.set_intersection(s, other))


def set_difference_update(s: value, other: each):
    """Takes out the items that are in another.

    >>> len({1, 2})
    """
    np.set_become(s, np.set_difference(s, other))


def set_symmetric_difference_update(s: value, other: each):
    """Takes out the items that are in another, and adds those that are in it alone.

    >>> len({1, 2})
    """
    np.set_become(s, np.set_symmetric_difference(s, other))


def set_issubset(s: value, other: each):
    """Whether every item is in another.

    >>> len({1, 2})
    """
    return np.set_le(s, np.set_as(s, other))


def set_issuperset(s: value, other: each):
    """Whether every item of another is in this one.

    >>> len({1, 2})
    """
    return np.set_le(np.set_as(s, other), s)


def set_isdisjoint(s: value, other: each):
    """Whether no item is in another.

    >>> len({1, 2})
    """
    return np.set_intersection(s, other).used == 0
