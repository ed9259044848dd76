def sin(x, /):
    """Sine of x in radians, element by element. From library/kernels, within 1 ulp.

    >>> np.sin(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_sin", x)
    return kernel("sin", x)


def cos(x, /):
    """Cosine of x in radians, element by element. From library/kernels, within 1 ulp.

    >>> np.cos(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_cos", x)
    return kernel("cos", x)


def tan(x, /):
    """Tangent of x in radians, element by element. From library/kernels, within 1 ulp.

    >>> np.tan(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_tan", x)
    return kernel("tan", x)


def arcsin(x, /):
    """Inverse sine, element by element. From library/kernels, within 1 ulp.

    >>> np.arcsin(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_arcsin", x)
    return kernel("asin", x)


def arccos(x, /):
    """Inverse cosine, element by element. From library/kernels, within 1 ulp.

    >>> np.arccos(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_arccos", x)
    return kernel("acos", x)


def arctan(x, /):
    """Inverse tangent, element by element. From library/kernels, within 1 ulp.

    >>> np.arctan(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_arctan", x)
    return kernel("atan", x)


def sinh(x, /):
    """Hyperbolic sine, element by element. From library/kernels, within 1 ulp.

    >>> np.sinh(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_sinh", x)
    return kernel("sinh", x)


def cosh(x, /):
    """Hyperbolic cosine, element by element. From library/kernels, within 1 ulp.

    >>> np.cosh(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_cosh", x)
    return kernel("cosh", x)


def tanh(x, /):
    """Hyperbolic tangent, element by element. From library/kernels, within 1 ulp.

    >>> np.tanh(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_tanh", x)
    return kernel("tanh", x)


def arcsinh(x, /):
    """Inverse hyperbolic sine, element by element. From library/kernels, within 1 ulp.

    >>> np.arcsinh(np.array([0.5, -0.0]))
    """
    if is_complex(x):
        return each("complex_arcsinh", x)
    return np.copysign(kernel("asinh", x), as_float(x))


def arccosh(x, /):
    """Inverse hyperbolic cosine, element by element. From library/kernels, within 1 ulp.

    >>> np.arccosh(np.array([1.5, 2.0]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_arccosh", x)
    return kernel("acosh", x)


def arctanh(x, /):
    """Inverse hyperbolic tangent, element by element. From library/kernels, within 1 ulp.

    >>> np.arctanh(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_arctanh", x)
    return kernel("atanh", x)


def exp(x, /):
    """e to the power x, element by element. From library/kernels, within 1 ulp.

    >>> np.exp(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_exp", x)
    return kernel("exp", x)


def exp2(x, /):
    """2 to the power x, element by element. From library/kernels, within 1 ulp.

    >>> np.exp2(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_exp2", x)
    return kernel("exp2", x)


def expm1(x, /):
    """e to the power x, minus 1, exact for small x, element by element. From library/kernels, within 1 ulp.

    >>> np.expm1(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_expm1", x)
    return kernel("expm1", x)


def log(x, /):
    """Natural logarithm, element by element. From library/kernels, within 1 ulp.

    >>> np.log(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_log", x)
    return kernel("log", x)


def log2(x, /):
    """Logarithm to base 2, element by element. From library/kernels, within 1 ulp.

    >>> np.log2(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_log2", x)
    return kernel("log2", x)


def log10(x, /):
    """Logarithm to base 10, element by element. From library/kernels, within 1 ulp.

    >>> np.log10(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_log10", x)
    return kernel("log10", x)


def log1p(x, /):
    """Natural logarithm of 1 + x, exact for small x, element by element. From library/kernels, within 1 ulp.

    >>> np.log1p(np.array([0.25, 0.5]))  # ~1ulp
    """
    if is_complex(x):
        return each("complex_log1p", x)
    return kernel("log1p", x)


def cbrt(x, /):
    """Cube root, element by element. From library/kernels, within 1 ulp.

    >>> np.cbrt(np.array([0.25, 0.5]))  # ~1ulp
    """
    return kernel("cbrt", x)


asin = arcsin


acos = arccos


atan = arctan


asinh = arcsinh


acosh = arccosh


atanh = arctanh


def arctan2(x1, x2, /):
    """Angle of the point (x2, x1) in radians, element by element.

    >>> np.arctan2(np.array([1.0, -1.0]), np.array([-1.0, 2.0]))  # ~1ulp
    """
    return kernel("atan2", x1, x2)


atan2 = arctan2


def hypot(x1, x2, /):
    """Square root of x1**2 + x2**2 without overflow, element by element.

    >>> np.hypot(np.array([3.0, 5.0]), np.array([4.0, 12.0]))
    """
    return kernel("hypot", x1, x2)
