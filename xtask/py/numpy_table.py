"""Writes docs/numpy.md: NumPy's functions and their keywords beside those of the library.

Standard input is what `nopython functions --json` prints. With `--check`, nothing is written, and a table that differs is an error.
"""

import ast
import inspect
import json
import sys
from pathlib import Path

import numpy as np

PAGE = Path(__file__).parents[2] / "docs/numpy.md"
MODULES = ["", "linalg.", "fft.", "random.", "lib.stride_tricks.", "polynomial.polynomial."]

# Names that stand for something else than functions of arrays of numbers, by the reason.
LEFT_OUT = {
    "files and text": """array2string array_repr array_str base_repr binary_repr format_float_positional format_float_scientific
        fromfile fromregex fromstring genfromtxt get_printoptions load loadtxt printoptions save savetxt savez savez_compressed
        set_printoptions typename""",
    "dates": "busday_count busday_offset busdaycalendar datetime_as_string datetime_data datetime64 is_busday isnat timedelta64",
    "settings and information": """errstate get_include getbufsize geterr geterrcall info setbufsize seterr seterrcall show_config
        show_runtime test random.get_state random.set_state random.bytes""",
    "objects and types": """asmatrix astype bmat can_cast char chararray common_type broadcast dtype finfo flatiter from_dlpack frombuffer
        frompyfunc iinfo isdtype isfortran isscalar issubdtype iterable matrix may_share_memory memmap min_scalar_type mintypecode ndarray
        nditer nested_iters poly1d promote_types rec recarray record require result_type sctypeDict shares_memory ufunc vectorize void
        einsum_path real_if_close""",
}
UFUNC = ["out", "where", "casting", "order", "dtype", "subok", "signature"]


def left_out():
    return {name for names in LEFT_OUT.values() for name in names.split()}


def functions():
    """NumPy's callables by name, but for those that are left out, classes and scalar types."""
    for prefix in MODULES:
        module = np
        for part in prefix.split(".")[:-1]:
            module = getattr(module, part)
        names = getattr(module, "__all__", None) or ["as_strided", "sliding_window_view"]
        for name in sorted(names):
            function = getattr(module, name)
            if callable(function) and not isinstance(function, type) and prefix + name not in left_out():
                yield prefix + name, function


def parameters(function):
    """What a function of NumPy can be given by name."""
    if isinstance(function, np.ufunc):
        return UFUNC
    try:
        found = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [p.name for p in found if p.kind not in (p.POSITIONAL_ONLY, p.VAR_POSITIONAL, p.VAR_KEYWORD) and p.default is not p.empty]


def own_parameters(signature):
    """The names of the parameters of an entry of the library."""
    name, rest = signature.split("(", 1)
    arguments = ast.parse(f"def {name.split('.')[-1]}({rest}: pass").body[0].args
    return {a.arg for a in arguments.posonlyargs + arguments.args + arguments.kwonlyargs}


def table():
    entries = {entry["name"]: entry["signature"] for entry in json.load(sys.stdin)}
    rows, there, works, total = [], 0, 0, 0
    for name, function in functions():
        wanted = parameters(function)
        signature = entries.get(name)
        while signature and " = " in signature and "(" not in signature:
            signature = entries.get(signature.split(" = ")[1])
        own = own_parameters(signature) if signature else set()
        if signature:
            there += 1
            works += sum(p in own for p in wanted)
            total += len(wanted)
        listed = [", ".join(f"`{p}`" for p in wanted if (p in own) is taken) for taken in (True, False)]
        rows.append(f"| `np.{name}` | {'yes' if signature else 'no'} | {listed[0] if signature else ''} | {listed[1]} |")
    head = [
        "# NumPy's functions",
        "",
        "What of NumPy is compiled: its main namespace, `linalg`, `fft`, `random`, `lib.stride_tricks` and `polynomial.polynomial`, but for",
        "what has to do with files, text, dates, settings, objects and types. A keyword that is not taken is refused by name. The page is",
        "written by `cargo xtask numpy`, from NumPy's signatures and from the library.",
        "",
        f"{there} of {len(rows)} functions are there, and take {works} of their {total} keywords.",
        "",
        "| function | there | keywords that are taken | keywords that are refused |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"


def main():
    text = table()
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text() != text:
            sys.exit("docs/numpy.md is not what NumPy and the library are now: run `cargo xtask numpy`")
    else:
        PAGE.write_text(text)
        print(text.split("\n")[6])


if __name__ == "__main__":
    main()
