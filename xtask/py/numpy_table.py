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
# Keywords that the library's functions take and do not look at, as no result depends on them: what makes searching faster, and whether memory of the
# operand may be used. Ways of sorting and searching (`kind`, `stable`) are read, but only to refuse those that NumPy does not have.
WITHOUT_EFFECT = {
    "assume_unique": "isin",
    "overwrite_input": "quantile percentile nanquantile nanpercentile median",
}
LIBRARY = Path(__file__).parents[2] / "library/numpy"
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


def unread_parameters():
    """Parameters of the library's functions, in the form `function: parameter`, that their bodies do not read. Results go to `out` by its kind."""
    for file in LIBRARY.glob("[!_]*.py"):
        for function in ast.parse(file.read_text()).body:
            if isinstance(function, ast.FunctionDef):
                read = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
                arguments = function.args.posonlyargs + function.args.args + function.args.kwonlyargs
                yield from (f"{function.name}: {a.arg}" for a in arguments if a.arg not in read and a.arg != "out")


def check_unread():
    """Ends the program if a keyword is taken and not looked at, unless it is listed."""
    listed = {f"{function}: {keyword}" for keyword, functions in WITHOUT_EFFECT.items() for function in functions.split()}
    wrong = sorted(set(unread_parameters()) ^ listed)
    if wrong:
        sys.exit(f"keywords that are taken without effect, or that are listed in WITHOUT_EFFECT and have one: {', '.join(wrong)}")


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
        "These keywords are taken and not looked at, since no result depends on them: "
        + "; ".join(f"`{keyword}` of {', '.join(f'`{f}`' for f in functions.split())}" for keyword, functions in WITHOUT_EFFECT.items())
        + ".",
        "",
        f"{there} of {len(rows)} functions are there, and take {works} of their {total} keywords.",
        "",
        "| function | there | keywords that are taken | keywords that are refused |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"


def main():
    check_unread()
    text = table()
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text() != text:
            sys.exit("docs/numpy.md is not what NumPy and the library are now: run `cargo xtask numpy`")
    else:
        PAGE.write_text(text)
        print(next(line for line in text.split("\n") if "functions are there" in line))


if __name__ == "__main__":
    main()
