"""Lists as arguments and results: copied in, and copied back where the function may change them (``crates/engine/src/lists.rs``).

A list lies in memory as ``crates/types/src/list.rs`` has it. A list that is passed twice is one list, and so is one among the items of
others: after the call each is changed in place.
"""

import numpy as np

from nopython import _classes, _records
from nopython._portable import _keys, _passing

_RECORD, _CAPACITY, _ITEMS = 12, 4, 8
#: A count of references that compiled code does not bring down to 0, and where it lies, before a block.
_KEPT, _REFERENCES = 1 << 30, 16


def holds_list(ty):
    """Whether a type has a list in it."""
    return ty[0] == "list" or ty[0] == "tuple" and any(map(holds_list, ty[1]))


def _parts(ty):
    """The dtypes of the flattened form of an item."""
    kind = ty[0]
    if kind == "scalar":
        if ty[1] in ("complex64", "complex128"):
            return ["f4" if ty[1] == "complex64" else "f8"] * 2
        return ["u1" if ty[1] == "bool" else ty[1]]
    if kind == "records":
        return _parts(_records.units_type(ty))
    if kind == "array":
        return ["i4"] * (2 + ty[2] * (1 if ty[3] else 2))
    if kind == "list":
        return ["i4"]
    if kind == "str":
        return ["i4"] * 3
    return [part for item in ty[1] for part in _parts(item)] if kind == "tuple" else []


def _row(ty):
    """The dtype of an item: a record of its parts, each aligned to its own size."""
    return np.dtype([(f"p{k}", part) for k, part in enumerate(_parts(ty))], align=True)


def _stands_for(item):
    """The class that a list with such items stands for, and its fields: a dict, a set, or one of which there is an instance."""
    return (item[2][1:-1], item[3]) if item[0] == "tuple" and len(item) > 2 and item[2].startswith("{") else None


def _signed(address):
    return address - (1 << 32) if address >> 31 else address


class Lists:
    """The lists of one call."""

    def __init__(self, call):
        self.call, self.instance = call, call.instance
        #: Blocks that the host has made.
        self.blocks = []
        #: Lists among the arguments by their ``id``, as themselves, type of the items, record, and whether they may be changed.
        self.given = {}
        #: Arrays among the items by their ``id``, as themselves, address, and whether they may be changed.
        self.arrays = {}
        #: Lists by their records.
        self.known = {}

    def _lend(self, size):
        """A block that compiled code does not free."""
        address = self.call._allocate(size)
        self.blocks.append(address)
        self._count(address, _KEPT)
        return address

    def _count(self, address, references):
        self.instance.write(address - _REFERENCES, np.array([references], "<i4").view(np.uint8))

    def take_back(self):
        """Frees what compiled code has made, and the blocks that the host has made."""
        worker = self.call.worker
        if worker.unwind:
            worker.unwind()
        for address in self.blocks:
            self._count(address, 1)
            worker.release(_signed(address))

    def lower(self, ty, arg, k):
        """The address of the record of a list argument, copied in now."""
        item = ty[1]
        held = _stands_for(item)
        entries = _classes.rows_of(arg, *held) if held else arg
        if not isinstance(entries, list):
            raise self.call._misfit(arg, k, ty)
        known = self.given.get(id(arg))
        if known is not None:
            if known[1] != item:
                raise self.call.refused(ValueError("a list is passed as lists of several types"))
            return known[2]
        row = _row(item)
        record = self._lend(_RECORD)
        items = self._lend(row.itemsize * len(entries)) if row.itemsize and entries else 0
        self.given[id(arg)] = arg, item, record, self.call.kernel._params[k][2]
        self.known[record] = arg
        self.instance.write(record, np.array([len(entries), len(entries), _signed(items)], "<i4").view(np.uint8))
        rows = [tuple(self._item(item, value, k)) for value in list(entries)]
        if items:
            # Slots are signed, whatever the dtype of the items.
            signed = np.dtype([(name, np.dtype(part.str.replace("u", "i"))) for name, (part, _) in row.fields.items()], align=True)
            self.instance.write(items, np.array(rows, signed).view(np.uint8))
        return record

    def _item(self, ty, arg, k):
        """The parts of an item."""
        kind = ty[0]
        if kind == "scalar":
            return [_fitting(ty[1], slot) for slot in self.call._scalar(ty, arg, k)]
        if kind == "list":
            return [_signed(self.lower(ty, arg, k))]
        if kind == "array":
            return self._array(ty, arg, k)
        if kind == "str":
            if not isinstance(arg, str):
                raise self.call._misfit(arg, k, ty)
            from nopython._portable._call import _CODES, codes_of

            return self._array(_CODES, codes_of(arg), k)
        if kind == "records":
            return self._array(_records.units_type(ty), self.call._units(ty, arg, k), k)
        if kind == "tuple":
            if not isinstance(arg, tuple) or len(arg) != len(ty[1]):
                raise self.call._misfit(arg, k, ty)
            return [part for one, value in zip(ty[1], arg) for part in self._item(one, value, k)]
        if arg is not None:
            raise self.call._misfit(arg, k, ty)
        return []

    def _array(self, ty, arg, k):
        """An array among the items, copied in C order."""
        number = _keys.number_of(arg.dtype) if isinstance(arg, np.ndarray) else None
        if number is None or arg.ndim != ty[2] or _keys.DTYPES[number].name != ty[1]:
            raise self.call._misfit(arg, k, ty)
        known = self.arrays.get(id(arg))
        if known is None:
            plain = np.array(arg, _keys.DTYPES[number], order="C")
            address = self._lend(plain.nbytes)
            if plain.nbytes:
                self.instance.write(address, plain.reshape(-1).view(np.uint8))
            known = self.arrays[id(arg)] = arg, address, self.call.kernel._params[k][2] and arg.flags.writeable
        strides = () if ty[3] else _passing.c_strides(arg.shape, arg.itemsize)
        return [_signed(known[1]), *arg.shape, *strides, 0]

    def lift(self, ty, record):
        """A list: the argument that it is, or a new one."""
        record &= 0xFFFFFFFF
        if record not in self.known:
            held = _stands_for(ty[1])
            if held:
                self.known[record] = _classes.made(*held, self._items(ty[1], record))
                return self.known[record]
            out = self.known[record] = []
            out.extend(self._items(ty[1], record))
        return self.known[record]

    def _items(self, item, record):
        count, _, items = np.array(self.instance.read(record, _RECORD)).view("<i4").tolist()
        row = _row(item)
        if not row.itemsize:
            return [self.call._lift(item, iter(())) for _ in range(count)]
        rows = np.array(self.instance.read(items & 0xFFFFFFFF, row.itemsize * count)).view(row).tolist()
        self.call.in_list += 1
        values = [self.call._lift(item, iter(parts)) for parts in rows]
        self.call.in_list -= 1
        return values

    def copy_back(self):
        """Changes lists and arrays among the arguments to what the function has made of them."""
        for array, address, written in self.arrays.values():
            if written and array.nbytes:
                data = np.array(self.instance.read(address, array.nbytes))
                array[...] = data.view(array.dtype.newbyteorder("=")).reshape(array.shape)
        for given, item, record, written in list(self.given.values()):
            if written and (held := _stands_for(item)):
                _classes.restore(given, *held, self._items(item, record))
            elif written:
                given[:] = self._items(item, record)


def _fitting(dtype, slot):
    """A slot as the signed number of the dtype's size that has the same bits."""
    bits = {"uint8": 8, "uint16": 16}.get(dtype)
    return slot - (1 << bits) if bits and slot >> (bits - 1) else slot
