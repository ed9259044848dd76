"""Functions whose source stands in no file, and callables that are no plain functions."""

import importlib
import linecache
import pickle
import subprocess
import sys
from functools import partial

import numpy as np
import pytest

from nopython import CompileError, guvectorize, jit, njit, types, vectorize

columns = pytest.mark.skipif(sys.version_info < (3, 11), reason="code objects have no columns")


def python(*words):
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_after_python_c():
    text = "from nopython import jit\n@jit\ndef f(x):\n    return x + 1\nprint(f(2), jit(lambda x: x * 5)(3))"
    assert python("-c", text) == ["3", "15"]
    assert python("-Wignore", "-c", text, "-c", "extra") == ["3", "15"]


def test_exec_after_python_c_has_no_source():
    text = "from nopython import jit, CompileError\ns = {}\nexec('def f(x):\\n    return x', s)\ntry: jit(s['f'])(1)\nexcept CompileError as e: print('missing-source' in str(e))"
    assert python("-c", text) == ["True"]


def test_timeit():
    setup = "from nopython import jit\n@jit\ndef f(x):\n    return x + 1"
    assert "loops," in python("-m", "timeit", "-n", "2", "-s", setup, "assert f(1) == 2")


def test_exec_with_a_name_that_linecache_knows():
    text = "def half(x):\n    return x / 2\nthird = lambda x: x / 3\n"
    linecache.cache["<registered>"] = (len(text), None, text.splitlines(keepends=True), "<registered>")
    scope = {}
    exec(compile(text, "<registered>", "exec"), scope)
    assert jit(scope["half"])(3) == 1.5 and jit(scope["third"])(3) == 1.0


def test_another_program_of_the_same_name():
    """Python 3.13 knows the text after `-c` by the name that `exec` gives its programs too."""
    known = "@jit\ndef f(x):\n    return x + 1\ntwice = jit(lambda x: x * 2)\n"
    linecache.cache["<known>"] = (len(known), None, known.splitlines(keepends=True), "<known>")
    scope = {"jit": jit}
    exec(compile(known, "<known>", "exec"), scope)
    assert scope["f"](2) == 3 and scope["twice"](2) == 4
    exec(compile("@jit\ndef f(x):\n    return x + 5\ntwice = jit(lambda x: x * 7)\n", "<known>", "exec"), scope)
    for name in ("f", "twice"):
        with pytest.raises(CompileError, match="cannot be found"):
            scope[name](2)


