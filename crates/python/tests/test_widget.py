"""``figure.widget()``: values of controls are traits, which Python and the page set, and results follow. What the page does is tested in ``tests/figures``."""

import sys

import numpy as np
import pytest
import traitlets

import nopython

anywidget = pytest.importorskip("anywidget")

START = np.array([[1.0, 2.0], [3.0, np.inf]])


def shown(rate=2.0, n=5, kind="sum", level=0, log=False, part=(2, 4), at=(0.5, 1.5), data=START, again=0):
    """One parameter of each kind; `log` is the name of a trait that all widgets have."""
    x = np.arange(n) * rate + part[0] * part[1] + at[0] - at[1] + level + again
    if log:
        x += data[0].sum()
    return {"x": x, "total": x.sum() if kind == "sum" else x.max()}


def figure():
    return nopython.interact(
        shown,
        rate=nopython.log_slider(0.1, 10.0, 2.0),
        n=(2, 9),
        kind=["sum", "most"],
        level=[0, 1, 5],
        part=nopython.range_slider(0, 9, 1, (2, 4)),
        at=nopython.point(0.5, 1.5),
        data=nopython.table(START),
        again=nopython.button(),
        views={"x": nopython.Lines()},
    )


def values(widget):
    """The values of the controls, by the names of the parameters."""
    return {name: getattr(widget, key) for name, key in widget._keys.items()}


def agrees(widget):
    """Whether the result is what the function gives under CPython."""
    expected = shown(**values(widget))
    np.testing.assert_allclose(widget.result["x"], expected["x"], rtol=1e-14)
    np.testing.assert_allclose(widget.result["total"], expected["total"], rtol=1e-14)
    assert list(widget.result) == ["x", "total"]


def test_each_control_is_a_trait_and_results_follow_them():
    widget = figure().widget()
    agrees(widget)
    results = []
    widget.observe(lambda change: results.append(change.new), "result")
    changes = dict(rate=3, n=np.int64(7), kind="most", level=5, log_=True, part=[1, 8], at=(2.0, -1), data=[[5, 6]], again=3)
    for name, value in changes.items():
        setattr(widget, name, value)
        agrees(widget)
    assert len(results) == len(changes)
    assert isinstance(widget.rate, float) and isinstance(widget.part, tuple) and widget.data.dtype == np.float64


def test_values_beyond_a_slider_are_its_end_and_others_are_refused():
    widget = figure().widget()
    widget.n, widget.rate, widget.part = 100, 1e9, (-5, 50)
    assert (widget.n, widget.part) == (9, (0, 9)) and widget.rate == pytest.approx(10.0)
    wrong = dict(rate="x", n=2.5, kind="least", level=2, log_=1, part=(8, 1), at=(1.0,), data=[[1.0]], again=True)
    for name, value in wrong.items():
        before = getattr(widget, name)
        with pytest.raises(traitlets.TraitError, match=f"^{name} takes "):
            setattr(widget, name, value)
        assert getattr(widget, name) is before
    agrees(widget)


def test_the_page_sets_what_it_was_sent():
    widget, other = figure().widget(), figure().widget()
    widget.rate, widget.n, widget.kind, widget.level, widget.log_ = 0.3, 4, "most", 1, True
    widget.part, widget.at, widget.data, widget.again = (3, 3), (9.0, 8.0), [[np.nan, -np.inf], [1, 2], [3, 4]], 2
    keys = list(widget._keys.values())
    other.set_state(widget.get_state(keys))
    for name, value in values(widget).items():
        np.testing.assert_array_equal(values(other)[name], value)
    np.testing.assert_array_equal(other.result["x"], widget.result["x"])


def test_an_exception_is_kept_and_the_widget_lives_on():
    def picked(k=0):
        return np.arange(3)[k] * 1.0

    widget = nopython.interact(picked, k=(0, 5)).widget()
    widget.k = 4
    assert widget.result is None and isinstance(widget.error, IndexError)
    widget.k = 2
    assert widget.result == picked(2) and widget.error is None


def test_a_simulation_has_values_alone():
    def step(state, rate=0.5):
        state *= rate

    widget = nopython.animate(step, np.ones(3), rate=(0.0, 1.0)).widget()
    widget.rate = 0.25
    assert widget.result is None and widget.error is None


def test_without_anywidget_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(ImportError, match=r"pip install 'nopython\[widget\]'"):
        nopython.interact(lambda n=3: n).widget()
