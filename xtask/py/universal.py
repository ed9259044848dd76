"""Makes the wheel for any machine: the Python files of a wheel that maturin has made, and the compiler as WebAssembly in the place of the
extension module.

    universal.py NATIVE.whl FOLDER FILE...

The files go to ``nopython/_portable``. A wheel is a zip archive with a list of its files (PEP 427), which are written here anew.
"""

import base64
import hashlib
import pathlib
import sys
import zipfile

TAG = "py3-none-any"
#: What runs WebAssembly; under Pyodide the browser or Node does.
REQUIRES = 'Requires-Dist: wasmtime>=30; sys_platform != "emscripten"'


def universal(native, folder, files):
    """Writes the wheel to a folder, and gives its path."""
    name, version, *_ = native.name.split("-")
    about = f"{name}-{version}.dist-info"
    target = folder / f"{name}-{version}-{TAG}.whl"
    record = []
    with zipfile.ZipFile(native) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:

        def add(path, data):
            # No time of making it: the same files are the same wheel.
            out.writestr(zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            record.append(f"{path},sha256={digest},{len(data)}")

        for path in source.namelist():
            if path.endswith((".so", ".pyd", ".dylib", "/RECORD")) or "/sboms/" in path:
                continue
            data = source.read(path)
            if path == f"{about}/WHEEL":
                data = f"Wheel-Version: 1.0\nGenerator: nopython\nRoot-Is-Purelib: true\nTag: {TAG}\n".encode()
            elif path == f"{about}/METADATA":
                head, blank, text = data.decode().partition("\n\n")
                data = f"{head}\n{REQUIRES}{blank}{text}".encode()
            add(path, data)
        for file in files:
            add(f"nopython/_portable/{file.name}", file.read_bytes())
        record.append(f"{about}/RECORD,,")
        out.writestr(zipfile.ZipInfo(f"{about}/RECORD", (2020, 1, 1, 0, 0, 0)), "\n".join(record) + "\n", zipfile.ZIP_DEFLATED)
    return target


if __name__ == "__main__":
    native, folder, *files = map(pathlib.Path, sys.argv[1:])
    print(universal(native, folder, files))
