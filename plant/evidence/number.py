"""Given numbers: what a measurement, a book or another program says that our physics should give.

One TOML table per topic, read by tests and by the validation page. A row says what is given, in which unit, who
established it, how near it must be met (``tolerance`` relative, ``tolerance_abs`` in the row's unit, or ``at_most``
where the given is a bound), and which function gives ours: ``call`` names it, ``args`` are SI numbers, words, or
a value with its unit, such as ``"500 psi"``. A row that we do not meet stays, with the reason under ``fails``.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from plant.asset.table import Table
from plant.error import Unknown
from plant.unit import UNITS, Unit

FOLDER = Path(__file__).parent / "numbers"
GRADES = {
    "M": "measured",
    "C": "output of a commercial simulator",
    "T": "worked example of a textbook",
    "R": "regression value of an open library",
    "I": "recomputed from the published formula",
}


@dataclass(frozen=True)
class Number:
    """One given number, and the call that gives ours."""

    name: str
    source: str
    grade: str  # one of GRADES
    given: float
    unit: Unit
    tolerance: float
    tolerance_abs: float
    at_most: bool
    call: str
    args: Mapping[str, Any]
    fails: str  # why we do not meet it; empty where we do

    def ours(self) -> float:
        """What our function gives, in the row's unit."""
        module, _, function = self.call.rpartition(".")
        result = getattr(importlib.import_module(module), function)(**{k: _si(v) for k, v in self.args.items()})
        return float(self.unit.from_si(result))

    @property
    def allowed(self) -> float:
        """Greatest difference from the given, in the row's unit."""
        return max(self.tolerance * abs(self.given), self.tolerance_abs)

    def is_met(self, ours: float) -> bool:
        """Whether ``ours`` is as near as the row asks."""
        return ours <= self.given if self.at_most else abs(ours - self.given) <= self.allowed


@dataclass(frozen=True)
class Topic:
    """The numbers of one file."""

    name: str
    title: str
    note: str
    is_calibrated: bool  # the plant was fitted to these: they are no evidence, and are counted apart
    numbers: tuple[Number, ...]

    def number(self, name: str) -> Number:
        """The number of that name. Raises :class:`Unknown` where there is none."""
        for number in self.numbers:
            if number.name == name:
                return number
        raise Unknown(f"number on {self.title}", name)


@cache
def topics() -> dict[str, Topic]:
    """Every topic by its file's name. Raises :class:`ConfigError` with every mistake of a file."""
    return {path.stem: _topic(path) for path in sorted(FOLDER.glob("*.toml"))}


def _topic(path: Path) -> Topic:
    file = Table.load(path)
    numbers = tuple(_number(row) for row in file.tables("number"))
    topic = Topic(path.stem, file.text("title"), file.text("note", ""), file.boolean("is_calibrated", False), numbers)
    file.no_others()
    file.finish()
    return topic


def _number(row: Table) -> Number:
    unit = row.text("unit", "1", choices=tuple(UNITS))
    number = Number(
        row.text("name"), row.text("source"), row.text("grade", choices=tuple(GRADES)), row.number("given"),
        UNITS.get(unit, UNITS["1"]), row.number("tolerance", default=0.0, low=0.0),
        row.number("tolerance_abs", default=0.0, low=0.0), row.boolean("at_most", False),
        row.text("call"), row.mapping("args", {}), row.text("fails", ""),
    )  # fmt: skip
    if not (number.at_most or number.tolerance or number.tolerance_abs):
        row.mistake("tolerance", None, "is missing, and the row is no bound (at_most)")
    row.no_others()
    return number


def _si(value: Any) -> Any:
    """An argument as written in a row, in SI; a word that is no quantity stays."""
    number, _, unit = value.partition(" ") if isinstance(value, str) else (value, "", "")
    return UNITS[unit].to_si(float(number)) if unit in UNITS else value
