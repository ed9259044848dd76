"""Controls and pictures of figures; what moves in pages is tested in tests/figures."""

import base64
import json
import re
import subprocess
import sys
import types
import xml.etree.ElementTree as ElementTree

import ipywidgets
import nopython
import numpy as np
import pytest
from ipywidgets.widgets.interaction import interactive
from nopython import _colours, _controls, _glyphs, _picture, _raster


def described(widget):
    """A widget of ipywidgets as one of ours describes itself."""
    if isinstance(widget, ipywidgets.Checkbox):
        return ("bool", widget.value)
    if isinstance(widget, ipywidgets.Dropdown):
        return ("choice", [label for label, _ in widget._options_full], [value for _, value in widget._options_full], widget.value)
    if isinstance(widget, (ipywidgets.IntSlider, ipywidgets.FloatSlider)):
        return ("number", isinstance(widget, ipywidgets.IntSlider), widget.min, widget.max, widget.step, widget.value)
    return None


def ours(control):
    if isinstance(control, _controls.Bool):
        return ("bool", control.value)
    if isinstance(control, _controls.Choice):
        return ("choice", control.labels, control.options, control.value)
    return ("number", control.integer, control.low, control.high, control.step, control.value)


FORMS = [
    5, -5, 0, 2.5, -0.5, 0.0, True, False, np.int64(7), np.float64(1.5),
    (0, 10), (0, 9), (-3, 4), (0, 10, 3), (0.0, 1.0), (0, 1.5), (0.0, 1.0, 0.25), (2, 8, 0.5), (1, 10, 4), (-1.0, 1.0, 0.3),
    ["a", "b"], [1, 2, 3], [0.5, 1], {"one": 1, "two": 2}, [("x", 10), ("y", 20)], ["only"], (x for x in "pq"), range(3),
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=repr)
def test_abbreviations_are_those_of_ipywidgets(form):
    form = list(form) if not isinstance(form, (list, tuple, dict, range)) and hasattr(form, "__iter__") else form
    assert ours(_controls.control("x", form, _controls.empty)) == described(interactive.widget_from_abbrev(form))


@pytest.mark.parametrize(("form", "default"), [((0, 10), 3), ((0.0, 1.0), 0.9), ((0, 10), 99), (["a", "b"], "b"), ([1, 2], 7), (True, False), (4, 5), ((0.0, 5.0), 2)])
def test_defaults_are_where_controls_start(form, default):
    assert ours(_controls.control("x", form, default)) == described(interactive.widget_from_abbrev(form, default))


@pytest.mark.parametrize("form", [(1, 2, 0), (5, 1), (1, 5, -1), "text", None, object(), (1,), (1, 2, 3, 4), [], {}, ("a", "b")])
def test_what_stands_for_nothing_is_refused_by_name(form):
    with pytest.raises((TypeError, ValueError), match="interact\\(\\) argument 'x'"):
        nopython.interact(lambda x: x, x=form)


def test_ranges_and_logarithms():
    for make, match in [
        (lambda: nopython.log_slider(0, 1), "0 < low < high"),
        (lambda: nopython.log_slider(1, 10, 20), "not between"),
        (lambda: nopython.range_slider(3, 1), "low < high"),
        (lambda: nopython.range_slider(0, 1, value=(0.9, 0.1)), "no pair"),
        (lambda: nopython.range_slider(0, 1, step=0), "above 0"),
        (lambda: nopython.Image(cmap="rainbow"), "viridis"),
    ]:
        with pytest.raises(ValueError, match=match):
            make()
    assert nopython.range_slider(0, 8).value == (2, 6)
    assert nopython.log_slider(1, 100).value == 10


def scaled(a: float = 2.0, n: int = 4):
    return np.arange(n) * a


def test_a_figure_is_the_function_and_shows_itself():
    figure = nopython.interact(scaled, n=(1, 9))
    assert list(figure(3.0, 2)) == [0.0, 3.0]
    assert repr(figure) == "<nopython.Figure of scaled(a=2.0, n=4)>"
    bundle = figure._repr_mimebundle_()
    assert bundle["text/plain"] == repr(figure)
    assert bundle["text/html"].startswith('<div data-np="np')
    assert base64.b64decode(bundle["image/png"]) == figure.png()
    assert bundle["text/html"] == figure._repr_html_() == nopython.interact(scaled, n=(1, 9)).html(), "the same figure has the same text"


