def check_mask(shape: extents, given: extents, axis):
    """Raises IndexError unless a mask has the extents of an array's axes from one on; an extent of 0 fits every other.

    >>> np.extract(np.array([True, False]), np.array([1, 2]))
    """
    if len(given) > 0:
        mask_extent(given[0], shape[0], axis)
        np.check_mask(shape[1:], given[1:], axis + 1)


def take_where(a, mask, axis):
    """The elements, or rows, of an array where a mask is true: `a[mask]`, where errors name axes from one on.

    >>> np.arange(5)[np.array([True, False, True, False, True])]
    >>> np.array([[1, 2], [3, 4]])[np.array([False, True])]
    """
    if mask.ndim > a.ndim:
        static_error("too many indices: the mask has more dimensions than the array; index an array of the same shape")
    np.check_mask(a.shape, mask.shape, axis)
    if mask.ndim > 1 and mask.ndim == a.ndim:
        return np.take_where(np.ravel(a), np.ravel(mask), 0)
    n = np.count_nonzero(mask)
    if a.ndim == 1:
        # Each element is stored, to be overwritten unless it is chosen: the last of them in a place of their own.
        out = np.empty(n + 1, a.dtype)
        k = 0
        for i in range(mask.size):
            out[k] = a[i]
            k += int(mask[i])
        return out[:n]
    out = np.empty((n,) + a.shape[mask.ndim :], a.dtype)
    np.take_chosen(out, a, mask, 0)
    return out


def take_chosen(out, a, mask, k):
    """Copies the parts of an array where a mask is true to the rows of another one from row k on; gives the row after them.

    >>> np.array([[1, 2], [3, 4]])[np.array([False, True])]
    """
    at = k
    for i in range(mask.shape[0]):
        if mask.ndim > 1:
            at = np.take_chosen(out, a[i], mask[i], at)
        elif mask[i]:
            out[at] = a[i]
            at += 1
    return at


def take_at(a, index, axis):
    """The elements, or rows, of an array at an array of integers: `a[index]`, where errors name an axis.

    >>> np.arange(5)[np.array([3, -1, 0])]
    >>> np.array([[1, 2], [3, 4]])[[1, 0, 1]]
    """
    if index.ndim > 1:
        return np.reshape(np.take_at(a, np.ravel(index), axis), index.shape + a.shape[1:])
    out = np.empty(index.shape + a.shape[1:], a.dtype)
    for i in range(index.size):
        out[i] = a[of_axis(index[i], axis)]
    return out


def check_stored(given: extents, wanted: extents):
    """Raises ValueError unless a value of a shape can be stored in rows of a shape; there need not be one.

    >>> np.argsort(np.array([3, 1, 2]))
    """
    if len(given) > 0 and len(wanted) > 0:
        if given[-1] != wanted[-1] and given[-1] != 1:
            raise ValueError("shape mismatch: value array could not be broadcast to indexing result")
        np.check_stored(given[:-1], wanted[:-1])


def put_where(a, mask, value, axis):
    """`a[mask] = value`

    >>> np.flatnonzero(np.array([0, 1, 1]))
    """
    if mask.ndim > a.ndim:
        static_error("too many indices: the mask has more dimensions than the array; index an array of the same shape")
    np.check_mask(a.shape, mask.shape, axis)
    if is_array(value) and value.ndim == a.ndim - mask.ndim + 1:
        np.check_stored(value.shape[1:], a.shape[mask.ndim :])
        chosen = np.count_nonzero(mask)
        if value.shape[0] != chosen and value.shape[0] != 1:
            raise ValueError(f"NumPy boolean array indexing assignment cannot assign {value.shape[0]} input values to the {chosen} output values where the mask is true")
        np.put_chosen(a, mask, value, 0, min(value.shape[0] - 1, 1))
    else:
        if is_array(value):
            np.check_stored(value.shape, a.shape[mask.ndim :])
        np.put_each(a, mask, value)


