"""What a jitted function offers: signatures, inspection, pickling, building for the web."""

import io
import json
import pickle
import subprocess
import sys

import numpy as np
import pytest

import nopython
from nopython import CompileError, Tuple, UniTuple, float32, float64, int32, int64, jit, types


@jit
def smooth(x):
    """Means of neighbours."""
    return (x[1:] + x[:-1]) / 2


def test_names_and_docs():
    assert smooth.__name__ == "smooth" and smooth.__doc__ == "Means of neighbours." and smooth.py_func is smooth.__wrapped__
    assert repr(smooth) == "<nopython function smooth>"


def test_type_objects():
    assert repr(float64[:, ::1]) == "float64[:, ::1]"
    assert repr(int32(int32, int32)) == "int32(int32, int32)"
    assert float64[:] == types.float64[:] and hash(float64[:]) == hash(types.float64[:]) and float64 != float32
    assert repr(types.f8) == "float64" and repr(types.void(int64)) == "none(int64)"
    with pytest.raises(TypeError, match="an axis of an array type"):
        float64[3]


def test_the_type_of_a_value():
    assert nopython.typeof(np.zeros((2, 3))) == float64[:, ::1] and nopython.typeof(np.zeros((2, 3))[:, ::2]) == float64[:, :]
    assert repr(nopython.typeof((1, np.int32(2)))) == "Tuple((int, int32,))"
    with pytest.raises(TypeError, match="there is no type for a value of type dict"):
        nopython.typeof({})


@pytest.mark.parametrize(
    "signature",
    ["float64(float64[:], int64)", float64(float64[:], int64), [float64(float64[:], int64)], (float64[:], int64)],
)
def test_signatures_in_every_notation(signature):
    @jit(signature)
    def pick(x, i):
        return x[i]

    assert pick.signatures == [(float64[:], int64)]
    assert pick(np.arange(3.0), 1) == 1.0
    assert pick(np.arange(6.0)[::2], 1) == 2.0
    with pytest.raises(TypeError, match=r"pick\(\) is not compiled for \(float32\[::1\], int\)"):
        pick(np.zeros(3, dtype=np.float32), 0)


def test_of_several_signatures_the_closest_is_taken():
    @jit([int64(int64), float64(float64), float32(float32)])
    def same(x):
        return x

    assert type(same(1)) is np.int64 and type(same(1.5)) is np.float64
    assert type(same(np.float32(1.5))) is np.float32 and type(same(np.int8(3))) is np.int64


def test_contiguous_parameters_take_other_layouts():
    @jit("void(float64[:, ::1])")
    def negate(x):
        x[:] = -x

    x = np.arange(6.0).reshape(2, 3)
    negate(x[:, ::-1])
    assert np.array_equal(x, -np.arange(6.0).reshape(2, 3))


def test_tuples_in_signatures():
    @jit([float64(Tuple((int64, float64))), int64(UniTuple(int64, 3))])
    def last(t):
        return t[len(t) - 1]

    assert last((1, 2.5)) == 2.5 and last((1, 2, 3)) == 3


def test_a_wrong_signature_is_a_compile_error():
    with pytest.raises(CompileError, match="did you mean float64"):
        jit("flaot64(int64)")(lambda x: x)


def test_compile_ahead():
    @jit
    def plus(x, y):
        return x + y

    kernel = plus.compile("(float64[::1], float64)")
    assert plus.signatures == [(float64[::1], float64)]
    assert plus.overloads[(float64[::1], float64)] is kernel
    assert plus.nopython_signatures == [float64[::1](float64[::1], float64)]
    assert kernel.wasm.startswith(b"\0asm")
    assert plus.stats.compile_seconds > 0


