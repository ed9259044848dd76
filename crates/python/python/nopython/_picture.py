"""The picture of a figure's initial state, as SVG: what shows where no script runs.

Scales, ticks and colours are those of the live figure (``runtime/js/src/figure``).
"""

import base64
import json
import math
import struct
import zlib
from html import escape

import numpy as np

from nopython import _native

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 12, 40
COLOURS = json.loads(_native.figure_colours())
#: Points of a line, and cells along a side of an image, at most.
POINTS, CELLS = 1200, 128


def kind_of(result):
    """The view of a result of which the author says nothing."""
    if isinstance(result, tuple):
        return "lines" if all(isinstance(r, np.ndarray) for r in result) else "table"
    if not isinstance(result, np.ndarray):
        return "number"
    if result.ndim == 3 and result.dtype == np.uint8 and result.shape[2] in (3, 4):
        return "rgb"
    return {1: "lines", 2: "image"}.get(result.ndim, "table")


def picture(results, views, names):
    """The SVG of results, one below the other."""
    parts, top = [], 0
    for k, result in enumerate(results):
        view = views[k] if k < len(views) else views[0] if views else {"kind": "auto"}
        kind = kind_of(result) if view["kind"] == "auto" else view["kind"]
        title = view.get("title") or (names[k] if names else None)
        if title:
            parts.append(f'<text x="0" y="{top + 16}" font-weight="600" fill="currentColor">{escape(title)}</text>')
            top += 24
        draw, height = _PARTS[kind](result, {**view, "kind": kind})
        parts.append(f'<g transform="translate(0 {top})">{draw}</g>')
        top += height + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" width="{WIDTH}" height="{top}" '
        f'font-family="system-ui,sans-serif" font-size="13" fill="#666">{"".join(parts)}</svg>'
    )


def tick_step(low, high, count):
    """The step between ticks: 1, 2 or 5 times a power of ten, of which about ``count`` fit between two values."""
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    error = rough / power
    return power * (10 if error >= math.sqrt(50) else 5 if error >= math.sqrt(10) else 2 if error >= math.sqrt(2) else 1)


def ticks(low, high, count):
    """Round values between two others."""
    step = tick_step(low, high, count)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [k * step for k in range(first, min(last, first + 99) + 1)]


def label(value, step):
    """A tick's label: as many decimals as its step has, or an exponent where that is shorter."""
    size = max(abs(value), step)
    if value != 0 and (size >= 1e6 or size < 1e-4):
        digits = max(0, round(math.log10(abs(value)) - math.log10(step)))
        mantissa, exponent = f"{value:.{digits}e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−")
    text = f"{value:.{max(0, -math.floor(math.log10(step) + 1e-9))}f}"
    return (text.lstrip("-") if float(text) == 0 else text).replace("-", "−")


def extent(arrays):
    """The least and the greatest of finite values, apart from each other."""
    finite = [a[np.isfinite(a)] for a in (np.asarray(a, float).ravel() for a in arrays)]
    finite = [a for a in finite if a.size]
    if not finite:
        return 0.0, 1.0
    low, high = min(float(a.min()) for a in finite), max(float(a.max()) for a in finite)
    if low == high:
        return low - (abs(low) or 1) / 2, high + (abs(high) or 1) / 2
    return low, high


def _padded(low, high):
    room = (high - low) * 0.04
    return low - room, high + room


def _series(result):
    parts = [r for r in (result if isinstance(result, tuple) else (result,)) if isinstance(r, np.ndarray)]
    curves = lambda a: [a] if a.ndim < 2 else list(a)  # noqa: E731
    if len(parts) == 1:
        return [(np.arange(len(y)), y) for y in curves(parts[0])]
    return [(parts[0], y) for part in parts[1:] for y in curves(part)]


def _decimated(x, y):
    """A curve of at most about ``POINTS`` points: the first, least, greatest and last one of each group stand for it."""
    n = min(len(x), len(y))
    x, y = np.asarray(x[:n], float), np.asarray(y[:n], float)
    size = math.ceil(n / (POINTS / 4))
    if n <= POINTS:
        return x, y
    kept = []
    for start in range(0, n, size):
        group = y[start : start + size]
        filled = np.where(np.isfinite(group), group, 0)
        kept += sorted({start, start + int(filled.argmin()), start + int(filled.argmax()), start + len(group) - 1})
    return x[kept], y[kept]


