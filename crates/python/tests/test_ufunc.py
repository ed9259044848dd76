"""``vectorize`` and ``guvectorize`` beside what NumPy gives."""

import pickle

import numpy as np
import pytest
from conftest import layouts, same

from nopython import float32, float64, guvectorize, int64, vectorize


@vectorize
def clipped(x, low, high):
    if x < low:
        return low
    if x > high:
        return high
    return x


@vectorize([int64(int64, int64), float32(float32, float32), float64(float64, float64)])
def hypotenuse2(a, b):
    return a * a + b * b


@guvectorize(["void(float64[:], float64, float64[:])"], "(n),()->(n)")
def moving(x, weight, out):
    out[0] = x[0]
    for i in range(1, x.shape[0]):
        out[i] = weight * x[i] + (1 - weight) * out[i - 1]


@guvectorize("(m,n),(n)->(m)")
def apply(a, x, out):
    for i in range(a.shape[0]):
        s = 0.0
        for j in range(a.shape[1]):
            s += a[i, j] * x[j]
        out[i] = s


@guvectorize(["(float64[:], float64[:])"], "(n)->()")
def largest(x, out):
    out[0] = x[0]
    for v in x:
        if v > out[0]:
            out[0] = v


def test_elements_of_every_rank_and_layout():
    x = np.random.default_rng(1).random(24)
    for shape in [(24,), (4, 6), (2, 3, 4), (2, 2, 3, 2), (2, 2, 1, 3, 2), (0, 3)]:
        array = x[: np.prod(shape)].reshape(shape)
        for name, layout in layouts(array).items():
            assert same(clipped(layout, 0.25, 0.75), np.clip(array, 0.25, 0.75)), (shape, name)


def test_broadcasting():
    a, b = np.arange(3.0)[:, None], np.arange(4.0)
    assert same(hypotenuse2(a, b), a * a + b * b)
    assert same(hypotenuse2.outer(b, b), b[:, None] ** 2 + b**2)
    with pytest.raises(ValueError, match="broadcast"):
        hypotenuse2(np.zeros(2), np.zeros(3))


def test_scalars_and_signatures():
    assert same(hypotenuse2(3, 4), np.int64(25))
    assert same(hypotenuse2(3.0, 4), np.float64(25))
    assert hypotenuse2.types == ["ll->l", "ff->f", "dd->d"] and hypotenuse2.nargs == 3
    assert hypotenuse2(np.ones(2, np.float32), np.float32(2)).dtype == np.float32
    assert hypotenuse2(np.ones(2, np.int8), 2).dtype == np.int64
    with pytest.raises(TypeError, match="not supported for the input types"):
        hypotenuse2(np.ones(2, complex), 1)


def test_out_reduce_and_accumulate():
    x = np.arange(6.0).reshape(2, 3)
    out = np.empty((2, 3))
    assert hypotenuse2(x, 1.0, out=out) is out and np.array_equal(out, x * x + 1)
    narrow = np.empty((2, 3), np.float32)
    hypotenuse2(x, 1.0, narrow)
    assert np.array_equal(narrow, (x * x + 1).astype(np.float32))

    @vectorize
    def plus(a, b):
        return a + b

    assert same(plus.reduce(x), np.add.reduce(x))
    assert same(plus.accumulate(x, axis=1), np.add.accumulate(x, axis=1))


def test_generalised():
    rng = np.random.default_rng(2)
    a, x = rng.random((2, 3, 4, 5)), rng.random((3, 5))
    assert np.allclose(apply(a, x), np.einsum("ijmn,jn->ijm", a, x), rtol=1e-15, atol=0)
    series = rng.random((3, 7))
    got = moving(series, np.array([[0.5], [1.0]]))
    assert got.shape == (2, 3, 7) and np.array_equal(got[1], series)
    assert same(largest(series), series.max(axis=1)) and same(largest(series[0]), series[0].max())
    for out in layouts(np.empty((3, 7))).values():
        assert moving(series, 1, out) is out and np.array_equal(out, series)
    assert moving(np.empty((0, 7)), 1).shape == (0, 7)


def test_generalised_with_more_axes_than_are_compiled_at_once():
    @guvectorize("(a,b,c,d)->()")
    def corner(x, out):
        out[0] = x[0, 0, 0, 0]

    x = np.arange(32.0).reshape(2, 2, 2, 2, 2)
    assert corner(x).tolist() == [0, 16]


def test_shapes_that_do_not_fit():
    with pytest.raises(ValueError, match="mismatch in its core dimension 'n'"):
        apply(np.zeros((2, 3)), np.zeros(4))
    with pytest.raises(ValueError, match="does not have enough dimensions"):
        apply(np.zeros(3), np.zeros(3))
    with pytest.raises(ValueError, match="cannot read the layout"):
        guvectorize("(n->n")(lambda x, out: None)


def test_pickle():
    x = np.arange(4.0)
    for f, args in [(clipped, (x, 1.0, 2.0)), (hypotenuse2, (x, x)), (moving, (x, 0.5)), (apply, (np.eye(4), x))]:
        want = f(*args)
        assert np.array_equal(pickle.loads(pickle.dumps(f))(*args), want)


def test_a_layout_without_outputs():
    @guvectorize(["(float64[:], float64[:])"], "(n), (k)")
    def ends(row, out):
        out[0], out[-1] = row[0], row[-1]

    rows = np.arange(12.0).reshape(3, 4)
    # As in NumPy, what is cast is a copy: nothing is written back to it.
    for out in filter(lambda out: out.dtype.isnative, layouts(np.zeros((3, 2))).values()):
        assert ends(rows, out) is None and np.array_equal(out, rows[:, [0, -1]])


def test_python_numbers_take_the_dtypes_of_a_signature():
    @guvectorize(["(float32[:], uint32, float32, bool_[:])", "(float64[:], uint32, float32, bool_[:])"], "(n),(),()->(n)")
    def above(x, count, limit, out):
        for k in range(len(x)):
            out[k] = x[k] > limit * count

    x = np.arange(4.0)
    assert above(x, 1, 2.0).tolist() == (x > 2).tolist() and above([1.0, 5.0], 2, 2).tolist() == [False, True]
    assert above(np.empty((3, 0)), 1, 2.0).shape == (3, 0)
    with pytest.raises(TypeError, match=r"not supported for the input types \(float64, float, int\)"):
        above(x, 1.5, 2)
    with pytest.raises(OverflowError):
        above(x, -1, 2)
