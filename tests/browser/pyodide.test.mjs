// The package for Python in Pyodide: the compiler and its modules on the engine around it. NumPy for Pyodide is not on npm, so that what passes arrays is
// tested in CPython, and the two names of NumPy that the engine uses stand for themselves here.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { loadPyodide } from "pyodide";

const folder = new URL("../../crates/python/python/nopython/_portable/", import.meta.url);
const python = await loadPyodide();
python.FS.mkdirTree("/site/nopython/_portable");
for (const name of readdirSync(folder)) {
  if (/\.(py|wasm|json)$/.test(name)) python.FS.writeFile(`/site/nopython/_portable/${name}`, readFileSync(new URL(name, folder)));
}
const run = (source) => python.runPython(source);
run(`
import struct, sys, types
numpy = types.ModuleType("numpy")
numpy.uint8, numpy.frombuffer = None, lambda data, dtype: memoryview(data)
sys.modules["numpy"] = numpy
for name in ("nopython", "nopython._portable"):
    package = types.ModuleType(name)
    package.__path__ = ["/site/" + name.replace(".", "/")]
    sys.modules[name] = package
errors = types.ModuleType("nopython._errors")
class CompileError(Exception):
    pass
errors.CompileError = CompileError
sys.modules["nopython._errors"] = errors
from nopython._portable import _machine
from nopython._portable._service import answer

def compiled(source, function, params, result=b""):
    requests = [function, params, result]
    wasm, *_ = answer("compile", "kernels.py", source, [], [], requests, 2, "")
    return _machine.Program(wasm).start()

INT64, FLOAT64, FLOAT32, WEAK, UINT64 = b"\\x04", b"\\x0a", b"\\x09", 0x10, b"\\x08"
weak = lambda key: bytes([key[0] | WEAK])
`);

test("the compiler answers", () => {
  assert.match(run(`",".join(name.decode() for name in answer("passes"))`), /vectorize/);
  assert.equal(run(`answer("type_names", b"\\x0a\\x21\\x0a\\x02")[1].decode()`), "float64[:, :]");
  assert.match(run(`
try:
    compiled("def f(x):\\n    return y\\n", "f", FLOAT64)
    said = ""
except CompileError as error:
    said = error.args[0]
said`), /error\[undefined-name\][^]*kernels\.py:2:12/);
});

test("numbers pass with their bits", () => {
  assert.equal(run(`
source = "def f(a, b, c):\\n    return a, b, c\\n"
instance = compiled(source, "f", weak(INT64) + FLOAT64 + FLOAT32)
f = instance.function("f", "jdf", "jdf")
given = [(-2**63, -0.0, 1.5), (2**63 - 1, 3.0, float("inf")), (0, 5e-324, -0.0), (2**53 + 1, 1e308, 0.25)]
same = lambda a, b: struct.pack("<qdf", *a) == struct.pack("<qdf", *b) and list(map(type, a)) == list(map(type, b))
all(same(f(*row), row) for row in given)`), true);
});

test("exceptions are told from the end of the stack, and the instance goes on", () => {
  assert.equal(run(`
source = "def f(n):\\n    return 10 // n\\n\\ndef deep(n):\\n    return deep(n + 1) + n if n >= 0 else 0\\n"
f = compiled(source, "f", weak(INT64)).function("f", "j", "j")
deep = compiled(source, "deep", weak(INT64)).function("deep", "j", "j")
def kind(function, *args):
    try:
        return str(function(*args))
    except _machine.Stopped as error:
        return type(error).__name__
",".join([kind(f, 0), kind(f, 5), kind(deep, 1), kind(deep, -1)])`), "Raised,[2],StackOverflow,[0]");
});

test("memory is read and written", () => {
  assert.equal(run(`
instance = compiled("import numpy as np\\ndef f(a):\\n    return a.sum()\\n", "f", b"\\x20\\x0a\\x01")
f = instance.function("f", "iii", "d")
(at,) = instance.function("$alloc", "i", "i")(32)
instance.write(at, struct.pack("<4d", 1, 2, 3, 4))
got, back = f(at, 4, 0), instance.read(at, 32).tobytes()
instance.function("$release", "i", "")(at)
got[0] == sum(struct.unpack("<4d", back)) == 10.0`), true);
});
