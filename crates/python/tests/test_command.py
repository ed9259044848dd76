"""The console script is the command line."""

import pathlib
import subprocess
import sys

import pytest

KERNELS = """
import numpy as np
from numba import njit

@njit("float64(float64[:])")
def mean(x):
    return x.sum() / x.size
"""


@pytest.mark.parametrize("program", [[sys.executable, "-m", "nopython"], [str(pathlib.Path(sys.executable).with_name("nopython"))]])
def test_commands(program, tmp_path):
    file = tmp_path / "kernels.py"
    file.write_text(KERNELS)
    run = lambda *words: subprocess.run([*program, *map(str, words)], capture_output=True, text=True)  # noqa: E731
    assert run("run", file, "mean", "[1.0, 2.0, 6.0]").stdout == "float64 3.0\n"
    assert run("build", file, "-o", tmp_path / "dist").returncode == 0 and (tmp_path / "dist/kernels.js").exists()
    failed = run("check", tmp_path / "missing.py")
    assert failed.returncode == 1 and "cannot read" in failed.stderr
    assert run("nonsense").returncode == 2 and run("--version").stdout.startswith("nopython ")
