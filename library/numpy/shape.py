def reshape(a, shape: extents):
    """The same elements in C order with another shape; one extent may be -1. A view of a contiguous array, otherwise of a copy.

    >>> np.reshape(np.arange(6), (2, 3))
    >>> np.reshape(np.array([[1, 2], [3, 4]]), -1)
    """
    return reshape_to(a, shape)


def ravel(a):
    """All elements in C order as a 1-D array: a view of a contiguous array, otherwise a copy.

    >>> np.ravel(np.array([[1, 2], [3, 4]]))
    """
    if a.ndim == 1:
        return reshape_to(a, a.shape)
    return reshape_to(a, -1)


def transpose(a, axes: axes = None):
    """The axes reversed, or permuted as given: a view.

    >>> np.transpose(np.array([[1, 2, 3], [4, 5, 6]]))
    """
    if axes is not None and a.ndim != 1 and not isinstance(axes, tuple):
        raise ValueError("axes don't match array")
    return transpose_to(a, axes)


def swapaxes(a, axis1: axis, axis2: axis):
    """Two axes exchanged: a view.

    >>> np.swapaxes(np.array([[1, 2, 3], [4, 5, 6]]), 0, 1)
    """
    return swap_axes(a, axis1, axis2)


def expand_dims(a, axis: new_axes):
    """A view with an axis of extent 1 inserted before the given position.

    >>> np.expand_dims(np.array([1, 2]), 0)
    >>> np.expand_dims(np.array([1, 2]), -1)
    """
    return insert_axis(a, axis)


def broadcast_to(array, shape: extents):
    """A read-only view stretched to a shape.

    >>> np.broadcast_to(np.array([1, 2, 3]), (2, 3))
    """
    return stretch_to(array, shape)


def flip(m, axis: axes = None):
    """The order of elements reversed along an axis, or along all: a view.

    >>> np.flip(np.array([1, 2, 3]))
    >>> np.flip(np.array([[1, 2], [3, 4]]), axis=1)
    """
    return reverse_axes(m, axis)


def flipud(m):
    """The order of rows reversed: a view.

    >>> np.flipud(np.array([[1, 2], [3, 4]]))
    """
    return reverse_axes(m, 0)


def fliplr(m):
    """The order of columns reversed: a view.

    >>> np.fliplr(np.array([[1, 2], [3, 4]]))
    """
    if m.ndim < 2:
        static_error("np.fliplr reverses the columns of an array of at least two dimensions; write x[::-1]")
    return reverse_axes(m, 1)


def size(a, axis: axes = None):
    """Number of elements; of those along axes.

    >>> np.size(np.array([[1, 2], [3, 4]]))
    """
    if axis is None:
        return a.size
    return count_along(a, axis)


def shape(a):
    """Extents as a tuple.

    >>> np.shape(np.array([[1, 2], [3, 4]]))
    """
    return a.shape


def ndim(a):
    """Number of dimensions.

    >>> np.ndim(np.array([[1, 2], [3, 4]]))
    """
    return a.ndim


def concatenate(arrays: each, axis: axis = 0):
    """Arrays joined along an axis. The arrays are given as a tuple or list; they have equal extents along the other axes.

    >>> np.concatenate((np.array([1, 2]), np.array([3])))
    >>> np.concatenate((np.ones((1, 2)), np.zeros((2, 2))))
    """
    return join_arrays(arrays, axis)


def hstack(tup: each):
    """Arrays joined along the second axis, or the first if they are 1-D.

    >>> np.hstack((np.array([1, 2]), np.array([3])))
    """
    if tup[0].ndim == 1:
        return join_arrays(tup, 0)
    return join_arrays(tup, 1)


def vstack(tup: each):
    """2-D arrays, and 1-D arrays as rows, joined along the first axis.

    >>> np.vstack((np.ones((2, 2)), np.array([3, 4])))
    >>> np.vstack([np.array([1, 2]), np.array([3, 4])])
    """
    return join_arrays(tup, 0, 0)


def stack(arrays: each, axis: new_axes = 0):
    """Arrays of one shape joined along a new axis.

    >>> np.stack((np.array([1, 2]), np.array([3, 4])))
    """
    return stack_arrays(arrays, axis)


