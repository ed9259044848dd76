"""The stubs name what there is, with the same parameters."""

import ast
import importlib
import inspect
import pathlib

import pytest

import nopython

FOLDER = pathlib.Path(nopython.__file__).parent
STUBS = sorted(FOLDER.glob("*.pyi"))


def module_of(stub):
    return nopython if stub.stem == "__init__" else importlib.import_module(f"nopython.{stub.stem}")


def stubbed(stub):
    """The names that a stub gives, with their definitions."""
    names = {}
    for node in ast.parse(stub.read_text()).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names[node.name] = node
        elif isinstance(node, ast.AnnAssign):
            names[node.target.id] = node
        elif isinstance(node, ast.Assign):
            names[node.targets[0].id] = node
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nopython"):
            names.update({alias.asname or alias.name: node for alias in node.names})
    return {name: node for name, node in names.items() if not name.startswith("_") or name.startswith("__")}


def test_there_are_stubs():
    assert [stub.name for stub in STUBS] == ["__init__.pyi", "_engine.pyi", "types.pyi"]
    assert (FOLDER / "py.typed").exists()


@pytest.mark.parametrize("stub", STUBS, ids=lambda stub: stub.name)
def test_everything_is_named(stub):
    module, names = module_of(stub), stubbed(stub)
    public = getattr(module, "__all__", None) or [name for name in dir(module) if not name.startswith("_")]
    assert set(public) <= set(names)
    # A stub may import what its own annotations need.
    missing = [name for name, node in names.items() if not isinstance(node, ast.ImportFrom) and not hasattr(module, name)]
    assert not missing


@pytest.mark.parametrize("stub", STUBS, ids=lambda stub: stub.name)
def test_parameters_agree(stub):
    assert agreeing(module_of(stub), stub) > 3


@pytest.mark.parametrize("engine", ["_native", "_portable"])
def test_both_engines_are_what_one_stub_says(engine):
    module, stub = pytest.importorskip(f"nopython.{engine}"), FOLDER / "_engine.pyi"
    missing = [name for name in stubbed(stub) if name not in ("portable", "Origin") and not hasattr(module, name)]
    assert not missing and agreeing(module, stub) > 20


def agreeing(module, stub):
    """Asserts that functions have the parameters that a stub says, and gives how many there are."""
    checked = 0
    for name, node in stubbed(stub).items():
        owners = [(module, node)] if isinstance(node, ast.FunctionDef) else []
        if isinstance(node, ast.ClassDef) and name != "prange":
            owners = [(getattr(module, name), part) for part in node.body if isinstance(part, ast.FunctionDef)]
        for owner, function in owners:
            real = getattr(owner, function.name)
            if not callable(real) or function.name in ("__init__", "__call__"):
                continue
            arguments = function.args
            want = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
            want += [arguments.vararg.arg] if arguments.vararg else []
            want += [a.arg for a in arguments.kwonlyargs] + ([arguments.kwarg.arg] if arguments.kwarg else [])
            assert list(inspect.signature(real).parameters) == want, f"{name}.{function.name}"
            checked += 1
    return checked
