"""The canonical text of a value under CPython and NumPy, as nopython_engine prints it."""

import numpy as np


def item(x):
    if isinstance(x, (bool, np.bool_)):
        return "True" if x else "False"
    if isinstance(x, np.floating):
        return str(np.format_float_positional(x, unique=True, trim="0")) if _plain(x) else _scientific(x)
    if isinstance(x, float):
        return repr(x)
    if isinstance(x, (complex, np.complexfloating)):
        return _complex(x)
    return str(int(x))


def _plain(x):
    return np.isnan(x) or np.isinf(x) or x == 0 or 1e-4 <= abs(float(x)) < 1e16


def _scientific(x):
    mantissa, exponent = np.format_float_scientific(x, unique=True, trim="-").split("e")
    return f"{mantissa}e{exponent[0]}{int(exponent[1:]):02d}"


def _complex(x):
    """As Python writes its own numbers: NumPy's scalars have forms that differ in their exponents."""
    real, imaginary = (item(part).removesuffix(".0") for part in (x.real, x.imag))
    if x.real == 0 and not np.signbit(x.real):
        return imaginary + "j"
    return f"({real}{'' if imaginary.startswith('-') else '+'}{imaginary}j)"


def nested(a):
    return item(a) if a.ndim == 0 else "[" + ", ".join(nested(np.asarray(row)) if a.ndim > 1 else item(row) for row in a) + "]"


def canonical(x):
    if x is None:
        return "None"
    if isinstance(x, tuple):
        return "(" + ", ".join(map(canonical, x)) + ("," if len(x) == 1 else "") + ")"
    if isinstance(x, list):
        return "[" + ", ".join(map(canonical, x)) + "]"
    if isinstance(x, np.ndarray):
        if x.ndim == 0:
            return canonical(x[()])
        return f"{x.dtype.name}[{', '.join(map(str, x.shape))}] {nested(x)}"
    if isinstance(x, np.generic):
        name = "bool_" if isinstance(x, np.bool_) else x.dtype.name
        return f"{name} {item(x)}"
    if isinstance(x, str):
        return f"str {x!r}"
    if isinstance(x, (bool, int, float, complex)):
        return f"{type(x).__name__} {item(x)}"
    raise TypeError(f"no canonical text for {type(x)}")


def evaluate(expression, scope):
    """The canonical text of an expression, or of the exception it raises."""
    try:
        with np.errstate(all="ignore"):
            value = eval(expression, scope)  # noqa: S307: the pages are the project's own
    except Exception as error:  # noqa: BLE001
        text = str(error).strip().replace("\n", " ")
        return f"{type(error).__name__}: {text}"
    return canonical(value)
