"""Each driver's file of promises: every one is kept, and shown by a test that there is, or exempt with a reason."""

import ast
import tomllib
from pathlib import Path

import pytest

import control.acquisition

FOLDER = Path(control.acquisition.__file__).parent / "promises"
TESTS = Path(__file__).parent
FILES = sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != "all")


def read(name: str) -> dict:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def named_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize("driver", FILES)
def test_a_driver_speaks_of_every_promise_and_of_no_other(driver):
    assert set(read(driver)) == set(read("all"))


@pytest.mark.parametrize(("driver", "promise"), [(driver, promise) for driver in FILES for promise in read(driver)])
def test_a_promise_is_shown_by_tests_or_exempt_with_a_reason(driver, promise):
    kept = read(driver)[promise]
    if isinstance(kept, dict):
        assert len(kept["exempt"].split()) > 3
        return
    assert kept
    for name in kept:
        file, _, test = name.partition("::")
        assert test in named_in(TESTS / file)


def test_modbus_has_its_promises():
    assert "modbus" in FILES
