"""Types of arguments as bytes, which a call is looked up by (``crates/types/src/encoding.rs``)."""

import numpy as np

from nopython import _classes, _records

#: The dtypes that are compiled, in the order of their numbers.
DTYPES = [np.dtype(name) for name in "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 complex64 complex128".split()]

_WEAK, _ARRAY, _TUPLE, _NAMED, _NONE, _LIST, _STR, _RECORDS = 0x10, 0x20, 0x40, 0x50, 0x60, 0x70, 0x80, 0x90
_BOOL, _INT64, _FLOAT64, _COMPLEX128 = 0, 4, 10, 12

#: Numbers of dtypes by NumPy's type number. C's ``long`` and ``long long`` have two, and one size on most systems.
_BY_NUMPY = {np.dtype(code).num: DTYPES.index(np.dtype(code)) for code in "?bhilqBHILQfdFD"}
_SCALARS = {np.dtype(code).type: DTYPES.index(np.dtype(code)) for code in "?bhilqBHILQfdFD"}

_FLOAT_KEY, _INT_KEY, _BOOL_KEY, _COMPLEX_KEY = (bytes([_WEAK | number]) for number in (_FLOAT64, _INT64, _BOOL, _COMPLEX128))
_SCALAR_KEYS = {kind: bytes([number]) for kind, number in _SCALARS.items()}
_PYTHON_KEYS = {float: _FLOAT_KEY, complex: _COMPLEX_KEY, int: _INT_KEY, bool: _BOOL_KEY, type(None): bytes([_NONE]), str: bytes([_STR]), **_SCALAR_KEYS}

#: Most dimensions that an array may have.
_MOST_DIMENSIONS = 4


class Unsuited(Exception):
    """A value that compiled functions do not take, in words."""


def of_value(value):
    """The bytes of a value's type; raises :class:`Unsuited`."""
    known = _PYTHON_KEYS.get(type(value))
    if known is not None:
        return known
    if isinstance(value, (np.ndarray, np.void)) and value.dtype.names is not None:
        return _of_records(value)
    if isinstance(value, np.ndarray):
        return _of_array(value)
    if isinstance(value, tuple):
        if len(value) > 255:
            raise Unsuited("a tuple of more than 255 items")
        return _head(value) + b"".join(map(of_value, value))
    # An empty list or dict of ``nopython.typed`` knows what it will hold.
    held = None if value else getattr(value, "_held", None)
    if isinstance(value, list):
        return bytes([_LIST]) + (held or _of_items(value))
    if isinstance(value, int):
        # A member of an ``IntEnum``.
        return _INT_KEY
    if isinstance(value, dict):
        return _held("dict", ("key", "value")) + (held or _of_items(value.keys()) + _of_items(value.values()))
    if isinstance(value, set):
        return _held("set", ("item",)) + _of_items(value)
    held = _classes.held(value)
    if held is not None:
        return _held(*held) + b"".join(map(of_value, _classes.row_of(value)))
    raise Unsuited(_other(value))


def _held(name, fields):
    """What stands before the types of a dict, a set or an instance: a list of tuples with the names of its class, in braces, and of its fields."""
    names = [word.encode() for word in (f"{{{name}}}", *fields)]
    return bytes([_LIST, _NAMED, len(fields)]) + b"".join(bytes([len(word)]) + word for word in names)


def _of_items(items):
    """The type that the items of a list have in common: that of an empty list is None."""
    common = None
    for item in items:
        own = of_value(item)
        common = own if common is None or common == own else _joined(common, own)
        if common is None:
            raise Unsuited("a list of items of several types; pass a tuple of them")
    return bytes([_NONE]) if common is None else common


def _joined(a, b):
    """The type of Python numbers of two types, of arrays of two layouts, or of lists of which one is empty."""
    if len(a) == len(b) == 1 and a[0] & b[0] & _WEAK and a[0] | b[0] < _ARRAY:
        return next((key for key in (_COMPLEX_KEY, _FLOAT_KEY) if key in (a, b)), _INT_KEY)
    if a[1:] == b[1:] and a[0] | 1 == b[0] | 1 == _ARRAY | 1:
        return bytes([_ARRAY | 1]) + a[1:]
    if a[0] == b[0] == _LIST:
        none = bytes([_NONE])
        items = b[1:] if a[1:] == none else a[1:] if b[1:] == none else _joined(a[1:], b[1:])
        return items and bytes([_LIST]) + items
    return None


def _head(value):
    """What stands before the items of a tuple."""
    fields = getattr(value, "_fields", None) if type(value) is not tuple else None
    if not isinstance(fields, tuple) or len(fields) != len(value):
        return bytes([_TUPLE, len(value)])
    names = [name.encode() for name in (type(value).__name__, *fields)]
    if any(len(name) > 255 for name in names):
        raise Unsuited("a named tuple with a name of more than 255 bytes")
    return bytes([_NAMED, len(value)]) + b"".join(bytes([len(name)]) + name for name in names)


