"""Controls of figures: what the arguments of :func:`nopython.interact` stand for.

The abbreviations are those of ipywidgets 8 (``interaction.py``), which a test compares with it.
"""

import dataclasses
import math
from collections.abc import Iterable, Mapping
from numbers import Integral, Real

import numpy as np


@dataclasses.dataclass
class Number:
    """A slider; with ``log`` its track has powers of ten, and ``low`` and ``high`` are exponents."""

    low: float
    high: float
    step: float
    value: float
    integer: bool
    log: bool = False
    #: Whether the author has said where it starts.
    starts: bool = False

    def spec(self):
        spec = {"kind": "number", "integer": self.integer, "log": self.log, "low": self.low, "high": self.high, "step": self.step, "value": self.value}
        # Readers of JSON have no integers beyond.
        exact = self.integer and max(abs(self.low), abs(self.high), abs(self.value)) > 2**53
        return {**spec, "value": str(self.value), "dtype": "int64"} if exact else spec


@dataclasses.dataclass
class Range:
    """A slider with two handles."""

    low: float
    high: float
    step: float
    value: tuple
    integer: bool
    starts: bool = False

    def spec(self):
        return {"kind": "range", "integer": self.integer, "low": self.low, "high": self.high, "step": self.step, "value": list(self.value)}


@dataclasses.dataclass
class Bool:
    """A box that is checked or not."""

    value: bool

    def spec(self):
        return {"kind": "bool", "value": self.value}


@dataclasses.dataclass
class Choice:
    """A list. If all options are numbers, or all are bools, they are values of run time; otherwise a kernel is compiled for each."""

    labels: list
    options: list
    index: int

    @property
    def value(self):
        return self.options[self.index]

    @property
    def is_dynamic(self):
        if all(isinstance(o, (bool, np.bool_)) for o in self.options):
            return True
        return all(isinstance(o, Real) and not isinstance(o, (bool, np.bool_)) for o in self.options)

    def values(self):
        """The options as values of one type."""
        if isinstance(self.options[0], (bool, np.bool_)):
            return [bool(o) for o in self.options]
        if all(isinstance(o, Integral) for o in self.options):
            return [int(o) for o in self.options]
        return [float(o) for o in self.options]

    def spec(self):
        values = self.values() if self.is_dynamic else None
        return {"kind": "choice", "labels": self.labels, "values": values, "value": self.index}


@dataclasses.dataclass
class fixed:
    """A value of a parameter that no control changes: a number, a string, None, a tuple of them, or an array."""

    value: object


def log_slider(low, high, value=None):
    """A slider from ``low`` to ``high``, both above 0, whose track is logarithmic; it starts at ``value``, or in their geometric middle."""
    if not 0 < low < high:
        raise ValueError(f"log_slider() takes 0 < low < high, not {low!r} and {high!r}")
    starts = value is not None
    value = float(value) if starts else math.sqrt(low * high)
    if not low <= value <= high:
        raise ValueError(f"log_slider() value {value!r} is not between {low!r} and {high!r}")
    low, high = math.log10(low), math.log10(high)
    return Number(low, high, (high - low) / 200, value, False, True, starts)


def range_slider(low, high, step=None, value=None):
    """A slider with two handles, which gives a tuple; it starts at ``value``, or with the middle half."""
    integer = all(isinstance(v, Integral) for v in (low, high, *(() if step is None else (step,)), *(value or ())))
    if not low < high:
        raise ValueError(f"range_slider() takes low < high, not {low!r} and {high!r}")
    step = (1 if integer else 0.1) if step is None else step
    if step <= 0:
        raise ValueError(f"range_slider() step must be above 0, not {step!r}")
    starts = value is not None
    if not starts:
        quarter = (high - low) / 4
        value = (low + quarter, high - quarter)
    kind = int if integer else float
    value = tuple(kind(v) for v in value)
    if len(value) != 2 or not low <= value[0] <= value[1] <= high:
        raise ValueError(f"range_slider() value {value!r} is no pair between {low!r} and {high!r}")
    return Range(kind(low), kind(high), kind(step), value, integer, starts)


@dataclasses.dataclass
class Button:
    """A button, whose value is how often it was pressed."""

    label: str | None
    value: int = 0

    def spec(self):
        return {"kind": "button", "value": self.value, **({"label": self.label} if self.label else {})}


@dataclasses.dataclass
class Point:
    """A place in a view: a point that is dragged, or where the pointer is."""

    kind: str
    value: tuple
    panel: str | None

    def spec(self):
        return {"kind": self.kind, "value": list(self.value), **({"panel": self.panel} if self.panel else {})}


@dataclasses.dataclass
class Table:
    """An array whose items are typed."""

    value: np.ndarray

    def spec(self):
        # JSON has no form for infinities, and its readers none for integers that no float holds.
        items = [v if abs(v) <= 2**53 else str(v) for v in self.value.ravel().tolist()]
        return {"kind": "table", "dtype": self.value.dtype.name, "shape": list(self.value.shape), "value": items}


def button(label=None):
    """A button, which gives an int: how often it was pressed. Without a label it has the parameter's name."""
    return Button(None if label is None else str(label))


def point(x, y, *, panel=None):
    """A point that the reader drags in the figure, and that gives a tuple ``(x, y)`` of floats in the units of the axes; in an image without an
    extent these are columns and rows. It lies in the first chart or image, or in the panel of a name."""
    return Point("point", (float(x), float(y)), panel)


