"""Writes calls of library functions with what NumPy gives: over dtypes, ranks, layouts, axes, keywords, empty arrays and special values.

Lines of standard input are a function's name, a tab, and the head of its definition in the library, such as
`def sum(a, axis: axis = None):`. A line of output is a function's name, a tab, a call, a tab, and its value. A call that NumPy
answers in a type that nopython does not have is left out; of one that it refuses as a matter of types, the value is `refused: ` and the
classes of the exception.

Without `--all`, of most combinations a sample is taken, which is the same every time.
"""

import sys
import warnings

import numpy as np
from canonical import canonical
from cases import Function, calls

# NumPy's own steps overflow or lose their dtype for numbers that the function takes.
STEPS = {"triu_indices", "repeat"}


def value(function, call):
    """What a call gives, as the sweep expects it; nothing if it cannot be expected."""
    try:
        with np.errstate(all="ignore"):
            result = eval(call, {"np": np})  # noqa: S307: the calls are the project's own
    except Exception as error:  # noqa: BLE001
        # Errors for what can be known without the values: here too it is an error, while compiling or of such a class.
        if isinstance(error, (TypeError, OverflowError, np.exceptions.AxisError)):
            classes = [c.__name__ for c in type(error).__mro__ if issubclass(c, Exception) and c is not Exception]
            return None if function.name in STEPS else f"refused: {' '.join(classes)}"
        # NumPy's messages show more than compiled code keeps for them; the class is what programs rely on.
        return f"{type(error).__name__}: ..."
    try:
        text = canonical(result)
    except TypeError:  # A type that nopython does not have.
        return None
    return None if "float16" in text else text


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
