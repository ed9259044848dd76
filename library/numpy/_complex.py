def complex_isnan(x):
    """Whether a part of a complex number is not a number. Used by cmath.

    >>> np.isnan(1 + 2j)
    """
    return np.isnan(x)


def complex_isinf(x):
    """Whether a part of a complex number is infinite. Used by cmath.

    >>> np.isinf(1 + 2j)
    """
    return np.isinf(x)


def complex_isfinite(x):
    """Whether both parts of a complex number are finite. Used by cmath.

    >>> np.isfinite(1 + 2j)
    """
    return np.isfinite(x)


def complex_exp(x):
    """The exponential of a complex number.

    >>> np.exp(1 + 2j)
    """
    size = np.exp(x.real)
    if x.imag == 0:
        return complex(size, x.imag)
    if not np.isfinite(x.imag):
        if size == 0:
            return complex(size, np.copysign(size, x.imag))
        if np.isinf(size):
            return complex(size, x.imag - x.imag)
    if np.isinf(size) and np.isfinite(x.real):
        # The parts may be finite where the factor is not.
        half = np.exp(x.real / 2)
        return complex(half * np.cos(x.imag) * half, half * np.sin(x.imag) * half)
    return complex(size * np.cos(x.imag), size * np.sin(x.imag))


def complex_log(x):
    """The natural logarithm of a complex number.

    >>> np.log(1 + 2j)
    """
    large = np.maximum(np.abs(x.real), np.abs(x.imag))
    small = np.minimum(np.abs(x.real), np.abs(x.imag))
    if np.isinf(x.real) or np.isinf(x.imag):
        # Also beside a part that is no number.
        size = as_like(np.inf, x.real)
    elif 0.5 < large and large < 2:
        # Near 1 the logarithm of the square is exact to more digits.
        size = np.log1p((large - 1) * (large + 1) + small * small) / 2
    elif large > 1e38 and np.isfinite(large):
        size = np.log(np.hypot(large / 2, small / 2)) + np.log(large / large + large / large)
    else:
        size = np.log(np.hypot(large, small))
    return complex(size, np.arctan2(x.imag, x.real))


def complex_sqrt(x):
    """The square root of a complex number with a real part that is not negative.

    >>> np.sqrt(1 + 2j)
    """
    if np.isinf(x.imag):
        return complex(np.abs(x.imag), x.imag)
    if x.real == 0 and x.imag == 0:
        return complex(np.abs(x.real), x.imag)
    if np.isinf(x.real):
        rest = np.abs(x.imag - x.imag)
        if x.real < 0:
            return complex(rest, np.copysign(x.real, x.imag))
        return complex(x.real, np.copysign(rest, x.imag))
    large = np.maximum(np.abs(x.real), np.abs(x.imag))
    scale = large / large
    if large > 1e37:
        scale = scale * 0.25
    root = np.sqrt((np.abs(x.real) * scale + np.hypot(x.real * scale, x.imag * scale)) / 2)
    other = np.abs(x.imag) * scale / (root + root)
    back = np.sqrt(1 / scale)
    if x.real >= 0:
        return complex(root * back, np.copysign(other * back, x.imag))
    return complex(other * back, np.copysign(root * back, x.imag))


def complex_sinh_of(x, y):
    """The hyperbolic sine of x + yj, with the special values of C99 (annex G.6.2.5).

    >>> np.sin(0j)
    """
    if np.isfinite(y):
        if y == 0:
            return complex(np.sinh(x), y)
        if np.isinf(x):
            return complex(x * np.cos(y), np.abs(x) * np.sin(y))
        return complex(np.sinh(x) * np.cos(y), np.cosh(x) * np.sin(y))
    none = y - y
    if x == 0:
        return complex(x, none)
    if np.isinf(x):
        return complex(x, none)
    return complex(none, none)


def complex_cosh_of(x, y):
    """The hyperbolic cosine of x + yj, with the special values of C99 (annex G.6.2.4).

    >>> np.cos(0j)
    """
    if np.isfinite(y):
        if y == 0:
            return complex(np.cosh(x), np.copysign(as_like(0, x), x) * y)
        if np.isinf(x):
            return complex(np.abs(x) * np.cos(y), x * np.sin(y))
        return complex(np.cosh(x) * np.cos(y), np.sinh(x) * np.sin(y))
    none = y - y
    if x == 0:
        return complex(none, x)
    if np.isinf(x):
        return complex(np.abs(x), none)
    return complex(none, none)