def pointer(x=0.0, y=0.0, *, panel=None):
    """Where the pointer is over a chart or an image, as a tuple ``(x, y)`` in the units of the axes; it begins at the values given."""
    return Point("pointer", (float(x), float(y)), panel)


def table(array):
    """A table of an array of one or two dimensions, in which the reader types and pastes numbers, and adds and removes rows."""
    array = np.ascontiguousarray(array)
    if array.ndim not in (1, 2) or not array.size or array.dtype.kind not in "iuf":
        raise ValueError(f"table() takes numbers in one or two dimensions, at least one, not an array of {array.dtype} of shape {array.shape}")
    return Table(array)


ACCEPTED = (
    "a number, (low, high), (low, high, step), a bool, a list or dict of options, nopython.log_slider, nopython.range_slider, "
    "nopython.button, nopython.table, nopython.point, nopython.pointer, nopython.fixed or an array"
)


def control(name, given, default):
    """The control or :class:`fixed` value that an abbreviation stands for. ``default`` is that of the parameter, or ``empty``."""
    try:
        made = _control(given)
    except (TypeError, ValueError) as error:
        raise type(error)(f"interact() argument '{name}': {error}") from None
    if made is None:
        hint = "; a list with the string in it is a choice" if isinstance(given, str) else ""
        raise TypeError(f"interact() argument '{name}' is {given!r}; it takes {ACCEPTED}{hint}")
    # A single value is where its control starts, whatever the default.
    if default is not empty and not isinstance(given, Real) and not getattr(made, "starts", False):
        _start(made, default)
    numbers = [v for part in dataclasses.astuple(made) for v in (part if isinstance(part, (list, tuple)) else [part]) if isinstance(v, Real)] if not isinstance(made, (fixed, Table)) else []
    if not all(map(math.isfinite, numbers)):
        raise ValueError(f"interact() argument '{name}' is {given!r}, and a control takes finite numbers; nopython.fixed takes any")
    return made


class empty:
    """No default."""


def _start(made, default):
    """A control starts at the parameter's default where that is one of its values."""
    if isinstance(made, Choice):
        if default in made.options:
            made.index = made.options.index(default)
    elif isinstance(made, Number) and isinstance(default, Real) and not isinstance(default, bool):
        low, high = (10**made.low, 10**made.high) if made.log else (made.low, made.high)
        if made.integer and not isinstance(default, Integral):
            return
        made.value = (int if made.integer else float)(min(max(default, low), high))
    elif isinstance(made, Bool) and isinstance(default, bool):
        made.value = default
    elif isinstance(made, Range) and isinstance(default, tuple) and len(default) == 2 and all(isinstance(v, Real) for v in default):
        if default[0] <= default[1] and not (made.integer and not all(isinstance(v, Integral) for v in default)):
            made.value = tuple((int if made.integer else float)(min(max(v, made.low), made.high)) for v in default)


def _control(given):
    if isinstance(given, (Number, Range, Bool, Choice, Button, Point, Table, fixed)):
        return given
    if type(given).__name__ == "fixed" and hasattr(given, "value"):
        return fixed(given.value)  # That of ipywidgets.
    if isinstance(given, np.ndarray):
        return fixed(given)
    if isinstance(given, tuple):
        return _of_tuple(given)
    if isinstance(given, str) or given is None:
        return None
    if isinstance(given, (bool, np.bool_)):
        return Bool(bool(given))
    if isinstance(given, Integral):
        low, high, value = _limits(None, None, int(given))
        return Number(low, high, 1, value, True)
    if isinstance(given, Real):
        low, high, value = _limits(None, None, float(given))
        return Number(low, high, 0.1, value, False)
    if isinstance(given, Mapping):
        return _choice(list(map(str, given.keys())), list(given.values()))
    if isinstance(given, Iterable):
        return _of_options(list(given))
    return None


def _of_options(options):
    """A list of options, or of pairs of a label and an option."""
    if options and all(isinstance(o, tuple) and len(o) == 2 for o in options):
        return _choice([str(label) for label, _ in options], [option for _, option in options])
    return _choice(list(map(str, options)), options)


def _choice(labels, options):
    if not options:
        raise ValueError("a choice needs an option")
    return Choice(labels, options, 0)


def _of_tuple(given):
    if len(given) not in (2, 3) or not all(isinstance(v, Real) for v in given):
        return None
    step = given[2] if len(given) == 3 else None
    if step is not None and step <= 0:
        raise ValueError(f"step must be above 0, not {step!r}")
    low, high, value = _limits(given[0], given[1], None, step)
    if all(isinstance(v, Integral) for v in given):
        return Number(int(low), int(high), 1 if step is None else int(step), int(value), True)
    return Number(float(low), float(high), 0.1 if step is None else float(step), float(value), False)


def _limits(low, high, value=None, step=None):
    if value is None:
        difference = high - low
        value = low + difference / 2
        if not isinstance(value, type(difference)):
            value = low + difference // 2
    else:
        around = (value, value + 1) if value == 0 else (-value, 3 * value) if value > 0 else (3 * value, -value)
        low, high = around[0] if low is None else low, around[1] if high is None else high
    if step is not None:
        value = low + int((value - low) / step) * step
    if not low <= value <= high:
        raise ValueError(f"value must be between min and max (min={low}, value={value}, max={high})")
    return low, high, value
