"""The calls that the sweep makes of a function, from its signature: what each parameter takes is its kind in the library."""

import ast
import inspect
import itertools
import zlib
from dataclasses import dataclass

import numpy as np
from operands import EXTENTS, LAYOUTS, MATRICES, MIXED, NUMBERS, ROUGH, SHAPES, VALUES, array, axes, long, matrix

# Kinds of parameters that take an array.
ARRAYS = {"", "integers", "vector", "given", "items"}
# Kinds of parameters that take axes.
AXES = ("axis", "axes", "new_axes")
# Operands that must be sorted for the result to be defined, by position.
SORTED = {"searchsorted": 0, "digitize": 1, "interp": 1}
# Which of two zeros with different signs these give depends on the machine's vector instructions.
ZERO_SIGN = {"minimum", "maximum", "fmin", "fmax"}
# What a parameter beside the first array may be.
BESIDE = ["1", "np.array([1, 0])", "0.5"]
# Calls whose results are accidents of how NumPy computes them: BLAS multiplies NaN by 0 to 0 and loses the sign of zero; a quantile of
# integers at an integer position is an integer; 0 / 0 while the mean of nothing is weighted.
ACCIDENTS = {
    "dot": NUMBERS,
    "inner": NUMBERS,
    **dict.fromkeys(["tensordot", "linalg.tensordot"], [*NUMBERS, BESIDE[1]]),
    "real": ["True"],
    "delete": ["True"],
    "conjugate": ["True"],
    **dict.fromkeys(["eye", "tri", "identity", "tril_indices", "triu_indices"], ["True"]),
}
# Along the axes of nothing they divide 0 by 0 before they look, or look for the middle of nothing.
NO_NOTHING = {"average", "median", "nanquantile", "nanpercentile"}
# With `keepdims` NumPy stores the result in the first elements of an `out` that is too large.
NO_KEPT_OUTPUT = {"median"}
# Equal elements keep their order here, and in NumPy where it is asked to.
UNSTABLE = {"argsort"}
# Results that depend on memory that nobody wrote; sums whose terms cancel.
SKIPPED = {"blackman", "polyval", "empty", "empty_like"}
# Results that are right within a bound that depends on the operand, and partly free: they have pages of their own.
SKIPPED |= {f"linalg.{name}" for name in ("qr", "svd", "svdvals", "eig", "eigh", "eigvals", "eigvalsh", "cholesky", "lstsq", "pinv", "cond")}
# Arguments that are left out: operands of nothing, where the type of NumPy's result depends on there being something; long ones, where sums of products
# are rounded in an order of their own; one axis where NumPy wants a tuple, which here is the same; and views that NumPy does not flatten.
LEFT_OUT = {
    **dict.fromkeys(["poly", "nanquantile", "nanpercentile"], [":0]"]),
    "linspace": ["num=0, retstep", "num=1, retstep"],
    "linalg.tensorsolve": ["axes=-", "axes=0", "axes=1", "axes=2"],
    "put_along_axis": ["::2]", "::-1]"],
    "polynomial.polynomial.polyval": ["arange(37)"],
    "polynomial.polynomial.polyfromroots": ["arange(37)", ":0]"],
}
# Of what these give the order is free, but not which elements there are.
UNORDERED = {"partition", "argpartition", "unique_values"}
# The order of eigenvalues is free too.
SKIPPED |= {"roots", "polyfit", "polynomial.polynomial.polyroots"}
# Sums over products, which have an order of their own in each BLAS.
BLAS = {"linalg.norm", "cov", "corrcoef"}
# They sum what they have computed, which is in C order here and in the operand's order there: see the page of semantics.
ORDERED = {"var", "std", "nanvar", "nanstd"}
# So do these, in sums of floats that are rounded.
ORDERED_ROUGH = {*ORDERED, "nansum", "nanmean", "trapezoid"}
OTHER_ORDER = (".T", "transpose", "::-1")
# Methods of quantiles.
METHODS = """inverted_cdf averaged_inverted_cdf closest_observation interpolated_inverted_cdf hazen weibull median_unbiased normal_unbiased lower
    higher midpoint nearest""".split()