def complex_sinh(x):
    """The hyperbolic sine of a complex number.

    >>> np.sinh(1j)
    """
    return np.complex_sinh_of(x.real, x.imag)


def complex_cosh(x):
    """The hyperbolic cosine of a complex number.

    >>> np.cosh(1j)
    """
    return np.complex_cosh_of(x.real, x.imag)


def complex_sin(x):
    """The sine of a complex number.

    >>> np.sin(0j)
    """
    turned = np.complex_sinh_of(-x.imag, x.real)
    return complex(turned.imag, -turned.real)


def complex_cos(x):
    """The cosine of a complex number.

    >>> np.cos(0j)
    """
    return np.complex_cosh_of(-x.imag, x.real)


def complex_tanh(x):
    """The hyperbolic tangent of a complex number (W. Kahan, Branch cuts for complex elementary functions, 1987).

    >>> np.tanh(0j)
    """
    re = x.real
    im = x.imag
    if not np.isfinite(re):
        if np.isinf(re):
            # 1 with the sign of re, and a zero with the sign of sin(2 im).
            turn = np.sin(im) * np.cos(im) if np.isfinite(im) else im
            return complex(np.copysign(as_like(1, re), re), np.copysign(as_like(0, re), turn))
        return complex(re, im if im == 0 else re)
    if not np.isfinite(im):
        return complex(re if re == 0 else im - im, im - im)
    if np.abs(re) >= 22:
        # The other terms are lost beside 1; the imaginary part is 4 sin cos exp(-2|re|).
        small = np.exp(-np.abs(re))
        return complex(np.copysign(as_like(1, re), re), 4 * np.sin(im) * np.cos(im) * small * small)
    t = np.tan(im)
    beta = 1 + t * t
    s = np.sinh(re)
    rho = np.sqrt(1 + s * s)
    if np.isinf(t):
        return complex(rho / s, 1 / t)
    denominator = 1 + beta * s * s
    return complex(beta * rho * s / denominator, t / denominator)


def complex_tan(x):
    """The tangent of a complex number.

    >>> np.tan(0j)
    """
    turned = np.complex_tanh(complex(-x.imag, x.real))
    return complex(turned.imag, -turned.real)


def complex_exp2(x):
    """2 to the power of a complex number.

    >>> np.exp2(1 + 2j)
    """
    return np.complex_exp(complex(x.real * as_like(0.6931471805599453, x.real), x.imag * as_like(0.6931471805599453, x.real)))


def complex_expm1(x):
    """The exponential of a complex number, minus 1.

    >>> np.expm1(1 + 2j)
    """
    half = np.sin(x.imag / 2)
    return complex(np.expm1(x.real) * np.cos(x.imag) - 2 * half * half, np.exp(x.real) * np.sin(x.imag))


def complex_log1p(x):
    """The logarithm of 1 plus a complex number.

    >>> np.log1p(1 + 2j)
    """
    size = np.hypot(x.real + 1, x.imag)
    return complex(np.log(size), np.arctan2(x.imag, x.real + 1))


def complex_log2(x):
    """The logarithm of a complex number to base 2.

    >>> np.log2(1 + 2j)
    """
    y = np.complex_log(x)
    return complex(y.real * as_like(1.4426950408889634, y.real), y.imag * as_like(1.4426950408889634, y.real))


def complex_log10(x):
    """The logarithm of a complex number to base 10.

    >>> np.log10(1 + 2j)
    """
    y = np.complex_log(x)
    return complex(y.real * as_like(0.4342944819032518, y.real), y.imag * as_like(0.4342944819032518, y.real))


def complex_arcsin(x):
    """The inverse sine of a complex number (W. Kahan, Branch cuts for complex elementary functions, 1987).

    >>> np.arcsin(0j)
    """
    a = np.complex_sqrt(complex(1 - x.real, -x.imag))
    b = np.complex_sqrt(complex(1 + x.real, x.imag))
    return complex(np.arctan2(x.real, a.real * b.real - a.imag * b.imag), np.arcsinh(a.real * b.imag - a.imag * b.real))


def complex_arccos(x):
    """The inverse cosine of a complex number (W. Kahan, Branch cuts for complex elementary functions, 1987).

    >>> np.arccos(0j)
    """
    a = np.complex_sqrt(complex(1 - x.real, -x.imag))
    b = np.complex_sqrt(complex(1 + x.real, x.imag))
    return complex(2 * np.arctan2(a.real, b.real), np.arcsinh(b.real * a.imag - b.imag * a.real))


