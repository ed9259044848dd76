"""Writes a page of calls for each function of the library: dtypes, ranks, layouts, empty arrays and special values, as NumPy gives them.

Lines of standard input are signatures, such as `sum(a, axis=None)`. A line of output is a function's name, a tab and a call line.
A call that NumPy refuses as a matter of types, or answers in a type that nopython does not have, is left out.
"""

import itertools
import sys
import warnings

import numpy as np
from canonical import evaluate

FLOATS = "[0.5, -1.25, 3.0, -0.0, np.nan, 0.75]", "[2.0, -0.5, np.inf, 0.25, 1.5, -3.0]"
SIGNED = "[3, -1, 2, 0, 5, -4]", "[2, 7, -3, 1, 4, 2]"
UNSIGNED = "[3, 250, 2, 0, 5, 7]", "[2, 7, 3, 1, 4, 255]"
BOOLEANS = "[True, False, True, True, False, False]", "[False, False, True, True, True, False]"
VALUES = {
    "float64": FLOATS,
    "float32": FLOATS,
    **dict.fromkeys(["int8", "int16", "int32", "int64"], SIGNED),
    **dict.fromkeys(["uint8", "uint16", "uint32", "uint64"], UNSIGNED),
    "bool_": BOOLEANS,
}
LAYOUTS = ["{}", "{}[::2]", "{}.reshape(2, 3)", "{}[::-1]", "{}.reshape(2, 3).T", "{}[:0]", "{}.reshape(1, 3, 2)[:, ::-1]", "{}.reshape(2, 1, 3, 1)", "{}[1]"]
# Pairs that promote, broadcast, or mix a number of Python's with an array.
MIXED = [("float32", "int8"), ("int8", "uint8"), ("uint64", "int64"), ("int32", "float32"), ("bool_", "uint8"), ("float64", "float32"), ("int16", "uint16")]
SHAPES = [("{}", "{}"), ("{}.reshape(2, 3)", "{}[:3]"), ("{}.reshape(6, 1)", "{}[:2]"), ("{}[::-2]", "{}[3:]"), ("{}[0]", "{}[1]"), ("{}[:0]", "{}[:1]")]
NUMBERS = ["2", "0", "-1", "1.5", "True"]
# Operands that must be sorted for the result to be defined, by position.
SORTED = {"searchsorted": 0, "digitize": 1}
# Which of two zeros with different signs these give depends on the machine's vector instructions.
ZERO_SIGN = {"minimum", "maximum", "fmin", "fmax"}
# Calls whose results are accidents of how NumPy computes them: BLAS multiplies NaN by 0 to 0 and loses the sign of zero; a quantile of
# integers at an integer position is an integer; 0 / 0 while the mean of nothing is weighted.
ACCIDENTS = {"dot": NUMBERS, "inner": NUMBERS, "quantile": ["0", "True"], "percentile": ["0", "2", "True"], "real": ["True"], "delete": ["True"], "conjugate": ["True"]}
# Results that depend on memory that nobody wrote, names of types and constructors; a sum whose terms cancel; a dtype that depends on whether
# there is a coefficient.
SKIPPED = {"blackman", "polyval", "empty", "empty_like", "array", "arange", "linspace", "eye", "identity", "zeros", "ones", "full"}


def array(dtype, which=0):
    return f"np.array({VALUES[dtype][which]}).astype(np.{dtype})"


def unary(name):
    for k, dtype in enumerate(VALUES):
        # Each dtype meets the plain layout and half of the others.
        for layout in [LAYOUTS[0], *LAYOUTS[1 + k % 2 :: 2]]:
            yield f"np.{name}({layout.format(array(dtype))})"
    for number in NUMBERS:
        if number not in ACCIDENTS.get(name, []):
            yield f"np.{name}({number})"


def along(name):
    for dtype, axis in itertools.product(["float64", "float32", "int8", "uint32", "bool_"], [0, 1, -1]):
        yield f"np.{name}({array(dtype)}.reshape(2, 3), axis={axis})"
    for axis in range(-4, 4):
        yield f"np.{name}({array('float64', 1)}.reshape(1, 3, 1, 2), axis={axis})"
    yield f"np.{name}(np.zeros((0, 3)), axis=0)"
    if name != "average":
        yield f"np.{name}(np.zeros((0, 3)), axis=1)"


