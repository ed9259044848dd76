"""One call: arguments to slots, arrays into memory and back, results to Python."""

import operator
import os
import threading

import numpy as np

from nopython import _named, _records
from nopython._portable import _keys, _lists, _machine, _passing

_KINDS = {"int64": "j", "uint64": "j", "float32": "f", "float64": "d", "complex64": "ff", "complex128": "dd"}
_INTEGERS = {dtype.name: np.iinfo(dtype) for dtype in _keys.DTYPES if dtype.kind in "iu"}
_SCALARS = {dtype.name: dtype.type for dtype in _keys.DTYPES}
_PYTHONS = {"float64": float, "int64": int, "bool": bool, "complex128": complex}

#: The dtypes of the parts of complex numbers.
_PARTS = {"complex64": "float32", "complex128": "float64"}


#: The state of the random generators of compiled functions: one for each thread, as in Numba. It begins with bits of the system
#: (``crates/types/src/generators.rs``).
_GENERATORS = threading.local()
_GENERATOR_BYTES = 4 * (16 + 2 * 626) + 8 * 4
_ENTROPY_BYTES = 64

#: What a string is in memory.
_CODES = ("array", "uint32", 1, True)


def codes_of(text):
    """The code points of a string as an array that nobody writes to."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def text_of(codes):
    """The string of an array of code points, or of its bytes."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


class Refused(Exception):
    """An argument does not fit, or memory is exhausted: the instance is as it was."""

    def __init__(self, error):
        self.error = error


def kinds_of(ty):
    """The kinds of a type's slots, as letters (:mod:`_machine`)."""
    kind = ty[0]
    if kind == "scalar":
        return _KINDS.get(ty[1], "i")
    if kind == "array":
        return "i" * (2 + ty[2] * (1 if ty[3] else 2))
    if kind == "records":
        return kinds_of(_records.units_type(ty))
    if kind == "list":
        return "i"
    if kind == "str":
        return "iii"
    return "".join(map(kinds_of, ty[1])) if kind == "tuple" else ""


