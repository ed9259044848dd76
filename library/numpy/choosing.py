def take_along_axis(arr, indices: integers, axis: axis = -1):
    """Of each line of an array along an axis, the elements at the indices in the same line of another array; without an axis, of all elements
    in C order.

    >>> np.take_along_axis(np.array([[10, 30, 20], [60, 40, 50]]), np.array([[1, 2, 0], [0, 2, 1]]), axis=1)
    """
    if axis is None:
        if indices.ndim != 1:
            raise ValueError("when axis=None, `indices` must have a single dimension.")
        return np.take_at(np.ravel(arr), indices, 0)
    if arr.ndim != indices.ndim:
        raise ValueError("`indices` and `arr` must have the same number of dimensions")
    x = np.moveaxis(arr, axis, -1)
    index = np.moveaxis(indices, axis, -1)
    return np.moveaxis(np.take_lines(x, index, axis % arr.ndim), -1, axis)


def put_along_axis(arr, indices: integers, values, axis: axis):
    """Stores values in each line of an array along an axis, at the indices in the same line of another array.

    >>> np.put_along_axis(np.zeros((2, 2)), np.array([[1], [0]]), 9.0, axis=1)
    """
    if axis is None:
        static_error("np.put_along_axis without an axis stores in a copy of most arrays; use np.put(a, indices, values)")
    if arr.ndim != indices.ndim:
        raise ValueError("`indices` and `arr` must have the same number of dimensions")
    index = np.moveaxis(indices, axis, -1)
    if is_array(values):
        np.put_lines(np.moveaxis(arr, axis, -1), index, np.moveaxis(stretch_to(values, indices.shape), axis, -1))
    else:
        np.put_lines(np.moveaxis(arr, axis, -1), index, values)


def put(a, ind: integers, v, mode="raise"):
    """Stores values at indices of the elements of an array in C order, the values again from the first where there are fewer of them.

    >>> np.put(np.zeros(3), np.array([0, 2]), np.array([4.0, 5.0]))
    """
    index = np.ravel(np.atleast_1d(ind))
    values = np.ravel(np.atleast_1d(v))
    if values.size == 0:
        return
    for i in range(index.size):
        k = int(index[i])
        if mode == "wrap":
            k = k % a.size
        elif mode == "clip":
            k = min(max(k, 0), a.size - 1)
        elif mode == "raise":
            if k < -a.size or k >= a.size:
                raise IndexError(f"index {k} is out of bounds for axis 0 with size {a.size}")
            k = k % a.size
        else:
            raise ValueError("clipmode must be one of 'clip', 'raise', or 'wrap'")
        np.put_flat(a, k, as_dtype(values[i % values.size], a.dtype))


def place(arr, mask, vals):
    """Stores values where a mask is true, in C order, and again from the first where there are fewer of them.

    >>> np.place(np.zeros(3), np.array([True, False, True]), np.array([4.0, 5.0]))
    """
    values = np.safely_converted(vals, arr)
    chosen = np.ravel(as_dtype(mask, np.bool_))
    if chosen.size != arr.size:
        raise ValueError("place: mask and data must be the same size")
    count = 0
    for k in range(chosen.size):
        if chosen[k]:
            if values.size == 0:
                raise ValueError("Cannot insert from an empty array!")
            np.put_flat(arr, k, values[count % values.size])
            count += 1


def putmask(a, mask, values):
    """Stores values where a mask is true: of each element the value at the same place in C order, counted again from the first where there
    are fewer of them.

    >>> np.putmask(np.zeros(3), np.array([True, False, True]), np.array([4.0, 5.0]))
    """
    source = np.safely_converted(values, a)
    chosen = np.ravel(as_dtype(mask, np.bool_))
    if chosen.size != a.size:
        raise ValueError("putmask: mask and data must be the same size")
    if source.size > 0:
        for k in range(chosen.size):
            if chosen[k]:
                np.put_flat(a, k, source[k % source.size])


def copyto(dst, src, *, where: mask = True):
    """Stores an array, which is broadcast, or a number in another array; where a mask is true.

    >>> np.copyto(np.zeros(3), np.array([1.0, 2.0, 3.0]), where=np.array([True, False, True]))
    """
    np.check_same_kind(src, dst)
    if where is None:
        dst[...] = as_dtype(src, dst.dtype)
    else:
        dst[...] = select(where, as_dtype(src, dst.dtype), dst)


def select(condlist: each, choicelist: each, default=0):
    """Of several arrays the elements of the first one whose condition is true, or a default.

    >>> np.select([np.array([True, False, False]), np.array([True, True, False])], [np.array([1, 2, 3]), np.array([4, 5, 6])], 9)
    """
    if len(condlist) != len(choicelist):
        raise ValueError("list of cases must be same length as list of conditions")
    if len(condlist) == 0:
        raise ValueError("select with an empty condition list is not possible")
    if condlist[0].dtype != np.bool_:
        static_error("invalid entry 0 in condlist: should be boolean ndarray; compare, or convert with .astype(np.bool_)")
    if len(condlist) == 1:
        return np.where(condlist[0], choicelist[0], default)
    return np.where(condlist[0], choicelist[0], np.select(condlist[1:], choicelist[1:], default))


def choose(a: integers, choices: each, mode="raise"):
    """Of several arrays, which are broadcast, the elements of the one whose number stands in an array of integers.

    >>> np.choose(np.array([1, 0, 1]), [np.array([1, 2, 3]), np.array([4, 5, 6])])
    """
    count = len(choices)
    if mode == "wrap":
        return np.chosen(modulo(a, count), choices, 0)
    if mode == "clip":
        return np.chosen(np.clip(a, 0, count - 1), choices, 0)
    if mode != "raise":
        raise ValueError("clipmode must be one of 'clip', 'raise', or 'wrap'")
    if np.any(op("|", op("<", a, 0), op(">=", a, count))):
        raise ValueError("invalid entry in choice array")
    return np.chosen(a, choices, 0)


def compress(condition, a, axis: known = None, out: reduced = None):
    """The elements of an array in C order where a condition is true, or the slices along an axis; what the condition does not reach is left
    out.

    >>> np.compress(np.array([False, True]), np.array([[1, 2], [3, 4], [5, 6]]), axis=0)
    """
    if condition.ndim != 1:
        raise ValueError("condition must be a 1-d array")
    return np.take(a, np.flatnonzero(condition), axis)
