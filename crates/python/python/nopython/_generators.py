"""Random generators of NumPy as compiled functions have them: what state they are in, and how it is put back."""

import numpy as np

_WORD, _LONG = np.uint32, np.uint64
_LOW = (1 << 64) - 1

#: The fields of the records that bit generators are in compiled code (``crates/front/src/infer/records/generators.rs``).
_FIELDS = {
    "PCG64": ("high", "low", "increment_high", "increment_low", "has_uint32", "uinteger"),
    "PCG64DXSM": ("high", "low", "increment_high", "increment_low", "has_uint32", "uinteger"),
    "SFC64": ("a", "b", "c", "counter", "has_uint32", "uinteger"),
    "Philox": ("counter", "key", "buffer", "used", "has_uint32", "uinteger"),
    "MT19937": ("words",),
}


def _inner(value):
    """The bit generator of a ``Generator`` or a ``RandomState``, or the value itself."""
    return value._bit_generator if isinstance(value, (np.random.Generator, np.random.RandomState)) else value


def held(value):
    """The class and the fields that compiled code has of a generator; ``None`` for anything else."""
    inner = _inner(value)
    name = type(inner).__name__
    if not isinstance(inner, np.random.BitGenerator) or name not in _FIELDS:
        return None
    if inner is value:
        return name, _FIELDS[name]
    kept = ("kept",) if isinstance(value, np.random.RandomState) else ()
    return f"{type(value).__name__}({name})", _FIELDS[name] + kept


def row_of(value):
    """The values of the fields."""
    inner = _inner(value)
    if isinstance(value, np.random.RandomState):
        state = value.get_state(legacy=False)
        return *row_of(inner), np.array([state["has_gauss"], state["gauss"]], float)
    name, state = type(inner).__name__, inner.state
    state, has_uint32, uinteger = state["state"], state.get("has_uint32"), _WORD(state.get("uinteger", 0))
    if name == "MT19937":
        return (np.concatenate([state["key"], [624 - state["pos"], 1]]).astype(_WORD),)
    if name == "Philox":
        return state["counter"].copy(), state["key"].copy(), inner.state["buffer"].copy(), inner.state["buffer_pos"], has_uint32, uinteger
    if name == "SFC64":
        return *map(_LONG, state["state"]), has_uint32, uinteger
    both = state["state"], state["inc"]
    return *(_LONG(part) for number in both for part in (number >> 64, number & _LOW)), has_uint32, uinteger


def restore(value, row):
    """Puts a generator into the state that fields describe."""
    inner = _inner(value)
    name = type(inner).__name__
    if name == "MT19937":
        state = {"state": {"key": row[0][:624], "pos": 624 - int(row[0][624])}}
    else:
        values = row[: len(_FIELDS[name])]
        state = {"has_uint32": int(values[-2]), "uinteger": int(values[-1])}
        if name == "Philox":
            state |= {"state": {"counter": row[0], "key": row[1]}, "buffer": row[2], "buffer_pos": int(row[3])}
        elif name == "SFC64":
            state["state"] = {"state": np.array(row[:4], _LONG)}
        else:
            high, low, increment_high, increment_low = map(int, row[:4])
            state["state"] = {"state": high << 64 | low, "inc": increment_high << 64 | increment_low}
    inner.state = {"bit_generator": name, **state}
    if isinstance(value, np.random.RandomState):
        state = value.get_state(legacy=False)
        state["has_gauss"], state["gauss"] = int(row[-1][0]), float(row[-1][1])
        value.set_state(state)


def made(name, row):
    """A new generator of a class with values of its fields; ``None`` if it is no class of generators."""
    outer, _, inner = name.partition("(")
    inner = inner.rstrip(")") or outer
    if inner not in _FIELDS:
        return None
    value = getattr(np.random, inner)(0)
    if outer != inner:
        value = getattr(np.random, outer)(value)
    restore(value, row)
    return value
