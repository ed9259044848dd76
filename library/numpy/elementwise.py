def add(x1, x2, /):
    """Sum of two numbers, element by element; integers wrap.

    >>> np.add(np.array([1, 2, 3]), 2)
    """
    return op("+", x1, x2)


def subtract(x1, x2, /):
    """Difference of two numbers, element by element; integers wrap.

    >>> np.subtract(np.array([1, 2, 3]), 2)
    """
    return op("-", x1, x2)


def multiply(x1, x2, /):
    """Product of two numbers, element by element; integers wrap.

    >>> np.multiply(np.array([1, 2, 3]), 2)
    """
    return op("*", x1, x2)


def divide(x1, x2, /):
    """Quotient, element by element; integers are divided as float64.

    >>> np.divide(np.array([1, 2, 3]), 2)
    """
    return op("/", as_float64(x1, x2), as_float64(x2, x1))


true_divide = divide


def floor_divide(x1, x2, /):
    """Largest integer not above the quotient, element by element; 0 for an integer zero divisor.

    >>> np.floor_divide(np.array([7, -7]), 2)
    >>> np.floor_divide(np.array([7.5, -7.5]), 2.0)
    """
    return floordiv(x1, x2)


def remainder(x1, x2, /):
    """x1 - x2 * floor(x1 / x2), with the sign of x2, element by element.

    >>> np.remainder(np.array([7, -7]), 3)
    >>> np.remainder(np.array([7.5, -7.5]), 2.0)
    """
    return modulo(x1, x2)


mod = remainder


def fmod(x1, x2, /):
    """Remainder with the sign of x1, element by element.

    >>> np.fmod(np.array([7.5, -7.5]), 2.0)
    """
    dtype = result_dtype(x1, x2)
    if is_float(as_dtype(0, dtype)):
        return kernel("fmod", x1, x2)
    if dtype == np.bool_:
        dtype = np.int8
    a = as_dtype(x1, dtype)
    b = as_dtype(x2, dtype)
    m = modulo(a, b)
    if is_unsigned(a):
        return m
    return np.where(op("&", op("!=", m, 0), op("<", op("^", m, a), 0)), op("-", m, b), m)


def power(x1, x2, /):
    """x1 raised to the power x2, element by element. Integers to a negative integer power raise ValueError.

    >>> np.power(np.array([1.5, 2.0]), 3.0)
    >>> np.power(np.array([2, 3]), 3)
    """
    return power_of(x1, x2)


def float_power(x1, x2, /):
    """x1 raised to the power x2 in float64, element by element.

    >>> np.float_power(np.array([2, 3]), -1)
    """
    return power_of(as_dtype(x1, np.float64), as_dtype(x2, np.float64))


def negative(x, /):
    """Minus x, element by element.

    >>> np.negative(np.array([1, -2]))
    """
    return op("neg", x)


def positive(x, /):
    """x itself, element by element.

    >>> np.positive(np.array([-1.5, -0.0]))
    """
    if x.dtype == np.bool_:
        static_error("np.positive does not take bool; convert with .astype(np.int8)")
    return strong(x)


def absolute(x, /):
    """Absolute value, element by element.

    >>> np.absolute(np.array([1, -2]))
    """
    if is_complex(x):
        return kernel("hypot", x.real, x.imag)
    if is_unsigned(x):
        return strong(x)
    return op("abs", x)


abs = absolute


def fabs(x, /):
    """Absolute value as a float, element by element.

    >>> np.fabs(np.array([1, -2]))
    """
    return op("abs", as_float(x))


def square(x, /):
    """x * x, element by element.

    >>> np.square(np.array([1, -2]))
    """
    if x.dtype == np.bool_:
        return op("*", as_dtype(x, np.int8), as_dtype(x, np.int8))
    return op("*", x, x)


def reciprocal(x, /):
    """1 / x, element by element; of integers the quotient rounded towards zero.

    >>> np.reciprocal(np.array([2.0, 4.0]))
    >>> np.reciprocal(np.array([1, -1, 2, -3]))
    """
    if is_complex(x):
        return each("complex_reciprocal", x)
    if is_float(x):
        return op("/", 1.0, x)
    if x.dtype == np.bool_:
        return as_dtype(x, np.int8)
    if is_unsigned(x):
        return as_like(op("==", x, 1), x)
    return as_like(op("/", 1.0, as_dtype(x, np.float64)), x)


def sign(x, /):
    """-1, 0 or 1 as x is negative, zero or positive; NaN for NaN.

    >>> np.sign(np.array([1.5, -2.0, 0.0, np.nan]))
    """
    if x.dtype == np.bool_:
        static_error("np.sign does not take bool; convert with .astype(np.int8)")
    if is_complex(x):
        return each("complex_sign", x)
    if is_float(x):
        return np.where(op("==", x, x), op("-", as_like(op(">", x, 0.0), x), as_like(op("<", x, 0.0), x)), x)
    if is_unsigned(x):
        return as_like(op(">", x, 0), x)
    return op("-", as_like(op(">", x, 0), x), as_like(op("<", x, 0), x))


