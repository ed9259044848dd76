"""Stands in for the package `nopython` under CPython, where the functions run as they are."""

from numba import __getattr__, guvectorize, jit, njit, prange, vectorize  # noqa: F401
