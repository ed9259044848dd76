def str_upper(s: value):
    """In capital letters.

    >>> "ab".upper() == "AB"
    """
    return np.str_cased(s, 0)


def str_lower(s: value):
    """In small letters.

    >>> "AB".lower() == "ab"
    """
    return np.str_cased(s, 1)


def str_capitalize(s: value):
    """The first letter as a capital one, the others small.

    >>> "ab".capitalize() == "Ab"
    """
    return np.str_cased(s, 2)


def str_title(s: value):
    """The first letter of each word as a capital one, the others small.

    >>> "ab cd".title() == "Ab Cd"
    """
    return np.str_cased(s, 3)


def str_swapcase(s: value):
    """Small letters as capital ones and the other way round.

    >>> "aB".swapcase() == "Ab"
    """
    return np.str_cased(s, 4)


def str_casefold(s: value):
    """As strings are compared without their case.

    >>> "AB".casefold() == "ab"
    """
    return np.str_cased(s, 5)


def str_find(s: value, sub: value, start: value = None, end: value = None, /):
    """Where a string first stands in another, or -1.

    >>> "abcb".find("b")
    """
    n = len(s)
    first = np.str_start(n, start)
    if first > n:
        return -1
    return np.codes_found(codes_of(s), codes_of(sub), first, np.str_stop(n, end))


def str_rfind(s: value, sub: value, start: value = None, end: value = None, /):
    """Where a string last stands in another, or -1.

    >>> "abcb".rfind("b")
    """
    n = len(s)
    first = np.str_start(n, start)
    if first > n:
        return -1
    return np.codes_found_last(codes_of(s), codes_of(sub), first, np.str_stop(n, end))


def str_index(s: value, sub: value, start: value = None, end: value = None, /):
    """Where a string first stands in another.

    >>> "abcb".index("b")
    """
    at = np.str_find(s, sub, start, end)
    if at < 0:
        raise ValueError("substring not found")
    return at


def str_rindex(s: value, sub: value, start: value = None, end: value = None, /):
    """Where a string last stands in another.

    >>> "abcb".rindex("b")
    """
    at = np.str_rfind(s, sub, start, end)
    if at < 0:
        raise ValueError("substring not found")
    return at


def str_count(s: value, sub: value, start: value = None, end: value = None, /):
    """How often a string stands in another, without overlapping.

    >>> "abcb".count("b")
    """
    x = codes_of(s)
    y = codes_of(sub)
    n = len(x)
    at = np.str_start(n, start)
    last = np.str_stop(n, end)
    if at > last:
        return 0
    if len(y) == 0:
        return last - at + 1
    found = 0
    at = np.codes_found(x, y, at, last)
    while at >= 0:
        found += 1
        at = np.codes_found(x, y, at + len(y), last)
    return found


def str_startswith(s: value, prefix: value, start: value = None, end: value = None, /):
    """Whether a string begins with another.

    >>> "abc".startswith("ab")
    """
    x = codes_of(s)
    y = codes_of(prefix)
    first = np.str_start(len(x), start)
    m = len(y)
    if np.str_stop(len(x), end) - first < m or first > len(x):
        return False
    for k in range(m):
        if x[first + k] != y[k]:
            return False
    return True


def str_endswith(s: value, suffix: value, start: value = None, end: value = None, /):
    """Whether a string ends with another.

    >>> "abc".endswith("bc")
    """
    x = codes_of(s)
    y = codes_of(suffix)
    first = np.str_start(len(x), start)
    m = len(y)
    last = np.str_stop(len(x), end)
    if last - first < m or first > len(x):
        return False
    for k in range(m):
        if x[last - m + k] != y[k]:
            return False
    return True


def str_removeprefix(s: value, prefix: value):
    """A string without what it begins with.

    >>> "abc".removeprefix("a") == "bc"
    """
    if np.str_startswith(s, prefix):
        return text_of(codes_of(s)[len(prefix):])
    return s


