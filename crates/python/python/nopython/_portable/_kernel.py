"""A function compiled for one list of argument types."""

from nopython._portable import _keys, _lists, _machine
from nopython._portable._call import Call, Refused, kinds_of

#: An instance that has grown beyond this many bytes is dropped after its call, which returns its memory.
_KEPT_MEMORY = 256 << 20

_PLEASE = "; please report this program"


class Kernel:
    """A function compiled for one list of argument types. Its instances wait in a list, and a call takes one out, so that no two threads
    share one."""

    def __init__(self, wasm, interface, origin):
        self._wasm, self._interface, self._origin = wasm, interface, origin
        self._file, exports, self._sites = interface
        if not exports:
            raise ValueError("the module has no function")
        name, self._symbol, _, self._params, self._result, self._line = exports[0]
        self._name = name
        self._types = [_keys.decode(ty)[0] for _, ty, _ in self._params]
        self._result_type = _keys.decode(self._result)[0]
        self.has_lists = any(map(_lists.holds_list, [*self._types, self._result_type]))
        self._slots = "".join(map(kinds_of, self._types)), kinds_of(self._result_type)
        try:
            self._program = _machine.Program(wasm)
        except _machine.Stopped as error:
            raise RuntimeError(f"{error}{_PLEASE}") from None
        self._idle = []

    @property
    def wasm(self):
        """The wasm module."""
        return self._wasm

    @property
    def key(self):
        """The types of the parameters, as bytes."""
        return b"".join(ty for _, ty, _ in self._params)

    @property
    def result(self):
        """The type of the result, as bytes."""
        return self._result

    @property
    def written(self):
        """Which parameters the function may write to."""
        return [written for _, _, written in self._params]

    @property
    def memory(self):
        """Bytes of memory that instances hold which no call uses."""
        return sum(worker.instance.memory_size for worker in self._idle)

    def __reduce__(self):
        from nopython._engine import restore

        return restore, (self._wasm, self._interface, self._origin)

    def _run(self, args):
        """Calls the function with as many arguments as it has parameters."""
        try:
            worker = self._idle.pop()
        except IndexError:
            worker = self._started()
        # An instance that is not given back, because something else ended the call, is dropped.
        try:
            result = Call(self, worker, args).run()
        except _machine.Raised as raised:
            self._give_back(worker)
            raise self._exception(*raised.args) from None
        except _machine.StackOverflow:
            raise self._at_entry("RecursionError", "maximum recursion depth exceeded") from None
        except _machine.Stopped as error:
            raise RuntimeError(f"{error}{_PLEASE}") from None
        except Refused as refused:
            self._give_back(worker)
            raise refused.error from None
        self._give_back(worker)
        return result

    def _started(self):
        try:
            return Worker(self._program.start(), self._symbol, *self._slots)
        except _machine.Raised as raised:
            name, message, *_ = self._raised(*raised.args)
            raise RuntimeError(f"{name}: {message}{_PLEASE}") from None
        except _machine.Stopped as error:
            raise RuntimeError(f"{error}{_PLEASE}") from None

    def _give_back(self, worker):
        if worker.instance.memory_size <= _KEPT_MEMORY:
            self._idle.append(worker)

    def _raised(self, site, a, b, text=None):
        """Class, message, function and line of an exception that compiled code has raised."""
        name, message, function, line, _ = self._sites[site]
        if text is not None:
            return name, message.replace("{text}", text), function, line
        return name, message.replace("{a}", _number(a)).replace("{b}", _number(b)), function, line

    def _exception(self, *raised):
        return self._origin.exception(*self._raised(*raised))

    def _at_entry(self, name, message):
        """An exception at the ``def``."""
        return self._origin.exception(name, message, self._name, self._line)


class Worker:
    """An instance with its functions."""

    def __init__(self, instance, symbol, params, results):
        self.instance = instance
        self.function = instance.function(symbol, params, results)
        self.alloc = instance.function("$alloc", "i", "i")
        self.release = instance.function("$release", "i", "")
        self.unwind = instance.function("$unwind", "", "")
        generators = instance.function("$generators", "", "i")
        #: Where the state of random generators lies, if the function uses them.
        self.generators = generators()[0] if generators else None


def restore(wasm, interface, origin):
    """A kernel from what ``Kernel.__reduce__`` gave."""
    return Kernel(wasm, interface, origin)


def _number(value):
    """A number in a message; integers of 64 bits as such, to 53 bits."""
    return f"{value:.0f}" if value.is_integer() and abs(value) < 1e20 else repr(value)
