"""What can go wrong while compiling, and exceptions of compiled code with their place."""

import ast
import builtins

import numpy


class CompileError(Exception):
    """A function cannot be compiled.

    The message is what the command line prints: the place, the reason, and what to write instead. ``json`` holds the same as a list of
    diagnostics in JSON.
    """

    def __init__(self, message, json="[]"):
        super().__init__(message)
        self.json = json

    def __str__(self):
        return "\n" + self.args[0]

    def __reduce__(self):
        return CompileError, (self.args[0], self.json)

    def _render_traceback_(self):
        """What a notebook shows: the diagnostics, without the frames of this package."""
        return [f"CompileError: {self}"]


def with_note(exception, note):
    """Adds a note, which Python shows below the message; on Python 3.10, which has no notes, it is kept in ``__notes__``."""
    if hasattr(exception, "add_note"):
        exception.add_note(note)
    else:
        exception.__notes__ = [*getattr(exception, "__notes__", []), note]
    return exception


def exception(name, message, file, line, function, source_line):
    """The exception of a Python class that compiled code raised, with the place as a note."""
    kind = numpy.linalg.LinAlgError if name == "LinAlgError" else getattr(builtins, name, RuntimeError)
    note = f'  File "{file}", line {line}, in {function}'
    if source_line:
        note += f"\n    {source_line}"
    if kind is KeyError and message:
        return with_note(KeyError(_key(message)), note)
    return with_note(kind(message) if message else kind(), note)


class _Shown:
    """A key that is known by how it is written."""

    def __init__(self, text):
        self._text = text

    def __repr__(self):
        return self._text


def _key(text):
    """The key that a text shows."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return _Shown(text)
