def digit_of(c: value):
    """The value of a code point as a digit of a base up to 36, or 99.

    >>> int("12")
    """
    if c >= 48 and c <= 57:
        return int(c) - 48
    lower = int(c) | 32
    if c < 128 and lower >= 97 and lower <= 122:
        return lower - 87
    return 99


def str_to_int(s: value, base: value):
    """The integer that a string writes in a base.

    >>> int(" -12 ")
    """
    if base != 0 and (base < 2 or base > 36):
        raise ValueError("int() base must be >= 2 and <= 36, or 0")
    x = codes_of(s)
    at, end = np.codes_trimmed(x)
    negative = False
    if at < end and (x[at] == 43 or x[at] == 45):
        negative = x[at] == 45
        at += 1
    by = base
    after_prefix = False
    if at + 1 < end and x[at] == 48:
        mark = int(x[at + 1]) | 32
        own = 16 if mark == 120 else 8 if mark == 111 else 2 if mark == 98 else 0
        if own != 0 and (base == 0 or base == own):
            by = own
            at += 2
            after_prefix = True
    leading = False
    if by == 0:
        by = 10
        leading = at < end and x[at] == 48
    good = at < end
    expected = not after_prefix
    value = as_dtype(0, np.uint64)
    limit = as_dtype(9223372036854775807, np.uint64)
    if negative:
        limit = limit + as_dtype(1, np.uint64)
    large = False
    factor = as_dtype(by, np.uint64)
    for k in range(at, end):
        if x[k] == 95:
            if expected:
                good = False
            expected = True
        else:
            digit = np.digit_of(x[k])
            if digit >= by:
                good = False
                break
            expected = False
            if value > (limit - as_dtype(digit, np.uint64)) // factor:
                large = True
            else:
                value = value * factor + as_dtype(digit, np.uint64)
    if expected or (leading and (value > 0 or large)):
        good = False
    if not good:
        raise ValueError(f"invalid literal for int() with base {base}: {s!r}")
    if large:
        raise OverflowError("the integer does not fit 64 bits")
    if negative:
        value = as_dtype(0, np.uint64) - value
    return int(as_dtype(value, np.int64))


def float_made(m: value, e: value):
    """m · 2^e as a float, where that is exact.

    >>> float("0.5")
    """
    y = float(m)
    for _ in range(e):
        y *= 2.0
    for _ in range(-e):
        y *= 0.5
    return y


def decimal_compared(digits: value, point: value, m: value, e: value):
    """Whether decimal digits are less than m · 2^e (-1), equal to it (0) or greater (1).

    >>> float("0.1")
    """
    other, place = np.decimal_digits(m, e)
    n = len(digits)
    k = len(other)
    if point != place:
        return -1 if point < place else 1
    for j in range(max(n, k)):
        a = int(digits[j]) if j < n else 0
        b = int(other[j]) if j < k else 0
        if a != b:
            return -1 if a < b else 1
    return 0


def decimal_float(digits: value, point: value):
    """The float that is closest to decimal digits, of which so many stand before the point; the even one of two. A guess by float arithmetic is
    moved until the digits lie within half a bit of it, which is decided exactly (Clinger, 1990).

    >>> float("0.1")
    """
    n = len(digits)
    if n == 0 or point < -330:
        return 0.0
    if point > 310:
        return np.inf
    w = 0
    used = min(n, 18)
    for k in range(used):
        w = w * 10 + int(digits[k])
    power = point - used
    if n <= 15 and abs(power) <= 22:
        scale = 1.0
        for _ in range(abs(power)):
            scale *= 10.0
        if power < 0:
            return w / scale
        return w * scale
    guess = float(w)
    for _ in range(power):
        guess *= 10.0
    for _ in range(-power):
        guess /= 10.0
    m = 0
    e = -1074
    if guess > 1.7976931348623157e308:
        m = 9007199254740991
        e = 971
    elif guess > 0:
        m, e = np.float_scale(guess)
    while True:
        side = np.decimal_compared(digits, point, 2 * m + 1, e - 1)
        if side < 0 or (side == 0 and m % 2 == 0):
            break
        m += 1
        if m == 9007199254740992:
            m = 4503599627370496
            e += 1
            if e > 971:
                return np.inf
    while m > 0:
        if m == 4503599627370496 and e > -1074:
            side = np.decimal_compared(digits, point, 4 * m - 1, e - 2)
        else:
            side = np.decimal_compared(digits, point, 2 * m - 1, e - 1)
        if side > 0 or (side == 0 and m % 2 == 0):
            break
        m -= 1
        if m == 4503599627370495 and e > -1074:
            m = 9007199254740991
            e -= 1
    return np.float_made(m, e)


def is_word(x: value, at: value, end: value, word: value):
    """Whether code points are a word, in small or capital letters.

    >>> float("inf")
    """
    y = codes_of(word)
    if end - at != len(y):
        return False
    for k in range(len(y)):
        if x[at + k] > 127 or (x[at + k] | 32) != y[k]:
            return False
    return True


def str_to_float(s: value):
    """The float that a string writes.

    >>> float(" 1.5 ")
    """
    x = codes_of(s)
    at, end = np.codes_trimmed(x)
    sign = 1.0
    if at < end and (x[at] == 43 or x[at] == 45):
        if x[at] == 45:
            sign = -1.0
        at += 1
    if np.is_word(x, at, end, "inf") or np.is_word(x, at, end, "infinity"):
        return sign * np.inf
    if np.is_word(x, at, end, "nan"):
        return np.nan
    digits = np.empty(end - at, np.uint8)
    n = 0
    point = 0
    seen = False
    after = False
    good = True
    k = at
    while k < end:
        c = x[k]
        if c >= 48 and c <= 57:
            seen = True
            if n > 0 or c != 48:
                digits[n] = c - 48
                n += 1
                if not after:
                    point += 1
            elif after:
                point -= 1
        elif c == 46 and not after:
            after = True
        elif c == 95:
            inside = k > at and k + 1 < end and x[k - 1] >= 48 and x[k - 1] <= 57 and x[k + 1] >= 48 and x[k + 1] <= 57
            good = good and inside
        else:
            break
        k += 1
    good = good and seen
    if k < end:
        if x[k] != 101 and x[k] != 69:
            good = False
        k += 1
        down = False
        if k < end and (x[k] == 43 or x[k] == 45):
            down = x[k] == 45
            k += 1
        good = good and k < end
        exponent = 0
        start = k
        while k < end:
            c = x[k]
            if c >= 48 and c <= 57:
                exponent = min(exponent * 10 + int(c) - 48, 1000000)
            elif c == 95:
                inside = k > start and k + 1 < end and x[k - 1] != 95 and x[k + 1] != 95
                good = good and inside
            else:
                good = False
            k += 1
        point += -exponent if down else exponent
    if not good:
        raise ValueError(f"could not convert string to float: {s!r}")
    while n > 0 and digits[n - 1] == 0:
        n -= 1
    return sign * np.decimal_float(digits[:n], point)
