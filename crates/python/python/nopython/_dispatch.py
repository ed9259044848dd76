"""``jit``: a Python function becomes a table of kernels, one for each list of argument types it is called with."""

import functools
import inspect
import sys
import time
from collections import namedtuple
from types import BuiltinFunctionType, FunctionType

import numpy as np

from nopython import _classes, _definitions, _engine, _named, _records, _source, types
from nopython._errors import CompileError

#: What ``jit`` takes: ``source``, and Numba's options, which are accepted and make no difference: arithmetic is NumPy's, indices are
#: checked, exceptions are Python's, and a call runs on the thread that makes it.
OPTIONS = frozenset(
    "source nopython cache parallel nogil inline fastmath boundscheck error_model "
    "locals looplift forceobj no_cpython_wrapper no_cfunc_wrapper no_rewrites debug target".split()
)

Stats = namedtuple("Stats", ["specialisations", "compile_seconds", "idle_memory"])
Stats.__doc__ = "How many kernels there are, the seconds it took to compile them, and the bytes that instances hold which no call uses."


class Dispatcher(_engine.Function):
    """A function that is compiled for the types of the arguments it is called with.

    With signatures it is compiled for them alone, at once, and arguments are converted where no digits can be lost. Arrays may
    have any strides; what the function writes to them is seen by the caller.

    Raises ``CompileError`` for what cannot be compiled, ``TypeError`` for arguments of other types, and what the function raises.
    """

    def __init__(self, py_func, signatures=None, options=None):
        functools.update_wrapper(self, py_func)
        self._py_func = py_func
        if options and options.get("source") is not None:
            _definitions.give(py_func, options["source"])
        self.targetoptions = dict(options or {})
        self._parameters = _parameter_names(py_func)
        self._set_arity(_arity(py_func))
        self._stub = None
        self._made = None
        #: Classes of instances that were given as arguments.
        self._classes = []
        #: What the function becomes for functions and dtypes among its arguments, which stand beside it so that they live.
        self._specialised = {}
        self._declared = []
        self._declared_text = types.signature_texts(signatures) if signatures is not None else []
        self._seconds = 0.0
        self._kernels = {}
        for params, result in types.parse(signatures) if signatures is not None else []:
            kernel = self._compile(params, result)
            self._declared.append((params, result, kernel))

    @property
    def py_func(self):
        """The function under CPython. In another process it is made again, of the source that the dispatcher carries, when it is asked for."""
        if self._py_func is None:
            origin, (name,) = self._made
            function = _source.executed(origin, name)
            function.__name__, function.__qualname__, function.__doc__ = self.__name__, self.__qualname__, self.__doc__
            function.__defaults__, function.__kwdefaults__ = self._stub.__defaults__, self._stub.__kwdefaults__
            self._py_func = function
        return self._py_func

    def __repr__(self):
        return f"<nopython function {self.__name__}>"

    def __get__(self, instance, owner=None):
        return self if instance is None else functools.partial(self, instance)

    @property
    def _decorator(self):
        """How a module that is put together declares the function, or ``None``."""
        return f"@__njit__({self._declared_text!r})" if self._declared_text else None

    # Called by the extension module.

    def _bind(self, args, kwargs):
        """All arguments by position, defaults filled in; Python words the error if they do not fit."""
        if self._stub is None:
            self._stub = _make_stub(self.py_func)
        return self._stub(*args, **(kwargs or {}))

    def _specialise(self, args):
        """The kernel for arguments of types that were not seen before."""
        key = self._key(args)
        _named.remember(tuple(args))
        for value in args:
            _classes.met(value, self._classes)
        if self._declared:
            kernel = self._declared_for(key)
            self._enter(key, kernel)
            return kernel
        try:
            return self._compile(key, None)
        except CompileError as error:
            # Frames of this package say nothing about the program.
            raise error.with_traceback(None) from None

    def _with_known(self, args):
        """What the function becomes when the functions and dtypes among its arguments are known while compiling, and the arguments that are left.

        ``None`` if there are none, or if the function has declared signatures, whose types they are not.
        """
        known = {k: value for k, value in enumerate(args) if _is_known(value)}
        if not known or self._declared:
            return None
        key = tuple((k, id(value)) for k, value in known.items())
        if key not in self._specialised:
            function = _source.specialised(self, known, len(args))
            self._specialised[key] = known, Dispatcher(function, None, self.targetoptions | {"source": None})
        return self._specialised[key][1], tuple(value for k, value in enumerate(args) if k not in known)

    def _declared_for(self, key):
        """The kernel of the declared signature that fits best."""
        got = _engine.type_parts(key)
        costs = [(cost, k) for k, (params, _, _) in enumerate(self._declared) if (cost := _distance(params, got)) is not None]
        if not costs:
            known = "\n".join(f"  ({', '.join(_engine.type_names(params))})" for params, _, _ in self._declared)
            types_ = ", ".join(_engine.type_names(key))
            raise TypeError(f"{self.__name__}() is not compiled for ({types_}); its signatures are\n{known}")
        return self._declared[min(costs)[1]][2]

    def _compile(self, params, result):
        origin, (name,) = self._gathered()
        started = time.perf_counter()
        kernel = _engine.compile(origin, name, params, result)
        self._seconds += time.perf_counter() - started
        self._kernels[params] = kernel
        self._enter(params, kernel)
        return kernel

    def _gathered(self):
        """The module for the compiler. Globals are read when the function is first compiled, and again for further types."""
        if self._made is not None:
            return self._made
        return _source.gather([self], {self.py_func: self.targetoptions.get("source")}, self._classes)

    # What users see.

    def compile(self, signature):
        """Compiles for a signature now, and gives the kernel."""
        kernels = [self._compile(params, result) for params, result in types.parse(signature)]
        return kernels[-1]

    @property
    def signatures(self):
        """The argument types there are kernels for, as tuples of types."""
        return [types.from_bytes(key) for key in self._kernels]

    @property
    def nopython_signatures(self):
        """The signatures there are kernels for."""
        return [types.Signature(types.from_bytes(k.result)[0], types.from_bytes(key)) for key, k in self._kernels.items()]

    @property
    def overloads(self):
        """The kernels by argument types."""
        return {types.from_bytes(key): kernel for key, kernel in self._kernels.items()}

    @property
    def stats(self):
        """Counts and sizes: a :class:`Stats`."""
        kernels = self._kernels.values()
        return Stats(len(kernels), self._seconds, sum(kernel.memory for kernel in kernels))

    def _stages(self, stage, signature=None):
        """The text of a stage of each specialisation, or of the one for a tuple of argument types."""
        origin, (name,) = self._gathered()
        chosen = self._kernels.values() if signature is None else [self.overloads[tuple(signature)]]
        return [_engine.inspect(origin, name, kernel.key, kernel.result, stage) for kernel in chosen]

    def inspect_types(self, file=None):
        """Prints the variables of each specialisation with their types, to ``file`` or the standard output."""
        print("\n".join(self._stages("types")), file=file or sys.stdout)

    def inspect_wat(self, signature=None):
        """The WebAssembly of each specialisation, or of the one for a tuple of argument types, as text."""
        return "\n".join(self._stages("wat", signature))

    def inspect_loops(self, signature=None):
        """The loops of each specialisation, or of the one for a tuple of argument types, as the compiler optimised them."""
        return "\n".join(self._stages("loops", signature))

    def vectorize_report(self):
        """What became of each loop: a list with a dictionary for each function of each specialisation.

        Its ``loops`` have the ``line``, ``vectorized`` as ``(dtype, lanes)`` or ``None`` with the ``reason``, and how many bounds ``checks``
        stay in the loop or were ``checks_hoisted`` out of it.
        """
        origin, (name,) = self._gathered()
        kernels = self._kernels.values()
        return [row for kernel in kernels for row in _engine.report(origin, name, kernel.key, kernel.result)]

    def __reduce__(self):
        declared = [(params, result) for params, result, _ in self._declared]
        state = {name: getattr(self, name, None) for name in ("__name__", "__qualname__", "__module__", "__doc__")}
        like = self._stub if self._py_func is None else self._py_func
        stub = (self.__name__, _stub_source(like)[1])
        defaults = (like.__defaults__, like.__kwdefaults__)
        return _restore, (type(self), state, stub, defaults, self._gathered(), self._kernels, declared, self.targetoptions)

    def __dask_tokenize__(self):
        origin, (name,) = self._gathered()
        return ("nopython", name, origin.text, tuple(origin.arrays), tuple(self._declared_text))