def sqrt(x, /):
    """Square root; NaN for negative numbers, element by element.

    >>> np.sqrt(np.array([4.0, 2.0, 0.25]))
    """
    if is_complex(x):
        return each("complex_sqrt", x)
    return op("sqrt", as_float(x))


def floor(x, /):
    """Largest integer not above x, element by element.

    >>> np.floor(np.array([1.5, -1.5, 2.5]))
    """
    if is_float(x):
        return op("floor", x)
    if is_complex(x):
        static_error("np.floor does not take complex numbers; take the parts: np.floor(z.real)")
    return strong(x)


def ceil(x, /):
    """Smallest integer not below x, element by element.

    >>> np.ceil(np.array([1.5, -1.5, 2.5]))
    """
    if is_float(x):
        return op("ceil", x)
    if is_complex(x):
        static_error("np.ceil does not take complex numbers; take the parts: np.ceil(z.real)")
    return strong(x)


def trunc(x, /):
    """x rounded towards zero, element by element.

    >>> np.trunc(np.array([1.5, -1.5, 2.5]))
    """
    if is_float(x):
        return op("trunc", x)
    if is_complex(x):
        static_error("np.trunc does not take complex numbers; take the parts: np.trunc(z.real)")
    return strong(x)


def rint(x, /):
    """x rounded to the nearest integer, ties to even, element by element.

    >>> np.rint(np.array([1.5, -1.5, 2.5]))
    """
    if is_complex(x):
        return complex(op("rint", x.real), op("rint", x.imag))
    return op("rint", as_float(x))


fix = trunc


def round(a, decimals: integer = 0):
    """a rounded to a number of decimals, ties to even, element by element. Computed as NumPy does: rint(a * 10**decimals) / 10**decimals.

    >>> np.round(np.array([1.25, -1.75, 2.5]))
    >>> np.round(np.array([1.256, 2.344]), 2)
    >>> np.round(np.array([15, 25, -35]), -1)
    """
    if a.dtype == np.bool_:
        static_error("NumPy rounds bool to float16, which nopython does not have; convert with .astype(np.int64)")
    if is_complex(a):
        return complex(np.round(a.real, decimals), np.round(a.imag, decimals))
    if not is_float(a):
        if decimals >= 0:
            return strong(a)
        return as_like(np.round(as_dtype(a, np.float64), decimals), a)
    if decimals == 0:
        return op("rint", a)
    if decimals < 0:
        return op("*", op("rint", op("/", a, 10.0 ** -decimals)), 10.0 ** -decimals)
    return op("/", op("rint", op("*", a, 10.0 ** decimals)), 10.0 ** decimals)


around = round


def copysign(x1, x2, /):
    """Absolute value of x1 with the sign of x2, element by element.

    >>> np.copysign(np.array([1.0, 2.0]), -1.0)
    """
    return op("copysign", as_float(x1, x2), as_float(x2, x1))


def degrees(x, /):
    """Radians to degrees, element by element.

    >>> np.degrees(np.array([0.5, 1.0]))
    """
    # The factor is computed in the dtype of the result, as NumPy does.
    y = as_float(x)
    return op("*", y, op("/", as_like(180.0, y), as_like(np.pi, y)))


rad2deg = degrees


def radians(x, /):
    """Degrees to radians, element by element.

    >>> np.radians(np.array([90.0, 45.0]))
    """
    y = as_float(x)
    return op("*", y, op("/", as_like(np.pi, y), as_like(180.0, y)))


deg2rad = radians


def maximum(x1, x2, /):
    """The larger of two numbers, element by element; NaN if either is NaN.

    >>> np.maximum(np.array([1.0, np.nan, 3.0]), 2.0)
    """
    return op("max", x1, x2)


def minimum(x1, x2, /):
    """The smaller of two numbers, element by element; NaN if either is NaN.

    >>> np.minimum(np.array([1.0, np.nan, 3.0]), 2.0)
    """
    return op("min", x1, x2)


def fmax(x1, x2, /):
    """The larger of two numbers, element by element; the other if one is NaN.

    >>> np.fmax(np.array([1.0, np.nan, 3.0]), 2.0)
    """
    if not is_float(x1) and not is_float(x2) and not is_complex(x1) and not is_complex(x2):
        return np.maximum(x1, x2)
    return np.where(op("|", op(">=", x1, x2), op("!=", x2, x2)), x1, x2)


