"""Random programs: functions of arrays and numbers, with arguments for them, as text.

Every expression is evaluated on small values while it is made, so that its type is NumPy's own and what NumPy refuses is not asked for. What the
page of semantics (`tests/language/semantics.md`) lists as different is not made: ints that leave 64 bits, variables whose type depends on the
path, floats that become integers out of range, float sums over intermediates in Fortran order.
"""

import warnings

import numpy as np
from writer import Writer

INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
DTYPES = [*INTEGERS, "float64", "float64", "float32", "bool_"]
EXTREMES = {
    "float": ["0.0", "-0.0", "1.5", "-2.25", "np.nan", "np.inf", "-np.inf", "1e308", "5e-324", "3.0", "0.1"],
    "bool": ["True", "False"],
}

HEAD = "import math\nimport numpy as np\n\n\n"


class Refused(Exception):
    """An expression that NumPy or the generator refuses."""


def kind(value):
    """The type of a value as far as variables are concerned, or Refused."""
    if isinstance(value, (bool, np.bool_)):
        return ("bool", type(value) is bool)
    if type(value) is int:
        if abs(value) > 2**40:
            raise Refused
        return ("int",)
    if type(value) is float:
        return ("float",)
    if isinstance(value, np.ndarray):
        if value.dtype.name not in DTYPES and value.dtype != bool:
            raise Refused
        if value.ndim == 0 or value.ndim > 3:
            raise Refused
        return ("array", value.dtype.name, value.ndim)
    if isinstance(value, np.generic) and (value.dtype.name in DTYPES):
        return ("scalar", value.dtype.name)
    if isinstance(value, tuple):
        return ("tuple", *(kind(v) for v in value))
    raise Refused


def is_float(k):
    return k[0] == "float" or (k[0] in ("scalar", "array") and k[1].startswith("float"))


def is_int(k):
    return k[0] == "int" or (k[0] in ("scalar", "array") and "int" in k[1])


def is_bool(k):
    return k[0] == "bool" or (k[0] == "array" and k[1] == "bool")


