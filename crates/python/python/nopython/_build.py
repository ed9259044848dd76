"""``build``: the specialisations that functions have, as files for the web."""

import pathlib

from nopython import _native, _source


def build(folder, *functions, html=False, inline=False, name=None):
    """Writes the kernels that functions have been called with, or declare, as files for the web, and gives their paths.

    ``folder`` gets ``NAME.wasm``, ``NAME.js`` and ``NAME.d.ts``; with ``inline`` the module lies inside of ``NAME.js``, and with ``html``
    there is one page that holds everything. ``NAME`` is that of the first function unless it is given.

    Raises ``ValueError`` for a function that has not been called and has no signature.
    """
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
    files = _native.build(origin, requests, name or functions[0].__name__, html, inline)
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in files.items():
        (folder / file).write_bytes(content)
    return [folder / file for file in files]