def fmin(x1, x2, /):
    """The smaller of two numbers, element by element; the other if one is NaN.

    >>> np.fmin(np.array([1.0, np.nan, 3.0]), 2.0)
    """
    if not is_float(x1) and not is_float(x2) and not is_complex(x1) and not is_complex(x2):
        return np.minimum(x1, x2)
    return np.where(op("|", op("<=", x1, x2), op("!=", x2, x2)), x1, x2)


def clip(a, a_min="missing", a_max="missing", out: out = None, *, min="missing", max="missing"):
    """a limited to an interval, element by element; a limit that is None is left out.

    >>> np.clip(np.arange(5), 1, 3)
    >>> np.clip(np.arange(5), None, 3)
    >>> np.clip(np.arange(5), min=1)
    """
    if a_min == "missing" and a_max == "missing":
        return np.clip(a, None if min == "missing" else min, None if max == "missing" else max)
    if a_min == "missing":
        static_error("clip() missing 1 required positional argument: 'a_min'; write np.clip(a, max=...), or None for no limit")
    if a_max == "missing":
        static_error("clip() missing 1 required positional argument: 'a_max'; write np.clip(a, min=...), or None for no limit")
    if min != "missing" or max != "missing":
        static_error("Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden; name the limits once")
    if a_min is None:
        if a_max is None:
            if a.dtype == np.bool_:
                static_error("np.clip does not take bool without limits; convert with .astype(np.int64)")
            return strong(a)
        return op("min", a, limit_like(a_max, a))
    if a_max is None:
        return op("max", a, limit_like(a_min, a))
    if not (is_array(a) or is_array(a_min) or is_array(a_max)):
        if is_float(a):
            low = np.where(op("|", op(">=", a, a_min), op("!=", a, a)), a, a_min)
            return np.where(op("|", op("<=", low, a_max), op("!=", low, low)), low, a_max)
    return op("min", op("max", a, limit_like(a_min, a)), limit_like(a_max, a))


def where(condition: given, x: given = None, y: given = None, /):
    """x where the condition is true, y elsewhere, element by element; the condition alone gives the indices where it is true.

    >>> np.where(np.array([0, 3, 0, 5]) > 1)
    >>> np.where(np.array([True, False]), 1, 2)
    >>> np.where(np.arange(4) > 1, np.arange(4), 0.5)
    """
    if x is None:
        return np.nonzero(condition)
    if y is None:
        static_error("either both or neither of x and y should be given")
    return select(condition, x, y)


def heaviside(x1, x2, /):
    """0 for negative x1, x2 for zero, 1 for positive, element by element.

    >>> np.heaviside(np.array([-1.0, 0.0, 2.0]), 0.5)
    """
    x = as_float(x1, x2)
    return np.where(op("!=", x, x), x, np.where(op("==", x, 0.0), as_like(x2, x), as_like(op(">", x, 0.0), x)))


def nan_to_num(x, *, nan=0.0, posinf=None, neginf=None):
    """x with NaN and infinities replaced by numbers, element by element; infinities by the largest numbers if none are given.

    >>> np.nan_to_num(np.array([1.0, np.nan, np.inf]))
    """
    if is_complex(x):
        return complex(np.nan_to_num(x.real, nan=nan, posinf=posinf, neginf=neginf), np.nan_to_num(x.imag, nan=nan, posinf=posinf, neginf=neginf))
    if not is_float(x):
        return strong(x)
    largest = as_dtype(largest_of(x), x.dtype)
    high = largest if posinf is None else as_dtype(posinf, x.dtype)
    low = op("neg", largest) if neginf is None else as_dtype(neginf, x.dtype)
    finite = np.where(op("==", x, as_dtype(np.inf, x.dtype)), high, np.where(op("==", x, as_dtype(-np.inf, x.dtype)), low, x))
    return np.where(np.isnan(x), as_dtype(nan, x.dtype), finite)


def gcd(x1: integers, x2: integers, /):
    """Greatest common divisor of integers, element by element, by Euclid's algorithm; not negative.

    >>> np.gcd(12, -18)
    >>> np.gcd(np.array([12, 7]), 18)
    """
    if is_array(x1) or is_array(x2):
        return np.map_2(np.gcd, x1, x2)
    dtype = result_dtype(x1, x2)
    if is_float(as_dtype(0, dtype)):
        static_error("no integer dtype holds both uint64 and signed integers; convert one of the two")
    a = np.magnitude(as_dtype(x1, dtype))
    b = np.magnitude(as_dtype(x2, dtype))
    while b != 0:
        t = a % b
        a = b
        b = t
    return as_dtype(a, dtype)