class Program(Writer):
    """One random program."""

    def __init__(self, seed):
        super().__init__(seed)
        self.seed = seed
        self.env = {"np": np}
        self.kinds = {}
        # Arrays whose memory is in another order than C's for all that is known: float sums over them are not made.
        self.plain = set()
        self.writable = set()
        self.helpers = []
        self.writers = []

    # Choices.

    def names(self, test):
        return [name for name, k in self.kinds.items() if test(k)]

    def some(self, test):
        found = self.names(test)
        if not found:
            raise Refused
        return self.pick(found)

    def evaluate(self, text):
        try:
            value = eval(text, {**self.env})
        except (TypeError, ValueError, IndexError, OverflowError, ZeroDivisionError, AttributeError, np.exceptions.AxisError, MemoryError) as error:
            raise Refused from error
        return value

    # Parameters.

    def parameters(self):
        self.params = []
        for k in range(self.rng.randint(1, 3)):
            name = "abc"[k]
            dtype, ndim = self.pick(DTYPES), self.pick([1, 1, 1, 2])
            self.params.append((name, ("array", "bool" if dtype == "bool_" else dtype, ndim)))
            self.declare(name, np.arange(1, 7).reshape((6,) if ndim == 1 else (2, 3)).astype(dtype))
            self.writable.add(name)
        if self.chance(0.8):
            self.params.append(("n", ("int",)))
            self.declare("n", 2)
        if self.chance(0.5):
            self.params.append(("x", ("float",)))
            self.declare("x", 1.5)
        if self.chance(0.3):
            dtype = self.pick([d for d in DTYPES if d != "bool_"])
            self.params.append(("u", ("scalar", dtype)))
            self.declare("u", np.dtype(dtype).type(3))

    def declare(self, name, value):
        self.env[name] = value
        self.kinds[name] = kind(value)

    def arguments(self):
        """Arguments as one expression, a tuple."""
        shared = len([p for p in self.params if p[1][0] == "array"]) > 1 and self.chance(0.15)
        parts, base = [], None
        for name, k in self.params:
            if k[0] == "array":
                text = self.array_text(k[1], k[2])
                if shared and base is None and k[2] == 1:
                    base, own = name, k
                    parts.append("w[1:]")
                    backing = text
                elif shared and base is not None and k == own:
                    parts.append(self.pick(["w[:-1]", "w", "w[::-1]", "w[1:]"]))
                else:
                    parts.append(text)
            elif k[0] == "int":
                parts.append(str(self.pick([0, 1, 2, 3, 5, 7, -1, -3])))
            elif k[0] == "float":
                parts.append(self.pick(EXTREMES["float"]))
            else:
                parts.append(self.scalar_text(k[1]))
        text = f"({', '.join(parts)},)"
        return f"(lambda w: {text})({backing})" if base else text

    def numbers(self, dtype, count):
        if dtype == "bool":
            return [self.pick(["True", "False"]) for _ in range(count)]
        if dtype.startswith("float"):
            wild = self.chance(0.3)
            return [self.pick(EXTREMES["float"]) if wild else str(self.rng.randint(-40, 40) / 4) for _ in range(count)]
        info = np.iinfo(dtype)
        wild = self.chance(0.3)
        ends = [info.min, info.max, info.max - 1, 0, 1]
        return [str(self.pick(ends) if wild and self.chance(0.5) else self.rng.randint(max(info.min, -9), 9)) for _ in range(count)]

    def scalar_text(self, dtype):
        return f"np.{dtype}({self.numbers(dtype, 1)[0]})"

    def array_text(self, dtype, ndim):
        count = self.pick([0, 1, 2, 3, 5, 6, 9, 17, 33]) if ndim == 1 else self.pick([0, 1, 4, 6, 12])
        values = ", ".join(self.numbers(dtype, count))
        text = f"np.array([{values}], np.{'bool_' if dtype == 'bool' else dtype})"
        if ndim == 1:
            return text + self.pick(["", "", "", "[::-1]", "[::2]", "[1:]", "[::-2]"])
        rows = self.pick([r for r in range(1, count + 1) if count % r == 0] or [1])
        text += f".reshape({rows}, {count // rows})"
        return text + self.pick(["", "", ".T", "[::-1]", "[:, ::2]", "[:, ::-1]"])

    # Expressions. Each gives a text; its value on the small arguments says what it is.

    def constant(self):
        return self.pick(["0", "1", "2", "3", "5", "-1", "7", "0.5", "2.0", "-1.5", "True"])

    def scalar(self, depth=2):
        """A number."""
        if depth == 0 or self.chance(0.25):
            leaves = self.names(lambda k: k[0] in ("int", "float", "scalar", "bool"))
            return self.pick(leaves) if leaves and self.chance(0.75) else self.constant()
        forms = [self.arithmetic, self.arithmetic, self.element, self.reduction, self.compared, self.chosen, self.builtin, self.extent, self.helped]
        return self.pick(forms)(depth - 1)

    def checked(self, text, test=lambda k: True):
        """A text whose value is of a kind that a test admits."""
        if not test(kind(self.evaluate(text))):
            raise Refused
        return text

    def number(self, depth, test):
        return self.checked(self.scalar(depth), test)

    def arithmetic(self, depth):
        a, b = self.scalar(depth), self.scalar(depth)
        op = self.pick(["+", "-", "*", "+", "-", "*", "/", "//", "%", "&", "|", "^", "<<", ">>", "**"])
        ka, kb = kind(self.evaluate(a)), kind(self.evaluate(b))
        if op in ("<<", ">>"):
            if not (is_int(ka) and is_int(kb)):
                raise Refused
            b = str(self.rng.randint(0, 5))
        if op == "**":
            if ka[0] == "float":
                raise Refused
            b = self.pick(["2", "3", "1"])
        if op in ("/", "//", "%") and (is_bool(ka) or is_bool(kb)):
            raise Refused  # A comparison gives Python's bool or NumPy's, and only one of the two raises.
        if ka[0] == kb[0] == "int" and op in ("*", "<<", "**"):
            return f"({a} % 97 {op} {b if op != '*' else f'({b}) % 89'})"
        return f"(({a}) {op} ({b}))"

    def index(self, n):
        return self.pick([str(self.rng.randint(0, 3)), "n" if "n" in self.kinds else "0", "-1", f"len({n}) - 1", *self.names(lambda k: k[0] == "int")])

    def element(self, depth):
        name = self.some(lambda k: k[0] == "array")
        ndim = self.kinds[name][2]
        return f"{name}[{', '.join(self.index(name) for _ in range(ndim))}]"

    def reduction(self, depth):
        array, k, plain = self.array(depth)
        names = ["any", "all", "argmin", "argmax", "count_nonzero"]
        if not is_float(k):
            names += ["min", "max"]  # Of floats, the sign of a zero is the machine's.
        if not is_float(k) or (k[2] == 1 and plain):
            names += ["sum", "prod", "sum", "mean"] if not is_bool(k) else ["sum", "mean"]
        name = self.pick(names)
        if name == "prod" and is_float(k):
            name = "sum"
        return f"np.{name}({array})"

    def compared(self, depth):
        a, b = self.scalar(depth), self.scalar(depth)
        ops = ["<", "<=", "==", "!=", ">", ">="]
        if self.chance(0.25):
            c, first, second = self.scalar(depth), self.pick(ops), self.pick(ops)
            # Whether the result is Python's bool or NumPy's would be known at run time only.
            if kind(self.evaluate(f"({a}) {first} ({b})")) != kind(self.evaluate(f"({b}) {second} ({c})")):
                raise Refused
            return f"({a} {first} {b} {second} {c})"
        if self.chance(0.2):
            # Python finds NaN equal to itself in a tuple.
            items = [self.number(1, lambda k: is_int(k)) for _ in range(4)]
            if kind(self.evaluate(f"{items[0]} < {items[2]}")) != kind(self.evaluate(f"{items[1]} < {items[3]}")):
                raise Refused  # As above.
            return f"(({items[0]}, {items[1]}) {self.pick(ops)} ({items[2]}, {items[3]}))"
        return f"({a} {self.pick(ops)} {b})"

    def chosen(self, depth):
        a, test = self.scalar(depth), self.scalar(depth)
        k = kind(self.evaluate(a))
        b = self.number(depth, lambda other: other == k)
        return f"({a} if {test} else {b})"

    def builtin(self, depth):
        a = self.scalar(depth)
        k = kind(self.evaluate(a))
        name = self.pick(["abs", "min", "max", "float", "np.sqrt", "np.floor", "np.abs", "np.sign", "int", "not", "-", "np.int32", "np.float32", "np.uint8"])
        if name in ("min", "max"):
            return f"{name}({a}, {self.number(depth, lambda other: other == k)})"
        if name == "int" and k == ("scalar", "uint64"):
            raise Refused  # More than an int holds.
        if name in ("int", "np.int32", "np.uint8") and (is_float(k) or name != "int" and k[0] == "int"):
            raise Refused
        return f"(not {a})" if name == "not" else f"{name}({a})"

    def extent(self, depth):
        name = self.some(lambda k: k[0] == "array")
        return self.pick([f"len({name})", f"{name}.size", f"{name}.shape[{self.kinds[name][2] - 1}]"])

    def helped(self, depth):
        if not self.helpers:
            raise Refused
        name, count = self.pick(self.helpers)
        first = self.scalar(0)
        k = kind(self.evaluate(first))
        # Which of two kinds a function returns would be known at run time only.
        values = [first, *(self.number(0, lambda other: other == k) for _ in range(count - 1))]
        if self.chance(0.3):
            return f"{name}(q={values[1]}, p={values[0]})"
        return f"{name}({', '.join(values)})"

    def array(self, depth=2):
        """An array: its text, kind, and whether its memory is surely in C order."""
        text, plain = self.array_expression(depth)
        k = kind(self.evaluate(text))
        if k[0] != "array":
            raise Refused
        return text, k, plain

    def array_expression(self, depth):
        if depth <= 0 or self.chance(0.3):
            name = self.some(lambda k: k[0] == "array")
            return name, name in self.plain or self.kinds[name][2] == 1
        form = self.rng.randint(0, 12)
        if form == 12:
            return self.written(depth)
        a, k, plain = self.array(depth - 1)
        if form <= 2:
            op = self.pick(["+", "-", "*", "/", "//", "%", "&", "|", "^", "<", ">=", "=="])
            if self.chance(0.6):
                b, other, also = self.array(depth - 1)
                return f"({a} {op} {b})", plain and also
            b = self.scalar(0)
            return (f"({a} {op} {b})" if self.chance(0.7) else f"({b} {op} {a})"), plain
        if form == 3:
            cuts = ["1:", ":-1", "::2", "::-1", "1:4", "-3:", ":n" if "n" in self.kinds else ":2", "n::-1" if "n" in self.kinds else "2::-1"]
            index = self.pick(cuts)
            if k[2] == 2 and self.chance(0.5):
                index = self.pick([f"{index}, {self.pick(cuts)}", f":, {self.pick(cuts)}", self.index(a), f":, {self.index(a)}", "None", f"{index}, None"])
            return f"{a}[{index}]", False
        if form == 4:
            name = self.pick(["np.sqrt", "np.abs", "np.floor", "np.sign", "np.negative", "np.square", "-", "~", "np.copy", "np.isnan", "np.logical_not"])
            return f"{name}({a})", plain and name != "np.copy"
        if form == 5:
            b, other, also = self.array(depth - 1)
            name = self.pick(["np.maximum", "np.minimum", "np.add", "np.multiply", "np.equal", "np.logical_and", "np.floor_divide"])
            if name in ("np.maximum", "np.minimum") and (is_float(k) or is_float(other)):
                raise Refused  # The sign of a zero is the machine's.
            return f"{name}({a}, {b})", plain and also
        if form == 6:
            b, _, also = self.array(depth - 1)
            test = f"({a} {self.pick(['<', '>=', '=='])} {self.scalar(0)})"
            return f"np.where({test}, {b}, {self.pick([b, self.constant()])})", plain and also
        if form == 7:
            dtype = self.pick(DTYPES)
            if is_float(k) and dtype in INTEGERS:
                raise Refused
            return f"{a}.astype(np.{dtype})", plain
        if form == 8:
            if k[2] != 1:
                return (f"{a}.T", False) if self.chance(0.5) else (f"np.ravel({a})", False)
            names = [f"np.cumsum({a})", f"np.concatenate(({a}, {a}))", f"np.roll({a}, 1)", f"np.diff({a})", f"np.flip({a})"]
            if not is_float(k):
                names += [f"np.sort({a})", f"np.unique({a})"]  # Of floats, the order of zeros is the machine's.
            return self.pick(names), True
        if form == 9:
            if k[2] != 1:
                return f"np.{self.pick(['sum', 'min', 'max', 'any', 'argmax'])}({a}, axis={self.pick(['0', '1', '-1'])})" if not is_float(k) else f"np.{self.pick(['all', 'any'])}({a}, axis={self.pick(['0', '1'])})", True
            return f"{a}[{a} {self.pick(['>', '<=', '!='])} {self.scalar(0)}]", True
        if form == 10:
            if k[2] != 1:
                raise Refused
            at = self.pick(["[0, 1]", "[1, 0, -1]", "[0, 0]"])
            return f"{a}[np.array({at})]", True
        size = self.pick(["3", "len(a)", "4"])
        return self.pick([f"np.arange({size})", f"np.zeros({size})", f"np.ones({size}, np.int32)", f"np.full({size}, {self.scalar(0)})", f"np.linspace(0.0, 1.0, {size})"]), True

    def written(self, depth):
        """An expression that writes to an array and has it as its value; what stands before it has the values of before."""
        name = self.some(lambda k: k[0] == "array")
        if name not in self.writable:
            raise Refused
        plain = name in self.plain or self.kinds[name][2] == 1
        if self.writers and self.chance(0.5):
            return f"{self.pick(self.writers)}({name})", plain
        a, _, _ = self.array(depth - 1)
        function = self.pick(["np.negative", "np.square", "np.abs", "np.add", "np.multiply", "np.subtract", "np.maximum"])
        more = [self.constant()] if function in ("np.add", "np.multiply", "np.subtract") else []
        if function == "np.maximum":
            if is_float(self.kinds[name]):
                raise Refused  # The sign of a zero is the machine's.
            more = [self.array(depth - 1)[0]]
        keywords = [f"out={name}"]
        if self.chance(0.3):
            keywords.append(f"where={name} {self.pick(['<', '>=', '!='])} {self.constant()}")
        self.rng.shuffle(keywords)
        return f"{function}({', '.join([a, *more, *keywords])})", plain

    # Statements.

    def statement(self, depth):
        forms = [self.assign_scalar] * 4 + [self.assign_array] * 3 + [self.augment, self.augment, self.store, self.store, self.store_view, self.store_view, self.augment_array]
        if depth > 0:
            forms += [self.loop, self.loop, self.branch, self.branch, self.while_loop]
        if self.depth > 1:
            forms += [self.jump]
        if self.chance(0.03):
            forms = [self.fail]
        form = self.pick(forms)
        kept = (len(self.lines), dict(self.kinds), dict(self.env), set(self.plain), set(self.writable), self.depth, self.loops)
        for _ in range(12):
            try:
                return form(depth)
            except Refused:
                del self.lines[kept[0] :]
                self.kinds, self.env, self.plain, self.writable = dict(kept[1]), dict(kept[2]), set(kept[3]), set(kept[4])
                self.depth, self.loops = kept[5], kept[6]
        return None

    def bounded(self, text, value):
        """Ints of loops stay small."""
        return f"({text}) % 1009" if self.loops and kind(value)[0] == "int" else text

    def assign_scalar(self, depth):
        text = self.scalar(3)
        value = self.evaluate(text)
        k = kind(value)
        text = self.bounded(text, value)
        same = self.names(lambda other: other == k and other[0] != "array")
        protected = {"n", *(f"i{j}" for j in range(9))}
        same = [name for name in same if name not in protected]
        if same and self.chance(0.4):
            name = self.pick(same)
        elif self.depth == 1:
            name = f"s{self.fresh}"
            self.fresh += 1
        elif same:
            name = self.pick(same)
        else:
            raise Refused
        self.emit(f"{name} = {text}")
        self.declare(name, self.evaluate(text))

    def assign_array(self, depth):
        text, k, plain = self.array(3)
        if self.depth > 1:
            raise Refused
        name = f"v{self.fresh}"
        self.fresh += 1
        self.emit(f"{name} = {text}")
        self.declare(name, self.evaluate(text))
        if plain:
            self.plain.add(name)
        self.writable.add(name)

    def augment(self, depth):
        name = self.some(lambda k: k[0] in ("int", "scalar", "float"))
        if name == "n" or name[0] == "i" and name[1:].isdigit():
            raise Refused
        op, b = self.pick(["+", "-", "*", "//", "%", "^", "&", "|"]), self.scalar(2)
        k = self.kinds[name]
        if op in ("//", "%") and is_bool(kind(self.evaluate(b))):
            raise Refused
        if kind(self.evaluate(f"{name} {op} ({b})")) != k:
            raise Refused
        if k[0] == "int":
            self.emit(f"{name} = ({name} % 97 {op} ({b}) % 89)" if op == "*" else f"{name} = ({name} {op} ({b})) % 1009")
        else:
            self.emit(f"{name} {op}= {b}")

    def target(self):
        names = [name for name in self.writable if name in self.kinds]
        if not names:
            raise Refused
        return self.pick(sorted(names))

    def fits(self, k, to):
        """Whether a value of a kind is stored in a dtype without a conversion that NumPy leaves to the machine."""
        if is_float(k):
            return to.startswith("float")
        return True

    def store(self, depth):
        name = self.target()
        _, dtype, ndim = self.kinds[name]
        value = self.scalar(2)
        if not self.fits(kind(self.evaluate(value)), dtype):
            raise Refused
        op = self.pick(["=", "=", "+=", "-=", "*="])
        if op != "=" and dtype == "bool":
            raise Refused
        at = f"{name}[{', '.join(self.index(name) for _ in range(ndim))}]"
        if op != "=" and not self.fits(kind(self.evaluate(f"{at} {op[0]} ({value})")), dtype):
            raise Refused
        self.emit(f"{at} {op} {value}")

    def store_view(self, depth):
        name = self.target()
        _, dtype, ndim = self.kinds[name]
        index = self.pick(["1:", ":-1", "::2", ":", "::-1", ":2"]) if self.chance(0.6) else f"{name} {self.pick(['>', '<', '=='])} {self.scalar(0)}"
        if self.chance(0.5):
            value, k, _ = self.array(2)
            if index.startswith(name) or index in ("::2", "::-1"):
                # What a mask stores of the same array is read in runs, whose order NumPy leaves to their strides; and where two views of one
                # array have different strides of one sign, NumPy reads what it has just written.
                value = f"np.copy({value})"
        else:
            value = self.scalar(1)
            k = kind(self.evaluate(value))
        if not self.fits(k, dtype):
            raise Refused
        try:
            trial = self.env[name].copy()
            exec(f"t[{index}] = {value}", {**self.env, "t": trial})
        except Exception as error:
            if not isinstance(error, (ValueError, IndexError)):
                raise Refused from error
            if "broadcast" in str(error) and self.chance(0.8):
                raise Refused from error
        self.emit(f"{name}[{index}] = {value}")

    def augment_array(self, depth):
        name = self.target()
        op = self.pick(["+", "-", "*", "&", "|", "//", "%"])
        value = self.array(2)[0] if self.chance(0.5) else self.scalar(1)
        try:
            trial = self.env[name].copy()
            exec(f"t {op}= {value}", {**self.env, "t": trial})
        except Exception as error:
            raise Refused from error
        self.emit(f"{name} {op}= {value}")

    def loop(self, depth):
        if self.loops >= 2:
            raise Refused
        name = f"i{self.loops}"
        self.loops += 1
        kept = dict(self.kinds), dict(self.env)
        array = self.some(lambda k: k[0] == "array")
        form = self.rng.randint(0, 4)
        if form == 0 and self.kinds[array][2] == 1:
            self.emit(f"for w{self.loops} in {array}:")
            self.declare(f"w{self.loops}", self.evaluate(f"{array}[0]"))
        elif form == 1 and self.kinds[array][2] == 1:
            self.emit(f"for {name}, w{self.loops} in enumerate({array}):")
            self.declare(name, 1)
            self.declare(f"w{self.loops}", self.evaluate(f"{array}[0]"))
        else:
            bound = self.pick([f"len({array})", "5", "n" if "n" in self.kinds else "4", f"1, len({array})", f"len({array}) - 1, -1, -1", f"0, {array}.shape[0], 2", f"len({array}) - 1"])
            self.emit(f"for {name} in range({bound}):")
            self.declare(name, 1)
        self.block(depth)
        self.loops -= 1
        self.kinds, self.env = kept

    def while_loop(self, depth):
        if self.loops >= 2:
            raise Refused
        name = f"k{self.fresh}"
        self.fresh += 1
        self.loops += 1
        self.emit(f"{name} = 0")
        self.emit(f"while {name} < {self.rng.randint(1, 6)}{' and ' + self.compared(1) if self.chance(0.3) else ''}:")
        self.depth += 1
        self.emit(f"{name} += 1")
        self.depth -= 1
        self.block(depth)
        self.loops -= 1

    def branch(self, depth):
        self.emit(f"if {self.scalar(2)}:")
        self.block(depth)
        if self.chance(0.5):
            self.emit("else:")
            self.block(depth)

    def jump(self, depth):
        if self.loops == 0:
            raise Refused
        self.emit(f"if {self.compared(1)}:")
        self.depth += 1
        self.emit(self.pick(["break", "continue"]))
        self.depth -= 1

    def fail(self, depth):
        self.emit(f"if {self.compared(1)}:")
        self.depth += 1
        self.emit(f'raise {self.pick(["ValueError", "IndexError", "RuntimeError"])}("stop")')
        self.depth -= 1

    def helper(self):
        """A function of numbers that the program calls."""
        name = f"h{len(self.helpers)}"
        body = self.pick(["p * 2 + q", "p if p > q else q", "abs(p) - q", "(p - q) * (p + q)", "p + q // 3", "min(p, q)"])
        self.helpers.append((name, 2))
        source = f"def {name}(p, q):\n    return {body}\n"
        exec(source, self.env)
        return source

    def writer(self):
        """A function that writes to an array and returns it."""
        name = f"w{len(self.writers)}"
        body = self.pick(["p[:] = -p", "p += 1", "p[0] = p[-1]", "p[::2] = p[0]", "p[:] = p[::-1]"])
        self.writers.append(name)
        source = f"def {name}(p):\n    {body}\n    return p\n"
        exec(source, self.env)
        return source

    def generate(self):
        """The source, and texts of several lists of arguments."""
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            self.parameters()
            helpers = [self.helper() for _ in range(self.rng.randint(0, 1))] + [self.writer() for _ in range(self.rng.randint(0, 1))]
            for _ in range(self.rng.randint(2, 7)):
                self.statement(2)
            results = self.names(lambda k: k[0] != "array") or ["0"]
            results = self.rng.sample(results, min(len(results), 3))
            arrays = self.names(lambda k: k[0] == "array")
            if arrays and self.chance(0.7):
                results.append(self.pick(arrays))
            self.emit(f"return {', '.join(results)}{',' if len(results) == 1 else ''}")
            header = f"def f({', '.join(name for name, _ in self.params)}):"
            source = "\n\n".join([*helpers, "\n".join([header, *self.lines]) + "\n"])
            return source, [self.arguments() for _ in range(3)]
