"""Arrays between NumPy and the linear memory of an instance.

Arguments are copied in before the call and, where the function writes to them, back after it. Arguments that overlap, of which one is
written, are copied as one block, so that they overlap in the same way there. So is an array with strides, with the memory between its
elements, unless they are far apart: then the copy has strides of the same order and signs, and gaps where the array has some. What
depends on them, such as the order of a sum or whether ``ravel`` copies, is as it is with NumPy. A result that lies in an argument becomes a view of the argument where the block is a byte-for-byte image of it.

Where the program has other threads, which may write to other elements of the same array meanwhile, only elements that the call has
changed are copied back (:func:`remember`).
"""

import _thread
import threading

import numpy as np

_WORDS = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64, 16: np.dtype("u8,u8")}

#: The memory from an array's first element to its last may be so many times as large as the elements themselves to be copied with them.
_DENSE = 4


class Passed:
    """An array argument. Its slots begin at ``at``; ``strided`` tells whether strides are passed."""

    def __init__(self, array, at, strided, written, parameter):
        self.array = array if type(array) is np.ndarray else array.view(np.ndarray)
        self.object = array
        self.at, self.strided, self.written, self.parameter = at, strided, written, parameter
        flags, native = array.flags, array.dtype.isnative
        #: Whether elements are aligned and in this machine's byte order; and whether they also lie in C order without gaps.
        self.behaved = flags.aligned and native
        self.plain = self.behaved and flags.c_contiguous
        self.data = array.__array_interface__["data"][0]
        #: Whether the function may write to it, but nobody else may: it is copied, and the copy is looked at after the call.
        self.guarded = False
        #: Where its first element is in linear memory, and the strides there.
        self.address, self.strides = 0, ()
        #: The block this argument has to release.
        self.block = None
        #: The addresses of NumPy's memory that a block is an image of, and the address of the block.
        self.image = None
        #: What its elements were before the call, and the address of the first of these bytes.
        self.before = None

    def is_copied_back(self):
        """Whether it is copied back after the call."""
        return self.written and not self.guarded and self.array.size > 0

    def is_dense(self):
        """Whether the memory around its elements is worth copying with them: then results can be views of it, and elements that overlap do."""
        if not self.strided or self.plain or self.array.size == 0:
            return False
        low, high = self.span()
        return high - low <= _DENSE * self.array.nbytes

    def fill(self, slots):
        """Writes the slots of the flattened form."""
        # Slots are signed.
        address = self.address - (1 << 32) if self.address >> 31 else self.address
        words = [address, *self.array.shape, *(self.strides if self.strided else ()), 0]
        slots[self.at : self.at + len(words)] = words

    def span(self):
        """Addresses of the first byte and past the last one that elements occupy; equal when there is no element."""
        if self.array.size == 0:
            return self.data, self.data
        return reach(self.data, self.array.itemsize, self.array.shape, self.array.strides)

    def inside(self, memory, first):
        """The argument's elements in bytes of linear memory, of which ``first`` is the place of the first element."""
        dtype = self.array.dtype.newbyteorder("=")
        return np.ndarray(self.array.shape, dtype, memory, first, self.strides)


def c_strides(shape, itemsize):
    """Strides in bytes of an array in C order."""
    strides = [itemsize] * len(shape)
    for axis in range(len(shape) - 1, 0, -1):
        strides[axis - 1] = strides[axis] * shape[axis]
    return tuple(strides)


def reach(address, itemsize, shape, strides):
    """Addresses of the first byte and past the last one of an array that has elements."""
    low, high = address, address + itemsize
    for extent, stride in zip(shape, strides):
        far = (extent - 1) * stride
        if far < 0:
            low += far
        else:
            high += far
    return low, high


def guard(passed):
    """Guards the arguments that may not be written but that the function may write to.

    Gives the parameter of one that overlaps with another argument that is written: the copy of both would not tell through which of them
    it was.
    """
    for one in passed:
        if not one.written or one.array.flags.writeable:
            continue
        low, high = one.span()
        for other in passed:
            start, end = other.span()
            if other is not one and other.written and start < high and low < end:
                return one.parameter
        one.guarded = True
    return None


def written_read_only(instance, passed):
    """The parameter of a guarded argument whose copy the call has changed."""
    for one in passed:
        if one.guarded and one.before is not None:
            low, before = one.before
            if not np.array_equal(instance.read(low, before.size), before):
                return one.parameter
    return None


def copy_in(instance, allocate, passed):
    """Copies every argument in."""
    for k, one in enumerate(passed):
        if one.block is not None or one.image is not None:
            continue
        group = _overlapping(passed, k)
        shares = len(group) > 1 and any(p.written for p in group)
        if (shares or one.is_dense()) and all(p.behaved for p in group):
            _copy_group(instance, allocate, group)
        else:
            _copy_one(instance, allocate, one)


def _overlapping(passed, k):
    """The arguments not before ``k`` that overlap with it, directly or through others."""
    group = [passed[k]]
    if len(passed) == 1:
        return group
    low, high = passed[k].span()
    while True:
        near = lambda p: p not in group and p.span()[0] < high and low < p.span()[1]  # noqa: B023, E731
        found = next(filter(near, passed[k + 1 :]), None)
        if found is None:
            return group
        start, end = found.span()
        low, high = min(low, start), max(high, end)
        group.append(found)


