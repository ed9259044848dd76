def set_take(s: value, k: value):
    """Takes out the entry of a number.

    >>> len({1, 2})
    """
    entries = s.entries
    entry = entries[k]
    np.index_take(s, entry[0], k)
    entries[k] = (-1, entry[1])
    np.table_shorten(s)


def set_of(s: value, items: value):
    """Adds the items of a tuple to a new set.

    >>> len({1, 2})
    """
    for item in items:
        np.set_add(s, item)
    return s


def set_from(s: value, items: value):
    """Adds the items of a set, a list or an array.

    >>> len({1, 2})
    """
    for item in items:
        np.set_add(s, item)
    return s


def set_as(s: value, items: value):
    """Items as a set of the same type as another.

    >>> len({1, 2})
    """
    if is_kind(items, "set"):
        return items
    return np.set_from(list_like(s), items)


def set_become(s: value, other: value):
    """The items of another set in the place of those of a set.

    >>> len({1, 2})
    """
    np.table_clear(s)
    np.set_from(s, other)


def set_contains(s: value, item: asked):
    """Whether there is an item.

    >>> len({1, 2})
    """
    return np.table_find(s, item, np.key_hash(item)) >= 0


def set_len(s: value):
    """The number of items.

    >>> len({1, 2})
    """
    return s.used


def set_eq(s: value, other: value):
    """Whether two sets have the same items.

    >>> len({1, 2})
    """
    return s.used == other.used and np.set_le(s, other)


def set_le(s: value, other: value):
    """Whether every item is in another set.

    >>> len({1, 2})
    """
    if s.used > other.used:
        return False
    for item in s:
        if not np.set_contains(other, item):
            return False
    return True


def set_lt(s: value, other: value):
    """Whether every item is in another set that has more.

    >>> len({1, 2})
    """
    return s.used < other.used and np.set_le(s, other)


def set_ge(s: value, other: value):
    """Whether every item of another set is in this one.

    >>> len({1, 2})
    """
    return np.set_le(other, s)


def set_gt(s: value, other: value):
    """Whether every item of another set is in this one, which has more.

    >>> len({1, 2})
    """
    return np.set_lt(other, s)


def set_or(s: value, other: each):
    """A new set of the items of two.

    >>> len({1, 2})
    """
    return np.set_union(s, other)


def set_and(s: value, other: each):
    """A new set of the items that are in both.

    >>> len({1, 2})
    """
    return np.set_intersection(s, other)


def set_sub(s: value, other: each):
    """A new set of the items that are not in another.

    >>> len({1, 2})
    """
    return np.set_difference(s, other)


def set_xor(s: value, other: each):
    """A new set of the items that are in one of two.

    >>> len({1, 2})
    """
    return np.set_symmetric_difference(s, other)


def set_ior(s: value, other: each):
    """Adds the items of another set.

    >>> len({1, 2})
    """
    return np.set_from(s, other)


def set_iand(s: value, other: each):
    """Takes out the items that are not in another set.

    >>> len({1, 2})
    """
    np.set_intersection_update(s, other)
    return s


def set_isub(s: value, other: each):
    """Takes out the items that are in another set.

    >>> len({1, 2})
    """
    np.set_difference_update(s, other)
    return s


def set_ixor(s: value, other: each):
    """Takes out the items that are in another set, and adds those that are in it alone.

    >>> len({1, 2})
    """
    np.set_symmetric_difference_update(s, other)
    return s


def set_next(s: value, at: value, used: value, left: value):
    """The number of the next entry from a number on, or -1.

    >>> len({1, 2})
    """
    if s.used != used:
        raise RuntimeError("Set changed size during iteration")
    return np.table_next(s, at)


def set_list_keys(s: value, out: value):
    """The items in a list.

    >>> len({1, 2})
    """
    for item in s:
        out.append(item)
    return out


def set_in(s: value, rows: value):
    """Adds the items that a host has given.

    >>> len({1, 2})
    """
    for row in rows:
        np.set_add(s, row[0])
    return s


def set_out(s: value, out: value):
    """The items, as a host sees them.

    >>> len({1, 2})
    """
    for item in s:
        out.append((item,))
