"""Functions with parameters and results of every kind, for the page that `nopython build --html` makes of them."""

import numpy as np
from numba import njit


@njit("float64(float64, float64)")
def add(a, b=2.5):
    """The sum of `a` and `b`. </script><script>document.title = "broken"</script>"""
    return a + b


@njit("int64(int64)")
def before(n):
    return n - 1


@njit("uint64(uint64, uint8, boolean)")
def mixed(n, small=200, flag=False):
    return n + np.uint64(small) if flag else n


@njit("float32(float32)")
def third(x=1.0):
    return x / np.float32(3)


@njit("float64[:](float64[:], int64)")
def smooth(x, n=2):
    """Running means."""
    out = np.empty(x.size - n + 1)
    for i in range(out.size):
        out[i] = x[i : i + n].mean()
    return out


@njit("void(float64[:], float64)")
def scale(x, factor=2.0):
    """Multiplies `x` in place."""
    x *= factor


@njit("float64[:, :](float64[:, :], float64[:, :])")
def product(a, b):
    return a @ b


@njit("uint8[:, :, :](uint8[:, :, :])")
def invert(image):
    return 255 - image


@njit("Tuple((float64, int64[:], boolean))(int64[:])")
def several(x):
    return x.mean(), np.sort(x), x.any()


@njit("float64(UniTuple(float64, 2), int32[:, :, :])")
def nested(pair, cube):
    return pair[0] * cube.sum() + pair[1]


@njit("boolean[:](boolean[:])")
def flip(mask):
    return ~mask


@njit("int64(int64)")
def checked(n=3):
    if n < 0:
        raise ValueError("n is </script> negative")
    return n


@njit("float64(float64[:], int64)")
def slow(x, turns=60_000_000):
    total = 0.0
    for i in range(turns):
        total += x[i % x.size] * 1e-3
    return total


@njit("float64()")
def constant():
    return 4.25


@njit(["int64(int64)", "float64(float64)"])
def doubled(x):
    return x + x


@njit("float64[:, :](float64[:, :])")
def turned(x):
    """A view, which lies in another order."""
    return x.T[:, 1:]


@njit("Tuple((UniTuple(int64, 2), float64[:]))(float64[:])")
def deep(x):
    x[0] = 7.0
    return (1, 2), x * 2.0


@njit("float64[:, :](int64, int64)")
def extents(rows=0, columns=3):
    return np.full((rows, columns), np.nan)
