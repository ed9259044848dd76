"""Stands in for Numba under CPython: the decorators change nothing and the types only have to be written down."""

import functools
import re
import sys

import numpy


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


jit = njit = _decorator


def guvectorize(*arguments, **options):
    """A function of the last axes, applied along all others: what NumPy makes of a layout, with the output given."""
    groups = re.findall(r"\(([^)]*)\)", arguments[-1])
    ranks = [len([name for name in group.split(",") if name.strip()]) for group in groups]
    outputs = arguments[-1].split("->")[1].count("(")

    def apply(function):
        @functools.wraps(function)
        def call(*operands):
            outer = numpy.broadcast_shapes(*(a.shape[: a.ndim - k] for a, k in zip(map(numpy.asarray, operands), ranks)))
            wide = [
                a if n >= len(ranks) - outputs else numpy.broadcast_to(a, outer + numpy.shape(a)[numpy.ndim(a) - k :])
                for n, (a, k) in enumerate(zip(operands, ranks))
            ]
            for index in numpy.ndindex(*outer):
                # An output of no axes is an array of one element.
                given = [a[index] for a in wide[:-outputs]]
                function(*given, *(a[index] if k else a[(*index, None)] for a, k in zip(wide[-outputs:], ranks[-outputs:])))

        return call

    return apply


def vectorize(*arguments, **options):
    """A function of scalars as a ufunc: the loop over elements is NumPy's. A signature in a string gives the dtype of the result."""
    plain = bool(arguments) and callable(arguments[0]) and not isinstance(arguments[0], _Type)
    texts = [s for given in arguments[:1] for s in (given if isinstance(given, list) else [given]) if isinstance(s, str)]
    otypes = [texts[0].split("(")[0]] if texts else None

    def apply(function):
        elementwise = numpy.vectorize(function, otypes=otypes)

        @functools.wraps(function)
        def call(*operands):
            return elementwise(*operands)[()]

        return call

    return apply(arguments[0]) if plain else apply


prange = range


def literal_unroll(items):
    """A loop over it is repeated for each item."""
    return items


#: Numba is a package; its parts are refused by name.
__path__ = []


class _Parts:
    """Says of modules of Numba that they are not there, instead of that this one is no package."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.startswith("numba."):
            raise ModuleNotFoundError(f"{name} is not supported: only the decorators and types of numba itself are", name=name)


sys.meta_path.append(_Parts)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Type()