def test_the_command_writes_every_figure_of_a_script(tmp_path):
    (tmp_path / "script.py").write_text(
        "import nopython\ndef twice(a=1):\n    return 2 * a\nnopython.interact(twice)\nnopython.interact(twice, a=(0, 5))\n"
    )
    run = lambda *words: subprocess.run([sys.executable, "-m", "nopython", "figure", *words], cwd=tmp_path, capture_output=True, text=True)  # noqa: E731
    assert run("script.py", "-o", "out").returncode == 0
    made = ["nopython-figures.js", "twice.fragment.html", "twice.html", "twice_2.fragment.html", "twice_2.html"]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == made
    (tmp_path / "one.py").write_text("import nopython\ndef twice(a=1):\n    return 2 * a\nnopython.interact(twice)\n")
    assert run("one.py", "-o", "alone").returncode == 0
    assert sorted(p.name for p in (tmp_path / "alone").iterdir()) == ["twice.fragment.html", "twice.html"]
    assert run("absent.py").stderr == "cannot read absent.py: No such file or directory\n"
    (tmp_path / "empty.py").write_text("")
    assert "has made no figure" in run("empty.py").stderr


def test_simulations_that_cannot_be_are_refused():
    def step(x, rate=0.5):
        x -= rate

    for make, error, match in [
        (lambda: nopython.animate(step, 3.0), TypeError, "a state of arrays"),
        (lambda: nopython.animate(step, (np.zeros(3),) * 3), TypeError, "takes 2 arguments, and the state has 3 arrays"),
        (lambda: nopython.animate(step, np.zeros(3), speed=0), ValueError, "1 to 1000"),
        (lambda: nopython.animate(step, np.zeros(3), x=3), TypeError, "no argument 'x'"),
        (lambda: nopython.animate(step, np.zeros(3), rate="fast"), TypeError, "argument 'rate' is 'fast'"),
    ]:
        with pytest.raises(error, match=match):
            make()
    state = np.zeros(3)
    figure = nopython.animate(step, state, skip=2)
    assert list(figure._result) == [-1, -1, -1] and not state.any()


def test_what_a_function_closes_over_comes_along():
    table, factor = np.arange(6.0) ** 2, 3

    def picked(i=2):
        return table[i] * factor

    assert nopython.interact(picked, i=(0, 5))._result == 12.0


def test_mistakes_are_named():
    def unnamed(a, b=1):
        return a + b

    def no_dict(a=1):
        if a > 2:
            return {"a": a}
        return {"b": a}

    cases = [
        (lambda: nopython.interact(unnamed), TypeError, "needs a control for the argument 'a'"),
        (lambda: nopython.interact(unnamed, a=1, c=2), TypeError, "no argument 'c'; it has a, b"),
        (lambda: nopython.interact(no_dict), TypeError, "different keys"),
        (lambda: nopython.interact(scaled, view="lines"), TypeError, "nopython.Lines"),
        (lambda: nopython.interact(scaled, views={"x": nopython.Lines()}), TypeError, "view=..."),
        (lambda: nopython.interact(unnamed, a=[str(k) for k in range(9)], b=[str(k) for k in range(9)]), ValueError, "81 combinations"),
        (lambda: nopython.interact(lambda a=1: a.foo), nopython.CompileError, "foo"),
    ]
    for make, error, match in cases:
        with pytest.raises(error, match=match):
            make()


def test_dicts_of_every_shape():
    def wide(a=1):
        return {
            "first": (a +
                      1),
            'sec"ond': a * 2,  # a comment, with a comma
            "third": (a, 3),
        }

    def one(a=1): return {"only": a}  # fmt: skip  # noqa: E704

    assert nopython.interact(one)._results == [1]
    assert nopython.interact(wide)._results == [2, 2, (1, 3)]

    def nested(a=1):
        return {"first": (a +
                          1), 'sec"ond': a * 2, "é": ("x", a)[1], }  # fmt: skip

    figure = nopython.interact(nested)
    assert figure._names == ["first", 'sec"ond', "é"] and figure._results == [2, 2, 1]


