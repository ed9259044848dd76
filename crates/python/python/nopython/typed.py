"""Lists and dicts that say what they will hold, as Numba's ``typed`` module has them: compiled functions know it of empty ones too.

Both are Python's own but for that, and may be given wherever those are.
"""

from nopython import types


class List(list):
    """A list. An empty one that :meth:`empty_list` makes has a type of items."""

    _held = None

    @classmethod
    def empty_list(cls, item_type: types.Type, allocated: int = 0) -> "List":
        """An empty list of items of a type; how many there will be makes no difference."""
        made = cls()
        made._held = _keys(item_type)
        return made


class Dict(dict):
    """A dict. An empty one that :meth:`empty` makes has types of keys and values."""

    _held = None

    @classmethod
    def empty(cls, key_type: types.Type, value_type: types.Type, n_keys: int = 0) -> "Dict":
        """An empty dict of keys and values of two types; how many there will be makes no difference."""
        made = cls()
        made._held = _keys(key_type, value_type)
        return made


def _keys(*held):
    """Types one after the other, as the engine writes them (``crates/types/src/encoding.rs``)."""
    (params, _), = types.parse([f"none({', '.join(map(repr, held))})"])
    return params
