"""How a figure shows what its function gives."""

import dataclasses
import importlib
import re

import numpy as np


def _named(view, **options):
    return {"kind": view, **{name: value for name, value in options.items() if value is not None}}


@dataclasses.dataclass(frozen=True)
class View:
    """A view, made by one of the functions of this module."""

    spec: dict


def _of_chart(kind, title, x, y, y2, labels, right, xlim, ylim, y2lim, xscale, yscale, follow, **more):
    for name, value in (("xscale", xscale), ("yscale", yscale)):
        if value not in (None, "linear", "log"):
            raise ValueError(f"{name} is 'linear' or 'log', not {value!r}")
    limits = {}
    for name, value, scale in (("xlim", xlim, xscale), ("ylim", ylim, yscale), ("y2lim", y2lim, yscale)):
        if value is None:
            continue
        try:
            low, high = map(float, value)
        except (TypeError, ValueError):
            raise ValueError(f"{name} is (low, high), not {value!r}") from None
        if not low < high or (scale == "log" and low <= 0):
            raise ValueError(f"{name} is (low, high) with low < high{', above 0 on a logarithmic axis' if scale == 'log' else ''}, not {value!r}")
        limits[name] = [low, high]
    labels = None if labels is None else list(map(str, labels))
    for one in right or ():
        if not isinstance(one, int) and one not in (labels or ()):
            raise ValueError(f"right names lines by their positions or labels; there is no {one!r}")
    words = {"title": title, "x": x, "y": y, "y2": y2, "labels": labels, "right": None if right is None else list(right)}
    return View(_named(kind, **words, **limits, xscale=xscale, yscale=yscale, follow=None if follow else False, **more))


def Lines(*, title=None, x=None, y=None, y2=None, labels=None, right=None, xlim=None, ylim=None, y2lim=None, xscale=None, yscale=None, follow=True, step=None, area=False, markers=False, styles=None):
    """Lines through points.

    ``x`` and ``y`` are the axes' words, ``labels`` the lines'. ``right`` are lines, by position or label, that have an axis of their own at the
    right, whose word is ``y2``. ``xlim``, ``ylim`` and ``y2lim`` are fixed limits; other limits follow what is shown, or with ``follow=False``
    stay as they are at first. ``xscale`` and ``yscale`` may be ``"log"``. ``step`` is ``"pre"``, ``"mid"`` or ``"post"``, as in matplotlib;
    ``area`` fills what is between a line and zero, and ``markers`` shows the points; ``styles`` are those of the lines, each ``"-"``, ``"--"``,
    ``":"`` or ``"-."``. Title, words and labels may have values in them:
    ``"σ = {s:.2f}"``.
    """
    if step not in (None, "pre", "mid", "post"):
        raise ValueError(f"Lines() step is 'pre', 'mid' or 'post', not {step!r}")
    unknown = next((style for style in styles or () if style not in ("-", "--", ":", "-.")), None)
    if unknown is not None:
        raise ValueError(f"Lines() styles are '-', '--', ':' or '-.', not {unknown!r}")
    return _of_chart("lines", title, x, y, y2, labels, right, xlim, ylim, y2lim, xscale, yscale, follow, step=step, area=area or None, markers=markers or None, styles=None if styles is None else list(styles))


def Points(*, title=None, x=None, y=None, y2=None, labels=None, right=None, xlim=None, ylim=None, y2lim=None, xscale=None, yscale=None, follow=True, size=None, cmap=None, vmin=None, vmax=None):
    """Points without lines, ``size`` pixels wide; by default so that many of them can be told apart. With ``cmap`` the last array has values, which
    are the points' colours as in an :func:`Image`, from ``vmin`` to ``vmax``. The further options are those of :func:`Lines`."""
    if cmap is not None and right:
        raise ValueError("Points() has a colour bar or an axis at the right, not both")
    _in_order("Points", vmin, vmax)
    if size is not None and not (isinstance(size, (int, float)) and 0 < size <= 100):
        raise ValueError(f"Points() size is a number of pixels up to 100, not {size!r}")
    return _of_chart("points", title, x, y, y2, labels, right, xlim, ylim, y2lim, xscale, yscale, follow, size=size, cmap=_map("Points", cmap), vmin=vmin, vmax=vmax)


