"""The picture of a figure's initial state, as SVG: what shows where no script runs.

Scales, ticks and colours are those of the live figure (``runtime/js/src/figure``).
"""

import base64
import math
import re
from html import escape

import numpy as np

from nopython._charts import BAR, BOTTOM, LEFT, RIGHT, TOP, WIDTH, axes, chart, handles
from nopython._colours import bar, between, colour_map, mapped, png
from nopython._scales import room, extent, scale

#: Cells along a side of an image, and bytes of a picture, at most.
CELLS, LARGEST = 128, 20_000

def kind_of(result):
    """The view of a result of which the author says nothing."""
    if isinstance(result, tuple):
        return "lines" if all(isinstance(r, np.ndarray) for r in result) else "table"
    if not isinstance(result, np.ndarray):
        return "number"
    if result.ndim == 3 and result.dtype == np.uint8 and result.shape[2] in (3, 4):
        return "rgb"
    return {1: "lines", 2: "image"}.get(result.ndim, "table")


def picture(results, views, names, values, points=(), coarse=1.0):
    """The SVG of results, one below the other. ``values`` are what titles may name, ``points`` those that can be dragged: where they lie, and the
    position of their panel. Lines have ``coarse`` times fewer points than they may have, and images cells, or as few as make it small."""
    while len(svg := _drawn(results, views, names, values, points, coarse)) > LARGEST and coarse < 100:
        coarse *= 1.3
    return svg


def _drawn(results, views, names, values, handles, coarse):
    parts, top = [], 0
    for k, (result, view) in enumerate(zip(results, views)):
        kind = kind_of(result) if view["kind"] == "auto" else view["kind"]
        view = {**view, "kind": kind, "points": [place for place, panel in handles if panel == k], "coarse": coarse}
        for key in ("title", "x", "y", "y2"):
            if key in view:
                view[key] = titled(view[key], values)
        if "labels" in view:
            view["labels"] = [titled(text, values) for text in view["labels"]]
        title = view.get("title") or (names[k] if names else None)
        if title:
            parts.append(f'<text x="0" y="{top + 16}" font-weight="600" fill="currentColor">{escape(title)}</text>')
            top += 24
        draw, height = _PARTS[kind](result, view)
        parts.append(f'<g transform="translate(0 {top})">{draw}</g>')
        top += height + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" width="{WIDTH}" height="{top}" '
        f'font-family="system-ui,sans-serif" font-size="13" fill="#666">{"".join(parts)}</svg>'
    )


def titled(text, values):
    """A text with values in it; what is no value, or has no such format, stays as it is."""

    def put(found):
        if found[1] is None:
            return found[0][0]
        value = values.get(found[1])
        value = value.item() if isinstance(value, np.generic) else value
        try:
            return format(value, found[2] or "") if isinstance(value, (int, float, str)) else found[0]
        except ValueError:
            return found[0]

    return re.sub(r"\{\{|\}\}|\{(\w+)(?::([^{}]*))?\}", put, text)


def _image(result, view):
    rows, columns = result.shape[:2]
    if not rows or not columns:
        return "", 0
    is_mapped = result.ndim == 2
    plane, aspect = view.get("extent"), view.get("aspect", 1)
    left, bottom, top = (room(plane[2:], False, 480, LEFT), BOTTOM, TOP + (20 if view.get("y") else 0)) if plane else (0, 0, 0)
    space = WIDTH - left - (BAR if is_mapped else RIGHT if plane else 0)
    ratio = abs((plane[3] - plane[2]) / (plane[1] - plane[0])) if plane else rows / columns
    wanted = 300 - bottom if aspect == "auto" else space * ratio * aspect
    height = round(min(480, wanted))
    width = space if aspect == "auto" else space * min(1, height / wanted)
    frame, out = [], []
    if is_mapped:
        low, high = between(view.get("vmin"), view.get("vmax"), extent([result]))
        palette = colour_map(view.get("cmap") or "viridis")
        out += bar(left + width + 12, top, height, low, high, palette)
    x0, x1, y0, y1 = plane or (0, columns, *((0, rows) if view.get("origin") == "lower" else (rows, 0)))
    at_x, at_y = scale(x0, x1, left, left + width), scale(y0, y1, top + height, top)
    out += handles(view, at_x, at_y)
    if plane:
        box = left, left + width, top + height, top
        ordered = lambda a, b: (min(a, b), max(a, b))  # noqa: E731
        frame = axes(ordered(*plane[:2]), ordered(*plane[2:]), None, box, view, at_x, at_y, None)
    step = max(1, math.ceil(max(rows, columns) * view["coarse"] ** 0.5 / CELLS))
    cells = result[::step, ::step][:: -1 if view.get("origin") == "lower" else 1]
    text = base64.b64encode(mapped(cells, low, high, palette) if is_mapped else png(cells)).decode()
    style = "" if width < columns else ' style="image-rendering:pixelated"'
    image = f'<image x="{left}" y="{top}" width="{width:.1f}" height="{height}" preserveAspectRatio="none"{style} href="data:image/png;base64,{text}"/>'
    return "".join([*frame, image, *out]), top + height + bottom


def number(value):
    """A number as a reader wants it, as the live figure has it: with six digits, or those before the point, and integers with all."""
    value = value.item() if isinstance(value, np.generic) else value
    if not isinstance(value, float) or not math.isfinite(value):
        return str(value)
    rounded = value if value.is_integer() else float(f"{value:.{max(6, len(str(int(abs(value)))))}g}")
    if rounded == 0:
        return "0"
    if 1e-6 <= abs(rounded) < 1e21:
        return np.format_float_positional(rounded, trim="-")
    return np.format_float_scientific(rounded, trim="-", exp_digits=1)


def _number(result, view):
    return f'<text x="0" y="30" font-size="28" fill="currentColor" class="cell">{escape(number(result))}</text>', 40


def _table(result, view):
    out = []
    for k, row in enumerate(list(result)[:12]):
        values = np.ravel(row).tolist() if isinstance(row, np.ndarray) else [row]
        texts = [*map(number, values[:8]), *(["…"] if len(values) > 8 else [])]
        cells = "".join(f'<text x="{40 + 76 * j + 60}" y="{18 + 24 * k}" text-anchor="end" class="cell">{escape(text)}</text>' for j, text in enumerate(texts))
        out.append(f'<text x="0" y="{18 + 24 * k}">{k}</text>{cells}')
    if len(result) > 12:
        out.append(f'<text x="0" y="{18 + 24 * 12}">… {len(result) - 12} more</text>')
    return "".join(out), 24 * len(out) + 8


_PARTS = {"lines": chart, "points": chart, "bars": chart, "image": _image, "rgb": _image, "number": _number, "table": _table}
