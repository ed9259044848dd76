"""Charts in pictures: lines, points and bars, as parts of an SVG."""

import base64
import math
from html import escape

import numpy as np

from nopython._colours import COLOURS, bar, between, colour_map, mapped, png
from nopython._glyphs import glyph
from nopython._scales import extent, level, padded, room, scale, upright

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 12, 40
#: What a colour bar takes of the width.
BAR = 76
#: Points of the lines of a chart at most; and of points that are drawn one by one.
POINTS, CLOUD = 1200, 20_000

def axes(x_limits, y_limits, right_limits, box, view, at_x, at_y, at_right):
    """Ticks and words of axes around a box of left, right, bottom and top."""
    left, right, bottom, top = box
    log_x, log_y = view.get("xscale") == "log", view.get("yscale") == "log"
    out = []
    for value, text in upright(y_limits, log_y, bottom - top):
        y = round(float(at_y(value)))
        out.append(f'<path d="M{left} {y}.5H{right}" stroke="#888" stroke-opacity=".25"/>')
        out.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end" class="y">{text}</text>')
    for value, text in upright(right_limits, log_y, bottom - top) if right_limits else ():
        out.append(f'<text x="{right + 8}" y="{round(float(at_right(value))) + 4}" class="right">{text}</text>')
    for value, text in level(x_limits, log_x, right - left):
        # The last label may be wider than what is right of it.
        x = min(round(float(at_x(value))), WIDTH - 4 * len(text))
        out.append(f'<text x="{x}" y="{bottom + 20}" text-anchor="middle" class="x">{text}</text>')
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


def chart(result, view):
    series = _series(result)
    # With a map, the last array has values of the points.
    values = series.pop()[1] if view.get("cmap") and len(series) > 1 else None
    bars = view["kind"] == "bars"
    log_x, log_y = view.get("xscale") == "log", view.get("yscale") == "log"
    xs = extent([x for x, _ in series], log_x)
    zero = [[0]] if (bars or view.get("area")) and not log_y else []
    of = lambda right: padded(extent([y for k, (_, y) in enumerate(series) if _is_right(view, k) == right] + zero, log_y), log_y)  # noqa: E731
    x_limits = view.get("xlim") or (padded(xs, log_x) if (view["kind"] != "lines" or view.get("markers")) and all(len(x) == len(y) for x, y in series) else xs)
    y_limits = view.get("ylim") or of(False)
    right_limits = (view.get("y2lim") or of(True)) if view.get("right") else None
    bottom, top = HEIGHT - BOTTOM, TOP + (20 if any(map(view.get, ("y", "y2", "labels"))) else 0)
    left = room(y_limits, log_y, bottom - top, LEFT)
    right = WIDTH - (room(right_limits, log_y, bottom - top, LEFT) if right_limits else RIGHT if values is None else BAR)
    box = left, right, bottom, top
    at_x = scale(*x_limits, left, right, log_x)
    at_y, at_right = (scale(*limits, bottom, top, log_y) if limits else None for limits in (y_limits, right_limits))
    out = axes(x_limits, y_limits, right_limits, box, view, at_x, at_y, at_right)
    if values is not None:
        low, high = between(view.get("vmin"), view.get("vmax"), extent([values]))
        palette = colour_map(view["cmap"])
        out += bar(right + 12, top, bottom - top, low, high, palette)
        view = {**view, "values": (values, low, high, palette)}
    # Marks end where the axes do.
    out.append(f'<svg x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" viewBox="{left} {top} {right - left} {bottom - top}">')
    every = math.ceil(len(series) * view["coarse"] / 100)
    most = max(8, int(POINTS * every / (len(series) or 1) / view["coarse"]))
    for k, (x, y) in list(enumerate(series))[::every]:
        up = at_right if right_limits and _is_right(view, k) else at_y
        out.append(_marks(x, y, {**view, "box": box, "style": (view.get("styles") or [])[k : k + 1]}, most, COLOURS["lines"][k % len(COLOURS["lines"])], at_x, up, bottom if log_y else float(up(0.0))))
    out.append("</svg>")
    labels, legend = (view.get("labels") or ())[: len(series)], []
    # Labels that do not fit between the words stand above these, in as many lines as they need.
    free = right - left - sum(_width(view[key]) + 40 for key in ("y", "y2") if view.get(key))
    if sum(_width(name) + 40 for name in labels) <= free:
        end = right - (_width(view["y2"]) + 32 if view.get("y2") else 0)
        out.append(_legend(labels, 0, f'x="{end:.0f}" y="{top - 8}" text-anchor="end"') if labels else "")
    else:
        legend = _lines(labels, right - left)
    out += handles(view, at_x, at_y)
    if not legend:
        return "".join(out), HEIGHT
    above = "".join(_legend(names, first, f'x="{left}" y="{16 + 24 * row}"') for row, (first, names) in enumerate(legend))
    return f'{above}<g transform="translate(0 {24 * len(legend)})">{"".join(out)}</g>', HEIGHT + 24 * len(legend)


