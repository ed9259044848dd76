"""Writes numpy_table.txt: what NumPy gives for every operation of the loop IR on every dtype.

Run with any Python that has NumPy:  python crates/wasm/tests/numpy_table.py > crates/wasm/tests/numpy_table.txt

Lines are `operands DTYPE A B`, `unary OP DTYPE RESULT`, `binary OP DTYPE RESULT` and `cast FROM TO A RESULT`, arrays as the
hexadecimal bytes of their little-endian elements. Unary operations take A.
"""

import numpy as np

DTYPES = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64".split()
INTS = DTYPES[1:9]
FLOATS = DTYPES[9:]
NUMBERS = INTS + FLOATS

UNARY = {
    "neg": (np.negative, NUMBERS),
    "abs": (np.absolute, NUMBERS),
    "invert": (np.invert, ["bool"] + INTS),
    "sqrt": (np.sqrt, FLOATS),
    "floor": (np.floor, FLOATS),
    "ceil": (np.ceil, FLOATS),
    "trunc": (np.trunc, FLOATS),
    "rint": (np.rint, FLOATS),
}
BINARY = {
    "+": (np.add, NUMBERS),
    "-": (np.subtract, NUMBERS),
    "*": (np.multiply, NUMBERS),
    "/": (np.divide, FLOATS),
    "//": (np.floor_divide, INTS),
    "%": (np.remainder, INTS),
    "&": (np.bitwise_and, ["bool"] + INTS),
    "|": (np.bitwise_or, ["bool"] + INTS),
    "^": (np.bitwise_xor, ["bool"] + INTS),
    "<<": (np.left_shift, INTS),
    ">>": (np.right_shift, INTS),
    "min": (np.minimum, DTYPES),
    "max": (np.maximum, DTYPES),
    "copysign": (np.copysign, FLOATS),
    "==": (np.equal, DTYPES),
    "!=": (np.not_equal, DTYPES),
    "<": (np.less, DTYPES),
    "<=": (np.less_equal, DTYPES),
    ">": (np.greater, DTYPES),
    ">=": (np.greater_equal, DTYPES),
}


def operands(dtype):
    """All pairs of eight telling values, then 32 random pairs; 96 in all."""
    random = np.random.default_rng(1)
    if dtype == "bool":
        values = [False, True] * 4
        more = random.integers(0, 2, (2, 32)).astype(bool)
    elif dtype in FLOATS:
        # No two zeros of different sign meet: their minimum is either in NumPy, depending on the processor.
        values = [np.inf, -np.inf, np.nan, 0.0, 2.5, -0.5, 1e10, -3.75]
        more = random.normal(0, 100, (2, 32))
    else:
        info = np.iinfo(dtype)
        values = [info.min, info.min + 1, info.max // 2, 0, 1, 3, 8, info.max]
        if info.min < 0:
            values[2:4] = [-1, -7]
        more = np.stack([random.integers(info.min, info.max, 32, dtype=dtype, endpoint=True),
                         random.integers(0, min(80, info.max), 32, dtype=dtype)])
    grid = np.array(values, dtype=dtype)
    a, b = np.meshgrid(grid, grid, indexing="ij")
    more = more.astype(dtype)
    return np.concatenate([a.ravel(), more[0]]), np.concatenate([b.ravel(), more[1]])


def castable(values, to):
    """Whether C defines the conversion of every value; NumPy's result depends on the processor elsewhere."""
    if values.dtype.name not in FLOATS or to in FLOATS or to == "bool":
        return np.ones(len(values), bool)
    info = np.iinfo(to)
    with np.errstate(invalid="ignore"):
        return (np.trunc(values) >= info.min) & (np.trunc(values) <= info.max)


def main():
    np.seterr(all="ignore")
    for dtype in DTYPES:
        a, b = operands(dtype)
        print("operands", dtype, a.tobytes().hex(), b.tobytes().hex())
        for name, (ufunc, dtypes) in UNARY.items():
            if dtype in dtypes:
                print("unary", name, dtype, ufunc(a).tobytes().hex())
        for name, (ufunc, dtypes) in BINARY.items():
            if dtype in dtypes:
                print("binary", name, dtype, ufunc(a, b).tobytes().hex())
        for to in DTYPES:
            kept = np.where(castable(a, to), a, a.dtype.type(1))
            print("cast", dtype, to, kept.tobytes().hex(), kept.astype(to).tobytes().hex())


main()
