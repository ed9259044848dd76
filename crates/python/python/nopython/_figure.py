"""Figures whose sliders stay alive without Python: :func:`interact`."""

import ast
import base64
import contextlib
import dataclasses
import hashlib
import html
import inspect
import itertools
import json
import pathlib
import types

import numpy as np

from nopython import _colours, _controls, _editable, _engine, _fragment, _picture, _raster, _source, _views

#: Combinations of choices whose values are known while compiling: a kernel for each.
MOST_KERNELS = 64


def interact(function=None, /, *, view=None, views=None, editable=False, **arguments):
    """A figure of a function, with a control for each parameter, that lives on in exported notebooks and pages.

    ``arguments`` are abbreviations as ipywidgets has them: ``(low, high)`` or ``(low, high, step)`` is a slider, of ints or floats; a number a
    slider around it; a bool a box; a list, or a dict of labels, a choice. :func:`nopython.log_slider`, :func:`nopython.range_slider`,
    :func:`nopython.fixed` and arrays, which stay what they are, may be given too. A parameter that is not named here has the control of its
    default, and a control starts at the default. Options that are strings or ``None`` are known while compiling.

    What the function returns decides how it is shown: one array, ``(x, y)`` or ``(x, y1, y2, …)`` as lines, an array of two dimensions as an
    image, one of uint8 and shape ``(rows, columns, 3)`` or 4 as colours, numbers as numbers; a dict display, ``return {"a": …, "b": …}``, as one
    panel each. ``view`` or, for the keys of a dict, ``views`` say otherwise: :func:`nopython.Lines`, ``Points``, ``Bars``, ``Image``, ``Table``
    and ``Number``.

    With ``editable`` the source stands beside the figure, and the reader edits it: it is compiled in the page, what is wrong is underlined, and the
    last good figure stays. The compiler, 640 KB, travels along.

    Without a function this is a decorator. The result shows itself in notebooks; :meth:`Figure.save` writes a page.

    Raises ``TypeError`` and ``ValueError`` for abbreviations that stand for nothing, and :class:`nopython.CompileError`.
    """
    if function is None:
        return lambda function: _shown(Figure(function, arguments, view, views, editable))
    return Figure(function, arguments, view, views, editable)


def _shown(figure):
    """A figure that a decorator made, shown at once if there is a notebook."""
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        return figure
    if get_ipython() is not None:
        display(figure)
    return figure


class _Kernel(_engine.Function):
    """One compiled function."""

    def __init__(self, origin, name, args):
        self._set_arity(len(args))
        self.key = self._key(args)
        self.kernel = _engine.compile(origin, name, self.key)
        self._enter(self.key, self.kernel)


#: Where figures are entered as they are made, while someone collects them.
_collections = []


@contextlib.contextmanager
def collected():
    """The figures that are made inside of this, in a list."""
    made = []
    _collections.append(made)
    try:
        yield made
    finally:
        _collections.remove(made)


