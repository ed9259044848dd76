"""The README's first figure: runs its program, and draws it while its slider moves, as an SVG that needs no script; with ``--check`` compares this, and the
sizes of figures that README and docs/figures.md name, with what is there."""

import linecache
import math
import pathlib
import re
import sys

import guide
import nopython
from nopython import _controls, _figure

ROOT = pathlib.Path(__file__).parents[2]
PICTURE = ROOT / "docs/figures/readme.svg"

#: Seconds of a frame, and frames that the slider rests at either end.
FRAME, REST = 0.28, 4


def run(readme):
    """The figure that the README's first program makes."""
    code = re.search(r"```py\n(.*?)```", readme, re.S)[1]
    linecache.cache["README.md"] = (len(code), None, code.splitlines(True), "README.md")
    with _figure.collected() as made:
        exec(compile(code, "README.md", "exec"), {"__name__": "readme"})
    return made[-1]


def states(slider, count=14):
    """Values of a slider of integers from one end to the other, more of them where they are small."""
    return sorted({round(slider.low * (slider.high / slider.low) ** (k / (count - 1))) for k in range(count)} | {slider.value})


def drawn(figure, name, value):
    """The elements of a figure's picture when a slider has a value, without the ``svg`` around them."""
    values = {other: _figure._value(control) for other, control in figure._controls.items()}
    figure._result = figure._computed({**values, name: value}, {})
    svg = figure._picture(coarse=2.0)
    inner = re.search(r"<svg [^>]*>(.*)</svg>", svg, re.S)[1]
    return svg, re.findall(r"<text.*?</text>|<[^>]+>", inner)


def control(name, slider, value, top):
    """A slider as the page has it."""
    at = 84 + 416 * (value - slider.low) / (slider.high - slider.low)
    return [
        f'<path d="M84 {top}H{at:.0f}" stroke="#4269d0" stroke-width="4" stroke-linecap="round"/><circle cx="{at:.0f}" cy="{top}" r="8" fill="#4269d0"/>',
        f'<text x="604" y="{top + 5}" text-anchor="end" font-size="14">{value}</text>',
    ]


def moving(figure):
    """The SVG: what all frames share, and a group for each, of which one shows at a time. Where nothing moves, or should not, that is the first state."""
    name, slider = next((n, c) for n, c in figure._controls.items() if isinstance(c, _controls.Number) and c.integer)
    first = figure._result
    frames = [(value, *drawn(figure, name, value)) for value in states(slider)]
    figure._result = first
    height = int(re.search(r'viewBox="0 0 640 (\d+)"', frames[0][1])[1])
    is_group = lambda element: element.startswith(("<g", "</g"))  # noqa: E731
    shared = {e for e in set.intersection(*(set(elements) for _, _, elements in frames)) if not is_group(e)}
    base = "".join(e for e in frames[0][2] if e in shared or is_group(e))
    order = [*range(len(frames)), *range(len(frames) - 2, 0, -1)]
    order = [order[0]] * REST + order[1 : len(frames)] + [len(frames) - 1] * REST + order[len(frames) :]
    total = len(order)
    style, groups = [], []
    for k, (value, _, elements) in enumerate(frames):
        shows = [i for i, frame in enumerate(order) if frame == k]
        starts = [i for i in shows if i - 1 not in shows]
        ends = [i + 1 for i in shows if i + 1 not in shows]
        percent = lambda i: f"{math.floor(1e4 * i / total) / 100:g}%"  # noqa: E731
        hidden = [percent(i) for i in ([] if 0 in starts else [0]) + [i for i in ends if i < total]]
        style.append(f"@keyframes k{k}{{{','.join(percent(i) for i in starts)}{{visibility:visible}}{','.join(hidden)}{{visibility:hidden}}}}")
        style.append(f".k{k}{{animation:k{k} {FRAME * total:g}s step-end infinite}}")
        own = "".join(e for e in elements if e not in shared) + "".join(control(name, slider, value, height + 20))
        groups.append(f'<g class="k{k}" visibility="{"visible" if value == slider.value else "hidden"}">{own}</g>')
    track = f'<path d="M84 {height + 20}H500" stroke="#888" stroke-opacity=".4" stroke-width="4" stroke-linecap="round"/><text x="0" y="{height + 25}" font-size="14">{name}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {height + 40}" width="640" height="{height + 40}" font-family="system-ui,sans-serif" font-size="13" fill="#777">'
        f"<style>@media (prefers-reduced-motion:no-preference){{{''.join(style)}}}</style>{base}{track}{''.join(groups)}</svg>\n"
    )


def twice(n=3):
    """The smallest figure: a number."""
    return 2 * n


def kilobytes(figure):
    """What a figure adds to a page, without its picture, in KB."""
    picture = re.search(r'src="data:image/svg\+xml;base64,([^"]*)"', figure.html())[1]
    return (len(figure.html()) - len(picture)) / 1000


def main():
    readme = (ROOT / "README.md").read_text()
    figure = run(readme)
    picture, size = moving(figure), kilobytes(figure)
    said = int(re.search(r"travels with it, in\s+(\d+) KB", readme)[1])
    wrong = []
    if abs(size - said) > 1:
        wrong.append(f"README.md: the figure has {size:.1f} KB, not {said}")
    guide_text = (ROOT / "docs/figures.md").read_text()
    # Those whose source is edited carry the compiler.
    shown = [made for made, _ in guide.figures(guide_text) if not made._source]
    sizes = [kilobytes(nopython.interact(twice)), *map(kilobytes, shown)]
    low, high = map(int, re.search(r"(\d+) to (\d+) KB in all beside the picture", guide_text).groups())
    if abs(min(sizes) - low) > 1 or abs(max(sizes) - high) > 1:
        wrong.append(f"docs/figures.md: figures have {min(sizes):.1f} to {max(sizes):.1f} KB, not {low} to {high}")
    if "--check" not in sys.argv:
        PICTURE.write_text(picture)
        print(PICTURE, len(picture))
    elif not PICTURE.exists() or PICTURE.read_text() != picture:
        wrong.append(f"{PICTURE.relative_to(ROOT)} is stale: python xtask/py/readme.py")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
