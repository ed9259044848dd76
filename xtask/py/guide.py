"""The examples of docs/figures.md: runs them, and writes their pictures; with ``--check`` compares these with what is there."""

import linecache
import pathlib
import re
import sys

from nopython import _figure

DOCS = pathlib.Path(__file__).parents[2] / "docs"


def figures(text):
    """Runs the examples of a page in their order, and gives the figures that a picture follows, with it."""
    space = {"__name__": "guide"}
    with _figure.collected() as made:
        for number, (code, picture) in enumerate(re.findall(r"```python\n(.*?)```\n(?:\n!\[\w+\]\((.*?)\))?", text, re.S)):
            file = f"docs/figures.md, example {number + 1}"
            linecache.cache[file] = (len(code), None, code.splitlines(True), file)
            exec(compile(code, file, "exec"), space)
            if picture:
                yield made[-1], DOCS / picture


def main():
    check = "--check" in sys.argv
    stale = count = 0
    for figure, path in figures((DOCS / "figures.md").read_text()):
        count += 1
        picture = figure.picture()
        if check and (not path.exists() or path.read_text() != picture):
            print(f"{path} is stale: python xtask/py/guide.py")
            stale += 1
        elif not check:
            path.write_text(picture)
            print(path, len(picture), len(figure.html()))
    assert count >= 4
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
