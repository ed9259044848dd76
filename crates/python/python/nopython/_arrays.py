"""NumPy arrays in memory that compiled functions share, so that passing them copies nothing."""

import operator

import numpy as np

from nopython import _engine


def zeros(shape, dtype=float):
    """An array of zeros in shared memory. It is an ordinary NumPy array in C order; so are views of it.

    Elements are changed in place by compiled functions, in every thread, and by forked processes. Each array takes
    memory pages and a file handle of its own, so this pays for arrays that are large or passed often.

    Raises ``TypeError`` for a dtype that is not compiled, ``MemoryError``.
    """
    try:
        shape = (operator.index(shape),)
    except TypeError:
        shape = tuple(operator.index(n) for n in shape)
    if min(shape, default=0) < 0:
        raise ValueError("negative dimensions are not allowed")
    dtype = np.dtype(dtype)
    if not dtype.isnative:
        raise TypeError(f"{dtype} has the byte order of other machines")
    return _engine.resident(shape, dtype.num)


def empty(shape, dtype=float):
    """As :func:`zeros`: pages of the system are zero."""
    return zeros(shape, dtype)


def asarray(values, dtype=None):
    """The values as an array in shared memory: the array itself if it lies there, or else a copy in C order."""
    array = np.asarray(values, dtype=dtype)
    if array.flags.c_contiguous and _engine.is_resident(array):
        return array
    out = zeros(array.shape, array.dtype.newbyteorder("="))
    out[...] = array
    return out
