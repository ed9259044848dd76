def elements_of(a, shape):
    """An array stretched to a shape, as 1-D, or a scalar as it is. Used by the functions below.

    >>> np.ravel(np.array([[1, 2]]))
    """
    if is_array(a):
        return np.ravel(stretch_to(a, shape))
    return a


def element_at(a, i):
    """Element i of an array, or a scalar as it is. Used by the functions below.

    >>> np.array([1, 2])[1]
    """
    if is_array(a):
        return a[i]
    return a


def zero_of(a):
    """A zero of an array's or a scalar's dtype. Used by the functions below.

    >>> np.zeros_like(np.array([1.5]))
    """
    if is_array(a):
        return as_dtype(0, a.dtype)
    return a


def map_1(f, x):
    """A function of one scalar applied to each element: a call of an `@vectorize` function.

    >>> np.abs(np.array([-1.0, 2.0]))
    """
    out = np.empty(x.shape, result_dtype(f(np.zero_of(x))))
    flat = np.ravel(out)
    xs = np.ravel(x)
    for i in range(flat.size):
        flat[i] = f(xs[i])
    return out


def map_2(f, x, y):
    """A function of two scalars applied to broadcast elements: a call of an `@vectorize` function.

    >>> np.add(np.array([-1.0, 2.0]), 1.0)
    """
    shape = op("==", x, y).shape
    out = np.empty(shape, result_dtype(f(np.zero_of(x), np.zero_of(y))))
    flat = np.ravel(out)
    xs = np.elements_of(x, shape)
    ys = np.elements_of(y, shape)
    for i in range(flat.size):
        flat[i] = f(np.element_at(xs, i), np.element_at(ys, i))
    return out


def map_3(f, x, y, z):
    """A function of three scalars applied to broadcast elements: a call of an `@vectorize` function.

    >>> np.where(np.array([True, False]), 1.0, 2.0)
    """
    shape = op("==", op("==", x, y), op("==", z, x)).shape
    out = np.empty(shape, result_dtype(f(np.zero_of(x), np.zero_of(y), np.zero_of(z))))
    flat = np.ravel(out)
    xs = np.elements_of(x, shape)
    ys = np.elements_of(y, shape)
    zs = np.elements_of(z, shape)
    for i in range(flat.size):
        flat[i] = f(np.element_at(xs, i), np.element_at(ys, i), np.element_at(zs, i))
    return out


def map_4(f, x, y, z, w):
    """A function of four scalars applied to broadcast elements: a call of an `@vectorize` function.

    >>> np.where(np.array([True, False]), 1.0, 2.0)
    """
    shape = op("==", op("==", x, y), op("==", z, w)).shape
    out = np.empty(shape, result_dtype(f(np.zero_of(x), np.zero_of(y), np.zero_of(z), np.zero_of(w))))
    flat = np.ravel(out)
    xs = np.elements_of(x, shape)
    ys = np.elements_of(y, shape)
    zs = np.elements_of(z, shape)
    ws = np.elements_of(w, shape)
    for i in range(flat.size):
        flat[i] = f(np.element_at(xs, i), np.element_at(ys, i), np.element_at(zs, i), np.element_at(ws, i))
    return out


def outer_at(a, k, outer, n, i):
    """Item i of the first of an operand's outer axes, which come before its last k; the operand itself where it has fewer of them than others.

    >>> np.array([[1, 2]])[0]
    """
    if is_array(a):
        if a.ndim - k == outer:
            if a.shape[0] != n and a.shape[0] != 1:
                raise ValueError("operands could not be broadcast together with the outer axes of the output")
            return a[min(i, a.shape[0] - 1)]
    return a


def loop_2(f, kx, ko, x, out):
    """A function of the last axes of one input and an output, applied along all other axes: a call of a `@guvectorize` function.

    >>> np.sum(np.array([[1.0, 2.0]]), 1)
    """
    if out.ndim == ko:
        f(x, out)
    elif out.ndim == 1:
        for i in range(out.shape[0]):
            f(np.outer_at(x, kx, 1, out.shape[0], i), out[i:i + 1])
    else:
        for i in range(out.shape[0]):
            np.loop_2(f, kx, ko, np.outer_at(x, kx, out.ndim - ko, out.shape[0], i), out[i])


def loop_3(f, kx, ky, ko, x, y, out):
    """A function of the last axes of two inputs and an output, applied along all other axes: a call of a `@guvectorize` function.

    >>> np.sum(np.array([[1.0, 2.0]]), 1)
    """
    if out.ndim == ko:
        f(x, y, out)
    elif out.ndim == 1:
        for i in range(out.shape[0]):
            f(np.outer_at(x, kx, 1, out.shape[0], i), np.outer_at(y, ky, 1, out.shape[0], i), out[i:i + 1])
    else:
        for i in range(out.shape[0]):
            np.loop_3(f, kx, ky, ko, np.outer_at(x, kx, out.ndim - ko, out.shape[0], i), np.outer_at(y, ky, out.ndim - ko, out.shape[0], i), out[i])


def loop_4(f, kx, ky, kz, ko, x, y, z, out):
    """A function of the last axes of three inputs and an output, applied along all other axes: a call of a `@guvectorize` function.

    >>> np.sum(np.array([[1.0, 2.0]]), 1)
    """
    if out.ndim == ko:
        f(x, y, z, out)
    elif out.ndim == 1:
        for i in range(out.shape[0]):
            f(np.outer_at(x, kx, 1, out.shape[0], i), np.outer_at(y, ky, 1, out.shape[0], i), np.outer_at(z, kz, 1, out.shape[0], i), out[i:i + 1])
    else:
        for i in range(out.shape[0]):
            np.loop_4(f, kx, ky, kz, ko, np.outer_at(x, kx, out.ndim - ko, out.shape[0], i), np.outer_at(y, ky, out.ndim - ko, out.shape[0], i), np.outer_at(z, kz, out.ndim - ko, out.shape[0], i), out[i])
