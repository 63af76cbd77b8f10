"""Signals: what can be known or set of each type of asset, one row each, in ``signals.toml``.

A signal is the last part of a tag (``Frequency`` of ``Well.CACB27A-P1.Frequency``). Its row says what
quantity it is, in which unit people see it, over which span it is believable, and whether it is
measured, set, commanded, a state, or estimated by the twin. A name may have a path (``Twin.Flow``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plant.asset.table import Table
from plant.unit import UNITS, Unit

UNKNOWN = "Unknown"  # the state of an enumeration of which nothing is known now
KINDS = ("measurement", "setpoint", "command", "state", "estimate")


@dataclass(frozen=True)
class Signal:
    """One row of the signal table. ``low``, ``high`` and ``rate`` are SI."""

    asset_type: str
    name: str
    kind: str  # one of KINDS
    unit: Unit
    low: float
    high: float
    rate: float | None = None  # fastest change of a setpoint that the guard lets through [SI/s]
    states: Mapping[int, str] | None = None  # names of the numbers of an enumeration
    inhibited_by: str | None = None  # signal of the same asset that says what keeps a device from taking a command
    confirmed_by: str | None = None  # signal of the same asset that shows a write's effect …
    confirms: tuple[float, ...] = ()  # … and the values, any of which does; empty = the written one

    @property
    def is_writable(self) -> bool:
        """Whether the command path may write it."""
        return self.kind in ("setpoint", "command")


@cache
def signals() -> dict[tuple[str, str], Signal]:
    """The signal table, by asset type and signal name."""
    file = Table.load(Path(__file__).with_name("signals.toml"))
    rows = {
        (asset_type, name): _signal(asset_type, name, row)
        for asset_type, of_type in file.named_tables()
        for name, row in of_type.named_tables()
    }
    file.finish()
    return rows


def _signal(asset_type: str, name: str, row: Table) -> Signal:
    unit = UNITS[row.text("unit", choices=tuple(UNITS)) or "1"]
    span = row.numbers("span")
    low, high = (unit.to_si(x) for x in span) if len(span) == 2 else (0.0, 0.0)
    states = {int(number): text for number, text in row.mapping("states", {}).items()} or None
    confirmed_by = row.text("confirmed_by", "") or None
    rate = row.number("rate", default=None)
    signal = Signal(
        asset_type, name, row.text("kind", choices=KINDS), unit, low, high,
        None if rate is None else unit.delta_to_si(rate),
        states, row.text("inhibited_by", "") or None, confirmed_by, tuple(row.numbers("confirms", default=())),
    )  # fmt: skip
    if not low < high:
        row.mistake("span", list(span), "must be two rising numbers")
    row.no_others()
    return signal
