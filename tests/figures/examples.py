"""The notebooks of examples/notebooks, run and exported by nbconvert with our template: ``examples.py FOLDER``. And what their functions give, as plain
Python, when the first slider of each figure is at its lower end."""

import json
import linecache
import pathlib
import sys

import nbconvert
import nbformat
import numpy as np
from nbconvert.preprocessors import ExecutePreprocessor
from nopython import _controls, _figure

FOLDER = pathlib.Path(sys.argv[1])
NOTEBOOKS = sorted((pathlib.Path(__file__).parents[2] / "examples/notebooks").glob("*.ipynb"))


def plain(value):
    """A result as JSON has it."""
    if isinstance(value, dict):
        return [plain(v) for v in value.values()]
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


def figures(notebook, name):
    """The figures that the cells of a notebook make."""
    space = {}
    with _figure.collected() as made:
        for k, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                file = f"{name}, cell {k}"
                linecache.cache[file] = (len(cell.source), None, cell.source.splitlines(True), file)
                exec(compile(cell.source, file, "exec"), space)
    return made


def state(figure):
    """The first slider at its lower end, and the result then."""
    sliders = [(name, control) for name, control in figure._controls.items() if isinstance(control, _controls.Number)]
    if not sliders or isinstance(figure, _figure.Animation):
        return None
    moved, slider = sliders[0]
    arguments = {name: _figure._value(control) for name, control in figure._controls.items()}
    arguments[moved] = slider.low
    return {"name": moved, "value": slider.low, "result": plain(figure.function(**arguments))}


expected = {}
for path in NOTEBOOKS:
    notebook = nbformat.read(path, 4)
    assert not any(cell.get("outputs") for cell in notebook.cells), f"{path} has outputs: clear them"
    expected[path.stem] = [{"kind": type(figure).__name__, "state": state(figure)} for figure in figures(notebook, path.stem)]
    ExecutePreprocessor(timeout=120).preprocess(notebook)
    page, _ = nbconvert.HTMLExporter(template_name="nopython").from_notebook_node(notebook)
    (FOLDER / f"example-{path.stem}.html").write_text(page)
(FOLDER / "examples.json").write_text(json.dumps(expected))