VIEWS = [
    nopython.Lines(xscale="log", yscale="log", area=True, markers=True),
    nopython.Lines(yscale="log", y2="right", right=[1], labels=["a", "b"], y="left", step="mid"),
    nopython.Lines(step="pre", area=True, xlim=(0, 2), ylim=(-1, 1), follow=False),
    nopython.Points(xscale="log"),
    nopython.Bars(yscale="log", y2="b", right=[0]),
    nopython.Image(extent=(-1, 1, 2, -2), x="x", y="y", aspect="auto", origin="lower"),
    nopython.Image(aspect=0.5, vmin=0, vmax=1, cmap="RdBu_r"),
    nopython.Points(cmap="viridis", size=3),
    nopython.Image(vmin=1e9),
    nopython.Image(vmax=-1e9),
]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(view.spec))
@pytest.mark.parametrize("result", [np.arange(5.0), np.array([]), np.array([np.nan, -1, 0]), (np.arange(4), np.eye(4)), (np.arange(6), np.arange(5) ** 3.0), np.full(3, 1e-320)], ids=str)
def test_pictures_with_options_are_well_formed(view, result):
    if view.spec["kind"] == "image":
        result = np.outer(result[0] if isinstance(result, tuple) else result, np.arange(3.0))
    svg = _picture.picture([result], [view.spec], None, {})
    ElementTree.fromstring(svg)
    assert not re.search("nan|inf", re.sub("base64,[^\"]*", "", svg))


def test_places_tables_and_buttons():
    def f(p, t, b):
        return np.arange(3.0) * p[0], t.sum(), b

    figure = nopython.interact(lambda p=nopython.point(1, 2): np.arange(3.0) * p[0])
    assert figure._result.tolist() == [0, 1, 2]
    cases = [
        (lambda: nopython.interact(lambda p=nopython.point(1, 2): p[0]), ValueError, "argument 'p': a point needs a chart or an image, and there is none"),
        (lambda: nopython.interact(lambda p=nopython.pointer(panel="x"): np.arange(3.0)), ValueError, "argument 'p': the result has no panel 'x'"),
        (lambda: nopython.table(np.zeros((0, 2))), ValueError, r"shape \(0, 2\)"),
        (lambda: nopython.table(np.array(["a"])), ValueError, "takes numbers"),
        (lambda: nopython.interact(f, p=nopython.point(0, 0), t=nopython.table([1.0]), b="x"), TypeError, "nopython.button"),
    ]
    for make, error, match in cases:
        with pytest.raises(error, match=match):
            make()


def test_maps_of_matplotlib_are_taken_from_there(monkeypatch):
    """A stand-in for matplotlib: a map that goes from black to red, and one of three colours."""

    class Map:
        def __init__(self, colours):
            self.colours, self.N = np.asarray(colours), len(colours)

        def __call__(self, places):
            return self.colours[np.minimum((np.asarray(places) * self.N).astype(int), self.N - 1)]

    ramp = np.zeros((256, 4))
    ramp[:, 0] = np.arange(256) / 255
    steps = np.array([[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 1.0]])
    stand_in = types.ModuleType("matplotlib")
    stand_in.colormaps = {"ramp": Map(ramp), "steps": Map(steps)}
    monkeypatch.setitem(sys.modules, "matplotlib", stand_in)
    colours = _colours.colour_map(nopython.Image(cmap="ramp").spec["cmap"])
    assert np.abs(colours.astype(int) - np.round(ramp[:, :3] * 255)).max() <= 3
    assert len(np.unique(_colours.colour_map(nopython.Image(cmap="steps").spec["cmap"]), axis=0)) == 3
    ends = _colours.colour_map(nopython.Image(cmap=["#ff0000", "#0000ff"]).spec["cmap"])
    assert ends[0].tolist() == [255, 0, 0] and ends[-1].tolist() == [0, 0, 255]


