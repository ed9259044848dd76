"""Prints what calls give and refuse that are odd in some way: whatever the engine, the same lines (``test_engines.py``)."""

import pickle

import numpy as np

import nopython
from nopython import jit

NUMBERS = [300, -1, 2**31, 2**32, 2**63, 2**64, -(2**63) - 1, 1.5, 1e300, -0.0, True, None, "a", 1j]
OBJECTS = [np.int16(3), np.float64(2.5), np.uint64(2**64 - 1), np.array(3), np.array([1]), (1, 2), [1], range(3), np.float64, len, {}]
ARRAYS = [
    np.ones((2,) * 5),
    np.ones(3, complex),
    np.array(["a"]),
    np.ma.ones(3),
    np.ones(2, np.float16),
    np.zeros(2, [("x", "f8")]),
    np.array([1], "M8[s]"),
    np.array([None]),
]


def outcome(function, *args, **kwargs):
    """What a call gives, with its type, or raises, with its notes."""
    try:
        result = function(*args, **kwargs)
    except Exception as error:
        return type(error).__name__, str(error), getattr(error, "__notes__", None)
    return type(result).__name__, repr(result)


def about(value, *arrays):
    """How an array lies, and which arrays it shares memory with."""
    if not isinstance(value, np.ndarray):
        return repr(value)
    return value.shape, value.strides, str(value.dtype), value.flags.writeable, [(value is a, np.shares_memory(value, a)) for a in arrays]


@jit
def optional(a, b=2, *, c=3):
    return a + b + c


@jit("float64(Tuple((float64, int64[:])))")
def pair(p):
    return p[0] + p[1][0]


@jit
def views(a):
    a[0] = 1
    return a[::2], a, a.T, a[1:].sum()


@jit
def blocks(n):
    a = np.zeros((n, 3))
    b = a[1:]
    return a, b, b.T, n, True, np.float32(2)


@jit
def transposed(a):
    return np.transpose(a) + 1, a.copy()


@jit
def large(n):
    return np.zeros(n).size


@jit
def quotient(a, i):
    return int(a[i]) // 0


def lines():
    """Each call with what came of it."""
    for dtype in "int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 bool".split():
        same = jit(f"{dtype}({dtype})")(lambda x: x)
        for value in NUMBERS + OBJECTS:
            yield dtype, repr(value), outcome(same, value)
    for value in OBJECTS + ARRAYS + [optional]:
        yield repr(value), outcome(optional, value)
    for args, kwargs in [((1, 2, 3), {}), ((), {}), ((1,), {"c": 5}), ((1,), {"d": 5})]:
        yield args, kwargs, outcome(optional, *args, **kwargs)
    for value in [(1.0, np.arange(3)), (1, np.arange(3)), (1.0, np.arange(3.0)), (1.0,), 3]:
        yield repr(value), outcome(pair, value)
    plain = np.zeros((3, 4))
    for a in [np.zeros(5), np.zeros(5)[::-1], plain[:, ::2], plain.copy(order="F"), np.zeros(5, ">f8"), np.zeros((0, 3))]:
        yield [about(part, a) for part in views(a)] if a.size else outcome(views, a), repr(a)
    frozen = np.zeros(5)
    frozen.flags.writeable = False
    yield outcome(views, frozen), outcome(views, (np.zeros(3),))
    parts = blocks(4)
    yield [about(part, parts[0]) for part in parts]
    yield [about(part) for part in transposed(np.ones((2, 3, 4)))]
    yield outcome(large, 1 << 40), outcome(large, 1 << 10)
    yield outcome(quotient, np.arange(3), 1), outcome(quotient, np.arange(3), -9)
    yield outcome(pickle.loads(pickle.dumps(optional)), 2), blocks.inspect_wat(), blocks.inspect_loops(), blocks.vectorize_report()
    yield outcome(jit(lambda x: x.nothing), 3.0), outcome(nopython.typeof, [1]), nopython.typeof((1, np.ones(2)))


if __name__ == "__main__":
    for line in lines():
        print(line)
