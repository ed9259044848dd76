"""Ten loops that rules of Python's numbers would slow down: each as it is compiled, and with the rule's check written out.

    cargo xtask bench loops

measures them; tests/language/semantics.md quotes the figures.
"""

import math

import numpy as np
from numba import njit


def fitting(x):
    """A float that Python's `int` takes and 64 bits hold."""
    if not abs(x) < 2.0**63:
        if x != x:
            raise ValueError("cannot convert float NaN to integer")
        raise OverflowError("cannot convert float infinity to integer")
    return x


@njit("int64(float64[::1])")
def truncate(x):
    total = 0
    for v in x:
        total += int(v)
    return total


@njit("int64(float64[::1])")
def truncate_checked(x):
    total = 0
    for v in x:
        total += int(fitting(v))
    return total


@njit("void(float64[::1], int64[::1])")
def histogram(x, bins):
    for v in x:
        bins[int(v * 100.0)] += 1


@njit("void(float64[::1], int64[::1])")
def histogram_checked(x, bins):
    for v in x:
        bins[int(fitting(v * 100.0))] += 1


@njit("void(float64[::1], float64[::1], float64[::1])")
def interpolate(x, table, out):
    for k in range(len(x)):
        t = x[k] * 100.0
        i = math.floor(t)
        out[k] = table[i] + (t - i) * (table[i + 1] - table[i])


@njit("void(float64[::1], float64[::1], float64[::1])")
def interpolate_checked(x, table, out):
    for k in range(len(x)):
        t = x[k] * 100.0
        i = math.floor(fitting(t))
        out[k] = table[i] + (t - i) * (table[i + 1] - table[i])


@njit("void(float64[::1], int64[::1])")
def quantise(x, whole):
    for k in range(len(x)):
        whole[k] = round(x[k] * 255.0)


@njit("void(float64[::1], int64[::1])")
def quantise_checked(x, whole):
    for k in range(len(x)):
        whole[k] = round(fitting(x[k] * 255.0))


@njit("void(float64[::1], int32[::1])")
def store(x, narrow):
    for k in range(len(x)):
        narrow[k] = x[k] * 1000.0


@njit("void(float64[::1], int32[::1])")
def store_checked(x, narrow):
    for k in range(len(x)):
        v = x[k] * 1000.0
        if not abs(v) < 2.0**31:
            raise ValueError("cannot convert float NaN to integer")
        narrow[k] = v


def below(n, x):
    """n < x, exactly: where n is no float, it is compared with ⌈x⌉."""
    if abs(n) <= 2**53:
        return float(n) < x
    if not abs(x) < 2.0**63:
        return x > 0.0
    return n < math.ceil(x)


@njit("int64(int64[::1], float64[::1])")
def compare(n, x):
    count = 0
    for k in range(len(x)):
        count += int(n[k]) < float(x[k])
    return count


@njit("int64(int64[::1], float64[::1])")
def compare_checked(n, x):
    count = 0
    for k in range(len(x)):
        count += below(int(n[k]), float(x[k]))
    return count


@njit("float64(float64[::1], float)")
def power(x, y):
    total = 0.0
    for v in x:
        total += float(v) ** y
    return total


@njit("float64(float64[::1], float)")
def power_checked(x, y):
    total = 0.0
    for v in x:
        p = float(v) ** y
        if abs(p) == np.inf and abs(v) < np.inf and abs(y) < np.inf:
            raise OverflowError("(34, 'Numerical result out of range')")
        total += p
    return total


def sum_of(a, b):
    """a + b, which wraps where both have the sign that it has not."""
    s = a + b
    if (a ^ s) & (b ^ s) < 0:
        raise OverflowError("the sum does not fit 64 bits")
    return s


def product_of(a, b):
    """a · b, which fits where both have 31 bits, or the quotient is the other."""
    p = a * b
    if abs(a) | abs(b) >= 2**31 and a != 0 and p // a != b:
        raise OverflowError("the product does not fit 64 bits")
    return p


@njit("int64(int64[::1])")
def squares(n):
    total = 0
    for v in n:
        total += int(v) * int(v)
    return total


@njit("int64(int64[::1])")
def squares_checked(n):
    total = 0
    for v in n:
        total = sum_of(total, product_of(int(v), int(v)))
    return total


def raised(base, exponent):
    """base ** exponent by repeated squaring."""
    result = 1
    while exponent > 0:
        if exponent & 1 == 1:
            result *= base
        base *= base
        exponent >>= 1
    return result


def raised_checked(base, exponent):
    """base ** exponent by repeated squaring."""
    result = 1
    while exponent > 0:
        if exponent & 1 == 1:
            result = product_of(result, base)
        exponent >>= 1
        if exponent > 0:
            base = product_of(base, base)
    return result


@njit("int64(int64[::1], int)")
def integer_power(n, exponent):
    total = 0
    for v in n:
        total ^= raised(int(v), exponent)
    return total


@njit("int64(int64[::1], int)")
def integer_power_checked(n, exponent):
    total = 0
    for v in n:
        total ^= raised_checked(int(v), exponent)
    return total


@njit("void(float64[:, ::1], float64[::1])")
def row_means(rows, out):
    for k in range(len(rows)):
        total = 0.0
        for v in rows[k]:
            total += v
        out[k] = total / rows.shape[1]


@njit("void(float64[:, ::1], float64[::1])")
def row_means_checked(rows, out):
    for k in range(len(rows)):
        total = 0.0
        is_numpy = False
        for v in rows[k]:
            total += v
            is_numpy = True
        if rows.shape[1] == 0 and not is_numpy:
            raise ZeroDivisionError("float division by zero")
        out[k] = total / rows.shape[1]
