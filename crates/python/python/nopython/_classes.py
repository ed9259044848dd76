"""Classes whose instances compiled functions make: ``jitclass``, and the definitions of classes that functions use."""

import ast
import dataclasses
import inspect
import sys
import textwrap

from nopython import _errors


def jitclass(cls_or_spec=None, spec=None):
    """Says that compiled functions make instances of a class, and which types its fields have: Numba's decorator.

    ``spec`` lists names and types of fields, or maps names to types; fields may be annotated in the class instead. The class itself stays what it is, so
    that Python makes instances as of any class.
    """
    if isinstance(cls_or_spec, type):
        return _marked(cls_or_spec, spec)
    given = cls_or_spec if cls_or_spec is not None else spec
    return lambda cls: _marked(cls, given)


def _marked(cls, spec):
    pairs = spec.items() if hasattr(spec, "items") else spec or ()
    cls.__nopython_spec__ = tuple((name, str(ty)) for name, ty in pairs)
    return cls


def is_record(value):
    """Whether a class is one whose instances are compiled: a dataclass, a ``jitclass``, or one that annotates its fields."""
    if not isinstance(value, type) or value.__module__ in ("builtins", "typing", "dataclasses", "collections", "enum"):
        return False
    if value.__bases__ != (object,):
        return False
    annotated = bool(value.__dict__.get("__annotations__")) or "__annotate__" in value.__dict__ or "__annotate_func__" in value.__dict__
    return dataclasses.is_dataclass(value) or "__nopython_spec__" in value.__dict__ or annotated


@dataclasses.dataclass
class ClassDefinition:
    """A class with its source, without indentation, as `_definitions.Definition` has a function."""

    function: type
    path: str
    line: int
    lines: list
    node: ast.ClassDef
    name: str


def definition(cls):
    """The definition of a class, whose decorators are written with names that the compiler's module has.

    Raises ``CompileError`` when its source cannot be found.
    """
    try:
        lines, line = inspect.getsourcelines(cls)
        path = inspect.getsourcefile(cls) or "<class>"
    except (OSError, TypeError):
        raise _errors.CompileError(
            f"error[missing-source]: the source of the class `{cls.__name__}` cannot be found\n  help: define it in a file or a cell of a notebook"
        ) from None
    text = textwrap.dedent("".join(lines))
    node = ast.parse(text).body[0]
    lines = text.splitlines()
    # Decorators keep their lines, so that all else does.
    for k in range(node.lineno - 1):
        lines[k] = ""
    if node.lineno > 1:
        lines[node.lineno - 2] = _decorator(cls)
    return ClassDefinition(cls, path, line, lines, node, cls.__name__)


def _decorator(cls):
    if "__nopython_spec__" in cls.__dict__:
        return f"@__nopython__.jitclass({list(cls.__nopython_spec__)!r})"
    parameters = cls.__dict__.get("__dataclass_params__")
    if parameters is None:
        return ""
    flags = ", ".join(f"{name}={getattr(parameters, name)}" for name in ("init", "eq", "order", "frozen"))
    return f"@__dataclass__({flags})"


def used(definition):
    """What a class's module holds of the names that its functions, its defaults and its annotations use."""
    cls = definition.function
    scope = vars(sys.modules.get(cls.__module__, ast))
    functions = [value for value in vars(cls).values() if inspect.isfunction(value)]
    found = {}
    cells = {name: cell for f in functions for name, cell in zip(f.__code__.co_freevars, f.__closure__ or ())}
    own = {n.id for part in definition.node.decorator_list for n in ast.walk(part) if isinstance(n, ast.Name)}
    loaded = {n.id for part in definition.node.body for n in ast.walk(part) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    for name in sorted(loaded | (loaded & own)):
        if name in cells:
            try:
                value = cells[name].cell_contents
            except ValueError:
                continue
        elif functions and name in functions[0].__globals__:
            value = functions[0].__globals__[name]
        elif name in scope:
            value = scope[name]
        else:
            continue
        # What annotations are written with is read by its name.
        if getattr(value, "__module__", None) in ("typing", "dataclasses") or getattr(value, "__name__", None) in ("typing", "dataclasses"):
            continue
        found[name] = value
    return found
