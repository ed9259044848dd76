"""``build``: the specialisations that functions have, as files for the web."""

import pathlib

from nopython import _engine, _source


def build(folder, *functions, html=False, inline=False, npm=False, i64="number", name=None):
    """Writes the kernels that functions have been called with, or declare, as files for the web, and gives their paths.

    ``folder`` gets ``NAME.wasm``, ``NAME.js`` and ``NAME.d.ts``; with ``inline`` the module lies inside of ``NAME.js``, and with ``html``
    there is one page that holds everything. With ``npm`` the folder is a package: ``package.json`` and ``README.md`` are written too, unless
    they are there already. With ``i64="bigint"`` 64-bit integer results are BigInts in JavaScript. ``NAME`` is that of the first function unless it is given.

    Raises ``ValueError`` for a function that has not been called and has no signature.
    """
    if i64 not in ("number", "bigint"):
        raise ValueError(f"build() argument i64 is 'number' or 'bigint', not {i64!r}")
    if html and npm:
        raise ValueError("build() takes html or npm, not both")
    if not functions:
        raise TypeError("build() takes at least one function")
    for function in functions:
        if not function._kernels:
            raise ValueError(f"{function.__name__} has no signature and has not been called, so that its types are not known")
    sources = {function.py_func: function.targetoptions.get("source") for function in functions}
    origin, names = _source.gather(functions, sources)
    requests = [
        (name_, kernel.key, kernel.result) for name_, f in zip(names, functions) for kernel in f._kernels.values()
    ]
    stem = name or functions[0].__name__
    return _engine.build(origin, requests, stem, pathlib.Path(folder), (bool(html), bool(inline), bool(npm)), i64 == "bigint")