def binary(name):
    operands = ["{}", "{}"]
    if name in SORTED:
        operands[SORTED[name]] = "np.sort({})"
    left, right = operands
    for k, (first, second) in enumerate([*zip(VALUES, VALUES), *MIXED]):
        if first == "bool_" and name in ("quantile", "percentile"):
            continue
        for a, b in [SHAPES[0], *SHAPES[1 + k % 2 :: 2]]:
            x, y = a.format(array(first)), b.format(array(second, 1))
            yield f"np.{name}({left.format(x)}, {right.format(y)})"
    for dtype, number in itertools.product(VALUES, NUMBERS):
        if name in ZERO_SIGN and number == "0" or number in ACCIDENTS.get(name, []):
            continue
        yield f"np.{name}({left.format(array(dtype))}, {number})"
        yield f"np.{name}({number}, {right.format(array(dtype, 1))})"


# Keywords, and values of each.
KEYWORDS = {
    "keepdims": ["True"],
    "dtype": ["np.float32", "np.float64", "np.int64", "np.int16", "np.uint8", "bool"],
    "ddof": ["1", "6", "7"],
    "decimals": ["1", "-1"],
    "n": ["0", "2", "7"],
    "k": ["1", "-1", "5"],
    "side": ['"right"'],
    "right": ["True"],
    "minlength": ["0", "12"],
    "offset": ["1", "-1"],
    "equal_nan": ["True"],
    "invert": ["True"],
    "mode": ['"same"', '"valid"'],
    "rowvar": ["False"],
    "bias": ["True"],
    "indexing": ['"ij"'],
}
# They sum what they have computed, which is in C order here and in the operand's order there: see the page of semantics.
ORDERED = {"var", "std", "nanvar", "nanstd"}
# NumPy's own steps overflow or lose their dtype for numbers that the function takes.
STEPS = {"triu_indices", "repeat"}


def with_keywords(name, parameters, required):
    """Calls with each keyword that a function has, alone and beside an axis."""
    names = [p.split("=")[0] for p in parameters]
    for keyword, values in KEYWORDS.items():
        if keyword not in names or keyword in required:
            continue
        for value, dtype in itertools.product(values, ["float64", "float32", "int8", "int64", "uint16", "bool_"]):
            operands = [array(dtype, which) for which in range(len(required))]
            if keyword == "dtype" and "int" in value and "float" in dtype:
                # What NaN and negative floats become as integers is left to the machine.
                operands[0] = f"np.array([0.5, 1.25, 3.0, 0.0, 2.5, 0.75]).astype(np.{dtype})"
            if name in SORTED:
                operands[SORTED[name]] = f"np.sort({operands[SORTED[name]]})"
            yield f"np.{name}({', '.join(operands)}, {keyword}={value})"
            if "axis" in names and len(required) == 1:
                for axis in ("0", "-1"):
                    yield f"np.{name}({operands[0]}.reshape(2, 3), axis={axis}, {keyword}={value})"
                if name not in ORDERED:
                    yield f"np.{name}({operands[0]}.reshape(2, 3).T, {keyword}={value})"


def calls(signature):
    name, _, rest = signature.partition("(")
    parameters = [p.strip() for p in rest.rstrip(")").split(", ") if p.strip() not in ("/", "*")]
    required = [p for p in parameters if "=" not in p]
    if name in SKIPPED or not hasattr(np, name):
        return
    if len(required) == 1 and required[0] not in ("arrays", "tup"):
        yield from unary(name)
        if any(p.startswith("axis=") for p in parameters):
            yield from along(name)
    elif len(required) == 2:
        yield from binary(name)
    if len(required) in (1, 2) and required[0] not in ("arrays", "tup"):
        yield from with_keywords(name, parameters, required)


REFUSED = ("TypeError", "OverflowError", "AxisError", "UFuncTypeError", "_UFunc", "numpy.exceptions")


def main():
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        name, _, head = line.strip().partition("\t")
        import re
        signature = re.sub(r": (\w+)( = )?", lambda m: "=" if m[2] else "", head.removeprefix("def ").rstrip(":"))
        signature = name + signature[signature.index("("):]
        for call in calls(signature):
            try:
                expected = evaluate(call, {"np": np})
            except TypeError:  # No canonical text: a type that nopython does not have.
                continue
            if "float16" in expected:
                continue
            if expected.startswith(REFUSED) and signature.partition("(")[0] in STEPS:
                continue
            if expected.startswith(REFUSED):
                # What NumPy refuses as a matter of types is refused here too, or raises.
                print(f"{signature.partition('(')[0]}\t{call}\trefused")
                continue
            kind, colon, _ = expected.partition(": ")
            if colon and kind.endswith("Error"):
                # NumPy's messages show more than compiled code keeps for them; the class is what programs rely on.
                expected = f"{kind}: ..."
            print(f"{signature.partition('(')[0]}\t{call}\t{expected}")


if __name__ == "__main__":
    main()
