"""Finds the definition of a function: the text that it was compiled from, in files, cells of notebooks, programs after ``python -c`` and others."""

import ast
import dataclasses
import inspect
import linecache
import os
import sys
import textwrap
import time
import types
import weakref

from nopython import _errors

#: How programs are called that `executed` makes, whose names are unique.
COPY = "<copy of "


@dataclasses.dataclass
class Definition:
    """A function with its source, without indentation.

    ``line`` is that of the first line in ``path``.
    """

    function: types.FunctionType
    path: str
    line: int
    lines: list
    node: ast.FunctionDef
    name: str


#: Sources that were given for functions, which may be used in others.
_given = weakref.WeakKeyDictionary()


def give(function, text):
    """Notes the source of a function that Python does not know it of."""
    _given[function] = text


def definition(function, source=None):
    """The definition of a function.

    Raises ``CompileError`` when its source cannot be found.
    """
    code = function.__code__
    source = source or _given.get(function)
    if source is not None:
        lines, line = source.splitlines(), 1
    else:
        try:
            lines, line = _found(function)
        except (OSError, TypeError):
            raise _errors.CompileError(
                f"error[missing-source]: the source of `{function.__name__}` cannot be found\n"
                f"  it was made by exec or typed at a prompt (file {code.co_filename})\n"
                "  help: give the text: jit(source=text)(function), or register it with linecache"
            ) from None
    text = textwrap.dedent("".join(line if line.endswith("\n") else line + "\n" for line in lines))
    return _parsed(function, text, code.co_filename, line or 1)


def _found(function):
    """The lines of a function and the number of the first one; of a lambda all lines of its file.

    Raises ``OSError`` or ``TypeError`` when nothing has the source.
    """
    code = function.__code__
    linecache.checkcache(code.co_filename)
    try:
        _check_text(function)
        if code.co_name == "<lambda>" and (lines := linecache.getlines(code.co_filename)):
            return lines, 1
        return inspect.getsourcelines(function)
    except (OSError, TypeError):
        text = next((text for text in _texts_of_programs() if _has_code(text, code)), None)
        if text is None:
            raise
        return text.splitlines(), 1


#: When this process began to ask for sources. A file that has been written since may say something else than when it was imported.
_started = time.time()


def _check_text(function):
    """Raises unless the text that Python knows for a function's file is what the function was compiled from, where that is in doubt.

    Several programs may have the same name in angle brackets, and files change. (Elsewhere a text is believed: tools that rewrite code as it is
    imported give other instructions for the same text.)
    """
    code = function.__code__
    path = code.co_filename
    is_named = path.startswith("<") and not path.startswith(COPY) and "ipython" not in path
    try:
        is_new = not is_named and os.stat(path).st_mtime >= _started
    except OSError:
        is_new = False
    text = "".join(linecache.getlines(path)) if is_named or is_new else ""
    if not text or _has_code(text, code):
        return
    if is_named:
        raise OSError("another program of this name")
    raise _errors.CompileError(
        f"error[missing-source]: {os.path.basename(path)} has changed since `{function.__name__}` was imported from it\n"
        "  help: import it again with importlib.reload, or start Python again"
    )


def _texts_of_programs():
    """Sources that no file holds: what stands after ``python -c``, and what ``timeit`` runs now."""
    if sys.argv[:1] == ["-c"]:
        words = getattr(sys, "orig_argv", [])
        at = next((k for k, word in enumerate(words) if word[:1] == "-" and word[:2] != "--" and word.endswith("c")), len(words))
        yield from words[at + 1 : at + 2]
    frame = sys._getframe()
    while frame is not None:
        if os.path.basename(frame.f_code.co_filename) == "timeit.py":
            yield getattr(frame.f_locals.get("self"), "src", "")
        frame = frame.f_back


def _has_code(text, code):
    """Whether compiling a text gives a code object."""
    try:
        left = [compile(text, code.co_filename, "exec", dont_inherit=True)]
    except (SyntaxError, ValueError):
        return False
    while left:
        one = left.pop()
        if one == code:
            return True
        left.extend(constant for constant in one.co_consts if isinstance(constant, types.CodeType))
    return False


def _parsed(function, text, path, line):
    name = function.__name__
    try:
        tree = ast.parse(text)
    except SyntaxError:
        tree = ast.Module([], [])
    found = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == function.__code__.co_name]
    if found:
        # Of several definitions of a name the one whose line the code object has, or the last.
        first = function.__code__.co_firstlineno - line + 1
        node = next((n for n in found if first in (n.lineno, _first(n))), found[-1])
        begin, end = _first(node), node.end_lineno
        lines = textwrap.dedent("\n".join(text.splitlines()[begin - 1 : end])).splitlines()
        node = ast.parse("\n".join(lines)).body[0]
        return Definition(function, path, line + begin - 1, lines, node, name)
    if function.__code__.co_name == "<lambda>":
        lambdas = [n for n in ast.walk(tree) if isinstance(n, ast.Lambda) and _is_code_of(n, function)]
        lambdas = [n for n in lambdas if n.lineno + line - 1 == function.__code__.co_firstlineno] or lambdas
        node = lambdas[0] if len(lambdas) == 1 else _at_positions(lambdas, function.__code__)
        if node is not None:
            head = f"def lambda_({ast.unparse(node.args)}): return {ast.unparse(node.body)}"
            return Definition(function, path, line + node.lineno - 1, [head], ast.parse(head).body[0], "lambda_")
    raise _errors.CompileError(
        f"error[missing-source]: the source of `{name}` cannot be told apart from what stands beside it\n"
        "  help: write it as a `def` of its own"
    )


def _at_positions(lambdas, code):
    """The lambda whose body stands where the instructions of a code object say, or nothing; Python 3.10 keeps no columns."""
    spans = [(a, c, b, d) for a, b, c, d in getattr(code, "co_positions", tuple)() if None not in (a, b, c, d) and (a, c) < (b, d)]
    if not spans:
        return None
    low, high = min(s[:2] for s in spans), max(s[2:] for s in spans)
    around = [n for n in lambdas if (n.body.lineno, n.body.col_offset) <= low and high <= (n.body.end_lineno, n.body.end_col_offset)]
    # Of lambdas in one another the innermost.
    return max(around, key=lambda n: (n.body.lineno, n.body.col_offset), default=None)


def _is_code_of(node, function):
    """Whether a lambda has the parameters and names of a function."""
    code = function.__code__
    arguments = node.args
    params = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    names = {n.id for n in ast.walk(node.body) if isinstance(n, ast.Name)}
    return params == list(code.co_varnames[: len(params)]) and set(code.co_freevars) <= names


def _first(node):
    """The first line of a definition, decorators included."""
    return min([node.lineno, *(d.lineno for d in node.decorator_list)])
