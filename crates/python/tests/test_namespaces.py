"""What functions read of modules, classes and simple namespaces: constants, arrays, and helpers with what those use in turn."""

import enum
import sys
import textwrap
import types

import numpy as np
import pytest

from nopython import CompileError, jit

SETTINGS = types.SimpleNamespace(scale=2.5, table=np.arange(3.0))


class Mode(enum.IntEnum):
    FAST = 1
    SLOW = 2


class Limits:
    MOST = 7

    class Inner:
        LEAST = 3


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of two modules that use each other as real ones do."""
    (tmp_path / "strides_pkg").mkdir()
    (tmp_path / "strides_pkg/__init__.py").write_text("from strides_pkg import config, core\n")
    (tmp_path / "strides_pkg/config.py").write_text("import numpy as np\nLIMIT = 3.5\nTABLE = np.array([1.0, 2.0])\n")
    core = """
        from nopython import njit
        from strides_pkg import config

        @njit
        def scaled(x):
            return x * config.LIMIT + config.TABLE[1]

        def plain(x):
            return scaled(x) + 1
    """
    (tmp_path / "strides_pkg/core.py").write_text(textwrap.dedent(core))
    monkeypatch.syspath_prepend(tmp_path)
    import strides_pkg

    yield strides_pkg
    for name in [name for name in sys.modules if name.startswith("strides_pkg")]:
        del sys.modules[name]


def test_functions_and_values_of_a_package(package):
    core, config = package.core, package.config

    @jit
    def total(x):
        # Variables have the names that the module's functions and values have.
        scaled, LIMIT = core.scaled(x), config.LIMIT
        own = lambda core: core + 1.0  # noqa: E731
        return scaled + LIMIT + package.core.plain(x) + package.config.TABLE.sum() + own(x) + sum([config.LIMIT for _ in range(2)])

    assert total(2.0) == total.py_func(2.0)


def test_a_helper_whose_name_is_a_variable_elsewhere(package):
    from strides_pkg.core import scaled as helper

    @jit
    def total(x):
        scaled = helper(x)
        return scaled + 1.0

    assert total(2.0) == total.py_func(2.0)


def test_classes_and_namespaces_of_constants():
    @jit
    def read(mode=Mode.FAST):
        if mode == Mode.SLOW:
            return 0.0
        return SETTINGS.scale + SETTINGS.table[2] + Limits.MOST + Limits.Inner.LEAST

    assert [read(), read(Mode.SLOW), read(1)] == [read.py_func(), 0.0, read.py_func(1)]


def test_what_is_none_of_them_is_refused_by_name(package):
    core = package.core

    @jit
    def missing(x):
        return core.missing(x)

    @jit
    def whole(x):
        return x + core

    for function in (missing, whole):
        with pytest.raises(CompileError, match="`strides_pkg.core` is not compiled"):
            function(1.0)
