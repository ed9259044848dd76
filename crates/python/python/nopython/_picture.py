"""The picture of a figure's initial state, as SVG: what shows where no script runs.

Scales, ticks and colours are those of the live figure (``runtime/js/src/figure``).
"""

import base64
import json
import math
import re
import struct
import zlib
from html import escape

import numpy as np

from nopython import _native

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 12, 40
COLOURS = json.loads(_native.figure_colours())
#: Points of the lines of a chart, cells along a side of an image, and bytes of a picture, at most.
POINTS, CELLS, LARGEST = 1200, 128, 20_000
#: More points than that are drawn as pixels.
CLOUD = 20_000


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


def tick_step(low, high, count):
    """The step between ticks: 1, 2 or 5 times a power of ten, of which about ``count`` fit between two values."""
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    error = rough / power
    return power * (10 if error >= math.sqrt(50) else 5 if error >= math.sqrt(10) else 2 if error >= math.sqrt(2) else 1)


def ticks(low, high, log, count):
    """Round values between two others, with their labels, about ``count`` of them."""
    powers = _powers(low, high, count) if log else []
    # Between few powers the steps are equal.
    if len(powers) > 1:
        return [(value, label(value, 10.0 ** math.floor(math.log10(value) + 1e-9))) for value in powers]
    step = tick_step(low, high, count)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(k * step, label(k * step, step)) for k in range(first, min(last, first + 99) + 1)]


def _powers(low, high, count):
    """Powers of ten, or 1, 2 and 5 times these where there are few."""
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    every = max(1, math.ceil((last - first) / count))
    factors = (1, 2, 5) if last - first <= 2 else (1,)
    found = [float(f"{factor}e{power}") for power in range(math.ceil(first / every) * every, last + 1, every) for factor in factors]
    return [value for value in found if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)]


def label(value, step):
    """A tick's label: as many decimals as its step has, or an exponent where that is shorter."""
    size = max(abs(value), step)
    if value != 0 and (size >= 1e6 or size < 1e-4):
        digits = max(0, round(math.log10(abs(value)) - math.log10(step)))
        mantissa, exponent = f"{value:.{digits}e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−")
    text = f"{value:.{max(0, -math.floor(math.log10(step) + 1e-9))}f}"
    return (text.lstrip("-") if float(text) == 0 else text).replace("-", "−")


def extent(arrays, log=False):
    """The least and the greatest of finite values, apart from each other; with ``log`` only of those above zero."""
    finite = [a[np.isfinite(a) & ((a > 1e-300) if log else True)] for a in (np.asarray(a, float).ravel() for a in arrays)]
    finite = [a for a in finite if a.size]
    if not finite:
        return (1.0, 10.0) if log else (0.0, 1.0)
    low, high = min(float(a.min()) for a in finite), max(float(a.max()) for a in finite)
    if low == high or high - low < 1e-300:
        room = abs(low) if abs(low) > 1e-300 else 1
        return (low / 2, low * 2) if log else (low - room / 2, high + room / 2)
    return low, high


def _padded(limits, log=False):
    low, high = limits
    if log:
        return low / (high / low) ** 0.04, high * (high / low) ** 0.04
    room = (high - low) * 0.04
    return low - room, high + room


def _scale(low, high, start, end, log=False):
    """A function from values to pixels."""
    a, b = (math.log10(low), math.log10(high)) if log else (low, high)
    factor = (end - start) / (b - a)
    return lambda v: start + ((np.log10(v) if log else v) - a) * factor