# Values of strings, by the parameter's name.
STRINGS = {
    "side": ['"right"', '"other"'],
    "mode": ['"same"', '"valid"', '"full"', '"edge"', '"reflect"', '"symmetric"', '"wrap"', '"constant"', '"other"'],
    "indexing": ['"ij"', '"xy"'],
    "kind": ['"stable"', '"heapsort"', '"introselect"', '"sort"', '"table"', '"other"'],
    "bitorder": ['"little"', '"other"'],
    "order": ['"C"', '"F"'],
    "trim": ['"f"', '"b"'],
    "method": [f'"{name}"' for name in METHODS],
}
DTYPES = ["np.float32", "np.float64", "np.int64", "np.int16", "np.uint8", "bool"]
# Keywords of NumPy's that are asked for where the library does not have them.
COMMON = {"axis", "keepdims", "initial", "where", "out", "dtype", "ddof"}
# Keywords of which NumPy takes all or none.
TOGETHER = {("clip", "a_min"), ("clip", "a_max"), ("clip", "min"), ("clip", "max")}


@dataclass
class Parameter:
    name: str
    kind: str
    default: str | None
    keyword_only: bool


class Function:
    """A function of the library: its name below `np`, and its parameters."""

    def __init__(self, name, head):
        self.name = name
        arguments = ast.parse(f"{head} pass").body[0].args
        positional = arguments.posonlyargs + arguments.args
        defaults = [None] * (len(positional) - len(arguments.defaults)) + arguments.defaults
        pairs = [*zip(positional, defaults), *zip(arguments.kwonlyargs, arguments.kw_defaults)]
        self.parameters = [
            Parameter(a.arg, a.annotation.id if a.annotation else "", d and ast.unparse(d), a in arguments.kwonlyargs)
            for a, d in pairs
        ]
        self.required = [p for p in self.parameters if p.default is None]
        self.optional = [p for p in self.parameters if p.default is not None]

    def numpy_keywords(self):
        """Keywords that NumPy's function has and the library's lacks."""
        function = np
        for part in self.name.split("."):
            function = getattr(function, part)
        try:
            theirs = inspect.signature(function).parameters.values()
        except (TypeError, ValueError):
            return []
        own = {p.name for p in self.parameters}
        if isinstance(function, np.ufunc):
            own |= {"out", "where", "dtype"}
        return [p.name for p in theirs if p.name in COMMON - own and p.kind is not p.POSITIONAL_ONLY]


class Sampler:
    """Takes one in so many calls, the same every time; with `everything`, all."""

    def __init__(self, everything):
        self.everything = everything

    def __call__(self, rate, calls):
        return (call for call in calls if self.everything or zlib.crc32(call.encode()) % rate == 0)


def calls(function, everything):
    if function.name in SKIPPED or function.name.startswith("fft."):
        return
    some = Sampler(everything)
    every = itertools.chain(
        positional(function, some), along(function, some), with_keywords(function, some), outputs(function, some), missing_keywords(function)
    )
    for text in every:
        if any(part in text for part in LEFT_OUT.get(function.name, [])):
            continue
        if function.name in UNORDERED:
            text = f"np.sort({text}, axis=None)"
        if function.name not in ORDERED or not any(mark in text for mark in OTHER_ORDER):
            yield text


def call(function, operands, **keywords):
    words = [*operands, *(f"{name}={value}" for name, value in keywords.items())]
    return f"np.{function.name}({', '.join(words)})"


def positional(function, some):
    """Calls with what is required alone."""
    kinds = [p.kind for p in function.required]
    if function.name.startswith("linalg.") and function.name != "linalg.norm":
        yield from linear(function, some)
    elif set(kinds) <= ARRAYS and len(kinds) == 1:
        yield from unary(function, some)
    elif set(kinds) <= ARRAYS and len(kinds) == 2:
        yield from binary(function, some)
    else:
        yield from mixed(function, some)


def unary(function, some):
    for dtype in VALUES:
        # Each dtype meets the plain layout, and a sample of the others.
        yield call(function, [array(dtype)])
        if function.name not in UNSTABLE:
            yield call(function, [long(dtype)])
        others = [layout.format(array(dtype)) for ndim in LAYOUTS for layout in LAYOUTS[ndim]]
        yield from some(2, (call(function, [a]) for a in others if a not in ACCIDENTS.get(function.name, [])))
    for number in NUMBERS:
        if number not in ACCIDENTS.get(function.name, []):
            yield call(function, [number])


def arranged(function, operands):
    """Operands, sorted where the function wants them so."""
    if function.name in SORTED and len(operands) > SORTED[function.name]:
        operands[SORTED[function.name]] = f"np.sort({operands[SORTED[function.name]]})"
    return operands


