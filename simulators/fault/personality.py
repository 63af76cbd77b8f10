"""Personalities: bad manners that a device has from the start, as sets of faults of the one table.

A bench gives one to a device (``personality = "small buffer"``), and so does a request while the field runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from plant.asset.table import Table
from plant.error import ConfigError, Mistake
from simulators.fault.order import Order, read_start
from simulators.fault.target import Targets

FILE = Path(__file__).with_name("personalities.toml")
NONE = "sound"  # the name of having none


@dataclass(frozen=True)
class Personality:
    """One of them. ``faults`` are as requests have them, without their target."""

    name: str
    says: Mapping[str, str]  # by language
    faults: tuple[Mapping[str, Any], ...]

    def orders(self, device: str, targets: Targets) -> list[Order]:
        """What makes a device so. Raises :class:`ConfigError` where its protocol shows nothing of it."""
        orders: list[Order] = []
        wrong: list[Mistake] = []
        for fault in self.faults:
            row = Table({**fault, "on": device}, f"personality[{self.name}]")
            found = read_start(row, targets)
            row.no_others()
            wrong += row.mistakes
            orders += [] if row.mistakes else found
        if not orders:
            raise ConfigError(wrong)
        return orders


@cache
def personalities(path: Path = FILE) -> Mapping[str, Personality]:
    """All there are, by name. Raises :class:`ConfigError` with every mistake in their file."""
    file = Table.load(path)
    found = [_read(row) for row in file.tables("personality")]
    file.no_others()
    file.finish()
    return {one.name: one for one in found}


def _read(row: Table) -> Personality:
    says = {"en": row.text("en"), "es": row.text("es")}
    read = Personality(row.text("name"), says, tuple(fault.data for fault in row.tables("faults")))
    row.no_others()
    return read


def mistakes(name: str, device: str, targets: Targets, file: str) -> list[Mistake]:
    """Why a device cannot have this personality, if anything keeps it from that; the empty name is none."""
    key = f"device[{device}].personality"
    if name in ("", NONE):
        return []
    if name not in personalities():
        return [Mistake(file, key, name, f"must be one of {', '.join((NONE, *personalities()))}")]
    try:
        personalities()[name].orders(device, targets)
    except ConfigError as error:
        return [Mistake(file, key, name, error.mistakes[0].rule)]
    return []
