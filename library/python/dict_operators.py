def dict_take(d: value, k: value):
    """Takes out the entry of a number.

    >>> len({1: 2})
    """
    entries = d.entries
    entry = entries[k]
    np.index_take(d, entry[0], k)
    entries[k] = (-1, entry[1], entry[2])


def dict_getitem(d: filled, key: asked):
    """The value of a key.

    >>> len({1: 2})
    """
    k = np.table_find(d, key, np.key_hash(key))
    if k < 0:
        np.key_missing(key)
    return d.entries[k][2]


def dict_setitem(d: value, key: key, item: content):
    """Stores the value of a key; the key itself stays the one that came first.

    >>> len({1: 2})
    """
    h = np.key_hash(key)
    k = np.table_find(d, key, h)
    if k < 0:
        np.table_put(d, (h, key, item))
    else:
        entries = d.entries
        entries[k] = (h, entries[k][1], item)


def dict_delitem(d: value, key: asked):
    """Takes a key out.

    >>> len({1: 2})
    """
    k = np.table_find(d, key, np.key_hash(key))
    if k < 0:
        np.key_missing(key)
    np.dict_take(d, k)


def dict_contains(d: value, key: asked):
    """Whether there is a key.

    >>> len({1: 2})
    """
    return np.table_find(d, key, np.key_hash(key)) >= 0


def dict_len(d: value):
    """The number of keys.

    >>> len({1: 2})
    """
    return d.used


def dict_of(d: value, pairs: value):
    """Stores the pairs of a tuple in a new dict.

    >>> len({1: 2})
    """
    for pair in pairs:
        np.dict_setitem(d, pair[0], pair[1])
    return d


def dict_from(d: value, items: value):
    """Stores the keys and values of another dict, or of a list of pairs.

    >>> len({1: 2})
    """
    if is_kind(items, "dict"):
        for key, item in items.items():
            np.dict_setitem(d, key, item)
    else:
        for pair in items:
            np.dict_setitem(d, pair[0], pair[1])
    return d


def dict_eq(d: value, other: value):
    """Whether two dicts have equal values for the same keys.

    >>> len({1: 2})
    """
    if d.used != other.used:
        return False
    for key, item in d.items():
        k = np.table_find(other, key, np.key_hash(key))
        if k < 0:
            return False
        if other.entries[k][2] != item:
            return False
    return True


def dict_or(d: value, other: each):
    """A new dict of the keys and values of two, those of the second first.

    >>> len({1: 2})
    """
    return np.dict_from(np.dict_copy(d), other)


def dict_ior(d: value, other: each):
    """Stores the keys and values of another dict.

    >>> len({1: 2})
    """
    return np.dict_from(d, other)


def dict_next(d: value, at: value, used: value, left: value):
    """The number of the next entry from a number on, or -1. `left` more entries are expected of those there were at the beginning.

    >>> len({1: 2})
    """
    if d.used != used:
        raise RuntimeError("dictionary changed size during iteration")
    k = np.table_next(d, at)
    if k >= 0 and left == 0:
        raise RuntimeError("dictionary keys changed during iteration")
    return k


def dict_list_keys(d: value, out: value):
    """The keys in a list.

    >>> len({1: 2})
    """
    for key in d:
        out.append(key)
    return out


def dict_list_values(d: value, out: value):
    """The values in a list.

    >>> len({1: 2})
    """
    for item in d.values():
        out.append(item)
    return out


def dict_list_items(d: value, out: value):
    """Keys and values in a list.

    >>> len({1: 2})
    """
    for pair in d.items():
        out.append(pair)
    return out


def dict_in(d: value, pairs: value):
    """Stores the pairs that a host has given.

    >>> len({1: 2})
    """
    for pair in pairs:
        np.dict_setitem(d, pair[0], taken_in(pair[1], d, 1))
    return d


def dict_out(d: value, out: value):
    """Keys and values, as a host sees them.

    >>> len({1: 2})
    """
    for key, item in d.items():
        out.append((key, given_out(item, out, 1)))


def dict_repr(d: value):
    """A dict as Python prints it.

    >>> len(str({1: 2})) == 6
    """
    parts = [repr(key) + ": " + repr(item) for key, item in d.items()]
    return "{" + ", ".join(parts) + "}"
