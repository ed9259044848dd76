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