def str_removesuffix(s: value, suffix: value):
    """A string without what it ends with.

    >>> "abc".removesuffix("c") == "ab"
    """
    if len(suffix) > 0 and np.str_endswith(s, suffix):
        return text_of(codes_of(s)[:len(s) - len(suffix)])
    return s


def str_replace(s: value, old: value, new: value, count: value = -1):
    """A string with another in the place of its parts that equal a third.

    >>> "abcb".replace("b", "x") == "axcx"
    """
    x = codes_of(s)
    y = codes_of(old)
    z = codes_of(new)
    n = len(x)
    m = len(y)
    most = n + 1 if m == 0 else np.str_count(s, old)
    times = most if count < 0 else min(count, most)
    if times == 0:
        return s
    out = np.empty(n + times * (len(z) - m), np.uint32)
    at = 0
    read = 0
    for turn in range(times):
        found = turn if m == 0 else np.codes_found(x, y, read, n)
        for k in range(read, found):
            out[at] = x[k]
            at += 1
        for c in z:
            out[at] = c
            at += 1
        read = found + m
    for k in range(read, n):
        out[at] = x[k]
        at += 1
    return text_of(out)


def str_strip(s: value, chars: value = None, /):
    """A string without white space, or certain characters, at its ends.

    >>> " ab ".strip() == "ab"
    """
    return np.str_lstrip(np.str_rstrip(s, chars), chars)


def str_lstrip(s: value, chars: value = None, /):
    """A string without white space, or certain characters, at its beginning.

    >>> " ab ".lstrip() == "ab "
    """
    x = codes_of(s)
    k = 0
    while k < len(x) and np.is_stripped(x[k], chars):
        k += 1
    return text_of(x[k:])


def str_rstrip(s: value, chars: value = None, /):
    """A string without white space, or certain characters, at its end.

    >>> " ab ".rstrip() == " ab"
    """
    x = codes_of(s)
    k = len(x)
    while k > 0 and np.is_stripped(x[k - 1], chars):
        k -= 1
    return text_of(x[:k])


def str_split(s: value, sep: value = None, maxsplit: value = -1):
    """The parts of a string between separators, or between white space.

    >>> len("a b c".split())
    """
    x = codes_of(s)
    n = len(x)
    most = n + 1 if maxsplit < 0 else maxsplit
    out = text_list()
    at = 0
    if sep is None:
        while True:
            while at < n and np.is_space(x[at]):
                at += 1
            if at == n:
                break
            start = at
            if len(out) == most:
                out.append(text_of(x[start:]))
                break
            while at < n and not np.is_space(x[at]):
                at += 1
            out.append(text_of(x[start:at]))
        return out
    y = codes_of(sep)
    if len(y) == 0:
        raise ValueError("empty separator")
    while len(out) < most:
        found = np.codes_found(x, y, at, n)
        if found < 0:
            break
        out.append(text_of(x[at:found]))
        at = found + len(y)
    out.append(text_of(x[at:]))
    return out


def str_rsplit(s: value, sep: value = None, maxsplit: value = -1):
    """The parts of a string between separators, or between white space, split from its end.

    >>> len("a b c".rsplit())
    """
    x = codes_of(s)
    n = len(x)
    most = n + 1 if maxsplit < 0 else maxsplit
    out = text_list()
    at = n
    if sep is None:
        while True:
            while at > 0 and np.is_space(x[at - 1]):
                at -= 1
            if at == 0:
                break
            end = at
            if len(out) == most:
                out.append(text_of(x[:end]))
                break
            while at > 0 and not np.is_space(x[at - 1]):
                at -= 1
            out.append(text_of(x[at:end]))
    else:
        y = codes_of(sep)
        if len(y) == 0:
            raise ValueError("empty separator")
        while len(out) < most:
            found = np.codes_found_last(x, y, 0, at)
            if found < 0:
                break
            out.append(text_of(x[found + len(y):at]))
            at = found
        out.append(text_of(x[:at]))
    out.reverse()
    return out


