"""Machine code that is kept between processes.

A file holds a digest and then the code. It is named after what the code was made of and for, so that nothing has to be brought up to date. It is written
under another name first and renamed, so that no reader finds a part of it; whatever cannot be read, or does not fit its digest, is made again.
"""

import hashlib
import os
import pathlib
import platform
import sys
import tempfile


def folder():
    """``NOPYTHON_CACHE_DIR``, or where programs of this system keep what they can make again."""
    if chosen := os.environ.get("NOPYTHON_CACHE_DIR"):
        return pathlib.Path(chosen)
    if sys.platform == "win32":
        return pathlib.Path(os.environ.get("LOCALAPPDATA") or pathlib.Path.home() / "AppData/Local") / "nopython"
    if sys.platform == "darwin":
        return pathlib.Path.home() / "Library/Caches/nopython"
    return pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "nopython"


def _path(about, wasm):
    made_of = hashlib.sha256(f"{about}\n{platform.machine()}\n{sys.platform}\n".encode() + wasm)
    return folder() / f"{made_of.hexdigest()}.code"


def _is_own(path):
    """Whether nobody else can have written a file: what it holds is run."""
    if not hasattr(os, "getuid"):
        return True
    about, around = path.stat(), path.parent.stat()
    return all(one.st_uid in (os.getuid(), 0) and not one.st_mode & 0o022 for one in (about, around))


def read(about, wasm):
    """The code for a module, or ``None``. ``about`` tells for which engine."""
    try:
        path = _path(about, wasm)
        if not _is_own(path):
            return None
        data = path.read_bytes()
    except (OSError, RuntimeError):
        return None
    digest, code = data[:32], data[32:]
    return code if hashlib.sha256(code).digest() == digest else None


def write(about, wasm, code):
    """Keeps the code for a module; where that cannot be, it is made again the next time."""
    try:
        path = _path(about, wasm)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(code).digest() + code)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except (OSError, RuntimeError):
        pass
