"""Colours of lines, maps of values, and images of them. The live figure has the same (``runtime/js/src/figure/map.ts``)."""

import base64
import json
import re
import struct
import zlib

import numpy as np

from nopython import _engine
from nopython._scales import ticks

COLOURS = json.loads(_engine.figure_colours())

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


def between(vmin, vmax, limits):
    """The limits of a map, of which both, one or none are given."""
    low, high = limits[0] if vmin is None else vmin, limits[1] if vmax is None else vmax
    if low < high:
        return low, high
    return (low, low + (abs(low) or 1) / 2) if vmax is None else (high - (abs(high) or 1) / 2, high)


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


def mapped(cells, low, high, palette):
    """A PNG of values in the colours of a palette; what is no number is transparent."""
    with np.errstate(all="ignore"):
        level = np.clip((cells.astype(float) - low) * (255 / (high - low)), 0, 255)
    absent = np.isnan(level)
    level = np.where(absent, 0, level).astype(np.uint8)
    return png(np.dstack([palette[level], np.where(absent, 0, 255)]) if absent.any() else level, None if absent.any() else palette)


def bar(left, top, height, low, high, palette):
    """The bar of a map, as parts of an SVG."""
    ramp = base64.b64encode(png(np.arange(255, -1, -1, dtype=np.uint8).reshape(256, 1), palette)).decode()
    out = [f'<image x="{left:.0f}" y="{top}" width="12" height="{height}" preserveAspectRatio="none" href="data:image/png;base64,{ramp}"/>']
    for value, text in ticks(low, high, False, max(3, height / 50)):
        y = top + min(max((1 - (value - low) / (high - low)) * height, 6), height - 6)
        out.append(f'<text x="{left + 17:.0f}" y="{y + 4:.0f}" class="bar">{text}</text>')
    return out
