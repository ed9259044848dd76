def str_bool(x: value):
    """A bool as Python prints it.

    >>> str(True) == "True"
    """
    if x:
        return "True"
    return "False"


def str_int(x: value):
    """An integer as Python prints it.

    >>> str(-12) == "-12"
    """
    digits = np.digits_of_int(x, 10, 87)
    if x < 0:
        return "-" + digits
    return digits


def str_unsigned(x: value):
    """An integer without a sign as Python prints it.

    >>> str(12) == "12"
    """
    return np.digits_of_unsigned(x, 10, 87)


def digits_of_int(x: value, base: value, first: value):
    """The digits of the size of an integer in a base; those from 10 on begin `first` before their value.

    >>> f"{-255:x}" == "-ff"
    """
    if x < 0:
        # The smallest integer has no opposite.
        size = as_dtype(-(x + 1), np.uint64) + as_dtype(1, np.uint64)
    else:
        size = as_dtype(x, np.uint64)
    return np.digits_of_unsigned(size, base, first)


def digits_of_unsigned(x: value, base: value, first: value):
    """The digits of an integer without a sign in a base.

    >>> f"{255:x}" == "ff"
    """
    by = as_dtype(base, np.uint64)
    count = 1
    rest = x // by
    while rest > 0:
        rest = rest // by
        count += 1
    out = np.empty(count, np.uint32)
    rest = x
    for k in range(count):
        digit = int(rest % by)
        rest = rest // by
        out[count - 1 - k] = digit + 48 if digit < 10 else digit + first
    return text_of(out)


def number_by(body: value, negative: value, prefix: value, sign: value, group: value, size: value, fill: value, align: value, width: value):
    """Digits with a sign and a prefix, in groups and as wide as a format says.

    >>> f"{-1234:,}" == "-1,234"
    """
    x = codes_of(body)
    n = len(x)
    digits = 0
    while digits < n and ((x[digits] >= 48 and x[digits] <= 57) or (size == 4 and (x[digits] | 32) >= 97 and (x[digits] | 32) <= 102)):
        digits += 1
    before = len(prefix)
    if negative or sign != 45:
        before += 1
    rest = n - digits
    least = 0
    if fill == 48 and align == 61:
        least = width - before - rest
    # How long the whole part is with its separators and zeros, from the right.
    whole = max(digits, least)
    if group != 0 and digits > 0:
        whole = 0
        left = digits
        room = least
        while True:
            step = min(size, max(max(left, room), 1))
            whole += step
            left -= min(left, step)
            room -= step
            if left <= 0 and room <= 0:
                break
            whole += 1
            room -= 1
    elif digits == 0:
        whole = 0
    total = max(before + whole + rest, width)
    pad = total - before - whole - rest
    out = np.full(total, as_dtype(fill, np.uint32))
    at = 0
    if align == 62:
        at = pad
    elif align == 94:
        at = pad // 2
    if before > len(prefix):
        out[at] = 45 if negative else sign
        at += 1
    for c in codes_of(prefix):
        out[at] = c
        at += 1
    if align == 61:
        at += pad
    end = at + whole
    k = digits - 1
    for j in range(whole):
        place = end - 1 - j
        if group != 0 and j % (size + 1) == size:
            out[place] = group
        elif k >= 0:
            out[place] = x[k]
            k -= 1
        else:
            out[place] = 48
    for k in range(digits, n):
        out[end + k - digits] = x[k]
    return text_of(out)


def float_is_below(x: value):
    """Whether a float is printed with a minus: negative zero is, NaN is not.

    >>> str(-0.0) == "-0.0"
    """
    return x < 0 or (x == 0 and 1 / strong(x) < 0)


def float_scale(x: value):
    """The whole number and the power of two that make a float that is finite and positive: as many bits as a float has.

    >>> str(0.5) == "0.5"
    """
    y = x
    e = 0
    step = 512
    up = 1.3407807929942597e154
    while step > 0:
        while y >= 4503599627370496.0 * up:
            y /= up
            e += step
        while y * up < 9007199254740992.0:
            y *= up
            e -= step
        step //= 2
        up = np.sqrt(up)
    m = int(y)
    while m >= 9007199254740992:
        m //= 2
        e += 1
    while e < -1074:
        m //= 2
        e += 1
    return m, e


