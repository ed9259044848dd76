def reshape(a, shape):
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
        return a
    return reshape_to(a, -1)


def transpose(a, axes=None):
    """The axes reversed, or permuted as given: a view.

    >>> np.transpose(np.array([[1, 2, 3], [4, 5, 6]]))
    """
    return transpose_to(a, axes)


def swapaxes(a, axis1, axis2):
    """Two axes exchanged: a view.

    >>> np.swapaxes(np.array([[1, 2, 3], [4, 5, 6]]), 0, 1)
    """
    return swap_axes(a, axis1, axis2)


def expand_dims(a, axis):
    """A view with an axis of extent 1 inserted before the given position.

    >>> np.expand_dims(np.array([1, 2]), 0)
    >>> np.expand_dims(np.array([1, 2]), -1)
    """
    return insert_axis(a, axis)


def broadcast_to(array, shape):
    """A read-only view stretched to a shape.

    >>> np.broadcast_to(np.array([1, 2, 3]), (2, 3))
    """
    return stretch_to(array, shape)


def flip(m, axis=None):
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
    return reverse_axes(m, 1)


def size(a):
    """Number of elements.

    >>> np.size(np.array([[1, 2], [3, 4]]))
    """
    return a.size


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


def concatenate(arrays, axis=0):
    """Arrays joined along an axis. The arrays are given as a tuple or list; they have equal extents along the other axes.

    >>> np.concatenate((np.array([1, 2]), np.array([3])))
    >>> np.concatenate((np.ones((1, 2)), np.zeros((2, 2))))
    """
    return join_arrays(arrays, axis)


def hstack(tup):
    """Arrays joined along the second axis, or the first if they are 1-D.

    >>> np.hstack((np.array([1, 2]), np.array([3])))
    """
    if tup[0].ndim == 1:
        return join_arrays(tup, 0)
    return join_arrays(tup, 1)


def vstack(tup):
    """2-D arrays joined along the first axis.

    >>> np.vstack((np.ones((1, 2)), np.zeros((2, 2))))
    """
    if tup[0].ndim == 1:
        return stack_arrays(tup, 0)
    return join_arrays(tup, 0)


def stack(arrays, axis=0):
    """Arrays of one shape joined along a new axis.

    >>> np.stack((np.array([1, 2]), np.array([3, 4])))
    """
    return stack_arrays(arrays, axis)


def roll(a, shift, axis=None):
    """The elements moved by shift places, those that leave at one end coming in at the other: along an axis, or in C order without one.

    >>> np.roll(np.arange(5), 2)
    >>> np.roll(np.array([[1, 2, 3], [4, 5, 6]]), 1)
    >>> np.roll(np.array([[1, 2, 3], [4, 5, 6]]), -1, axis=1)
    """
    if is_array(shift):
        static_error("np.roll by an array of shifts is not compiled; roll once for each, or add them up")
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


def repeat(a, repeats):
    """Each element of a 1-D array repeated.

    >>> np.repeat(np.array([1, 2]), 2)
    """
    out = np.empty(a.size * repeats, a.dtype)
    for i in range(a.size):
        for k in range(repeats):
            out[i * repeats + k] = a[i]
    return out


def tile(A, reps):
    """A 1-D array repeated.

    >>> np.tile(np.array([1, 2]), 2)
    """
    out = np.empty(A.size * reps, A.dtype)
    for i in range(out.size):
        out[i] = A[i % A.size]
    return out


def squeeze(a, axis=None):
    """The axes of extent 1 removed. The axis must be given: which extents are 1 is not known while compiling.

    >>> np.squeeze(np.array([[1, 2, 3]]), axis=0)
    """
    if axis is None:
        static_error("np.squeeze needs an axis here; write np.squeeze(a, axis=0)")
    if a.shape[axis] != 1:
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


def rot90(m, k=1):
    """The first two axes of an array turned by a number of quarters of a full turn, counter-clockwise: a view.

    >>> np.rot90(np.array([[1, 2], [3, 4]]))
    >>> np.rot90(np.array([[1, 2], [3, 4]]), 3)
    """
    if m.ndim < 2:
        static_error("np.rot90 takes an array of at least two dimensions")
    if k % 4 == 0:
        return m
    if k % 4 == 1:
        return swap_axes(reverse_axes(m, 1), 0, 1)
    if k % 4 == 2:
        return reverse_axes(reverse_axes(m, 0), 1)
    return reverse_axes(swap_axes(m, 0, 1), 1)


def column_stack(tup):
    """1-D arrays as the columns of a 2-D array.

    >>> np.column_stack((np.array([1, 2]), np.array([3, 4])))
    """
    if tup[0].ndim == 1:
        return stack_arrays(tup, 1)
    return join_arrays(tup, 1)


def append(arr, values):
    """A 1-D array with the elements of another, or a number, at its end: a new array.

    >>> np.append(np.array([1, 2]), 3)
    """
    return np.concatenate((np.ravel(arr), np.ravel(np.atleast_1d(values))))


def triu(m, k=0):
    """A copy of a matrix with zeros below the k-th diagonal; of more dimensions, of each matrix that the last two axes make.

    >>> np.triu(np.array([[1, 2], [3, 4]]))
    """
    if m.ndim < 2:
        static_error("np.triu takes an array of at least two dimensions")
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
    """A copy of a matrix with zeros above the k-th diagonal; of more dimensions, of each matrix that the last two axes make.

    >>> np.tril(np.array([[1, 2], [3, 4]]))
    """
    if m.ndim < 2:
        static_error("np.tril takes an array of at least two dimensions")
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
    n = max(min(v.shape[0] - max(-k, 0), v.shape[1] - max(k, 0)), 0)
    line = np.empty(n, v.dtype)
    for i in range(n):
        line[i] = v[i + max(-k, 0), i + max(k, 0)]
    return line


def meshgrid(x1, x2, indexing="xy"):
    """Coordinate matrices of two coordinate vectors: copies, by default of shape (len(x2), len(x1)).

    >>> np.meshgrid(np.array([1, 2, 3]), np.array([4, 5]))[0]
    """
    if indexing == "ij":
        shape = (x1.size, x2.size)
        return copy_of(stretch_to(insert_axis(x1, 1), shape)), copy_of(stretch_to(insert_axis(x2, 0), shape))
    shape = (x2.size, x1.size)
    return copy_of(stretch_to(insert_axis(x1, 0), shape)), copy_of(stretch_to(insert_axis(x2, 1), shape))
