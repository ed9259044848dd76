"""Exceptions of compiled code, and compile errors."""

import os
import pickle
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from conftest import interrupts
from nopython import CompileError, jit


@jit
def item(x, i):
    total = 0.0
    return total + x[i]


@jit
def divide(a, b):
    return a // b


@jit
def depth(n):
    if n == 0:
        return 0
    return 1 + depth(n - 1)


@jit
def square_of_zeros(n):
    a = np.zeros((n, n))
    a[0, 0] = 1.0
    return a


@jit
def steps(n):
    count = 0
    while count != n:
        count += 1
        if count > 1 << 60:
            count = 0
    return count


def notes(error):
    return "\n".join(error.value.__notes__)


def test_pythons_own_exceptions_with_their_place():
    with pytest.raises(IndexError, match="index 5 is out of bounds for axis 0 with size 3") as error:
        item(np.zeros(3), 5)
    assert "return total + x[i]" in notes(error) and os.path.basename(__file__) in notes(error) and "in item" in notes(error)
    line = item.py_func.__code__.co_firstlineno + 3
    assert f"line {line}," in notes(error)
    assert item(np.ones(3), 2) == 1.0
    with pytest.raises(ZeroDivisionError):
        divide(1, 0)


def test_raise_in_compiled_code():
    @jit
    def positive(x):
        if x < 0:
            raise ValueError("must be positive")
        return x

    with pytest.raises(ValueError, match="must be positive") as error:
        positive(-1)
    assert 'raise ValueError("must be positive")' in notes(error)


def test_nothing_is_stored_at_an_array_of_indices_of_which_one_is_out_of_range():
    @jit
    def put(x, i, v):
        x[i] = v

    @jit
    def put_pairs(x, i, j):
        x[i, j] = 1

    x = np.zeros(3)
    for v in (7.0, np.array([1.0, 2.0])):
        with pytest.raises(IndexError, match="index 9 is out of bounds for axis 0 with size 3"):
            put(x, np.array([0, 9]), v)
    with pytest.raises(IndexError, match="index 9 is out of bounds for axis 0 with size 3"):
        put(x, np.array([[0, 1], [2, 9]]), 7.0)
    assert not x.any()
    square = np.zeros((3, 3))
    with pytest.raises(IndexError, match="index 9 is out of bounds for axis 0 with size 3"):
        put_pairs(square, np.array([0, 9]), np.array([9, 0]))
    assert not square.any()


def test_what_was_written_before_an_exception_stays():
    @jit
    def count(x):
        for i in range(10):
            x[i] = i

    x = np.full(3, -1)
    with pytest.raises(IndexError):
        count(x)
    assert x.tolist() == [0, 1, 2]


def test_runaway_recursion():
    with pytest.raises(RecursionError) as error:
        depth(10**9)
    assert "in depth" in notes(error)
    assert depth(10) == 10


def test_exhausted_memory():
    for _ in range(3):
        with pytest.raises(MemoryError):
            square_of_zeros(20_000)
    assert square_of_zeros(2).tolist() == [[1, 0], [0, 0]]


@interrupts
def test_ctrl_c():
    steps(1)
    timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        steps(-1)
    assert time.monotonic() - started < 5
    assert steps(3) == 3


@interrupts
def test_ctrl_c_in_a_recursion_without_loops():
    @jit
    def fibonacci(n):
        if n < 2:
            return n
        return fibonacci(n - 1) + fibonacci(n - 2)

    fibonacci(3)
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        fibonacci(70)
    assert fibonacci(10) == 55


@interrupts
def test_ctrl_c_with_a_handler_of_the_programs_own():
    class Stop(Exception):
        pass

    def handler(*_):
        raise Stop

    old = signal.signal(signal.SIGINT, handler)
    try:
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(Stop):
            steps(-1)
    finally:
        signal.signal(signal.SIGINT, old)
    assert steps(3) == 3


def test_compile_errors_are_those_of_the_command_line():
    @jit
    def wrong(x):
        return undefined_name + x

    with pytest.raises(CompileError) as error:
        wrong(1)
    text = str(error.value)
    assert "error[undefined-name]" in text and "test_errors.py" in text and "= help:" in text
    assert '"undefined-name"' in error.value.json
    assert error.value._render_traceback_() == [f"CompileError: {text}"]
    again = pickle.loads(pickle.dumps(error.value))
    assert str(again) == text


def test_the_traceback_of_a_compile_error_is_short():
    @jit
    def wrong(x):
        return undefined_name + x

    with pytest.raises(CompileError) as error:
        wrong(1)
    # Calls are made in Python where there is no extension module.
    files = [os.path.basename(str(entry.path)) for entry in error.traceback]
    assert [file for file in files if file != "_function.py"] == ["test_errors.py", "_dispatch.py"]


def test_a_compile_error_in_a_helper_of_another_file(tmp_path, monkeypatch):
    (tmp_path / "faulty.py").write_text("\n\ndef faulty(x):\n    return x + nothing_here\n")
    monkeypatch.syspath_prepend(tmp_path)
    import faulty

    inner = faulty.faulty

    @jit
    def outer(x):
        return inner(x)

    with pytest.raises(CompileError, match=r"faulty\.py:4:16"):
        outer(1)


def test_traceback_of_an_uncaught_exception(tmp_path):
    program = tmp_path / "program.py"
    program.write_text("from nopython import jit\n@jit\ndef f(a, b):\n    return a // b\nf(1, 0)\n")
    done = subprocess.run([sys.executable, program], capture_output=True, text=True)
    assert "ZeroDivisionError" in done.stderr
    if sys.version_info >= (3, 11):
        assert "line 4, in f\n    return a // b" in done.stderr


def test_every_code_of_the_package_has_a_page():
    root = Path(__file__).parents[3]
    texts = [path.read_text() for path in (root / "crates/python").rglob("*.*") if path.suffix in (".py", ".rs") and "tests" not in path.parts]
    used = {code for text in texts for code in re.findall(r"(?:error|warning)\[([a-z0-9-]+)\]", text)}
    pages = {page.stem for page in (root / "tests/errors").glob("*.md")}
    assert "missing-source" in used and used <= pages



def test_keywords_without_parameters_are_refused():
    @jit
    def named(a, **options):
        return a + len(options)

    assert named(1) == 1
    with pytest.raises(TypeError, match="name the parameter, b=None"):
        named(1, b=2)
