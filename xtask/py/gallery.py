"""The gallery's figures: ``gallery.py FOLDER`` writes there the article, the notebooks of examples/notebooks as pages, a picture of each, and
``index.json`` with their titles and words. That comes last: who sees it can open what it names."""

import html
import json
import linecache
import pathlib
import re
import sys

import nbconvert
import nbformat
from nbconvert.preprocessors import ExecutePreprocessor

from nopython import _figure

ROOT = pathlib.Path(__file__).parents[2]
NOTEBOOKS = ["fourier_series", "gray_scott", "epidemic", "phase_portrait", "least_squares", "convolution", "bifurcation", "portfolio", "four_widgets"]


def executed(code, name, space):
    """Runs a program of which each function can be found again."""
    linecache.cache[name] = (len(code), None, code.splitlines(True), name)
    exec(compile(code, name, "exec"), space)


def entry(name, folder, title, text, figures, shown):
    """Writes a picture for pages of both schemes, whose words it does not inherit as an image; gives what the gallery says of a page."""
    style = "<style>svg{color:#1c2029;fill:#5d6473}@media(prefers-color-scheme:dark){svg{color:#e7e9ee;fill:#9aa2b1}}</style>"
    picture = re.sub(r"^(<svg [^>]*>)", lambda found: found[1] + style, shown.picture())
    (folder / f"{name}.svg").write_text(picture)
    width, height = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', picture).groups())
    size = sum(len(figure.html()) for figure in figures)
    return {"name": name, "title": title, "text": " ".join(text.split()), "figures": len(figures), "size": size, "width": width, "height": height}


def notebook(name, folder):
    """Exports a notebook, and gives what the gallery says of it."""
    cells = nbformat.read(ROOT / f"examples/notebooks/{name}.ipynb", 4)
    code = [cell.source for cell in cells.cells if cell.cell_type == "code"]
    with _figure.collected() as made:
        space = {}
        for k, source in enumerate(code):
            executed(source, f"{name}, cell {k}", space)
    ExecutePreprocessor(timeout=120).preprocess(cells)
    page, _ = nbconvert.HTMLExporter(template_name="nopython").from_notebook_node(cells)
    (folder / f"{name}.html").write_text(page)
    title, text = re.match(r"# (.+)\n\n(.+?)(?:\n\n|$)", cells.cells[0].source, re.S).groups()
    # Of several figures the one with the most in it stands for the page.
    return entry(name, folder, title, re.sub(r"[*`]", "", text), made, max(made, key=lambda figure: len(figure.picture())))


def article(folder):
    """Puts the figures of demo/article.py, and what they are made of, into demo/article.html; gives what the gallery says of it."""
    code = (ROOT / "demo/article.py").read_text()
    with _figure.collected() as made:
        executed(code, "article.py", {"__name__": "article"})
    figures = {figure.__name__: figure for figure in made}
    text = (ROOT / "demo/article.html").read_text()
    shown = re.findall(r"<!-- figure (\w+) -->", text)
    page = re.sub(r"<!-- figure (\w+) -->", lambda found: figures[found[1]].html(), text)
    page = page.replace("<!-- source -->", html.escape(code.split('"""', 2)[2].strip()))
    assert shown == list(figures), f"demo/article.html shows {shown}, and there are {list(figures)}"
    (folder / "article.html").write_text(page)
    title, words = re.search(r"<title>(.+?)</title>.*?<p class=\"lead\">(.+?)</p>", text, re.S).groups()
    return entry("article", folder, title, words, made, figures["tree"])


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    entries = [article(folder)]
    there = {path.stem for path in (ROOT / "examples/notebooks").glob("*.ipynb")}
    assert there == set(NOTEBOOKS), f"the gallery shows {sorted(NOTEBOOKS)}, and there are {sorted(there)}"
    for name in NOTEBOOKS:
        print(f"exporting {name}", flush=True)
        entries.append(notebook(name, folder))
    (folder / "index.json").write_text(json.dumps({"pages": entries}))


if __name__ == "__main__":
    main()
