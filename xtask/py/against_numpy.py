"""Compiles the functions of Python files and compares each with itself under CPython and NumPy.

    against_numpy.py STUBS [FILE or FOLDER ...]

Functions decorated with @njit or @jit are taken, and others that have parameters and index, loop or use NumPy. A module that defines
`cases(r)`, a generator of (function, arguments) for a random generator r, is called with those; the functions of other modules with
whatever arguments CPython accepts, tried from the kinds that parameters' names, defaults and annotations suggest, in several dtypes and
layouts. STUBS is the folder whose `numba.py` has decorators that change nothing.

Prints a line for each function and the refusals by what was missing, the most frequent first; fails if a result differs.
"""

import ast
import collections
import contextlib
import copy
import importlib.util
import inspect
import io
import itertools
import pathlib
import signal
import sys
import types
import warnings

import numpy as np

import nopython

# Rounding of transcendental functions may differ by 1 ulp, which sums of many terms carry on. A Python float that meets float32
# numbers in a loop is a float64 in compiled code, and a float32 in NumPy.
TOLERANCE = {"float64": 1e-11, "float32": 2e-6}
SECONDS = 2
MOST_CALLS = 8
MOST_TRIED = 150


class Outcome(Exception):
    """A call did not end in time."""


def load(path, numba):
    """The functions, classes and constants of a file, with `numba` standing for another module.

    Statements that fail alone, because of packages that are not installed or relative imports, are left out.
    """
    module = types.ModuleType(path.stem)
    module.__file__ = str(path)
    sys.modules["numba"] = numba
    sys.meta_path.insert(0, Submodules)
    try:
        for statement in ast.parse(path.read_text()).body:
            if isinstance(statement, (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.FunctionDef, ast.ClassDef)):
                code = compile(ast.Module([statement], []), str(path), "exec")
                with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
                    exec(code, module.__dict__)
        return module
    finally:
        sys.meta_path.remove(Submodules)
        for name in list(sys.modules):
            if name.split(".")[0] == "numba":
                del sys.modules[name]


class Submodules:
    """Finds `numba.core`, `numba.extending` and the like, with whatever names are asked of them: decorators that change nothing."""

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return importlib.util.spec_from_loader(name, cls, is_package=True) if name.startswith("numba.") else None

    @staticmethod
    def create_module(spec):
        module = types.ModuleType(spec.name)
        module.__getattr__ = absent
        return module

    @staticmethod
    def exec_module(module):
        pass


def absent(name):
    """A stand-in for a part of Numba that is not compiled: a decorator, a type, a constant."""
    if name.startswith("__"):
        raise AttributeError(name)

    def decorate(*arguments, **options):
        return arguments[0] if arguments and inspect.isfunction(arguments[0]) else lambda function: function

    return decorate


def ours():
    """nopython as `numba`, with stand-ins for what it lacks."""
    module = types.ModuleType("numba")
    module.__path__ = []
    module.__getattr__ = lambda name: getattr(nopython, name, None) or absent(name)
    return module


def functions(path):
    """Names of the functions worth compiling, in source order."""
    found = []
    for node in ast.parse(path.read_text()).body:
        if not isinstance(node, ast.FunctionDef) or node.name == "cases":
            continue
        text = " ".join(ast.unparse(d) for d in node.decorator_list)
        works = any(isinstance(n, (ast.Subscript, ast.For, ast.While)) or isinstance(n, ast.Name) and n.id == "np" for n in ast.walk(node))
        if "jit" in text or (not node.decorator_list and node.args.args and works and not text):
            found.append(node.name)
    return found


@contextlib.contextmanager
def limited():
    """At most SECONDS for what is inside."""

    def stop(*_):
        raise Outcome

    old = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


def call(function, arguments):
    """What a call gives, what it leaves in its arguments, or the exception it raises."""
    arguments = copy.deepcopy(arguments)
    with warnings.catch_warnings(), np.errstate(all="ignore"), limited():
        warnings.simplefilter("ignore")
        try:
            return "value", function(*arguments), arguments
        except (nopython.CompileError, Outcome):
            raise
        except Exception as error:  # Both sides may raise; then they must raise the same.
            return "error", f"{type(error).__name__}: {error}", arguments


def same(a, b, tolerance):
    """Whether two values agree: dtypes and shapes exactly, floats and complex numbers but for rounding."""
    if isinstance(a, (tuple, list)) or isinstance(b, (tuple, list)):
        alike = isinstance(b, (tuple, list)) and isinstance(a, (tuple, list)) and len(a) == len(b)
        return alike and all(same(x, y, tolerance) for x, y in zip(a, b))
    if a is None or b is None or isinstance(a, str):
        return a is None and b is None or a == b
    if isinstance(a, np.ndarray) != isinstance(b, np.ndarray):
        return False
    x, y = np.asarray(a), np.asarray(b)
    if isinstance(a, np.ndarray) and x.dtype != y.dtype or x.shape != y.shape:
        return False
    if "f" in x.dtype.kind + y.dtype.kind or "c" in x.dtype.kind + y.dtype.kind:
        return bool(np.allclose(x, y, rtol=tolerance, atol=tolerance, equal_nan=True))
    return bool(np.array_equal(x, y))


