"""Pages with several figures store the code of these once."""

import pathlib
import re

import nbformat
import numpy as np
import pytest
from nbconvert import HTMLExporter

import nopython
from nopython._fragment import Shared
from nopython._packed import unpacked

TEMPLATES = pathlib.Path(__file__).parents[1] / "data/data/share/jupyter/nbconvert/templates"


def wave(a=1.0):
    return np.sin(a * np.linspace(0, 9, 50))


def plane(a=1.0):
    x = np.linspace(-1, 1, 9)
    return np.sin(a * x) * x[:, None]


@pytest.fixture(scope="module")
def pages():
    return [nopython.interact(f).html() for f in (wave, plane, wave)]


def test_what_figures_share_is_stored_once(pages):
    shared = Shared()
    apart = [shared.without(page) for page in pages]
    parts = dict(re.findall(r'"([0-9a-f]{8})":"([^"]*)"', shared.script()))
    for page, rest in zip(pages, apart):
        # What the page runs is what the figure ran.
        (whole,) = re.findall(r'"deflate-raw"\)\)\)\.text\(\)\)\("([^"]*)"\)', page)
        names, own = re.search(r'nopythonFigures\?\.\((\[[^]]*\]),"([^"]*)"\)', rest).groups()
        codes = [unpacked(parts[name]) for name in re.findall(r"\w{8}", names)]
        text = "".join(a + b for a, b in zip(unpacked(own).split("/*<*/"), [*codes, ""]))
        assert text == unpacked(whole).replace("/*<*/", "")
        assert len(rest) < len(page) - 20_000
    assert apart[0] == apart[2] != apart[1]
    assert shared.without(apart[0]) == apart[0]
    assert shared.without("<script>alert(1)</script>") == "<script>alert(1)</script>"
    assert Shared().script() == ""


def exported(pages):
    new = nbformat.v4
    cells = [new.new_code_cell("1", outputs=[new.new_output("display_data", data={"text/html": page, "text/plain": "x"})]) for page in pages]
    cells.insert(1, new.new_code_cell("2", outputs=[new.new_output("stream", text="y"), new.new_output("error", ename="E", evalue="v")]))
    return HTMLExporter(template_name="nopython", extra_template_basedirs=[str(TEMPLATES)]).from_notebook_node(new.new_notebook(cells=cells))[0]


def test_the_template_stores_the_code_of_a_notebook_once(pages):
    one, three = exported(pages[:1]), exported([*pages, pages[0]])
    assert three.count("nopythonFigures=") == one.count("nopythonFigures=") == 1
    assert len(three) - len(one) < 70_000, "pictures, and the code of images"
    assert exported(["<b>plain</b>"]).count("nopythonFigures") == 0
