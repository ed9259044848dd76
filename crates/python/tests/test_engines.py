"""The extension module, and WebAssembly with pure Python: the same calls give the same, and what one has pickled the other reads."""

import concurrent.futures
import os
import pathlib
import subprocess
import sys

import pytest

pytest.importorskip("nopython._native")
pytest.importorskip("wasmtime")

HERE = pathlib.Path(__file__).parent


def run(engine, *words, stdin=None, **variables):
    """The output of Python with an engine."""
    environment = {**os.environ, "NOPYTHON_ENGINE": engine, **variables}
    done = subprocess.run([sys.executable, *map(str, words)], input=stdin, capture_output=True, env=environment, cwd=HERE)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_odd_calls_give_the_same():
    native, portable = (run(engine, "odd_calls.py").decode().splitlines() for engine in ("native", "portable"))
    assert len(native) > 250
    assert [pair for pair in zip(native, portable, strict=True) if pair[0] != pair[1]] == []


DUMP = """
import pickle, sys, numpy as np
from odd_calls import views, optional
optional(1), optional(2.5), views(np.zeros(4))
sys.stdout.buffer.write(pickle.dumps([optional, views]))
"""
LOAD = """
import pickle, sys, numpy as np
from nopython import _engine
optional, views = pickle.load(sys.stdin.buffer)
kernels = len(optional.signatures)
print(_engine.portable, kernels, optional(1), optional(2.5), views(np.zeros(4))[3], len(optional.signatures))
"""


@pytest.mark.parametrize("writer, reader", [("native", "portable"), ("portable", "native")])
def test_kernels_pickle_from_one_to_the_other(writer, reader):
    dumped = run(writer, "-c", DUMP)
    assert run(reader, "-c", LOAD, stdin=dumped).decode().split()[1:] == run(writer, "-c", LOAD, stdin=dumped).decode().split()[1:]


SUM = "import nopython; print(nopython.jit(lambda a, b: a + b)(2, 3))"


def test_what_is_kept_may_be_missing_broken_or_forbidden(tmp_path):
    cache = tmp_path / "cache"
    compute = lambda folder: run("portable", "-c", SUM, NOPYTHON_CACHE_DIR=str(folder)).decode()  # noqa: E731
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        assert set(pool.map(compute, [cache] * 3)) == {"5\n"}
    (kept,) = cache.iterdir()
    whole = kept.read_bytes()
    for broken in (whole[:-1], b"", whole[:40] + bytes([whole[40] ^ 1]) + whole[41:]):
        kept.write_bytes(broken)
        assert compute(cache) == "5\n" and kept.read_bytes()[:32] == whole[:32]
    file = tmp_path / "file"
    file.write_text("")
    assert compute(file / "below") == "5\n"
    if hasattr(os, "getuid"):
        kept.chmod(0o666)
        kept.write_bytes(b"others wrote this")
        assert compute(cache) == "5\n"


def test_the_engine_has_to_be_one():
    done = subprocess.run([sys.executable, "-c", "import nopython"], env={**os.environ, "NOPYTHON_ENGINE": "other"}, capture_output=True)
    assert b"NOPYTHON_ENGINE is native or portable, not 'other'" in done.stderr