def lcm(x1: integers, x2: integers, /):
    """Least common multiple of integers, element by element; not negative, and 0 if one is 0. Wraps in the dtype of the result.

    >>> np.lcm(12, -18)
    >>> np.lcm(np.array([4, 0]), 6)
    """
    if is_array(x1) or is_array(x2):
        return np.map_2(np.lcm, x1, x2)
    dtype = result_dtype(x1, x2)
    if is_float(as_dtype(0, dtype)):
        static_error("no integer dtype holds both uint64 and signed integers; convert one of the two")
    a = np.magnitude(as_dtype(x1, dtype))
    b = np.magnitude(as_dtype(x2, dtype))
    g = np.magnitude(np.gcd(x1, x2))
    return as_dtype(a // np.maximum(g, np.uint64(1)) * b, dtype)


def real(val):
    """The real part, which of an array is a view: of real numbers, the numbers themselves.

    >>> np.real(np.array([1.5, 2.0]))
    >>> np.real(np.array([1 + 2j, 3j]))
    """
    if is_complex(val):
        return val.real
    return +val if isinstance(val, bool) else val


def imag(val):
    """The imaginary part, which of an array is a view: of real numbers, zeros.

    >>> np.imag(np.array([1 + 2j, 3j]))
    >>> np.imag(np.array([1.5, 2.0]))
    """
    if is_array(val) and not is_complex(val):
        return np.zeros_like(val)
    return val.imag


def angle(z, deg=False):
    """The angle of complex numbers in radians, or in degrees, element by element; of real numbers, 0 or pi.

    >>> np.angle(np.array([1.0, 1j, 1 + 1j]))
    >>> np.angle(np.array([1.0, -1.0]))
    >>> np.angle(1j, deg=True)
    """
    if is_complex(z):
        a = np.arctan2(z.imag, z.real)
    else:
        a = np.arctan2(0, z)
    return a * (180 / np.pi) if deg else a


def iscomplex(x):
    """Whether the imaginary part is not zero, element by element.

    >>> np.iscomplex(np.array([1 + 1j, 2 + 0j]))
    """
    return op("!=", np.imag(as_array(x) if is_array(x) else x), 0)


def isreal(x):
    """Whether the imaginary part is zero, element by element.

    >>> np.isreal(np.array([1 + 1j, 2 + 0j]))
    """
    return np.imag(as_array(x) if is_array(x) else x) == 0


def iscomplexobj(x):
    """Whether a number or an array is of a complex dtype.

    >>> np.iscomplexobj(np.array([1 + 0j]))
    """
    return is_complex(x)


def isrealobj(x):
    """Whether a number or an array is not of a complex dtype.

    >>> np.isrealobj(np.array([1 + 0j]))
    """
    return not is_complex(x)


def conjugate(x, /):
    """The complex conjugate: of real numbers, the numbers themselves.

    >>> np.conjugate(np.array([1.5, -0.0]))
    >>> np.conjugate(np.array([1 + 2j, -3j]))
    """
    if is_complex(x):
        return as_dtype(complex(x.real, op("neg", x.imag)), x.dtype)
    if x.dtype == np.bool_:
        return as_dtype(x, np.int8)
    return np.positive(x)


conj = conjugate


def logaddexp(x1, x2, /):
    """log(exp(x1) + exp(x2)) without overflow, element by element: the larger number plus log1p(exp(-difference)).

    >>> np.logaddexp(np.array([1.0, 2.0]), 0.5)  # ~1ulp
    """
    a = as_float(x1, x2)
    b = as_float(x2, x1)
    apart = np.maximum(a, b) + np.log1p(np.exp(-np.abs(op("-", a, b))))
    return np.where(op("==", a, b), a + 0.6931471805599453, apart)


def sinc(x):
    """sin(pi x) / (pi x), and 1 at 0, element by element.

    >>> np.sinc(np.array([0.0, 0.5]))  # ~1ulp
    """
    y = np.pi * np.where(op("==", x, 0), 1.0e-20, x)
    return np.sin(y) / y


pow = power


def logaddexp2(x1, x2, /):
    """The logarithm to base 2 of 2**x1 + 2**x2, element by element.

    >>> np.logaddexp2(np.array([1.0, 2.0]), np.array([1.0, 5.0]))  # ~2ulp
    """
    large = np.maximum(as_float(x1, x2), as_float(x2, x1))
    apart = op("-", np.abs(op("-", as_float(x1, x2), as_float(x2, x1))), as_like(0, large))
    return np.where(op("==", as_float(x1, x2), as_float(x2, x1)), op("+", as_float(x1, x2), as_like(1, large)), op("+", large, op("*", np.log1p(np.exp2(-apart)), as_like(1.4426950408889634, large))))


def divmod(x1, x2):
    """The quotient rounded down and the remainder, element by element: np.floor_divide and np.remainder.

    >>> np.divmod(np.array([7, -7]), 3)
    """
    return np.floor_divide(x1, x2), np.remainder(x1, x2)