def _axes(x_limits, y_limits, right_limits, box, view, at_x, at_y, at_right):
    """Ticks and words of axes around a box of left, right, bottom and top."""
    left, right, bottom, top = box
    across, down = max(2, (right - left) / 90), max(2, (bottom - top) / 50)
    log_x, log_y = view.get("xscale") == "log", view.get("yscale") == "log"
    out = []
    for value, text in ticks(*y_limits, log_y, down):
        y = round(float(at_y(value)))
        out.append(f'<path d="M{left} {y}.5H{right}" stroke="#888" stroke-opacity=".25"/>')
        out.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end" class="y">{text}</text>')
    for value, text in ticks(*right_limits, log_y, down) if right_limits else ():
        out.append(f'<text x="{right + 8}" y="{round(float(at_right(value))) + 4}" class="right">{text}</text>')
    for value, text in ticks(*x_limits, log_x, across):
        out.append(f'<text x="{round(float(at_x(value)))}" y="{bottom + 20}" text-anchor="middle" class="x">{text}</text>')
    if view.get("x"):
        out.append(f'<text x="{right}" y="{bottom + 38}" text-anchor="end">{escape(view["x"])} →</text>')
    if view.get("y"):
        out.append(f'<text x="{left}" y="{top - 8}">↑ {escape(view["y"])}</text>')
    if view.get("y2"):
        out.append(f'<text x="{right}" y="{top - 8}" text-anchor="end">{escape(view["y2"])} ↑</text>')
    return out


def _series(result):
    parts = [r for r in (result if isinstance(result, tuple) else (result,)) if isinstance(r, np.ndarray)]
    curves = lambda a: [a] if a.ndim < 2 else list(a)  # noqa: E731
    if len(parts) == 1:
        return [(np.arange(len(y)), y) for y in curves(parts[0])]
    return [(parts[0], y) for part in parts[1:] for y in curves(part)]


def _decimated(x, y, most):
    """A curve of at most about so many points: the first, least, greatest and last one of each group stand for it."""
    n = min(len(x), len(y))
    x, y = np.asarray(x[:n], float), np.asarray(y[:n], float)
    size = math.ceil(n / (most / 4))
    if n <= most:
        return x, y
    kept = []
    for start in range(0, n, size):
        group = y[start : start + size]
        filled = np.where(np.isfinite(group), group, 0)
        kept += sorted({start, start + int(filled.argmin()), start + int(filled.argmax()), start + len(group) - 1})
    return x[kept], y[kept]


def _is_right(view, k):
    labels = view.get("labels") or ()
    return any(one == k or (k < len(labels) and one == labels[k]) for one in view.get("right") or ())


def _chart(result, view):
    series = _series(result)
    bars = view["kind"] == "bars"
    log_x, log_y = view.get("xscale") == "log", view.get("yscale") == "log"
    xs = extent([x for x, _ in series], log_x)
    zero = [[0]] if (bars or view.get("area")) and not log_y else []
    of = lambda right: _padded(extent([y for k, (_, y) in enumerate(series) if _is_right(view, k) == right] + zero, log_y), log_y)  # noqa: E731
    x_limits = view.get("xlim") or (_padded(xs, log_x) if view["kind"] != "lines" and all(len(x) == len(y) for x, y in series) else xs)
    y_limits = view.get("ylim") or of(False)
    right_limits = (view.get("y2lim") or of(True)) if view.get("right") else None
    box = left, right, bottom, top = LEFT, WIDTH - (LEFT if right_limits else RIGHT), HEIGHT - BOTTOM, TOP + (20 if any(map(view.get, ("y", "y2", "labels"))) else 0)
    at_x = _scale(*x_limits, left, right, log_x)
    at_y, at_right = (_scale(*limits, bottom, top, log_y) if limits else None for limits in (y_limits, right_limits))
    out = _axes(x_limits, y_limits, right_limits, box, view, at_x, at_y, at_right)
    # Marks end where the axes do.
    out.append(f'<svg x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" viewBox="{left} {top} {right - left} {bottom - top}">')
    every = math.ceil(len(series) * view["coarse"] / 100)
    most = max(8, int(POINTS * every / (len(series) or 1) / view["coarse"]))
    for k, (x, y) in list(enumerate(series))[::every]:
        up = at_right if right_limits and _is_right(view, k) else at_y
        out.append(_marks(x, y, {**view, "box": box, "style": (view.get("styles") or [])[k : k + 1]}, most, COLOURS["lines"][k % len(COLOURS["lines"])], at_x, up, bottom if log_y else float(up(0.0))))
    out.append("</svg>")
    names = [
        f'<tspan fill="{COLOURS["lines"][k % len(COLOURS["lines"])]}" font-weight="600" dx="{16 if k else 0}">— </tspan><tspan>{escape(name)}</tspan>'
        for k, name in enumerate((view.get("labels") or ())[: len(series)])
    ]
    if names:
        out.append(f'<text x="{right - (8 * len(view["y2"]) + 32 if view.get("y2") else 0)}" y="{top - 8}" text-anchor="end">{"".join(names)}</text>')
    out += _handles(view, at_x, at_y)
    return "".join(out), HEIGHT