def put_chosen(a, mask, value, k, step):
    """Stores rows of values from row k on to the parts of an array where a mask is true; gives the row after them.

    >>> np.flatnonzero(np.array([0, 1, 1]))
    """
    at = k
    for i in range(mask.shape[0]):
        if mask.ndim > 1:
            at = np.put_chosen(a[i], mask[i], value, at, step)
        elif mask[i]:
            a[i] = value[at]
            at += step
    return at


def put_each(a, mask, value):
    """Stores a value to each part of an array where a mask is true.

    >>> np.flatnonzero(np.array([0, 1, 1]))
    """
    for i in range(mask.shape[0]):
        if mask.ndim > 1:
            np.put_each(a[i], mask[i], value)
        elif mask[i]:
            a[i] = value


def put_at(a, index, value, axis):
    """`a[index] = value` for an array of integers; of equal indices the last one counts.

    >>> np.argsort(np.array([3, 1, 2]))
    """
    if index.ndim > 1:
        if is_array(value):
            if value.ndim >= a.ndim:
                rows = stretch_to(value, index.shape + a.shape[1:])
                np.put_at(a, np.ravel(index), np.reshape(rows, (index.size,) + a.shape[1:]), axis)
                return
        np.put_at(a, np.ravel(index), value, axis)
    elif is_array(value) and value.ndim == a.ndim:
        np.check_stored(value.shape[1:], a.shape[1:])
        if value.shape[0] != index.size and value.shape[0] != 1:
            raise ValueError("shape mismatch: value array could not be broadcast to indexing result")
        np.check_index(a, index, axis)
        step = min(value.shape[0] - 1, 1)
        for i in range(index.size):
            a[index[i]] = value[i * step]
    else:
        if is_array(value):
            np.check_stored(value.shape, a.shape[1:])
        np.check_index(a, index, axis)
        for i in range(index.size):
            a[index[i]] = value


def check_index(a, index, axis):
    """Raises IndexError unless all of an array of integers are indices of the first axis: NumPy looks at them before it stores anything.

    >>> np.argsort(np.array([3, 1, 2]))
    """
    for i in range(index.size):
        a[of_axis(index[i], axis)]


def take_pairs(a, rows, columns, row_axis, column_axis):
    """The elements of an array at pairs of integers: `a[rows, columns]`.

    >>> np.arange(6).reshape(2, 3)[np.array([0, 1, -1]), np.array([2, 0, -1])]
    """
    if rows.size != columns.size and rows.size != 1 and columns.size != 1:
        raise IndexError("shape mismatch: indexing arrays could not be broadcast together")
    count = columns.size if rows.size == 1 else rows.size
    row_step = min(rows.size - 1, 1)
    column_step = min(columns.size - 1, 1)
    out = np.empty((count,) + a.shape[2:], a.dtype)
    for i in range(count):
        out[i] = a[of_axis(rows[i * row_step], row_axis), of_axis(columns[i * column_step], column_axis)]
    return out


def put_pairs(a, rows, columns, value, row_axis, column_axis):
    """`a[rows, columns] = value`; of equal pairs the last one counts.

    >>> np.argsort(np.array([3, 1, 2]))
    """
    if rows.size != columns.size and rows.size != 1 and columns.size != 1:
        raise IndexError("shape mismatch: indexing arrays could not be broadcast together")
    count = columns.size if rows.size == 1 else rows.size
    row_step = min(rows.size - 1, 1)
    column_step = min(columns.size - 1, 1)
    if is_array(value) and value.ndim == a.ndim - 1:
        np.check_stored(value.shape[1:], a.shape[2:])
        if value.shape[0] != count and value.shape[0] != 1:
            raise ValueError("shape mismatch: value array could not be broadcast to indexing result")
        np.check_index(a, rows, row_axis)
        np.check_index(swap_axes(a, 0, 1), columns, column_axis)
        step = min(value.shape[0] - 1, 1)
        for i in range(count):
            a[rows[i * row_step], columns[i * column_step]] = value[i * step]
    else:
        if is_array(value):
            np.check_stored(value.shape, a.shape[2:])
        np.check_index(a, rows, row_axis)
        np.check_index(swap_axes(a, 0, 1), columns, column_axis)
        for i in range(count):
            a[rows[i * row_step], columns[i * column_step]] = value
