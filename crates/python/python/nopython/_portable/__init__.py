"""The compiler as WebAssembly and calls in pure Python: what ``_engine.pyi`` names, for machines without the extension module.

A call goes :mod:`_function` (argument types to a kernel) → :mod:`_kernel` (an instance that no other thread uses) → :mod:`_call` (arguments to
slots, results to objects) → :mod:`_passing` (arrays), as in the extension module. :mod:`_wasmtime` and :mod:`_javascript` are the engines.
"""

from nopython._portable._command import run_command
from nopython._portable._compiler import (
    __version__,
    build,
    compile,
    figure_colours,
    figure_script,
    functions_expression,
    inspect,
    parse_signatures,
    passes,
    report,
    type_names,
    without_dicts,
)
from nopython._portable._function import Function
from nopython._portable._kernel import Kernel, restore
from nopython._portable._keys import key_of, type_parts
from nopython._portable._resident import is_resident, resident
from nopython._portable._service import after_fork


def set_main_thread(ident: int) -> None:
    """Nothing here depends on which thread is the main one: signals wait until a call has ended."""


__all__ = [
    "Function",
    "Kernel",
    "__version__",
    "after_fork",
    "build",
    "compile",
    "figure_colours",
    "figure_script",
    "functions_expression",
    "inspect",
    "is_resident",
    "key_of",
    "parse_signatures",
    "passes",
    "report",
    "resident",
    "restore",
    "run_command",
    "set_main_thread",
    "type_names",
    "type_parts",
    "without_dicts",
]