def _handles(view, at_x, at_y):
    """Points that can be dragged."""
    for x, y in view.get("points", ()):
        with np.errstate(all="ignore"):
            px, py = float(at_x(x)), float(at_y(y))
        if math.isfinite(px) and math.isfinite(py):
            yield f'<circle cx="{_pixel(px)}" cy="{_pixel(py)}" r="8" fill="#ff725c" stroke="#fff" stroke-width="2"/>'


def _marks(x, y, view, most, colour, at_x, at_y, base):
    """The marks of a curve, of at most so many points."""
    if view["kind"] == "points" and min(len(x), len(y)) > CLOUD:
        return _cloud(x, y, colour, at_x, at_y, view)
    size = view.get("size") or (6 if len(y) <= 2000 else 2.5)
    if view["kind"] == "points" and len(y) > most:
        # Places without a rhythm, which the points could share.
        kept = np.unique((np.arange(most) * 0.6180339887 % 1 * min(len(x), len(y))).astype(int))
        x, y = x[kept], y[kept]
    edges = at_x(np.asarray(x, float)) if view["kind"] == "bars" and len(x) == len(y) + 1 else None
    with np.errstate(all="ignore"):
        width = max(1.0, float(abs(at_x(x[1]) - at_x(x[0])) * 0.9)) if len(x) > 1 else 40.0
    x, y = _decimated(x, y, most)
    with np.errstate(all="ignore"):
        px, py = np.clip(at_x(x), -1e4, 1e4), np.clip(at_y(y), -1e4, 1e4)
    points = [(_pixel(a), _pixel(b)) if math.isfinite(a) and math.isfinite(b) else None for a, b in zip(px, py)]
    dots = "".join(f"M{p[0]} {p[1]}h0" for p in points if p)
    dots = f'<path d="{dots}" stroke="{colour}" stroke-opacity=".8" stroke-width="{size}" stroke-linecap="round" fill="none"/>'
    if view["kind"] == "points":
        return dots
    if edges is not None:
        marks = "".join(f"M{_pixel(a)} {_pixel(base)}V{p[1]}H{_pixel(max(a + 1, b - 1))}V{_pixel(base)}" for a, b, p in zip(edges, edges[1:], points) if p)
        return f'<path d="{marks}" fill="{colour}"/>'
    if view["kind"] == "bars":
        marks = "".join(f"M{p[0]} {base:.1f}V{p[1]}" for p in points if p)
        return f'<path d="{marks}" stroke="{colour}" stroke-width="{width:.1f}" fill="none"/>'
    path, area, run = [], [], []
    for before, p in zip([None, *points], [*points, None]):
        if p is None:
            if run and view.get("area"):
                area.append(f"{''.join(run)}L{before[0]} {_pixel(base)}L{run[0][1:].split()[0]} {_pixel(base)}Z")
            path += run
            run = []
        elif not run:
            run = [f"M{p[0]} {p[1]}"]
        else:
            step = view.get("step")
            if step:
                turn = {"pre": before[0], "post": p[0]}.get(step) or _pixel((float(before[0]) + float(p[0])) / 2)
                run.append(f"L{turn} {before[1]}L{turn} {p[1]}")
            run.append(f"L{p[0]} {p[1]}")
    dashed = [COLOURS["dashes"][style] for style in view["style"] if style != "-"]
    dashes = f' stroke-dasharray="{" ".join(map(str, dashed[0]))}"' if dashed else ""
    return (
        (f'<path d="{"".join(area)}" fill="{colour}" fill-opacity=".2"/>' if area else "")
        + f'<path d="{"".join(path)}" stroke="{colour}" stroke-width="2" stroke-linejoin="round" fill="none"{dashes}/>'
        + (dots if view.get("markers") else "")
    )


