def list_from(items: value, out: value):
    """The items of an array or a tuple in a list that is given.

    >>> len([1, 2] + [3])
    """
    for x in items:
        out.append(x)
    return out


def list_add(xs: value, ys: value):
    """A new list of the items of two.

    >>> len([1, 2] + [3])
    """
    out = np.list_copy(xs)
    np.list_extend(out, ys)
    return out


def list_repeat(xs: value, times: value):
    """A new list of the items, several times.

    >>> len([1, 2] * 3)
    """
    out = list_like(xs)
    for _ in range(times):
        for x in xs:
            out.append(x)
    return out


def list_contains(xs: value, x: value):
    """Whether an item equals a value.

    >>> 2 in [1, 2, 3]
    """
    for y in xs:
        if y == x:
            return True
    return False


def list_equal(xs: value, ys: value):
    """Whether two lists have equal items.

    >>> [1, 2] == [1, 2]
    """
    if len(xs) != len(ys):
        return False
    for k in range(len(xs)):
        if xs[k] != ys[k]:
            return False
    return True


def list_less(xs: value, ys: value, or_equal: value):
    """Whether a list comes before another: the first items that differ decide, and after them the lengths.

    >>> [1, 2] < [1, 3]
    """
    for k in range(min(len(xs), len(ys))):
        if xs[k] != ys[k]:
            return xs[k] < ys[k]
    if or_equal:
        return len(xs) <= len(ys)
    return len(xs) < len(ys)


def slice_start(n: value, start: value, step: value):
    """Where a slice of `n` items begins.

    >>> len([1, 2] + [3])
    """
    if start is None:
        return n - 1 if step < 0 else 0
    at = start + n if start < 0 else start
    if step < 0:
        return min(max(at, -1), n - 1)
    return min(max(at, 0), n)


def slice_stop(n: value, stop: value, step: value):
    """Where a slice of `n` items ends.

    >>> len([1, 2] + [3])
    """
    if stop is None:
        return -1 if step < 0 else n
    at = stop + n if stop < 0 else stop
    if step < 0:
        return min(max(at, -1), n - 1)
    return min(max(at, 0), n)


def list_slice(xs: value, start: value, stop: value, step: value):
    """A new list of the items from a start to a stop.

    >>> len([1, 2, 3, 4][1:3])
    """
    by = 1 if step is None else step
    if by == 0:
        raise ValueError("slice step cannot be zero")
    n = len(xs)
    out = list_like(xs)
    for k in range(np.slice_start(n, start, by), np.slice_stop(n, stop, by), by):
        out.append(xs[k])
    return out


def list_store_slice(xs: value, start: value, stop: value, step: value, items: value):
    """Items in the place of those from a start to a stop.

    >>> len([1, 2] + [3])
    """
    by = 1 if step is None else step
    if by == 0:
        raise ValueError("slice step cannot be zero")
    n = len(xs)
    first = np.slice_start(n, start, by)
    last = np.slice_stop(n, stop, by)
    new = np.list_from(items, list_like(xs))
    if step is not None and by != 1:
        size = np.range_length(first, last, by)
        if size != len(new):
            raise ValueError(f"attempt to assign sequence of size {len(new)} to extended slice of size {size}")
        for k in range(size):
            xs[first + k * by] = new[k]
        return
    last = max(first, last)
    rest = list_like(xs)
    for k in range(last, n):
        rest.append(xs[k])
    list_truncate(xs, first)
    np.list_extend(xs, new)
    np.list_extend(xs, rest)