def complex_arcsinh(x):
    """The inverse hyperbolic sine of a complex number.

    >>> np.arcsinh(0j)
    """
    turned = np.complex_arcsin(complex(x.imag, x.real))
    return complex(turned.imag, turned.real)


def complex_arccosh(x):
    """The inverse hyperbolic cosine of a complex number (W. Kahan, Branch cuts for complex elementary functions, 1987).

    >>> np.arccosh(2 + 0j)
    """
    a = np.complex_sqrt(complex(x.real - 1, x.imag))
    b = np.complex_sqrt(complex(x.real + 1, x.imag))
    return complex(np.arcsinh(a.real * b.real + a.imag * b.imag), 2 * np.arctan2(a.imag, b.real))


def complex_arctanh(x):
    """The inverse hyperbolic tangent of a complex number.

    >>> np.arctanh(0j)
    """
    # An odd function of each part.
    near = np.abs(x.real)
    below = (1 - near) * (1 - near) + x.imag * x.imag
    size = np.copysign(np.log1p(4 * near / below) / 4, x.real)
    if np.abs(x.real) > 1e9 or np.abs(x.imag) > 1e9:
        # 1 / x, whose size is |x|.
        large = np.maximum(np.abs(x.real), np.abs(x.imag))
        re = x.real / large
        im = x.imag / large
        return complex(re / (re * re + im * im) / large, np.copysign(as_like(np.pi / 2, re), x.imag))
    return complex(size, np.arctan2(2 * x.imag, (1 - x.real) * (1 + x.real) - x.imag * x.imag) / 2)


def complex_arctan(x):
    """The inverse tangent of a complex number.

    >>> np.arctan(0j)
    """
    turned = np.complex_arctanh(complex(-x.imag, x.real))
    return complex(turned.imag, -turned.real)


def complex_reciprocal(x):
    """1 divided by a complex number, as NumPy computes it.

    >>> np.reciprocal(1 + 2j)
    """
    if np.abs(x.imag) <= np.abs(x.real):
        r = x.imag / x.real
        d = x.real + x.imag * r
        return complex(1 / d, -r / d)
    r = x.real / x.imag
    d = x.real * r + x.imag
    return complex(r / d, -1 / d)


def complex_before(a, b):
    """Whether a complex number comes before another one in a sorted array: by real, then by imaginary parts, those with a NaN last. Used by np.sort.

    >>> np.sort(np.array([2j, 1j]))
    """
    if a.real < b.real:
        return a.imag == a.imag or b.imag != b.imag
    if a.real > b.real:
        return b.imag != b.imag and a.imag == a.imag
    if a.real == b.real or (a.real != a.real and b.real != b.real):
        return a.imag < b.imag or (b.imag != b.imag and a.imag == a.imag)
    return b.real != b.real


def complex_sign(x):
    """A complex number divided by its size.

    >>> np.sign(3 + 4j)
    """
    size = np.hypot(x.real, x.imag)
    zero = as_like(0, size)
    if np.isnan(size):
        return complex(size, size)
    if np.isinf(size):
        if np.isinf(x.real) and np.isinf(x.imag):
            return complex(size - size, size - size)
        if np.isinf(x.real):
            return complex(np.copysign(as_like(1, size), x.real), zero)
        return complex(zero, np.copysign(as_like(1, size), x.imag))
    if size == 0:
        return complex(zero, zero)
    return complex(x.real / size, x.imag / size)


def complex_polar_power(x1, x2):
    """A power of a complex number that is not zero, by its length and angle.

    >>> np.power(1 + 2j, 0.5j)
    """
    size = np.hypot(x1.real, x1.imag)
    angle = np.arctan2(x1.imag, x1.real)
    length = np.power(size, x2.real)
    phase = angle * x2.real
    if x2.imag != 0:
        length = length * np.exp(-angle * x2.imag)
        phase = phase + x2.imag * np.log(size)
    return complex(length * np.cos(phase), length * np.sin(phase))


def complex_repeated(x1, n):
    """A power of a complex number with a whole exponent that is not negative, by repeated squaring.

    >>> np.power(1 + 2j, 5 + 0j)
    """
    result = complex(as_like(1, x1.real), as_like(0, x1.real))
    square = complex(x1.real, x1.imag)
    rest = n
    while rest > 0:
        if rest & 1 == 1:
            result = result * square
        square = square * square
        rest = rest >> 1
    return result


