"""``nopython.zeros`` and its like: there is no memory here that NumPy shares with the engine, so that these arrays are copied as any others are."""

import math

import numpy as np

from nopython._portable import _keys

#: NumPy's type numbers of the dtypes that are compiled.
_BY_NUMBER = {np.dtype(code).num: np.dtype(code) for code in "?bhilqBHILQfd"}


class _Block(bytearray):
    """The memory of an array that :func:`resident` has made."""


def resident(shape, number):
    """An array of zeros. ``number`` is NumPy's type number."""
    dtype = _BY_NUMBER.get(number)
    if dtype is None:
        raise TypeError("arrays of this dtype are not compiled")
    block = _Block(max(1, math.prod(shape) * dtype.itemsize))
    return np.ndarray(shape, _keys.DTYPES[_keys.number_of(dtype)], block)


def is_resident(array):
    """Whether an array is one that :func:`resident` has made, or a view of one."""
    while isinstance(array, np.ndarray):
        array = array.base
    return isinstance(array, _Block)