class Call:
    """One call of an instance of a kernel."""

    def __init__(self, kernel, worker, args):
        self.kernel, self.worker, self.args = kernel, worker, args
        self.instance = worker.instance
        self.slots, self.passed = [], []
        #: Copies of blocks that several results lie in.
        self.common = {}
        #: The lists among arguments and results, if the signature has any, and how many are around the value that is read.
        self.lists = _lists.Lists(self) if kernel.has_lists else None
        self.in_list = 0

    def run(self):
        """Gives the result. Whatever the outcome, the memory of arguments is free again, unless the instance is in doubt."""
        try:
            outcome = self._enter()
        except (_machine.Raised, Refused):
            self._release()
            raise
        self._release()
        return outcome

    def _release(self):
        if self.lists:
            self.lists.take_back()
        for passed in self.passed:
            if passed.block is not None:
                self.worker.release(passed.block)

    def _enter(self):
        kernel, passed = self.kernel, self.passed
        for k, (ty, arg) in enumerate(zip(kernel._types, self.args)):
            self._lower(ty, arg, k)
        if not passed and not self.lists:
            return self._lift_all(self._invoke())
        k = _passing.guard(passed)
        if k is not None:
            raise self._read_only(k)
        _passing.copy_in(self.instance, self._allocate, passed)
        threads = any(p.is_copied_back() for p in passed) and _passing.has_other_threads()
        _passing.remember(self.instance, passed, threads)
        for p in passed:
            p.fill(self.slots)
        try:
            outcome = self._lift_all(self._invoke())
        except _machine.Stopped:
            # What was written before an exception stays written, as under CPython.
            self._copy_back()
            raise
        self._copy_back()
        return outcome

    def _invoke(self):
        at = self.worker.generators
        if at is None:
            return self._invoke_function()
        state = getattr(_GENERATORS, "state", None) or os.urandom(_ENTROPY_BYTES) + bytes(_GENERATOR_BYTES - _ENTROPY_BYTES)
        self.instance.write(at, state)
        try:
            return self._invoke_function()
        finally:
            _GENERATORS.state = bytes(self.instance.read(at, _GENERATOR_BYTES))

    def _invoke_function(self):
        try:
            return self.worker.function(*self.slots)
        except _machine.Raised as raised:
            # The message is read too, before its memory is freed.
            raised.args += (self._text(*raised.args),)
            # Lists are read before what the call has made is freed.
            if self.worker.unwind and not self.lists:
                self.worker.unwind()
            raise

    def _text(self, site, a, b):
        """The text that stands in the message of an exception, if there is one."""
        if "{text}" not in self.kernel._sites[site][1]:
            return None
        return text_of(self.instance.read(int(a) & 0xFFFFFFFF, 4 * int(b)))

    def _copy_back(self):
        _passing.copy_back(self.instance, self.passed)
        if self.lists:
            self.lists.copy_back()
        k = _passing.written_read_only(self.instance, self.passed)
        if k is not None:
            raise self._read_only(k)

    def _allocate(self, size):
        """The address of a block of the host's."""
        (address,) = self.worker.alloc(min(size, 2**31 - 1))
        if address == 0:
            raise Refused(self.kernel._at_entry("MemoryError", f"unable to allocate {size} bytes"))
        return address & 0xFFFFFFFF

    def _lower(self, ty, arg, k):
        """Appends the slots of an argument; those of arrays are filled in once all are known."""
        kind = ty[0]
        if kind == "scalar":
            self.slots.extend(self._scalar(ty, arg, k))
        elif kind == "array":
            if not isinstance(arg, np.ndarray) or arg.ndim != ty[2] or _keys.number_of(arg.dtype) != _numbers[ty[1]]:
                raise self._misfit(arg, k, ty)
            self.passed.append(_passing.Passed(arg, len(self.slots), not ty[3], self.kernel._params[k][2], k))
            self.slots.extend([0] * len(kinds_of(ty)))
        elif kind == "str":
            if not isinstance(arg, str):
                raise self._misfit(arg, k, ty)
            self.passed.append(_passing.Passed(codes_of(arg), len(self.slots), False, False, k))
            self.slots.extend([0] * 3)
        elif kind == "records":
            self._lower(_records.units_type(ty), self._units(ty, arg, k), k)
        elif kind == "tuple":
            if not isinstance(arg, tuple) or len(arg) != len(ty[1]):
                raise self._misfit(arg, k, ty)
            for part, item in zip(ty[1], arg):
                self._lower(part, item, k)
        elif kind == "list":
            record = self.lists.lower(ty, arg, k)
            self.slots.append(record - (1 << 32) if record >> 31 else record)
        elif arg is not None:
            raise self._misfit(arg, k, ty)

    def _units(self, ty, arg, k):
        """The array of units of records."""
        fits = isinstance(arg, (np.ndarray, np.void)) and arg.dtype.names is not None and arg.ndim == ty[2]
        if not fits or not _records.same(_records.encoded(arg.dtype), ty[1]):
            raise self._misfit(arg, k, ty)
        return _records.units(arg)

    #: What refuses an argument.
    refused = Refused

    def _scalar(self, ty, arg, k):
        """A number as the slots of a parameter: of a complex one its parts."""
        try:
            part = _PARTS.get(ty[1])
            return [_scalar_slot(part, arg.real), _scalar_slot(part, arg.imag)] if part else [_scalar_slot(ty[1], arg)]
        except (AttributeError, TypeError, OverflowError, ValueError) as error:
            raise Refused(type(error)(f"{self._about(k, ty)}: {error}")) from None

    def _about(self, k, ty):
        from nopython._portable._compiler import type_names

        name, key, _ = self.kernel._params[k]
        names = type_names(key) if ty is self.kernel._types[k] else [ty[1]]
        return f"{self.kernel._name}() argument '{name}' takes {names[0]}"

    def _misfit(self, arg, k, ty):
        from nopython._portable._compiler import type_names

        try:
            got = type_names(_keys.of_value(arg))[0]
        except _keys.Unsuited as error:
            got = error
        return Refused(TypeError(f"{self._about(k, ty)}, got {got}"))

    def _read_only(self, k):
        """``ValueError`` for an argument that may not be written."""
        function, name = self.kernel._name, self.kernel._params[k][0]
        return Refused(ValueError(f"assignment destination is read-only: {function}() writes to '{name}'"))

    def _lift_all(self, slots):
        ty = self.kernel._result_type
        if ty[0] == "tuple":
            spans = {}
            _blocks_of(ty, iter(slots), spans)
            for owner, ends in spans.items():
                if len(ends) > 1:
                    low, high = min(low for low, _ in ends), max(high for _, high in ends)
                    self.common[owner] = _passing.Common(self.instance, low, high)
        return self._lift(ty, iter(slots))

    def _lift(self, ty, slots):
        kind = ty[0]
        if kind == "scalar":
            slot = next(slots)
            return _scalar_object(ty, complex(slot, next(slots)) if ty[1] in _PARTS else slot)
        if kind == "array":
            return self._lift_array(ty, slots)
        if kind == "str":
            return text_of(self._lift_array(_CODES, slots))
        if kind == "records":
            return _records.structured(self._lift_array(_records.units_type(ty), slots), ty[1])
        if kind == "list":
            return self.lists.lift(ty, next(slots))
        if kind != "tuple":
            return None
        items = tuple([self._lift(part, slots) for part in ty[1]])
        return _named.instance(ty[2], ty[3], items) if len(ty) > 2 else items

    def _lift_array(self, ty, slots):
        """An array result: a view of the argument it lies in, or a copy."""
        data, shape, strides, owner = _form(ty, slots)
        dtype = _keys.DTYPES[_numbers[ty[1]]]
        array = _passing.view_of_argument(self.passed, data, dtype, shape, strides) if owner == 0 else None
        if array is None and owner in self.common:
            array = self.common[owner].view(dtype, data, shape, strides)
        elif array is None:
            array = _passing.copy_out(self.instance, dtype, data, shape, strides)
        if owner != 0 and not self.in_list:
            self.worker.release(owner)
        return array


