"""Functions as values: lambdas, functions inside functions, ``partial``, ``*args``; and what is found of them where they are defined."""

import functools
import math
import operator
import pickle

import numpy as np
import pytest

import nopython
from nopython import CompileError, jit


def twice(f, x):
    return f(f(x))


def scaled(factor):
    def scale(x):
        return factor * x

    return scale


half = functools.partial(operator.mul, 0.5)
cube = lambda x: x * x * x  # noqa: E731
shift = 100.0


def same(function, *args, **kwargs):
    """Whether compiled code gives what Python gives."""
    want = function(*args, **kwargs)
    got = jit(function)(*args, **kwargs)
    np.testing.assert_equal(got, want)
    return True


def test_functions_are_arguments_results_and_items():
    def everything(x):
        k = 2.0
        double = lambda y: k * y  # noqa: E731
        k = 3.0
        triple = scaled(3)
        total = 0.0
        for f in (double, triple, cube):
            total += twice(f, x)
        return total, double(x), triple(1)

    assert same(everything, 1.5)


def test_a_closure_over_functions_and_numbers():
    factor, offset = 3, np.arange(3.0)

    def helper(x):
        return x * factor

    @jit
    def outer(x):
        def inner(y):
            return helper(y) + offset.sum() + x

        return inner(2.0) + inner(x)

    assert outer(1.0) == outer.py_func(1.0)


def test_inner_names_are_not_those_of_the_module():
    def outer(x):
        def inner(shift):
            return shift + 1

        twice = inner(x)
        get = lambda: twice  # noqa: E731
        return get() + inner(twice)

    assert same(outer, 1.0)


def test_partial_of_the_module():
    assert same(lambda x: half(x) + functools.partial(cube)(x), 3.0)


def test_arrays_that_an_inner_function_writes():
    @jit
    def fill(a):
        def put(i, value):
            a[i] = value

        for i in range(a.size):
            put(i, i * i)

    a = np.zeros(4)
    fill(a)
    assert a.tolist() == [0, 1, 4, 9]


def test_any_number_of_arguments_has_a_kernel_each():
    @jit
    def total(start, *values, scale=2):
        for value in values:
            start += value
        return start * scale, len(values)

    for args in ((1,), (1, 2), (1.5, 2, 3), (1, np.arange(2.0))):
        np.testing.assert_equal(total(*args), total.py_func(*args))
        np.testing.assert_equal(total(*args, scale=3), total.py_func(*args, scale=3))
    assert len(total.signatures) == 4
    again = pickle.loads(pickle.dumps(total))
    assert again(1, 2, 3, scale=1) == (6, 2)


def test_a_function_is_no_result_for_python():
    with pytest.raises(CompileError, match="returns a function"):
        jit(scaled)(2.0)


def test_a_choice_at_run_time_is_refused():
    @jit
    def chosen(x, flag):
        f = cube if flag else half
        return f(x)

    with pytest.raises(CompileError, match="choose between results"):
        chosen(1.0, True)


@jit
def newton(function, derivative, start, arguments=(), *, most=50):
    x = start
    for _ in range(most):
        step = function(x, *arguments) / derivative(x, *arguments)
        x -= step
        if abs(step) < 1e-12:
            break
    return x


@jit
def mapped(function, xs):
    out = np.empty_like(xs)
    for k in range(len(xs)):
        out[k] = function(xs[k])
    return out


@jit
def square(x, a):
    return x * x - a


def test_functions_as_arguments_from_python():
    slope = lambda x, a: 2.0 * x  # noqa: E731
    assert newton(square, slope, 1.0, (2.0,)) == newton.py_func(square.py_func, slope, 1.0, (2.0,))
    assert newton(square, slope, 1.0, arguments=(3.0,), most=2) == newton.py_func(square.py_func, slope, 1.0, (3.0,), most=2)
    xs = np.linspace(0.0, 1.0, 5)
    for function in (math.sin, np.sqrt, lambda x: x + 1.0, functools.partial(square, a=2.0), math.sin):
        assert np.allclose(mapped(function, xs), [function(x) for x in xs], rtol=1e-15)
    copied = pickle.loads(pickle.dumps(mapped))
    assert np.array_equal(copied(np.exp, xs), np.exp(xs))


def test_dtypes_as_arguments():
    zeros = jit(lambda n, dtype: np.zeros(n, dtype))
    for dtype in (np.float32, int, np.dtype("uint16"), nopython.int8):
        assert zeros(3, dtype).dtype == np.dtype(str(dtype) if dtype is nopython.int8 else dtype)


def test_functions_inside_of_tuples_are_refused():
    with pytest.raises(TypeError, match="pass the function as an argument of its own"):
        mapped((square,), np.zeros(3))
    declared = jit("float64(float64)")(lambda x: x)
    with pytest.raises(TypeError, match="got a value of type function"):
        declared(square.py_func)
