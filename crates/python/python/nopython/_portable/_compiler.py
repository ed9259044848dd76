"""The compiler's functions: requests to its WebAssembly module (``crates/browser/src/python.rs``) and their answers."""

import importlib.metadata
import pathlib

from nopython._portable._kernel import Kernel
from nopython._portable._service import answer, data, groups, parts_of

__version__ = importlib.metadata.version("nopython")


def _origin(origin):
    segments = [part for s in origin.segments for part in (s.first, s.last, s.line, s.shown)]
    arrays = [part for name, dtype, shape, elements in origin.arrays for part in (name, dtype, list(shape), bytes(elements))]
    return [origin.file, origin.text, segments, arrays]


def _requests(requests):
    return [part for name, params, result in requests for part in (name, params, result or b"")]


def passes():
    """The names of the compiler's passes, in order."""
    return [name.decode() for name in answer("passes")]


def compile(origin, function, params, result=None, *, opt_level=2, without=None):
    """Compiles a function for argument types. ``opt_level`` and ``without``, the name of a pass that is left out, are for tests."""
    requests = _requests([(function, params, result)])
    wasm, *interface = answer("compile", *_origin(origin), requests, opt_level, without or "")
    return Kernel(wasm, _interface(*interface), origin)


def _interface(file, exports, sites):
    """The interface of a module as tuples, which pickle; the extension module has the same ones (``portable.rs``)."""
    found = []
    for name, symbol, doc, params, result, line in groups(exports, 6):
        params = [(name.decode(), ty, written == b"1") for name, ty, written in groups(params, 3)]
        doc = next((text.decode() for text in parts_of(doc)), None)
        found.append((name.decode(), symbol.decode(), doc, params, result, int(line)))
    places = [
        (exception.decode(), message.decode(), function.decode(), int(line), int(column))
        for exception, message, function, line, column in groups(sites, 5)
    ]
    return file.decode(), found, places


def inspect(origin, function, params, result, stage):
    """The text of a stage: ``types``, ``typed``, ``loops`` or ``wat``."""
    (text,) = answer("inspect", *_origin(origin), _requests([(function, params, result)]), stage)
    return text.decode()


def report(origin, function, params, result):
    """What became of each loop: a list of dictionaries, one for each function."""
    parts = answer("report", *_origin(origin), _requests([(function, params, result)]))
    rows = []
    for name, signature, line, loops in zip(*(parts[k::4] for k in range(4))):
        found = [
            {
                "line": int(at),
                "vectorized": (dtype.decode(), int(lanes)) if dtype else None,
                "reason": None if dtype else reason.decode(),
                "checks": int(checks),
                "checks_hoisted": int(hoisted),
            }
            for at, dtype, lanes, reason, checks, hoisted in groups(loops, 6)
        ]
        rows.append({"function": name.decode(), "signature": signature.decode(), "line": int(line), "loops": found})
    return rows


def build(origin, requests, stem, folder, form, bigint):
    """Writes the files that ship functions to a folder, and gives their paths."""
    page, inline, package = form
    kind = "page" if page else ("inline " if inline else "") + ("package" if package else "module")
    parts = answer("files", *_origin(origin), _requests(requests), stem, kind, int(bigint))
    folder = pathlib.Path(folder)
    _written(f"cannot make {folder}", lambda: folder.mkdir(parents=True, exist_ok=True))
    written = []
    for name, when, content in zip(*(parts[k::3] for k in range(3))):
        path = folder / name.decode()
        if when == b"always" or (when == b"missing" and not path.exists()) or (when == b"in CommonJS" and _is_in_commonjs(folder)):
            _written(f"cannot write {path}", lambda: path.write_bytes(content))
            written.append(path)
    return written


def _written(failure, write):
    try:
        write()
    except OSError as error:
        raise OSError(f"{failure}: {error.strerror or error}") from None


def _is_in_commonjs(folder):
    """Whether Node would take ``.js`` files of a folder for CommonJS, and a ``package.json`` of the folder's own can say otherwise."""
    folder = folder.resolve()
    nearest = next((f for f in (folder, *folder.parents) if (f / "package.json").exists()), None)
    if nearest is None or nearest == folder:
        return False
    text = (nearest / "package.json").read_text(encoding="utf-8", errors="replace")
    return '"type":"module"' not in "".join(text.split())


def functions_expression(origin, requests, resident):
    """An expression of JavaScript for an object of functions; with ``resident`` arrays can stay in the module."""
    (text,) = answer("functions_expression", *_origin(origin), _requests(requests), int(resident))
    return text.decode()


def figure_script(parts):
    """The script that draws figures."""
    (text,) = answer("figure_script", list(parts))
    return text.decode()


def figure_colours():
    """The colours of figures, as JSON."""
    return data("colours.json").decode()


def parse_signatures(text):
    """The signatures that Numba's notation stands for."""
    parts = answer("parse_signatures", text)
    return [(params, result or None) for params, result in zip(parts[::2], parts[1::2])]


def type_names(bytes):
    """Types in Numba's notation."""
    return [name.decode() for name in answer("type_names", bytes)]


def without_dicts(text, function):
    """A source in which the dict displays that a function returns are tuples, and their keys, or ``None`` if there are none."""
    text, *keys = answer("without_dicts", text, function)
    return text.decode(), [key.decode() for key in parts_of(keys[0])] if keys else None