def _copy_group(instance, allocate, group):
    """Copies the memory that several arguments share, byte for byte.

    Bytes between elements of one array, or of arrays that overlap, belong to the same allocation of NumPy's.
    """
    low, high = min(p.span()[0] for p in group), max(p.span()[1] for p in group)
    start = group[0].block = allocate(high - low)
    instance.write(start, _array_at(low, np.dtype(np.uint8), (high - low,), (1,), False, group))
    for one in group:
        one.address = start + one.data - low
        one.strides = one.array.strides
        one.image = low, high, start


def _alike(array):
    """Strides of a copy that takes little more memory than the elements, but has the axes in the same order and of the same signs, and no gap
    closed that the array has; and where the first element lies in it, and its size. ``None`` for an axis that is stretched."""
    item, shape, strides = array.itemsize, array.shape, array.strides
    out = [item] * len(shape)
    first, size = 0, item
    # How far the axes so far reach, in the array and in the copy.
    far, near = item, item
    for k in sorted(range(len(shape)), key=lambda k: (abs(strides[k]), -k)):
        if shape[k] == 1:
            continue
        step = abs(strides[k])
        if step == 0:
            return None
        stride = near if step == far else near + item
        out[k] = stride if strides[k] > 0 else -stride
        if strides[k] < 0:
            first += (shape[k] - 1) * stride
        size += (shape[k] - 1) * stride
        far, near = step * shape[k], stride * shape[k]
    return tuple(out), first, size


def _copy_one(instance, allocate, p):
    array, size = p.array, p.array.nbytes
    form = None if p.plain or size == 0 or not p.strided else _alike(array)
    p.strides, first, nbytes = form or (c_strides(array.shape, array.itemsize), 0, size)
    start = p.block = allocate(nbytes)
    p.address = start + first
    if p.plain:
        if size:
            instance.write(start, array.reshape(-1).view(np.uint8))
        p.image = p.data, p.data + size, start
    elif size:
        block = np.empty(nbytes, np.uint8)
        p.inside(block, first)[...] = array
        instance.write(start, block)


def has_other_threads():
    """Whether the program has threads beside this one that run Python, or this is one of them."""
    return _thread._count() > 0 or threading.current_thread() is not threading.main_thread()


def _bytes_of(instance, p):
    """The argument's bytes in linear memory, and the address of the first of them."""
    low, high = reach(p.address, p.array.itemsize, p.array.shape, p.strides)
    return low, instance.read(low, high - low)


def remember(instance, passed, threads):
    """Keeps what the guarded arguments hold, and where there are other threads what those hold that are copied back, so that only what
    changes is."""
    for p in passed:
        if p.array.size and (p.guarded or (threads and p.is_copied_back() and p.behaved)):
            low, memory = _bytes_of(instance, p)
            p.before = low, memory.copy()


def copy_back(instance, passed):
    """Copies back what the function may have written."""
    for p in passed:
        if not p.is_copied_back():
            continue
        low, memory = _bytes_of(instance, p)
        now = p.inside(memory, p.address - low)
        if p.before is None:
            p.array[...] = now
        else:
            word = _WORDS[p.array.itemsize]
            now, before = now.view(word), p.inside(p.before[1], p.address - low).view(word)
            np.copyto(p.array.view(word), now, where=now != before)


class _Memory:
    """Memory of NumPy's at an address, as the array interface has it. It keeps what the memory belongs to."""

    def __init__(self, interface, keep):
        self.__array_interface__, self.keep = interface, keep


def _array_at(address, dtype, shape, strides, writeable, keep):
    """An array over memory, which ``keep`` keeps."""
    interface = {"data": (address, not writeable), "shape": shape, "strides": strides, "typestr": dtype.str, "version": 3}
    return np.asarray(_Memory(interface, keep))


def view_of_argument(passed, data, dtype, shape, strides):
    """The argument that a result is, or the part of it that a result lies in, as a view."""
    if 0 in shape:
        return None
    for p in passed:
        if p.address == data and p.array.dtype.newbyteorder("=") == dtype and p.array.shape == shape and p.strides == strides:
            return p.object
    for p in passed:
        if p.image is not None:
            low, high, start = p.image
            if start <= data < start + high - low:
                return _array_at(low + data - start, dtype, shape, strides, p.array.flags.writeable, p.object)
    return None


def copy_out(instance, dtype, data, shape, strides):
    """A copy of an array in linear memory, without gaps, whose axes are in the order of its strides."""
    if 0 in shape:
        return np.empty(shape, dtype)
    low, high = reach(data, dtype.itemsize, shape, strides)
    array = np.ndarray(shape, dtype, instance.read(low, high - low), data - low, strides)
    if strides == c_strides(shape, dtype.itemsize):
        return array.copy()
    order = sorted(range(len(shape)), key=lambda k: -abs(strides[k]))
    base = np.empty([shape[k] for k in order], dtype)
    out = base.transpose(np.argsort(order))
    out[...] = array
    return out


class Common:
    """A copy of memory that several results lie in."""

    def __init__(self, instance, low, high):
        # It begins where an element of any dtype may.
        self.start = low & ~15
        self.bytes = instance.read(self.start, high - self.start).copy()

    def view(self, dtype, data, shape, strides):
        """A result that lies in it, as a view."""
        if 0 in shape:
            return np.empty(shape, dtype)
        return np.ndarray(shape, dtype, self.bytes, data - self.start, strides)