def test_a_file_that_changed_since_it_was_imported(tmp_path, monkeypatch):
    path = tmp_path / "changing.py"
    path.write_text("from nopython import jit\n@jit\ndef f(x):\n    return x + 1\n\n@jit\ndef same(x):\n    return x\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    changing = importlib.import_module("changing")
    assert changing.f(2) == 3
    path.write_text("from nopython import jit\n@jit\ndef f(x):\n    return x + 100\n\n@jit\ndef same(x):\n    return x\n")
    assert changing.f(2) == 3 and changing.same(2) == 2
    with pytest.raises(CompileError, match="changing.py has changed since `f` was imported") as error:
        changing.f(2.0)
    assert "importlib.reload" in str(error.value)
    path.write_text("# moved\n" + path.read_text())
    with pytest.raises(CompileError, match="has changed since"):
        changing.f(2.0)
    importlib.invalidate_caches()
    assert importlib.reload(changing).f(2.0) == 102.0


@columns
def test_lambdas_of_one_statement():
    f, g = jit(lambda x: x + 1), jit(lambda x: x * 10)
    assert (f(3), g(3)) == (4, 30)
    pair = [
        jit(lambda x: x - 1), jit(lambda x: x - 2),
        jit(lambda x: x - 3),
    ]  # fmt: skip
    assert [h(10) for h in pair] == [9, 8, 7]
    nested = lambda k: (lambda x: x * k, lambda x: x + k)  # noqa: E731
    assert [jit(h)(5) for h in nested(2)] == [10, 7]


def test_functions_of_classes():
    class Shapes:
        @staticmethod
        @njit
        def area(a, b):
            return a * b

        def method(self):
            return 1

    assert Shapes.area(2, 3) == 6
    with pytest.raises(TypeError, match="bound method"):
        njit(Shapes().method)
    with pytest.raises(TypeError, match="takes a Python function"):
        njit(Shapes)


def test_partial():
    def f(a, x, *, scale=1):
        return (a + x) * scale

    assert njit(partial(f, 2.0))(3.0) == 5.0
    tripled = njit(partial(f, scale=3))
    assert tripled(1, 2) == 9 and tripled(1, 2, scale=4) == 12
    weighted = njit(partial(lambda w, x: w * x, np.array([1.0, 2.0])))
    assert weighted(np.array([3.0, 4.0])).tolist() == [3.0, 8.0]
    shifted = partial(f, 10)

    @njit
    def outer(x):
        return shifted(x)

    assert outer(1) == 11


STEP, HALF = 3, np.float32(0.5)


def by_step(x, step=STEP, *, half=HALF, limit=-(10**3), none=None):
    return x * step * half + limit


STEP = 4


def test_defaults_have_the_values_of_the_definition():
    @jit
    def outer(x):
        return by_step(x), by_step(x, STEP)

    assert outer(2) == (by_step(2), by_step(2, 4)) == (-997, -996) and outer(2)[0].dtype == np.float32


def test_given_sources_count_in_other_functions():
    text = "def cube(x):\n    return x ** 3\n"
    scope = {}
    exec(text, scope)
    cube = jit(source=text)(scope["cube"])
    assert jit(lambda x: cube(x) + 1)(2) == 9


SCALE = 3


@jit
def inner(x):
    return x * SCALE


@jit
def scaled(x, offset=1, *, sign=1):
    """What it does."""
    return (inner(x) + offset) * sign


def test_a_pickled_function():
    again = pickle.loads(pickle.dumps(scaled))
    assert again(2) == 7 == again.py_func(2) == again.py_func(2, sign=1)
    assert again.py_func(2, sign=-1) == again(2, sign=-1) == -7
    assert again.py_func.__doc__ == again.__doc__ == "What it does."
    outer = jit(lambda x: again(x) + 1)
    assert outer(2.0) == 8.0
    third = pickle.loads(pickle.dumps(again))
    assert third(1.5) == 5.5 == third.py_func(1.5)
    assert pickle.loads(pickle.dumps(outer))(2.0) == 8.0


def test_a_pickled_function_in_another_process(tmp_path):
    path = tmp_path / "f.pickle"
    path.write_bytes(pickle.dumps(scaled))
    code = f"import pickle\nfrom nopython import jit\nf = pickle.load(open({str(path)!r}, 'rb'))\nprint(f.py_func(2), jit(lambda x: f(x) + 1)(2))"
    assert python("-c", code) == ["7", "8"]


def test_kinds_of_parameters():
    @jit
    def only(a, b=2, *, c=3):
        return a + b + c

    @jit
    def first(a, /, b):
        return a - b

    assert only(1, 2, c=5) == 8 and first(3, b=1) == 2
    for call in (lambda: only(1, 2, 3), lambda: first(a=1, b=2), lambda: only(1, c=2, d=3)):
        with pytest.raises(TypeError):
            call()


def test_any_number_of_arguments():
    @jit
    def total(*args):
        return args[0]

    assert total(1, 2) == 1 and total(2.5) == 2.5
    with pytest.raises(CompileError):
        total()


def test_options_that_would_change_results():
    for decorator in (jit, vectorize):
        with pytest.raises(ValueError, match="error_model='numpy'"):
            decorator(error_model="numpy")
    with pytest.raises(ValueError, match="forceobj"):
        jit(forceobj=True)


def test_types_and_layouts_that_are_not_there():
    with pytest.raises(AttributeError, match="complex256.*complex128"):
        types.complex256
    with pytest.raises(ValueError, match="cannot read the layout"):
        guvectorize("")(lambda a, b: None)


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ((inner,), "as a global or in a closure"),
        ((abs,), "as a global or in a closure"),
        (b"text", "a number that stands for it"),
        ((np.dtype("f4"),), "astype"),
        ((np.float32,), "astype"),
        (np.zeros(2, [("x", "f4"), ("s", "S4")]), "whose field 's' is"),
        (np.zeros(2, "M8[s]"), "astype"),
        (np.array(["a"]), "stand for the strings"),
    ],
)
def test_arguments_that_are_refused_with_a_hint(value, hint):
    with pytest.raises(TypeError, match=f"'x'.*{hint}"):
        inner(value)


def test_results_that_share_memory():
    @jit
    def parts(n):
        b = np.arange(float(n))
        return b, b[1:], b.reshape(2, -1).T, n

    whole, tail, turned, _ = parts(6)
    tail[0] = 50.0
    turned[0, 1] = 30.0
    assert whole.tolist() == [0, 50, 2, 30, 4, 5]
    assert [a.flags.writeable for a in (whole, tail, turned)] == [True] * 3
    with_argument = jit(lambda x: (x, x[1:], x))
    a = np.arange(3)
    first, rest, second = with_argument(a)
    assert first is a and second is a and np.shares_memory(rest, a)


def test_an_argument_that_is_the_result_is_the_same_object():
    same = jit(lambda x: x)
    for a in (np.arange(4), np.zeros((2, 3)).T, np.arange(9)[::2], np.broadcast_to(np.arange(3), (2, 3))):
        assert same(a) is a or a.strides[0] == 0


def test_read_only_arguments_raise_where_they_are_written():
    @jit
    def maybe(x, write):
        if write:
            x[0] = 9
        return x.sum()

    fixed = np.arange(3)
    fixed.flags.writeable = False
    wide = np.broadcast_to(np.arange(3), (2, 3))[:, 0]
    for a in (fixed, wide):
        before = a.copy()
        assert maybe(a, False) == a.sum()
        with pytest.raises(ValueError, match="read-only"):
            maybe(a, True)
        assert np.array_equal(a, before)
