def str_add(a: value, b: value):
    """Two strings, one after the other.

    >>> len("ab" + "c")
    """
    x = codes_of(a)
    y = codes_of(b)
    n = len(x)
    out = np.empty(n + len(y), np.uint32)
    out[:n] = x
    out[n:] = y
    return text_of(out)


def str_repeat(s: value, times: value):
    """A string several times.

    >>> len("ab" * 3)
    """
    x = codes_of(s)
    n = len(x)
    turns = max(times, 0)
    if n * turns > 536870911:
        raise MemoryError("Unable to allocate a string")
    out = np.empty(n * turns, np.uint32)
    for k in range(turns):
        out[k * n:k * n + n] = x
    return text_of(out)


def str_concatenated(parts: value):
    """The strings of a list, one after another.

    >>> len("ab" + "c")
    """
    n = 0
    for part in parts:
        n += len(part)
    out = np.empty(n, np.uint32)
    at = 0
    for part in parts:
        x = codes_of(part)
        for c in x:
            out[at] = c
            at += 1
    return text_of(out)


def str_equal(a: value, b: value):
    """Whether two strings have the same code points.

    >>> "ab" == "ab"
    """
    x = codes_of(a)
    y = codes_of(b)
    if len(x) != len(y):
        return False
    for k in range(len(x)):
        if x[k] != y[k]:
            return False
    return True


def str_less(a: value, b: value):
    """Whether a string comes before another: the first code points that differ decide, and after them the lengths.

    >>> "ab" < "b"
    """
    x = codes_of(a)
    y = codes_of(b)
    for k in range(min(len(x), len(y))):
        if x[k] != y[k]:
            return x[k] < y[k]
    return len(x) < len(y)


def str_minimum(a: value, b: value):
    """The first of two strings that come before no other.

    >>> min("b", "a") == "a"
    """
    if np.str_less(b, a):
        return b
    return a


def str_maximum(a: value, b: value):
    """The first of two strings that no other comes before.

    >>> max("b", "a") == "b"
    """
    if np.str_less(a, b):
        return b
    return a


def str_contains(s: value, part: value):
    """Whether a string is part of another.

    >>> "b" in "abc"
    """
    return np.codes_found(codes_of(s), codes_of(part), 0, len(s)) >= 0


def codes_stand(x: value, y: value, at: value):
    """Whether code points stand among others at a place, after which there are as many.

    >>> len("ab" + "c")
    """
    for j in range(len(y)):
        if x[at + j] != y[j]:
            return False
    return True


def codes_found(x: value, y: value, start: value, stop: value):
    """Where code points first stand among others, from a start to a stop, or -1.

    >>> len("ab" + "c")
    """
    for k in range(start, stop - len(y) + 1):
        if np.codes_stand(x, y, k):
            return k
    return -1


def codes_found_last(x: value, y: value, start: value, stop: value):
    """Where code points last stand among others, from a start to a stop, or -1.

    >>> len("ab" + "c")
    """
    for k in range(stop - len(y), start - 1, -1):
        if np.codes_stand(x, y, k):
            return k
    return -1


def str_item(s: value, index: value):
    """The code point at an index, as a string.

    >>> "abc"[-1] == "c"
    """
    x = codes_of(s)
    n = len(x)
    k = index + n if index < 0 else index
    if k < 0 or k >= n:
        raise IndexError("string index out of range")
    return text_of(x[k:k + 1])


def str_slice(s: value, start: value, stop: value):
    """The code points from a start to a stop.

    >>> "abcd"[1:3] == "bc"
    """
    x = codes_of(s)
    n = len(x)
    first = np.slice_start(n, start, 1)
    return text_of(x[first:max(np.slice_stop(n, stop, 1), first)])


def str_slice_by(s: value, start: value, stop: value, step: value):
    """Code points from a start to a stop by a step.

    >>> "abcd"[::-1] == "dcba"
    """
    if step == 0:
        raise ValueError("slice step cannot be zero")
    x = codes_of(s)
    n = len(x)
    first = np.slice_start(n, start, step)
    count = np.range_length(first, np.slice_stop(n, stop, step), step)
    out = np.empty(count, np.uint32)
    for k in range(count):
        out[k] = x[first + k * step]
    return text_of(out)


def str_items(s: value):
    """The code points of a string as a list of strings.

    >>> len(list("abc"))
    """
    x = codes_of(s)
    out = text_list()
    for k in range(len(x)):
        out.append(text_of(x[k:k + 1]))
    return out


def str_ord(s: value):
    """The code point of a string of one.

    >>> ord("a")
    """
    x = codes_of(s)
    if len(x) != 1:
        raise TypeError(f"ord() expected a character, but string of length {len(x)} found")
    return int(x[0])


def str_chr(code: value):
    """The string of one code point.

    >>> chr(97) == "a"
    """
    if code < 0 or code > 1114111:
        raise ValueError("chr() arg not in range(0x110000)")
    out = np.empty(1, np.uint32)
    out[0] = code
    return text_of(out)


