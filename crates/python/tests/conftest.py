"""What the tests share."""

import numpy as np
import pytest

from nopython import _engine

#: Tests of what the extension module alone does.
interrupts = pytest.mark.skipif(_engine.portable, reason="signals wait until the call has ended")
shares = pytest.mark.skipif(_engine.portable, reason="no memory is shared with NumPy")

DTYPES = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64".split()


@pytest.fixture(params=DTYPES)
def dtype(request):
    """Every dtype that is compiled."""
    return np.dtype(request.param)


def layouts(array):
    """The same elements at other strides, and as other bytes."""
    padded = np.zeros([2 * n for n in array.shape], dtype=array.dtype)
    padded[tuple(slice(None, None, 2) for _ in array.shape)] = array
    unaligned = np.zeros(array.nbytes + 1, dtype=np.uint8)[1:].view(array.dtype).reshape(array.shape)
    unaligned[...] = array
    flipped = array[..., ::-1].copy()[..., ::-1]
    swapped = array.astype(array.dtype.newbyteorder())
    return {
        "C": array,
        "F": np.asfortranarray(array),
        "every second": padded[tuple(slice(None, None, 2) for _ in array.shape)],
        "reversed": flipped,
        "unaligned": unaligned,
        "other byte order": swapped,
    }


def same(got, want):
    """Whether values are equal to the bit, with their types."""
    if isinstance(want, tuple):
        return isinstance(got, tuple) and len(got) == len(want) and all(map(same, got, want))
    if isinstance(want, np.ndarray):
        return type(got) is np.ndarray and got.dtype == want.dtype.newbyteorder("=") and np.array_equal(got, want, equal_nan=want.dtype.kind == "f")
    return type(got) is type(want) and (got == want or got != got and want != want)
