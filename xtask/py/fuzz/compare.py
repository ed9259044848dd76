"""One program under CPython with NumPy and compiled, compared."""

import contextlib
import importlib.util
import itertools
import os
import re
import sys
import tempfile
import traceback
import warnings

import generate
import node
import nopython
import numpy as np
from nopython import _engine

FOLDER = tempfile.mkdtemp(prefix="nopython-fuzz-")
COUNT = itertools.count()
ARRAYS = {"np": np}


@contextlib.contextmanager
def compiled_with(**options):
    """Functions are compiled with options of the compiler inside of this."""
    plain = _engine.compile
    _engine.compile = lambda *arguments: plain(*arguments, **options)
    try:
        yield
    finally:
        _engine.compile = plain


def load(source):
    """The function `f` of a source, from a file of its own."""
    name = f"program_{os.getpid()}_{next(COUNT)}"
    path = os.path.join(FOLDER, f"{name}.py")
    with open(path, "w") as file:
        file.write(generate.HEAD + source)
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    # Decorators of classes look their module up.
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module.f, path


def outcome(function, arguments):
    """What a call gives: a value or the class of an exception, and the arguments after it."""
    try:
        return function(*arguments), None, arguments
    except nopython.CompileError:
        raise
    except (RecursionError, MemoryError, KeyboardInterrupt, RuntimeError, ArithmeticError, LookupError, ValueError, TypeError, NameError, AttributeError) as error:
        return None, error, arguments


def line_in(path, error):
    """The line of a file at which an error of CPython's was raised, or what the file called."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
    return lines[-1] if lines else None


def line_said(error):
    """The line that an error of compiled code names, if it names one."""
    found = re.search(r"line (\d+),", "".join(getattr(error, "__notes__", [])))
    return int(found[1]) if found else None


def equal(a, b):
    """Whether two values are alike: arrays to the bit, numbers by value."""
    if isinstance(a, list):
        return isinstance(b, list) and len(a) == len(b) and all(map(equal, a, b))
    if isinstance(a, tuple):
        return isinstance(b, tuple) and len(a) == len(b) and all(map(equal, a, b))
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        if not (isinstance(a, np.ndarray) and isinstance(b, np.ndarray)) or a.dtype != b.dtype or a.shape != b.shape:
            return False
        if a.dtype.kind != "f":
            return bool((a == b).all())
        return bool(((a == b) & (np.signbit(a) == np.signbit(b)) | np.isnan(a) & np.isnan(b)).all())
    if a is None or b is None:
        return a is b
    if isinstance(a, (int, np.integer, np.bool_)) and isinstance(b, (int, np.integer, np.bool_)):
        return int(a) == int(b)
    a, b = float(a), float(b)
    # The sign of the zero that is the smallest of several is left to the machine.
    return a == b or a != a and b != b


def shared(value):
    """Which lists of a value are one: numbers in the order in which lists are met."""
    met, order = {}, []

    def walk(value):
        if isinstance(value, list):
            order.append(met.setdefault(id(value), len(met)))
            if order.count(order[-1]) > 1:
                return
        if isinstance(value, (list, tuple)):
            for item in value:
                walk(item)

    walk(value)
    return order


class Difference(Exception):
    """A program that gives something else when it is compiled. `form` tells kinds of differences apart."""

    def __init__(self, message, form):
        super().__init__(message)
        self.form = form


def check(source, arguments, options, keep=None):
    """Compares one program on lists of arguments. Gives the diagnostics' code if it is refused. `keep` gets the compiled function and, for
    each call, the arguments before it and its outcome."""
    function, path = load(source)
    calls = []
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"), compiled_with(**options):
            warnings.simplefilter("ignore")
            compiled = nopython.jit(function)
            for text in arguments:
                want, raised, after = outcome(function, eval(text, ARRAYS))
                if isinstance(raised, (TypeError, NameError)):
                    continue  # A program that is not typed as the generator believes.
                if isinstance(raised, OverflowError) and "too large" in str(raised):
                    continue
                try:
                    given = eval(text, ARRAYS)
                    before = [node.argument(value) for value in given] if keep else None
                    got, failed, left = outcome(compiled, given)
                except nopython.CompileError as error:
                    if "error[internal]" in str(error):
                        raise Difference(str(error).strip().splitlines()[0][:300], "internal") from None
                    return str(error).strip().splitlines()[0]
                if isinstance(raised, ValueError) and "broadcast" in str(raised) and isinstance(failed, OverflowError):
                    continue  # Shapes are looked at when the loop over the elements begins, after numbers are converted.
                same_error = type(raised) is type(failed) or isinstance(failed, type(raised) if raised else ())
                if (raised is None) != (failed is None) or not same_error:
                    form = f"{type(raised).__name__} {type(failed).__name__}"
                    raise Difference(f"{text}: {raised or want!r} became {failed or got!r}", form)
                if raised is not None and line_said(failed) not in (None, line_in(path, raised)):
                    raise Difference(f"{text}: {raised!r} of line {line_in(path, raised)} is said to be of line {line_said(failed)}", "line")
                if raised is None and not equal(want, got):
                    raise Difference(f"{text}: {want!r} became {got!r}", "result")
                if raised is None and shared((want, after)) != shared((got, left)):
                    raise Difference(f"{text}: lists are shared as {shared((want, after))}, which became {shared((got, left))}", "sharing")
                if not all(map(equal, after, left)):
                    raise Difference(f"{text}: arguments {after!r} became {left!r}", "arguments")
                calls.append((before, (got, failed, left)))
            if keep and calls:
                keep(compiled, calls)
    finally:
        os.unlink(path)
    return None