def Bars(*, title=None, x=None, y=None, y2=None, labels=None, right=None, xlim=None, ylim=None, y2lim=None, xscale=None, yscale=None, follow=True):
    """Bars from zero, around the values of x; or between them, where x has one value more than y: the edges of a histogram. The options are those of :func:`Lines`."""
    return _of_chart("bars", title, x, y, y2, labels, right, xlim, ylim, y2lim, xscale, yscale, follow)


def Image(*, title=None, x=None, y=None, cmap=None, vmin=None, vmax=None, origin=None, extent=None, aspect=None):
    """An array of two dimensions in colours.

    ``cmap`` is ``viridis``, ``plasma``, ``inferno``, ``magma``, ``cividis``, ``gray`` or ``RdBu``, with ``_r`` reversed; any map of matplotlib's by
    its name, where that is installed; or colours between which the others lie, as ``["#000000", "#ffffff"]``. It reaches from ``vmin`` to ``vmax``; with ``origin="lower"`` the first row is at the bottom. ``extent`` is ``(left, right, bottom, top)``: the image then has
    axes, with the words ``x`` and ``y``. ``aspect`` is the height of a unit by its width: ``"equal"``, a number, or ``"auto"``, which fills what there is.
    """
    if origin not in (None, "upper", "lower"):
        raise ValueError(f"Image() origin is 'upper' or 'lower', not {origin!r}")
    if extent is not None:
        extent = list(map(float, extent))
        if len(extent) != 4 or extent[0] == extent[1] or extent[2] == extent[3]:
            raise ValueError(f"Image() extent is (left, right, bottom, top), not {extent!r}")
    if aspect not in (None, "equal", "auto") and not (isinstance(aspect, (int, float)) and aspect > 0):
        raise ValueError(f"Image() aspect is 'equal', 'auto' or a number above 0, not {aspect!r}")
    aspect = None if aspect == "equal" else aspect
    _in_order("Image", vmin, vmax)
    return View(_named("image", title=title, x=x, y=y, cmap=_map("Image", cmap), vmin=vmin, vmax=vmax, origin=origin, extent=extent, aspect=aspect))


def _in_order(view, vmin, vmax):
    if vmin is not None and vmax is not None and not vmin < vmax:
        raise ValueError(f"{view}() takes vmin < vmax, not {vmin!r} and {vmax!r}")


def _map(view, cmap):
    """The name of a map, or ``#`` and the digits of the colours between which it lies."""
    known = ("viridis", "plasma", "inferno", "magma", "cividis", "gray", "RdBu")
    if cmap is None:
        return None
    if not isinstance(cmap, str):
        colours = [str(colour) for colour in cmap]
        if len(colours) < 2 or not all(re.fullmatch("#[0-9a-fA-F]{6}", colour) for colour in colours):
            raise ValueError(f"{view}() cmap is the name of a map, or two or more colours as '#4269d0', not {cmap!r}")
        return "#" + "".join(colour[1:] for colour in colours)
    if cmap.removesuffix("_r") in known:
        return cmap
    try:
        found = importlib.import_module("matplotlib").colormaps[cmap]
    except (ImportError, KeyError):
        raise ValueError(f"{view}() cmap is {cmap!r}; it takes {', '.join(known)}, these with _r, and those of matplotlib where that is installed") from None
    all_of_it = np.asarray(found(np.linspace(0, 1, 256)))[:, :3] * 255
    few = np.asarray(found(np.linspace(0, 1, 64)))[:, :3] * 255
    # A map with steps or sharp turns needs all of its colours.
    is_smooth = all(np.abs(np.interp(np.arange(256) * (63 / 255), np.arange(64), few[:, c]) - all_of_it[:, c]).max() < 3 for c in range(3))
    return "#" + np.round(few if is_smooth else all_of_it).astype(np.uint8).tobytes().hex()


def Table(*, title=None):
    """A table of numbers."""
    return View(_named("table", title=title))


def Number(*, title=None):
    """One number."""
    return View(_named("number", title=title))
