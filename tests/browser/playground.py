"""What NumPy gives for programs of the playground: JSON of `[[text, arguments], …]` in, JSON of results out. Decorators do nothing."""

import json
import pathlib
import re
import sys

import numpy as np


sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "stubs"))


def plain(value):
    if isinstance(value, dict):
        return [plain(v) for v in value.values()]
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


def result(text, arguments):
    scope = {}
    exec(text, scope)
    name = re.findall(r"^def (\w+)", text, re.M)[-1]
    return plain(scope[name](*(np.array(a) if isinstance(a, list) else a for a in arguments)))


print(json.dumps([result(*case) for case in json.load(sys.stdin)]))
