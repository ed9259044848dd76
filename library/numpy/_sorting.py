def key_dtype(a):
    """The signed integers that are as large as an array's elements. Used by sort_keys.

    >>> np.sort(np.array([2, 1]))
    """
    if a.dtype == np.float64 or a.dtype == np.int64 or a.dtype == np.uint64:
        return np.int64
    if a.dtype == np.float32 or a.dtype == np.int32 or a.dtype == np.uint32:
        return np.int32
    if a.dtype == np.int16 or a.dtype == np.uint16:
        return np.int16
    return np.int8


def flip_keys(bits):
    """The bits of floats as integers in the floats' order, and back: those of negative floats but the sign are inverted.

    >>> np.sort(np.array([2.0, 1.0]))
    """
    return op("^", bits, op("&", op(">>", bits, as_like(31 if bits.dtype == np.int32 else 63, bits)), as_like(2147483647 if bits.dtype == np.int32 else 9223372036854775807, bits)))


def sort_keys(a):
    """Integers in the order of an array's elements, all NaN alike and last; of unsigned elements their bits. A copy.

    >>> np.sort(np.array([2, 1]))
    """
    bits = bits_of(a, np.key_dtype(a))
    if is_float(a):
        last = as_like(2147483647 if bits.dtype == np.int32 else 9223372036854775807, bits)
        return copy_of(as_array(select(op("==", a, a), np.flip_keys(bits), last)))
    return copy_of(bits)


def key_bits(keys):
    """How many bits a key has. Used by radix_sorted and nth_smallest.

    >>> np.sort(np.array([2, 1]))
    """
    return 64 if keys.dtype == np.int64 else 32 if keys.dtype == np.int32 else 16 if keys.dtype == np.int16 else 8


def radix_digit(key, shift, flip, size: known):
    """The digit of so many bits that stands at a bit of a key. What is added makes the leading digit of signed numbers count upwards from 0.

    >>> np.sort(np.array([2, 1]))
    """
    return op("&", op("+", op(">>", int(key), shift), flip), (1 << size) - 1)


def count_digits(keys, n, shift, flip, size: known):
    """How often each digit stands at a bit of the first n keys. Used by radix_sorted and nth_smallest.

    >>> np.sort(np.array([2, 1]))
    """
    counts = np.zeros(1 << size, np.uint32)
    for key in keys[:n]:
        digit = np.radix_digit(key, shift, flip, size)
        counts[digit] = op("+", counts[digit], as_like(1, counts))
    return counts


def scatter_by_digit(keys, items, starts, shift, flip, size: known, other, beside):
    """Copies keys, and what stands beside them, to where the keys with their digits begin. Used by radix_sorted.

    >>> np.sort(np.array([2, 1]))
    """
    for i in range(keys.size):
        key = keys[i]
        digit = np.radix_digit(key, shift, flip, size)
        at = starts[digit]
        starts[digit] = op("+", at, as_like(1, at))
        other[at] = key
        if items is not None:
            beside[at] = items[i]


def radix_sorted(keys, items, signed):
    """Keys in order, or items in the order of the keys beside them, by one digit of eleven bits after another from the last one on; equal keys keep their order.
    Both are overwritten. A digit that all keys share is left out.

    Knuth, The Art of Computer Programming 3, 5.2.5.

    >>> np.sort(np.array([2, 1]))
    """
    other = np.empty_like(keys)
    beside = None if items is None else np.empty_like(items)
    for shift in range(0, np.key_bits(keys), 11):
        flip = 1024 if signed and shift + 11 >= np.key_bits(keys) else 0
        starts = np.count_digits(keys, keys.size, shift, flip, 11)
        total = as_like(0, starts)
        shared = False
        for digit in range(2048):
            count = starts[digit]
            shared = shared or int(count) == keys.size
            starts[digit] = total
            total = op("+", total, count)
        if not shared:
            np.scatter_by_digit(keys, items, starts, shift, flip, 11, other, beside)
            keys, other = other, keys
            if items is not None:
                items, beside = beside, items
    return keys if items is None else items


def sorted_copy(a):
    """The elements of a 1-D array in increasing order, NaN last: a copy. Equal elements keep their order, also the signs of zeros.

    >>> np.sort(np.array([2, 1]))
    """
    if is_complex(a):
        return np.merge_sorted(np.copy(a), None)
    if a.size < 1000:
        return np.merge_sorted(np.copy(a), None)
    keys = np.radix_sorted(np.sort_keys(a), None, not is_unsigned(a))
    if not is_float(a):
        return bits_of(keys, a.dtype)
    for i in range(keys.size):
        keys[i] = np.flip_keys(keys[i])
    out = bits_of(keys, a.dtype)
    k = int(np.searchsorted(out, 0.0))
    if k < out.size:
        if out[k] == 0.0 and np.signbit(out[k]):
            for x in a:
                if x == 0.0:
                    out[k] = x
                    k += 1
    return out