def binary(function, some):
    name = function.name

    def pairs(dtypes):
        for (first, second), (a, b) in itertools.product(dtypes, SHAPES):
            signed_zeros = name in ZERO_SIGN and "bool_" in (first, second)
            if not signed_zeros:
                yield call(function, arranged(function, [a.format(array(first)), b.format(array(second, 1))]))

    same = [*zip(VALUES, VALUES)]
    for first, second in [*same, *MIXED]:
        yield call(function, arranged(function, [array(first), array(second, 1)]))
        yield call(function, arranged(function, [long(first), f"{long(second)}[::-1]"]))
    yield from pairs([("float64", "float64"), ("int64", "int64")])
    yield from some(3, pairs([*same, *MIXED]))
    yield from some(40, pairs(itertools.product(VALUES, VALUES)))

    def numbers():
        for dtype, number in itertools.product(VALUES, NUMBERS):
            if not (name in ZERO_SIGN and number == "0" or number in ACCIDENTS.get(name, [])):
                yield call(function, arranged(function, [array(dtype), number]))
                yield call(function, arranged(function, [number, array(dtype, 1)]))

    yield from some(2, numbers())


def alternatives(kind, ndim, few=False):
    """What a parameter of a kind may be beside an array."""
    if kind == "extents":
        return EXTENTS
    if kind in AXES:
        return [*map(str, range(-ndim - 1, ndim + 1)), "None", "(0, 1)", "(1, 0)"] if few else list(axes(ndim))
    if kind in ("integer", "known"):
        return ["1", "0", "-1", "2", "7", "1.5", "True", array("int8") + "[0]", array("float32") + "[0]"]
    if kind == "number":
        return [*NUMBERS, "7", array("int16") + "[0]", array("float32") + "[0]", array("uint64") + "[0]"]
    return BESIDE


def lists(dtype, second):
    """Several arrays, as a list or a tuple."""
    for a, b in [*SHAPES, ("{}.reshape(2, 3)", "{}.reshape(2, 3)"), ("{}.reshape(2, 3)", "{}[:3].reshape(1, 3)"), ("{}.reshape(1, 3, 2)", "{}.reshape(1, 3, 2)")]:
        yield f"[{a.format(array(dtype))}, {b.format(array(second, 1))}]"
    yield f"({array(dtype)}, {array(second, 1)}, {array(dtype, 1)})"
    yield f"[{array(dtype)}]"


def mixed(function, some):
    """Calls where what is required is not arrays alone."""
    first = function.required[0] if function.required else None
    if first is None:
        return
    if first.kind == "each":
        same = [*zip(VALUES, VALUES), *MIXED]
        every = (call(function, [text]) for dtypes in same for text in lists(*dtypes))
        yield from (call(function, [text]) for text in lists("float64", "float64"))
        yield from some(2, every)
        return
    if first.kind not in ARRAYS:
        for rest in itertools.product(*(alternatives(p.kind, 2) for p in function.required)):
            if not any(value in ACCIDENTS.get(function.name, []) for value in rest):
                yield call(function, rest)
        return

    several = sum(p.kind in AXES for p in function.required) > 1

    def over(dtypes):
        for dtype, ndim in itertools.product(dtypes, LAYOUTS):
            others = [alternatives(p.kind, ndim, several) for p in function.required[1:]]
            if all(p.kind in ARRAYS for p in function.required[1:]):
                others = [[*BESIDE, array(dtype, 1), f"{array(dtype)}.reshape(2, 3)"]] * len(others)
            for layout, *rest in itertools.product(LAYOUTS[ndim], *others):
                yield call(function, arranged(function, [layout.format(array(dtype)), *rest]))

    many = 4 if several else 1
    yield from some(4 * many, over(["float64"]))
    yield from some(60 * many, over(VALUES))


def linear(function, some):
    """Functions of matrices."""
    for dtype, text in itertools.product(["float64", "float32", "int64", "int8", "uint16", "bool_"], MATRICES):
        if dtype == "uint16" and "-" in text:
            continue
        a = matrix(text, dtype)
        if len(function.required) == 1:
            yield call(function, [a])
        elif function.required[1].name == "n":
            # Integers to a negative power are floats, which is known while compiling or refused.
            yield from (call(function, [a, n]) for n in ["0", "1", "3", *(["-1", "-2"] if "float" in dtype else [])])
        else:
            right = ["np.array([2.0, 4.0])", "np.array([[1.0, -2.0], [4.0, 0.5]])", "np.array([1.0, 2.0, 4.0])", "np.ones((0, 2))", "np.ones((2, 2, 2))"]
            yield from some(2, (call(function, [a, b]) for b in right))


def beside(function):
    """What is required beside the first argument, in every combination."""
    plain = [v for v in BESIDE if v not in ACCIDENTS.get(function.name, [])]
    return itertools.product(*(alternatives(p.kind, 2) if p.kind not in ARRAYS else plain for p in function.required[1:]))


