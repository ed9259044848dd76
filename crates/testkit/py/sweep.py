"""Writes calls of library functions with what NumPy gives: over dtypes, ranks, layouts, axes, keywords, empty arrays and special values.

Lines of standard input are a function's name, a tab, and the head of its definition in the library, such as
`def sum(a, axis: axis = None):`. A line of output is a function's name, a tab, a call, a tab, and its value. A call that NumPy
answers in a type that nopython does not have is left out; of one that it refuses as a matter of types, the value is `refused`.

Without `--all`, of most combinations a sample is taken, which is the same every time.
"""

import sys
import warnings

import numpy as np
from canonical import evaluate
from cases import Function, calls

# Errors for what can be known without the values: here too it is an error, while compiling or later.
REFUSED = ("TypeError", "OverflowError", "AxisError", "UFuncTypeError", "_UFunc", "numpy.exceptions")
# NumPy's own steps overflow or lose their dtype for numbers that the function takes.
STEPS = {"triu_indices", "repeat"}


def value(function, call):
    """What a call gives, as the sweep expects it; nothing if it cannot be expected."""
    try:
        expected = evaluate(call, {"np": np})
    except TypeError:  # No canonical text: a type that nopython does not have.
        return None
    if "float16" in expected:
        return None
    if expected.startswith(REFUSED):
        return None if function.name in STEPS else "refused"
    kind, colon, _ = expected.partition(": ")
    # NumPy's messages show more than compiled code keeps for them; the class is what programs rely on.
    return f"{kind}: ..." if colon and kind.endswith("Error") else expected


def main():
    warnings.simplefilter("ignore")
    everything = "--all" in sys.argv[1:]
    for line in sys.stdin:
        function = Function(*line.rstrip("\n").split("\t"))
        for call in dict.fromkeys(calls(function, everything)):
            expected = value(function, call)
            if expected is not None:
                print(f"{function.name}\t{call}\t{expected}")


if __name__ == "__main__":
    main()
