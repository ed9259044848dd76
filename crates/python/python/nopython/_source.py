"""Finds what a function needs to be compiled: its source, and what its globals and closures hold.

The compiler reads one Python module. :func:`gather` puts it together from function objects: each function keeps its line where that is
free, functions of other files follow below, and constants come last, which is no matter for bodies. Defaults are written as the values they
have, and arrays go beside the text.
"""

import ast
import dataclasses
import enum
import functools
import inspect
import linecache
import os
import re
import types
import typing
import zlib

import numpy as np

from nopython import _classes, _constants, _definitions, _errors


#: Names that decorators and constants of a module are written with.
_PRELUDE = (
    "import numpy as __np__; import nopython as __nopython__; "
    "from nopython import njit as __njit__, vectorize as __vectorize__, guvectorize as __guvectorize__; "
    "from collections import namedtuple as __namedtuple__; from dataclasses import dataclass as __dataclass__"
)

#: The same, as readers know them.
_KNOWN = {
    "__np__": ("np", "import numpy as np"),
    "__nopython__": ("nopython", "import nopython"),
    "__namedtuple__": ("namedtuple", "from collections import namedtuple"),
    "__dataclass__": ("dataclass", "from dataclasses import dataclass"),
    "__njit__": ("njit", "from nopython import njit"),
    "__vectorize__": ("vectorize", "from nopython import vectorize"),
    "__guvectorize__": ("guvectorize", "from nopython import guvectorize"),
}

#: Stands in for the decorator of a function that the host asks for: none of its decorators count then.
_ROOT = object()


class Segment(typing.NamedTuple):
    """Lines ``first`` to ``last`` of a text are lines from ``line`` on of ``file``, which errors call ``shown``."""

    first: int
    last: int
    file: str
    line: int
    shown: str


@dataclasses.dataclass(frozen=True)
class Origin:
    """A module for the compiler.

    ``file`` is the name that errors show, ``path`` the file as Python knows it. Lines that are in no
    segment are those of ``path``. ``arrays`` are those that the text names beside what it defines.
    """

    file: str
    path: str
    text: str
    segments: list
    arrays: list

    def locate(self, line):
        """The file and the line there of a line of ``text``."""
        for segment in self.segments:
            if segment.first <= line <= segment.last:
                return segment.file, segment.line + line - segment.first
        return self.path, line

    def exception(self, name, message, function, line):
        """The exception that compiled code raised at a line of ``text``."""
        file, at = self.locate(line)
        lines = self.text.splitlines()
        source_line = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        return _errors.exception(name, message, file if os.path.exists(file) else _shown(file), at, function, source_line)


def gather(functions, sources=None, classes=()):
    """The origin of functions, and the names they have there.

    ``functions`` are plain functions or what :func:`nopython.jit` gave; ``classes`` are those of arguments; ``sources`` maps a plain function to its source text where
    Python does not know it.
    """
    module = _Module(sources or {})
    names = [module.add(_plain(function), root=True) for function in functions]
    for cls in classes:
        module.add_class(cls)
    return module.origin(), names


def readable(function):
    """The origin of a function as a reader would write it: imports, constants, helpers, and the function; and its name there."""
    module = _Module({}, for_readers=True)
    name = module.add(_plain(function), root=True)
    return module.readable(), name


def unbound(partial):
    """A plain function that does what a ``functools.partial`` does: what is bound are its globals, and what is bound by name its defaults."""
    name = getattr(partial.func, "__name__", "function").replace("<lambda>", "lambda_")
    scope = {"function__": partial.func}
    given = []
    for k, value in enumerate(partial.args):
        scope[f"bound__{k}"] = value
        given.append(f"bound__{k}")
    params, last = [], None
    for p in inspect.signature(partial).parameters.values():
        if last == p.POSITIONAL_ONLY != p.kind:
            params.append("/")
        if p.kind == p.KEYWORD_ONLY != last:
            params.append("*")
        if p.default is not p.empty:
            scope[f"default__{p.name}"] = p.default
        params.append(p.name + (f"=default__{p.name}" if p.default is not p.empty else ""))
        given.append(f"{p.name}={p.name}" if p.kind == p.KEYWORD_ONLY else p.name)
        last = p.kind
    if last == inspect.Parameter.POSITIONAL_ONLY:
        params.append("/")
    text = f"def {name}({', '.join(params)}): return function__({', '.join(given)})\n"
    return _made(name, text, scope, f"<partial of {name}>")


