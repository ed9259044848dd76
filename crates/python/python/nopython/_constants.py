"""Values of Python as source text that the compiler reads, and arrays as it takes them."""

import builtins
import enum
import math
import sys
import types
import typing

import numpy as np

from nopython import _named, _records
from nopython import types as types_
from nopython._errors import CompileError

#: Lists of more items are not written out.
MOST_ITEMS = 4096

_BUILTINS = {value: name for name, value in vars(builtins).items() if isinstance(value, (type, types.BuiltinFunctionType))}


class FrozenArray(typing.NamedTuple):
    """An array as it was when a function was compiled: the name it has in the source, and its elements in C order, little-endian."""

    name: str
    dtype: str
    shape: tuple
    data: bytes

    def array(self):
        """A copy."""
        dtype = _records.decoded(bytes.fromhex(self.dtype[7:]))[0] if self.dtype.startswith("record:") else self.dtype
        return np.frombuffer(self.data, dtype).reshape(self.shape).copy()


def frozen(name, value):
    """An array for the compiler, which sees it as it is now.

    Raises ``CompileError`` for an array that has no dimension, more than four, or elements that are not compiled.
    """
    if value.ndim == 0:
        why, way = "has no dimension", f"write {name} = {name}[()] outside, which makes it a number"
    elif value.ndim > 4:
        why, way = f"has {value.ndim} dimensions", "reshape it: arrays have at most 4 dimensions"
    elif type(value) not in (np.ndarray, np.memmap):
        why, way = f"is a {type(value).__name__}", f"write {name} = np.asarray({name}) outside"
    elif _records.expression(value.dtype) if value.dtype.names is not None else False:
        return FrozenArray(name, f"record:{_records.encoded(value.dtype).hex()}", value.shape, np.ascontiguousarray(value).tobytes())
    elif value.dtype.kind not in "biufc" or value.dtype.name in ("float16", "longdouble", "clongdouble"):
        why, way = f"is of dtype {value.dtype}", "use a dtype of bool, int8 to uint64, float32, float64, complex64 or complex128, or a structured one of these"
    else:
        data = np.ascontiguousarray(value, value.dtype.newbyteorder("<")).tobytes()
        return FrozenArray(name, value.dtype.name, value.shape, data)
    raise CompileError(
        f"error[unsupported-value]: the array `{name}` outside of the function {why}, so it is not compiled\n"
        f"  help: {way}"
    )


def binding(name, value, array):
    """A statement that binds a name to a value; to something the compiler refuses with a reason, if it cannot be compiled.

    ``array`` gives the name that an array has.
    """
    if isinstance(value, types.ModuleType):
        return f"import {value.__name__} as {name}"
    text = expression(value, array)
    if text is not None:
        return f"{name} = {text}"
    home, own = _imported(value)
    return f"from {home} import {own} as {name}"


def expression(value, array):
    """A value as an expression, or nothing."""
    if isinstance(value, enum.Enum) and isinstance(value, (int, str)):
        value = value.value
    kind = type(value)
    if value is None or kind in (bool, int, str, range):
        return repr(value)
    if kind is float:
        return _float(value)
    if isinstance(value, np.generic):
        return _scalar(value)
    if kind is tuple:
        items = [expression(item, array) for item in value]
        return None if None in items else "(" + "".join(f"{item}, " for item in items) + ")"
    if kind is list and 0 < len(value) <= MOST_ITEMS:
        items = [expression(item, array) for item in value]
        return None if None in items else "[" + ", ".join(items) + "]"
    if isinstance(value, np.ndarray):
        return array(value)
    if value is int or value is float or value is bool:
        return value.__name__
    if _named.is_class(value):
        return _named_class(value, array)
    if _named.is_class(kind):
        made, items = _named_class(kind, array), [expression(item, array) for item in value]
        return None if made is None or None in items else f"{made}({', '.join(items)})"
    if isinstance(value, np.dtype) and value.kind in "biufc":
        return f"__np__.{'bool_' if value.kind == 'b' else value.name}"
    if isinstance(value, np.dtype) and value.names is not None:
        return _records.expression(value)
    if value is np.record or value is np.void:
        return f"__np__.{value.__name__}"
    if isinstance(value, types_.Type):
        return value.expression
    return None


def _named_class(value, array):
    """A class of named tuples, as `collections.namedtuple` makes it."""
    _named.remember(value)
    defaults = [expression(default, array) for default in value._field_defaults.values()]
    if None in defaults:
        return None
    given = f", defaults=({''.join(f'{default}, ' for default in defaults)})" if defaults else ""
    return f"__namedtuple__({value.__name__!r}, {list(value._fields)!r}{given})"


def _float(value):
    if math.isnan(value):
        return "__np__.nan"
    if math.isinf(value):
        return "__np__.inf" if value > 0 else "-__np__.inf"
    return repr(value)


def _scalar(value):
    if value.dtype.kind not in "biufc" or value.dtype.name in ("float16", "longdouble", "clongdouble"):
        return None
    name = "bool_" if value.dtype.kind == "b" else value.dtype.name
    plain = value.item()
    return f"__np__.{name}({_float(plain) if isinstance(plain, float) else plain!r})"


def _imported(value):
    """The module and the name that a function, a class or another object can be imported from."""
    if isinstance(value, (type, types.BuiltinFunctionType)) and value in _BUILTINS:
        return "builtins", _BUILTINS[value]
    name = getattr(value, "__name__", None)
    if name:
        for home in _homes():
            if getattr(sys.modules[home], name, None) is value:
                return home, name
        module = getattr(value, "__module__", None) or ""
        if module.split(".")[0] in ("numba", "nopython"):
            return module if module.endswith(".typed") else module.split(".")[0], name
        if module:
            return module, name
    kind = type(value)
    # What no module has: the compiler says of which type it is.
    return "builtins.values" if kind.__module__ == "builtins" else kind.__module__, kind.__name__


def _homes():
    """The modules that a function of NumPy or `math` may be imported from, those that the compiler knows first.

    A name says nothing without its module: ``np.power`` and ``np.random.power`` are two functions.
    """
    parts = [home for home in sys.modules if home.startswith("numpy.") and not any(part.startswith("_") for part in home.split("."))]
    return ["numpy", "math", "numpy.linalg", "collections", *sorted(parts, key=lambda home: (home.count("."), home))]