def _width(text):
    """About how wide a text is."""
    return sum(glyph(character)[0] + 0.8 for character in text) * 13 / 20


def _lines(labels, room):
    """Labels in lines that fit, with the position of the first one of each."""
    lines, used = [], math.inf
    for k, name in enumerate(labels):
        if used + _width(name) + 40 > room:
            lines.append((k, []))
            used = 0
        lines[-1][1].append(name)
        used += _width(name) + 40
    return lines


def _legend(names, first, place):
    """Labels with the colours of their lines."""
    colours = [COLOURS["lines"][(first + k) % len(COLOURS["lines"])] for k in range(len(names))]
    parts = (
        f'<tspan fill="{colour}" font-weight="600" dx="{16 if k else 0}">— </tspan><tspan>{escape(name)}</tspan>'
        for k, (name, colour) in enumerate(zip(names, colours))
    )
    return f'<text {place}>{"".join(parts)}</text>'


def handles(view, at_x, at_y):
    """Points that can be dragged."""
    for x, y in view.get("points", ()):
        with np.errstate(all="ignore"):
            px, py = float(at_x(x)), float(at_y(y))
        if math.isfinite(px) and math.isfinite(py):
            yield f'<circle cx="{_pixel(px)}" cy="{_pixel(py)}" r="8" fill="#ff725c" stroke="#fff" stroke-width="2"/>'


def _marks(x, y, view, most, colour, at_x, at_y, base):
    """The marks of a curve, of at most so many points."""
    values = view["values"][0][: len(y)] if "values" in view else None
    if view["kind"] == "points" and min(len(x), len(y)) > CLOUD:
        return _cloud(x, y, colour, at_x, at_y, view)
    size = view.get("size") or (6 if len(y) <= 2000 else 2.5)
    if view["kind"] == "points" and len(y) > most:
        # Places without a rhythm, which the points could share.
        kept = np.unique((np.arange(most) * 0.6180339887 % 1 * min(len(x), len(y), len(y if values is None else values))).astype(int))
        x, y = x[kept], y[kept]
        values = values[kept] if values is not None else None
    edges = at_x(np.asarray(x, float)) if view["kind"] == "bars" and len(x) == len(y) + 1 else None
    with np.errstate(all="ignore"):
        width = max(1.0, float(abs(at_x(x[1]) - at_x(x[0])) * 0.9)) if len(x) > 1 else 40.0
    x, y = _decimated(x, y, most)
    with np.errstate(all="ignore"):
        px, py = np.clip(at_x(x), -1e4, 1e4), np.clip(at_y(y), -1e4, 1e4)
    points = [(_pixel(a), _pixel(b)) if math.isfinite(a) and math.isfinite(b) else None for a, b in zip(px, py)]
    if view["kind"] == "points" and "values" in view:
        return _coloured(points, values, size, view)
    dots = _dots(points, colour, size)
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


def _dots(points, colour, size):
    marks = "".join(f"M{p[0]} {p[1]}h0" for p in points if p)
    return f'<path d="{marks}" stroke="{colour}" stroke-opacity=".8" stroke-width="{size}" stroke-linecap="round" fill="none"/>'


def _coloured(points, values, size, view):
    """Points in the colours of values; of these there are 32, so that points share them."""
    _, low, high, palette = view["values"]
    with np.errstate(all="ignore"):
        levels = np.clip((np.asarray(values, float) - low) * (255 / (high - low)), 0, 255)
    groups = {}
    for point, level in zip(points, levels):
        if level == level:
            groups.setdefault(int(level) // 8 * 8 + 4, []).append(point)
    return "".join(_dots(some, "#" + palette[level].tobytes().hex(), size) for level, some in groups.items())


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
    if "values" in view:
        values, low, high, palette = view["values"]
        last = np.full(width * height, np.nan)
        places = (down * width + across)[inside].astype(int)
        # Of the points in a pixel the last one is seen.
        last[places] = np.asarray(values[:n], float)[inside]
        return _image(mapped(last.reshape(height, width), low, high, palette), view["box"])
    rest = 1 - min(0.5, max(0.04, 1.5 * np.count_nonzero(counts) / n))
    # Few shades compress well.
    shades = np.where(counts, np.ceil((1 - 0.8 * rest ** np.minimum(counts, 255)) * 8) * 31, 0)
    cells = np.empty((height, width, 4), np.uint8)
    cells[..., :3] = np.frombuffer(bytes.fromhex(colour[1:]), np.uint8) * (shades > 0).reshape(height, width, 1)
    cells[..., 3] = shades.reshape(height, width)
    return _image(png(cells), view["box"])


def _image(data, box):
    """A PNG over a box."""
    left, right, bottom, top = box
    data = base64.b64encode(data).decode()
    return f'<image x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" preserveAspectRatio="none" href="data:image/png;base64,{data}"/>'


def _pixel(value):
    return f"{value:.1f}".removesuffix(".0")
