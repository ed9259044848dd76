def key_hash(key: value):
    """A number that is not negative, and the same for keys that are equal: an int's own bits, as CPython's.

    >>> len({1: 2})
    """
    if is_kind(key, "tuple"):
        h = 3430008
        for part in key:
            h = (h ^ np.key_hash(part)) * 1000003
        return (h ^ (h >> 31)) & 9223372036854775807
    if is_kind(key, "str"):
        h = 3430008
        for code in codes_of(key):
            h = (h ^ int(code)) * 1000003
        return (h ^ (h >> 31)) & 9223372036854775807
    if is_float(key):
        if key - key != 0:
            return 314159
        x = float(key)
        while abs(x) >= 4611686018427387904.0:
            x = x / 18446744073709551616.0
        whole = np.floor(x)
        n = int(whole)
        if whole == x:
            return n & 9223372036854775807
        return (n ^ int((x - whole) * 9007199254740992.0)) & 9223372036854775807
    return int(key) & 9223372036854775807


def key_missing(key: value):
    """Raises KeyError with a key.

    >>> len({1: 2})
    """
    if is_kind(key, "bool"):
        if key:
            raise KeyError("True")
        raise KeyError("False")
    if is_kind(key, "int"):
        raise KeyError(f"{key}")
    raise KeyError(f"{key!r}")


def table_find(d: value, key: value, h: value):
    """The number of the entry of a key, or -1. The index has a power of two of slots, each with the number of an entry, -1 while it
    has not been used, or -2 where the entry has been taken out; slots are tried in CPython's order (Objects/dictobject.c).

    >>> len({1: 2})
    """
    index = d.index
    size = index.size
    if size == 0:
        return -1
    entries = d.entries
    mask = size - 1
    rest = h
    at = h & mask
    while True:
        k = int(index[at])
        if k == -1:
            return -1
        if k >= 0:
            if entries[k][0] == h and entries[k][1] == key:
                return k
        rest = rest >> 5
        at = (5 * at + rest + 1) & mask


def index_put(index: value, h: value, k: value):
    """Notes the number of an entry in the first slot for its hash that was not used yet.

    >>> len({1: 2})
    """
    mask = index.size - 1
    rest = h
    at = h & mask
    while index[at] != -1:
        rest = rest >> 5
        at = (5 * at + rest + 1) & mask
    index[at] = k


def index_take(d: value, h: value, k: value):
    """Marks the slot of an entry as one whose entry has been taken out.

    >>> len({1: 2})
    """
    index = d.index
    mask = index.size - 1
    rest = h
    at = h & mask
    while index[at] != k:
        rest = rest >> 5
        at = (5 * at + rest + 1) & mask
    index[at] = -2
    d.used = d.used - 1


def table_put(d: value, entry: value):
    """Appends an entry whose key is new. Two thirds of the slots are used at most.

    >>> len({1: 2})
    """
    if 3 * (d.filled + 1) > 2 * d.index.size:
        np.table_grow(d)
    entries = d.entries
    np.index_put(d.index, entry[0], len(entries))
    entries.append(entry)
    d.used = d.used + 1
    d.filled = d.filled + 1


def table_grow(d: value):
    """Makes an index for three times as many entries as there are, and leaves out those that have been taken out.

    >>> len({1: 2})
    """
    entries = d.entries
    if d.used < len(entries):
        kept = 0
        for k in range(len(entries)):
            if entries[k][0] >= 0:
                entries[kept] = entries[k]
                kept += 1
        list_truncate(entries, kept)
    size = 8
    while size < 3 * d.used:
        size = 2 * size
    index = np.full(size, -1, np.int32)
    for k in range(len(entries)):
        np.index_put(index, entries[k][0], k)
    d.index = index
    d.filled = len(entries)


def table_shorten(d: value):
    """Drops the entries at the end that have been taken out.

    >>> len({1: 2})
    """
    entries = d.entries
    n = len(entries)
    while n > 0 and entries[n - 1][0] < 0:
        n -= 1
    list_truncate(entries, n)


def table_clear(d: value):
    """Drops all entries.

    >>> len({1: 2})
    """
    list_truncate(d.entries, 0)
    d.index = np.empty(0, np.int32)
    d.used = 0
    d.filled = 0


def table_next(d: value, at: value):
    """The number of the next entry from a number on that has not been taken out, or -1.

    >>> len({1: 2})
    """
    entries = d.entries
    n = len(entries)
    k = at
    while k < n:
        if entries[k][0] >= 0:
            return k
        k += 1
    return -1
