"""Random programs of dicts, sets and instances of classes: made, changed, shared, looped over and given away, with arguments for them, as text.

Expressions are made for a type, which is `I` for ints, `F` for floats, `P` for tuples of two ints, `("D", K, V)` for dicts, `("S", K)` for sets, `("L", T)`
for lists and `("O", name)` for instances. What is returned does not depend on the order of sets.
"""

from writer import TypedWriter

I, F, P = "I", "F", "P"
DICTS = [("D", I, I), ("D", I, I), ("D", I, F), ("D", P, I), ("D", I, ("L", I)), ("D", F, I), ("D", I, ("O", "Point"))]
SETS = [("S", I), ("S", I), ("S", P)]
POINT, NODE = ("O", "Point"), ("O", "Node")
HELPERS = '''from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: float = 0.5

    def moved(self, k):
        return Point(self.x + k, self.y)

    def move(self, k):
        self.x += k
        return self

    @property
    def total(self):
        return self.x + self.y

    def __add__(self, other):
        return Point((self.x + other.x) % 97, other.y)


@dataclass
class Node:
    value: int
    next: "Node | None" = None

    def last(self):
        node = self
        k = 0
        while node.next is not None and k < 20:
            node = node.next
            k += 1
        return node


def length(node):
    k = 0
    while node is not None and k < 20:
        node = node.next
        k += 1
    return k


def bump(d, k):
    d[k] = d.get(k, 0) + 1
    return d


def joined(s, k):
    s.add(k)
    return s


def longer(p, q):
    if p.x < q.x:
        return q
    return p
'''


