"""Records what Numba prints for each program of a page: python numba_messages.py mistakes.md, in an environment that has Numba."""

import contextlib
import io
import re
import sys
import tempfile

import numba

LONGEST = 14


def message(source):
    """What compiling a program with Numba raises, cut to its first lines; signatures make it compile when it is imported."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", delete=False) as file:
        file.write(source)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, file.name, "exec"), {"__name__": "kernels"})
    except Exception as error:
        text = re.sub(r"\x1b\[[0-9;]*m", "", f"{type(error).__name__}: {error}")
        text = re.sub(r"[./]*" + re.escape(file.name), "kernels.py", text)
        text = re.sub(r"/\S*/site-packages/", "", re.sub(r" at 0x[0-9a-f]+", " at 0x…", text))
        lines = [line.rstrip() for line in text.strip().splitlines() if line.strip()]
        return lines if len(lines) <= LONGEST else [*lines[:LONGEST], f"… and {len(lines) - LONGEST} lines more"]
    return ["(compiles, or fails only when it is called)"]


def main():
    path = sys.argv[1]
    page = open(path).read()

    def fill(match):
        return f"{match[1]}```numba\n" + "\n".join(message(match[2])) + "\n```\n"

    page = re.sub(r"(```py\n(.*?)```\n```error\n.*?```\n)```numba\n.*?```\n", fill, page, flags=re.S)
    page = re.sub(r"what Numba [0-9.]* ?prints", f"what Numba {numba.__version__} prints", page)
    open(path, "w").write(page)


if __name__ == "__main__":
    main()
