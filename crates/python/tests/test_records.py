"""Structured arrays and records as arguments and results."""

import numpy as np
import pytest
from nopython import CompileError, from_dtype, jit, literal_unroll, njit
from nopython import types as nt

P = np.dtype([("x", "f8"), ("n", "i4")])
ALIGNED = np.dtype([("b", "?"), ("x", "f8"), ("s", "i2")], align=True)
ODD = np.dtype([("k", "u1"), ("x", "f8"), ("v", "f4", (2,)), ("p", [("a", "i2"), ("c", "u1")])])
NAMED = np.dtype((np.record, [("x", "f8"), ("n", "i4")]))
TABLE = {"x": 1}


def shown(a):
    """The values of all fields; what lies between them is of no account."""
    return repr(a.tolist())


def make(dtype=P, n=6):
    a = np.zeros(n, dtype)
    a["x"] = np.arange(n) / 2
    a[a.dtype.names[-1]] = np.arange(n) if a.dtype[a.dtype.names[-1]].names is None else (0, 0)
    return a


@jit
def total(a):
    s = 0.0
    for r in a:
        s += r["x"]
    return s


@jit
def scaled(a, by):
    for i in range(len(a)):
        a[i]["x"] *= by
    a["x"][0] = -1.0
    return a


@pytest.mark.parametrize("dtype", [P, ALIGNED, ODD, NAMED])
@pytest.mark.parametrize("view", [lambda a: a, lambda a: a[::2], lambda a: a[::-1], lambda a: a[1:4], lambda a: a[:0], lambda a: a.reshape(2, 3)[:, 1]])
def test_arrays_in_and_out(dtype, view):
    a = view(make(dtype))
    assert total(a) == total.py_func(a)
    if not len(a):
        return
    mine, theirs = make(dtype), make(dtype)
    got, want = scaled(view(mine), 3.0), scaled.py_func(view(theirs), 3.0)
    assert got.dtype == want.dtype and shown(got) == shown(want)
    assert shown(mine) == shown(theirs)


def test_an_argument_that_is_returned_is_itself():
    a = make()
    assert scaled(a, 1.0) is a


@jit
def part(a):
    return a[1:3]


@jit
def one(a, i):
    return a[i]


def test_results_are_views_of_arguments():
    a = make()
    b = part(a)
    assert b.dtype == P and np.shares_memory(a, b)
    b["x"] = 50
    assert a["x"].tolist() == [0, 50, 50, 1.5, 2, 2.5]
    r = one(a, 4)
    assert type(r) is np.void and r["n"] == 4
    r["n"] = 99
    assert a["n"][4] == 99
    with pytest.raises(IndexError, match="index 6 is out of bounds for axis 0 with size 6"):
        one(a, 6)


@jit
def bump(r):
    r["n"] += 1
    r["x"] = 9.0
    return r


def test_a_record_is_passed_by_its_memory():
    a = make()
    r = bump(a[2])
    assert a["n"].tolist() == [0, 1, 3, 3, 4, 5] and a["x"][2] == 9.0
    assert r["n"] == 3 and np.shares_memory(a, r.base if r.base is not None else a)


@jit
def fresh(n):
    a = np.zeros(n, P)
    a["x"] = np.arange(n)
    return a, a[::-1], a["x"][1:], a[0]


def test_new_arrays():
    a, b, x, r = fresh(4)
    assert a.dtype == b.dtype == P and a["x"].tolist() == [0, 1, 2, 3] and b["x"].tolist() == [3, 2, 1, 0] and x.tolist() == [1, 2, 3]
    assert r["x"] == 0 and r.dtype == P
    empty, *_ = fresh(1)
    assert len(empty) == 1


@jit
def attributes(a):
    s = 0.0
    for r in a:
        s += r.x * r.n
    a[0].n = 7
    a.x[1] = 8.0
    return s + a.x.sum()


def test_record_arrays():
    mine, theirs = make(NAMED).view(np.recarray), make(NAMED).view(np.recarray)
    assert attributes(mine) == attributes.py_func(theirs)
    assert shown(mine) == shown(theirs)


@jit
def names(a):
    s = 0.0
    for name in literal_unroll(a.dtype.names):
        s = s * 10 + a[name].sum()
    return s


def test_names_and_nested_fields():
    a = make(P)
    assert names(a) == names.py_func(a)

    @jit
    def inner(a):
        a["v"][:, 1] = 3
        a[1]["p"]["a"] = -2
        q = a[2]["p"]
        q["c"] = 200
        return a["p"]["a"].sum(), a["v"].sum()

    mine, theirs = make(ODD), make(ODD)
    assert inner(mine) == inner.py_func(theirs)
    assert shown(mine) == shown(theirs)


def test_two_dimensions_and_tuples():
    @jit
    def f(a, pair):
        r, b = pair
        a[1, 0] = r
        b[0]["n"] = a.shape[1]
        return a["n"].sum() + len(b)

    for get in (f, f.py_func):
        a, b = make().reshape(2, 3), make()
        assert get(a, (b[5], b)) == 23
        assert a["n"].tolist() == [[0, 1, 2], [5, 4, 5]] and b["n"][0] == 3


def test_signatures():
    rec = from_dtype(P)
    assert rec == from_dtype(np.dtype(P.descr)) and from_dtype(np.dtype("f4")) == nt.float32

    @njit(nt.float64(rec[:], rec))
    def f(a, r):
        return a["x"].sum() + r["n"]

    a = make()
    assert f(a, a[3]) == 10.5 and f(a[::2], a[0]) == 4.5 - 1.5 and len(f.signatures) == 1
    with pytest.raises(TypeError, match="is not compiled for"):
        f(make(ALIGNED), a[0])
    assert repr(nt.typeof(a)) == "Record([(\"x\", float64, 0), (\"n\", int32, 8)], 12)[::1]"


def test_read_only_and_overlapping_arguments():
    a = make()
    a.flags.writeable = False
    assert total(a) == 7.5
    with pytest.raises(ValueError, match="read-only"):
        scaled(a, 2.0)

    @jit
    def shifted(a, b):
        for i in range(len(b)):
            b[i] = a[i]

    mine, theirs = make(), make()
    shifted(mine[:-1], mine[1:])
    shifted.py_func(theirs[:-1], theirs[1:])
    assert shown(mine) == shown(theirs)


@pytest.mark.parametrize(
    "dtype, said",
    [
        ([("s", "S8")], "a dtype whose field 's'"),
        ([("o", "O")], "a dtype whose field 'o'"),
        ([("t", "M8[s]")], "a dtype whose field 't'"),
        ([("x", ">f8")], "bytes reversed"),
        ([("z", "c16")], "a dtype whose field 'z'"),
        ([(("title", "x"), "f8")], "titles"),
    ],
)
def test_dtypes_that_are_not_compiled(dtype, said):
    with pytest.raises(TypeError, match=said):
        total(np.zeros(2, dtype))


def test_what_is_refused():
    @jit
    def compared(a):
        return a[0] == a[1]

    @jit
    def added(a):
        return a + 1

    @jit
    def unknown(a):
        return a["y"]

    for f in (compared, added, unknown):
        with pytest.raises(CompileError):
            f(make())
