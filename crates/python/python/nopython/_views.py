"""How a figure shows what its function gives."""

import dataclasses


def _named(view, **options):
    return {"kind": view, **{name: value for name, value in options.items() if value is not None}}


@dataclasses.dataclass(frozen=True)
class View:
    """A view, made by one of the functions of this module."""

    spec: dict


def Lines(*, title=None, x=None, y=None, labels=None, xlim=None, ylim=None):
    """Lines through points. ``x`` and ``y`` are the axes' words, ``labels`` the lines'; ``xlim`` and ``ylim`` are fixed limits."""
    return View(_named("lines", title=title, x=x, y=y, labels=labels, xlim=xlim, ylim=ylim))


def Points(*, title=None, x=None, y=None, labels=None, xlim=None, ylim=None):
    """Points without lines."""
    return View(_named("points", title=title, x=x, y=y, labels=labels, xlim=xlim, ylim=ylim))


def Bars(*, title=None, x=None, y=None, labels=None, xlim=None, ylim=None):
    """Bars from zero."""
    return View(_named("bars", title=title, x=x, y=y, labels=labels, xlim=xlim, ylim=ylim))


def Image(*, title=None, cmap=None, vmin=None, vmax=None, origin=None):
    """An array of two dimensions in colours of a map of matplotlib's (``viridis``, ``plasma``, ``inferno``, ``magma``, ``cividis``, ``gray``,
    ``RdBu``; with ``_r`` reversed), from ``vmin`` to ``vmax``; with ``origin="lower"`` its first row is at the bottom."""
    known = ("viridis", "plasma", "inferno", "magma", "cividis", "gray", "RdBu")
    if cmap is not None and cmap.removesuffix("_r") not in known:
        raise ValueError(f"Image() cmap is {cmap!r}; it takes {', '.join(known)}, and these with _r")
    if origin not in (None, "upper", "lower"):
        raise ValueError(f"Image() origin is 'upper' or 'lower', not {origin!r}")
    return View(_named("image", title=title, cmap=cmap, vmin=vmin, vmax=vmax, origin=origin))


def Table(*, title=None):
    """A table of numbers."""
    return View(_named("table", title=title))


def Number(*, title=None):
    """One number."""
    return View(_named("number", title=title))
