"""Compiles NumPy-aware Python functions to small, fast WebAssembly, and runs them.

>>> import numpy as np
>>> from nopython import jit
>>> @jit
... def double(x):
...     return x * 2
>>> double(np.arange(3))
array([0, 2, 4])
"""

import os as _os
import threading as _threading

from nopython import _engine, typed, types
from nopython._arrays import asarray, empty, zeros
from nopython._build import build
from nopython._controls import button, fixed, log_slider, point, pointer, range_slider, table
from nopython._classes import jitclass
from nopython._dispatch import Dispatcher, get_num_threads, jit, literal_unroll, njit, prange, set_num_threads
from nopython._errors import CompileError
from nopython._figure import Animation, Figure, animate, interact
from nopython._ufunc import GUFunc, Vectorized, guvectorize, vectorize
from nopython._views import Bars, Image, Lines, Number, Points, Table, View
from nopython.types import *  # noqa: F403

__version__ = _engine.__version__
__all__ = [
    "Animation",
    "Bars",
    "Figure",
    "Image",
    "Lines",
    "Number",
    "Points",
    "Table",
    "View",
    "fixed",
    "animate",
    "button",
    "interact",
    "log_slider",
    "point",
    "pointer",
    "range_slider",
    "table",
    "CompileError",
    "Dispatcher",
    "GUFunc",
    "Vectorized",
    "asarray",
    "build",
    "empty",
    "get_num_threads",
    "guvectorize",
    "jit",
    "jitclass",
    "literal_unroll",
    "njit",
    "prange",
    "set_num_threads",
    "types",
    "vectorize",
    "zeros",
    *types._ALL,
]


def _after_fork():
    """A forked child has one thread, which is its main one."""
    _engine.after_fork()
    _engine.set_main_thread(_threading.get_ident())


_engine.set_main_thread(_threading.main_thread().ident)
if hasattr(_os, "register_at_fork"):
    _os.register_at_fork(after_in_child=_after_fork)
