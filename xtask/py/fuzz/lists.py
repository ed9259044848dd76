"""Random programs of lists: of numbers, of tuples and of lists, made, changed, shared and given away, with arguments for them, as text.

Expressions are made for a type, which is `I` for ints, `F` for floats, `("L", T)` for lists and `("T", T, …)` for tuples. Ints stay small, and no
list has items of two types, which is listed as different (`tests/language/semantics.md`).
"""

from writer import TypedWriter

I, F = "I", "F"
LISTS = [("L", I), ("L", I), ("L", F), ("L", ("T", I, F)), ("L", ("L", I))]
HELPERS = '''def push(xs, x):
    xs.append(x)
    return xs


def taken(xs):
    return xs.pop() if len(xs) > 1 else xs[0]


def emptied(xs):
    n = len(xs)
    xs.clear()
    return n


def longest(rows):
    best = rows[0]
    for row in rows:
        if len(row) > len(best):
            best = row
    return best
'''


class Program(TypedWriter):
    """One random program."""

    def __init__(self, seed):
        super().__init__(seed, {"n": I, "xs": ("L", I), "ys": ("L", F)})

    # Expressions.

    def index(self, xs):
        return self.pick([str(self.rng.randint(-3, 3)), "n", "-1", "0", f"len({xs}) - 1", f"len({xs}) // 2"])

    def cut(self):
        bound = lambda: self.pick(["", "", "1", "2", "-1", "-2", "n", "5"])  # noqa: E731
        return f"{bound()}:{bound()}" + self.pick(["", "", "", ":2", ":-1", ":1"])

    def expr(self, ty, depth=2):
        if ty == I:
            return self.int_(depth)
        if ty == F:
            return self.float_(depth)
        return self.tuple_(ty, depth) if ty[0] == "T" else self.list_(ty, depth)

    def some_list(self, depth):
        """A list of any type, and the type of its items."""
        found = [(name, ty[1]) for name, ty in self.names.items() if ty[0] == "L"]
        if found and self.chance(0.8):
            return self.pick(found)
        ty = self.pick(LISTS)
        return self.list_(ty, depth), ty[1]

    def int_(self, depth):
        form = self.rng.randint(0, 10) if depth > 0 else self.rng.randint(0, 2)
        if form == 0:
            return str(self.rng.randint(-5, 9))
        if form <= 2:
            return self.pick(self.named(I) or ["n"])
        if form == 3:
            xs, _ = self.some_list(depth - 1)
            return f"len({xs})"
        if form in (4, 5):
            xs = self.list_(("L", I), depth - 1)
            return f"{xs}[{self.index(xs)}]"
        if form == 6:
            a, b = self.int_(depth - 1), self.int_(depth - 1)
            return f"(({a} {self.pick('+-*')} {b}) % 97)"
        if form == 7:
            xs = self.list_(("L", I), depth - 1)
            return self.pick([f"(sum({xs}) % 97)", f"max({xs})", f"min({xs})", f"{xs}.count({self.int_(0)})", f"{xs}.index({self.int_(0)})"])
        if form == 8:
            return f"({self.int_(depth - 1)} if {self.test(depth - 1)} else {self.int_(depth - 1)})"
        if form == 9:
            xs = self.pick(self.named(("L", I)))
            return self.pick([f"taken({xs})", f"{xs}.pop()", f"{xs}.pop(0)", f"emptied({xs})"]) if xs not in self.busy else "n"
        xs = self.pick(self.named(("L", ("T", I, F))) or [None])
        return f"{xs}[{self.index(xs)}][0]" if xs else "n"

    def float_(self, depth):
        form = self.rng.randint(0, 6) if depth > 0 else self.rng.randint(0, 1)
        if form == 0:
            return self.pick(["0.5", "-1.25", "2.0", "3.5"])
        if form == 1:
            return self.pick(self.named(F) or ["1.5"])
        if form in (2, 3):
            ys = self.list_(("L", F), depth - 1)
            return f"{ys}[{self.index(ys)}]"
        if form == 4:
            return f"({self.float_(depth - 1)} {self.pick('+-')} {self.expr(self.pick([I, F]), depth - 1)} * 0.25)"
        if form == 5:
            return f"sum({self.list_(('L', F), depth - 1)}, 0.0)"
        xs = self.pick(self.named(("L", ("T", I, F))) or [None])
        return f"{xs}[{self.index(xs)}][1]" if xs else "4.0"

    def tuple_(self, ty, depth):
        lists = self.named(("L", ty))
        if lists and self.chance(0.3):
            xs = self.pick(lists)
            return f"{xs}[{self.index(xs)}]"
        return f"({', '.join(self.expr(part, depth - 1) for part in ty[1:])})"

    def list_(self, ty, depth):
        names = self.named(ty)
        if names and (depth <= 0 or self.chance(0.45)):
            return self.pick(names)
        item = ty[1]
        if depth <= 0:
            return f"[{self.expr(item, 0)}]"
        form = self.rng.randint(0, 9)
        if form <= 1:
            return f"[{', '.join(self.expr(item, depth - 1) for _ in range(self.rng.randint(1, 3)))}]"
        if form == 2:
            return self.comprehension(item, depth)
        if form == 3:
            return f"{self.list_(ty, depth - 1)}[{self.cut()}]"
        if form == 4:
            return f"({self.list_(ty, depth - 1)} + {self.list_(ty, depth - 1)})"
        if form == 5:
            return f"({self.list_(ty, depth - 1)} * {self.pick(['2', '0', '(n % 3)'])})"
        if form == 6 and item != ("L", I):
            return f"sorted({self.list_(ty, depth - 1)}{self.pick(['', ', reverse=True'])})" if item != F else f"list({self.list_(ty, depth - 1)})"
        if form == 7:
            return self.pick([f"list({self.list_(ty, depth - 1)})", f"({self.list_(ty, depth - 1)}).copy()"])
        if form == 8 and names:
            xs = self.pick(names)
            return f"push({xs}, {self.expr(item, depth - 1)})" if xs not in self.busy else xs
        rows = self.named(("L", ty))
        if rows:
            row = self.pick(rows)
            return self.pick([f"{row}[{self.index(row)}]", f"longest({row})"])
        return self.comprehension(item, depth)

    def comprehension(self, item, depth):
        name = self.pick("vwz")
        kept, busy = dict(self.names), list(self.busy)
        if self.chance(0.5):
            # The bound is read outside of the comprehension.
            name = self.pick([name, "n"])
            source = f"range({self.int_(0)} % 5)"
            self.names[name] = I
        else:
            source, own = self.some_list(depth - 1)
            self.names[name] = own
            # What is read may be the list itself or a part of it: nothing grows meanwhile.
            self.busy.extend(other for other, ty in self.names.items() if ty[0] == "L")
        test = f" if {self.test(0)}" if self.chance(0.4) else ""
        body = self.expr(item, depth - 1)
        self.names, self.busy = kept, busy
        return f"[{body} for {name} in {source}{test}]"

    def test(self, depth):
        form = self.rng.randint(0, 6)
        if form == 0:
            xs, _ = self.some_list(0)
            return xs
        if form == 1:
            return f"{self.int_(0)} in {self.list_(('L', I), max(depth - 1, 0))}"
        if form == 2:
            ty = self.pick(LISTS)
            return f"{self.list_(ty, max(depth - 1, 0))} {self.pick(['==', '!='])} {self.list_(ty, max(depth - 1, 0))}"
        if form == 3:
            ty = self.pick([("L", I), ("L", ("T", I, F))])
            return f"{self.list_(ty, max(depth - 1, 0))} {self.pick(['<', '<=', '>', '>='])} {self.list_(ty, max(depth - 1, 0))}"
        if form == 4:
            return f"{self.pick(['any', 'all'])}(z > {self.int_(0)} for z in {self.list_(('L', I), max(depth - 1, 0))})"
        return f"{self.int_(depth)} {self.pick(['<', '>', '==', '!='])} {self.int_(depth)}"

    # Statements.

    def target(self):
        found = [(name, ty[1]) for name, ty in self.names.items() if ty[0] == "L" and name not in self.busy]
        return self.pick(found) if found else (None, None)

    def statement(self, depth):
        forms = [self.assign, self.assign, self.change, self.change, self.change, self.change, self.store]
        if depth > 0:
            forms += [self.loop, self.loop, self.branch, self.drain]
        self.pick(forms)(depth)

    def assign(self, depth):
        ty = self.pick([I, F, *LISTS])
        same = [name for name in self.named(ty) if name not in ("n", *self.busy) and not name.startswith("k")]
        if same and (self.depth > 1 or self.chance(0.3)):
            return self.emit(f"{self.pick(same)} = {self.expr(ty)}")
        if self.depth > 1:
            return None
        name = f"{'s' if ty in (I, F) else 'l'}{self.fresh}"
        self.fresh += 1
        if ty[0] == "L" and self.chance(0.3):
            self.bind(name, ty, "[]")
            return self.emit(f"{name}.append({self.expr(ty[1])})")
        return self.bind(name, ty, self.expr(ty, 3))

    def change(self, depth):
        name, item = self.target()
        if name is None:
            return None
        ty = ("L", item)
        more = [f"{name}.sort()", f"{name}.sort(reverse=True)"] if item in (I, ("T", I, F)) else []
        return self.emit(
            self.pick(
                [
                    f"{name}.append({self.expr(item)})",
                    f"{name}.append({self.expr(item)})",
                    f"{name}.extend({self.list_(ty, 1)}[:6])",
                    f"{name} += {self.list_(ty, 1)}[:6]",
                    f"{name}.insert({self.int_(0)}, {self.expr(item)})",
                    f"{name}.pop({self.pick(['', '0', '-1', 'n'])})",
                    f"{name}.reverse()",
                    f"{name}.remove({self.expr(item, 1)})",
                    f"{name}.clear()",
                    f"del {name}[{self.index(name)}]",
                    f"del {name}[{self.cut()}]",
                    *more,
                ]
            )
        )

    def store(self, depth):
        name, item = self.target()
        if name is None:
            return None
        if self.chance(0.3):
            return self.emit(f"{name}[{self.cut()}] = {self.list_(('L', item), 1)}[:4]")
        at = self.index(name)
        if item in (I, F) and self.chance(0.3):
            return self.emit(f"{name}[{at}] {self.pick('+-')}= {self.int_(1)}")
        if self.chance(0.2):
            return self.emit(f"{name}[{at}], {name}[0] = {name}[0], {name}[{at}]")
        return self.emit(f"{name}[{at}] = {self.expr(item)}")

    def head(self, k):
        form = self.rng.randint(0, 3)
        busy = None
        if form == 0:
            self.emit(f"for {k} in range({self.int_(0)} % 6):")
            self.names[k] = I
        else:
            busy, item = self.pick([(name, ty[1]) for name, ty in self.names.items() if ty[0] == "L"])
            if form == 1:
                self.emit(f"for {k}, {k}v in enumerate({busy}):")
                self.names[k], self.names[f"{k}v"] = I, item
            else:
                self.emit(f"for {k} in {busy if form == 2 else f'{busy}[:4]'}:")
                self.names[k] = item
        # A list is the same under other names: what grows in a loop over lists ends by a bound.
        self.depth += 1
        self.emit(f"if len({busy or 'xs'}) > 12: break")
        self.depth -= 1
        if busy:
            self.busy.append(busy)

    def drain(self, depth):
        if self.loops:
            return
        name, item = self.target()
        if name is None:
            return
        limit, self.fresh = f"c{self.fresh}", self.fresh + 1
        self.loops += 1
        self.emit(f"{limit} = 0")
        self.emit(f"while {name} and {limit} < 7:")
        self.depth += 1
        self.emit(f"{limit} += 1")
        self.emit(f"{name}.pop()")
        self.depth -= 1
        self.block(depth)
        self.loops -= 1

    def arguments(self):
        xs = [self.rng.randint(-4, 9) for _ in range(self.rng.randint(1, 6))]
        ys = [self.rng.randint(-8, 8) / 4 for _ in range(self.rng.randint(1, 4))]
        return f"({self.pick([0, 1, 2, 3])}, {xs!r}, {ys!r})"

    def generate(self):
        """The source, and texts of several lists of arguments."""
        for _ in range(self.rng.randint(3, 9)):
            self.statement(2)
        results = self.rng.sample(sorted(self.names), min(len(self.names), 4))
        self.emit(f"return {', '.join(results)}{',' if len(results) == 1 else ''}")
        source = f"{HELPERS}\n\ndef f(n, xs, ys):\n" + "\n".join(self.lines) + "\n"
        return source, [self.arguments() for _ in range(3)]
