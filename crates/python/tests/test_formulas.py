"""Formulas in the template ``nopython`` of nbconvert: which text is a formula is nbconvert's to say, and how one is shown latex2mathml's."""

import pathlib
import re

import nbformat
import pytest
from nbconvert import HTMLExporter

from nopython import _formulas

TEMPLATES = pathlib.Path(__file__).parents[1] / "data/data/share/jupyter/nbconvert/templates"
TEXT = r"""# Of $\alpha$

Less: $a<b$. It costs \$5 and \$6; code is `$x$` and `\$`.

$$\int x\,dx = 5\$ $$

\begin{align} a &= b \end{align}

```
$not$ \$
```
"""


def exported(text, outputs=()):
    new = nbformat.v4
    cells = [new.new_markdown_cell(text), new.new_code_cell("1", outputs=[new.new_output("display_data", data=data) for data in outputs])]
    page = HTMLExporter(template_name="nopython", extra_template_basedirs=[str(TEMPLATES)]).from_notebook_node(new.new_notebook(cells=cells))[0]
    return page[page.index("<main>") :]


@pytest.fixture
def converted(monkeypatch):
    """The formulas that are converted, which the page shows as their numbers."""
    found = []

    def convert(formula, display):
        if formula == "bad":
            raise ValueError(formula)
        found.append((display, formula))
        return f"<math>{len(found)}</math>"

    monkeypatch.setattr(_formulas, "convert", convert)
    return found


def test_formulas_are_converted_and_code_is_not(converted):
    page = exported(TEXT)
    assert converted == [("inline", r"\alpha"), ("inline", "a<b"), ("block", r"\int x\,dx = 5\$ "), ("block", r"\begin{align} a &= b \end{align}")]
    assert re.search(r"<h1[^>]*>Of <math>1</math><a", page)
    assert r"Less: <math>2</math>. It costs $5 and $6; code is <code>$x$</code> and <code>\$</code>." in page
    assert "$not$ \\$\n</code>" in page


def test_outputs_have_formulas_too(converted):
    exported("", [{"text/latex": r"$\displaystyle x < 1$"}, {"text/markdown": "of $y$"}])
    assert converted == [("inline", r"\displaystyle x < 1"), ("inline", "y")]


def test_what_cannot_be_converted_stays(converted, monkeypatch):
    assert "is $bad$, but <math>1</math>" in exported("is $bad$, but $x$")
    monkeypatch.setattr(_formulas, "convert", None)
    assert "is $bad$, but $x$, for $5" in exported(r"is $bad$, but $x$, for \$5")
