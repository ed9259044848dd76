"""Reads states of the figure of ``kinds.py``, each with the result that a page shows for it, and prints those for which NumPy gives something else."""

import json
import sys

import numpy as np

from kinds import figure
from nopython import _controls


def given(control, value):
    """What the function gets for a value of a control in a page."""
    if isinstance(control, _controls.Choice):
        return control.options[value]
    if isinstance(control, _controls.Table):
        return np.array(value, control.value.dtype)
    return tuple(value) if isinstance(value, list) else value


def agree(ours, numpys):
    """Whether a result is NumPy's."""
    if isinstance(numpys, (tuple, list)):
        return len(ours) == len(numpys) and all(map(agree, ours, numpys))
    return np.shape(ours) == np.shape(numpys) and np.allclose(ours, numpys, rtol=1e-12, atol=1e-12)


for row in json.load(sys.stdin):
    arguments = {name: given(control, value) for (name, control), value in zip(figure._controls.items(), row["values"], strict=True)}
    want = list(figure.function(**arguments).values())
    if not agree(row["result"], want):
        print(f"{row['moved']}: {row['values']} gives {str(row['result'])[-200:]} in place of {str(want)[-200:]}")
