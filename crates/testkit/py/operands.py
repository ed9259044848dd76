"""Arguments for the sweep, as expressions: arrays over dtypes and layouts, and what other kinds of parameters take."""

FLOATS = "[0.5, -1.25, 3.0, -0.0, np.nan, 0.75]", "[2.0, -0.5, np.inf, 0.25, 1.5, -3.0]"
SIGNED = "[3, -1, 2, 0, 5, -4]", "[2, 7, -3, 1, 4, 2]"
UNSIGNED = "[3, 250, 2, 0, 5, 7]", "[2, 7, 3, 1, 4, 255]"
COMPLEX = "[0.5 + 2j, -1.25, 3j, -0.0, 0.75 - 1j, 3 + 0.5j]", "[2 - 1j, -0.5, 0.25j, 1.5, 3j, -3 + 1j]"
BOOLEANS = "[True, False, True, True, False, False]", "[False, False, True, True, True, False]"
VALUES = {
    "float64": FLOATS,
    "float32": FLOATS,
    **dict.fromkeys(["int8", "int16", "int32", "int64"], SIGNED),
    **dict.fromkeys(["uint8", "uint16", "uint32", "uint64"], UNSIGNED),
    "bool_": BOOLEANS,
    "complex128": COMPLEX,
    "complex64": COMPLEX,
}
# Of six elements, by number of dimensions.
LAYOUTS = {
    0: ["{}[1]"],
    1: ["{}", "{}[::2]", "{}[::-1]", "{}[:0]", "{}[:1]"],
    2: ["{}.reshape(2, 3)", "{}.reshape(2, 3).T", "{}.reshape(3, 2)[::-1, 1:]", "{}[:0].reshape(0, 3)", "{}[:0].reshape(3, 0)"],
    3: ["{}.reshape(1, 3, 2)[:, ::-1]", "{}.reshape(3, 1, 2).transpose(2, 0, 1)"],
    4: ["{}.reshape(2, 1, 3, 1)"],
}
# Pairs that promote, broadcast, or mix a number of Python's with an array.
MIXED = [("float32", "int8"), ("int8", "uint8"), ("uint64", "int64"), ("int32", "float32"), ("bool_", "uint8"), ("float64", "float32"), ("int16", "uint16"), ("complex64", "int16"), ("float32", "complex64"), ("float64", "complex64"), ("complex128", "int64")]
SHAPES = [
    ("{}", "{}"),
    ("{}.reshape(2, 3)", "{}[:3]"),
    ("{}.reshape(6, 1)", "{}[:2]"),
    ("{}[::-2]", "{}[3:]"),
    ("{}[0]", "{}[1]"),
    ("{}[:0]", "{}[:1]"),
    ("{}.reshape(2, 3)", "{}.reshape(3, 2)"),
    ("{}.reshape(3, 2).T", "{}.reshape(2, 3)[::-1]"),
    ("{}.reshape(1, 3, 2)", "{}.reshape(3, 2)[:, :1]"),
    ("{}.reshape(2, 3)", "{}[:2]"),
]
NUMBERS = ["2", "0", "-1", "1.5", "True"]
EXTENTS = ["6", "-1", "(2, 3)", "(3, -1)", "(1, 6)", "(2, 2, 3)", "(6, 6)", "(0,)", "(4, 2)", "(-1, -1)", "(2, -3)", "2.0"]
# Matrices whose elimination with partial pivoting is exact, as pivots are powers of two; with one that is singular, and no square.
MATRICES = [
    "np.array([[2.0, 1.0], [4.0, -2.0]])",
    "np.array([[1.0, 3.0, 2.0], [2.0, 4.0, -2.0], [4.0, 8.0, 4.0]])",
    "np.array([[0.0, 2.0], [8.0, 4.0]]).T",
    "np.array([[4.0]])",
    "np.zeros((0, 0))",
    "np.array([[1.0, 2.0], [2.0, 4.0]])",
    "np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])",
    "np.ones((2, 2, 2))",
    "np.ones(3)",
]


# Floats whose sums depend on the order, with their number of dimensions.
ROUGH = [
    (f"((np.arange({n}) * 5 % 11 - 4) / 7).astype(np.{{}}){shape}", ndim)
    for n, shape, ndim in [
        (300, "", 1),
        (300, ".reshape(2, 150)", 2),
        (300, ".reshape(150, 2)", 2),
        (300, ".reshape(150, 2).T[::-1]", 2),
        (300, ".reshape(15, 2, 10)", 3),
        (300, ".reshape(15, 2, 10).transpose(2, 0, 1)", 3),
        (300, ".reshape(3, 5, 2, 10)", 4),
    ]
]


def array(dtype, which=0):
    return f"np.array({VALUES[dtype][which]}).astype(np.{dtype})"


def long(dtype):
    """More elements than vectors have lanes, and some that are left over."""
    if dtype == "bool_":
        return "(np.arange(37) * 5 % 11 > 4)"
    if dtype.startswith("uint"):
        return f"(np.arange(37) * 5 % 11 * 23).astype(np.{dtype})"
    if dtype.startswith("complex"):
        return f"((np.arange(37) * 5 % 11 - 4) + (np.arange(37) * 3 % 7 - 2) * 0.5j).astype(np.{dtype})"
    return f"((np.arange(37) * 5 % 11 - 4) * {'0.75' if dtype.startswith('float') else '11'}).astype(np.{dtype})"


def matrix(text, dtype):
    return text if dtype == "float64" else f"{text}.astype(np.{dtype})"


def axes(ndim):
    """Axes of an array, in every form, and some that it does not have."""
    yield from map(str, range(-ndim - 1, ndim + 1))
    yield "None"
    yield "()"
    for first in range(-ndim - 1, ndim + 1):
        yield f"({first},)"
        for second in range(-ndim, ndim + 1):
            yield f"({first}, {second})"
    if ndim > 2:
        yield "(2, 0, 1)"