_numbers = {dtype.name: number for number, dtype in enumerate(_keys.DTYPES)}


def _form(ty, slots):
    """Address, shape, strides and owner of an array result."""
    rank = ty[2]
    data = next(slots) & 0xFFFFFFFF
    shape = tuple([next(slots) for _ in range(rank)])
    strides = _passing.c_strides(shape, _SIZES[ty[1]]) if ty[3] else tuple([next(slots) for _ in range(rank)])
    return data, shape, strides, next(slots)


_SIZES = {dtype.name: dtype.itemsize for dtype in _keys.DTYPES}


def _blocks_of(ty, slots, spans):
    """The blocks of array results that have elements, with the addresses of their first byte and past their last one."""
    if ty[0] == "scalar" and ty[1] in _PARTS:
        next(slots), next(slots)
    elif ty[0] in ("scalar", "list"):
        next(slots)
    elif ty[0] in ("array", "str"):
        ty = _CODES if ty[0] == "str" else ty
        data, shape, strides, owner = _form(ty, slots)
        if owner != 0 and 0 not in shape:
            spans.setdefault(owner, []).append(_passing.reach(data, _SIZES[ty[1]], shape, strides))
    elif ty[0] == "records":
        _blocks_of(_records.units_type(ty), slots, spans)
    elif ty[0] == "tuple":
        for part in ty[1]:
            _blocks_of(part, slots, spans)


def _scalar_slot(dtype, arg):
    """A Python or NumPy number as the slot of a parameter."""
    if dtype in ("float64", "float32"):
        return arg if type(arg) is float else float(arg)
    if dtype == "bool":
        return 1 if arg else 0
    value = operator.index(arg)
    limits = _INTEGERS[dtype]
    if not limits.min <= value <= limits.max:
        raise OverflowError(_too_large(dtype, value))
    if limits.min < 0:
        return value
    # Slots are signed.
    bits = 64 if limits.bits == 64 else 32
    return value - (1 << bits) if value >> (bits - 1) else value


def _too_large(dtype, value):
    """What Python says of an integer that a C type does not hold."""
    if dtype == "uint64":
        return "can't convert negative int to unsigned" if value < 0 else "int too big to convert"
    if not -(2**63) <= value < 2**63:
        return "Python int too large to convert to C long"
    return "out of range integral type conversion attempted"


def _scalar_object(ty, slot):
    """A slot as the Python number or NumPy scalar that it stands for."""
    _, dtype, _, weak = ty
    if weak and dtype in _PYTHONS:
        return _PYTHONS[dtype](slot)
    if dtype in ("uint32", "uint64"):
        slot &= 0xFFFFFFFF if dtype == "uint32" else 0xFFFFFFFFFFFFFFFF
    return _SCALARS[dtype](slot)