def _restore(cls, state, stub, defaults, made, kernels, declared, options):
    """A dispatcher from what ``__reduce__`` gave: it has its kernels, and compiles for further types from the source it carries."""
    function = _function_from(stub, defaults)
    for name, value in state.items():
        setattr(function, name, value)
    made_here = cls(function, None, options)
    made_here._made = made
    made_here._stub, made_here._py_func = function, None
    for key, kernel in kernels.items():
        made_here._kernels[key] = kernel
        made_here._enter(key, kernel)
    made_here._declared = [(params, result, kernels[params]) for params, result in declared]
    return made_here


def _is_known(value):
    """Whether an argument is known while compiling rather than passed: a function or a dtype."""
    if isinstance(value, type):
        return value in (int, float, bool, complex) or issubclass(value, np.generic)
    kinds = (types.Type, np.dtype, _engine.Function, FunctionType, BuiltinFunctionType, functools.partial, np.ufunc)
    return isinstance(value, kinds) or hasattr(value, "py_func")


def _arity(function):
    """How many arguments by position are all there are; -1 if some can be given by name only."""
    kinds = [p.kind for p in inspect.signature(function).parameters.values()]
    fixed = all(kind in (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD) for kind in kinds)
    return len(kinds) if fixed else -1


def _parameter_names(function):
    parameters = inspect.signature(function).parameters.values()
    return [p.name for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]