def along(function, some):
    """Calls with axes: every one that an array has, and some that it does not have."""
    if not any(p.kind in AXES for p in function.optional):
        return
    name, *others = [p.name for p in function.optional if p.kind in AXES]
    if others:
        for ndim in (2, 3):
            every = itertools.product(LAYOUTS[ndim], itertools.product(range(-ndim - 1, ndim + 1), repeat=1 + len(others)))
            for layout, places in every:
                yield call(function, [layout.format(array("int16"))], **dict(zip([name, *others], places)))
        return

    def over(dtypes, ndims):
        for dtype, ndim in itertools.product(dtypes, ndims):
            if function.required[0].kind == "each":
                firsts = lists(dtype, dtype)
            else:
                firsts = [layout.format(array(dtype, 1)) for layout in LAYOUTS[ndim]]
            for first, rest, axis in itertools.product(firsts, itertools.islice(beside(function), 4), axes(ndim)):
                if function.name in NO_NOTHING and ":0]" in first:
                    continue
                stable = {"kind": '"stable"'} if function.name in UNSTABLE else {}
                yield call(function, arranged(function, [first, *rest]), **{name: axis}, **stable)

    alone = len(function.required) == 1
    if alone and function.required[0].kind != "each" and function.name not in BLAS:
        for dtype, (text, ndim) in itertools.product(["float64", "float32"], ROUGH):
            other_order = any(mark in text for mark in OTHER_ORDER)
            if function.name in UNSTABLE or other_order and function.name in ORDERED_ROUGH:
                continue
            # Several axes are added up in the order of the array, which NumPy looks for in the strides.
            every = [axis for axis in axes(ndim) if not other_order or "," not in axis]
            yield from some(3, (call(function, [text.format(dtype)], **{name: axis}) for axis in every))
    for axis in axes(2):
        for rest in beside(function) if alone else itertools.islice(beside(function), 2):
            yield call(function, arranged(function, [f"{array('float64', 1)}.reshape(2, 3)", *rest]), **{name: axis})
    yield from some(10 if alone else 40, over(["float64"], LAYOUTS))
    yield from some(100 if alone else 400, over(VALUES, LAYOUTS))


def keyword_values(p, first, function):
    """What a parameter with a default may be instead."""
    if p.name == "dtype":
        return DTYPES
    if p.kind in ("out", "reduced"):
        return []
    if p.name == "where":
        return [f"({first} > 0)", "True", "False"]
    if p.name == "initial":
        return ["2", "1.5"]
    if p.default in ("True", "False"):
        return ["False" if p.default == "True" else "True"]
    if p.name == "stable":
        return ["True", "False"]
    if p.name in STRINGS:
        return STRINGS[p.name]
    if p.kind in AXES:
        return []
    if p.kind == "extents":
        return ["(0, 1)", "2", "(2, 3)"]
    if p.kind in ("integer", "known", "number") or p.default.lstrip("-").isdigit():
        return [v for v in ["0", "1", "-1", "2", "7"] if v != p.default]
    if p.default.replace(".", "").replace("e-", "").isdigit():
        return ["0.5", "0", "2.0"]
    return [f"{first}", "2", "1.5"]


def with_keywords(function, some):
    """Calls with each keyword that a function has, alone, beside an axis, and beside each other."""
    if not function.required or function.required[0].kind in AXES or function.name.startswith("linalg.") and function.name != "linalg.norm":
        return
    along_axis = any(p.kind in ("axis", "axes") for p in function.optional)
    keywords = [p for p in function.optional if p.kind not in AXES and (function.name, p.name) not in TOGETHER]

    def first_of(dtype, p=None, value=""):
        if p is not None and p.name == "dtype" and "int" in value and "float" in dtype:
            # What NaN and negative floats become as integers is left to the machine.
            return f"np.array([0.5, 1.25, 3.0, 0.0, 2.5, 0.75]).astype(np.{dtype})"
        return array(dtype)

    def operands(first, dtype):
        kind = function.required[0].kind
        if kind == "each":
            firsts = [f"[{first}, {array(dtype, 1)}]"]
        elif kind in ARRAYS:
            firsts = [first]
        else:
            firsts = [v for v in alternatives(kind, 2)[:5] if v not in ACCIDENTS.get(function.name, [])]
        rest = [p for p in function.required[1:]]
        if all(p.kind in ARRAYS for p in rest):
            return [arranged(function, [f, *(array(dtype, 1) for _ in rest)]) for f in firsts]
        return [[f, *b] for f in firsts for b in itertools.islice(beside(function), 4)]

    def each(dtypes):
        for dtype, p in itertools.product(dtypes, keywords):
            for value in keyword_values(p, array(dtype), function):
                first = first_of(dtype, p, value)
                for given in operands(first, dtype):
                    yield call(function, given, **{p.name: value})
                if along_axis and len(function.required) == 1 and not value.startswith("np.array"):
                    for axis in ("0", "-1", "None", "(0, 1)"):
                        yield call(function, [f"{first}.reshape(2, 3)"], axis=axis, **{p.name: value})
                    if function.name not in ORDERED:
                        yield call(function, [f"{first}.reshape(2, 3).T"], **{p.name: value})

    def both(dtypes):
        for dtype, (p, q) in itertools.product(dtypes, itertools.combinations(keywords, 2)):
            for v, w in itertools.product(keyword_values(p, array(dtype), function), keyword_values(q, array(dtype), function)):
                for given in operands(first_of(dtype, *((p, v) if p.name == "dtype" else (q, w))), dtype):
                    yield call(function, given, **{p.name: v, q.name: w})

    yield from each(["float64", "int8"])
    yield from some(3, each(VALUES))
    yield from some(20, both(VALUES))


