"""Structured dtypes: as bytes (``crates/types/src/encoding.rs``), as source text, and arrays of them as the arrays of their units.

Records are passed as an array with one axis more, whose last axis runs over the bytes of a record in units, the largest unsigned integers that the
size of a record is a multiple of.
"""

import numpy as np

_RECORDS = 0x90
_NUMBERS = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 complex64 complex128".split()
_UNITS = {1: np.dtype("u1"), 2: np.dtype("u2"), 4: np.dtype("u4"), 8: np.dtype("u8")}

#: The bytes of dtypes that were seen, and dtypes by their bytes. They are few, and forgotten when they are many.
_encoded, _dtypes = {}, {}
_MOST = 256


def encoded(dtype):
    """A structured dtype as bytes; ``TypeError`` in words for one that is not compiled."""
    known = _encoded.get(dtype)
    if known is None or known[4] != issubclass(dtype.type, np.record):
        known = _encode(dtype)
        if len(_encoded) > _MOST:
            _encoded.clear()
            _dtypes.clear()
        _encoded[dtype] = known
        _dtypes.setdefault(known, dtype)
    return known


def _encode(dtype):
    if any(len(field) > 2 and field[2] is not None for field in dtype.fields.values()):
        raise TypeError("a dtype with titles of fields")
    out = [dtype.itemsize.to_bytes(4, "little"), bytes([issubclass(dtype.type, np.record)]), len(dtype.names).to_bytes(2, "little")]
    for name in dtype.names:
        base, offset = dtype.fields[name][:2]
        base, shape = base.subdtype or (base, ())
        raw = name.encode()
        if len(raw) > 255:
            raise TypeError("a field with a name of more than 255 bytes")
        out += [bytes([len(raw)]), raw, offset.to_bytes(4, "little"), bytes([len(shape)])]
        out += [extent.to_bytes(4, "little") for extent in shape]
        out.append(bytes([_RECORDS]) + encoded(base) if base.names is not None else bytes([_number(name, base)]))
    return b"".join(out)


def _number(name, dtype):
    if dtype.name not in _NUMBERS or dtype.kind == "c":
        raise TypeError(f"a dtype whose field '{name}' is {dtype}")
    if not dtype.isnative:
        raise TypeError(f"a dtype whose field '{name}' has its bytes reversed")
    return _NUMBERS.index(dtype.name)


def same(a, b):
    """Whether bytes stand for dtypes with the same fields in the same places, whatever their records are in Python."""
    return a[:4] == b[:4] and a[5:] == b[5:]


def decoded(key, at=0):
    """The dtype that bytes stand for from a place on, and the place behind them."""
    start = at
    number = lambda at, size=4: int.from_bytes(key[at : at + size], "little")  # noqa: E731
    size, named, count = number(at), key[at + 4], number(at + 5, 2)
    at += 7
    names, formats, offsets = [], [], []
    for _ in range(count):
        end = at + 1 + key[at]
        names.append(key[at + 1 : end].decode())
        offsets.append(number(end))
        rank = key[end + 4]
        at = end + 5 + 4 * rank
        shape = tuple(number(at - 4 * (rank - k)) for k in range(rank))
        if key[at] == _RECORDS:
            base, at = decoded(key, at + 1)
        else:
            base, at = np.dtype(_NUMBERS[key[at]]), at + 1
        formats.append((base, shape) if shape else base)
    own = key[start:at]
    if own not in _dtypes:
        dtype = np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": size})
        _dtypes[own] = np.dtype((np.record, dtype)) if named else dtype
    return _dtypes[own], at


def unit(size):
    """The dtype of the units of records of a size."""
    return _UNITS[min(size & -size, 8)]


def units_type(ty):
    """The type of the array of units of records, taken apart as types are (``_engine.type_parts``)."""
    return "array", unit(int.from_bytes(ty[1][:4], "little")).name, ty[2] + 1, ty[3]


class _Memory:
    """Memory that something keeps alive, as NumPy's array interface describes it."""

    def __init__(self, address, readonly, shape, strides, typestr, keep):
        self.__array_interface__ = {"version": 3, "data": (address, readonly), "shape": shape, "strides": strides, "typestr": typestr}
        self.keep = keep


def units(value):
    """An array of records, or a record, as the array of its units, in the same memory."""
    record = isinstance(value, np.void)
    interface = value.__array_interface__
    address, readonly = interface["data"]
    dtype = unit(value.dtype.itemsize)
    shape = (*value.shape, value.dtype.itemsize // dtype.itemsize)
    strides = (*(() if record else value.strides), dtype.itemsize)
    if record:
        address, readonly = np.frombuffer(value, np.uint8).__array_interface__["data"][0], not value.flags.writeable
    return np.asarray(_Memory(address, readonly, shape, strides, dtype.str, value))


def structured(array, key):
    """The records of an array of units: the argument whose memory all of it is, or a view of its memory. Those without dimensions are a record."""
    dtype = decoded(key)[0]
    owner = getattr(array.base, "keep", None)
    interface = array.__array_interface__
    address, readonly = interface["data"]
    shape, strides = array.shape[:-1], array.strides[:-1]
    if isinstance(owner, (np.ndarray, np.void)) and owner.dtype == dtype and owner.shape == shape:
        own = owner.strides if isinstance(owner, np.ndarray) else ()
        if units(owner).__array_interface__["data"][0] == address and (own == strides or array.size == 0):
            return owner
    raw = np.asarray(_Memory(address, readonly, shape, strides, f"|V{dtype.itemsize}", array if owner is None else owner))
    raw = raw.view(dtype)
    return raw if shape else raw[()]


def expression(dtype):
    """A structured dtype as an expression, or nothing if it is not compiled."""
    try:
        encoded(dtype)
    except TypeError:
        return None
    fields = []
    for name in dtype.names:
        base, offset = dtype.fields[name][:2]
        base, shape = base.subdtype or (base, ())
        text = repr(base.name) if base.names is None else expression(base)
        fields.append((name, f"({text}, {shape!r})" if shape else text, offset))
    names, formats, offsets = [[field[k] for field in fields] for k in range(3)]
    text = f"__np__.dtype({{'names': {names!r}, 'formats': [{', '.join(formats)}], 'offsets': {offsets!r}, 'itemsize': {dtype.itemsize}}})"
    return f"__np__.dtype((__np__.record, {text}))" if issubclass(dtype.type, np.record) else text


def notation(dtype):
    """A structured dtype in the notation of signatures."""
    encoded(dtype)
    fields = []
    for name in dtype.names:
        base, offset = dtype.fields[name][:2]
        base, shape = base.subdtype or (base, ())
        text = base.name if base.names is None else notation(base)
        fields.append(f"({name!r}, {text}, {offset}{f', {shape!r}' if shape else ''})")
    named = ", True" if issubclass(dtype.type, np.record) else ""
    return f"Record([{', '.join(fields)}], {dtype.itemsize}{named})"
