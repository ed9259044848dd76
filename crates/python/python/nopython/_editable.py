"""The compiler for browsers, which travels with figures whose source may be edited."""

import functools
import pathlib

from nopython._packed import UNPACK, encoded

#: The name of the script with the compiler that several pages share.
SHARED = "nopython-compiler.js"

_PATH = pathlib.Path(__file__).with_name("compiler.wasm.deflate")


@functools.cache
def compiler():
    """A statement of JavaScript that gives a page the compiler, once; nothing is unpacked before a reader edits.

    Raises ``FileNotFoundError`` where the package was built without it.
    """
    try:
        data = _PATH.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(
            "a figure that readers edit carries the compiler for browsers, and this build of nopython has none: "
            "in a checkout, `cargo xtask compiler` puts it there"
        ) from None
    return f'globalThis.nopythonCompiler??=()=>({UNPACK})("{encoded(data)}");'
