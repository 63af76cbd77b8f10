"""A TOML table read under supervision: every mistake is noted, and all are reported at once.

Values come out in SI, whatever unit the key carried. A wrong or missing value yields a NaN or an
empty stand-in so that reading goes on; :meth:`Table.finish` then raises one
:class:`~plant.error.ConfigError` with everything that was wrong. A stand-in breaks no rule:
whoever notes a mistake in one is not heard, so that each mistake is told once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from plant.asset.file_number import FileNumber
from plant.asset.toml_file import read_toml
from plant.error import ConfigError, Mistake
from plant.unit import UNITS, Gravity, split_key, units_of

_REQUIRED: Any = object()
MISSING = "is missing"
_NUMERALS = {2: "two", 4: "four"}


class Table:
    """One table of a file. Tables taken from it share its list of mistakes."""

    def __init__(self, data: dict[str, Any], file: str, where: str = "", mistakes: list[Mistake] | None = None):
        self.data, self.file, self.where = data, file, where
        self.mistakes: list[Mistake] = [] if mistakes is None else mistakes
        self._is_stand_in = False
        self._read: set[str] = set()
        self._suspects: dict[str, tuple[str, str]] = {}  # key that begins as a number's that is not there → that
        self._readings: dict[str, FileNumber | None] = {}  # None: a stand-in was given for it
        self._children: dict[str, Table] = {}

    @classmethod
    def load(cls, path: Path) -> Table:
        """Read a file; an absent or unparsable one is itself a :class:`ConfigError`."""
        return cls(read_toml(path), str(path))

    def mistake(self, key: str, value: object, rule: str) -> None:
        """Note that ``key`` of this table breaks ``rule``; not where a stand-in is all there is to break it."""
        if not self._is_stand_in and self._readings.get(key, key) is not None:
            self.mistakes.append(Mistake(self.file, f"{self.where}{key}", value, rule))

    def doubt(self, name: str, low: float, high: float, why: str) -> bool:
        """Whether the number read as ``name``, or ``table.name``, lies outside ``low`` … ``high`` [SI].

        If so it is noted in the words of the file, and counts as a stand-in from there on.
        """
        where, _, own = name.rpartition(".")
        table = self._children.get(where) if where else self
        reading = table._readings.get(own) if table else None
        rule = reading.doubt(low, high) if reading else ""
        if table and reading and rule:
            table._refuse(own, reading.value, f"{why}; {rule}", reading.key)
        return bool(rule)

    def finish(self) -> None:
        """Raise everything noted so far, if anything."""
        if self.mistakes:
            raise ConfigError(self.mistakes)

    def number(
        self, name: str, quantity: str = "number", default: Any = _REQUIRED,
        low: float = -math.inf, high: float = math.inf,
    ) -> float:  # fmt: skip
        """A number in SI, from ``name`` or ``name_<unit>``, within ``low`` … ``high`` (SI, inclusive)."""
        key = self._key_of(name, quantity)
        if key is None:
            return self._absent(name, default, math.nan, quantity)
        return self._in_si(name, FileNumber(key, self.data[key], quantity, low, high))

    def difference(
        self, name: str, quantity: str = "number", default: Any = _REQUIRED, low: float = 0.0, high: float = math.inf
    ) -> float:
        """A difference of two such numbers in SI, such as a deadband: 1 degC is 1 K of it, 1 psig is 1 psi."""
        key = self._key_of(name, quantity)
        if key is None:
            return self._absent(name, default, math.nan, quantity)
        unit = split_key(key)[1] or UNITS["1"]
        if isinstance(unit, Gravity):
            return self._refused(name, key, f"a difference has no worth in {unit.symbol}")
        offset = unit.offset
        return self._in_si(name, FileNumber(key, self.data[key], quantity, low + offset, high + offset)) - offset

    def numbers(
        self, name: str, quantity: str = "number", default: Any = _REQUIRED,
        low: float = -math.inf, high: float = math.inf,
    ) -> tuple[float, ...]:  # fmt: skip
        """A list of numbers in SI."""
        key = self._key_of(name, quantity)
        if key is None:
            return self._absent(name, default, (), quantity)
        values = self.data[key]
        if not isinstance(values, list) or not values:
            self.mistake(key, values, "must be a list of numbers")
            return ()
        readings = [FileNumber(key, value, quantity, low, high) for value in values]
        wrong = [(reading.value, rule) for reading in readings if (rule := _refusal(reading))]
        if wrong:
            others = f"; so must {len(wrong) - 1} others of the list" if len(wrong) > 1 else ""
            self.mistake(key, wrong[0][0], f"{wrong[0][1]}{others}")
        return tuple(math.nan if wrong else reading.si for reading in readings)

    def columns(
        self, rows: str, least: int, *wanted: tuple[str, str, float, float]
    ) -> tuple[tuple[float, ...], ...]:  # fmt: skip
        """Lists of numbers that stand beside each other in ``least`` or more ``rows``: name, quantity, low, high each.

        All are empty where one of them was refused, or where they differ in length.
        """
        lists = [self.numbers(name, quantity, low=low, high=high) for name, quantity, low, high in wanted]
        lengths = {len(column) for column in lists}
        is_refused = any(not column or math.isnan(column[0]) for column in lists)
        if not is_refused and (len(lengths) > 1 or min(lengths) < least):
            counts = ", ".join(f"{len(column)} of {row[0]}" for row, column in zip(wanted, lists, strict=True))
            told = f"must be {_NUMERALS[least]} or more {rows}, each with all its columns; there are {counts}"
            self.mistakes.append(Mistake(self.file, self.where.removesuffix("."), None, told))
            is_refused = True
        return tuple(() for _ in lists) if is_refused else tuple(lists)

    def text(self, name: str, default: Any = _REQUIRED, choices: Sequence[str] = ()) -> str:
        """A text, one of ``choices`` where any are given; not an empty one unless there is a default."""
        value = self._plain(name, str, "a text", default, "")
        if value == "" and default is _REQUIRED:
            self._refuse(name, value, "must not be empty")
        if choices and name in self.data and isinstance(self.data[name], str) and value not in choices:
            self.mistake(name, value, f"must be one of {', '.join(choices)}")
        return value

    def texts(self, name: str, default: Any = _REQUIRED) -> tuple[str, ...]:
        """A list of texts."""
        values = self._plain(name, list, "a list of texts", default, [])
        if not all(isinstance(value, str) for value in values):
            self.mistake(name, values, "must be a list of texts")
            return ()
        return tuple(values)

    def integer(self, name: str, default: Any = _REQUIRED, low: float = -math.inf, high: float = math.inf) -> int:
        """A whole number within ``low`` … ``high``."""
        value = self._plain(name, int, "a whole number", default, 0)
        if name in self.data and not low <= value <= high:
            self._refuse(name, value, f"must be between {low:g} and {high:g}")
        return value

    def boolean(self, name: str, default: Any = _REQUIRED) -> bool:
        """True or false."""
        return self._plain(name, bool, "true or false", default, False)

    def table(self, name: str, default: Any = _REQUIRED) -> Table:
        """A table within this one."""
        data = self._plain(name, dict, "a table", default, {})
        return self._child(data, name, self._readings.get(name, name) is None)

    def tables(self, name: str, default: Any = _REQUIRED) -> list[Table]:
        """A list of tables; in messages each goes by its ``name`` or ``code`` where it has one."""
        rows = self._plain(name, list, "a list of tables", default, [])
        if not all(isinstance(row, dict) for row in rows):
            self.mistake(name, None, "must be a list of tables")
            return []
        return [self._child(row, f"{name}[{_label(row, i)}]") for i, row in enumerate(rows)]

    def named_tables(self, name: str | None = None) -> Iterator[tuple[str, Table]]:
        """Every table within ``name`` (or within this one), with its key."""
        source = self if name is None else self.table(name)
        for key, value in source.data.items():
            source._read.add(key)
            if isinstance(value, dict):
                yield key, source._child(value, key)
            else:
                source.mistake(key, value, "must be a table")

    def mapping(self, name: str, default: Any = _REQUIRED) -> dict[str, Any]:
        """A table of plain values, as it stands."""
        return dict(self._plain(name, dict, "a table", default, {}))

    def no_others(self) -> None:
        """Note every key that nobody asked for: a misspelt key must not pass in silence."""
        for key in self.data:
            if key in self._read:
                continue
            if key in self._suspects:
                self._not_its_unit(key, *self._suspects[key])
            else:
                self.mistake(key, None, "is not a key of this table")

    def _not_its_unit(self, key: str, name: str, quantity: str) -> None:
        """Say of a number that it has an unknown unit, in place of saying that it is missing."""
        missing = Mistake(self.file, f"{self.where}{name}", None, MISSING)
        if missing in self.mistakes:
            self.mistakes.remove(missing)
        self.mistake(key, self.data[key], _no_unit(key.removeprefix(f"{name}_"), quantity))

    def leave(self, name: str) -> None:
        """Take ``name`` as asked for, where what it means hangs on something that was refused."""
        self._read.update(key for key in self.data if name in (key, split_key(key)[0]))

    def _child(self, data: dict[str, Any], name: str, is_stand_in: bool = False) -> Table:
        child = self._children[name] = Table(data, self.file, f"{self.where}{name}.", self.mistakes)
        child._is_stand_in = self._is_stand_in or is_stand_in
        return child

    def _refused(self, name: str, key: str, rule: str) -> float:
        self._refuse(name, self.data[key], rule, key)
        return math.nan

    def _refuse(self, name: str, value: object, rule: str, key: str | None = None) -> None:
        """Note a mistake in what stands under ``name``, of which a stand-in remains."""
        self.mistake(key or name, value, rule)
        self._readings[name] = None

    def _key_of(self, name: str, quantity: str) -> str | None:
        found = None
        for key in self.data:
            stem, unit = (key, None) if key == name else split_key(key)
            if stem != name:
                continue
            self._read.add(key)
            if unit is not None and unit.quantity != quantity:
                self._refuse(name, self.data[key], _no_unit(unit.symbol or unit.key, quantity), key)
            elif found is not None:
                self.mistake(key, self.data[key], f"says again what {found} says")
            else:
                found = key
        return found

    def _in_si(self, name: str, reading: FileNumber) -> float:
        rule = _refusal(reading)
        if rule:
            return self._refused(name, reading.key, rule)
        self._readings[name] = reading
        return reading.si

    def _plain(self, name: str, kind: type, called: str, default: Any, stand_in: Any) -> Any:
        self._read.add(name)
        if name not in self.data:
            return self._absent(name, default, stand_in)
        value = self.data[name]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self._refuse(name, value, f"must be {called}")
            return stand_in
        return value

    def _absent(self, name: str, default: Any, stand_in: Any, quantity: str = "") -> Any:
        if quantity:
            self._suspects |= {key: (name, quantity) for key in self.data if key.startswith(f"{name}_")}
        if default is _REQUIRED:
            self._refuse(name, None, MISSING)
            return stand_in
        return default


def _label(row: dict[str, Any], index: int) -> str:
    return str(row.get("name") or row.get("code") or row.get("signal") or index)


def _no_unit(told: str, quantity: str) -> str:
    understood = ", ".join(unit.key for unit in units_of(quantity))
    return f"{told} is no unit of {quantity}; " + (f"understood are {understood}" if understood else "it has none")


def _refusal(reading: FileNumber) -> str:
    value: object = reading.value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return "must be a finite number"
    return reading.doubt()
