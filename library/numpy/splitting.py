def array_split(ary, indices_or_sections: new_axes, axis: axis = 0):
    """An array cut along an axis into a number of parts of nearly equal extents, or before each of several indices: a list of views.

    >>> np.array_split(np.arange(5), 2)
    >>> np.array_split(np.arange(5), (1, 3))
    """
    if axis is None:
        static_error("np.array_split takes an axis, not None")
    if isinstance(indices_or_sections, tuple):
        if len(indices_or_sections) == 0:
            return list((slice_axis(ary, axis, 0, None),))
        return list(np.parts_between(ary, 0, indices_or_sections, axis))
    if is_float(indices_or_sections):
        static_error("the number of parts is an integer; write it as one")
    if not is_known(indices_or_sections):
        static_error("the number of parts must be known while compiling; write it as a number, or slice in a loop")
    if indices_or_sections <= 0:
        raise ValueError("number sections must be larger than 0.")
    return list(np.parts_from(ary, indices_or_sections, 0, axis))


def split(ary, indices_or_sections: new_axes, axis: axis = 0):
    """An array cut along an axis into a number of parts of equal extents, or before each of several indices: a list of views.

    >>> np.split(np.arange(6), 3)
    >>> np.split(np.arange(5), [1, 3])
    """
    if not isinstance(indices_or_sections, tuple):
        if ary.shape[axis] % indices_or_sections != 0:
            raise ValueError("array split does not result in an equal division")
    return np.array_split(ary, indices_or_sections, axis)


def vsplit(ary, indices_or_sections: new_axes):
    """An array of at least two dimensions cut along its first axis; see np.split.

    >>> np.vsplit(np.array([[1, 2], [3, 4]]), 2)
    """
    if ary.ndim < 2:
        raise ValueError("vsplit only works on arrays of 2 or more dimensions")
    return np.split(ary, indices_or_sections, 0)


def hsplit(ary, indices_or_sections: new_axes):
    """An array cut along its second axis, or its first if it has only one; see np.split.

    >>> np.hsplit(np.array([[1, 2], [3, 4]]), 2)
    """
    if ary.ndim > 1:
        return np.split(ary, indices_or_sections, 1)
    return np.split(ary, indices_or_sections, 0)


def dsplit(ary, indices_or_sections: new_axes):
    """An array of at least three dimensions cut along its third axis; see np.split.

    >>> np.dsplit(np.zeros((1, 1, 2)), 2)
    """
    if ary.ndim < 3:
        raise ValueError("dsplit only works on arrays of 3 or more dimensions")
    return np.split(ary, indices_or_sections, 2)
