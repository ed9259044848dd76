"""The command line: ``nopython``, or ``python -m nopython``."""

import argparse
import collections
import pathlib
import runpy
import signal
import sys

from nopython import _editable, _engine, _figure, _fragment


def main():
    """Executes ``sys.argv`` and ends with the exit code."""
    if sys.argv[1:2] == ["figure"]:
        sys.exit(_figures(sys.argv[2:]))
    # The command runs outside of the interpreter, so Ctrl-C ends the process as it ends other programs.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.stdout.flush()
    sys.exit(_engine.run_command(["nopython", *sys.argv[1:]]))


def _figures(words):
    """``nopython figure SCRIPT [-o DIR]``: every figure that a script makes, as a page and as a fragment of HTML. Several share their code, which
    lies beside them, as does the compiler for figures whose source readers edit."""
    parser = argparse.ArgumentParser(prog="nopython figure", description=_figures.__doc__)
    parser.add_argument("script", help="a Python program that calls nopython.interact")
    parser.add_argument("-o", "--out", default="dist", metavar="DIR", help="where to write (dist)")
    chosen = parser.parse_args(words)
    try:
        pathlib.Path(chosen.script).read_bytes()
    except OSError as error:
        print(f"cannot read {chosen.script}: {error.strerror}", file=sys.stderr)
        return 1
    # As Python runs a program: with its own words, beside its files.
    sys.argv = [chosen.script]
    sys.path.insert(0, str(pathlib.Path(chosen.script).resolve().parent))
    with _figure.collected() as made:
        runpy.run_path(chosen.script, run_name="__main__")
    if not made:
        print(f"{chosen.script} has made no figure: call nopython.interact", file=sys.stderr)
        return 1
    folder = pathlib.Path(chosen.out)
    folder.mkdir(parents=True, exist_ok=True)

    def write(name, text):
        (folder / name).write_text(text, encoding="utf-8")
        print(f"{folder / name} ({(folder / name).stat().st_size} bytes)")

    compiler = None
    if any(figure._source for figure in made):
        compiler = _editable.SHARED
        write(compiler, _editable.compiler())
    fragments = [figure._html(compiler) for figure in made]
    if len(made) > 1:
        shared = _fragment.Shared()
        fragments = [f'<script src="{_fragment.SHARED}"></script>\n{shared.without(fragment)}' for fragment in fragments]
        write(_fragment.SHARED, shared.script())
    seen = collections.Counter()
    for figure, fragment in zip(made, fragments):
        name = figure.__name__ if figure.__name__.isidentifier() else "figure"
        # Some file systems do not tell capitals apart.
        seen[name.lower()] += 1
        name += f"_{seen[name.lower()]}" if seen[name.lower()] > 1 else ""
        write(f"{name}.html", figure._page(fragment))
        write(f"{name}.fragment.html", fragment)
    return 0


if __name__ == "__main__":
    main()