def complex_power(x1, x2):
    """A complex number to a complex power, as NumPy computes it.

    >>> np.power(1 + 2j, 3 + 0j)
    """
    if x2.real == 0 and x2.imag == 0:
        return complex(as_like(1, x1.real), as_like(0, x1.real))
    if x1.real == 0 and x1.imag == 0:
        if x2.real > 0:
            return complex(as_like(0, x1.real), as_like(0, x1.real))
        return complex(as_like(np.nan, x1.real), as_like(np.nan, x1.real))
    if x2.imag == 0 and -100 < x2.real and x2.real < 100 and x2.real == np.floor(x2.real):
        n = int(x2.real)
        if n == 1:
            return x1
        if n == 2:
            return x1 * x1
        if n == 3:
            return x1 * (x1 * x1)
        power = np.complex_repeated(x1, abs(n))
        if n < 0:
            return complex(as_like(1, x1.real), as_like(0, x1.real)) / power
        return power
    return np.complex_polar_power(x1, x2)


def python_complex_power(x1, x2):
    """A complex number to a complex power, as Python computes it.

    >>> pow(1 + 2j, 3)
    """
    if x2.imag == 0 and x2.real == np.floor(x2.real) and np.abs(x2.real) <= 100:
        n = int(x2.real)
        power = np.complex_repeated(x1, abs(n))
        if n > 0:
            return power
        if power.real == 0 and power.imag == 0:
            raise ZeroDivisionError("0.0 to a negative or complex power")
        return complex(1.0, 0.0) / power
    if x2.real == 0 and x2.imag == 0:
        return complex(1.0, 0.0)
    if x1.real == 0 and x1.imag == 0:
        if x2.imag != 0 or x2.real < 0:
            raise ZeroDivisionError("0.0 to a negative or complex power")
        return complex(0.0, 0.0)
    power = np.complex_polar_power(x1, x2)
    if (np.isinf(power.real) or np.isinf(power.imag)) and np.isfinite(x1.real) and np.isfinite(x1.imag):
        raise OverflowError("complex exponentiation")
    return power


def cmath_phase(z):
    """The angle of a complex number.

    >>> np.log(1 + 2j)
    """
    return np.arctan2(z.imag, z.real)


def cmath_polar(z):
    """The length and the angle of a complex number.

    >>> np.abs(1 + 2j)
    """
    size = np.hypot(z.real, z.imag)
    if np.isinf(size) and np.isfinite(z.real) and np.isfinite(z.imag):
        raise OverflowError("math range error")
    return size, np.arctan2(z.imag, z.real)


def cmath_exp(z):
    """Python's exponential of a complex number.

    >>> np.exp(1 + 2j)
    """
    if np.isinf(z.imag) and (np.isfinite(z.real) or z.real > 0):
        raise ValueError("math domain error")
    return np.cmath_checked(np.complex_exp(z), z)


def cmath_log(z):
    """Python's logarithm of a complex number.

    >>> np.log(1 + 2j)
    """
    if z.real == 0 and z.imag == 0:
        raise ValueError("math domain error")
    return np.complex_log(z)


def cmath_sqrt(z):
    """Python's square root of a complex number.

    >>> np.sqrt(1 + 2j)
    """
    return np.complex_sqrt(z)


def cmath_sin(z):
    """Python's sine of a complex number.

    >>> np.sin(0j)
    """
    if np.isinf(z.real) and not np.isnan(z.imag):
        raise ValueError("math domain error")
    return np.cmath_checked(np.complex_sin(z), z)


def cmath_cos(z):
    """Python's cosine of a complex number.

    >>> np.cos(0j)
    """
    if np.isinf(z.real) and not np.isnan(z.imag):
        raise ValueError("math domain error")
    return np.cmath_checked(np.complex_cos(z), z)


def cmath_checked(value, z):
    """A result that Python refuses where it is infinite though the argument is not.

    >>> np.exp(1j)
    """
    infinite = np.isinf(value.real) or np.isinf(value.imag)
    if infinite and np.isfinite(z.real) and np.isfinite(z.imag):
        raise OverflowError("math range error")
    return value


def cmath_rect(size, angle):
    """The complex number of a length and an angle.

    >>> np.exp(1j)
    """
    if np.isinf(angle) and size != 0 and not np.isnan(size):
        raise ValueError("math domain error")
    if angle == 0:
        return complex(size, np.copysign(0.0, size) * angle)
    return complex(size * np.cos(angle), size * np.sin(angle))
