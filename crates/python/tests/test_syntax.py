"""What CPython does not compile is a mistake here too, and what it compiles is none."""

import glob
import os
import sysconfig
import warnings

import numpy as np
import pytest
from nopython import _engine

HEAD = "import numpy as np\nfrom numba import njit\n\n\n"
KERNEL = '\n\n@njit("int64(int64)")\ndef f(x):\n{}'

# Bodies of a function of x.
BODIES = [
    '    global x\n    return x\n',
    '    nonlocal y\n    return x\n',
    '    if x:\n        continue\n    return x\n',
    '    y = x\n    global y\n    return y\n',
    '    print(y)\n    global y\n    return x\n',
    '    __debug__ = 3\n    return x\n',
    '    *a = 1, 2\n    return x\n',
    '    *a, *b = 1, 2\n    return x\n',
    '    x + 1 = 3\n    return 1\n',
    '    f() = 3\n    return 1\n',
    '    (x := 3) = 3\n    return 1\n',
    '    x := 3\n    return 1\n',
    '    del 3\n    return 1\n',
    '    1 += x\n    return 1\n',
    '    (a, b) += 1\n    return 1\n',
    '    try:\n        return 1\n    except:\n        return 2\n    except ValueError:\n        return 3\n',
    '    return [i := 0 for i in range(3)][0]\n',
    '    return sum(i for i in range(3), 1)\n',
    '    return await x\n',
    '    return 08\n',
    '    y: int = 3\n    x: int\n    return x\n',
    '    global y\n    y: int = 3\n    return x\n',
    '    match x:\n        case _: return 1\n        case 1: return 2\n',
    '    match x:\n        case y: return 1\n        case 1: return 2\n    return 0\n',
    '    return "a" b"b"\n',
    "    return '\\N{foo}' == 'a'\n",
    '    from numpy import *\n    return x\n',
    '  if x:\n      y = 1\n     z = 2\n  return x\n',
    '    yield = 3\n    return x\n',
    '    return f"{x!z}" == "a"\n',
    '    return x if x\n',
    '    True = x\n    return x\n',
    '    for 3 in range(x): pass\n    return x\n',
    '    with x as 3: pass\n    return x\n',
    '    assert (x, "msg")\n    return x\n',
    '    return (lambda a, a: a)(1, 2)\n',
    '    class A:\n        return 3\n    return x\n',
    '    return {**x for x in [1]}\n',
    '    return *x\n',
    '    return x[*x, 1:2]\n',
    '    return x.__debug__\n',
    '    import numpy as __debug__\n    return x\n',
]

# Statements beside a function that is right.
STATEMENTS = [
    '@njit("int64(int64)")\nasync def f(x):\n    return x\n',
    '@njit("int64(int64, int64)")\ndef f(x, x):\n    return x\n',
    'nonlocal y\n',
    'return 5\n',
    'break\n',
    '@njit("int64(int64)")\ndef f(x):\n    return g(a=1, a=2)\ndef g(a): return a\n',
    '@njit("int64(int64)")\ndef f(x):\n    return g(a=1, 2)\ndef g(a, b): return a\n',
    '@njit("int64(int64)")\ndef f(x, y=1, z):\n    return x\n',
    '@njit("int64(int64)")\ndef f(x, *, **k):\n    return x\n',
    '@njit("int64(int64)")\ndef f(None):\n    return 1\n',
    'from __future__ import braces\n',
    'x = 1\nfrom __future__ import annotations\n',
    'class A:\n    nonlocal q\n',
    'def g(a, *args, *more): pass\n',
    'async def g():\n    await 3\n    def h():\n        await 3\n',
    'print(await 3)\n',
    'yield 3\n',
    'def g(x): \n    try: pass\n    finally:\n        break\n',
    'for i in range(3):\n    def g(): break\n',
]


def is_python(source):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(source, "kernels.py", "exec")
        except (SyntaxError, ValueError):
            return False
    return True


def check(file, capfd):
    code = _engine.run_command(["nopython", "check", str(file)])
    return code, capfd.readouterr().err


SOURCES = [HEAD + KERNEL.format(body) for body in BODIES]
SOURCES += [HEAD + statement + KERNEL.format("    return x\n") for statement in STATEMENTS]


@pytest.mark.parametrize("source", SOURCES)
def test_what_python_refuses_is_refused(source, tmp_path, capfd):
    file = tmp_path / "kernels.py"
    file.write_text(source)
    code, text = check(file, capfd)
    if not is_python(source):
        assert code != 0 and "error[" in text, text
    else:
        assert "error[syntax-error]" not in text, text


def test_what_python_compiles_is_no_mistake(tmp_path, capfd):
    files = []
    for folder in [sysconfig.get_paths()["stdlib"], os.path.dirname(np.__file__)]:
        files += sorted(f for f in glob.glob(f"{folder}/**/*.py", recursive=True) if "site-packages" not in f[len(folder) :])
    looked_at = 0
    for file in files[::5]:
        with open(file, encoding="utf-8", errors="replace") as stream:
            source = stream.read()
        if is_python(source):
            looked_at += 1
            assert "error[syntax-error]" not in check(file, capfd)[1], file
    assert looked_at > 200