def _cloud(x, y, colour, at_x, at_y, view):
    """Very many points, as an image: each of its pixels is as dark as its points say, each of which covers a share of what is left."""
    left, right, bottom, top = view["box"]
    n = min(len(x), len(y))
    scale = 1 / math.sqrt(view["coarse"])
    width, height = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    with np.errstate(all="ignore"):
        across = np.floor((at_x(np.asarray(x[:n], float)) - left) * (width / (right - left)))
        down = np.floor((at_y(np.asarray(y[:n], float)) - top) * (height / (bottom - top)))
    inside = (across >= 0) & (across < width) & (down >= 0) & (down < height)
    counts = np.bincount((down[inside] * width + across[inside]).astype(int), minlength=width * height)
    rest = 1 - min(0.5, max(0.04, 1.5 * np.count_nonzero(counts) / n))
    # Few shades compress well.
    shades = np.where(counts, np.ceil((1 - 0.8 * rest ** np.minimum(counts, 255)) * 8) * 31, 0)
    cells = np.empty((height, width, 4), np.uint8)
    cells[..., :3] = np.frombuffer(bytes.fromhex(colour[1:]), np.uint8) * (shades > 0).reshape(height, width, 1)
    cells[..., 3] = shades.reshape(height, width)
    data = base64.b64encode(png(cells)).decode()
    return f'<image x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" preserveAspectRatio="none" href="data:image/png;base64,{data}"/>'


def _pixel(value):
    return f"{value:.1f}".removesuffix(".0")


def anchors(name):
    """The colours between which a map lies, as hexadecimal digits."""
    if name.startswith("#"):
        return name[1:]
    text = COLOURS["maps"][name.removesuffix("_r")]
    return "".join(reversed(re.findall("......", text))) if name.endswith("_r") else text


def colour_map(name):
    """A map as 256 colours of three bytes."""
    colours = np.frombuffer(bytes.fromhex(anchors(name)), np.uint8).reshape(-1, 3).astype(float)
    position = np.arange(256) / 255 * (len(colours) - 1)
    between = np.stack([np.interp(position, np.arange(len(colours)), colours[:, c]) for c in range(3)], axis=1)
    return np.floor(between + 0.5).astype(np.uint8)


def png(pixels, palette=None, density=None):
    """A PNG of bytes of shape (rows, columns), with a palette, or (rows, columns, 3 or 4); perhaps with its pixels in a metre."""
    rows, columns = pixels.shape[:2]
    kind = 3 if palette is not None else {3: 2, 4: 6}[pixels.shape[2]]
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))  # noqa: E731
    lines = b"".join(b"\0" + row.tobytes() for row in np.ascontiguousarray(pixels, np.uint8))
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, kind, 0, 0, 0))
    if density is not None:
        out += chunk(b"pHYs", struct.pack(">IIB", density, density, 1))
    if palette is not None:
        out += chunk(b"PLTE", palette.tobytes())
    return out + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")