def test_views_say_what_is_wrong():
    cases = [
        (lambda: nopython.Lines(xscale="cubic"), "xscale is 'linear' or 'log', not 'cubic'"),
        (lambda: nopython.Lines(ylim=(2, 1)), r"ylim is \(low, high\) with low < high"),
        (lambda: nopython.Lines(ylim=(0, 1), yscale="log"), "above 0 on a logarithmic axis"),
        (lambda: nopython.Lines(labels=["a"], right=["b"]), "there is no 'b'"),
        (lambda: nopython.Lines(step="up"), "step is 'pre', 'mid' or 'post'"),
        (lambda: nopython.Image(extent=(0, 0, 1, 2)), "extent is"),
        (lambda: nopython.Image(aspect="wide"), "aspect is"),
        (lambda: nopython.Image(vmin=1, vmax=1), "vmin < vmax"),
        (lambda: nopython.Image(cmap="no-such-map"), "viridis, plasma"),
        (lambda: nopython.Image(cmap=["#fff", "red"]), "two or more colours"),
        (lambda: nopython.Lines(styles=["-", "dotted"]), "styles are"),
        (lambda: nopython.Points(size=-1), "size is"),
        (lambda: nopython.Points(cmap="magma", right=[0]), "not both"),
    ]
    for make, match in cases:
        with pytest.raises(ValueError, match=match):
            make()


def test_titles_have_values_in_them():
    put = lambda text, **values: _picture.titled(text, values)  # noqa: E731
    assert put("σ = {s:.2f}, {n} {{x}}", s=np.float64(1.5), n=3) == "σ = 1.50, 3 {x}"
    assert put("{what} {s:q} {a}", s=1.0, a=np.arange(2)) == "{what} {s:q} {a}"


RESULTS = [
    3, 2.5, True, np.arange(5.0), np.array([np.nan, 1, np.inf, 2]), np.array([]), np.zeros(7), np.arange(100_000) % 977, np.eye(4), np.full((3, 3), np.nan),
    np.zeros((0, 3)), np.zeros((5, 4, 3), np.uint8), (np.arange(3), np.arange(3.0)), (1, 2.5), np.zeros((2, 2, 2)), np.array([True, False]), (np.arange(4), np.eye(4)),
    np.random.default_rng(1).random((400, 300)), np.random.default_rng(1).integers(0, 256, (300, 400, 4), np.uint8), (np.arange(999), np.random.default_rng(1).random((300, 999))),
    np.where(np.eye(300) > 0, np.nan, np.random.default_rng(1).random((300, 300))),
]  # fmt: skip


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: f"{type(r).__name__}{getattr(r, 'shape', '')}")
@pytest.mark.parametrize("count", [1, 3])
def test_pictures_are_small_and_well_formed(result, count):
    draw = lambda coarse: _picture.picture([result] * count, [{"kind": "auto"}] * count, None, {}, (), coarse)  # noqa: E731
    svg = draw(1.0)
    ElementTree.fromstring(svg)
    assert len(svg) <= 20_000, len(svg)
    assert not re.search("nan|inf", re.sub("base64,[^\"]*", "", svg))
    data = _raster.png(draw)
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) <= 15_000


@pytest.mark.parametrize("view", [nopython.Lines(area=True, markers=True, step="mid"), nopython.Points(), nopython.Bars()], ids=lambda view: view.spec["kind"])
def test_pictures_of_many_marks_are_small(view):
    values = np.random.default_rng(1).random((20, 5000))
    assert len(_picture.picture([values], [view.spec], None, {})) <= 20_000


def test_letters_of_pictures_are_strokes():
    known = {c for c in map(chr, range(33, 127))} | set("αβγδεζηθικλμνξπρσςτυφχψωΓΔΘΛΞΠΣΦΨΩ−→↑±×≤≥≈∞°²³µé")
    box = _glyphs.glyph("漢")
    for character in known:
        advance, strokes = _glyphs.glyph(character)
        assert 4 <= advance <= 20 and strokes, character
        points = np.concatenate(strokes)
        assert points[:, 0].min() >= -1 and points[:, 0].max() <= advance + 1, character
        assert points[:, 1].min() >= -5 and points[:, 1].max() <= 16, character
        assert not all(map(np.array_equal, strokes, box[1])), character