def outputs(function, some):
    """Calls that name the array for the result: of each dtype, of the result's shape and others, also beside `where=`, `dtype=` and axes."""
    function_of_numpy = getattr(np, function.name, None)
    ufunc = isinstance(function_of_numpy, np.ufunc)
    if not ufunc and not any(p.kind in ("out", "reduced") for p in function.optional) or function.name == "matmul":
        return
    if not {p.kind for p in function.required} <= ARRAYS:
        return

    def every():
        for dtype, out in itertools.product(VALUES, VALUES):
            first = f"np.arange(6).reshape(2, 3).astype(np.{dtype})"
            second = "[1, 0, 1]" if function.name == "take" else "[2, 1, 1]"
            given = [first, *(f"np.array({second}).astype(np.{dtype})" for _ in function.required[1:])]
            zeros = "np.zeros({}, np.%s)" % out
            if ufunc:
                yield call(function, given, dtype=f"np.{out}")
                yield call(function, given, out=zeros.format("(2, 3)"))
                yield call(function, [*given, zeros.format("(2, 2, 3)")])
                yield call(function, given, out=zeros.format("(3,)"))
                yield call(function, given, out=zeros.format("(1, 3)"))
                yield call(function, given, out=zeros.format("(2, 3)"), where="np.array([True, False, True])")
                yield call(function, given, out=zeros.format("(2, 3)"), dtype=f"np.{dtype}", casting='"unsafe"')
            elif any(p.kind in AXES for p in function.optional):
                for axis, shape in (("0", "(3,)"), ("1", "(2,)"), ("-1", "(3,)"), ("None", "(6,)"), ("0", "(2, 3)"), ("0", "(1, 3)")):
                    yield call(function, given, axis=axis, out=zeros.format(shape))
                    if any(p.name == "keepdims" for p in function.optional) and function.name not in NO_KEPT_OUTPUT:
                        yield call(function, given, axis=axis, keepdims="True", out=zeros.format(shape))

    for text in some(6, every()):
        # Results are compared in the dtype that they are computed in, or in a narrower one.
        if "np.float64)" in text and "astype(np.float64)" not in text:
            yield f"{text}.astype(np.float32)"
        elif "np.complex128)" in text and "astype(np.complex128)" not in text:
            yield f"{text}.astype(np.complex64)"
        else:
            yield text


def missing_keywords(function):
    """Calls with keywords that NumPy has, of which a refusal is noted."""
    first = f"{array('float64')}.reshape(2, 3)"
    if not function.required or not {p.kind for p in function.required} <= ARRAYS:
        return
    given = [first] * len(function.required)
    for name in function.numpy_keywords():
        value = {"axis": "0", "keepdims": "True", "initial": "2.0", "where": f"({first} > 0)", "dtype": "np.float32", "ddof": "1"}.get(name)
        if name == "out":
            plain = call(function, given)
            try:
                result = np.asarray(eval(plain, {"np": np}))  # noqa: S307
            except Exception:  # noqa: BLE001, S112
                continue
            value = f"np.zeros({result.shape}, np.{result.dtype if result.dtype != bool else 'bool_'})"
        elif name == "where" and isinstance(getattr(np, function.name, None), np.ufunc):
            # What the mask leaves out is memory that nobody wrote.
            continue
        yield call(function, given, **{name: value})