def specialised(function, known, count):
    """A plain function of the arguments that are left when some of ``count``, by position, are known: those are globals of it."""
    name = getattr(function, "__name__", "function").replace("<lambda>", "lambda_")
    scope = {"function__": function} | {f"known__{k}": value for k, value in known.items()}
    parameters = [p for p in inspect.signature(_plain(function)).parameters.values() if p.kind != p.VAR_POSITIONAL]
    named = [p.name for p in parameters] + [f"argument__{k}" for k in range(len(parameters), count)]
    by_name = {p.name for p in parameters if p.kind == p.KEYWORD_ONLY}
    given = [f"known__{k}" if k in known else parameter for k, parameter in enumerate(named)]
    given = [f"{parameter}={value}" if parameter in by_name else value for parameter, value in zip(named, given)]
    left = [parameter for k, parameter in enumerate(named) if k not in known]
    text = f"def {name}({', '.join(left)}): return function__({', '.join(given)})\n"
    return _made(name, text, scope, f"<{name} of known arguments>")


def _made(name, text, scope, path):
    """The function that a text defines, which is noted as its source."""
    exec(compile(text, path, "exec"), scope)  # noqa: S102: the text is the names of parameters
    _definitions.give(scope[name], text)
    return scope[name]


def executed(origin, name):
    """The Python function of a name in a module that was put together, for instance in another process."""
    tree = ast.parse(origin.text)
    definitions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for node in definitions:
        if node.name == name:
            node.decorator_list, node.returns = [], None
            for parameter in ast.walk(node.args):
                if isinstance(parameter, ast.arg):
                    parameter.annotation = None
    # Constants stand last in it.
    tree.body = [node for node in tree.body if node not in definitions] + definitions
    path = f"{_definitions.COPY}{origin.file} {zlib.crc32(origin.text.encode()):x}>"
    linecache.cache[path] = (len(origin.text), None, origin.text.splitlines(keepends=True), path)
    scope = {"__name__": "nopython copy"} | {array.name: array.array() for array in origin.arrays}
    exec(compile(tree, path, "exec"), scope)  # noqa: S102: the functions as they were written
    return scope[name]


def _plain(function):
    return getattr(function, "py_func", function)


