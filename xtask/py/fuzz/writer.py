"""Writing a random program: choices, and lines with their indentation."""

import random


class Writer:
    """A function that is being written; ``statement(depth)`` writes one statement of it."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.lines = []
        self.depth = 1
        self.loops = 0
        self.fresh = 0

    def pick(self, items):
        return self.rng.choice(items)

    def chance(self, p):
        return self.rng.random() < p

    def emit(self, text):
        self.lines.append("    " * self.depth + text)

    def block(self, depth):
        self.depth += 1
        before = len(self.lines)
        for _ in range(self.rng.randint(1, 3)):
            self.statement(depth - 1)
        if len(self.lines) == before:
            self.emit("pass")
        self.depth -= 1


class TypedWriter(Writer):
    """A function whose variables have types; ``test(depth)`` is a condition, and ``head(k)`` begins a loop."""

    def __init__(self, seed, names):
        super().__init__(seed)
        self.names = names
        #: Containers that a loop runs over.
        self.busy = []

    def named(self, *types):
        return [name for name, own in self.names.items() if own in types]

    def bind(self, name, ty, text):
        self.emit(f"{name} = {text}")
        self.names[name] = ty

    def branch(self, depth):
        self.emit(f"if {self.test(1)}:")
        self.block(depth)
        if self.chance(0.4):
            self.emit("else:")
            self.block(depth)

    def loop(self, depth):
        if self.loops >= 2:
            return
        kept = dict(self.names)
        k, self.fresh = f"k{self.fresh}", self.fresh + 1
        self.loops += 1
        before, count = len(self.lines), len(self.busy)
        self.head(k)
        if len(self.lines) > before:
            self.block(depth)
        del self.busy[count:]
        self.loops -= 1
        self.names = kept
