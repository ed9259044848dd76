"""Random statements at the top of a module, against CPython: `python xtask/py/fuzz/modules.py COMMAND [--seed S] [--count N]`.

Each program makes arrays, lists and numbers, names them twice, takes views, and changes them in the many ways that Python has. A function then
reads one of the names: it gives what CPython gives, or the command refuses the name because it does not follow what the module does.
"""

import argparse
import contextlib
import io
import os
import random
import re
import subprocess
import sys
import tempfile

HEAD = """\
import numpy as np
from numba import njit

def set_first(x):
    x[0] = 40

def set_part(x):
    y = x[1:]
    set_first(y)

def set_a():
    a[0] = 41

def set_n():
    global n
    n = 42

def through(x, k):
    x[0] += 1
    if k:
        through(x, k - 1)

def same(x):
    return x

def fresh(x):
    t = np.zeros(len(x))
    t[0] = x[0]
    set_first(t[1:])
    return t

def read_a():
    return a[0] + n

def read_n():
    return n * 2

def call(f, x):
    f(x)

a = np.array([1.0, 2.0, 3.0, 4.0])
b = np.arange(4.0) * 2
l = [5, 6, 7]
n = 3
m = n
"""

# X and Y are arrays, N a number.
STATEMENTS = """\
X = Y
X = Y[:]
X = Y[::-1]
X = Y.copy()
X = Y * 2
X = Y + N
X = Y.T
X = np.asarray(Y)
X = np.array(Y)
X = Y.reshape(2, 2).ravel()
X = Y if N else X
X, Y = Y, X
X = p = Y
p = (X, Y)
q = {"k": X}
r = [X, Y]
X = same(Y)
X = fresh(Y)
X = np.full(4, float(N))
N = 7
N += 1
N = int(X.sum())
N = len(X)
n = m
m = read_n()
s = read_a()
X[0] = 9
X[1:] = Y[1:]
X += 1
X *= Y
X[1] += 5
X.fill(3)
X.sort()
X.put(1, 8)
X.flat[2] = 6
X.T[0] = 2
np.add(X, 1, out=X)
np.add(X, 1, X)
np.copyto(X, Y)
np.fill_diagonal(X.reshape(2, 2), 0)
np.multiply.at(X, [0], 3)
set_first(X)
set_first(x=X)
set_first(*[X])
set_part(X)
set_a()
set_n()
through(X, 2)
call(set_first, X)
call(lambda v: v.fill(1), X)
list(map(set_first, [X, Y]))
[set_first(v) for v in (X, Y)]
for v in (X, Y): v[0] = 2
for i in range(2): X[i] = i
if X[0] > 2: X = Y * 3
while X[0] > 2: X[0] -= 1
with np.errstate(): X[2] = 2
try: X[3] = 3
exec("a[0] = 1")
globals()["n"] = 8
(X if N else Y)[0] = 11
(z := X)[0] = 12
(lambda v: set_first(v))(X)
class K: v = X; v[0] = 13
def late(v=set_first(X)): return 0
l.append(N)
l[0] = N
l += [8]
l2 = l
l2.append(1)
l.reverse()
del l[0]
o = np.empty(2, dtype=object); o[0] = X; o[0][0] = 77
t = np.zeros(4); t[0] = X[0]; t[1] = 5
print(X, N)
assert len(X) == 4
_ = np.sum(X)
"""

READ = {"a": "a[0] + a[1] * 10 + a[2] * 100 + a[3] * 1000", "b": "b[0] + b[1] * 10 + b[2] * 100 + b[3] * 1000", "n": "n", "m": "m", "l": "l[0] + len(l)", "s": "s"}
FORMS = STATEMENTS.splitlines()


def program(rng):
    """The statements of a program."""
    lines = []
    for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
        x, y = rng.choice(("ab", "ba"))
        words = {"X": x, "Y": y, "N": rng.choice("nm")}
        line = re.sub(r"\b[XYN]\b", lambda found: words[found[0]], rng.choice(FORMS))
        lines.append(line.replace("; ", "\n    ").replace("K: ", "K:\n    ") if line.startswith("class") else line)
        if line.startswith("try"):
            lines.append("finally: pass")
    return HEAD + "\n".join(lines) + "\n"


def expected(source, name):
    """What CPython gives for a name, or None if the program raises."""
    names = {"__name__": "kernels"}
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(source.replace("from numba import njit\n", ""), names)
            return float(eval(READ[name], names))
    except Exception:
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=1000)
    chosen = parser.parse_args()
    equal, refused, wrong = 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "module.py")
        for seed in range(chosen.seed, chosen.seed + chosen.count):
            rng = random.Random(seed)
            source, name = program(rng), rng.choice("aaabbnmls")
            value = expected(source, name)
            if value is None:
                continue
            source += f'\n@njit("float64()")\ndef kernel():\n    return float({READ[name]})\n'
            with open(file, "w") as out:
                out.write(source)
            run = subprocess.run([chosen.command, "run", file, "kernel"], capture_output=True, text=True)
            if run.returncode and re.search(r"^error\[(not-constant|unsupported-value)\]", run.stderr):
                refused += 1
            elif run.stdout.split()[-1:] == [repr(value)]:
                equal += 1
            else:
                wrong.append(seed)
                if len(wrong) <= 5:
                    print(f"seed {seed}: CPython has {value} for {name}\n{source[len(HEAD):]}{run.stdout}{run.stderr}")
    print(f"{equal} equal, {refused} refused; differing: {wrong[:100]}")
    # Refusing everything would be easy.
    if refused > 3 * equal:
        print("more than three quarters were refused")
        wrong.append(None)
    print(f"{equal + refused} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
