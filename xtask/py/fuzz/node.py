"""Programs in Node: what the compiled function gave in Python, it gives there too."""

import base64
import json
import os
import subprocess

import nopython
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def root(array):
    """The array whose memory another one is a view of."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


def address(array):
    return array.__array_interface__["data"][0]


def encoded(array):
    return base64.b64encode(array.tobytes("C")).decode()


def argument(value):
    """An argument, with the memory around an array; several may lie in one."""
    if isinstance(value, tuple):
        return {"items": [argument(v) for v in value]}
    if isinstance(value, np.ndarray):
        whole = root(value)
        assert whole.flags.c_contiguous or whole.flags.f_contiguous
        return {
            "memory": address(whole),
            "bytes": base64.b64encode(whole.tobytes("A")).decode(),
            "dtype": value.dtype.name,
            "shape": value.shape,
            "strides": [stride // value.itemsize for stride in value.strides],
            "offset": (address(value) - address(whole)) // value.itemsize,
        }
    return result(value)


def result(value):
    """A result, or an argument without memory."""
    if isinstance(value, tuple):
        return {"items": [result(v) for v in value]}
    if isinstance(value, np.ndarray):
        return {"array": encoded(value), "dtype": value.dtype.name, "shape": value.shape}
    if value is None:
        return {}
    if isinstance(value, (bool, np.bool_)):
        return {"bool": bool(value)}
    if isinstance(value, (int, np.integer)):
        return {"int": str(int(value))}
    return {"float": base64.b64encode(np.float64(value).tobytes()).decode()}


class Batch:
    """Programs that wait to be run in Node, in a folder."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)

    def add(self, seed, compiled, cases):
        """A program and its cases: arguments before the call, and what came of it (value, error, arguments after)."""
        name = f"p{seed}"
        nopython.build(self.folder, compiled, inline=True, name=name)
        os.remove(os.path.join(self.folder, f"{name}.d.ts"))
        rows = [
            {"arguments": before, "error": type(error).__name__ if error else None, "result": result(got), "after": [argument(v) for v in after]}
            for before, (got, error, after) in cases
        ]
        with open(os.path.join(self.folder, f"{name}.json"), "w") as file:
            json.dump({"name": compiled.__name__, "cases": rows}, file)

    def run(self):
        """Runs what waits, and removes it; gives the seeds that differ, with how."""
        seeds = [name[1:-5] for name in os.listdir(self.folder) if name.endswith(".json")]
        if not seeds:
            return {}
        answer = subprocess.run(["node", os.path.join(HERE, "node.mjs"), self.folder, *seeds], capture_output=True, text=True, timeout=600)
        if answer.returncode:
            raise RuntimeError(answer.stderr)
        for seed in seeds:
            for end in ("json", "js"):
                os.remove(os.path.join(self.folder, f"p{seed}.{end}"))
        return {int(seed): how for seed, how in json.loads(answer.stdout).items()}
