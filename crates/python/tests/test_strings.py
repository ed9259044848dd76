"""Strings as arguments, results and locals; text of numbers compared with CPython's; what is printed."""

import random
import struct

import numpy as np
import pytest

import nopython
from nopython import njit


@njit
def greet(name, times=2, sep=", "):
    return sep.join([name] * times) + "!"


@njit
def shouted(xs):
    for k in range(len(xs)):
        xs[k] = xs[k].upper()
    xs.append("!")
    return sorted(xs)


@njit
def refused(s, n):
    raise ValueError(f"no {s!r}: {n / 2}")


@njit
def reported(n):
    for k in range(n):
        print("line", k, k * 0.5, (k, "x"), sep="|")
    print("no end", end="")


def test_arguments_and_results():
    assert greet("Bob") == "Bob, Bob!"
    assert greet("日😀", 3, "-") == "日😀-日😀-日😀!"
    assert greet(name="", sep="x") == "x!"
    assert greet("\ud800", 1) == "\ud800!"
    assert type(greet("a")) is str
    assert greet("ab" * 50_000, 1) == "ab" * 50_000 + "!"


def test_lists():
    xs = ["b", "é"]
    assert shouted(xs) == ["!", "B", "É"]
    assert xs == ["B", "É", "!"]


def test_refused_arguments():
    with pytest.raises(TypeError, match="bytes"):
        greet(b"a")
    with pytest.raises(nopython.CompileError, match="can only concatenate str"):
        njit(lambda s: s + 1)("a")


@njit("unicode_type(string)")
def declared(s):
    return s + s


def test_signatures():
    assert declared("ab") == "abab"
    with pytest.raises(TypeError):
        declared(1)


def test_messages():
    with pytest.raises(ValueError) as caught:
        refused("it's", 5)
    assert str(caught.value) == 'no "it\'s": 2.5'


def test_print(capsys):
    reported(2)
    assert capsys.readouterr().out == "line|0|0.0|(0, 'x')\nline|1|0.5|(1, 'x')\nno end"


@njit
def texts(xs):
    return [str(x) for x in xs]


@njit
def formats(xs):
    return [f"{x:.2f}|{x:.17g}|{x:e}|{x:.3g}|{x:,.1f}|{x:%}" for x in xs]


@njit
def integers(ns):
    return [f"{n}|{n:,}|{n:x}|{n:+020d}|{n:_b}" for n in ns]


@njit
def read(texts):
    return [float(text) for text in texts]


def floats(r, count):
    """Floats of all sizes, short and long, and those around powers of two."""
    found = []
    while len(found) < count:
        (x,) = struct.unpack("<d", struct.pack("<Q", r.getrandbits(64)))
        if np.isfinite(x):
            found.append(x)
        found.append(r.uniform(-1e6, 1e6))
        found.append(round(r.uniform(-1e6, 1e6), r.randrange(8)))
        found.append(float(f"{r.randrange(1, 1000)}e{r.randrange(-300, 300)}"))
    powers = [2.0**k for k in range(-1074, 1024)]
    return found + powers + [np.nextafter(x, 0) for x in powers] + [np.nextafter(x, np.inf) for x in powers]


def test_floats_as_text():
    xs = floats(random.Random(1), 50_000)
    assert texts(np.array(xs)) == [repr(float(x)) for x in xs]
    few = xs[::10]
    assert formats(np.array(few)) == [f"{x:.2f}|{x:.17g}|{x:e}|{x:.3g}|{x:,.1f}|{x:%}" for x in few]


def test_float32_as_text():
    r = random.Random(2)
    xs = np.array([struct.unpack("<f", struct.pack("<I", r.getrandbits(32)))[0] for _ in range(10_000)], np.float32)
    xs = np.concatenate([xs[np.isfinite(xs)], np.float32(2.0) ** np.arange(-149, 128, dtype=np.float32)])
    assert list(map(np.float32, texts(xs))) == list(xs)
    # NumPy has changed where it writes exponents.
    if str(np.float32(1e7)) == "1e+07":
        assert texts(xs) == list(map(str, xs))


def test_integers_as_text():
    r = random.Random(3)
    ns = [r.getrandbits(r.randrange(1, 64)) * r.choice((1, -1)) for _ in range(20_000)] + [0, 2**63 - 1, -(2**63)]
    assert integers(np.array(ns)) == [f"{n}|{n:,}|{n:x}|{n:+020d}|{n:_b}" for n in ns]


def test_text_as_floats():
    r = random.Random(4)
    xs = floats(r, 5_000)
    written = [repr(float(x)) for x in xs] + [f"{x:.25e}" for x in xs[::3]]
    written += [f"{r.getrandbits(60)}.{r.getrandbits(60)}5e{r.randrange(-340, 320)}" for _ in range(3_000)]
    # Halves between two floats, which are rounded to the even one, and what lies beside them.
    for _ in range(1_000):
        m, e = r.getrandbits(52) | 2**52, r.randrange(0, 60)
        half = (2 * m + 1) << e
        written += [str(half), f"{half}.000000000000000000000000000001", f"{half - 1}.99999999999999999"]
    assert read(written) == [float(text) for text in written]