def _of_array(array):
    number = _BY_NUMPY.get(array.dtype.num)
    if number is None:
        raise Unsuited(_of_dtype(array.dtype))
    kind = type(array)
    # A matrix and a masked array mean something else than their elements.
    if kind is not np.ndarray and (hasattr(array, "mask") or kind.__name__ == "matrix"):
        raise Unsuited(f"a {kind.__name__}, which is more than its elements")
    if array.ndim == 0:
        return bytes([number])
    if array.ndim > _MOST_DIMENSIONS:
        raise Unsuited(f"an array of {array.ndim} dimensions; at most 4 are compiled")
    return bytes([_ARRAY | (not array.flags.c_contiguous), number, array.ndim])


def _of_records(value):
    """The type of an array of records, or of a record."""
    try:
        own = _records.encoded(value.dtype)
    except TypeError as error:
        raise Unsuited(f"{error}, which is not compiled") from None
    kind = type(value)
    if isinstance(value, np.ndarray) and kind not in (np.ndarray, np.recarray) and (hasattr(value, "mask") or kind.__name__ == "matrix"):
        raise Unsuited(f"a {kind.__name__}, which is more than its elements")
    if value.ndim >= _MOST_DIMENSIONS:
        raise Unsuited(f"an array of records of {value.ndim} dimensions; at most 3 are compiled")
    return bytes([_RECORDS | (value.ndim > 0 and not value.flags.c_contiguous), value.ndim]) + own


def number_of(dtype):
    """The number of an array's dtype, or ``None`` if it is not compiled."""
    return _BY_NUMPY.get(dtype.num)


def _of_dtype(dtype):
    text = str(dtype)
    hint = ""
    if text == "object":
        hint = "; convert it to a numeric dtype"
    elif text == "float16":
        hint = "; convert it with .astype(np.float32)"
    elif text.startswith(("datetime64", "timedelta64")):
        hint = "; pass .astype(np.int64)"
    elif text.startswith(("<U", "|S")):
        hint = "; pass numbers that stand for the strings"
    return f"an array of {text}, which is not compiled{hint}"


_DTYPE_HINT = "; pass the dtype as an argument of its own, or write it in the function, as in x.astype(np.float32)"
_FUNCTION_HINT = "; pass the function as an argument of its own, or name it inside the compiled one, as a global or in a closure"
_HINTS = {
    "range": "; pass list(...) or np.array(...) of it",
    "Series DataFrame Index": "; pass its .to_numpy()",
    "bytes": "; pass a number that stands for it",
    "type Type": _DTYPE_HINT,
    "Dispatcher Vectorized GUFunc function builtin_function_or_method ufunc partial": _FUNCTION_HINT,
}


def _other(value):
    """An object that is no number and no array, in words."""
    name = type(value).__name__
    hint = next((hint for names, hint in _HINTS.items() if name in names.split()), "")
    return f"a value of type {name}{_DTYPE_HINT if name.endswith('DType') else hint}"


def key_of(value):
    """The type of a value, as bytes; ``TypeError`` for what compiled functions do not take."""
    try:
        return of_value(value)
    except Unsuited as got:
        raise TypeError(f"there is no type for {got}") from None


def decode(key):
    """Types from their bytes, as :func:`type_parts` gives them."""
    types, at = [], 0
    while at < len(key):
        one, at = _decode_one(key, at)
        types.append(one)
    return types


def _decode_one(key, at):
    tag = key[at]
    kind = tag & 0xF0
    if kind in (0, _WEAK):
        return ("scalar", DTYPES[tag & 0xF].name, 0, kind == _WEAK), at + 1
    if kind == _ARRAY:
        return ("array", DTYPES[key[at + 1]].name, key[at + 2], tag == _ARRAY), at + 3
    if kind in (_TUPLE, _NAMED):
        items, length, names = [], key[at + 1], []
        at += 2
        for _ in range(length + 1 if kind == _NAMED else 0):
            end = at + 1 + key[at]
            names.append(key[at + 1 : end].decode())
            at = end
        for _ in range(length):
            item, at = _decode_one(key, at)
            items.append(item)
        return ("tuple", items, names[0], names[1:]) if names else ("tuple", items), at
    if kind == _RECORDS:
        _, end = _records.decoded(key, at + 2)
        return ("records", key[at + 2 : end], key[at + 1], tag == _RECORDS), end
    if kind == _LIST:
        item, at = _decode_one(key, at + 1)
        return ("list", item), at
    return ("str",) if kind == _STR else ("none",), at + 1


def type_parts(bytes):
    """Types taken apart: ``("scalar", dtype, 0, weak)``, ``("array", dtype, rank, c_contiguous)``, ``("tuple", types)``, ``("list", type)``,
    ``("str",)`` or ``("none",)``.

    A named tuple has its name and those of its fields behind the types.
    """
    try:
        return decode(bytes)
    except IndexError:
        raise ValueError("not the types of arguments") from None
