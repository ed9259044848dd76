"""WebAssembly on the package ``wasmtime``."""

import ctypes
import functools
import importlib.metadata
import weakref

import numpy as np

from nopython._portable import _cache, _machine

try:
    import wasmtime
except ImportError as error:
    raise ImportError("nopython runs WebAssembly with the package wasmtime here: pip install wasmtime") from error


def _engine(parallel, stack):
    config = wasmtime.Config()
    # Threads that translate would be gone in a forked child.
    config.parallel_compilation = parallel
    config.max_wasm_stack = stack
    return wasmtime.Engine(config)


# Engines are made when they are used first: they take signals, and what has been set up before them stays behind them.


@functools.cache
def _kernels():
    """The engine of kernels, which are small."""
    return _engine(parallel=False, stack=512 << 10)


#: The stack that the compiler has.
_COMPILER_STACK = 768 << 10


@functools.cache
def _compilers():
    """The engine of the compiler, which is translated once and kept on disk."""
    return _engine(parallel=True, stack=_COMPILER_STACK)


class Program:
    """A module translated to machine code."""

    def __init__(self, wasm, module=None):
        self._engine = _kernels() if module is None else _compilers()
        try:
            self._module = module or wasmtime.Module(self._engine, wasm)
        except wasmtime.WasmtimeError as error:
            raise _machine.Stopped(str(error)) from None
        self._imports = [(one.module, one.name) for one in self._module.imports]
        if any(one not in (("np", "raise"), ("np", "print")) for one in self._imports):
            raise _machine.Stopped(f"unknown imports {self._imports}")

    def start(self):
        """An instance with a memory of its own."""
        return _Instance(self._engine, self._module, [name for _, name in self._imports])


def translated(wasm):
    """A large module, whose machine code is kept on disk."""
    return Program(None, _module(wasm))


@functools.lru_cache(maxsize=2)
def _module(wasm):
    about = f"{importlib.metadata.version('wasmtime')} stack {_COMPILER_STACK}"
    kept = _cache.read(about, wasm)
    if kept is not None:
        try:
            return wasmtime.Module.deserialize(_compilers(), kept)
        except wasmtime.WasmtimeError:
            # Of another processor, or of wasmtime with other options.
            pass
    module = wasmtime.Module(_compilers(), wasm)
    _cache.write(about, wasm, bytes(module.serialize()))
    return module


#: The types of what the command line imports: so many numbers, and how many results.
_OUTSIDE = {"start": (2, 1), "call": (7, 1), "raised": (1, 0), "memory": (5, 1)}


def run_command(wasm, words, variables, root, engine):
    """Executes the command line with the files below ``root``, and gives the exit code. Its modules run in ``engine``."""
    wasi = wasmtime.WasiConfig()
    wasi.argv, wasi.env = words, variables.items()
    wasi.preopen_dir(root, "/")
    wasi.inherit_stdin()
    wasi.inherit_stdout()
    wasi.inherit_stderr()
    store, linker = wasmtime.Store(_compilers()), wasmtime.Linker(_compilers())
    store.set_wasi(wasi)
    linker.define_wasi()
    number = wasmtime.ValType.i32()
    for name, (params, results) in _OUTSIDE.items():
        kind = wasmtime.FuncType([number] * params, [number] * results)
        linker.define_func("engine", name, kind, getattr(engine, "move" if name == "memory" else name))
    instance = _Instance.around(store, linker.instantiate(store, _module(wasm)))
    engine.memory = instance
    try:
        instance.function("_start", "", "")()
    except _machine.Exited as exited:
        return exited.args[0]
    return 0


class _Raising(Exception):
    """Ends a call from inside. What it tells is kept by the instance: wasmtime may hand the exception to the call of another thread."""


def _raise(kept, *raised):
    """What modules import as ``np.raise``: a site and two numbers."""
    kept[:] = raised
    raise _Raising


def _print(instance, address, length):
    """What modules import as ``np.print``: where code points lie, and how many."""
    _machine.printed(instance().read(address & 0xFFFFFFFF, 4 * length))


class _Instance:
    """A module with its memory. One call runs at a time."""

    def __init__(self, engine, module, imports):
        self._store = wasmtime.Store(engine)
        self._store.set_limits(memory_size=_machine.MOST_MEMORY)
        # wasmtime keeps the function that modules import for as long as the store, which must not be kept by it.
        self._raised = []
        raising = functools.partial(_raise, self._raised)
        kinds = [wasmtime.ValType.i32(), wasmtime.ValType.f64(), wasmtime.ValType.f64()]
        printing = functools.partial(_print, weakref.ref(self))
        functions = {"raise": (kinds, raising), "print": ([wasmtime.ValType.i32()] * 2, printing)}
        given = [wasmtime.Func(self._store, wasmtime.FuncType(functions[name][0], []), functions[name][1]) for name in imports]
        with _failures(self):
            self._exports = wasmtime.Instance(self._store, module, given).exports(self._store)
        self._memory = self._export("$memory") or self._export("memory")

    @classmethod
    def around(cls, store, instance):
        """An instance that was started otherwise."""
        self = cls.__new__(cls)
        self._store, self._raised, self._exports = store, [], instance.exports(store)
        self._memory = self._export("memory")
        return self

    def _export(self, name):
        try:
            return self._exports[name]
        except KeyError:
            return None

    def function(self, name, params, results):
        """An export as a function of slots that gives a list of them, or ``None`` if there is none of this name."""
        function = self._export(name)
        if function is None:
            return None
        store, count = self._store, len(results)

        def call(*slots):
            try:
                given = function(store, *slots)
            except _FAILURES as error:
                raise self._stopped(error) from None
            return given if count > 1 else [given] if count else []

        return call

    def _stopped(self, error):
        """Why a call has stopped."""
        if self._raised:
            raised = _machine.Raised(*self._raised)
            self._raised.clear()
            return raised
        if isinstance(error, wasmtime.ExitTrap):
            return _machine.Exited(error.code)
        # The exception of another call stands for a trap, and no other comes out of what the compiler makes.
        if isinstance(error, _Raising) or getattr(error, "trap_code", None) == wasmtime.TrapCode.STACK_OVERFLOW:
            return _machine.StackOverflow()
        return _machine.Stopped(str(error).strip())

    @property
    def memory_size(self):
        """Bytes of memory."""
        return self._memory.data_len(self._store) if self._memory else 0

    def read(self, at, size):
        """Memory as it is: good until the next call."""
        if at < 0 or size < 0 or at + size > self.memory_size:
            raise _machine.Stopped("an array outside of memory")
        if size == 0:
            return np.empty(0, np.uint8)
        address = ctypes.addressof(self._memory.data_ptr(self._store).contents) + at
        return np.frombuffer((ctypes.c_ubyte * size).from_address(address), np.uint8)

    def write(self, at, data):
        """Puts bytes, or an array of them, into memory."""
        data = np.frombuffer(data, np.uint8)
        self.read(at, data.size)[...] = data


_FAILURES = (wasmtime.WasmtimeError, wasmtime.Trap, _Raising)


class _failures:
    """Starting a module, whose statements may raise."""

    def __init__(self, instance):
        self._instance = instance

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if isinstance(error, _FAILURES):
            raise self._instance._stopped(error) from None
        return False
