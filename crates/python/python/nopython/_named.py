"""Classes of named tuples, which results are instances of.

Compiled code knows the name of a class and those of its fields; the class itself is the last one of these names that an argument was an instance of,
or that a compiled function named.
"""

import collections

_CLASSES = {}


def is_class(value):
    """Whether a value is a class of named tuples."""
    return isinstance(value, type) and issubclass(value, tuple) and isinstance(getattr(value, "_fields", None), tuple)


def remember(value):
    """Notes the classes of named tuples in a value, or one that the value is."""
    if is_class(value):
        _CLASSES[value.__name__, value._fields] = value
    elif isinstance(value, tuple):
        remember(type(value))
        for item in value:
            remember(item)


def instance(name, fields, items):
    """A named tuple, of a class that was met before or else of a new one."""
    if name.startswith("{"):
        # A row of a dict, a set or an instance, which `_classes` makes of it.
        return tuple(items)
    fields = tuple(fields)
    known = _CLASSES.get((name, fields))
    if known is None:
        known = _CLASSES[name, fields] = collections.namedtuple(name, fields)
    return tuple.__new__(known, items)