def str_splitlines(s: value, keepends: value = False):
    """The lines of a string.

    >>> len("a b".splitlines())
    """
    x = codes_of(s)
    n = len(x)
    out = text_list()
    at = 0
    while at < n:
        end = at
        while end < n and not np.is_line_end(x[end]):
            end += 1
        after = end
        if end < n:
            after = end + 1
            if x[end] == 13 and after < n and x[after] == 10:
                after += 1
        if keepends:
            out.append(text_of(x[at:after]))
        else:
            out.append(text_of(x[at:end]))
        at = after
    return out


def str_join(s: value, items: value):
    """The strings of a list with another between them.

    >>> ", ".join(["a", "b"]) == "a, b"
    """
    sep = codes_of(s)
    count = len(items)
    n = 0
    for item in items:
        n += len(item)
    if count > 1:
        n += (count - 1) * len(sep)
    out = np.empty(n, np.uint32)
    at = 0
    for k in range(count):
        if k > 0:
            for c in sep:
                out[at] = c
                at += 1
        x = codes_of(items[k])
        for c in x:
            out[at] = c
            at += 1
    return text_of(out)


def str_partition(s: value, sep: value):
    """What stands before a separator, the separator, and what stands behind it.

    >>> "a=b".partition("=")[0] == "a"
    """
    x = codes_of(s)
    m = len(sep)
    if m == 0:
        raise ValueError("empty separator")
    at = np.codes_found(x, codes_of(sep), 0, len(x))
    if at < 0:
        return s, text_of(x[:0]), text_of(x[:0])
    return text_of(x[:at]), text_of(x[at:at + m]), text_of(x[at + m:])


def str_rpartition(s: value, sep: value):
    """What stands before the last separator, the separator, and what stands behind it.

    >>> "a=b".rpartition("=")[0] == "a"
    """
    x = codes_of(s)
    m = len(sep)
    if m == 0:
        raise ValueError("empty separator")
    at = np.codes_found_last(x, codes_of(sep), 0, len(x))
    if at < 0:
        return text_of(x[:0]), text_of(x[:0]), s
    return text_of(x[:at]), text_of(x[at:at + m]), text_of(x[at + m:])