def roll(a, shift: extents, axis: axes = None):
    """The elements moved by shift places, those that leave at one end coming in at the other: along an axis, or in C order without one.

    >>> np.roll(np.arange(5), 2)
    >>> np.roll(np.array([[1, 2, 3], [4, 5, 6]]), 1)
    >>> np.roll(np.array([[1, 2, 3], [4, 5, 6]]), -1, axis=1)
    """
    if is_array(shift):
        static_error("np.roll by an array of shifts is not compiled; roll once for each, or add them up")
    if isinstance(axis, tuple):
        if isinstance(shift, tuple):
            if len(shift) == 1:
                return np.roll(a, shift[0], axis)
            if len(shift) != len(axis):
                raise ValueError("shape mismatch: objects cannot be broadcast to a single shape")
            return np.roll(np.roll(a, shift[0], axis[0]), shift[1:], axis[1:])
        if len(axis) == 0:
            return np.copy(a)
        return np.roll(np.roll(a, shift, axis[0]), shift, axis[1:])
    if isinstance(shift, tuple):
        if len(shift) == 1:
            return np.roll(a, shift[0], axis)
        return np.roll(np.roll(a, shift[0], axis), shift[1:], axis)
    if axis is None:
        if a.ndim == 1:
            n = a.size
            out = np.empty_like(a)
            for i in range(n):
                out[(i + shift) % n] = a[i]
            return out
        return np.reshape(np.roll(np.ravel(a), shift), a.shape)
    rows = np.rows_along(a, axis)
    for i in range(rows.shape[0]):
        rows[i] = np.roll(rows[i], shift)
    return np.from_rows(rows, a, axis)


def repeat(a, repeats, axis: axis = None):
    """Each element repeated, or each slice along an axis: a number of times, or as often as an array says for each.

    >>> np.repeat(np.array([1, 2]), 2)
    >>> np.repeat(3, 4)
    >>> np.repeat(np.array([[1, 2], [3, 4]]), np.array([1, 2]), axis=0)
    """
    if not is_array(a):
        return np.repeat(np.atleast_1d(a), repeats)
    x = as_array(a)
    if axis is None:
        return np.repeat(np.ravel(x), repeats, 0)
    if axis != 0:
        return swap_axes(np.repeat(swap_axes(x, 0, axis), repeats, 0), 0, axis)
    counts = np.atleast_1d(repeats)
    if counts.size != x.shape[0] and counts.size != 1:
        raise ValueError(f"operands could not be broadcast together with shape ({x.shape[0]},) ({counts.size},)")
    if counts.size == 1:
        n = int(counts[0]) * x.shape[0]
    else:
        n = int(np.sum(counts))
        if np.any(op("<", counts, 0)):
            raise ValueError("repeats may not contain negative values.")
    step = min(counts.size - 1, 1)
    out = np.empty((n,) + x.shape[1:], x.dtype)
    k = 0
    for i in range(x.shape[0]):
        for _ in range(counts[i * step]):
            out[k] = x[i]
            k += 1
    return out


def tile(A, reps: extents):
    """An array of one or two dimensions repeated along its last axis, or along each axis as a tuple says.

    >>> np.tile(np.array([1, 2]), 2)
    >>> np.tile(np.array([1, 2]), (2, 2))
    >>> np.tile(np.array([[1], [2]]), 3)
    """
    x = np.atleast_1d(A)
    if not isinstance(reps, tuple):
        if x.ndim > 1:
            return np.tile(x, (1, reps))
        return np.ravel(np.tile(insert_axis(x, 0), (1, reps)))
    if len(reps) == 1:
        return np.tile(x, reps[0])
    if x.ndim == 1:
        return np.tile(insert_axis(x, 0), reps)
    if x.ndim > 2 or len(reps) > 2:
        static_error("np.tile takes arrays of one or two dimensions")
    m, n = x.shape
    out = np.empty((m * reps[0], n * reps[1]), x.dtype)
    for i in range(reps[0]):
        for j in range(reps[1]):
            out[i * m : (i + 1) * m, j * n : (j + 1) * n] = x
    return out


def moveaxis(a, source: axes, destination: axes):
    """Axes moved to other places, the others in their order: a view.

    >>> np.moveaxis(np.zeros((2, 3, 4)), 0, -1).shape
    """
    return move_axes(a, source, destination)


