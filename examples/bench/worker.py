"""Times NumPy on request: python worker.py FOLDER. A line `KERNEL CALLS` is answered by milliseconds per call."""

import json
import pathlib
import sys
import time

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(EXAMPLES), str(EXAMPLES.parent / "tests" / "stubs")]

import numpy as np  # noqa: E402
from numpy_twins import TWINS  # noqa: E402


def main():
    """Answer until the input ends."""
    folder = pathlib.Path(sys.argv[1])
    prepared = {}
    for entry in json.loads((folder / "manifest.json").read_text()):
        values = [np.load(folder / a["npy"]) if "npy" in a else a["value"] for a in entry["arguments"]]
        prepared[f"{entry['module']}.{entry['function']}"] = values
    for line in sys.stdin:
        name, calls = line.split()
        function, values = TWINS[name], prepared[name]
        start = time.perf_counter()
        for _ in range(int(calls)):
            function(*values)
        print((time.perf_counter() - start) * 1000 / int(calls), flush=True)


if __name__ == "__main__":
    main()
