"""Stands in for Numba under CPython: the decorators change nothing and the types only have to be written down."""


class _Type:
    """A type expression: `float64[:, ::1]` and `void(float64, int64)` are types again."""

    def __getitem__(self, axes):
        return self

    def __call__(self, *parameters):
        return self


def _decorator(*arguments, **options):
    if len(arguments) == 1 and callable(arguments[0]) and not isinstance(arguments[0], _Type):
        return arguments[0]
    return lambda function: function


jit = njit = vectorize = guvectorize = _decorator
prange = range


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Type()
