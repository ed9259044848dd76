"""Values in and out: every dtype and layout, against the undecorated function under NumPy."""

import numpy as np
import pytest
from conftest import DTYPES, layouts, same

from nopython import jit


@jit
def double(x):
    return x + x


@jit
def identity(x):
    return x


@jit
def several(x, pair, flag):
    return x[0], pair[1], (flag,)


@jit
def fill(x, value):
    x[1:] = value


@jit
def add_into(out, x):
    for i in range(out.shape[0]):
        out[i] = x[i] * 2


def test_arrays_of_every_dtype_and_layout(dtype):
    array = np.array([[1, 0, 1], [0, 1, 1]], dtype=dtype)
    for name, layout in layouts(array).items():
        assert same(double(layout), double.py_func(layout)), name


def test_ranks_and_empty_arrays():
    for shape in [(0,), (3,), (0, 3), (3, 0), (2, 1, 3), (1, 2, 1, 2)]:
        x = np.arange(np.prod(shape), dtype=np.float64).reshape(shape)
        assert same(double(x), x + x), shape


def test_numpy_scalars(dtype):
    value = dtype.type(1)
    assert same(double(value), double.py_func(value))
    assert same(identity(value), value)


@pytest.mark.parametrize("value", [True, False, 0, -5, 2**63 - 1, 0.5, float("inf"), float("nan"), None])
def test_python_scalars(value):
    assert same(identity(value), value)


def test_an_array_without_dimensions_is_a_scalar():
    assert same(double(np.array(2.5)), np.float64(5.0))


def test_an_int_of_more_than_64_bits():
    with pytest.raises(OverflowError, match="argument 'x' takes int"):
        identity(2**63)


def test_tuples_and_none():
    x = np.array([3.0, 4.0])
    args = (x, (1, np.int8(2)), True)
    assert same(several(*args), (np.float64(3.0), np.int8(2), (True,)))
    assert same(several(*args), several.py_func(*args))
    assert same(identity((1, (2.5, True))), (1, (2.5, True)))


def test_changes_are_seen_by_the_caller(dtype):
    for name, layout in layouts(np.zeros((3, 2), dtype=dtype)).items():
        ours, theirs = layout, layout.copy()
        fill(ours, dtype.type(1))
        fill.py_func(theirs, dtype.type(1))
        assert np.array_equal(ours, theirs), name


def test_gaps_between_elements_stay_as_they_are():
    whole = np.full(10, 7.0)
    fill(whole[::2], 1.0)
    assert whole.tolist() == [7, 7, 1, 7, 1, 7, 1, 7, 1, 7]


@pytest.mark.parametrize("out, x", [(np.s_[1:], np.s_[:-1]), (np.s_[:-1], np.s_[1:]), (np.s_[:], np.s_[::-1]), (np.s_[:], np.s_[:])])
def test_arguments_that_overlap(out, x):
    ours, theirs = np.arange(1.0, 9.0), np.arange(1.0, 9.0)
    add_into(ours[out], ours[x])
    add_into.py_func(theirs[out], theirs[x])
    assert np.array_equal(ours, theirs)


def test_a_result_that_lies_in_an_argument_is_a_view_of_it():
    @jit
    def tail(x):
        return x[1:]

    x = np.arange(4.0)
    y = tail(x)
    y[0] = 9.0
    assert x.tolist() == [0, 9, 2, 3]
    x.flags.writeable = False
    assert not tail(x).flags.writeable


def test_a_read_only_array_is_not_written():
    x = np.zeros(3)
    x.flags.writeable = False
    with pytest.raises(ValueError, match="read-only.*'x'"):
        fill(x, 1.0)
    assert same(double(x), x + x)


class Odd:
    pass


@pytest.mark.parametrize(
    "value, says",
    [
        (range(3), "type range; pass list"),
        ([1, (2,)], "a list of items of several types"),
        (np.zeros(2, dtype=np.clongdouble), "complex256"),
        (np.zeros(2, dtype=np.float16), "float16"),
        (np.array(["a"]), "<U1"),
        (np.ma.masked_array([1.0]), "MaskedArray"),
        (np.zeros((1,) * 5), "5 dimensions"),
        (b"text", "type bytes"),
        (Odd(), "type Odd"),
    ],
)
def test_what_is_not_taken(value, says):
    with pytest.raises(TypeError, match=rf"identity\(\) argument 'x' takes .*{says}"):
        identity(value)


def test_arguments_are_bound_as_python_binds_them():
    @jit
    def power(base, /, exponent=2, *, times=1):
        return base**exponent * times

    assert power(3) == 9
    assert power(3, times=2) == 18
    assert power(2, exponent=5) == 32
    with pytest.raises(TypeError, match=r"power\(\) missing 1 required positional argument: 'base'"):
        power()
    with pytest.raises(TypeError, match="unexpected keyword argument 'scale'"):
        power(1, scale=2)


def test_kernels_are_compiled_once_for_each_list_of_types():
    @jit
    def plus(x, y):
        return x + y

    for x in (1, 2, 3):
        plus(x, 1.0)
    assert plus.stats.specialisations == 1
    plus(np.float32(1), 1.0)
    plus(np.zeros(2), 1.0)
    plus(np.zeros(4)[::2], 1.0)
    assert plus.stats.specialisations == 4


def test_dtypes_of_results_follow_numpy():
    @jit
    def mixed(x, y):
        return x * y

    for a in DTYPES:
        for b in DTYPES:
            if "bool" in (a, b):
                continue
            x, y = np.ones(2, dtype=a), np.ones(2, dtype=b)
            assert same(mixed(x, y), x * y), (a, b)