class _Module:
    """A module that is being put together."""

    def __init__(self, sources, for_readers=False):
        self.sources = sources
        self.for_readers = for_readers
        self.definitions = {}
        self.taken = {}
        self.bindings = []
        self.arrays = []

    def add(self, function, root=False, decorator=None):
        """Adds a function and all that it uses, and gives the name it has in the module."""
        known = self.definitions.get((function, decorator)) or (not decorator and self.definitions.get((function, _ROOT)))
        if known:
            return known.name
        definition = _definitions.definition(function, self.sources.get(function))
        definition.name = self._free(definition.node.name, (function, decorator))
        self.definitions[function, _ROOT if root else decorator] = definition
        used, own = _used(definition), _variables(function.__code__)
        parts = self._parts(definition, used, own)
        renames = {name: self._beside(own, name, value) for name, value in used.items()}
        self._rewrite(definition, renames, parts, root, decorator)
        return definition.name

    def add_class(self, cls):
        """Adds a class and all that it uses, and gives the name it has in the module."""
        known = self.definitions.get((cls, None))
        if known:
            return known.name
        definition = _classes.definition(cls)
        definition.name = self._free(cls.__name__, (cls, None))
        self.definitions[cls, None] = definition
        _classes.fields_of(cls)
        found = {name: value for name, value in _classes.used(definition).items() if value is not cls}
        own = set().union(*(_variables(f.__code__) for f in vars(cls).values() if inspect.isfunction(f)))
        parts = self._parts(definition, found, own)
        renames = {name: self._beside(own, name, value) for name, value in found.items()}
        if definition.name != cls.__name__:
            renames[cls.__name__] = definition.name
        node = definition.node
        inside = {part for whole, _ in parts for part in ast.walk(whole)}
        renamed = _free_names(_read(definition), {name for name, new in renames.items() if name != new})
        _replace(definition, [(part, renames[part.id]) for part in renamed if part not in inside] + parts, [])
        if definition.name != cls.__name__:
            head = definition.lines[node.lineno - 1]
            definition.lines[node.lineno - 1] = head.replace(f"class {cls.__name__}", f"class {definition.name}", 1)
        return definition.name

    def _free(self, name, value):
        """A name that nothing else has."""
        candidate, count = name, 1
        while candidate in self.taken and not _is_same(self.taken[candidate], value):
            count += 1
            candidate = f"{name}__{count}"
        self.taken[candidate] = value
        return candidate

    def _bind(self, name, value):
        """Makes a value available, and gives the name it has."""
        if isinstance(value, np.ndarray):
            return self._frozen(value, name)
        if _classes.is_record(value):
            return self.add_class(value)
        plain = _plain(unbound(value) if isinstance(value, functools.partial) else value)
        if isinstance(plain, types.FunctionType) and not _is_numpy(plain):
            return self.add(plain, decorator=getattr(value, "_decorator", None))
        known = name in self.taken and _is_same(self.taken[name], value)
        free = self._free(name, value)
        if not known:
            self.bindings.append(_constants.binding(free, value, self._frozen))
        return free

    def _frozen(self, value, name="array__"):
        """Makes an array available, and gives the name it has."""
        known = name in self.taken and _is_same(self.taken[name], value)
        free = self._free(name, value)
        if not known:
            self.arrays.append(_constants.frozen(free, value))
        return free

    def _beside(self, own, name, value):
        """Makes a value available to a definition with variables ``own``, and gives the name it has, which is none of them."""
        bound = self._bind(name, value)
        if bound not in own:
            return bound
        alias = self._free(f"{bound}__", (value, "alias"))
        statement = f"{alias} = {bound}"
        if statement not in self.bindings:
            self.bindings.append(statement)
        return alias

    def _parts(self, definition, used, own):
        """Makes available what a definition reads of modules and other namespaces, and gives what stands for each expression.

        A namespace that is read in no other way is taken out of ``used``; ``own`` are the variables of the definition.
        """
        spaces = {name: value for name, value in used.items() if _is_namespace(value)}
        if not spaces:
            return []
        tree = _read(definition)
        holders = {id(node.value): node for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        edits, kept = [], set()
        for node in _free_names(tree, set(spaces)):
            whole, value = node, spaces[node.id]
            while _is_namespace(value) and id(whole) in holders and hasattr(value, holders[id(whole)].attr):
                whole = holders[id(whole)]
                value = getattr(value, whole.attr)
            if _is_namespace(value):
                kept.add(node.id)
                continue
            edits.append((whole, self._beside(own, whole.attr, value)))
        for name in set(spaces) - kept:
            del used[name]
        return edits

    def _rewrite(self, definition, renames, parts, root, decorator):
        """Names as they are in the module; a helper's decorators become the one that counts, and its annotations go."""
        edits = _values_of_defaults(definition, self._frozen)
        written = {part for node, _ in edits for part in ast.walk(node)}
        edits += [(node, text) for node, text in parts if node not in written]
        inside = {part for node, _ in edits for part in ast.walk(node)}
        if not root and definition.node.returns is not None:
            inside |= set(ast.walk(definition.node.returns))
        renamed = _free_names(definition.node, {name for name, new in renames.items() if name != new})
        edits += [(node, renames[node.id]) for node in renamed if node not in inside]
        blanks = []
        if not root:
            arguments = definition.node.args
            parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
            blanks = [(p.arg, p, p.annotation) for p in parameters if p.annotation is not None]
        start = definition.node.lineno - 1
        if not root and definition.node.returns is not None:
            # It stands behind all else of its line that changes.
            _drop_returns(definition, not self.for_readers)
        _replace(definition, edits, blanks, not self.for_readers)
        if definition.name != definition.node.name:
            head = definition.lines[start]
            definition.lines[start] = head.replace(f"def {definition.node.name}", f"def {definition.name}", 1)
        if not root:
            definition.lines[:start] = [""] * start
            if decorator:
                if start == 0:
                    definition.lines.insert(0, "")
                    definition.line -= 1
                    start = 1
                definition.lines[start - 1] = decorator

    def origin(self):
        """The module."""
        definitions = list(self.definitions.values())
        main = definitions[0].path
        # The imports stand in the first line. Where that is not free, all definitions move down.
        lines, segments = [_PRELUDE], []
        own = sorted((d for d in definitions if d.path == main), key=lambda d: d.line)
        late = [d for d in definitions if d.path != main]
        for definition in own:
            if definition.line - 1 < len(lines):
                late.append(definition)
                continue
            lines.extend([""] * (definition.line - 1 - len(lines)))
            lines.extend(definition.lines)
        for definition in late:
            first, last = len(lines) + 1, len(lines) + len(definition.lines)
            segments.append(Segment(first, last, definition.path, definition.line, _shown(definition.path)))
            lines.extend(definition.lines)
        text = "\n".join([*lines, *self.bindings]) + "\n"
        return Origin(_shown(main), main, text, segments, self.arrays)


    def readable(self):
        """The module as a reader would write it."""
        definitions = list(self.definitions.values())
        main = definitions[0].path
        # A decorator of the function itself does not count.
        definitions[0].lines[: definitions[0].node.lineno - 1] = []
        blocks = ["\n".join(d.lines).strip("\n") for d in sorted(definitions, key=lambda d: (d.path == main, d.line))]
        imports = [re.sub(r"\b(\w+) as \1$", r"\1", b) for b in self.bindings if b.startswith(("import ", "from "))]
        constants = [b for b in self.bindings if not b.startswith(("import ", "from "))]
        constants += [f"# {a.name}: an array of {a.dtype}, shape {tuple(a.shape)}, in the page" for a in self.arrays]
        for own, (plain, statement) in _KNOWN.items():
            used = re.compile(rf"\b{own}\b")
            if not any(used.search(text) for text in (*blocks, *constants)):
                continue
            if plain in self.taken and statement not in imports:
                imports.append(f"{statement.split(' as ')[0]} as {own}")
                continue
            blocks, constants = ([used.sub(plain, text) for text in texts] for texts in (blocks, constants))
            imports += [] if statement in imports else [statement]
        tops = ["\n".join(lines) for lines in (sorted(imports, key=lambda line: line.startswith("from ")), constants) if lines]
        text = "\n\n\n".join(["\n\n".join(tops), *blocks] if tops else blocks)
        return Origin(_shown(main), main, text, [], self.arrays)


def _values_of_defaults(definition, array):
    """Defaults that are no literals, with the values that they had when the function was defined."""
    function, arguments = definition.function, definition.node.args
    named = function.__kwdefaults__ or {}
    pairs = [*zip(reversed(arguments.defaults), reversed(function.__defaults__ or ()))]
    pairs += [(node, named[p.arg]) for p, node in zip(arguments.kwonlyargs, arguments.kw_defaults) if node and p.arg in named]
    texts = [(node, _constants.expression(value, array)) for node, value in pairs if not _is_literal(node)]
    return [(node, text) for node, text in texts if text is not None]


def _is_literal(node):
    """Whether an expression says itself what value it has, which never changes."""
    if isinstance(node, ast.Tuple):
        return all(_is_literal(item) for item in node.elts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return isinstance(node, ast.Constant)


def _is_same(a, b):
    return a is b or (isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b) == 2 and a[0] is b[0] and a[1] is b[1])


def _shown(path):
    """A path as errors show it."""
    if path.startswith("<"):
        return path.strip("<>") or "input"
    if "ipykernel_" in path or not os.path.exists(path):
        return "notebook cell" if "ipykernel_" in path or "ipython-input" in path else path
    return os.path.basename(path)


#: Modules whose functions and values the compiler knows by their names.
_KNOWN_MODULES = frozenset("numpy math cmath random nopython numba collections functools itertools operator typing dataclasses builtins".split())


def _is_namespace(value):
    """Whether a global only holds others: a module that the compiler does not know, a simple namespace, or a class that is no type of values."""
    if isinstance(value, types.ModuleType):
        return value.__name__.split(".")[0] not in _KNOWN_MODULES
    if isinstance(value, types.SimpleNamespace):
        return True
    if not isinstance(value, type) or value.__module__.split(".")[0] in _KNOWN_MODULES:
        return False
    return issubclass(value, enum.Enum) or not (_classes.is_record(value) or issubclass(value, (tuple, BaseException)))


def _is_numpy(function):
    return (function.__module__ or "").split(".")[0] in ("numpy", "math", "nopython", "collections")


def _free_names(node, names):
    """Where a function and those inside of it read the names, except where an inner one has a variable of that name."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Name):
            if child.id in names:
                yield child
        elif isinstance(child, (ast.FunctionDef, ast.Lambda)):
            outer = [*child.args.defaults, *filter(None, child.args.kw_defaults), *getattr(child, "decorator_list", [])]
            bound = _bound(child)
            for part in outer:
                yield from _free_names(ast.Expr(part), names)
            body = child.body if isinstance(child.body, list) else [ast.Expr(child.body)]
            for part in body:
                yield from _free_names(part, names - bound)
        else:
            yield from _free_names(child, names)


def _bound(function):
    """The variables of an inner function."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *filter(None, (arguments.vararg, arguments.kwarg))]
    body = function.body if isinstance(function.body, list) else [function.body]
    stored = {n.id for part in body for n in ast.walk(part) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return {a.arg for a in named} | stored


def _read(definition):
    """The parts of a definition whose names are read where it runs: its body, and the defaults of a function."""
    arguments = getattr(definition.node, "args", None)
    defaults = [*arguments.defaults, *filter(None, arguments.kw_defaults)] if arguments else []
    return ast.Module([*definition.node.body, *map(ast.Expr, defaults)], [])


def _variables(code):
    """The variables of a function and of those inside of it."""
    inner = (constant for constant in code.co_consts if isinstance(constant, types.CodeType))
    return {*code.co_varnames, *code.co_cellvars}.union(*map(_variables, inner))


def _used(definition):
    """What a function's globals and closure hold of the names it uses."""
    function = definition.function
    loaded = {n.id for n in ast.walk(_read(definition)) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    cells = dict(zip(function.__code__.co_freevars, function.__closure__ or ()))
    local = {*function.__code__.co_varnames, *function.__code__.co_cellvars} - set(cells)
    found = {}
    for name in sorted(loaded - local):
        if name in cells:
            try:
                found[name] = cells[name].cell_contents
            except ValueError:
                # A variable of the enclosing function that has no value yet: a recursive inner function has itself.
                if name == function.__name__:
                    found[name] = function
        elif name in function.__globals__:
            found[name] = function.__globals__[name]
    if definition.node.name in found and _plain(found[definition.node.name]) is function:
        found[definition.node.name] = function
    return found


def _replace(definition, edits, blanks, in_place=True):
    """Replaces names, and annotations by blanks or, unless all has to stay in its place, by nothing; positions are of the source as it was parsed."""
    changes = []
    for node, text in edits:
        changes.append((node.lineno, node.col_offset, node.end_lineno, node.end_col_offset, text))
    for name, parameter, annotation in blanks:
        start = parameter.col_offset + len(name.encode())
        changes.append((parameter.lineno, start, annotation.end_lineno, annotation.end_col_offset, None))
    for line, start, end_line, end, text in sorted(changes, reverse=True):
        if line != end_line:
            continue
        raw = definition.lines[line - 1].encode()
        new = text.encode() if text is not None else b" " * (end - start if in_place else 0)
        definition.lines[line - 1] = (raw[:start] + new + raw[end:]).decode()


def _drop_returns(definition, in_place=True):
    """The return annotation of a helper, as blanks or, unless all has to stay in its place, left out."""
    returns = definition.node.returns
    row = returns.lineno - 1
    raw = definition.lines[row]
    arrow = raw.rfind("->", 0, len(raw.encode()[: returns.col_offset].decode()))
    if returns.lineno == returns.end_lineno and arrow >= 0:
        end = len(raw.encode()[: returns.end_col_offset].decode())
        rest = raw[end:] if in_place else raw[end:].lstrip()
        definition.lines[row] = (raw[:arrow] if in_place else raw[:arrow].rstrip()) + " " * (end - arrow if in_place else 0) + rest


