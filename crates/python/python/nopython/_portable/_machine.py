"""The engine that runs WebAssembly: the browser's or Node's under Pyodide, the package ``wasmtime`` elsewhere.

An engine gives ``translated(wasm)``, a large module that is translated once for all processes if it can be kept, and ``Program(wasm)``. Both have
``start()``, which gives an instance:

- ``function(name, params, results)``: an export, called with the numbers of slots and giving a list of them, or ``None``. The kinds of
  slots are letters: ``i`` and ``j`` are integers of 32 and 64 bits, which are signed, ``f`` and ``d`` floats.
- ``read(at, size)`` and ``write(at, data)``: memory, as an array of bytes that is good until the next call.
- ``memory_size``: bytes of memory.
"""

import sys


class Stopped(Exception):
    """A call came to no end for a reason of the engine."""


class Raised(Stopped):
    """Compiled code called ``np.raise``, with a site and two numbers."""


class Exited(Stopped):
    """A program has ended, with a code."""


class StackOverflow(Stopped):
    """The stack of the engine has ended."""


def printed(codes):
    """Prints the bytes of code points to what ``print`` prints to."""
    sys.stdout.write(codes.tobytes().decode("utf-32-le", "surrogatepass"))


#: Memory that one instance may have, in bytes.
MOST_MEMORY = 2 << 30

if sys.platform == "emscripten":
    from nopython._portable._javascript import Program, translated
else:
    from nopython._portable._wasmtime import Program, translated

__all__ = ["MOST_MEMORY", "Exited", "Program", "Raised", "StackOverflow", "Stopped", "printed", "translated"]
