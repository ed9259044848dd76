def list_append(xs: changed, x: value):
    """An item at the end of a list.

    >>> len([1, 2] + [3])
    """
    xs.append(x)


def list_extend(xs: changed, items: value):
    """The items of an array, a list or a tuple at the end of a list.

    >>> len([1, 2] + [3])
    """
    if is_list(items):
        # The length before the first turn, so that a list can be added to itself.
        for k in range(len(items)):
            xs.append(items[k])
    else:
        for x in items:
            xs.append(x)


def list_insert(xs: changed, index: value, x: value):
    """An item before an index; an index beyond either end is that end.

    >>> len([1, 2] + [3])
    """
    n = len(xs)
    at = index + n if index < 0 else index
    at = min(max(at, 0), n)
    xs.append(x)
    for k in range(n, at, -1):
        xs[k] = xs[k - 1]
    xs[at] = x


def list_pop(xs: changed, index: value = -1):
    """Takes an item out of a list.

    >>> len([1, 2] + [3])
    """
    n = len(xs)
    if n == 0:
        raise IndexError("pop from empty list")
    at = index + n if index < 0 else index
    if at < 0 or at >= n:
        raise IndexError("pop index out of range")
    x = xs[at]
    for k in range(at, n - 1):
        xs[k] = xs[k + 1]
    list_truncate(xs, n - 1)
    return x


def list_remove(xs: changed, x: value):
    """Takes out the first item that equals a value.

    >>> len([1, 2] + [3])
    """
    n = len(xs)
    for at in range(n):
        if xs[at] == x:
            for k in range(at, n - 1):
                xs[k] = xs[k + 1]
            list_truncate(xs, n - 1)
            return
    raise ValueError("list.remove(x): x not in list")


def list_clear(xs: changed):
    """Takes all items out of a list.

    >>> len([1, 2] + [3])
    """
    list_truncate(xs, 0)


def list_index(xs: value, x: value, start: value = 0, stop: value = 9223372036854775807):
    """Where the first item is that equals a value, from a start to a stop.

    >>> [4, 5, 6].index(5)
    """
    n = len(xs)
    first = max(start + n, 0) if start < 0 else start
    end = stop + n if stop < 0 else stop
    for k in range(first, min(end, n)):
        if xs[k] == x:
            return k
    raise ValueError("list.index(x): x not in list")


def list_count(xs: value, x: value):
    """How many items equal a value.

    >>> [4, 5, 4].count(4)
    """
    found = 0
    for y in xs:
        if y == x:
            found += 1
    return found


def list_reverse(xs: changed):
    """The items of a list in the other order, in place.

    >>> len([1, 2] + [3])
    """
    n = len(xs)
    for k in range(n // 2):
        x = xs[k]
        xs[k] = xs[n - 1 - k]
        xs[n - 1 - k] = x


def list_copy(xs: value):
    """A new list of the same items.

    >>> len([1, 2] + [3])
    """
    out = list_like(xs)
    for x in xs:
        out.append(x)
    return out


def list_sort(xs: changed, /, *, key: value = None, reverse: value = False):
    """Sorts a list in place, stable: items that are equal keep their order.

    >>> len([1, 2] + [3])
    """
    np.list_replace(xs, np.list_sorted(xs, key=key, reverse=reverse))
