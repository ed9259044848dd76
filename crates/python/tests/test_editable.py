"""Figures whose source readers edit: what the source is, and what travels."""

import math

import numpy as np
import pytest

import nopython
from nopython import _editable, _source

WEIGHTS = np.arange(6.0)
LIMIT = np.float32(2.5)
NESTED = (1, (2.0, "é"))


@nopython.njit
def helper(x: "float64", *, at: int = 2) -> float:
    # It is said here.
    return x + math.sin(at) + LIMIT


@nopython.njit(fastmath=True)
def outer(x):
    return helper(x, at=NESTED[0]) * 2


@nopython.vectorize
def each(x):
    return x if x < 2 else -x


def executed(text, arrays):
    """What a source defines, under NumPy alone."""
    scope = {array.name: array.array() for array in arrays}
    text = text.replace("from nopython import njit, vectorize", "").replace("from nopython import njit", "").replace("from nopython import vectorize", "")
    scope |= {"njit": lambda f: f, "vectorize": np.vectorize}
    exec(text, scope)
    return scope


def test_the_source_is_a_program_that_gives_the_same():
    def plain(a=1.0, n=3, mode="low"):
        y = each(WEIGHTS[:n]) * outer(a)
        return {"y": y if mode == "low" else -y, "sum": y.sum()}

    origin, name = _source.readable(plain)
    assert "__" not in origin.text and "# It is said here." in origin.text and "float64" not in origin.text.split("def outer")[1]
    assert origin.text.index("import numpy") < origin.text.index("LIMIT") < origin.text.index("def helper") < origin.text.index("def plain")
    scope = executed(origin.text, origin.arrays)
    wanted, got = plain(2.0, 4), scope[name](2.0, 4)
    assert np.allclose(got["y"], wanted["y"]) and np.isclose(got["sum"], wanted["sum"])


def test_names_that_are_taken_stay_apart():
    scale = LIMIT

    def vectorize(x):
        return x * scale

    def np(x):
        return vectorize(x) + 1

    def shown(a=1.0):
        return np(a) + each(a)

    origin, name = _source.readable(shown)
    assert nopython.interact(shown, editable=True)._result == shown(1.0)
    assert {"import numpy as __np__", "from nopython import vectorize as __vectorize__"} <= set(origin.text.splitlines())


def test_any_function_can_be_edited():
    @nopython.interact(editable=True)
    @nopython.njit
    def decorated(a=1.0):
        return a * 2

    for made in (decorated, nopython.interact(lambda a=1.0: a * 2, editable=True)):
        text = made._source["text"]
        assert text.startswith(f"def {made._source['name']}(") and "editable" not in text


def test_what_the_reader_gets():
    made = nopython.interact(lambda a=1.0, kind="x", table=WEIGHTS, mode=["p", "q"], n=nopython.fixed(4), b=(0, 3): table[n] * a + b, table=WEIGHTS, editable=True)
    source = made._source
    assert source["types"] == {"a": "float", "b": "int"}
    assert source["options"] == {"mode": ["'p'", "'q'"]} and source["fixed"]["kind"] == "'x'" and source["fixed"]["n"] == "4"
    name = source["fixed"]["table"]
    dtype, shape, data = source["arrays"][name]
    assert np.array_equal(np.frombuffer(bytes.fromhex(data), dtype).reshape(shape), WEIGHTS)


def test_only_figures_that_ask_carry_the_compiler(monkeypatch, tmp_path):
    _editable.compiler.cache_clear()
    monkeypatch.setattr(_editable, "_PATH", tmp_path / "none")
    plain, edited = nopython.interact(lambda a=1.0: a), nopython.interact(lambda a=1.0: a, editable=True)
    assert "nopythonCompiler" not in plain.html()
    with pytest.raises(FileNotFoundError, match="cargo xtask compiler"):
        edited.html()
    (tmp_path / "none").write_bytes(b"any")
    assert edited.html().count("nopythonCompiler") == 1
    _editable.compiler.cache_clear()