def range_length(start: value, stop: value, step: value):
    """How many numbers a range has.

    >>> len([k for k in range(0, 10, 3)])
    """
    if step < 0:
        return max((start - stop - step - 1) // -step, 0)
    return max((stop - start + step - 1) // step, 0)


def list_delete(xs: value, index: value):
    """Takes out the item at an index.

    >>> len([1, 2] + [3])
    """
    n = len(xs)
    at = index + n if index < 0 else index
    if at < 0 or at >= n:
        raise IndexError("list assignment index out of range")
    for k in range(at, n - 1):
        xs[k] = xs[k + 1]
    list_truncate(xs, n - 1)


def list_delete_slice(xs: value, start: value, stop: value, step: value):
    """Takes out the items from a start to a stop.

    >>> len([1, 2] + [3])
    """
    by = 1 if step is None else step
    if by == 0:
        raise ValueError("slice step cannot be zero")
    n = len(xs)
    first = np.slice_start(n, start, by)
    last = np.slice_stop(n, stop, by)
    gone = np.zeros(n, np.bool_)
    for k in range(first, last, by):
        gone[k] = True
    kept = 0
    for k in range(n):
        if not gone[k]:
            xs[kept] = xs[k]
            kept += 1
    list_truncate(xs, kept)


def list_sort_numbers(xs: value, dtype: value, reverse: value):
    """Sorts a list of numbers in place.

    >>> len([1, 2] + [3])
    """
    np.list_replace(xs, np.list_sorted_numbers(xs, dtype, reverse))


def list_replace(xs: value, items: value):
    """The items of another list of the same length in the place of those of a list.

    >>> len([1, 2] + [3])
    """
    for k in range(len(xs)):
        xs[k] = items[k]


def list_sorted(xs: value, /, *, key: value = None, reverse: value = False):
    """A sorted copy of a list, stable. Pieces of 63 items are sorted as CPython sorts a list of so many, by binary insertion behind the run that
    they begin with, so that shorter lists are in CPython's order also where items are in none, as NaN is. The pieces are merged from below (Knuth,
    TAOCP 3, 5.2.1 and 5.2.4, algorithm N).

    >>> len(sorted([3, 1, 2]))
    """
    n = len(xs)
    order = np.arange(n)
    # What is sorted backwards and turned round has items that are equal in their order.
    if reverse:
        for k in range(n):
            order[k] = n - 1 - k
    keys = np.list_keys(xs, key)
    width = 63
    for low in range(0, n, width):
        np.list_insertion_sort(keys, order, low, min(low + width, n))
    other = np.empty(n, np.int64)
    while width < n:
        low = 0
        while low < n:
            middle = min(low + width, n)
            high = min(low + 2 * width, n)
            i = low
            j = middle
            for k in range(low, high):
                if i >= middle:
                    take = False
                elif j >= high:
                    take = True
                else:
                    take = not keys[order[j]] < keys[order[i]]
                if take:
                    other[k] = order[i]
                    i += 1
                else:
                    other[k] = order[j]
                    j += 1
            low = high
        for k in range(n):
            order[k] = other[k]
        width = 2 * width
    out = list_like(xs)
    for k in range(n):
        if reverse:
            out.append(xs[order[n - 1 - k]])
        else:
            out.append(xs[order[k]])
    return out


def list_insertion_sort(keys: value, order, low: value, high: value):
    """Sorts part of an order by its keys: the run that it begins with, turned round if each item of it is less than the one before, and then one item after
    another behind those that it is not less than (CPython, Objects/listobject.c, count_run and binarysort).

    >>> len(sorted([3, 1, 2]))
    """
    k = low + 1
    if k < high and keys[order[k]] < keys[order[low]]:
        while k < high and keys[order[k]] < keys[order[k - 1]]:
            k += 1
        for i in range((k - low) // 2):
            first = order[low + i]
            order[low + i] = order[k - 1 - i]
            order[k - 1 - i] = first
    else:
        while k < high and not keys[order[k]] < keys[order[k - 1]]:
            k += 1
    while k < high:
        own = order[k]
        left = low
        right = k
        while left < right:
            middle = (left + right) // 2
            if keys[own] < keys[order[middle]]:
                right = middle
            else:
                left = middle + 1
        for i in range(k, left, -1):
            order[i] = order[i - 1]
        order[left] = own
        k += 1


def list_sorted_numbers(xs: value, dtype: value, reverse: value):
    """A sorted copy of a list of numbers. NaN, which is in no order, and zeros, which keep theirs, are left to the sort by comparisons.

    >>> len(sorted([3, 1, 2]))
    """
    a = np.list_array(xs, dtype)
    if is_float(a):
        for x in a:
            if x == 0 or x != x:
                return np.list_sorted(xs, reverse=reverse)
    a = np.sort(a)
    out = list_like(xs)
    n = a.size
    for k in range(n):
        if reverse:
            out.append(a[n - 1 - k])
        else:
            out.append(a[k])
    return out


def list_keys(xs: value, key: value):
    """What a list is sorted by: its items, or what a function makes of them.

    >>> len([1, 2] + [3])
    """
    if key is None:
        return xs
    return [key(x) for x in xs]


def list_sum(xs: value, start: value):
    """Python's own sum: one item after another, from a start value.

    >>> sum([0.5, 1.5, 2.0])
    """
    total = start
    for x in xs:
        total += x
    return total


def list_least(xs: value):
    """The first of the least items.

    >>> min([3, 1, 2])
    """
    if len(xs) == 0:
        raise ValueError("min() arg is an empty sequence")
    best = xs[0]
    for x in xs:
        if x < best:
            best = x
    return best


def list_greatest(xs: value):
    """The first of the greatest items.

    >>> max([3, 1, 2])
    """
    if len(xs) == 0:
        raise ValueError("max() arg is an empty sequence")
    best = xs[0]
    for x in xs:
        if x > best:
            best = x
    return best


def list_extreme(xs: value, greatest: value, key: value):
    """The first of the items of which a function makes the least, or the greatest.

    >>> min([3, 1, 2], key=lambda x: -x)
    """
    if len(xs) == 0:
        if greatest:
            raise ValueError("max() arg is an empty sequence")
        raise ValueError("min() arg is an empty sequence")
    keys = np.list_keys(xs, key)
    at = 0
    for k in range(1, len(xs)):
        if greatest:
            if keys[k] > keys[at]:
                at = k
        elif keys[k] < keys[at]:
            at = k
    return xs[at]


def list_extreme_or(xs: value, greatest: value, key: value, default: value):
    """The same, or a default where there are no items.

    >>> min([3, 1, 2], default=0)
    """
    if len(xs) == 0:
        return default
    return np.list_extreme(xs, greatest, key)


def list_any(xs: value):
    """Whether an item is true.

    >>> any([False, True])
    """
    for x in xs:
        if x:
            return True
    return False


def list_all(xs: value):
    """Whether all items are true.

    >>> all([False, True])
    """
    for x in xs:
        if not x:
            return False
    return True


def list_array(xs: value, dtype: value):
    """The items of a list of numbers as an array.

    >>> np.array([1, 2, 3])
    """
    out = np.empty(len(xs), dtype)
    for k in range(len(xs)):
        out[k] = xs[k]
    return out


def list_matrix(xs: value, dtype: value):
    """Lists of numbers as the rows of an array.

    >>> np.array([[1, 2], [3, 4]])
    """
    n = len(xs)
    m = 0
    if n > 0:
        m = len(xs[0])
    out = np.empty((n, m), dtype)
    for i in range(n):
        row = xs[i]
        if len(row) != m:
            raise ValueError("setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions.")
        for j in range(m):
            out[i, j] = row[j]
    return out


def list_table(xs: value, width: value, dtype: value):
    """Tuples of numbers as the rows of an array.

    >>> np.array([(1, 2), (3, 4)])
    """
    n = len(xs)
    out = np.empty((n, width), dtype)
    for i in range(n):
        j = 0
        for x in xs[i]:
            out[i, j] = x
            j += 1
    return out


def list_stack(xs: value):
    """Arrays of one shape as the rows of an array.

    >>> np.stack([np.array([1, 2]), np.array([3, 4])])
    """
    if len(xs) == 0:
        raise ValueError("need at least one array to stack")
    first = xs[0]
    out = np.empty((len(xs),) + first.shape, first.dtype)
    for k in range(len(xs)):
        if xs[k].shape != first.shape:
            raise ValueError("all input arrays must have the same shape")
        out[k] = xs[k]
    return out


def list_in(xs: value, items: value):
    """Items that a host has given.

    >>> len([1, 2] + [3])
    """
    for x in items:
        xs.append(taken_in(x, xs, 0))
    return xs


def list_out(xs: value, out: value):
    """Items as a host sees them.

    >>> len([1, 2] + [3])
    """
    for x in xs:
        out.append(given_out(x, out, 0))
