"""Numba's times, or in Pyodide those of plain Python and NumPy, as JSON: milliseconds until the kernels can be compiled (``start``), of the first call of
``escape`` with what compiles it (``first``), and of later calls."""

import json
import sys
import time

HEIGHT, WIDTH, LIMIT, LENGTH = 300, 400, 200, 1_000_000


def timed(call, seconds=0.5):
    """Milliseconds of a call: the median of as many as take some time, at least three."""
    times = []
    while len(times) < 3 or sum(times) < seconds:
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return sorted(times)[len(times) // 2] * 1000


def measured(namespace, counts, arrays, begin):
    """The times, once the kernels are there; ``first`` began at ``begin``."""
    escape, chain = namespace["escape"], namespace["chain"]
    escape(counts, LIMIT)
    times = {"first": (time.perf_counter() - begin) * 1000, "check": sum(map(sum, counts.tolist()))}
    times["loop"] = timed(lambda: escape(counts, LIMIT))
    if arrays:
        a, b, out = arrays()
        chain(a, b, out)
        times["array"] = timed(lambda: chain(a, b, out))
    return times


def of_numba(source):
    """Numba under CPython."""
    begin = time.perf_counter()
    import numba
    import numpy as np

    start = (time.perf_counter() - begin) * 1000
    counts, namespace = np.zeros((HEIGHT, WIDTH), np.int32), {}
    begin = time.perf_counter()
    exec(compile(source, "kernels.py", "exec"), namespace)
    times = measured(namespace, counts, lambda: (*np.random.default_rng(1).uniform(1, 2, (2, LENGTH)), np.empty(LENGTH)), begin)
    return {**times, "start": start, "version": numba.__version__}


def of_python(source):
    """Plain Python, and NumPy if it is there; ``start`` is the host's."""
    try:
        import numpy as np
    except ImportError:
        np = None
    plain = source.replace("import numpy as np\n", "import numpy as np\n" if np else "").replace("from numba import njit\n", "njit = lambda signature: lambda function: function\n")
    # Without NumPy this is the array of two dimensions that Python has.
    counts = np.zeros((HEIGHT, WIDTH), np.int32) if np else memoryview(bytearray(4 * HEIGHT * WIDTH)).cast("i", (HEIGHT, WIDTH))
    namespace = {}
    begin = time.perf_counter()
    exec(compile(plain, "kernels.py", "exec"), namespace)
    return measured(namespace, counts, np and (lambda: (*np.random.default_rng(1).uniform(1, 2, (2, LENGTH)), np.empty(LENGTH))), begin)


if __name__ == "__main__" and sys.argv[1:]:
    with open(sys.argv[1]) as file:
        print(json.dumps(of_numba(file.read())))
