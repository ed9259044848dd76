"""Generators of NumPy as arguments and results: compiled code goes on where the caller's stands, and leaves it where it has come to."""

import numpy as np
import pytest

from nopython import CompileError, njit

BIT_GENERATORS = [np.random.PCG64, np.random.PCG64DXSM, np.random.SFC64, np.random.Philox, np.random.MT19937]

EXACT = {
    "random": (),
    "standard_normal": (),
    "standard_exponential": (),
    "normal": (1.0, 2.5),
    "exponential": (2.0,),
    "uniform": (-1.0, 3.0),
    "integers": (0, 1000),
    "poisson": (4.0,),
    "binomial": (15, 0.3),
    "negative_binomial": (4.0, 0.3),
    "geometric": (0.1,),
    "logseries": (0.7,),
    "zipf": (2.5,),
    "hypergeometric": (100, 50, 60),
    "rayleigh": (2.0,),
    "wald": (2.0, 3.0),
    "triangular": (-1.0, 0.0, 2.0),
    "standard_cauchy": (),
}

#: Made of logarithms and powers, which may differ in the last place.
CLOSE = {
    "standard_gamma": (4.5,),
    "gamma": (0.3, 2.0),
    "beta": (0.4, 0.7),
    "chisquare": (3.0,),
    "f": (2.0, 5.0),
    "standard_t": (2.5,),
    "pareto": (2.0,),
    "weibull": (1.5,),
    "power": (2.5,),
    "laplace": (0.0, 1.0),
    "gumbel": (0.0, 1.0),
    "logistic": (0.0, 1.0),
    "lognormal": (0.0, 0.5),
    "vonmises": (0.5, 2.0),
    "noncentral_chisquare": (3.0, 1.0),
    "noncentral_f": (2.0, 3.0, 1.0),
}


def state(generator):
    return repr(generator.bit_generator.state)


def method(name, count):
    names = ", ".join(f"p{k}" for k in range(count))
    source = f"def draw(rng, n{''.join(', ' + p for p in names.split(', ') if p)}):\n    return rng.{name}({names + ', ' * bool(names)}size=n)\n"
    scope = {}
    exec(source, scope)  # noqa: S102: the sources are above
    return njit(source=source)(scope["draw"])


@pytest.mark.parametrize("name", [*EXACT, *CLOSE])
def test_many_numbers_of_a_distribution_are_numpys(name):
    parameters = {**EXACT, **CLOSE}[name]
    draw = method(name, len(parameters))
    ours, theirs = np.random.default_rng(7), np.random.default_rng(7)
    got = draw(ours, 20000, *parameters)
    want = getattr(theirs, name)(*parameters, size=20000)
    assert got.dtype == want.dtype
    if name in EXACT:
        np.testing.assert_array_equal(got, want)
    else:
        np.testing.assert_allclose(got, want, rtol=2e-13, atol=1e-14)
    assert state(ours) == state(theirs)


@pytest.mark.parametrize("bits", BIT_GENERATORS)
def test_the_callers_generator_goes_on(bits):
    @njit
    def draw(rng, n):
        return rng.random(n), rng.random(dtype=np.float32), rng.integers(0, 200, 7, np.uint8), rng.standard_normal(n), rng.permutation(n)

    ours, theirs = np.random.Generator(bits(3)), np.random.Generator(bits(3))
    for _ in range(3):
        want = theirs.random(700), theirs.random(dtype=np.float32), theirs.integers(0, 200, 7, np.uint8), theirs.standard_normal(700), theirs.permutation(700)
        for got, expected in zip(draw(ours, 700), want):
            np.testing.assert_array_equal(got, expected)
        assert state(ours) == state(theirs)
        # Outside of compiled code too.
        assert ours.integers(10) == theirs.integers(10)


@pytest.mark.parametrize("bits", BIT_GENERATORS)
def test_a_bit_generator_is_passed_and_a_generator_returned(bits):
    @njit
    def wrapped(b):
        rng = np.random.Generator(b)
        rng.random()
        return rng

    @njit
    def same(rng):
        return rng

    bit_generator, twin = bits(5), np.random.Generator(bits(5))
    made = wrapped(bit_generator)
    twin.random()
    assert isinstance(made, np.random.Generator)
    assert state(made) == state(twin) == repr(bit_generator.state)
    assert same(made) is made


def test_a_random_state_keeps_its_normal_number():
    @njit
    def draw(r):
        return r.standard_normal(3), r.rand()

    ours, theirs = np.random.RandomState(4), np.random.RandomState(4)
    got = draw(ours)
    np.testing.assert_allclose(got[0], theirs.standard_normal(3), rtol=1e-14)
    assert got[1] == theirs.rand()
    assert ours.standard_normal() == pytest.approx(theirs.standard_normal(), rel=1e-14)
    assert ours.rand() == theirs.rand()


def test_an_exception_keeps_what_was_drawn():
    @njit
    def fails(rng):
        rng.random()
        raise ValueError("drawn")

    ours, theirs = np.random.default_rng(1), np.random.default_rng(1)
    with pytest.raises(ValueError, match="drawn"):
        fails(ours)
    theirs.random()
    assert ours.random() in (theirs.random(), np.random.default_rng(1).random())


def test_without_a_seed_each_generator_is_another():
    @njit
    def fresh():
        return np.random.default_rng().random(), np.random.default_rng().random(), np.random.RandomState().rand()

    @njit
    def other():
        return np.random.default_rng().random()

    found = [*fresh(), *fresh(), other(), other()]
    assert len(set(found)) == len(found)


def test_what_is_not_there_is_said():
    @njit
    def draw(rng):
        return rng.bytes(3)

    with pytest.raises(CompileError, match="no attribute 'bytes'"):
        draw(np.random.default_rng(1))