def codes_trimmed(x: value):
    """Where code points begin and end without the white space at their ends.

    >>> int(" -12 ")
    """
    at = 0
    end = len(x)
    while at < end and np.is_space(x[at]):
        at += 1
    while end > at and np.is_space(x[end - 1]):
        end -= 1
    return at, end


def is_space(c: value):
    """Whether a code point is white space.

    >>> " ".isspace()
    """
    if c < 128:
        return c == 32 or (c >= 9 and c <= 13) or (c >= 28 and c <= 31)
    if c == 133 or c == 160 or c == 5760:
        return True
    return (c >= 8192 and c <= 8202) or c == 8232 or c == 8233 or c == 8239 or c == 8287 or c == 12288


def is_line_end(c: value):
    """Whether a code point ends a line.

    >>> len("a".splitlines())
    """
    return (c >= 10 and c <= 13) or (c >= 28 and c <= 30) or c == 133 or c == 8232 or c == 8233


def latin(c: value):
    """A code point of Latin-1; what others are is not known.

    >>> "a".isalpha()
    """
    if c > 255:
        raise NotImplementedError("case and classes of characters are known in Latin-1 alone")
    return int(c)


def is_lower(c: value):
    """Whether a code point of Latin-1 is a small letter.

    >>> "a".islower()
    """
    return (c >= 97 and c <= 122) or c == 170 or c == 181 or c == 186 or (c >= 223 and c != 247)


def is_upper(c: value):
    """Whether a code point of Latin-1 is a capital letter.

    >>> "A".isupper()
    """
    return (c >= 65 and c <= 90) or (c >= 192 and c <= 222 and c != 215)


def is_digit(c: value):
    """Whether a code point of Latin-1 is a digit, raised ones included.

    >>> "1".isdigit()
    """
    return (c >= 48 and c <= 57) or c == 178 or c == 179 or c == 185


def is_numeric(c: value):
    """Whether a code point of Latin-1 is a number, fractions included.

    >>> "1".isnumeric()
    """
    return np.is_digit(c) or (c >= 188 and c <= 190)


def upper_code(c: value):
    """The capital letter of a code point of Latin-1 other than sharp s.

    >>> "a".upper() == "A"
    """
    if (c >= 97 and c <= 122) or (c >= 224 and c <= 254 and c != 247):
        return c - 32
    if c == 255:
        return 376
    if c == 181:
        return 924
    return c


def lower_code(c: value):
    """The small letter of a code point of Latin-1.

    >>> "A".lower() == "a"
    """
    if np.is_upper(c):
        return c + 32
    return c


def str_cased(s: value, kind: value):
    """A string in another case: upper (0), lower (1), capitalize (2), title (3), swapcase (4), casefold (5).

    >>> "a".upper() == "A"
    """
    x = codes_of(s)
    n = len(x)
    sharp = 0
    if kind != 1:
        for c in x:
            if c == 223:
                sharp += 1
    out = np.empty(n + sharp, np.uint32)
    at = 0
    inside = False
    for k in range(n):
        c = np.latin(x[k])
        if kind == 0:
            up = True
        elif kind == 1 or kind == 5:
            up = False
        elif kind == 2:
            up = k == 0
        elif kind == 3:
            up = not inside
            inside = np.is_lower(c) or np.is_upper(c)
        else:
            up = not np.is_upper(c)
        if c == 223 and kind != 1 and (up or kind == 5):
            out[at] = 83 if up else 115
            out[at + 1] = 83 if kind == 0 or kind == 4 else 115
            at += 2
        elif kind == 5 and c == 181:
            out[at] = 956
            at += 1
        else:
            out[at] = np.upper_code(c) if up else np.lower_code(c)
            at += 1
    return text_of(out[:at])


def str_padded(s: value, fill: value, align: value, width: value):
    """A string between fill characters, as a format says.

    >>> f"{'ab':>4}" == "  ab"
    """
    n = len(s)
    if width <= n:
        return s
    left = 0
    if align == 62:
        left = width - n
    elif align == 94:
        left = (width - n) // 2
    out = np.full(width, as_dtype(fill, np.uint32))
    out[left:left + n] = codes_of(s)
    return text_of(out)


def str_start(n: value, start: value):
    """Where a search in `n` code points begins.

    >>> "abc".find("c")
    """
    if start is None:
        return 0
    return max(start + n, 0) if start < 0 else start


def str_stop(n: value, end: value):
    """Where a search in `n` code points ends.

    >>> "abc".find("c")
    """
    if end is None:
        return n
    return max(end + n, 0) if end < 0 else min(end, n)


def str_between(s: value, left: value, width: value, fillchar: value):
    """A string among fill characters, of which some stand before it.

    >>> "ab".center(6) == "  ab  "
    """
    x = codes_of(s)
    n = len(x)
    if len(fillchar) != 1:
        raise TypeError("The fill character must be exactly one character long")
    if width <= n:
        return s
    out = np.full(width, codes_of(fillchar)[0])
    out[left:left + n] = x
    return text_of(out)


def is_stripped(c: value, chars: value):
    """Whether a code point is among those that are taken off.

    >>> " ab ".strip() == "ab"
    """
    if chars is None:
        return np.is_space(c)
    for other in codes_of(chars):
        if c == other:
            return True
    return False