def _stub_source(function):
    """A function with the same parameters that gives its arguments as a tuple."""
    parts, given, last = [], [], None
    for p in inspect.signature(function).parameters.values():
        if last == p.POSITIONAL_ONLY and p.kind != p.POSITIONAL_ONLY:
            parts.append("/")
        if p.kind == p.KEYWORD_ONLY and last not in (p.KEYWORD_ONLY, p.VAR_POSITIONAL):
            parts.append("*")
        if p.kind == p.VAR_POSITIONAL:
            parts.append(f"*{p.name}")
            given.append(f"*{p.name}")
        elif p.kind == p.VAR_KEYWORD:
            parts.append(f"**{p.name}")
            given.append(f"*refuse__({p.name})")
        else:
            parts.append(p.name + ("=None" if p.default is not p.empty else ""))
            given.append(p.name)
        last = p.kind
    if last == inspect.Parameter.POSITIONAL_ONLY:
        parts.append("/")
    return function.__name__, f"def stub({', '.join(parts)}): return ({''.join(name + ', ' for name in given)})"


def _refuse(keywords):
    """Values that ``**keywords`` takes have no parameters that a compiled function could be called with."""
    for name in keywords:
        raise TypeError(f"only compiled functions pass '{name}' by `**`: name the parameter, {name}=None")
    return ()


def _function_from(stub, defaults):
    name, text = stub
    scope = {"refuse__": _refuse}
    exec(text, scope)  # noqa: S102: the text is the names of parameters
    function = scope["stub"]
    function.__defaults__, function.__kwdefaults__ = defaults
    function.__name__ = function.__qualname__ = name
    return function


def _make_stub(function):
    return _function_from(_stub_source(function), (function.__defaults__, function.__kwdefaults__))


_KINDS = {"b": 0, "u": 1, "i": 2, "f": 3}


def _distance(params, got):
    """How much arguments have to be converted for parameters, or ``None`` if that would lose digits."""
    want = _engine.type_parts(params)
    if len(want) != len(got):
        return None
    total = 0
    for a, b in zip(want, got):
        cost = _conversion(a, b)
        if cost is None:
            return None
        total += cost
    return total