def squeeze(a, axis: axes = None):
    """The axes of extent 1 removed. The axis must be given: which extents are 1 is not known while compiling.

    >>> np.squeeze(np.array([[1, 2, 3]]), axis=0)
    """
    if axis is None:
        static_error("np.squeeze needs an axis here; write np.squeeze(a, axis=0)")
    if count_along(a, axis) != 1:
        raise ValueError("cannot select an axis to squeeze out which has size not equal to one")
    return drop_axis(a, axis)


def atleast_1d(ary):
    """The array itself, or an array of one element for a number.

    >>> np.atleast_1d(np.array([1, 2]))
    >>> np.atleast_1d(3.0)
    """
    if is_array(ary):
        return as_array(ary)
    return np.full(1, ary)


def atleast_2d(ary):
    """The array itself, or a 1-D array as a row, or a number as an array of one element.

    >>> np.atleast_2d(np.array([1, 2]))
    >>> np.atleast_2d(3.0)
    """
    x = np.atleast_1d(ary)
    if x.ndim == 1:
        return insert_axis(x, 0)
    return x


def rot90(m, k=1, axes: new_axes = (0, 1)):
    """Two axes of an array, by default the first ones, turned by a number of quarters of a full turn, counter-clockwise: a view.

    >>> np.rot90(np.array([[1, 2], [3, 4]]))
    >>> np.rot90(np.array([[1, 2], [3, 4]]), 3)
    """
    if m.ndim < 2:
        static_error("np.rot90 takes an array of at least two dimensions")
    if axes != (0, 1):
        return np.moveaxis(np.rot90(np.moveaxis(m, axes, (0, 1)), k), (0, 1), axes)
    if k % 4 == 0:
        return m
    if k % 4 == 1:
        return swap_axes(reverse_axes(m, 1), 0, 1)
    if k % 4 == 2:
        return reverse_axes(reverse_axes(m, 0), 1)
    return reverse_axes(swap_axes(m, 0, 1), 1)


def column_stack(tup: each):
    """1-D arrays as columns, and 2-D arrays, joined along the second axis.

    >>> np.column_stack((np.array([1, 2]), np.array([3, 4])))
    >>> np.column_stack((np.eye(2), np.array([3, 4])))
    """
    return join_arrays(tup, 1, 1)


def append(arr, values, axis: axis = None):
    """An array with the elements of another, or a number, at its end: along an axis, or of one dimension without one. A new array.

    >>> np.append(np.array([1, 2]), 3)
    >>> np.append(np.array([[1, 2]]), np.array([[3, 4]]), axis=0)
    """
    if axis is not None:
        return np.concatenate((arr, values), axis)
    return np.concatenate((np.ravel(arr), np.ravel(np.atleast_1d(values))))


def delete(arr, obj, axis: axis = None):
    """An array without the element at an index or those at an array of indices; of the elements in C order, or of the slices along an axis.

    >>> np.delete(np.array([1, 2, 3, 4]), 1)
    >>> np.delete(np.array([[1, 2], [3, 4], [5, 6]]), [0, -1], axis=0)
    """
    if axis is None:
        return np.delete(np.ravel(arr), obj, 0)
    x = np.moveaxis(arr, axis, 0)
    keep = np.ones(x.shape[0], np.bool_)
    if is_array(obj):
        index = as_array(obj)
        if index.dtype == np.bool_:
            if index.size != keep.size:
                raise ValueError("boolean array argument obj to delete must be one dimensional and match the axis length")
        keep[index] = False
    else:
        if obj.dtype == np.bool_:
            static_error("np.delete takes an index, not a bool; use int(obj)")
        keep[of_axis(obj, axis)] = False
    return np.moveaxis(np.take_where(x, keep, axis), 0, axis)


def insert(arr, obj: integers, values, axis: axis = None):
    """The elements in C order with a number, or the elements of an array, inserted before an index; or values inserted along an axis.

    >>> np.insert(np.array([1, 2, 3]), 1, 9)
    >>> np.insert(np.array([1, 2, 3]), -1, np.array([7, 8]))
    """
    if is_array(obj):
        static_error("np.insert takes one index; join slices with np.concatenate")
    if axis is None:
        return np.insert_along(np.ravel(arr), obj, values, 0)
    return np.insert_along(arr, obj, values, axis)


