"""The compiler and the engine: the extension module where there is one, WebAssembly and pure Python elsewhere.

``_engine.pyi`` describes both. ``NOPYTHON_ENGINE`` chooses: ``native`` or ``portable``.
"""

import importlib as _importlib
import os as _os

_CHOICES = {"native": "nopython._native", "portable": "nopython._portable"}
_NAMES = (
    "Function Kernel __version__ after_fork build compile figure_colours figure_script functions_expression inspect is_resident key_of "
    "parse_signatures passes report resident run_command set_main_thread type_names type_parts without_dicts"
).split()


def _chosen():
    name = _os.environ.get("NOPYTHON_ENGINE", "")
    if name and name not in _CHOICES:
        raise ImportError(f"NOPYTHON_ENGINE is native or portable, not {name!r}")
    if name:
        return _importlib.import_module(_CHOICES[name])
    try:
        return _importlib.import_module(_CHOICES["native"])
    except ModuleNotFoundError:
        return _importlib.import_module(_CHOICES["portable"])


_engine = _chosen()
globals().update({name: getattr(_engine, name) for name in _NAMES})


def restore(wasm, interface, origin):
    """A kernel from what ``Kernel.__reduce__`` gave. Pickles name this function, so that they are read with any engine."""
    return _engine.restore(wasm, interface, origin)


#: Whether this is WebAssembly and pure Python.
portable = _engine.__name__ == _CHOICES["portable"]
