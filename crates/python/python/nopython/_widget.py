"""Figures as widgets of a running kernel: :meth:`Figure.widget`. This module needs anywidget, which the extra ``nopython[widget]`` installs."""

import math
from numbers import Integral, Real

import anywidget
import numpy as np
import traitlets

from nopython import _controls, _engine, _figure


class _Value(traitlets.TraitType):
    """The value of a control, as its function gets it. What the page has is what the control's ``spec()`` has."""

    def __init__(self, control):
        self.control = control
        super().__init__(default_value=_figure._value(control))
        self.tag(sync=True, to_json=self._to_page, from_json=self._from_page)

    def validate(self, widget, value):
        taken = _taken(self.control, value)
        if taken is None:
            raise traitlets.TraitError(f"{self.name} takes {_words(self.control)}, not {value!r}")
        return taken

    def _to_page(self, value, widget):
        control = self.control
        if isinstance(control, _controls.Table):
            spec = _controls.Table(value).spec()
            return {"shape": spec["shape"], "value": spec["value"]}
        if isinstance(control, _controls.Choice):
            return {"value": _position(control, value)}
        return {"value": list(value) if isinstance(value, tuple) else value}

    def _from_page(self, given, widget):
        control, value = self.control, given["value"]
        if isinstance(control, _controls.Table):
            # Text is what JSON has no form for, or not all digits of.
            read = int if control.value.dtype.kind in "iu" else float
            return np.array([read(v) if isinstance(v, str) else v for v in value], control.value.dtype).reshape(given["shape"])
        if isinstance(control, _controls.Choice):
            return _options(control)[value]
        return tuple(value) if isinstance(value, list) else value


def _options(control):
    """The options of a choice as its function gets them."""
    return control.values() if control.is_dynamic else control.options


def _position(control, value):
    """The position of an option, or None. ``True`` is not ``1`` here."""
    same = (k for k, o in enumerate(_options(control)) if isinstance(o, (bool, np.bool_)) == isinstance(value, (bool, np.bool_)) and o == value)
    return next(same, None)


def _number(value, integer, low=-math.inf, high=math.inf):
    """A number between limits, as ipywidgets takes one, or None."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Integral if integer else Real) or not math.isfinite(value):
        return None
    return (int if integer else float)(min(max(value, low), high))


def _taken(control, value):
    """A value that a control can have, or None."""
    if isinstance(control, _controls.Bool):
        return bool(value) if isinstance(value, (bool, np.bool_)) else None
    if isinstance(control, _controls.Button):
        return _number(value, True)
    if isinstance(control, _controls.Choice):
        k = _position(control, value)
        return None if k is None else _options(control)[k]
    if isinstance(control, _controls.Table):
        return _array(control.value, value)
    if isinstance(control, _controls.Number):
        low, high = (10**control.low, 10**control.high) if control.log else (control.low, control.high)
        return _number(value, control.integer, low, high)
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        return None
    limits = (control.integer, control.low, control.high) if isinstance(control, _controls.Range) else (False,)
    pair = tuple(_number(v, *limits) for v in value)
    if None in pair or isinstance(control, _controls.Range) and pair[0] > pair[1]:
        return None
    return pair


def _array(first, value):
    """A value as a table that began with an array, or None."""
    try:
        array = np.asarray(value)
        if array.ndim != first.ndim or not array.size or array.shape[1:] != first.shape[1:] or not np.can_cast(array.dtype, first.dtype, "same_kind"):
            return None
        # What a caller does with its own array afterwards is not seen here.
        return np.array(array, first.dtype, order="C")
    except (TypeError, ValueError):
        return None


def _words(control):
    """What a control takes, for messages."""
    if isinstance(control, _controls.Bool):
        return "True or False"
    if isinstance(control, _controls.Choice):
        return f"one of {', '.join(map(repr, _options(control)))}"
    if isinstance(control, _controls.Table):
        columns = f" with {control.value.shape[1]} columns" if control.value.ndim > 1 else ""
        return f"an array of {control.value.dtype} of {control.value.ndim} dimension{'s' if control.value.ndim > 1 else ''}{columns}"
    if isinstance(control, _controls.Button):
        return "an int"
    if isinstance(control, _controls.Number):
        return "an int" if control.integer else "a number"
    if isinstance(control, _controls.Range):
        return f"two {'ints' if control.integer else 'numbers'}, the smaller first"
    return "two numbers, x and y"


class FigureWidget(anywidget.AnyWidget):
    """A figure in a running kernel: a trait for each control, named like its parameter, which Python and the page set; and ``result``."""

    #: What the function gives for the values of now, by the compiled kernel; None after an exception. Of a simulation the page alone has it.
    result = traitlets.Any(read_only=True, help="What the function gives for the values of now.")
    #: The exception that the function raised for the values of now, or None.
    error = traitlets.Any(read_only=True, help="What the function raised for the values of now.")

    def _follow(self, figure, keys):
        """Computes results of a figure from now on. ``keys`` are the traits of its controls."""
        self._figure, self._keys, self._compiled = figure, keys, {}
        if not isinstance(figure, _figure.Animation):
            self.observe(self._update, list(keys.values()))
            self._update()

    def _update(self, change=None):
        try:
            result, error = self._computed(), None
        except Exception as caught:
            result, error = None, caught
        with self.hold_trait_notifications():
            self.set_trait("error", error)
            self.set_trait("result", result)

    def _computed(self):
        values = {name: getattr(self, key) for name, key in self._keys.items()}
        result = self._figure._computed(values, self._compiled)
        return dict(zip(self._figure._names, result)) if self._figure._names else result


def widget(figure):
    """The widget of a figure."""
    # A parameter may have the name of what every widget has.
    keys = {}
    for name in figure._controls:
        key = name
        while hasattr(FigureWidget, key) or (key != name and key in figure._controls):
            key += "_"
        keys[name] = key
    members = {key: _Value(figure._controls[name]) for name, key in keys.items()}
    made = type("FigureWidget", (FigureWidget,), {**members, "_esm": _module(figure, list(keys.values())), "__doc__": FigureWidget.__doc__})()
    made._follow(figure, keys)
    return made


def _module(figure, keys):
    """The module that anywidget loads into the page."""
    script = _engine.figure_script([*figure._parts(), "widget"])
    return f"{script}\nexport default $figure.parts.widget($figure.begin,{_figure._json(figure._spec())},()=>{figure._script},{_figure._json(keys)})"