class Figure:
    """A function with controls and views; made by :func:`interact`. Calling it calls the function."""

    #: What readers may edit, as the live figure reads it.
    _source = None
    #: Whether arrays stay in the module from call to call.
    _resident = False

    def __init__(self, function, arguments, view=None, views=None, editable=False):
        plain = getattr(function, "py_func", function)
        if not isinstance(plain, types.FunctionType):
            raise TypeError(f"interact() takes a function, not {function!r}")
        self.function = function
        self.__name__ = plain.__name__
        self._controls, self._fixed = _bound(plain, list(inspect.signature(plain).parameters.values()), dict(arguments))
        origin, (name,) = _source.gather([function])
        text, self._names = _engine.without_dicts(origin.text, name)
        origin = dataclasses.replace(origin, text=text)
        self._views = _chosen_views(view, views, self._names)
        self._origin, self._kernels = self._with_exports(origin, name, list(inspect.signature(plain).parameters))
        args = self._arguments()
        kernels = {export: _Kernel(self._origin, export, args) for export in self._kernels.values()}
        self._result = kernels[self._kernels[self._chosen()]](*args)
        self._check_kinds(kernels)
        self._check_panels()
        if editable:
            self._edit(plain, kernels[self._kernels[self._chosen()]].key)
        self._finish(kernels)

    def _edit(self, plain, key):
        """Makes the source one that a reader edits: what compiled code says of lines is then of that."""
        origin, name = _source.readable(self.function)
        dynamic = [p for p, c in self._controls.items() if not (isinstance(c, _controls.Choice) and not c.is_dynamic)]
        options = {p: [_literal(p, o) for o in c.options] for p, c in self._controls.items() if p not in dynamic}
        written = {p: f"__fixed_{p}__" if isinstance(v, np.ndarray) else _literal(p, v) for p, v in self._fixed.items()}
        tuples = dataclasses.replace(origin, text=_engine.without_dicts(origin.text, name)[0])
        self._origin, self._kernels = self._with_exports(tuples, name, list(inspect.signature(plain).parameters))
        self._source = {
            "text": origin.text,
            "name": name,
            "file": origin.file,
            "fixed": written,
            "options": options,
            "types": dict(zip(dynamic, _engine.type_names(key))),
            "arrays": {name: [dtype, list(shape), bytes(data).hex()] for name, dtype, shape, data in self._origin.arrays},
            "map": _colours.anchors("viridis"),
        }

    def _check_kinds(self, kernels):
        """The results of all options are shown by the same views, and can be shown."""
        kinds = {export: _kinds(_engine.type_names(kernel.kernel.result)[0], self._names) for export, kernel in kernels.items()}
        shown = kinds[self._kernels[self._chosen()]]
        if "nothing" in shown:
            raise TypeError(f"{self.__name__}() returns nothing, and a figure shows what its function returns")
        for positions, export in self._kernels.items():
            if kinds[export] == shown:
                continue
            options = [f"{p}={c.options[int(k)]!r}" for (p, c), k in zip(((p, c) for p, c in self._controls.items() if c in self._choices()), positions.split(","))]
            raise TypeError(
                f"interact() shows all options alike, and {self.__name__}() gives {' and '.join(kinds[export])} for {', '.join(options)}, "
                f"but {' and '.join(shown)} at first: make a figure for each, or a panel for each with a dict"
            )
        for kind, result in zip(self._kinds(), self._results):
            arrays = result if isinstance(result, tuple) else ()
            if any(np.iscomplexobj(a) for a in arrays or (result,)):
                raise TypeError(f"{self.__name__}() gives complex numbers, and a figure shows real ones: return abs(z), np.angle(z), or z.real and z.imag")
            if kind in ("lines", "points") and any(len(a) != len(arrays[0]) for a in arrays if isinstance(a, np.ndarray) and a.ndim == 1):
                raise ValueError(f"x and y must have same first dimension, but have shapes {' and '.join(str(a.shape) for a in arrays)}")

    def _check_panels(self):
        """Images need two dimensions; points and the pointer a view with places in it."""
        for kind, result in zip(self._kinds(), self._results):
            if kind == "image" and not (isinstance(result, np.ndarray) and (result.ndim == 2 or _picture.kind_of(result) == "rgb")):
                what = f"an array of {result.ndim} dimension{'s' if result.ndim != 1 else ''}" if isinstance(result, np.ndarray) else f"a {type(result).__name__}"
                raise ValueError(f"interact() argument 'view': an Image shows an array of two dimensions, and {self.__name__}() gives {what}")
        for parameter, control in self._controls.items():
            if not isinstance(control, _controls.Point):
                continue
            if control.panel is not None and control.panel not in (self._names or ()):
                raise ValueError(f"interact() argument '{parameter}': the result has no panel {control.panel!r}")
            if self._panel(control) is None:
                raise ValueError(f"interact() argument '{parameter}': a {control.kind} needs a chart or an image, and there is none")

    def _panel(self, control):
        """The position of the panel in which a point lies, or None."""
        places = [k for k, kind in enumerate(self._kinds()) if kind not in ("table", "number")]
        wanted = places if control.panel is None else [k for k in places if self._names[k] == control.panel]
        return wanted[0] if wanted else None

    def _finish(self, kernels):
        """Compiles all kernels into one module."""
        # For values that nobody has tried, such a loop may not end.
        self._may_not_end = any(isinstance(node, ast.While) for node in ast.walk(ast.parse(self._origin.text)))
        requests = [(name, kernel.key, kernel.kernel.result) for name, kernel in kernels.items()]
        self._script = _engine.functions_expression(self._origin, requests, self._resident)
        for made in _collections:
            made.append(self)

    def __call__(self, *args, **kwargs):
        return self.function(*args, **kwargs)

    def __repr__(self):
        state = ", ".join(f"{name}={control.value!r}" for name, control in self._controls.items())
        return f"<nopython.Figure of {self.__name__}({state})>"

    def _arguments(self):
        """The values of run time that the controls begin with."""
        values = []
        for control in self._controls.values():
            if isinstance(control, _controls.Table):
                # The function may write to it.
                values.append(control.value.copy())
            elif not isinstance(control, _controls.Choice):
                values.append(control.value)
            elif control.is_dynamic:
                values.append(control.values()[control.index])
        return tuple(values)

    def _computed(self, values, compiled):
        """What the kernel gives for values of the controls; ``compiled`` keeps the kernels of the choices."""
        chosen, args = [], []
        for name, control in self._controls.items():
            value = values[name]
            if isinstance(control, _controls.Table):
                args.append(value.copy())
            elif not isinstance(control, _controls.Choice) or control.is_dynamic:
                args.append(value)
            else:
                chosen.append(next(str(k) for k, option in enumerate(control.options) if option is value))
        export = self._kernels[",".join(chosen)]
        if export not in compiled:
            compiled[export] = _Kernel(self._origin, export, tuple(args))
        return compiled[export](*args)

    def _choices(self):
        return [c for c in self._controls.values() if isinstance(c, _controls.Choice) and not c.is_dynamic]

    def _chosen(self):
        return ",".join(str(c.index) for c in self._choices())

    def _with_exports(self, origin, name, parameters, first=(), body="return {call}"):
        """The origin with a function for each combination of choices, and which of them serves which. `first` are parameters before those of
        controls; ``body`` is what a function does with the call."""
        choices = self._choices()
        combinations = list(itertools.product(*(range(len(c.options)) for c in choices)))
        if len(combinations) > MOST_KERNELS:
            raise ValueError(f"the choices of {self.__name__}() have {len(combinations)} combinations, and a kernel is compiled for each; at most {MOST_KERNELS}")
        dynamic = [p for p, c in self._controls.items() if not (isinstance(c, _controls.Choice) and not c.is_dynamic)]
        arrays = list(origin.arrays)
        written = {}
        for parameter, value in self._fixed.items():
            if isinstance(value, np.ndarray):
                written[parameter] = f"__fixed_{parameter}__"
                arrays.append((written[parameter], value.dtype.name, list(value.shape), np.ascontiguousarray(value).tobytes()))
            else:
                written[parameter] = _literal(parameter, value)
        text, kernels = [origin.text.rstrip("\n"), ""], {}
        for k, combination in enumerate(combinations):
            static = dict(zip((p for p, c in self._controls.items() if c in choices), combination))
            given = [
                _literal(p, self._controls[p].options[static[p]]) if p in static else written[p] if p in written else p
                for p in parameters
                if p in self._controls or p in written or p in first
            ]
            export = f"{name}_{k}" if len(combinations) > 1 else f"{name}_figure"
            text.append(f"def {export}({', '.join([*first, *dynamic])}): {body.format(call=f'{name}({chr(44).join(given)})')}")
            kernels[",".join(map(str, combination))] = export
        return dataclasses.replace(origin, text="\n".join(text) + "\n", arrays=arrays), kernels

    @property
    def _results(self):
        return list(self._result) if self._names else [self._result]

    def picture(self):
        """The initial state as an SVG."""
        return self._picture()

    def _picture(self, coarse=1.0):
        points = [(control.value, self._panel(control)) for control in self._controls.values() if isinstance(control, _controls.Point) and control.kind == "point"]
        return _picture.picture(self._results, self._views_of_results(), self._names, self._words(), points, coarse)

    def png(self):
        """The initial state as a PNG, for what takes no SVG."""
        return _raster.png(self._picture)

    def _spec(self):
        return {
            "controls": [{"name": name, **control.spec()} for name, control in self._controls.items()],
            "kernels": self._kernels,
            "views": self._live_views(),
            "names": self._names,
            "floats": self._floats(),
            "alt": f"{self.__name__}, a figure",
            **({"source": self._source} if self._source else {}),
            **({"beside": True} if self._may_not_end else {}),
        }

    def _parts(self):
        """The parts of the code that the figure needs; one that is edited may need any."""
        if self._source:
            return ["chart", "image", "hands", "map", "words", "titles", "table", "more", "editable"]
        kinds = set(self._kinds())
        texts = [text for view in self._views for text in (*(view.get(key, "") for key in ("title", "x", "y", "y2")), *view.get("labels", ()))]
        return [
            *(["chart"] if kinds & {"lines", "points", "bars"} else []),
            *(["image", "hands"] if kinds & {"image", "rgb"} else []),
            *(["map"] if kinds & {"image", "rgb"} or any("cmap" in view for view in self._views) else []),
            *(["words"] if kinds & {"number", "table"} else []),
            *(["titles"] if any("{" in text for text in texts) else []),
            *(["more"] if any(isinstance(control, (_controls.Button, _controls.Point, _controls.Range)) for control in self._controls.values()) else []),
            *(["table"] if any(isinstance(control, _controls.Table) for control in self._controls.values()) else []),
        ]

    def _kinds(self):
        """How each result is shown."""
        return [_picture.kind_of(result) if view["kind"] == "auto" else view["kind"] for result, view in zip(self._results, self._views_of_results())]

    def _views_of_results(self):
        """The view of each result."""
        return [self._views[min(k, len(self._views) - 1)] for k in range(len(self._results))]

    def _floats(self):
        """Names of controls and results that are floats."""
        controls = [name for name, control in self._controls.items() if isinstance(_value(control), float)]
        results = [name for name, result in zip(self._names or (), self._results) if isinstance(result, (float, np.floating))]
        return [*controls, *results]

    def _words(self):
        """What titles may name: values of controls, and named results."""
        return {**{name: _value(control) for name, control in self._controls.items()}, **dict(zip(self._names or (), self._results))}

    def _live_views(self):
        """The view of each result, with the colours of its map."""
        views = []
        for view, kind in zip(self._views_of_results(), self._kinds()):
            rest = {key: value for key, value in view.items() if key != "cmap"}
            views.append({**rest, "map": _colours.anchors(view.get("cmap") or "viridis")} if kind == "image" or "cmap" in view else rest)
        return views

    def html(self):
        """The figure as a fragment of HTML: its picture, and the script that brings it to life. It needs nothing else, and no network."""
        return self._html()

    def _html(self, compiler=None):
        """The fragment; ``compiler`` is the address of a script with the compiler, which is otherwise part of it where the source may be edited."""
        spec = self._spec()
        carried = _editable.compiler() if self._source and compiler is None else ""
        if self._source and compiler is not None:
            spec["source"] = {**self._source, "compiler": compiler}
        content = f"{_json(spec)},()=>{self._script}"
        identity = "np" + hashlib.sha256(content.encode()).hexdigest()[:12]
        source = base64.b64encode(self.picture().encode()).decode()
        alt = html.escape(f"{self.__name__} (static picture)", quote=True)
        script = _fragment.script(identity, _engine.figure_script(self._parts()), content)
        return (
            f'<div data-np="{identity}"><img alt="{alt}" style="max-width:100%" src="data:image/svg+xml;base64,{source}"></div>\n'
            f"<script>{carried}{script}</script>"
        )

    def widget(self):
        """The figure as a widget of the running kernel: a trait for each control, which Python and the reader set, and ``result``.

        Raises ``ImportError`` without anywidget, which the extra ``nopython[widget]`` installs.
        """
        try:
            import anywidget  # noqa: F401
        except ImportError as error:
            raise ImportError("figure.widget() needs anywidget: pip install 'nopython[widget]', or pip install anywidget") from error
        from nopython import _widget

        return _widget.widget(self)

    def save(self, path):
        """Writes one page with the figure, which works from ``file://`` with the network off; gives its path."""
        path = pathlib.Path(path)
        if path.suffix.lower() in (".svg", ".png"):
            raise ValueError(f"figure.save() writes pages, not {path.name}: figure.picture() is the SVG, figure.png() the PNG")
        path.write_text(self._page(self.html()), encoding="utf-8")
        return path

    def _page(self, fragment):
        title = html.escape(self.__name__.replace("_", " "))
        # A source beside its figure takes more room.
        width = 1240 if self._source else 720
        return _PAGE.format(title=title, width=width, body=fragment)

    def _repr_html_(self):
        # Sphinx-Gallery asks for nothing else.
        return self.html()

    def _display_(self):
        # Marimo asks for this. It runs scripts in frames alone, which grow to the height of what is in them.
        import marimo

        return marimo.iframe(_FRAME.format(body=self.html()), height="64px")

    def _repr_mimebundle_(self, include=None, exclude=None):
        # LaTeX has no use for the others.
        return {"text/html": self.html(), "image/png": base64.b64encode(self.png()).decode(), "text/plain": repr(self)}


