"""Types of arguments and results, in Numba's notation: ``float64[:, ::1]``, ``int32(int32, int32)``, ``Tuple((int64, float64))``."""

from nopython import _engine, _records


class Type:
    """A type. Calling it makes a signature, subscripting a scalar an array type: ``:`` for each axis, the last ``::1`` if in C order."""

    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return self._name

    def __eq__(self, other):
        return isinstance(other, Type) and self._name == other._name

    def __hash__(self):
        return hash(self._name)

    def __reduce__(self):
        return Type, (self._name,)

    @property
    def expression(self):
        """The type as an expression of a module that has imported this package as ``__nopython__``."""
        return f"__nopython__.{self._name}"

    def __getitem__(self, axes):
        axes = axes if isinstance(axes, tuple) else (axes,)
        for axis in axes:
            if not isinstance(axis, slice) or axis.start is not None or axis.stop is not None or axis.step not in (None, 1):
                raise TypeError(f"an axis of an array type is written `:` or `::1`, not {axis!r}")
        parts = ["::1" if axis.step == 1 else ":" for axis in axes]
        return Type(f"{self._name}[{', '.join(parts)}]")

    def __call__(self, *parameters):
        return Signature(self, parameters)


class Signature:
    """The types of a result and of parameters."""

    def __init__(self, result, parameters):
        self.return_type = result
        self.args = tuple(parameters)

    def __repr__(self):
        return f"{self.return_type}({', '.join(map(repr, self.args))})"

    def __eq__(self, other):
        return isinstance(other, Signature) and repr(self) == repr(other)

    def __hash__(self):
        return hash(repr(self))


def UniTuple(item, count):
    """The type of a tuple of ``count`` items of one type."""
    return Type(f"UniTuple({item!r}, {count})")


def Tuple(items):
    """The type of a tuple of these items."""
    return Type("Tuple((" + "".join(f"{item!r}, " for item in items) + "))")


def ListType(item):
    """The type of a list."""
    return Type(f"ListType({item!r})")


def DictType(key, value):
    """The type of a dict."""
    return Type(f"DictType({key!r}, {value!r})")


def Array(dtype, ndim, layout, readonly=False, aligned=True):
    """The type of an array; ``layout`` is ``"C"`` or ``"A"``. Compiled functions take read-only arrays unless they write to them, and aligned ones."""
    return Type(f"{dtype!r}[{', '.join([':'] * (ndim - 1) + ['::1' if layout == 'C' else ':'])}]")


def from_dtype(dtype):
    """The type of a structured dtype's records, or of a dtype's numbers.

    Raises ``TypeError`` for what is not compiled.
    """
    if dtype.names is not None:
        return Type(_records.notation(dtype))
    name = "bool_" if dtype.kind == "b" else dtype.name
    if name not in _NAMES.split():
        raise TypeError(f"{dtype} is not compiled")
    return Type(name)


_NAMES = (
    "int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 complex64 complex128 "
    "i1 i2 i4 i8 u1 u2 u4 u8 f4 f8 intp uintp intc uintc int_ uint double boolean bool_ void none unicode_type"
)
_SAME = {
    "i1": "int8", "i2": "int16", "i4": "int32", "i8": "int64", "u1": "uint8", "u2": "uint16", "u4": "uint32", "u8": "uint64",
    "f4": "float32", "f8": "float64", "intp": "int64", "uintp": "uint64", "intc": "int32", "uintc": "uint32", "int_": "int64",
    "uint": "uint64", "double": "float64", "boolean": "bool_", "void": "none",
}  # fmt: skip

for _name in _NAMES.split():
    globals()[_name] = Type(_SAME.get(_name, _name))

_ALL = [*_NAMES.split(), "Array", "Tuple", "UniTuple", "from_dtype", "typeof"]
__all__ = _ALL


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'nopython.types' has no attribute {name!r}")
    raise AttributeError(f"{name!r} is not a type that is compiled; there are {', '.join(_ALL)}")


def signature_texts(signatures):
    """Signatures as strings: of one signature, a list of them, a string, or a tuple of argument types."""
    if isinstance(signatures, list):
        return [text for one in signatures for text in signature_texts(one)]
    if isinstance(signatures, str):
        return [signatures]
    if isinstance(signatures, Signature):
        return [repr(signatures)]
    if isinstance(signatures, tuple):
        return ["(" + "".join(f"{t if isinstance(t, str) else repr(t)}, " for t in signatures) + ")"]
    raise TypeError(f"a signature is a string, a call such as float64(float64[:]), or a tuple of types, not {signatures!r}")


def parse(signatures):
    """Signatures as ``(parameters, result)`` in the bytes that the compiler's interface takes; the result may be ``None``."""
    return [one for text in signature_texts(signatures) for one in _engine.parse_signatures(text)]


def from_bytes(key):
    """The types that bytes stand for."""
    return tuple(Type(name) for name in _engine.type_names(key))


def typeof(value):
    """The type that a compiled function sees for an argument.

    Raises ``TypeError`` for what compiled functions do not take.
    """
    return from_bytes(_engine.key_of(value))[0]
