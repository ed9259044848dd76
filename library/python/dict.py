def dict_get(d: filled, key: asked, default: content = None):
    """The value of a key, or a default.

    >>> len({1: 2})
    """
    if default is None:
        if not is_kind(d.entries, "list of records"):
            static_error("get() without a default may give None; write d.get(key, 0), or test `key in d` first")
    k = np.table_find(d, key, np.key_hash(key))
    if k < 0:
        return default
    return d.entries[k][2]


def dict_setdefault(d: filled, key: key, default: content):
    """The value of a key, which gets a default if it has none.

    >>> len({1: 2})
    """
    h = np.key_hash(key)
    k = np.table_find(d, key, h)
    if k < 0:
        np.table_put(d, (h, key, default))
        return default
    return d.entries[k][2]


def dict_pop(d: filled, key: asked, default: content = None):
    """Takes a key out and gives its value, or a default.

    >>> len({1: 2})
    """
    k = np.table_find(d, key, np.key_hash(key))
    if k < 0:
        if default is None:
            np.key_missing(key)
        return default
    value = d.entries[k][2]
    np.dict_take(d, k)
    return value


def dict_popitem(d: filled):
    """Takes out the key that came last, with its value.

    >>> len({1: 2})
    """
    if d.used == 0:
        raise KeyError("'popitem(): dictionary is empty'")
    np.table_shorten(d)
    k = len(d.entries) - 1
    entry = d.entries[k]
    np.dict_take(d, k)
    np.table_shorten(d)
    return entry[1], entry[2]


def dict_clear(d: value):
    """Takes out all keys.

    >>> len({1: 2})
    """
    np.table_clear(d)


def dict_copy(d: value):
    """A new dict of the same keys and values.

    >>> len({1: 2})
    """
    out = list_like(d)
    for key, item in d.items():
        np.dict_setitem(out, key, item)
    return out


def dict_update(d: value, other: each = None):
    """Stores the keys and values of another dict, or of pairs.

    >>> len({1: 2})
    """
    if other is not None:
        np.dict_from(d, other)


def dict_keys(d: filled):
    """A view of the keys.

    >>> len({1: 2})
    """
    return d


def dict_values(d: filled):
    """A view of the values.

    >>> len({1: 2})
    """
    return d


def dict_items(d: filled):
    """A view of keys and values.

    >>> len({1: 2})
    """
    return d
