"""Moments: states of a simulated field kept by name, to go back to.

A trainer saves where a drill is to begin, and returns there as often as is wanted. What was kept of another field file
cannot be gone back to, and says so.
"""

from __future__ import annotations

import re
from pathlib import Path

from plant.asset.field import Field
from plant.asset.table import Table
from plant.error import ConfigError, Mistake
from plant.process.array_file import Arrays
from simulators.field import SimulatedField
from simulators.state import read_state, write_state

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class Moments:
    """A folder of them, a file each."""

    def __init__(self, folder: Path, field: Field, seed: int):
        self._folder, self._field, self.seed = folder, field, seed

    def names(self) -> list[str]:
        """Of all that are kept."""
        return sorted(path.stem for path in self._folder.glob("*.npz"))

    def save(self, name: str, field: SimulatedField) -> None:
        """Keep the field as it is now; another moment of that name gives way. Raises ``OSError``."""
        write_state(self._file(name), field, self.seed)

    def read(self, name: str) -> Arrays:
        """What was kept. Raises :class:`ConfigError` where it is unknown, damaged or another field's."""
        arrays = read_state(self._file(name), self._field, self.seed)
        if arrays is None:
            rule = f"must be one of {', '.join(self.names())}" if self.names() else "is not kept: nothing was saved yet"
            raise ConfigError([Mistake("request", "name", name, rule)])
        return arrays

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.npz"


def read_name(table: Table) -> str:
    """``name`` of a request. What cannot be one is a mistake of the table."""
    name = table.text("name")
    if name and not NAME.fullmatch(name):
        table.mistake("name", name, "must be letters without accents, digits, - and _, at most 64")
    table.no_others()
    table.finish()
    return name
