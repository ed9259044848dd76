"""Where sources and globals come from."""

import importlib.util
import linecache
import math
import sys
import textwrap

import numpy as np
import pytest

import nopython as npy
from nopython import CompileError, jit

SCALE = 3
FACTOR = np.float32(0.5)
TABLE = np.array([1.5, 2.5, 4.0])
PAIR = (2, 0.25)
LIMIT = -math.inf
sine = np.sin


def helper(x):
    return x * SCALE


@jit
def jitted_helper(x):
    return helper(x) + 1


@jit("float64(float64)")
def declared_helper(x):
    return x / 2


@jit
def uses_everything(x):
    return jitted_helper(x) + PAIR[0], x * FACTOR, TABLE[1] + sine(0.0), max(LIMIT, 1.0), math.pi, declared_helper(x)


def test_globals():
    got, want = uses_everything(4), uses_everything.py_func(4)
    assert [float(v) for v in got] == [float(v) for v in want]
    assert got[1].dtype == np.float64 or got[1].dtype == np.float32


ROOT = np.emath.sqrt
POLYNOMIAL = np.polynomial.polynomial.polyval
NORM = np.linalg.norm


def test_a_function_of_numpy_is_known_by_its_module():
    @jit
    def length(x):
        return NORM(x)

    values = np.array([3.0, 4.0])
    assert length(values) == np.linalg.norm(values)

    @jit
    def root(x):
        return ROOT(x)

    @jit
    def polynomial(x):
        return POLYNOMIAL(x, np.array([1.0, 2.0]))

    assert polynomial(2.0) == polynomial.py_func(2.0)
    with pytest.raises(CompileError, match="`numpy.*sqrt` is not compiled"):
        root(2.0)


NUMBERS = [2, 3, 5]
NOTHING = np.zeros((0, 3), np.float32)
NUMBER = np.array(2.5)
NAMES = {"a": 1}


def test_lists_and_arrays_without_elements_outside_of_the_function():
    @jit
    def uses(k):
        total = 0
        for number in NUMBERS:
            total += number
        return NUMBERS[k], total, len(NUMBERS), sum(NUMBERS), NOTHING.shape[1], NOTHING

    got, want = uses(1), uses.py_func(1)
    assert got[:-1] == want[:-1]
    assert got[-1].shape == want[-1].shape and got[-1].dtype == want[-1].dtype


def test_values_that_are_no_constants_say_why():
    for function, words in (
        (lambda x: x + NUMBER, r"has no dimension.*\n.*NUMBER\[\(\)\]"),
        (lambda x: x + NAMES["a"], "`dict` is not compiled"),
        (lambda x: x + len(vars()), "`vars` is not compiled"),
    ):
        with pytest.raises(CompileError, match=words):
            jit(function)(1.0)


def test_closures():
    def make(offset, inner):
        @jit
        def shifted(x):
            return inner(x) + offset

        return shifted

    assert make(10, helper)(1) == 13
    assert make(2.5, jitted_helper)(1) == 6.5


def test_recursion_and_inner_functions():
    @jit
    def factorial(n):
        if n < 2:
            return 1
        return n * factorial(n - 1)

    assert factorial(10) == math.factorial(10)


def test_one_name_in_two_modules(tmp_path):
    source = "K = 100\ndef helper(x):\n    return x + K\n"
    path = tmp_path / "elsewhere.py"
    path.write_text(source)
    spec = importlib.util.spec_from_file_location("elsewhere", path)
    elsewhere = importlib.util.module_from_spec(spec)
    sys.modules["elsewhere"] = elsewhere
    spec.loader.exec_module(elsewhere)
    other = elsewhere.helper
    K = 1

    @jit
    def both(x):
        return helper(x) + other(x) + K

    assert both(2) == 6 + 102 + 1


def test_lambda():
    square = jit(lambda x: x * x)
    assert square(3.0) == 9.0
    times = lambda k: jit(lambda x: x * k)  # noqa: E731
    assert times(3)(2) == 6


def test_exec_with_source():
    text = "def cube(x):\n    return x ** 3\n"
    scope = {}
    exec(text, scope)
    with pytest.raises(CompileError, match="source of `cube` cannot be found"):
        jit(scope["cube"])(2)
    assert jit(source=text)(scope["cube"])(2) == 8


def test_exec_with_linecache_as_notebooks_do():
    text = textwrap.dedent("""
        from nopython import jit
        import numpy as np
        STEP = 2

        @jit
        def stepped(x):
            return x[::STEP]
    """)
    name = "<ipython-input-7-cell>"
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    scope = {"__name__": "__main__"}
    exec(compile(text, name, "exec"), scope)
    assert scope["stepped"](np.arange(5)).tolist() == [0, 2, 4]


def test_annotations_do_not_convert():
    def annotated(x: float, y: "int" = 2) -> float:
        return x * y

    @jit
    def outer(x):
        return annotated(x)

    assert outer(3) == 6 and isinstance(outer(3), int)


def test_a_module_that_is_not_compiled():
    @jit
    def reads(path):
        return sys.getsizeof(path)

    with pytest.raises(CompileError, match="sys"):
        reads(1)


def test_numbas_options_are_accepted():
    @npy.njit(nopython=True, cache=True, fastmath=False, parallel=True, nogil=True, boundscheck=True, error_model="python", inline="always")
    def total(n):
        s = 0
        for i in npy.prange(n):
            s += i
        return s

    assert total(10) == 45 == total.py_func(10)
    with pytest.raises(TypeError, match="unexpected keyword argument 'nonsense'"):
        npy.njit(nonsense=1)


def test_arrays_outside_of_the_function_are_constants():
    weights = np.array([0.25, 0.5, 0.25])

    @jit
    def smooth(x, i):
        """Docstring."""
        for k in range(3):
            if i + k >= 0:
                x[i + k] = weights[k]
        return weights[i]

    x = np.zeros(4)
    assert smooth(x, 1) == 0.5 and x.tolist() == [0, 0.25, 0.5, 0.25]
    with pytest.raises(IndexError) as error:
        smooth(x, 2)
    line = smooth.py_func.__code__.co_firstlineno + 5
    assert f"line {line}," in error.value.__notes__[0] and "x[i + k] = weights[k]" in error.value.__notes__[0]
    one_line = jit(lambda i: weights[i])
    assert one_line(2) == 0.25
