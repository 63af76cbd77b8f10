"""The one fault table: the plant's malfunctions, and what can go wrong with instruments, drives, devices and links.

Stories, the control channel, command line and API read it, so that a fault has one name everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from plant.asset.signal import signals
from plant.asset.table import Table
from plant.process.malfunction_file import ASSET_TYPES, GROUPS, Malfunction, malfunctions, read_wording
from plant.unit import UNITS
from simulators.fault.row import DEVICE, DIFFERENCE, INSTRUMENT, LINK, READING, Fault, Parameter

FILE = Path(__file__).with_name("faults.toml")
ACTED_ON = (*ASSET_TYPES, INSTRUMENT, DEVICE, LINK)
QUANTITIES = (*dict.fromkeys(unit.quantity for unit in UNITS.values()), READING, DIFFERENCE)


@cache
def faults() -> Mapping[tuple[str, str], Fault]:
    """The table, by what a fault acts on and its name. Raises :class:`ConfigError` with every mistake in it."""
    return {key: _of_plant(row) for key, row in malfunctions().items()} | load_faults(FILE)


@cache
def names() -> tuple[str, ...]:
    """Every name, once."""
    return tuple(dict.fromkeys(name for _, name in faults()))


def called(name: str) -> tuple[Fault, ...]:
    """The rows of that name: one for each kind of thing that it can befall."""
    return tuple(fault for fault in faults().values() if fault.name == name)


def load_faults(path: Path) -> dict[tuple[str, str], Fault]:
    """The rows in a file. Raises :class:`ConfigError` with every mistake in it."""
    file = Table.load(path)
    found: dict[tuple[str, str], Fault] = {}
    for row in file.tables("fault"):
        for one in _read(row):
            if (one.acts_on, one.name) in malfunctions().keys() | found.keys():
                row.mistake("name", one.name, f"is given twice for {one.acts_on}")
            found[one.acts_on, one.name] = one
    file.no_others()
    file.finish()
    return found


def _of_plant(row: Malfunction) -> Fault:
    return Fault(
        row.name, row.asset_type, row.group, row.title, row.cause, ramp=row.ramp, signature=row.signature,
        malfunction=row,
    )  # fmt: skip


def _read(row: Table) -> Iterator[Fault]:
    """A row, once for each kind of thing that it may befall."""
    title, cause = read_wording(row)
    group = row.text("group", choices=(*GROUPS, "instrument", "drive", "device", "link"))
    ramp, lasts = row.number("ramp", "time", 0.0, low=0.0), row.number("lasts", "time", None, low=1e-3)
    is_graded, is_momentary = row.boolean("graded", True), row.boolean("momentary", False)
    protocols, signature = row.texts("protocols", ()), row.integer("signature", None)
    own = tuple(map(_parameter, row.tables("parameters", [])))
    kinds = row.texts("acts_on")
    for wrong in set(kinds) - set(ACTED_ON):
        row.mistake("acts_on", wrong, f"must be of {', '.join(ACTED_ON)}")
    row.no_others()
    for kind in kinds:
        yield Fault(
            title["en"], kind, group, title, cause, own, ramp, lasts, is_graded, is_momentary, protocols, signature
        )


def _parameter(row: Table) -> Parameter:
    name, says = row.text("name"), {"en": row.text("en"), "es": row.text("es")}
    is_optional = row.boolean("optional", False)
    states = row.text("states", "")
    if states:
        codes = signals()[tuple(states.split(".", 1))].states or {}  # type: ignore[index]
        words = tuple(text for number, text in codes.items() if number)
        found = Parameter(name, "text", says, default=row.text("default", None), choices=words)
    else:
        of = row.text("of", choices=QUANTITIES)
        low, high = row.number("low", default=-math.inf), row.number("high", default=math.inf)
        found = Parameter(name, of, says, low, high, row.number("default", default=None), is_optional)
    row.no_others()
    return found
