"""A notebook with figures, executed and exported by nbconvert's stock templates: ``notebook.py FOLDER``."""

import pathlib
import sys

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter, SlidesExporter

FOLDER = pathlib.Path(sys.argv[1])
new = nbformat.v4
FIRST = """import numpy as np
import nopython

@nopython.interact(a=(1, 9))
def line(a=2):
    return np.arange(5.0) * a"""
SECOND = """def total(n=3):
    return np.arange(n).sum()

nopython.interact(total, n=(1, 100))"""
notebook = new.new_notebook(cells=[new.new_markdown_cell("# Figures"), new.new_code_cell(FIRST), new.new_code_cell(SECOND), new.new_code_cell("line")])
NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}).execute()
nbformat.write(notebook, FOLDER / "figures.ipynb")
for exporter, name in [(HTMLExporter(), "notebook"), (SlidesExporter(), "slides")]:
    (FOLDER / f"{name}.html").write_text(exporter.from_notebook_node(notebook)[0])