def test_inspection():
    smooth(np.arange(4.0))
    out = io.StringIO()
    smooth.inspect_types(out)
    assert "smooth(x: float64[::1]) -> float64[::1]" in out.getvalue()
    assert "(module" in smooth.inspect_wat()
    assert "for" in smooth.inspect_loops()
    assert smooth.inspect_wat(smooth.signatures[0]).count("(module") == 1
    (row,) = smooth.vectorize_report()[:1]
    assert row["function"] == "smooth"
    assert any(l["vectorized"] == ("float64", 2) or l["reason"] for l in row["loops"])


def test_pickle():
    smooth(np.arange(4.0))
    again = pickle.loads(pickle.dumps(smooth))
    assert again.signatures == smooth.signatures and again.__doc__ == smooth.__doc__
    assert np.array_equal(again(np.arange(4.0)), smooth(np.arange(4.0)))
    assert np.array_equal(again(np.arange(4)), smooth(np.arange(4)))
    with pytest.raises(TypeError):
        again("text")
    assert again.__dask_tokenize__() == smooth.__dask_tokenize__()


def test_pickle_of_a_closure_with_a_signature_goes_to_another_process(tmp_path):
    offset = 5

    @jit("int64(int64)")
    def shifted(x):
        return x + offset

    path = tmp_path / "shifted.pickle"
    path.write_bytes(pickle.dumps(shifted))
    code = f"import pickle; f = pickle.load(open({str(path)!r}, 'rb')); print(f(1), f.signatures)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "6 [(int64,)]\n"


def test_methods():
    class Model:
        rate = 2

        @jit
        def twice(self, x):
            return x * 2

    with pytest.raises(TypeError, match="argument 'self'"):
        Model().twice(1)


def test_build(tmp_path):
    smooth(np.arange(4.0))
    paths = nopython.build(tmp_path / "dist", smooth)
    assert sorted(p.name for p in paths) == ["smooth.d.ts", "smooth.js", "smooth.wasm"]
    assert (tmp_path / "dist/smooth.wasm").read_bytes().startswith(b"\0asm")
    (page,) = nopython.build(tmp_path / "page", smooth, html=True, name="demo")
    assert page.name == "demo.html" and "<!doctype html>" in page.read_text()
    inline = nopython.build(tmp_path / "inline", smooth, inline=True)
    assert sorted(p.name for p in inline) == ["smooth.d.ts", "smooth.js"]
    package = nopython.build(tmp_path / "npm", smooth, npm=True)
    assert sorted(p.name for p in package) == ["README.md", "package.json", "smooth.d.ts", "smooth.js", "smooth.wasm"]
    assert json.loads((tmp_path / "npm/package.json").read_text())["name"] == "smooth"
    again = nopython.build(tmp_path / "npm", smooth, npm=True)
    assert sorted(p.name for p in again) == ["smooth.d.ts", "smooth.js", "smooth.wasm"]
    with pytest.raises(ValueError, match="not both"):
        nopython.build(tmp_path, smooth, html=True, npm=True)
    with pytest.raises(ValueError, match="has not been called"):
        nopython.build(tmp_path, jit(lambda x: x))


def test_parameters_by_name_and_by_position_only():
    @jit
    def f(a, b=2, *, c=3):
        return a * 100 + b * 10 + c

    @jit
    def g(a, /, b):
        return a - b

    assert f(1) == f.py_func(1) and f(1, 5, c=7) == f.py_func(1, 5, c=7) and g(1, b=2) == -1
    for call, function in [(lambda h: h(1, 2, 3), f), (lambda h: h(1, d=3), f), (lambda h: h(a=1, b=2), g), (lambda h: h(), f)]:
        with pytest.raises(TypeError) as ours:
            call(function)
        with pytest.raises(TypeError) as pythons:
            call(function.py_func)
        assert str(ours.value).split("(")[1] == str(pythons.value).split("(")[1]


def test_singular_matrices_raise_numpys_error():
    @jit
    def solved(a):
        return np.linalg.solve(a, np.ones(2))

    with pytest.raises(np.linalg.LinAlgError, match="Singular matrix"):
        solved(np.zeros((2, 2)))
