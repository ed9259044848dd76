"""The picture of a figure as pixels, for papers, whose makers take no SVG.

It draws what ``_picture`` writes: groups that are moved, paths of lines, text, and PNGs with or without a palette; so both are one drawing.
"""

import base64
import itertools
import re
import struct
import xml.etree.ElementTree as ElementTree
import zlib

import numpy as np

from nopython._colours import png as png_of
from nopython._glyphs import glyph

#: Bytes at most, so that they are 20 kB as text in a notebook.
LARGEST = 15_000
_COLOURS = {"#fff": (255, 255, 255), "currentColor": (26, 26, 26), "#666": (102, 102, 102), "#888": (136, 136, 136)}
_UNITS_IN_EM = 20
_TURN = np.linspace(0, 2 * np.pi, 49)


def png(draw):
    """The PNG of the picture that ``draw`` gives, which takes how many times coarser it shall be. It has two pixels for one of the picture's, and less,
    fewer colours, and a coarser picture, where that would have more than ``LARGEST`` bytes."""
    for coarse, factor, levels in ((1, 2, 31), (1, 1.5, 31), (1, 1, 15), (4, 1, 15), (16, 1, 15), (64, 1, 7), (256, 1, 7)):
        pixels = _drawn(ElementTree.fromstring(draw(coarse)), factor)
        for depth in (levels, levels // 2):
            data = _encoded(pixels, depth, factor)
            if len(data) <= LARGEST:
                return data
    return data


def _drawn(root, factor):
    canvas = _Canvas(float(root.get("width")), float(root.get("height")), factor)
    _draw(canvas, root, (0.0, 0.0), {key: root.get(key) for key in ("fill", "font-size")})
    return canvas.pixels


def _encoded(pixels, levels, factor):
    """A PNG in which every part of a colour has so many levels above zero: most pictures then have a palette."""
    coarse = (pixels * (levels / 255) + 0.5).astype(np.uint8)
    key = (coarse[..., 0].astype(np.uint32) << 10) | (coarse[..., 1].astype(np.uint32) << 5) | coarse[..., 2]
    found, places = np.unique(key, return_inverse=True)
    colours = np.stack([found >> 10, found >> 5 & 31, found & 31], axis=1) * 255 // levels
    density = round(factor * 96 / 0.0254)
    if len(found) <= 256:
        return png_of(places.reshape(key.shape).astype(np.uint8), colours.astype(np.uint8), density)
    return png_of(colours[places.reshape(key.shape)].astype(np.uint8), None, density)


def _draw(canvas, element, at, style):
    """Draws an element and what is in it. ``at`` is where its own origin lies."""
    style = {**style, **{key: element.get(key) for key in ("fill", "font-size", "font-weight") if element.get(key)}}
    name = element.tag.rpartition("}")[2]
    if name == "g":
        x, y = re.fullmatch(r"translate\((\S+) (\S+)\)", element.get("transform", "translate(0 0)")).groups()
        at = at[0] + float(x), at[1] + float(y)
    if name in ("svg", "g"):
        limits = canvas.limits
        if name == "svg" and element.get("x"):
            box = np.array([float(element.get(key)) for key in ("x", "y", "width", "height")])
            canvas.limit(box + [*at, 0, 0])
        for child in element:
            _draw(canvas, child, at, style)
        canvas.limits = limits
    elif name == "path":
        _path(canvas, element, at)
    elif name == "text":
        _text(canvas, element, at, style)
    elif name == "circle":
        x, y, radius = (float(element.get(key)) for key in ("cx", "cy", "r"))
        round_ = np.stack([np.cos(_TURN), np.sin(_TURN)], axis=1) * radius + [x + at[0], y + at[1]]
        canvas.fill([round_], _colour(element.get("fill")), 1.0)
        canvas.stroke([round_], float(element.get("stroke-width")), True, _colour(element.get("stroke")), 1.0)
    elif name == "image":
        box = np.array([float(element.get(key, 0)) for key in ("x", "y", "width", "height")])
        canvas.put(_decoded(element.get("href")), box + [*at, 0, 0])
    else:
        raise ValueError(f"a picture has no <{name}>")


def _path(canvas, element, at):
    lines = [line + at for line in _lines(element.get("d"))]
    colour = element.get("fill")
    if colour != "none" and not (colour is None and element.get("stroke")):
        canvas.fill(lines, _colour(colour), float(element.get("fill-opacity", 1)))
    if element.get("stroke"):
        is_round = element.get("stroke-linecap") == "round"
        if element.get("stroke-dasharray"):
            lines = [dash for line in lines for dash in _dashes(line, [float(n) for n in element.get("stroke-dasharray").split()])]
        canvas.stroke(lines, float(element.get("stroke-width", 1)), is_round, _colour(element.get("stroke")), float(element.get("stroke-opacity", 1)))


def _lines(path):
    """The subpaths of a path of ``MLHVhZ``, as arrays of shape (points, 2)."""
    lines = []
    for command, text in re.findall(r"([MLHVhZ])([^MLHVhZ]*)", path):
        numbers = [float(n) for n in text.split()]
        if command == "M":
            lines.append([numbers])
        elif command == "Z":
            lines[-1].append(lines[-1][0])
        else:
            x, y = lines[-1][-1]
            lines[-1].append({"L": numbers, "H": [*numbers, y], "V": [x, *numbers], "h": [x + sum(numbers), y]}[command])
    return [np.array(line) for line in lines]


def _dashes(line, lengths):
    """The parts of a line that lie in dashes of some lengths, between which the gaps have the others."""
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    at = 0.0
    for k in itertools.count():
        end = at + lengths[k % len(lengths)]
        if at >= along[-1]:
            return
        if k % 2 == 0:
            places = np.concatenate([[at], along[(along > at) & (along < end)], [min(end, along[-1])]])
            yield np.stack([np.interp(places, along, line[:, c]) for c in range(2)], axis=1)
        at = end


def _text(canvas, element, at, style):
    """Text by strokes; its parts may have colours of their own."""
    size = float(style["font-size"])
    parts = [(0.0, element.text or "", style["fill"]), *((float(part.get("dx", 0)), part.text or "", part.get("fill", style["fill"])) for part in element)]
    unit = size / _UNITS_IN_EM
    bold = bool(style.get("font-weight"))
    space = 1.4 if bold else 0.4
    width = sum(gap + sum(glyph(c)[0] + space for c in text) * unit for gap, text, _ in parts)
    x = at[0] + float(element.get("x")) - width * {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor"), 0.0)
    y = at[1] + float(element.get("y"))
    thick = size * (0.115 if bold else 0.08)
    for gap, text, colour in parts:
        x += gap
        strokes = []
        for character in text:
            advance, corners = glyph(character)
            strokes += [c * [unit, -unit] + [x, y] for c in corners]
            x += (advance + space) * unit
        canvas.stroke(strokes, thick, True, _colour(colour), 1.0)


def _colour(text):
    return _COLOURS.get(text) or tuple(bytes.fromhex(text[1:]))


def _decoded(address):
    """Pixels of shape (rows, columns, 3 or 4) of a PNG as ``_colours.png`` writes it."""
    data = base64.b64decode(address.partition(",")[2])
    chunks, at = {}, 8
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        chunks[data[at + 4 : at + 8]] = data[at + 8 : at + 8 + size]
        at += size + 12
    columns, rows, _, kind = struct.unpack_from(">IIBB", chunks[b"IHDR"])
    depth = {2: 3, 3: 1, 6: 4}[kind]
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(rows, 1 + columns * depth)[:, 1:]
    if kind == 3:
        return np.frombuffer(chunks[b"PLTE"], np.uint8).reshape(-1, 3)[lines]
    return lines.reshape(rows, columns, depth)


class _Canvas:
    """Pixels, ``factor`` for one of the picture's. Lengths are given in the picture's."""

    def __init__(self, width, height, factor):
        self.factor = factor
        self.pixels = np.full((round(height * factor), round(width * factor), 3), 255.0, np.float32)
        #: Left, top, right and bottom of what is drawn on, in pixels.
        self.limits = 0, 0, self.pixels.shape[1], self.pixels.shape[0]

    def limit(self, box):
        """Draws from now on in a box of left, top, width and height alone."""
        corners = np.round(np.array([box[0], box[1], box[0] + box[2], box[1] + box[3]]) * self.factor).astype(int)
        self.limits = *np.maximum(corners[:2], self.limits[:2]), *np.minimum(corners[2:], self.limits[2:])

    def _blend(self, coverage, corner, colour, opacity):
        """Covers the pixels from ``corner`` (row, column) on by shares of 0 to 1."""
        part = self.pixels[corner[0] : corner[0] + coverage.shape[0], corner[1] : corner[1] + coverage.shape[1]]
        part += (np.array(colour, np.float32) - part) * (coverage * opacity)[..., None].astype(np.float32)

    def _box(self, points, room):
        """Rows and columns of pixels around points, as far as there are such."""
        low, high = np.floor(points.min(axis=0) - room), np.ceil(points.max(axis=0) + room)
        (x0, y0), (x1, y1) = np.clip([low, high], self.limits[:2], self.limits[2:]).astype(int)
        return y0, y1, x0, x1

    def stroke(self, lines, width, is_round, colour, opacity):
        """Lines of a width. Where they meet they are round; ends are so if ``is_round``, and a line of two points alone is a rectangle otherwise."""
        if not is_round:
            alone = [line for line in lines if len(line) == 2 and (line[0] != line[1]).any()]
            self.fill([_rectangle(*line, width) for line in alone], colour, opacity)
            lines = [line for line in lines if len(line) > 2]
        if not lines:
            return
        lines = [line * self.factor - 0.5 for line in lines]
        reach = width * self.factor / 2 + 0.5
        top, bottom, left, right = self._box(np.concatenate(lines), reach + 1)
        if top >= bottom or left >= right:
            return
        coverage = np.zeros((bottom - top, right - left))
        for line in lines:
            for a, b in zip(line, line[1:]):
                self._segment(coverage, (top, left), a, b, reach)
        self._blend(coverage, (top, left), colour, opacity)

    def _segment(self, coverage, corner, a, b, reach):
        """Raises coverage to that of a segment: a pixel is covered as far as it is nearer than ``reach``, at most wholly."""
        y0, y1, x0, x1 = self._box(np.stack([a, b]), reach + 1)
        y0, x0 = max(y0, corner[0]), max(x0, corner[1])
        if y0 >= y1 or x0 >= x1:
            return
        x, y = np.arange(x0, x1) - a[0], (np.arange(y0, y1) - a[1])[:, None]
        (dx, dy), length = b - a, ((b - a) ** 2).sum()
        along = np.clip((x * dx + y * dy) / length, 0, 1) if length else 0.0
        away = np.hypot(x - along * dx, y - along * dy)
        part = coverage[y0 - corner[0] : y1 - corner[0], x0 - corner[1] : x1 - corner[1]]
        np.maximum(part, np.clip(reach - away, 0, 1)[: part.shape[0], : part.shape[1]], out=part)

    def fill(self, lines, colour, opacity):
        """Fills the closed polygons of lines, by what each of four lines in a row of pixels covers of it."""
        lines = [line * self.factor for line in lines if len(line) > 2]
        if not lines:
            return
        top, bottom, left, right = self._box(np.concatenate(lines), 1)
        if top >= bottom or left >= right:
            return
        fine = np.zeros(((bottom - top) * 4, right - left + 2))
        for line in lines:
            start, end = line, np.roll(line, -1, axis=0)
            for a, b in zip((start - [left, top]) * [1, 4], (end - [left, top]) * [1, 4]):
                low, high = sorted((a[1], b[1]))
                rows = np.arange(max(0, int(np.ceil(low - 0.5))), min(len(fine), int(np.ceil(high - 0.5))))
                if len(rows):
                    x = np.clip(a[0] + (rows + 0.5 - a[1]) * ((b[0] - a[0]) / (b[1] - a[1])), 0, right - left)
                    column = x.astype(int)
                    turn = 1.0 if b[1] > a[1] else -1.0
                    # What lies right of an edge is inside or outside by the sum of turns.
                    fine[rows, column] += turn * (1 - (x - column))
                    fine[rows, column + 1] += turn * (x - column)
        inside = np.minimum(np.abs(np.cumsum(fine, axis=1)), 1)[:, : right - left]
        self._blend(inside.reshape(bottom - top, 4, right - left).mean(axis=1), (top, left), colour, opacity)

    def put(self, image, box):
        """Stretches an image over a box of left, top, width and height."""
        x0, y0, x1, y1 = np.round(np.array([box[0], box[1], box[0] + box[2], box[1] + box[3]]) * self.factor).astype(int)
        rows = np.minimum((np.arange(y1 - y0) + 0.5) * image.shape[0] / max(1, y1 - y0), image.shape[0] - 1).astype(int)
        columns = np.minimum((np.arange(x1 - x0) + 0.5) * image.shape[1] / max(1, x1 - x0), image.shape[1] - 1).astype(int)
        new = image[rows[:, None], columns].astype(np.float32)
        part = self.pixels[y0:y1, x0:x1]
        share = new[..., 3:] / 255 if image.shape[2] == 4 else 1
        part += (new[..., :3] - part) * share


def _rectangle(a, b, width):
    along = (b - a) / np.hypot(*(b - a)) * (width / 2)
    across = np.array([-along[1], along[0]])
    return np.stack([a + across, b + across, b - across, a - across])
