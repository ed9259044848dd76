"""Classes whose instances compiled functions make: ``jitclass``, and the definitions of classes that functions use."""

import ast
import dataclasses
import inspect
import sys
import textwrap

from nopython import _errors, _generators


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
        # What fields are made with is read by its name.
        if "dataclasses" in (getattr(value, "__module__", None), getattr(value, "__name__", None)):
            continue
        found[name] = value
    return found


#: Classes that compiled code may make instances of, by name and fields.
_CLASSES = {}


def fields_of(cls):
    """The names of the fields of a class whose instances are compiled, in the order that the compiler has; ``None`` for other classes."""
    if not is_record(cls):
        return None
    names = [name for name, _ in cls.__dict__.get("__nopython_spec__", ())]
    for name, annotation in inspect.get_annotations(cls).items():
        if name not in names and "ClassVar" not in str(annotation):
            names.append(name)
    _CLASSES[cls.__name__, tuple(names)] = cls
    return tuple(names)


def held(value):
    """The name and the fields of the class of an instance or a random generator; ``None`` for anything else."""
    fields = fields_of(type(value))
    return _generators.held(value) if fields is None else (type(value).__name__, fields)


def row_of(value):
    """The values of the fields of such a value."""
    fields = fields_of(type(value))
    return _generators.row_of(value) if fields is None else tuple(getattr(value, field) for field in fields)


def met(value, found):
    """Adds the classes of instances in a value."""
    if isinstance(value, (list, tuple, set)):
        for item in value:
            met(item, found)
    elif isinstance(value, dict):
        for item in value.values():
            met(item, found)
    elif fields_of(type(value)) is not None and type(value) not in found:
        found.append(type(value))


def made(name, fields, rows):
    """What the compiler's list of rows stands for: a dict, a set, an instance, or a value that may be None."""
    if name == "?":
        return rows[0][0] if rows else None
    if name == "dict":
        return dict(rows)
    if name == "set":
        return {item for (item,) in rows}
    generator = _generators.made(name, *rows) if rows else None
    if generator is not None:
        return generator
    cls = _CLASSES.get((name, tuple(fields)))
    if cls is None:
        cls = _CLASSES[name, tuple(fields)] = dataclasses.make_dataclass(name, fields)
    instance = object.__new__(cls)
    _set(instance, fields, rows)
    return instance


def rows_of(value, name, fields):
    """A dict, a set or an instance as the rows that the compiler has of it; ``None`` for anything else."""
    if name == "dict":
        return list(value.items()) if isinstance(value, dict) else None
    if name == "set":
        return [(item,) for item in value] if isinstance(value, (set, frozenset)) else None
    return [row_of(value)] if held(value) == (name, tuple(fields)) else None


def restore(value, name, fields, rows):
    """Changes a dict, a set or an instance to what compiled code has made of it."""
    if name == "dict":
        value.clear()
        value.update(rows)
    elif name == "set":
        new = {item for (item,) in rows}
        if value != new:
            value.clear()
            value.update(new)
    elif _generators.held(value):
        _generators.restore(value, *rows)
    else:
        _set(value, fields, rows)


def _set(instance, fields, rows):
    for row in rows:
        for field, value in zip(fields, row):
            if getattr(instance, field, _set) is not value:
                object.__setattr__(instance, field, value)