def _chart(result, view):
    series = _series(result)
    bars = view["kind"] == "bars"
    xs = extent([x for x, _ in series])
    x0, x1 = view.get("xlim") or (_padded(*xs) if bars else xs)
    y0, y1 = view.get("ylim") or _padded(*extent([y for _, y in series] + ([[0]] if bars else [])))
    left, right, bottom, top = LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM, TOP + (20 if view.get("y") or view.get("labels") else 0)
    at_x = lambda v: left + (v - x0) / (x1 - x0) * (right - left)  # noqa: E731
    at_y = lambda v: bottom + (v - y0) / (y1 - y0) * (top - bottom)  # noqa: E731
    across, down = max(2, (right - left) / 90), max(2, (bottom - top) / 50)
    step_x, step_y = tick_step(x0, x1, across), tick_step(y0, y1, down)
    out = []
    for value in ticks(y0, y1, down):
        y = round(at_y(value))
        out.append(f'<path d="M{left} {y}.5H{right}" stroke="#888" stroke-opacity=".25"/>')
        out.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end" class="y">{label(value, step_y)}</text>')
    for value in ticks(x0, x1, across):
        out.append(f'<text x="{round(at_x(value))}" y="{bottom + 20}" text-anchor="middle" class="x">{label(value, step_x)}</text>')
    if view.get("x"):
        out.append(f'<text x="{right}" y="{bottom + 38}" text-anchor="end">{escape(view["x"])} →</text>')
    if view.get("y"):
        out.append(f'<text x="{left}" y="{top - 8}">↑ {escape(view["y"])}</text>')
    for k, (x, y) in enumerate(series):
        colour = COLOURS["lines"][k % len(COLOURS["lines"])]
        x, y = _decimated(x, y)
        with np.errstate(all="ignore"):
            px, py = np.clip(at_x(x), -1e4, 1e4), np.clip(at_y(y), -1e4, 1e4)
        points = [(f"{a:.1f}".rstrip("0").rstrip("."), f"{b:.1f}".rstrip("0").rstrip(".")) if math.isfinite(a) and math.isfinite(b) else None for a, b in zip(px, py)]
        if view["kind"] == "points":
            marks = "".join(f"M{p[0]} {p[1]}h0" for p in points if p)
            out.append(f'<path d="{marks}" stroke="{colour}" stroke-width="5" stroke-linecap="round" fill="none"/>')
        elif bars:
            width = max(1, abs(px[1] - px[0]) * 0.9) if len(px) > 1 else 40
            marks = "".join(f"M{p[0]} {at_y(0):.1f}V{p[1]}" for p in points if p)
            out.append(f'<path d="{marks}" stroke="{colour}" stroke-width="{width:.1f}" fill="none"/>')
        else:
            path, pen = [], "M"
            for p in points:
                path.append(f"{pen}{p[0]} {p[1]}" if p else "")
                pen = "L" if p else "M"
            out.append(f'<path d="{"".join(path)}" stroke="{colour}" stroke-width="2" stroke-linejoin="round" fill="none"/>')
    names = [
        f'<tspan fill="{COLOURS["lines"][k % len(COLOURS["lines"])]}" dx="16">{escape(name)}</tspan>'
        for k, name in enumerate((view.get("labels") or ())[: len(series)])
    ]
    if names:
        out.append(f'<text x="{right}" y="{top - 8}" text-anchor="end">{"".join(names)}</text>')
    return f'<svg width="{WIDTH}" height="{HEIGHT}">{"".join(out)}</svg>', HEIGHT


def colour_map(name):
    """A map as 256 colours of three bytes."""
    reverse = name.endswith("_r")
    anchors = np.frombuffer(bytes.fromhex(COLOURS["maps"][name.removesuffix("_r")]), np.uint8).reshape(-1, 3).astype(float)
    position = np.arange(256) / 255 * (len(anchors) - 1)
    colours = np.stack([np.interp(position, np.arange(len(anchors)), anchors[:, c]) for c in range(3)], axis=1)
    return np.floor(colours + 0.5).astype(np.uint8)[:: -1 if reverse else 1]


def png(pixels, palette=None):
    """A PNG of bytes of shape (rows, columns), with a palette, or (rows, columns, 3 or 4)."""
    rows, columns = pixels.shape[:2]
    kind = 3 if palette is not None else {3: 2, 4: 6}[pixels.shape[2]]
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))  # noqa: E731
    lines = b"".join(b"\0" + row.tobytes() for row in np.ascontiguousarray(pixels, np.uint8))
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, kind, 0, 0, 0))
    if palette is not None:
        out += chunk(b"PLTE", palette.tobytes())
    return out + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")


def _image(result, view):
    rows, columns = result.shape[:2]
    if not rows or not columns:
        return "", 0
    mapped = view["kind"] == "image"
    step = max(1, math.ceil(max(rows, columns) / CELLS))
    cells = result[::step, ::step]
    if view.get("origin") == "lower":
        cells = cells[::-1]
    space = WIDTH - (76 if mapped else 0)
    height = min(480, round(space / columns * rows))
    width = columns * min(space / columns, height / rows)
    bar = ""
    if mapped:
        low, high = extent([result])
        low, high = view.get("vmin", low), view.get("vmax", high)
        palette = colour_map(view.get("cmap") or "viridis")
        with np.errstate(all="ignore"):
            level = np.nan_to_num((cells.astype(float) - low) * (255 / ((high - low) or 1)), nan=0.0, posinf=255, neginf=0)
        data = png(np.clip(level, 0, 255).astype(np.uint8), palette)
        ramp = base64.b64encode(png(np.arange(255, -1, -1, dtype=np.uint8).reshape(256, 1), palette)).decode()
        bar = f'<image x="{width + 12:.0f}" y="0" width="12" height="{height}" preserveAspectRatio="none" href="data:image/png;base64,{ramp}"/>'
        count = max(2, height / 50)
        for value in ticks(low, high, count):
            y = min(max((1 - (value - low) / (high - low)) * height, 6), height - 6)
            bar += f'<text x="{width + 29:.0f}" y="{y + 4:.0f}" class="bar">{label(value, tick_step(low, high, count))}</text>'
    else:
        data = png(cells)
    text = base64.b64encode(data).decode()
    style = "" if width < columns else ' style="image-rendering:pixelated"'
    return f'<image width="{width:.1f}" height="{height}" preserveAspectRatio="none"{style} href="data:image/png;base64,{text}"/>{bar}', height


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