def _image(result, view):
    rows, columns = result.shape[:2]
    if not rows or not columns:
        return "", 0
    mapped = result.ndim == 2
    plane, aspect = view.get("extent"), view.get("aspect", 1)
    left, bottom, top = (LEFT, BOTTOM, TOP + (20 if view.get("y") else 0)) if plane else (0, 0, 0)
    space = WIDTH - left - (76 if mapped else RIGHT if plane else 0)
    ratio = abs((plane[3] - plane[2]) / (plane[1] - plane[0])) if plane else rows / columns
    wanted = 300 - bottom if aspect == "auto" else space * ratio * aspect
    height = round(min(480, wanted))
    width = space if aspect == "auto" else space * min(1, height / wanted)
    axes, out = [], []
    if mapped:
        low, high = _between(view.get("vmin"), view.get("vmax"), extent([result]))
        palette = colour_map(view.get("cmap") or "viridis")
        ramp = base64.b64encode(png(np.arange(255, -1, -1, dtype=np.uint8).reshape(256, 1), palette)).decode()
        bar = left + width + 12
        out.append(f'<image x="{bar:.0f}" y="{top}" width="12" height="{height}" preserveAspectRatio="none" href="data:image/png;base64,{ramp}"/>')
        for value, text in ticks(low, high, False, max(3, height / 50)):
            y = top + min(max((1 - (value - low) / (high - low)) * height, 6), height - 6)
            out.append(f'<text x="{bar + 17:.0f}" y="{y + 4:.0f}" class="bar">{text}</text>')
    x0, x1, y0, y1 = plane or (0, columns, *((0, rows) if view.get("origin") == "lower" else (rows, 0)))
    at_x, at_y = _scale(x0, x1, left, left + width), _scale(y0, y1, top + height, top)
    out += _handles(view, at_x, at_y)
    if plane:
        box = left, left + width, top + height, top
        ordered = lambda a, b: (min(a, b), max(a, b))  # noqa: E731
        axes = _axes(ordered(*plane[:2]), ordered(*plane[2:]), None, box, view, at_x, at_y, None)
    step = max(1, math.ceil(max(rows, columns) * view["coarse"] ** 0.5 / CELLS))
    cells = result[::step, ::step][:: -1 if view.get("origin") == "lower" else 1]
    text = base64.b64encode(_mapped(cells, low, high, palette) if mapped else png(cells)).decode()
    style = "" if width < columns else ' style="image-rendering:pixelated"'
    image = f'<image x="{left}" y="{top}" width="{width:.1f}" height="{height}" preserveAspectRatio="none"{style} href="data:image/png;base64,{text}"/>'
    return "".join([*axes, image, *out]), top + height + bottom


def _between(vmin, vmax, limits):
    """The limits of a map, of which both, one or none are given."""
    low, high = limits[0] if vmin is None else vmin, limits[1] if vmax is None else vmax
    if low < high:
        return low, high
    return (low, low + (abs(low) or 1) / 2) if vmax is None else (high - (abs(high) or 1) / 2, high)


def _mapped(cells, low, high, palette):
    """A PNG of values in the colours of a palette; what is no number is transparent."""
    with np.errstate(all="ignore"):
        level = np.clip((cells.astype(float) - low) * (255 / (high - low)), 0, 255)
    absent = np.isnan(level)
    level = np.where(absent, 0, level).astype(np.uint8)
    return png(np.dstack([palette[level], np.where(absent, 0, 255)]) if absent.any() else level, None if absent.any() else palette)


def number(value):
    """A number as a reader wants it."""
    if isinstance(value, (float, np.floating)) and math.isfinite(value):
        text = f"{float(value):.6g}"
        return text if "e" in text else text
    return {True: "true", False: "false"}[bool(value)] if isinstance(value, (bool, np.bool_)) else str(value)


def _number(result, view):
    return f'<text x="0" y="30" font-size="28" fill="currentColor">{escape(number(result))}</text>', 40


def _table(result, view):
    rows = list(result)[:12]
    out = []
    for k, row in enumerate(rows):
        values = [number(v) for v in np.ravel(row)[:8]]
        cells = "".join(f'<text x="{40 + 76 * j + 60}" y="{18 + 24 * k}" text-anchor="end">{escape(v)}</text>' for j, v in enumerate(values))
        out.append(f'<text x="0" y="{18 + 24 * k}">{k}</text>{cells}')
    return "".join(out), 24 * len(rows) + 8


_PARTS = {"lines": _chart, "points": _chart, "bars": _chart, "image": _image, "rgb": _image, "number": _number, "table": _table}