def test_tables_travel_exactly():
    values = np.array([2**53 + 1, -(2**63), 2**63 - 1, 0])
    spec = json.loads(json.dumps(nopython.table(values).spec()), parse_int=float)
    assert [int(v) for v in spec["value"]] == values.tolist()
    floats = np.array([0.1, np.inf, -np.inf, np.nan, 1e300])
    assert np.array_equal([float(v) for v in nopython.table(floats).spec()["value"]], floats, equal_nan=True)


def test_a_range_starts_at_the_default():
    def width(w=(0.2, 0.8)):
        return w[1] - w[0]

    def count(w=(2, 9)):
        return w[1] - w[0]

    assert nopython.interact(width, w=nopython.range_slider(0.0, 1.0))._controls["w"].value == (0.2, 0.8)
    assert nopython.interact(count, w=nopython.range_slider(0, 8))._controls["w"].value == (2, 8)


def test_what_is_no_figure_is_refused_in_words():
    def wave(n=5):
        return np.arange(n * 1.0), np.arange(n * 1.0)

    with pytest.raises(ValueError, match=r"an Image shows an array of two dimensions, and wave\(\) gives a tuple"):
        nopython.interact(wave, view=nopython.Image())
    with pytest.raises(TypeError, match="interact\\(\\) takes a function, not 3"):
        nopython.interact(3)
    with pytest.raises(ValueError, match="ylim is \\(low, high\\), not 3"):
        nopython.Lines(ylim=3)


def shaped(kind=["image", "line"], n=3):
    if kind == "image":
        return np.zeros((n, n))
    return np.zeros(n)


def nothing(a=1.0):
    pass


def uneven(n=5):
    return np.arange(n), np.arange(5)


def started(a=1.0, r=(1.0, 2.0)):
    return a + r[0]


def wide(c=2**61):
    return c


@pytest.mark.parametrize(
    "make, error, match",
    [
        (lambda: nopython.interact(shaped), TypeError, r"shows all options alike, and shaped\(\) gives lines for kind='line', but an image at first"),
        (lambda: nopython.interact(nothing), TypeError, r"nothing\(\) returns nothing"),
        (lambda: nopython.interact(uneven, n=7), ValueError, r"x and y must have same first dimension, but have shapes \(7,\) and \(5,\)"),
        (lambda: nopython.interact(wide, c=[1.0, np.inf]), ValueError, "argument 'c' is .* takes finite numbers"),
        (lambda: nopython.interact(wide, c=(0.0, np.inf)), ValueError, "argument 'c' is .* takes finite numbers"),
        (lambda: nopython.interact(wide, c=np.inf), ValueError, "argument 'c' is inf, .* takes finite numbers"),
        (lambda: nopython.interact(wide).save("wide.png"), ValueError, r"writes pages, not wide.png: figure.picture\(\) is the SVG, figure.png\(\) the PNG"),
    ],
)
def test_what_cannot_be_a_figure_is_refused_with_what_to_do(make, error, match):
    with pytest.raises(error, match=match):
        make()


def test_an_explicit_start_counts_more_than_the_default():
    figure = nopython.interact(started, a=nopython.log_slider(1e-3, 1e3, 50.0), r=nopython.range_slider(0.0, 10.0, 1.0, (4.0, 8.0)))
    assert repr(figure).endswith("(a=50.0, r=(4.0, 8.0))>")
    assert repr(nopython.interact(started, a=nopython.log_slider(1e-3, 1e3), r=nopython.range_slider(0.0, 10.0))).endswith("(a=1.0, r=(1.0, 2.0))>")


def test_the_command_runs_a_script_as_python_does(tmp_path):
    (tmp_path / "beside.py").write_text("K = 3\n")
    (tmp_path / "script.py").write_text(
        "import sys\nimport nopython\nfrom beside import K\nassert len(sys.argv) == 1\ndef f(a=1):\n    return a * K\ndef F(a=1):\n    return a + K\nnopython.interact(f)\nnopython.interact(F)\n"
    )
    done = subprocess.run([sys.executable, "-m", "nopython", "figure", str(tmp_path / "script.py"), "-o", str(tmp_path / "out")], cwd="/", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert {"f.html", "F_2.html"} <= {path.name for path in (tmp_path / "out").iterdir()}
