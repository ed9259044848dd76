"""The literate pages under ``tests/``, run by this package: the third engine beside wasmtime and Node.

Each call is made twice: as the page has it, so that arguments are NumPy's and the package passes them, and inside of a compiled
function without parameters, as the other engines do.
"""

import linecache
import math
import pathlib
import re
import struct
import sys
import types
import typing

import nopython
from nopython import jit

ROOT = pathlib.Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "crates/testkit/py"))

from canonical import evaluate  # noqa: E402

PRELUDE = "import math, random\nimport numpy as np\nfrom numba import njit, prange\n"


class Call(typing.NamedTuple):
    """A line of a page. ``close`` allows the last digit to differ; ``differs`` says that NumPy gives something else."""

    line: int
    expression: str
    expected: str
    close: bool
    differs: bool


#: Pages of what only modules compiled ahead of time do: here, arrays outside of functions are frozen.
AHEAD_OF_TIME = {"global_writes.md"}


def found():
    """Every page that may have calls."""
    paths = (path for folder in ("language", "numpy") for path in (ROOT / "tests" / folder).glob("*.md"))
    return sorted(path for path in paths if path.name not in AHEAD_OF_TIME)


def sections(path):
    """The sections of a page that have calls: their sources and calls."""
    kind, source, out = None, [], []
    for number, line in enumerate(path.read_text().split("\n"), 1):
        if kind is None and line.startswith("```"):
            kind = line[3:].strip()
            if kind == "py":
                source = []
            if kind == "calls":
                out.append(("\n".join(source) + "\n", []))
        elif line == "```":
            kind = None
        elif kind == "py":
            source.append(line)
        elif kind == "calls" and line.strip() and not line.strip().startswith("#"):
            expression, _, comment = line.partition("  # ")
            comment = comment.strip()
            expected = comment.removeprefix("~1ulp").strip().removeprefix("differs:").strip()
            out[-1][1].append(Call(number, expression.strip(), expected, comment.startswith("~1ulp"), comment.startswith("differs:")))
    return out


class Section:
    """The functions of a section, compiled by this package."""

    def __init__(self, name, source):
        # A program that imports from numba imports from here.
        text = PRELUDE + source
        linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
        # Classes are found by the module that they are of.
        module = types.ModuleType(f"page_{len(linecache.cache)}")
        module.__file__ = name
        sys.modules[module.__name__] = module
        self.name, self.scope = name, module.__dict__
        before, sys.modules["numba"] = sys.modules.get("numba"), nopython
        try:
            exec(compile(text, name, "exec"), self.scope)  # noqa: S102
        finally:
            del sys.modules["numba"]
            if before is not None:
                sys.modules["numba"] = before
        for key, value in list(self.scope.items()):
            if isinstance(value, types.FunctionType):
                self.scope[key] = jit(value)

    def passed(self, expression):
        """The canonical text of a call whose arguments are made by NumPy."""
        return evaluate(expression, self.scope)

    def compiled(self, expression):
        """The canonical text of a call that is compiled as a whole."""
        text = f"def call():\n    return {expression}\n"
        scope = dict(self.scope)
        exec(text, scope)  # noqa: S102
        return evaluate("compiled_call()", {"compiled_call": jit(source=text)(scope["call"])})


def agree(expected, got, close):
    """Whether two canonical texts are equal, or with ``close`` differ by one unit in the last place of floats."""
    if expected == got:
        return True
    a, b = (re.split(r"[ ,\[\]()]+", text) for text in (expected, got))
    single = False
    for x, y in zip(a, b):
        if x.startswith(("float", "int", "uint", "bool")):
            single = x.startswith("float32")
        if x != y and not (close and _neighbours(x, y, single)):
            return False
    return len(a) == len(b)


def _neighbours(a, b, single):
    try:
        x, y = float(a), float(b)
    except ValueError:
        return False
    code, bits = ("<f", "<i") if single else ("<d", "<q")
    number = lambda v: struct.unpack(bits, struct.pack(code, v))[0]  # noqa: E731
    return math.copysign(1, x) == math.copysign(1, y) and abs(number(x) - number(y)) <= 1