def kinds(parameter, r):
    """Values to try for a parameter, the likeliest first."""
    arrays = [r.random(12), r.random((5, 6)), r.integers(0, 5, 12), r.random((3, 4, 5)), r.integers(0, 5, (5, 6))]
    numbers = [3, 0.5, 1, 10, 1.0]
    if parameter.default is not inspect.Parameter.empty:
        return [parameter.default, *numbers[:2]]
    name = parameter.name.lower()
    if any(name == n or name.startswith(n) for n in ("n", "k", "size", "num", "steps", "iter", "window", "width", "order", "axis", "seed")) and len(name) < 14:
        return numbers[:1] + arrays[:1] + numbers[1:]
    return arrays[:3] + numbers[:2] + arrays[3:]


def layouts(value):
    """The value in other dtypes and layouts."""
    yield value
    if isinstance(value, np.ndarray):
        yield value.astype(np.float32 if value.dtype.kind == "f" else np.int32)
        yield np.repeat(value, 2, axis=0)[::2]
        yield np.asfortranarray(value)
        yield value[::-1]


def generated(function, r):
    """Arguments that CPython accepts."""
    parameters = [p for p in inspect.signature(function).parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    choices = [kinds(p, r) for p in parameters]
    accepted = []
    for arguments in itertools.islice(itertools.product(*choices), MOST_TRIED):
        try:
            if call(function, arguments)[0] == "value":
                accepted.append(arguments)
        except Outcome:
            continue
        if len(accepted) == 2:
            break
    for arguments in accepted:
        variants = list(zip(*(itertools.islice(itertools.cycle(list(layouts(a))), 5) for a in arguments)))
        yield from variants[:MOST_CALLS // 2] or [arguments]


def reason(error):
    """What a refusal was about, without the names of the program."""
    first = next((line for line in str(error).splitlines() if line.startswith("error[")), str(error))
    parts = first.split("`")
    return "`…`".join(parts[::2]) if len(parts) > 2 else first


def examine(path, stub):
    """(function, state, detail) for each function of a file."""
    r = np.random.default_rng(1)
    plain, compiled = load(path, stub), load(path, ours())
    calls = collections.defaultdict(list)
    if hasattr(plain, "cases"):
        for function, arguments in plain.cases(r):
            calls[function.__name__].append(arguments)
    for name in functions(path):
        reference, function = getattr(plain, name, None), getattr(compiled, name, None)
        if reference is None or function is None:
            yield name, "not called", "its definition fails here"
            continue
        if not hasattr(function, "py_func"):
            function = nopython.njit(function)
        tried = calls[name] or ([] if hasattr(plain, "cases") else list(generated(reference, r)))
        if not tried:
            yield name, "not called", "no arguments were found that CPython accepts" if not hasattr(plain, "cases") else "called by others only"
            continue
        yield name, *judge(reference, function, tried)


def is_data(value):
    """Whether a value is of a type that compiled code has."""
    if isinstance(value, (tuple, list)):
        return all(map(is_data, value))
    return value is None or isinstance(value, (bool, int, float, complex, str, np.bool_, np.number)) or isinstance(value, np.ndarray) and value.dtype.kind in "biufc"


def judge(reference, ours, tried):
    """The state of a function over its calls."""
    for arguments in tried:
        single = any(isinstance(a, np.ndarray) and a.dtype in (np.float32, np.complex64) for a in arguments)
        tolerance = TOLERANCE["float32" if single else "float64"]
        try:
            expected, got = call(reference, arguments), call(ours, arguments)
        except nopython.CompileError as error:
            return "refused", reason(error)
        except Outcome:
            return "different", "it does not end in time"
        if not is_data(expected[1]):
            return "not called", "it gives something other than numbers and arrays"
        if got[0] == "error" and got[1].startswith("TypeError") and expected[0] == "value":
            return "refused", got[1].splitlines()[0].partition("`")[0]
        if expected[0] == got[0] == "error":
            expected, got = [(state, value.partition(":")[0], left) for state, value, left in (expected, got)]
        if not (expected[0] == got[0] and same(expected[1], got[1], tolerance) and same(list(expected[2]), list(got[2]), tolerance)):
            return "different", f"for {arguments!r:.300}\n    expected {expected[1]!r:.300}\n    got      {got[1]!r:.300}"
    return "equal", f"{len(tried)} calls"


def main():
    stubs, *paths = sys.argv[1:]
    spec = importlib.util.spec_from_file_location("numba_stub", pathlib.Path(stubs) / "numba.py")
    stub = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(stub)
    stub.__path__ = []
    files = []
    for path in map(pathlib.Path, paths):
        files += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    states, refusals = collections.Counter(), collections.Counter()
    for path in files:
        print(path)
        for name, state, detail in examine(path, stub):
            states[state] += 1
            print(f"  {state:12} {name}: {detail}")
            if state == "refused":
                refusals[detail] += 1
    if refusals:
        print("\nrefused, by what was missing:")
        for what, count in refusals.most_common():
            print(f"  {count:4} {what}")
    print("\n" + ", ".join(f"{count} {state}" for state, count in states.most_common()))
    failed = states["different"]
    print(f"{sum(states.values()) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
