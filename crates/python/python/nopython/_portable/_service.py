"""The compiler's WebAssembly module: messages to it and from it (``crates/browser/src/message.rs``)."""

import pathlib
import threading

from nopython._portable import _machine

_MISSING = "this installation of nopython has no compiler: {name} is missing beside it; install the package again"


def data(name):
    """A file of the package that is made when it is built."""
    try:
        return pathlib.Path(__file__).with_name(name).read_bytes()
    except OSError as error:
        raise ImportError(_MISSING.format(name=name)) from error


def packed(value):
    """A message of a list, a string, bytes or a number."""
    if isinstance(value, (list, tuple)):
        parts = map(packed, value)
        return b"".join(len(part).to_bytes(4, "little") + part for part in parts)
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


def parts_of(message):
    """The parts of a message, as bytes."""
    parts, at = [], 0
    while at < len(message):
        length = int.from_bytes(message[at : at + 4], "little")
        parts.append(message[at + 4 : at + 4 + length])
        at += 4 + length
    return parts


def groups(message, size):
    """The parts of a message, so many at a time."""
    parts = parts_of(message)
    return [parts[k : k + size] for k in range(0, len(parts), size)]


class _Compiler:
    """The module, which answers one request at a time."""

    def __init__(self):
        self.lock = threading.Lock()
        self._program = self._instance = None

    def answer(self, *request):
        """The parts of the answer; raises what the compiler refuses with."""
        with self.lock:
            status, *parts = parts_of(self._exchange(packed(request)))
        if status == b"CompileError":
            from nopython._errors import CompileError

            raise CompileError(*(part.decode() for part in parts))
        if status in (b"TypeError", b"ValueError"):
            raise {b"TypeError": TypeError, b"ValueError": ValueError}[status](parts[0].decode())
        return parts

    def _exchange(self, message):
        if self._program is None:
            self._program = _machine.translated(data("compiler.wasm"))
        # What stops the compiler, such as Ctrl-C, leaves it in doubt: the next request starts another.
        instance, self._instance = self._instance or self._program.start(), None
        input_, answer = instance.function("input", "i", "i"), instance.function("answer", "", "")
        output, length = instance.function("output", "i", "i"), instance.function("output_length", "i", "i")
        try:
            (at,) = input_(len(message))
            instance.write(at, message)
            answer()
            (start,), (size,) = output(0), length(0)
            out = instance.read(start, size).tobytes()
        except _machine.Stopped as error:
            raise RuntimeError(f"the compiler stopped ({error}); please report this program") from None
        self._instance = instance
        return out


_compiler = _Compiler()


def answer(*request):
    """The parts of the answer to a request; raises what the compiler refuses with."""
    return _compiler.answer(*request)


def after_fork():
    """A thread that had the lock is gone in a forked child."""
    _compiler.lock = threading.Lock()