def decimal_limbs(m: value, e: value):
    """m · 2^e exactly: nine decimal digits to an item, the last ones first, how many items there are, and how many digits stand after the point.

    >>> str(0.1) == "0.1"
    """
    limbs = np.zeros(96, np.int64)
    limbs[0] = m % 1000000000
    limbs[1] = m // 1000000000 % 1000000000
    limbs[2] = m // 1000000000000000000
    n = 3
    after = 0
    left = e
    while left != 0:
        if left > 0:
            step = min(left, 29)
            factor = 1 << step
            left -= step
        else:
            step = min(-left, 12)
            factor = 1
            for _ in range(step):
                factor *= 5
            left += step
            after += step
        carry = 0
        for k in range(n):
            t = limbs[k] * factor + carry
            carry = t // 1000000000
            limbs[k] = t - carry * 1000000000
        if carry > 0:
            limbs[n] = carry
            n += 1
    while n > 1 and limbs[n - 1] == 0:
        n -= 1
    return limbs, n, after


def decimal_digits(m: value, e: value):
    """m · 2^e exactly: its digits, and how many of them stand before the point.

    >>> f"{0.1:.20f}" == "0.10000000000000000555"
    """
    limbs, n, after = np.decimal_limbs(m, e)
    digits = np.empty(9 * n, np.uint8)
    for k in range(n):
        rest = limbs[n - 1 - k]
        for j in range(9):
            digits[9 * k + 8 - j] = rest % 10
            rest //= 10
    first = 0
    while first < 9 * n - 1 and digits[first] == 0:
        first += 1
    return digits[first:], 9 * n - first - after


def decimal_head(digits: value, skipped: value):
    """The first 18 digits behind so many zeros as a number, and whether others than zeros follow.

    >>> str(0.1) == "0.1"
    """
    head = 0
    n = len(digits)
    for k in range(18):
        j = k - skipped
        head = head * 10
        if j >= 0 and j < n:
            head += int(digits[j])
    follows = False
    for j in range(18 - skipped, n):
        if digits[j] != 0:
            follows = True
            break
    return head, follows


