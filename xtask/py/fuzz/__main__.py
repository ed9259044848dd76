"""Random programs against CPython and NumPy: `python xtask/py/fuzz [--of arrays|lists|dicts] [--seed S] [--count N] [--show SEED]`.

Each program runs as it is compiled by default, or without any pass, or without one that is chosen by chance. A program that differs is
reduced and printed as a section for a page under `tests/`. Every tenth also runs in Node, compiled with every pass. Programs run in processes of their own, so that one that ends its process is
found too.
"""

import argparse
import collections
import functools
import json
import os
import random
import signal
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import compare
import dicts
import generate
import lists
import node
import reduce
from nopython import _engine

#: What programs are of, and what makes them; the first is chosen on the command line.
GENERATORS = {"arrays": generate.Program, "lists": lists.Program, "dicts": dicts.Program}
of = "arrays"
CHUNK = 100
# Of so many programs one also runs in Node, and so many of these in one process.
NODE, IN_NODE = 10, 300
# So many seconds a program may take, with everything.
PATIENCE = 20


def options_of(seed):
    """How the program of a seed is compiled."""
    rng = random.Random(seed + 1)
    form = rng.random()
    if form < 0.45:
        return {}
    if form < 0.6:
        return {"opt_level": 0}
    return {"without": rng.choice(_engine.passes())}


def apart(work):
    """What a function gives in a forked process, as JSON; None if the process ends otherwise, `["broken", ...]` if it takes too long."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, 2)
        try:
            text = json.dumps(work())
            with os.fdopen(writer, "w") as out:
                out.write(text)
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        text = answer.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
        return ["broken", f"takes more than {PATIENCE} s"]
    return json.loads(text) if text else None


def one(source, arguments, options, keep=None):
    """`("same",)`, `("refused", code)`, `("differs", how, form)`, or `("broken", how)` where neither Python nor the compiler says anything of use."""
    signal.alarm(PATIENCE)
    try:
        refused = compare.check(source, arguments, options, keep)
    except compare.Difference as difference:
        return ("differs", str(difference), difference.form)
    except Exception as error:
        return ("broken", f"{type(error).__name__}: {error}")
    finally:
        signal.alarm(0)
    return ("refused", refused) if refused else ("same",)


def run(seed, batch=None):
    try:
        source, arguments = GENERATORS[of](seed).generate()
    except RecursionError:
        return ("same",)
    keep = None if batch is None or seed % NODE or of != "arrays" else functools.partial(batch.add, seed)
    return one(source, arguments, options_of(seed), keep)


def differs(arguments, options, form=None):
    """Whether a source differs, in the same form if one is given; tried in a process of its own."""

    def in_node(source):
        batch = node.Batch(os.path.join(compare.FOLDER, "reduced"))
        one(source, arguments, {}, functools.partial(batch.add, 0))
        return batch.run()

    def test(source):
        if form == "node":
            return bool(apart(lambda: in_node(source)))
        found = apart(lambda: one(source, arguments, options))
        return found is None if form is None else found is not None and found[0] == "differs" and found[2] == form

    return test


def show(seed, how, form=None):
    """A program that differs, as a section of a page."""
    source, arguments = GENERATORS[of](seed).generate()
    options = options_of(seed)
    test = differs(arguments, options, form)
    if test(source):
        source = reduce.reduce(source, test)
        for text in arguments:
            if differs([text], options, form)(source):
                arguments = [text]
                break
    shown = "".join(f"f(*{text})\n" for text in arguments)
    print(f"\nseed {seed}, compiled with {options or 'every pass'}: {how[:600]}\n\n```py\n{source}```\n```calls\n{shown}```", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--show", type=int, help="print the program of a seed")
    parser.add_argument("--keep", type=int, default=10, help="how many differences are reduced and printed")
    parser.add_argument("--of", choices=GENERATORS, default=of)
    chosen = parser.parse_args()
    globals()["of"] = chosen.of
    if chosen.show is not None:
        what, *more = apart(lambda: run(chosen.show)) or ("differs", "the process ended")
        return show(chosen.show, what if not more else more[0], *more[1:])
    batch = node.Batch(os.path.join(compare.FOLDER, "node"))
    started, last = time.monotonic(), time.monotonic()
    refused, found, waiting = collections.Counter(), [], 0
    for first in range(chosen.seed, chosen.seed + chosen.count, CHUNK):
        seeds = range(first, min(first + CHUNK, chosen.seed + chosen.count))
        outcomes = apart(lambda seeds=seeds: [run(seed, batch) for seed in seeds])
        if outcomes is None or outcomes[0] == "broken":
            outcomes = [apart(lambda seed=seed: run(seed, batch)) or ("differs", "the process ended") for seed in seeds]
        outcomes = dict(zip(seeds, outcomes))
        waiting += sum(seed % NODE == 0 for seed in seeds)
        if waiting >= IN_NODE or seeds.stop == chosen.seed + chosen.count:
            waiting = 0
            for seed, how in batch.run().items():
                outcomes[seed] = ("differs", how, "node")
        for seed, (what, *more) in outcomes.items():
            if what == "refused":
                refused[more[0]] += 1
            if what in ("differs", "broken"):
                found.append(seed)
                if len(found) <= chosen.keep:
                    show(seed, more[0], *more[1:])
        if time.monotonic() - last > 60:
            last = time.monotonic()
            print(f"{seeds.stop - chosen.seed} programs, {len(found)} differ, {sum(refused.values())} refused, {last - started:.0f} s", flush=True)
    for reason, count in refused.most_common(15):
        print(f"refused {count:5} {reason}")
    total = sum(refused.values())
    print(f"seeds {chosen.seed} to {chosen.seed + chosen.count - 1}: {total} refused, in {time.monotonic() - started:.0f} s; differing: {found[:100]}")
    if total > chosen.count // 4:
        print("more than a quarter was refused: the generator asks for what is not compiled")
    print(f"{chosen.count - len(found)} passed, {len(found)} failed")
    return 1 if found or total > chosen.count // 4 else 0


if __name__ == "__main__":
    sys.exit(main())