class Program(TypedWriter):
    """One random program."""

    def __init__(self, seed):
        super().__init__(seed, {"n": I, "xs": ("L", I)})

    def some(self, kind, depth):
        """A container of a kind, `D` or `S`, and its type."""
        found = [(name, ty) for name, ty in self.names.items() if ty[0] == kind]
        if found and self.chance(0.85):
            return self.pick(found)
        ty = self.pick(DICTS if kind == "D" else SETS)
        return self.expr(ty, depth), ty

    # Expressions.

    def expr(self, ty, depth=2):
        if ty in (I, F, P):
            return {I: self.int_, F: self.float_, P: self.pair}[ty](depth)
        return {"D": self.dict_, "S": self.set_, "L": self.list_, "O": self.object_}[ty[0]](ty, depth)

    def int_(self, depth):
        form = self.rng.randint(0, 11) if depth > 0 else self.rng.randint(0, 2)
        if form == 0:
            return str(self.rng.randint(-3, 9))
        if form <= 2:
            return self.pick(self.named(I) or ["n"])
        if form == 3:
            return f"len({self.some(self.pick('DS'), depth - 1)[0]})"
        if form in (4, 5):
            d, ty = self.some("D", depth - 1)
            if ty[2] == I:
                key = self.expr(ty[1], 0)
                return self.pick([f"{d}.get({key}, {self.int_(0)})", f"{d}[{key}]", f"(sum({d}.values()) % 97)"])
            return f"len(list({d}))"
        if form == 6:
            return f"(({self.int_(depth - 1)} {self.pick('+-*')} {self.int_(depth - 1)}) % 97)"
        if form == 7:
            s = self.expr(("S", I), depth - 1)
            return self.pick([f"(sum({s}) % 97)", f"max({s})", f"min({s})", f"len({s})"])
        if form == 8:
            return f"({self.int_(depth - 1)} if {self.test(depth - 1)} else {self.int_(depth - 1)})"
        if form == 9:
            return self.pick([f"{self.object_(POINT, depth - 1)}.x", f"{self.object_(NODE, depth - 1)}.value", f"length({self.object_(NODE, depth - 1)})"])
        if form == 10:
            nodes = self.named(NODE)
            return f"{self.pick(nodes)}.next.value" if nodes else "n"
        names = [name for name in self.named(("D", I, I)) if name not in self.busy]
        key = self.int_(0)
        return self.pick([f"{d}.pop({key}, {self.int_(0)})" for d in names] + [f"{d}.setdefault({key}, {self.int_(0)})" for d in names] + ["n"])

    def float_(self, depth):
        form = self.rng.randint(0, 4) if depth > 0 else self.rng.randint(0, 1)
        if form == 0:
            return self.pick(["0.5", "-1.25", "2.0", "3.5"])
        if form == 1:
            return self.pick(self.named(F) or ["1.5"])
        if form == 2:
            d = self.expr(("D", I, F), depth - 1)
            return self.pick([f"{d}.get({self.int_(0)}, 0.25)", f"{d}[{self.int_(0)}]", f"sum({d}.values(), 0.0)"])
        if form == 3:
            return f"{self.object_(POINT, depth - 1)}.{self.pick(['y', 'total'])}"
        return f"({self.float_(depth - 1)} {self.pick('+-')} {self.float_(depth - 1)})"

    def pair(self, depth):
        names = self.named(P)
        if names and self.chance(0.3):
            return self.pick(names)
        return f"({self.int_(depth - 1)} % 3, {self.int_(depth - 1)} % 3)"

    def dict_(self, ty, depth):
        names = self.named(ty)
        if names and (depth <= 0 or self.chance(0.5)):
            return self.pick(names)
        key, value = ty[1:]
        if depth <= 0:
            return f"{{{self.expr(key, 0)}: {self.expr(value, 0)}}}"
        form = self.rng.randint(0, 5)
        if form <= 1:
            pairs = [f"{self.expr(key, depth - 1)}: {self.expr(value, depth - 1)}" for _ in range(self.rng.randint(1, 3))]
            return f"{{{', '.join(pairs)}}}"
        if form == 2:
            return self.pick([f"{self.dict_(ty, depth - 1)}.copy()", f"dict({self.dict_(ty, depth - 1)})"])
        if form == 3:
            return f"({self.dict_(ty, depth - 1)} | {self.dict_(ty, depth - 1)})"
        if form == 4 and ty == ("D", I, I) and names:
            d = self.pick(names)
            return f"bump({d}, {self.int_(0)})" if d not in self.busy else d
        return self.comprehension(lambda: f"{self.expr(key, 1)}: {self.expr(value, depth - 1)}", "{}")

    def set_(self, ty, depth):
        names = self.named(ty)
        if names and (depth <= 0 or self.chance(0.45)):
            return self.pick(names)
        if depth <= 0:
            return f"{{{self.expr(ty[1], 0)}}}"
        form = self.rng.randint(0, 5)
        if form <= 1:
            return f"{{{', '.join(self.expr(ty[1], depth - 1) for _ in range(self.rng.randint(1, 4)))}}}"
        if form == 2:
            return f"({self.set_(ty, depth - 1)} {self.pick('|&-^')} {self.set_(ty, depth - 1)})"
        if form == 3 and ty[1] == I:
            return self.pick([f"set({self.list_(('L', I), depth - 1)})", f"set({self.dict_(('D', I, I), depth - 1)})", f"{self.set_(ty, depth - 1)}.{self.pick(['union', 'intersection', 'difference'])}({self.list_(('L', I), 0)})"])
        if form == 4 and ty == ("S", I) and names:
            s = self.pick(names)
            return f"joined({s}, {self.int_(0)})" if s not in self.busy else s
        return self.comprehension(lambda: self.expr(ty[1], depth - 1), "{}")

    def list_(self, ty, depth):
        names = self.named(ty)
        if names and (depth <= 0 or self.chance(0.5)):
            return self.pick(names)
        if depth <= 0:
            return f"[{self.expr(ty[1], 0)}]"
        if ty[1] == I:
            return self.pick([f"list({self.dict_(('D', I, I), depth - 1)})", f"sorted({self.set_(('S', I), depth - 1)})", f"list({self.dict_(('D', I, I), depth - 1)}.values())", f"[{self.int_(1)}, {self.int_(1)}]"])
        return f"[{self.expr(ty[1], depth - 1)}]"

    def object_(self, ty, depth):
        names = self.named(ty)
        if names and (depth <= 0 or self.chance(0.5)):
            return self.pick(names)
        if ty == NODE:
            rest = self.pick(["", f", {self.object_(NODE, depth - 1)}"]) if depth > 0 else ""
            return self.pick([f"Node({self.int_(max(depth - 1, 0))}{rest})"] + ([f"{self.object_(NODE, depth - 1)}.last()"] if depth > 0 else []))
        if depth <= 0:
            return f"Point({self.int_(0)})"
        a, b = self.object_(ty, depth - 1), self.object_(ty, depth - 1)
        return self.pick([f"Point({self.int_(depth - 1)}, {self.float_(depth - 1)})", f"{a}.moved({self.int_(0)})", f"{a}.move({self.int_(0)})", f"({a} + {b})", f"longer({a}, {b})"])

    def comprehension(self, body, brackets):
        name = self.pick("vwz")
        kept, busy = dict(self.names), list(self.busy)
        self.busy.extend(other for other, ty in self.names.items() if ty[0] in "DSL")
        source = f"range({self.int_(0)} % 5)" if self.chance(0.5) else self.list_(("L", I), 0)
        self.names[name] = I
        test = f" if {self.test(0)}" if self.chance(0.4) else ""
        text = body()
        self.names, self.busy = kept, busy
        return f"{brackets[0]}{text} for {name} in {source}{test}{brackets[1]}"

    def test(self, depth):
        form = self.rng.randint(0, 6)
        if form == 0:
            return self.some(self.pick("DS"), 0)[0]
        if form == 1:
            c, ty = self.some(self.pick("DS"), max(depth - 1, 0))
            return f"{self.expr(ty[1], 0)} {self.pick(['in', 'not in'])} {c}"
        if form == 2:
            ty = self.pick([DICTS[0], DICTS[2], DICTS[3], *SETS])
            return f"{self.expr(ty, max(depth - 1, 0))} {self.pick(['==', '!='])} {self.expr(ty, max(depth - 1, 0))}"
        if form == 3:
            return f"{self.set_(SETS[0], max(depth - 1, 0))} {self.pick(['<', '<=', '>', '>='])} {self.set_(SETS[0], max(depth - 1, 0))}"
        if form == 4:
            a, b = self.object_(POINT, 0), self.object_(POINT, 0)
            return f"{a} {self.pick(['==', '!=', 'is', 'is not'])} {b}"
        if form == 5:
            nodes = self.named(NODE)
            return f"{self.pick(nodes)}.next {self.pick(['is None', 'is not None'])}" if nodes else "n > 1"
        return f"{self.int_(depth)} {self.pick(['<', '>', '==', '!='])} {self.int_(depth)}"

    # Statements.

    def statement(self, depth):
        forms = [self.assign, self.assign, self.change, self.change, self.change, self.change, self.attribute]
        if depth > 0:
            forms += [self.loop, self.loop, self.branch]
        self.pick(forms)(depth)

    def assign(self, depth):
        ty = self.pick([I, F, P, POINT, POINT, NODE, ("L", I), *DICTS, *SETS])
        same = [name for name in self.named(ty) if name not in ("n", *self.busy) and not name.startswith("k")]
        if same and (self.depth > 1 or self.chance(0.3)):
            return self.emit(f"{self.pick(same)} = {self.expr(ty)}")
        if self.depth > 1:
            return None
        name = f"{ty[0].lower()}{self.fresh}"
        self.fresh += 1
        if ty[0] == "D" and self.chance(0.4):
            self.bind(name, ty, "{}")
            return self.emit(f"{name}[{self.expr(ty[1])}] = {self.expr(ty[2])}")
        if ty[0] == "S" and self.chance(0.4):
            self.bind(name, ty, "set()")
            return self.emit(f"{name}.add({self.expr(ty[1])})")
        return self.bind(name, ty, self.expr(ty, 3))

    def change(self, depth):
        found = [(name, ty) for name, ty in self.names.items() if ty[0] in "DS" and (name not in self.busy or self.chance(0.1))]
        if not found:
            return None
        name, ty = self.pick(found)
        key = self.expr(ty[1], 1)
        if ty[0] == "S":
            return self.emit(
                self.pick(
                    [
                        f"{name}.add({key})",
                        f"{name}.add({key})",
                        f"{name}.discard({key})",
                        f"{name}.remove({key})",
                        f"{name} {self.pick('|&-^')}= {self.set_(ty, 1)}",
                        f"{name}.update({self.set_(ty, 1)})",
                        f"{name}.clear()",
                    ]
                )
            )
        value = self.expr(ty[2], 1)
        more = [f"{name}[{key}] += {value}"] * 2 if ty[2] in (I, F) else []
        if ty[2] == ("L", I):
            more = [f"{name}.setdefault({key}, []).append({self.int_(1)})", f"{name}[{key}].append({self.int_(0)})"]
        if ty[2] == POINT:
            more = [f"{name}[{key}].x += {self.int_(0)}", f"{name}[{key}].move(2)"]
        self.emit(
            self.pick(
                [
                    f"{name}[{key}] = {value}",
                    f"{name}[{key}] = {value}",
                    f"{name}[{key}] = {value}",
                    f"del {name}[{key}]",
                    f"{name}.pop({key}, {value})",
                    f"{name}.popitem()",
                    f"{name}.update({self.dict_(ty, 1)})",
                    f"{name} |= {self.dict_(ty, 1)}",
                    f"{name}.clear()",
                    *more,
                ]
            )
        )

    def attribute(self, depth):
        points, nodes = self.named(POINT), self.named(NODE)
        forms = [lambda p=p: f"{p}.x {self.pick(['=', '+='])} {self.int_(1)}" for p in points]
        forms += [lambda p=p: f"{p}.y = {self.float_(1)}" for p in points]
        forms += [lambda p=p: f"{p} += {self.object_(POINT, 1)}" for p in points if not p.startswith("k")]
        forms += [lambda k=k: f"{k}.next = {self.pick(['None', self.object_(NODE, 1)])}" for k in nodes]
        forms += [lambda k=k: f"{k}.next.value = {self.int_(0)}" for k in nodes]
        if forms:
            self.emit(self.pick(forms)())

    def head(self, k):
        form = self.rng.randint(0, 3)
        busy = None
        if form == 0:
            self.emit(f"for {k} in range({self.int_(0)} % 6):")
            self.names[k] = I
        else:
            found = [(name, ty) for name, ty in self.names.items() if ty[0] == "D" and name != k]
            if not found:
                return
            busy, ty = self.pick(found)
            if form == 1:
                self.emit(f"for {k}, {k}v in {busy}.items():")
                self.names[k], self.names[f"{k}v"] = ty[1], ty[2]
            elif form == 2:
                self.emit(f"for {k} in {busy}:")
                self.names[k] = ty[1]
            else:
                self.emit(f"for {k} in list({busy}.values()):")
                self.names[k] = ty[2]
                busy = None
        if busy:
            self.busy.append(busy)

    def given(self, name):
        """What is returned of a variable: nothing that depends on the order of a set, and no more of chains than their length."""
        ty = self.names[name]
        if ty[0] == "S":
            return f"sorted({name})"
        if ty == POINT:
            return f"({name}.x, {name}.y)"
        if ty == NODE:
            return f"({name}.value, length({name}))"
        if ty[0] == "D":
            return f"[(k, p.x) for k, p in {name}.items()]" if ty[2] == POINT else f"list({name}.items())"
        return name

    def arguments(self):
        xs = [self.rng.randint(-4, 9) for _ in range(self.rng.randint(1, 6))]
        return f"({self.pick([0, 1, 2, 3])}, {xs!r})"

    def generate(self):
        """The source, and texts of several lists of arguments."""
        for _ in range(self.rng.randint(3, 9)):
            self.statement(2)
        results = self.rng.sample(sorted(self.names), min(len(self.names), 5))
        results = [self.given(name) for name in results]
        self.emit(f"return {', '.join(results)}{',' if len(results) == 1 else ''}")
        source = f"{HELPERS}\n\ndef f(n, xs):\n" + "\n".join(self.lines) + "\n"
        return source, [self.arguments() for _ in range(3)]