def float_shortest(x: value, half: value):
    """The fewest decimal digits that are read as a float that is finite and positive, those closest to it if there are several (Steele and White, 1990),
    and how many of them stand before the point. `half` is half the distance to the next float, in quarters of the last bit of a float64.

    >>> str(0.1) == "0.1"
    """
    # What has few digits is found by float arithmetic: both factors are exact.
    if half == 2 and x < 1e15:
        power = 1.0
        for k in range(16):
            y = x * power
            if y >= 1e15:
                break
            whole = np.floor(y)
            if y == whole and y / power == x:
                count = int(whole)
                point = len(np.str_int(count)) - k
                while count % 10 == 0:
                    count //= 10
                return np.str_int(count), point
            power *= 10.0
    m, e = np.float_scale(x)
    low = half
    if half == 2:
        if m == 4503599627370496 and e > -1074:
            low = 1
        even = m % 2 == 0
    else:
        if m == 4503599627370496 and e > -178:
            low = half // 2
        even = m // (half // 2) % 2 == 0
    d, point = np.decimal_digits(4 * m, e - 2)
    dl, pl = np.decimal_digits(max(4 * m - low, 0), e - 2)
    dh, top = np.decimal_digits(4 * m + half, e - 2)
    v, more = np.decimal_head(d, top - point)
    l, more_low = np.decimal_head(dl, top - pl)
    h, more_high = np.decimal_head(dh, 0)
    unit = 1000000000000000000
    digits = v
    for _ in range(18):
        unit //= 10
        down = v - v % unit
        up = down + unit
        # down is at least the lower end, and up at most the upper one.
        below = down > l or (down == l and not more_low and even)
        above = up < h or (up == h and (more_high or even))
        if below or above:
            if below and above:
                rest = v - down
                other = unit - rest
                if rest > other or (rest == other and (more or down // unit % 2 == 1)):
                    down = up
            elif above:
                down = up
            digits = down
            break
    text = np.str_int(digits)
    place = top + len(text) - 18
    while digits % 10 == 0:
        digits //= 10
    return np.str_int(digits), place


def float_rounded(x: value, count: value, significant: value):
    """The digits of a float that is finite and not negative, rounded half to even to so many significant ones or ones after the point, and how many stand before the point.

    >>> f"{2.675:.2f}" == "2.67"
    """
    if x == 0:
        return "0", 1
    m, e = np.float_scale(x)
    digits, point = np.decimal_digits(m, e)
    n = len(digits)
    keep = count if significant else point + count
    if keep >= n:
        keep = n
    elif keep < 0:
        return "0", 1
    else:
        up = digits[keep] > 5
        if digits[keep] == 5:
            up = keep > 0 and digits[keep - 1] % 2 == 1
            for k in range(keep + 1, n):
                if digits[k] != 0:
                    up = True
                    break
        if up:
            k = keep - 1
            while k >= 0 and digits[k] == 9:
                k -= 1
            if k < 0:
                return "1", point + 1
            digits[k] += 1
            keep = k + 1
    while keep > 0 and digits[keep - 1] == 0:
        keep -= 1
    if keep == 0:
        return "0", 1
    out = np.empty(keep, np.uint32)
    for k in range(keep):
        out[k] = as_dtype(digits[k], np.uint32) + 48
    return text_of(out), point


def float_layout(text: value, point: value, kind: value, precision: value, alternate: value, dot: value):
    """Digits with their point and their exponent, as a format says: as e (101), f (102), g (103), or as Python prints floats (114).

    >>> f"{1.5:e}" == "1.500000e+00"
    """
    d = codes_of(text)
    n = len(d)
    decpt = point
    end = n
    scientific = False
    if kind == 101:
        scientific = True
        end = precision + 1
    elif kind == 102:
        end = decpt + precision
    elif kind == 103:
        scientific = decpt <= -4 or decpt > precision - (1 if dot else 0)
        if alternate:
            end = precision
    else:
        scientific = decpt <= -4 or decpt > 16
    exponent = 0
    if scientific:
        exponent = decpt - 1
        decpt = 1
    if not scientific and dot:
        end = max(end, decpt + 1)
    else:
        end = max(end, decpt)
    start = decpt - 1 if decpt <= 0 else 0
    size = end - start
    if end > decpt or alternate:
        size += 1
    tail = 0
    if scientific:
        tail = 5 if abs(exponent) >= 100 else 4
    out = np.empty(size + tail, np.uint32)
    at = 0
    for k in range(start, end):
        if k == decpt:
            out[at] = 46
            at += 1
        if k >= 0 and k < n:
            out[at] = d[k]
        else:
            out[at] = 48
        at += 1
    if end == decpt and alternate:
        out[at] = 46
        at += 1
    if scientific:
        out[at] = 101
        out[at + 1] = 45 if exponent < 0 else 43
        size = abs(exponent)
        if size >= 100:
            out[at + 2] = 48 + size // 100
            at += 1
        out[at + 2] = 48 + size // 10 % 10
        out[at + 3] = 48 + size % 10
    return text_of(out)


def float_by(x: value, kind: value, precision: value, alternate: value, dot: value, upper: value, percent: value):
    """The size of a float by a format.

    >>> f"{0.5:.1%}" == "50.0%"
    """
    y = abs(x)
    if percent:
        y = y * 100.0
    if x != x:
        text = "nan"
    elif y > 1.7976931348623157e308:
        text = "inf"
    elif kind == 114:
        if y == 0:
            text = np.float_layout("0", 1, kind, 0, alternate, dot)
        else:
            shortest, decpt = np.float_shortest(y, 2)
            text = np.float_layout(shortest, decpt, kind, 0, alternate, dot)
    else:
        count = precision
        if kind == 101:
            count += 1
        elif kind == 103:
            count = max(count, 1)
        rounded, point = np.float_rounded(y, count, kind != 102)
        if kind == 103:
            text = np.float_layout(rounded, point, kind, count, alternate, dot)
        else:
            text = np.float_layout(rounded, point, kind, precision, alternate, dot)
    if percent:
        text = text + "%"
    if upper:
        return np.str_upper(text)
    return text


def str_float(x: value):
    """A float as Python prints it.

    >>> str(0.1) == "0.1"
    """
    text = np.float_text(abs(x), 2, True)
    if np.float_is_below(x):
        return "-" + text
    return text


def float_text(y: value, half: value, dot: value):
    """A float that is not negative, in the fewest digits.

    >>> str(0.1) == "0.1"
    """
    if y != y:
        return "nan"
    if y > 1.7976931348623157e308:
        return "inf"
    if y == 0:
        return np.float_layout("0", 1, 114, 0, False, dot)
    shortest, decpt = np.float_shortest(y, half)
    if half != 2 and (y < 1e-4 or y >= 1e6):
        # NumPy writes an exponent for float32 from a million on.
        return np.float_layout(shortest, decpt, 101, len(shortest) - 1, False, False)
    return np.float_layout(shortest, decpt, 114, 0, False, dot)


def str_float32(x: value):
    """A float32, as a float, as NumPy prints it.

    >>> str(np.float32(0.5)) == "0.5"
    """
    y = abs(x)
    # Half of the distance to the next float32, of which the smallest are further apart than their bits say.
    half = 1073741824
    z = y
    while z > 0 and z < 1.1754943508222875e-38:
        z *= 2
        half *= 2
    text = np.float_text(y, half, True)
    if np.float_is_below(x):
        return "-" + text
    return text


def str_complex(re: value, im: value):
    """A complex number as Python prints it.

    >>> str(1 + 2j) == "(1+2j)"
    """
    right = np.float_text(abs(im), 2, False)
    if re == 0 and not np.float_is_below(re):
        if np.float_is_below(im):
            return "-" + right + "j"
        return right + "j"
    left = np.float_text(abs(re), 2, False)
    if np.float_is_below(re):
        left = "-" + left
    if np.float_is_below(im):
        return "(" + left + "-" + right + "j)"
    return "(" + left + "+" + right + "j)"


def str_list(xs: value):
    """A list as Python prints it.

    >>> str([1, 2]) == "[1, 2]"
    """
    parts = [repr(x) for x in xs]
    return "[" + ", ".join(parts) + "]"


def str_repr(s: value):
    """A string as a literal. Of characters beyond Latin-1, all are printed as they are.

    >>> repr("a") == "'a'"
    """
    x = codes_of(s)
    single = False
    double = False
    size = 2
    for c in x:
        if c == 39:
            single = True
        elif c == 34:
            double = True
        if c == 92 or c == 9 or c == 10 or c == 13:
            size += 2
        elif c < 32 or (c >= 127 and c <= 160) or c == 173:
            size += 4
        else:
            size += 1
    quote = 34 if single and not double else 39
    if quote == 39:
        for c in x:
            if c == 39:
                size += 1
    out = np.empty(size, np.uint32)
    out[0] = quote
    at = 1
    for c in x:
        short = 0
        if c == 9:
            short = 116
        elif c == 10:
            short = 110
        elif c == 13:
            short = 114
        elif c == 92 or c == quote:
            short = int(c)
        if short > 0:
            out[at] = 92
            out[at + 1] = short
            at += 2
        elif c < 32 or (c >= 127 and c <= 160) or c == 173:
            high = int(c) // 16
            low = int(c) % 16
            out[at] = 92
            out[at + 1] = 120
            out[at + 2] = high + 48 if high < 10 else high + 87
            out[at + 3] = low + 48 if low < 10 else low + 87
            at += 4
        else:
            out[at] = c
            at += 1
    out[at] = quote
    return text_of(out)
