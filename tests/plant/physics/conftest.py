"""Given numbers: one TOML table per topic, with who established each, read by tests and by the validation report.

A row says what is given, in which unit, how near it must be met (``tolerance`` relative, ``tolerance_abs`` in the
row's unit), and where simple which function gives it: ``call`` names it, ``args`` are SI numbers, lists of them, or
a value with its unit, such as ``"500 psi"``. A row without ``call`` is asserted by a test of its own.
A row that we do not meet stays, with the reason under ``fails``, and is reported as a failure.
"""

import importlib
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from plant.asset.unit import UNITS

settings.register_profile("physics", deadline=None)  # what a busy machine takes is no fact about the world
settings.load_profile("physics")

NUMBERS = Path(__file__).parent / "numbers"


def rows(topic: str) -> list[dict[str, Any]]:
    """The given numbers of one topic."""
    return tomllib.loads((NUMBERS / f"{topic}.toml").read_text())["number"]


def row(topic: str, name: str) -> dict[str, Any]:
    """One given number by its name."""
    return next(r for r in rows(topic) if r["name"] == name)


def ours(given: dict[str, Any]) -> float:
    """What our function gives for a row, in the row's unit."""
    module, _, function = given["call"].rpartition(".")
    result = getattr(importlib.import_module(module), function)(**{k: si(v) for k, v in given["args"].items()})
    return float(UNITS[given.get("unit", "1")].from_si(result))


def si(value: Any) -> Any:
    """An argument as written in a row, in SI; a word that is no quantity stays."""
    number, _, unit = value.partition(" ") if isinstance(value, str) else (value, "", "")
    return UNITS[unit].to_si(float(number)) if unit in UNITS else value


def close(given: dict[str, Any]) -> Any:
    """What a row's number may be compared with for equality."""
    return pytest.approx(given["given"], rel=given.get("tolerance", 0.0), abs=given.get("tolerance_abs", 0.0))
