"""WebAssembly on the engine around Pyodide: a browser's or Node's.

Numbers pass as bytes, eight for each, because Pyodide gives a float of an integral value as an integer, and the sign of zero is lost. A browser's main thread
refuses to translate a module of more than some megabytes while the page waits, which kernels do not come near; Pyodide's workers may.
"""

import struct

import numpy as np
from pyodide.code import run_js
from pyodide.ffi import to_js

from nopython._portable import _machine

#: Makes of the bytes of a module a function that starts it. Values are read and written as bytes by the kinds of slots.
_SOURCE = """
(() => {
  class Raised extends Error {}
  const get = { i: (v, at) => v.getInt32(at, true), j: (v, at) => v.getBigInt64(at, true), f: (v, at) => v.getFloat32(at, true), d: (v, at) => v.getFloat64(at, true) };
  const set = { i: (v, at, x) => v.setInt32(at, x, true), j: (v, at, x) => v.setBigInt64(at, x, true), f: (v, at, x) => v.setFloat32(at, x, true), d: (v, at, x) => v.setFloat64(at, x, true) };
  return (bytes) => {
    const module = new WebAssembly.Module(bytes);
    return () => {
      const about = { status: "", numbers: new Float64Array(3), printed: [] };
      const failed = (error) => {
        about.status = error instanceof Raised ? "raised" : error instanceof RangeError || error.message === "too much recursion" ? "stack" : String(error);
      };
      const raise = (site, a, b) => {
        about.numbers.set([site, a, b]);
        throw new Raised();
      };
      const print = (address, length) => about.printed.push(new Uint8Array(exports.$memory.buffer, address >>> 0, 4 * length).slice());
      let exports;
      try {
        exports = new WebAssembly.Instance(module, { np: { raise, print } }).exports;
      } catch (error) {
        failed(error);
      }
      const memory = () => (exports.$memory ?? exports.memory)?.buffer ?? new ArrayBuffer(0);
      return {
        status: () => about.status,
        printed: () => about.printed.splice(0),
        numbers: () => new Uint8Array(about.numbers.buffer),
        has: (name) => name in exports,
        size: () => memory().byteLength,
        read: (at, size) => new Uint8Array(memory(), at, size),
        write: (at, bytes) => new Uint8Array(memory()).set(bytes, at),
        call: (name, params, results, bytes) => {
          about.status = "";
          const given = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
          const out = new DataView(new ArrayBuffer(8 * results.length));
          try {
            const found = exports[name](...Array.from(params, (kind, k) => get[kind](given, 8 * k)));
            const values = results.length > 1 ? found : [found];
            for (let k = 0; k < results.length; k++) set[results[k]](out, 8 * k, values[k]);
          } catch (error) {
            failed(error);
          }
          return new Uint8Array(out.buffer);
        },
      };
    };
  };
})()
"""

_program = None

_FORMATS = {"i": "i4x", "j": "q", "f": "f4x", "d": "d"}


def _format(kinds):
    return "<" + "".join(_FORMATS[kind] for kind in kinds)


class Program:
    """A module translated by the engine."""

    def __init__(self, wasm):
        global _program
        _program = _program or run_js(_SOURCE)
        self._start = _program(to_js(bytes(wasm)))

    def start(self):
        """An instance with a memory of its own."""
        return _Instance(self._start())


def translated(wasm):
    """A large module. Browsers keep what they have translated as they see fit."""
    return Program(wasm)


class _Instance:
    """A module with its memory."""

    def __init__(self, inner):
        self._inner = inner
        self._check()

    def _check(self):
        for part in self._inner.printed():
            _machine.printed(np.frombuffer(part.to_bytes(), np.uint8))
        status = self._inner.status()
        if status == "raised":
            site, a, b = struct.unpack("<3d", self._inner.numbers().to_bytes())
            raise _machine.Raised(int(site), a, b)
        if status == "stack":
            raise _machine.StackOverflow()
        if status:
            raise _machine.Stopped(status)

    def function(self, name, params, results):
        """An export as a function of slots that gives a list of them, or ``None`` if there is none of this name."""
        if not self._inner.has(name):
            return None
        inner, given, got = self._inner.call, struct.Struct(_format(params)), struct.Struct(_format(results))

        def call(*slots):
            out = inner(name, params, results, to_js(given.pack(*slots)))
            self._check()
            return list(got.unpack(out.to_bytes()))

        return call

    @property
    def memory_size(self):
        """Bytes of memory."""
        return self._inner.size()

    def read(self, at, size):
        """A copy of memory."""
        if at < 0 or size < 0 or at + size > self.memory_size:
            raise _machine.Stopped("an array outside of memory")
        return np.frombuffer(bytearray(self._inner.read(at, size).to_bytes()), np.uint8)

    def write(self, at, data):
        """Puts bytes, or an array of them, into memory."""
        data = memoryview(data)
        if at < 0 or at + data.nbytes > self.memory_size:
            raise _machine.Stopped("an array outside of memory")
        self._inner.write(at, to_js(data))
