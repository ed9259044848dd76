"""How a figure shows what its function gives."""

import dataclasses


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
        low, high = map(float, value)
        if not low < high or (scale == "log" and low <= 0):
            raise ValueError(f"{name} is (low, high) with low < high{', above 0 on a logarithmic axis' if scale == 'log' else ''}, not {value!r}")
        limits[name] = [low, high]
    labels = None if labels is None else list(map(str, labels))
    for one in right or ():
        if not isinstance(one, int) and one not in (labels or ()):
            raise ValueError(f"right names lines by their positions or labels; there is no {one!r}")
    words = {"title": title, "x": x, "y": y, "y2": y2, "labels": labels, "right": None if right is None else list(right)}
    return View(_named(kind, **words, **limits, xscale=xscale, yscale=yscale, follow=None if follow else False, **more))


def Lines(*, title=None, x=None, y=None, y2=None, labels=None, right=None, xlim=None, ylim=None, y2lim=None, xscale=None, yscale=None, follow=True, step=None, area=False, markers=False):
    """Lines through points.

    ``x`` and ``y`` are the axes' words, ``labels`` the lines'. ``right`` are lines, by position or label, that have an axis of their own at the
    right, whose word is ``y2``. ``xlim``, ``ylim`` and ``y2lim`` are fixed limits; other limits follow what is shown, or with ``follow=False``
    stay as they are at first. ``xscale`` and ``yscale`` may be ``"log"``. ``step`` is ``"pre"``, ``"mid"`` or ``"post"``, as in matplotlib;
    ``area`` fills what is between a line and zero, and ``markers`` shows the points. Title, words and labels may have values in them:
    ``"σ = {s:.2f}"``.
    """
    if step not in (None, "pre", "mid", "post"):
        raise ValueError(f"Lines() step is 'pre', 'mid' or 'post', not {step!r}")
    return _of_chart("lines", title, x, y, y2, labels, right, xlim, ylim, y2lim, xscale, yscale, follow, step=step, area=area or None, markers=markers or None)


def Points(*, title=None, x=None, y=None, y2=None, labels=None, right=None, xlim=None, ylim=None, y2lim=None, xscale=None, yscale=None, follow=True):
    """Points without lines; the options are those of :func:`Lines`."""
    return _of_chart("points", title, x, y, y2, labels, right, xlim, ylim, y2lim, xscale, yscale, follow)


def Bars(*, title=None, x=None, y=None, y2=None, labels=None, right=None, xlim=None, ylim=None, y2lim=None, xscale=None, yscale=None, follow=True):
    """Bars from zero, around the values of x; or between them, where x has one value more than y: the edges of a histogram. The options are those of :func:`Lines`."""
    return _of_chart("bars", title, x, y, y2, labels, right, xlim, ylim, y2lim, xscale, yscale, follow)


def Image(*, title=None, x=None, y=None, cmap=None, vmin=None, vmax=None, origin=None, extent=None, aspect=None):
    """An array of two dimensions in colours.

    ``cmap`` is a map of matplotlib's (``viridis``, ``plasma``, ``inferno``, ``magma``, ``cividis``, ``gray``, ``RdBu``; with ``_r`` reversed), from
    ``vmin`` to ``vmax``; with ``origin="lower"`` the first row is at the bottom. ``extent`` is ``(left, right, bottom, top)``: the image then has
    axes, with the words ``x`` and ``y``. ``aspect`` is the height of a unit by its width: ``"equal"``, a number, or ``"auto"``, which fills what there is.
    """
    known = ("viridis", "plasma", "inferno", "magma", "cividis", "gray", "RdBu")
    if cmap is not None and cmap.removesuffix("_r") not in known:
        raise ValueError(f"Image() cmap is {cmap!r}; it takes {', '.join(known)}, and these with _r")
    if origin not in (None, "upper", "lower"):
        raise ValueError(f"Image() origin is 'upper' or 'lower', not {origin!r}")
    if extent is not None:
        extent = list(map(float, extent))
        if len(extent) != 4 or extent[0] == extent[1] or extent[2] == extent[3]:
            raise ValueError(f"Image() extent is (left, right, bottom, top), not {extent!r}")
    if aspect not in (None, "equal", "auto") and not (isinstance(aspect, (int, float)) and aspect > 0):
        raise ValueError(f"Image() aspect is 'equal', 'auto' or a number above 0, not {aspect!r}")
    aspect = None if aspect == "equal" else aspect
    if vmin is not None and vmax is not None and not vmin < vmax:
        raise ValueError(f"Image() takes vmin < vmax, not {vmin!r} and {vmax!r}")
    return View(_named("image", title=title, x=x, y=y, cmap=cmap, vmin=vmin, vmax=vmax, origin=origin, extent=extent, aspect=aspect))


def Table(*, title=None):
    """A table of numbers."""
    return View(_named("table", title=title))


def Number(*, title=None):
    """One number."""
    return View(_named("number", title=title))