def _conversion(want, got):
    if want == got:
        return 0
    if want[0] != got[0]:
        return None
    if want[0] == "tuple":
        costs = [_conversion(a, b) for a, b in zip(want[1], got[1])]
        return None if len(want[1]) != len(got[1]) or None in costs else sum(costs)
    if want[0] == "array":
        return None if want[1:3] != got[1:3] else 1 if got[3] else 2
    if want[0] == "records":
        return None if not _records.same(want[1], got[1]) or want[2] != got[2] else 1 if got[3] else 2
    if want[0] == "list":
        # An empty list has items of every type, and so has an empty dict or set.
        is_empty = got[1] == ("none",) or got[1][0] == "tuple" and all(part == ("none",) for part in got[1][1])
        return 1 if is_empty else _conversion(want[1], got[1])
    (_, to, _, _), (_, own, _, weak) = want, got
    if to == own:
        return 1
    rank = {"bool": 0, "uint": 1, "int": 2, "float": 3, "complex": 4}
    kind = lambda dtype: rank[dtype.rstrip("0123456789")]  # noqa: E731
    size = lambda dtype: int(dtype.lstrip("abcdefghijklmnopqrstuvwxyz") or 8)  # noqa: E731
    if kind(own) == 0:
        return None if kind(to) == 0 else 2
    if weak:
        # A Python number takes the type of the parameter, as under NEP 50; values are checked when it is converted.
        fits = kind(to) >= (1 if kind(own) == 2 else kind(own)) and kind(to)
        return (4 if kind(to) > max(kind(own), 3) else 3) if fits else None
    if kind(to) == 4:
        return 7 if kind(own) < 4 else 4 if size(to) >= size(own) else 6
    if kind(own) == 4:
        return None
    if kind(to) == 3:
        return 4 if kind(own) < 3 or size(to) >= size(own) else 6
    if kind(own) == 3 or kind(to) == 0:
        return None
    return 3 if size(to) > size(own) else 5


def jit(signature_or_function=None, **options):
    """Compiles a function: ``@jit``, ``@jit(signature)``, ``@jit([signatures])``, or ``jit(function)``.

    ``signature`` is Numba's: ``"float64(float64[:], int64)"``, ``float64(float64[:], int64)`` or a tuple of argument types. Without one
    the function is compiled when it is called, for the types of the arguments. ``source`` gives the text of a function that was made by
    ``exec``. Numba's options are accepted; arithmetic stays NumPy's, and indices are checked.
    """
    unknown = sorted(set(options) - OPTIONS)
    if unknown:
        raise TypeError(f"jit() got an unexpected keyword argument {unknown[0]!r}")
    check_options(options)
    if isinstance(signature_or_function, Dispatcher):
        return signature_or_function
    if inspect.isfunction(signature_or_function) or isinstance(signature_or_function, functools.partial):
        return Dispatcher(_function(signature_or_function), None, options)
    if callable(signature_or_function) and not isinstance(signature_or_function, (types.Type, types.Signature)):
        _function(signature_or_function)

    def decorate(function):
        return Dispatcher(_function(getattr(function, "py_func", function)), signature_or_function, options)

    return decorate


njit = jit


def check_options(options):
    """Refuses values of options that would have to change what compiled code does."""
    if options.get("error_model") not in (None, "python"):
        raise ValueError(
            f"error_model={options['error_model']!r} is not supported: Python's numbers raise ZeroDivisionError, NumPy's give inf and nan; "
            "leave the option out, and convert with np.float64(...) where a quotient should be NumPy's"
        )
    if options.get("forceobj"):
        raise ValueError("forceobj=True is not supported: everything is compiled; leave the option out")


def _function(given):
    """The plain function to compile of what a decorator stands above."""
    if isinstance(given, functools.partial):
        return _source.unbound(given)
    if inspect.ismethod(given):
        raise TypeError(f"jit() takes a function, not the bound method {given.__qualname__}: an object cannot be passed to compiled code")
    if not inspect.isfunction(given):
        raise TypeError(f"jit() takes a Python function, not {type(given).__name__} {getattr(given, '__name__', given)!r}")
    return given


class prange:  # noqa: N801: Numba's name
    """In compiled code ``range``, whose turns do not depend on each other; under Python ``range``."""

    def __new__(cls, *args):
        return range(*args)


def literal_unroll(items):
    """The items of a tuple, as they are; compiled code refuses it with the reason."""
    return items


def get_num_threads():
    """How many threads one call of a compiled function runs on: 1."""
    return 1


def set_num_threads(count):
    """Accepted for programs written for Numba. A call runs on the thread that makes it, whatever ``count`` is."""