def pad(array, pad_width: extents, mode="constant", *, constant_values=0):
    """An array of one or two dimensions with elements added at its ends: a number at each, (before, after), or such a pair for each axis.
    The mode is constant, edge, reflect, symmetric or wrap.

    >>> np.pad(np.array([1, 2, 3]), 2)
    >>> np.pad(np.array([1, 2, 3]), (2, 4), "reflect")
    >>> np.pad(np.array([[1, 2], [3, 4]]), ((0, 1), (1, 0)), constant_values=9)
    """
    if array.ndim > 2:
        static_error("np.pad takes arrays of one or two dimensions")
    if isinstance(constant_values, tuple):
        static_error("np.pad takes one number as constant_values; pad each side by itself")
    if mode != "constant" and constant_values != 0:
        raise ValueError("unsupported keyword arguments for mode: constant_values")
    if isinstance(pad_width, tuple):
        if len(pad_width) == 1:
            return np.pad(array, pad_width[0], mode, constant_values=constant_values)
        if len(pad_width) > 2:
            raise ValueError("operands could not be broadcast together: one width, (before, after), or a pair for each axis")
    else:
        return np.pad(array, (pad_width, pad_width), mode, constant_values=constant_values)
    if array.ndim == 1:
        if isinstance(pad_width[0], tuple):
            raise ValueError("operands could not be broadcast together: one width, (before, after), or a pair for each axis")
        return np.pad_rows(array, pad_width[0], pad_width[1], mode, constant_values)
    if not isinstance(pad_width[0], tuple):
        return np.pad(array, (pad_width, pad_width), mode, constant_values=constant_values)
    rows = np.pad_rows(array, pad_width[0][0], pad_width[0][1], mode, constant_values)
    return swap_axes(np.pad_rows(swap_axes(rows, 0, 1), pad_width[1][0], pad_width[1][1], mode, constant_values), 0, 1)


def triu(m, k=0):
    """A copy of a matrix with zeros below the k-th diagonal; of more dimensions, of each matrix that the last two axes make;
    of one dimension, of the matrix whose rows are all this array.

    >>> np.triu(np.array([[1, 2], [3, 4]]))
    """
    if m.ndim == 1:
        return np.triu(stretch_to(insert_axis(m, 0), (m.size, m.size)), k)
    out = np.copy(m)
    if m.ndim > 2:
        for matrix in range(out.shape[0]):
            out[matrix] = np.triu(out[matrix], k)
        return out
    for i in range(m.shape[0]):
        for j in range(min(max(i + k, 0), m.shape[1])):
            out[i, j] = 0
    return out


def tril(m, k=0):
    """A copy of a matrix with zeros above the k-th diagonal; of more dimensions, of each matrix that the last two axes make;
    of one dimension, of the matrix whose rows are all this array.

    >>> np.tril(np.array([[1, 2], [3, 4]]))
    """
    if m.ndim == 1:
        return np.tril(stretch_to(insert_axis(m, 0), (m.size, m.size)), k)
    out = np.copy(m)
    if m.ndim > 2:
        for matrix in range(out.shape[0]):
            out[matrix] = np.tril(out[matrix], k)
        return out
    for i in range(m.shape[0]):
        for j in range(max(i + k + 1, 0), m.shape[1]):
            out[i, j] = 0
    return out


def diag(v, k=0):
    """The k-th diagonal of a 2-D array, or a 2-D array with a 1-D array on its k-th diagonal.

    >>> np.diag(np.array([1, 2]))
    >>> np.diag(np.array([[1, 2], [3, 4]]), k=1)
    """
    if v.ndim == 1:
        n = v.size + np.abs(k)
        square = np.zeros((n, n), v.dtype)
        for i in range(v.size):
            square[i + max(-k, 0), i + max(k, 0)] = v[i]
        return square
    if v.ndim != 2:
        static_error("np.diag takes an array of one or two dimensions; loop over the others")
    n = max(min(v.shape[0] - max(-k, 0), v.shape[1] - max(k, 0)), 0)
    line = np.empty(n, v.dtype)
    for i in range(n):
        line[i] = v[i + max(-k, 0), i + max(k, 0)]
    return line