def animate(step, state, *, view=None, show=None, speed=1, skip=0, **arguments):
    """A simulation that runs in the page, with play, pause, single step, speed and reset.

    ``step`` takes the state and advances it by one step: it writes to the arrays, or returns new ones of the same shapes. ``state`` is an array,
    a tuple of arrays, or a function without parameters that makes it, so that a large one does not travel. The further parameters of ``step``
    have controls, as with :func:`interact`, which may be moved while it runs.

    What is shown is the first array, or what ``show`` gives for the state, as ``view`` says. ``speed`` is the number of steps in a frame;
    ``skip`` steps are done before the first picture. The figure stands still while it cannot be seen, and begins still where the reader
    prefers reduced motion.

    Raises what :func:`interact` raises.
    """
    return Animation(step, state, view=view, show=show, speed=speed, skip=skip, arguments=arguments)


class Animation(Figure):
    """A simulation; made by :func:`animate`."""

    _resident = True

    def __init__(self, step, state, *, view, show, speed, skip, arguments):
        if not isinstance(speed, int) or not 1 <= speed <= 1000:
            raise ValueError(f"animate() takes a speed of 1 to 1000 steps in a frame, not {speed!r}")
        plain = getattr(step, "py_func", step)
        self.function = step
        self.__name__ = plain.__name__
        self._speed = speed
        self._names = None
        self._views = _chosen_views(view, None, None)
        values = state() if callable(state) else state
        values = values if isinstance(values, tuple) else (values,)
        if not values or not all(isinstance(v, np.ndarray) for v in values):
            raise TypeError("animate() takes a state of arrays: one, a tuple of them, or a function that gives these")
        parameters = list(inspect.signature(plain).parameters.values())
        if len(parameters) < len(values):
            raise TypeError(f"{self.__name__}() takes {len(parameters)} arguments, and the state has {len(values)} arrays")
        first = [p.name for p in parameters[: len(values)]]
        self._controls, self._fixed = _bound(plain, parameters[len(values) :], dict(arguments))
        functions = [step, *([show] if show else []), *([state] if callable(state) else [])]
        origin, (name, *others) = _source.gather(functions)
        arrays = list(origin.arrays)
        if callable(state):
            start = f"{others[-1]}()"
        else:
            arrays += [(f"__state_{k}__", v.dtype.name, list(v.shape), np.ascontiguousarray(v).tobytes()) for k, v in enumerate(values)]
            copies = "".join(f"__state_{k}__.copy(), " for k in range(len(values)))
            start = f"({copies})" if len(values) > 1 else "__state_0__.copy()"
        shown = f"{others[0]}({', '.join(first)})" if show else first[0]
        more = f"\ndef {name}_start(): return {start}\ndef {name}_show({', '.join(first)}): return {shown}\n"
        origin = dataclasses.replace(origin, text=origin.text.rstrip("\n") + more, arrays=arrays)
        state = tuple(np.array(v, order="C") for v in values)
        args = (*state, *self._arguments())
        names = [p.name for p in parameters]
        self._origin, self._kernels = self._with_exports(origin, name, names, first)
        advance = _Kernel(self._origin, self._kernels[self._chosen()], args)
        self._returns = bool(advance.kernel.result) and _engine.type_names(advance.kernel.result) != ["none"]
        if self._returns:
            target = ", ".join(f"{p}[...]" for p in first)
            self._origin, self._kernels = self._with_exports(origin, name, names, first, f"{target} = {{call}}")
        kernels = {export: _Kernel(self._origin, export, args) for export in self._kernels.values()}
        for _ in range(skip):
            kernels[self._kernels[self._chosen()]](*args)
        kernels[f"{name}_start"] = _Kernel(self._origin, f"{name}_start", ())
        kernels[f"{name}_show"] = _Kernel(self._origin, f"{name}_show", state)
        self._result = kernels[f"{name}_show"](*state)
        self._animation = {"start": f"{name}_start", "show": f"{name}_show", "speed": speed, "skip": skip}
        self._finish(kernels)

    def _spec(self):
        return {**super()._spec(), "animation": self._animation}

    def _parts(self):
        return [*super()._parts(), "animation"]


