"""Notebooks, sites and an app with figures, for the hosts that show them: ``make.py FOLDER PART...``."""

import pathlib
import subprocess
import sys

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter, SlidesExporter

from kinds import figure

HERE, FOLDER = pathlib.Path(__file__).parent, pathlib.Path(sys.argv[1])
KINDS, SECOND = ((HERE / name).read_text() for name in ("kinds.py", "second.py"))
FORMULAS = r"""The mean of $y$ is $\frac{1}{n}\sum_{i=1}^{n} y_i$, which costs \$5 and is written `$y$`:

$$\lVert y \rVert = \sqrt{\int_0^1 y(x)^2 \, dx}$$"""
new = nbformat.v4


def write(path, text):
    path = FOLDER / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def notebooks():
    """Notebooks that have not run, with two figures and a copied cell; and those that have run elsewhere, so that no server trusts them."""
    cells = [new.new_markdown_cell(f"# Figures\n\n{FORMULAS}"), *map(new.new_code_cell, (KINDS, SECOND, "figure"))]
    notebook = new.new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    for name in ("lab", "classic"):
        nbformat.write(notebook, FOLDER / f"{name}.ipynb")
    NotebookClient(notebook, kernel_name="python3").execute()
    for name in ("lab", "classic"):
        # Servers trust what they have trusted, under whatever name.
        notebook.cells[0].source += f"\n\nFor {name}."
        nbformat.write(notebook, FOLDER / f"{name}-untrusted.ipynb")


def exports():
    """The pages of nbconvert, with the stock templates and by the command line with ours."""
    notebook = nbformat.read(FOLDER / "lab-untrusted.ipynb", 4)
    for exporter, name in [(HTMLExporter(), "stock"), (SlidesExporter(), "slides")]:
        write(f"{name}.html", exporter.from_notebook_node(notebook)[0])
    words = ["--to", "html", "--execute", "--template", "nopython", "--output", "ours", "--log-level", "ERROR"]
    subprocess.run([sys.executable, "-m", "nbconvert", *words, FOLDER / "classic.ipynb"], check=True)


def sphinx():
    """A site of Sphinx whose notebook has run, and is not run again."""
    write("sphinx/conf.py", 'project = "figures"\nextensions = ["myst_nb"]\nnb_execution_mode = "off"\nhtml_theme = "alabaster"\n')
    write("sphinx/index.md", "# Site\n\n```{toctree}\nfigures\n```\n")
    write("sphinx/figures.ipynb", (FOLDER / "lab-untrusted.ipynb").read_text())
    subprocess.run([sys.executable, "-m", "sphinx", "-q", "-b", "html", FOLDER / "sphinx", FOLDER / "sphinx/site"], check=True)


def mkdocs():
    """A site of MkDocs: a page of Markdown with a figure in it, and a notebook."""
    write("mkdocs/mkdocs.yml", "site_name: figures\nuse_directory_urls: false\ntheme: {name: mkdocs, highlightjs: false}\nplugins: [mkdocs-jupyter]\n")
    write("mkdocs/docs/index.md", f"# Site\n\nA *figure*:\n\n{figure.html()}\n\nAnd `code` after it.\n")
    write("mkdocs/docs/figures.ipynb", (FOLDER / "lab-untrusted.ipynb").read_text())
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=FOLDER / "mkdocs", check=True)


def marimo():
    """An app of marimo, and its export as a page."""
    cells = [KINDS, "@app.cell\ndef _(nopython, np):\n" + "".join(f"    {line}\n" if line else "\n" for line in SECOND.rstrip().split("\n")) + "    return"]
    first = "@app.cell\ndef _():\n" + "".join(f"    {line}\n" if line else "\n" for line in cells[0].split("\n")) + "    return figure, nopython, np"
    again = "@app.cell\ndef _(figure):\n    figure\n    return"
    write("app.py", "\n\n".join(["import marimo\n\napp = marimo.App()", first, cells[1], again, 'if __name__ == "__main__":\n    app.run()\n']))
    subprocess.run([sys.executable, "-m", "marimo", "-q", "export", "html", "--no-include-code", FOLDER / "app.py", "-o", FOLDER / "marimo.html"], check=True)


def pages():
    """All that is opened from the disk."""
    figure.save(FOLDER / "saved.html")
    notebooks()
    exports()
    sphinx()
    mkdocs()


for part in sys.argv[2:]:
    {"pages": pages, "notebooks": notebooks, "marimo": marimo}[part]()