def sorting_order(a):
    """Indices that sort a 1-D array, NaN last; equal elements keep their order. Used by np.argsort.

    >>> np.argsort(np.array([2, 1]))
    """
    if is_complex(a):
        return np.merge_sorted(np.arange(a.size), a)
    if a.size < 1000:
        return np.merge_sorted(np.arange(a.size), a)
    places = np.arange(a.size, dtype=np.int32)
    if is_float(a):
        # The zeros of either sign are equal: their sum with 0 is 0.
        return as_dtype(np.radix_sorted(np.sort_keys(copy_of(as_array(op("+", a, as_like(0, a))))), places, True), np.int64)
    return as_dtype(np.radix_sorted(np.sort_keys(a), places, not is_unsigned(a)), np.int64)


def nth_smallest(a, nth):
    """The element of a 1-D array, none of them NaN, that stands at an index of the sorted array: by one digit after another from the leading one
    on, of which the elements that have it right are left. Used by np.median and np.quantile.

    >>> np.median(np.array([3.0, 1.0, 2.0]))
    """
    keys = np.sort_keys(a)
    n = keys.size
    rank = nth
    flip = 0 if is_unsigned(a) else 128
    shift = np.key_bits(keys)
    while n > 1 and shift > 0:
        shift -= 8
        counts = np.count_digits(keys, n, shift, flip, 8)
        digit = 0
        while rank >= int(counts[digit]):
            rank -= int(counts[digit])
            digit += 1
        k = 0
        for i in range(n):
            key = keys[i]
            keys[k] = key
            k += int(np.radix_digit(key, shift, flip, 8) == digit)
        n = k
        flip = 0
    if not is_float(a):
        return bits_of(keys[:1], a.dtype)[0]
    return bits_of(np.full(1, np.flip_keys(keys[0])), a.dtype)[0]


def two_in_order(a, low, high):
    """The elements of a 1-D array at an index of the sorted array, and at the same or the next one; NaN if there is a NaN. Used by np.median and
    np.quantile.

    >>> np.median(np.array([3.0, 1.0, 2.0, 4.0]))
    """
    if is_complex(a):
        return np.two_of_sorted(np.merge_sorted(np.copy(a), None), low, high)
    if a.size <= 64:
        return np.two_of_sorted(np.insertion_sorted(np.copy(a), None, 0, a.size), low, high)
    if np.any(op("!=", a, a)):
        return np.max(a), np.max(a)
    x = np.nth_smallest(a, low)
    if high > low and np.count_nonzero(op("<=", a, x)) <= high:
        return x, np.min(np.where(op(">", a, x), a, np.max(a)))
    return x, x


def two_of_sorted(s, low, high):
    """The elements of a sorted array at two indices; NaN if there is a NaN, which is last. Used by two_in_order.

    >>> np.median(np.array([3.0, 1.0, 2.0, 4.0]))
    """
    if s[-1] != s[-1]:
        return s[-1], s[-1]
    return s[low], s[high]


def is_sorted_whole(a, kth):
    """Whether elements are sorted to be partitioned: at several indices, or without bits that keep their order. Used by np.partition.

    >>> np.partition(np.array([3, 1, 2]), [0, 1])
    """
    return is_array(kth) or is_complex(a) or a.dtype == np.bool_


def selecting_order(a, kth):
    """Indices of the elements of a 1-D array that are smaller than the one which stands at kth of the sorted array, of those equal to it, and of those
    that are larger, NaN last. Used by np.partition.

    >>> np.argpartition(np.array([3, 1, 2]), 1)
    """
    if a.size == 0:
        return np.zeros(0, np.int64)
    keys = np.sort_keys(a) if is_float(a) else a
    at = np.nth_smallest(keys, kth % a.size)
    return np.concatenate((np.flatnonzero(op("<", keys, at)), np.flatnonzero(op("==", keys, at)), np.flatnonzero(op(">", keys, at))))


def check_sort(kind, stable):
    """Raises ValueError for a way of sorting that NumPy does not have. The library has one, in which equal elements keep their order. Used by np.sort.

    >>> np.sort(np.array([2, 1]), kind="stable")
    """
    if kind is not None:
        if stable is not None:
            raise ValueError("`kind` and keyword parameters can't be provided at the same time. Use only one of them.")
        # NumPy looks at the first letter alone.
        if kind[:1] != "q" and kind[:1] != "m" and kind[:1] != "h" and kind[:1] != "s":
            raise ValueError(f"sort kind must be one of 'quick', 'heap', or 'stable' (got '{kind}')")