def str_center(s: value, width: value, fillchar: value = " ", /):
    """A string in the middle of fill characters.

    >>> "ab".center(6) == "  ab  "
    """
    n = len(s)
    room = max(width - n, 0)
    return np.str_between(s, room // 2 + (room & width & 1), width, fillchar)


def str_ljust(s: value, width: value, fillchar: value = " ", /):
    """A string before fill characters.

    >>> "ab".ljust(4) == "ab  "
    """
    return np.str_between(s, 0, width, fillchar)


def str_rjust(s: value, width: value, fillchar: value = " ", /):
    """A string behind fill characters.

    >>> "ab".rjust(4) == "  ab"
    """
    return np.str_between(s, max(width - len(s), 0), width, fillchar)


def str_zfill(s: value, width: value):
    """A number behind zeros, which stand after its sign.

    >>> "-1".zfill(4) == "-001"
    """
    x = codes_of(s)
    n = len(x)
    if width <= n:
        return s
    out = np.full(width, as_dtype(48, np.uint32))
    out[width - n:] = x
    if n > 0 and (x[0] == 43 or x[0] == 45):
        out[width - n] = 48
        out[0] = x[0]
    return text_of(out)


def str_expandtabs(s: value, tabsize: value = 8):
    """A string with spaces in the place of tabulators.

    >>> len("ab".expandtabs())
    """
    x = codes_of(s)
    n = 0
    column = 0
    for c in x:
        if c == 9:
            if tabsize > 0:
                n += tabsize - column % tabsize
                column += tabsize - column % tabsize
        else:
            n += 1
            column += 1
            if c == 10 or c == 13:
                column = 0
    out = np.full(n, as_dtype(32, np.uint32))
    at = 0
    column = 0
    for c in x:
        if c == 9:
            if tabsize > 0:
                at += tabsize - column % tabsize
                column += tabsize - column % tabsize
        else:
            out[at] = c
            at += 1
            column += 1
            if c == 10 or c == 13:
                column = 0
    return text_of(out)


def str_isascii(s: value):
    """Whether all characters are of ASCII.

    >>> "ab".isascii()
    """
    for c in codes_of(s):
        if c > 127:
            return False
    return True


def str_isspace(s: value):
    """Whether all characters are white space, and there is one.

    >>> " ".isspace()
    """
    for c in codes_of(s):
        if not np.is_space(c):
            return False
    return len(s) > 0


def str_isdigit(s: value):
    """Whether all characters are digits, and there is one.

    >>> "12".isdigit()
    """
    for c in codes_of(s):
        if not np.is_digit(np.latin(c)):
            return False
    return len(s) > 0


def str_isdecimal(s: value):
    """Whether all characters are digits from 0 to 9, and there is one.

    >>> "12".isdecimal()
    """
    for c in codes_of(s):
        d = np.latin(c)
        if d < 48 or d > 57:
            return False
    return len(s) > 0


def str_isnumeric(s: value):
    """Whether all characters are numbers, and there is one.

    >>> "12".isnumeric()
    """
    for c in codes_of(s):
        if not np.is_numeric(np.latin(c)):
            return False
    return len(s) > 0


def str_isalpha(s: value):
    """Whether all characters are letters, and there is one.

    >>> "ab".isalpha()
    """
    for c in codes_of(s):
        d = np.latin(c)
        if not np.is_lower(d) and not np.is_upper(d):
            return False
    return len(s) > 0


def str_isalnum(s: value):
    """Whether all characters are letters or numbers, and there is one.

    >>> "a1".isalnum()
    """
    for c in codes_of(s):
        d = np.latin(c)
        if not np.is_lower(d) and not np.is_upper(d) and not np.is_numeric(d):
            return False
    return len(s) > 0


def str_isupper(s: value):
    """Whether all letters are capital ones, and there is one.

    >>> "AB".isupper()
    """
    found = False
    for c in codes_of(s):
        d = np.latin(c)
        if np.is_lower(d):
            return False
        if np.is_upper(d):
            found = True
    return found


def str_islower(s: value):
    """Whether all letters are small ones, and there is one.

    >>> "ab".islower()
    """
    found = False
    for c in codes_of(s):
        d = np.latin(c)
        if np.is_upper(d):
            return False
        if np.is_lower(d):
            found = True
    return found


def str_istitle(s: value):
    """Whether capital letters begin words and small ones follow letters, and there is one.

    >>> "Ab Cd".istitle()
    """
    found = False
    inside = False
    for c in codes_of(s):
        d = np.latin(c)
        if np.is_upper(d):
            if inside:
                return False
            inside = True
            found = True
        elif np.is_lower(d):
            if not inside:
                return False
            found = True
        else:
            inside = False
    return found


def str_isprintable(s: value):
    """Whether all characters are printed as they are.

    >>> "ab".isprintable()
    """
    for c in codes_of(s):
        d = np.latin(c)
        if d < 32 or (d >= 127 and d <= 160) or d == 173:
            return False
    return True


def str_isidentifier(s: value):
    """Whether a string may be a name.

    >>> "a_1".isidentifier()
    """
    x = codes_of(s)
    for k in range(len(x)):
        d = np.latin(x[k])
        letter = np.is_lower(d) or np.is_upper(d) or d == 95
        if not letter and (k == 0 or ((d < 48 or d > 57) and d != 183)):
            return False
    return len(x) > 0