def fill_diagonal(a, val):
    """Stores a number on the diagonal of a 2-D array.

    >>> np.fill_diagonal(np.zeros((2, 2)), 3)
    """
    if a.ndim != 2 or is_array(val):
        static_error("np.fill_diagonal stores a number in a matrix; use a loop")
    for i in range(min(a.shape[0], a.shape[1])):
        a[i, i] = as_dtype(val, a.dtype)


def meshgrid(x1, x2, *, copy=True, sparse=False, indexing="xy"):
    """Coordinate matrices of two arrays of coordinates, which count as one-dimensional: by default of shape (x2.size, x1.size); if they are
    sparse, of extent 1 along the axes where nothing changes. Without copy, views that are not to be written to.

    >>> np.meshgrid(np.array([1, 2, 3]), np.array([4, 5]))[0]
    """
    first = np.ravel(x1)
    second = np.ravel(x2)
    x = insert_axis(first, 1 if indexing == "ij" else 0)
    y = insert_axis(second, 0 if indexing == "ij" else 1)
    if not sparse:
        shape = (first.size, second.size) if indexing == "ij" else (second.size, first.size)
        return np.meshgrid_of(stretch_to(x, shape), stretch_to(y, shape), copy)
    return np.meshgrid_of(x, y, copy)


permute_dims = transpose


concat = concatenate


row_stack = vstack


def atleast_3d(ary):
    """An array of at least three dimensions: the one axis of an array becomes the second one, and two axes the first two.

    >>> np.atleast_3d(np.array([1, 2])).shape
    """
    x = np.atleast_1d(ary)
    if x.ndim == 1:
        return insert_axis(insert_axis(x, 0), 2)
    if x.ndim == 2:
        return insert_axis(x, 2)
    return x


def dstack(tup: each):
    """Arrays joined along the third axis, which they get if they have fewer.

    >>> np.dstack((np.array([1, 2]), np.array([3, 4])))
    """
    if tup[0].ndim == 1:
        return insert_axis(stack_arrays(tup, 1), 0)
    if tup[0].ndim == 2:
        return stack_arrays(tup, 2)
    return join_arrays(tup, 2)


def rollaxis(a, axis: axis, start: known = 0):
    """One axis moved before another one: a view.

    >>> np.rollaxis(np.zeros((2, 3, 4)), 2).shape
    """
    before = start + a.ndim if start < 0 else start
    at = axis + a.ndim if axis < 0 else axis
    return move_axes(a, at, before - 1 if at < before else before)


def resize(a, new_shape: extents):
    """An array of another shape with the elements of an array in C order, and again from the first where there are fewer of them.

    >>> np.resize(np.array([1, 2, 3]), (2, 4))
    """
    flat = np.ravel(a)
    out = np.zeros(new_shape, a.dtype)
    all_elements = np.ravel(out)
    if flat.size > 0:
        for i in range(all_elements.size):
            all_elements[i] = flat[i % flat.size]
    return np.reshape(all_elements, out.shape)


def diagonal(a, offset: integer = 0, axis1: axis = 0, axis2: axis = 1):
    """The elements of a diagonal, along the last axis of the result. NumPy gives a view, which is not to be written to; this is a copy.

    >>> np.diagonal(np.array([[1, 2], [3, 4]]))
    """
    if a.ndim < 2:
        static_error("diag requires an array of at least two dimensions")
    x = np.moveaxis(a, (axis1, axis2), (-2, -1))
    if a.ndim == 2:
        return np.diag(x, offset)
    n = max(min(x.shape[-2] - max(-offset, 0), x.shape[-1] - max(offset, 0)), 0)
    out = np.empty(x.shape[:-2] + (n,), a.dtype)
    for i in range(x.shape[0]):
        out[i] = np.diagonal(x[i], offset, -2, -1)
    return out


def matrix_transpose(x):
    """The last two axes exchanged: a view.

    >>> np.matrix_transpose(np.array([[1, 2], [3, 4]]))
    """
    if x.ndim < 2:
        raise ValueError("Input array must be at least 2-dimensional")
    return swap_axes(x, x.ndim - 2, x.ndim - 1)