_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>
body {{ max-width: {width}px; margin: 48px auto; padding: 0 20px; font: 18px/1.6 Charter, Georgia, serif; color: CanvasText; background: Canvas; }}
h1 {{ font-size: 28px; line-height: 1.2; }}
@media (prefers-color-scheme: dark) {{ body {{ color: #e8eaed; background: #16181c; }} }}
</style>
<h1>{title}</h1>
{body}
</html>
"""

#: A page in a frame, which has the colours and the font of what is around it, and the height of its content.
_FRAME = """<!doctype html>
<meta charset="utf-8">
<style>body {{ margin: 0; }}</style>
<script>if (frameElement) {{
const {{ color, colorScheme, fontFamily }} = getComputedStyle(frameElement);
Object.assign(document.documentElement.style, {{ color, colorScheme, fontFamily }});
}}</script>
{body}
"""


def _kinds(written, names):
    """What a figure makes of results of a type, as it is written: one kind for each panel."""
    types = _items(written) if names else [written]
    return tuple(_kind(one) for one in types)


def _items(written):
    """The types in that of a tuple."""
    items, depth, start = [], 0, 1
    for k, character in enumerate(written):
        depth += (character in "([") - (character in ")]")
        if (character == "," and depth == 1) or (character == ")" and depth == 0):
            items.append(written[start:k].strip())
            start = k + 1
    return [item for item in items if item]


def _kind(written):
    if written.startswith("("):
        return "lines" if all("[" in item for item in _items(written)) else "a table"
    if "[" not in written:
        return "nothing" if written == "none" else "a number"
    ndim = written.split("[")[1].rstrip("]").replace("::1", ":").count(":")
    if ndim == 3 and written.startswith("uint8"):
        return "colours"
    return {1: "lines", 2: "an image"}.get(ndim, "a table")


def _json(value):
    """JSON that may stand in a script."""
    return json.dumps(value, ensure_ascii=True, allow_nan=False).replace("<", "\\u003c")


def _bound(function, parameters, given):
    """The controls and the fixed values of parameters of a function, in their order."""
    controls, fixed = {}, {}
    for parameter in parameters:
        name = parameter.name
        if parameter.kind not in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
            raise TypeError(f"interact() takes functions whose parameters can be given by position; {function.__name__}() has {parameter}")
        default = _controls.empty if parameter.default is parameter.empty else parameter.default
        annotation = parameter.annotation
        if name in given:
            abbreviation, start = given.pop(name), default
        elif isinstance(annotation, (tuple, list, dict, int, float)):
            abbreviation, start = annotation, default
        elif default is not _controls.empty:
            abbreviation, start = default, _controls.empty
            if isinstance(default, str) or default is None:
                fixed[name] = default
                continue
        else:
            raise TypeError(f"interact() needs a control for the argument '{name}' of {function.__name__}(): {name}=…, which takes {_controls.ACCEPTED}")
        made = _controls.control(name, abbreviation, start)
        if isinstance(made, _controls.fixed):
            fixed[name] = made.value
        else:
            controls[name] = made
    if given:
        names = ", ".join(inspect.signature(function).parameters)
        raise TypeError(f"{function.__name__}() has no argument '{next(iter(given))}'; it has {names}")
    return controls, fixed


def _value(control):
    """The value of a control as its function gets it."""
    if isinstance(control, _controls.Choice) and control.is_dynamic:
        return control.values()[control.index]
    return control.value


def _literal(parameter, value):
    """A value that is known while compiling, as source."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, tuple):
        return f"({''.join(_literal(parameter, v) + ', ' for v in value)})"
    if value is None or isinstance(value, (str, bool, int)):
        return repr(value)
    if isinstance(value, float):
        return repr(value) if np.isfinite(value) else f"float({str(value)!r})"
    raise TypeError(f"interact() argument '{parameter}' has the value {value!r}; options and fixed values are numbers, strings, None, tuples of them, or arrays")


def _chosen_views(view, views, names):
    """The views of the results, as the live figure reads them."""
    for one in [view, *((views or {}).values())]:
        if one is not None and not isinstance(one, _views.View):
            raise TypeError(f"a view is made by nopython.Lines, Points, Bars, Image, Table or Number, not {one!r}")
    if views is None:
        return [view.spec if view else {"kind": "auto"}]
    if names is None:
        raise TypeError("interact() takes views={...} for a function that returns a dict display, and view=... otherwise")
    unknown = next((name for name in views if name not in names), None)
    if unknown is not None:
        raise ValueError(f"the result has no {unknown!r}; it has {', '.join(map(repr, names))}")
    plain = view.spec if view else {"kind": "auto"}
    return [views[name].spec if name in views else plain for name in names]
