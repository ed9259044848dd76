"""The command line: the one of the npm package (``cli.wasm``), with the system's files around it.

WebAssembly cannot start WebAssembly: ``run`` calls functions through four imports (``crates/engine/src/outside.rs``).
"""

import os
import struct
import sys

_DONE, _RAISED, _STACK_OVERFLOW, _FAILED = range(4)
_FORMATS = {0: "<i", 1: "<q", 2: "<f", 3: "<d"}
_KINDS = "ijfd"


def run_command(words):
    """Executes a command line, whose first word is the program, and gives the exit code."""
    if sys.platform == "emscripten":
        print("nopython: there is no command line in a page: use nopython.build, or `npx nopython` on a computer", file=sys.stderr)
        return 1
    from nopython._portable import _wasmtime
    from nopython._portable._service import data

    sys.stdout.flush()
    sys.stderr.flush()
    drive, folder = os.path.splitdrive(os.getcwd())
    engine = _Engine()
    return _wasmtime.run_command(
        data("cli.wasm"),
        [os.fspath(word) for word in words],
        {"PWD": folder.replace("\\", "/")},
        f"{drive}{os.sep}",
        engine,
    )


class _Engine:
    """What the command line imports as ``engine``. ``memory`` is its own memory, with ``read`` and ``write``."""

    def __init__(self):
        self.memory = None
        self._instances = []
        self._raised = (0.0, 0.0, 0.0)

    def start(self, wasm, length):
        """Instantiates a module and gives its number, or a status, negated."""
        from nopython._portable import _machine

        try:
            self._instances.append(_machine.Program(self.memory.read(wasm, length).tobytes()).start())
        except _machine.Stopped as error:
            return -self._status(error)
        return len(self._instances) - 1

    def call(self, instance, name, length, args, count, results, most):
        """Calls an export. Values are 16 bytes: their kind, and 8 bytes from the eighth on."""
        from nopython._portable import _machine

        given = [self._value(args + 16 * k) for k in range(count)]
        kinds = [int(self.memory.read(results + 16 * k, 4).view("<u4")[0]) for k in range(most)]
        name = self.memory.read(name, length).tobytes().decode()
        letters = "".join(_KINDS[kind] for kind in kinds)
        function = self._instances[instance].function(name, "".join(_KINDS[kind] for kind, _ in given), letters)
        if function is None:
            return _FAILED
        try:
            values = function(*(value for _, value in given))
        except _machine.Stopped as error:
            return self._status(error)
        sys.stdout.flush()
        for k, (kind, value) in enumerate(zip(kinds, values)):
            self.memory.write(results + 16 * k + 8, struct.pack(_FORMATS[kind], value))
        return _DONE

    def _value(self, at):
        data = self.memory.read(at, 16).tobytes()
        kind = data[0]
        return kind, struct.unpack_from(_FORMATS[kind], data, 8)[0]

    def _status(self, error):
        from nopython._portable import _machine

        if isinstance(error, _machine.Raised):
            self._raised = tuple(map(float, error.args))
            return _RAISED
        return _STACK_OVERFLOW if isinstance(error, _machine.StackOverflow) else _FAILED

    def raised(self, at):
        """The site and the numbers of the exception that was raised last."""
        self.memory.write(at, struct.pack("<3d", *self._raised))

    def move(self, instance, at, place, length, write):
        """Copies bytes out of the memory of an instance, or into it: 1 if they lie in it."""
        inner = self._instances[instance]
        if at + length > inner.memory_size:
            return 0
        if write:
            inner.write(at, self.memory.read(place, length).tobytes())
        else:
            self.memory.write(place, inner.read(at, length).tobytes())
        return 1
