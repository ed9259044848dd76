"""In a notebook: sources of cells, cells that run again, and what errors look like."""

import pytest

CELLS = [
    "import numpy as np\nfrom nopython import jit\nK = 3",
    "@jit\ndef item(x, i):\n    return x[i] * K\nfloat(item(np.arange(3.0), 1))",
    "item(np.arange(3.0), 7)",
    "@jit\ndef wrong(x):\n    return missing + x\nwrong(1)",
    "K = 10\n@jit\ndef item(x, i):\n    return x[i] * K\nfloat(item(np.arange(3.0), 1))",
]


def test_cells():
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    nbclient.NotebookClient(notebook, allow_errors=True, timeout=120, kernel_name="python3").execute()
    outputs = [cell.outputs[0] if cell.outputs else None for cell in notebook.cells]
    assert outputs[0] is None
    assert outputs[1].data["text/plain"] == "3.0" and outputs[4].data["text/plain"] == "10.0"
    raised = "\n".join(outputs[2].traceback)
    assert "index 7 is out of bounds" in raised and "notebook cell" in raised and "return x[i] * K" in raised
    refused = "\n".join(outputs[3].traceback)
    assert "error[undefined-name]" in refused and "notebook cell:3:12" in refused and "_dispatch" not in refused


def test_figures_are_pictures_in_latex():
    nbclient = pytest.importorskip("nbclient")
    nbconvert = pytest.importorskip("nbconvert")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    cell = nbformat.v4.new_code_cell("import nopython, numpy as np\n@nopython.interact(a=(1, 9))\ndef line(a=2):\n    return np.arange(5.0) * a")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    text, resources = nbconvert.LatexExporter().from_notebook_node(notebook)
    ((name, data),) = resources["outputs"].items()
    assert data.startswith(b"\x89PNG") and len(data) <= 15_000
    assert f"{{{name}}}" in text
