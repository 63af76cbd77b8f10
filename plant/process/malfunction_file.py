"""The table of malfunctions: what can go wrong with a field's assets, one row each, in ``malfunctions.toml``.

A malfunction moves parameters of an asset and nothing else: what instruments then show follows from the
physics. Its row says which, and how far at full severity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plant.asset.table import Table

FILE = Path(__file__).with_name("malfunctions.toml")

ASSET_TYPES = (
    "Well", "GasLiftWell", "NaturalWell", "Injector", "Manifold", "Separator", "Tank", "Riser", "Heater", "Compressor",
    "Flare", "InjectionPump", "Generator", "Field",
)  # fmt: skip
FIELD = "Field"  # the asset of malfunctions that befall the field as a whole
GROUPS = (
    "reservoir", "well", "pump", "motor", "electric", "surface", "line", "separator", "tank", "heater", "compressor",
    "flare", "injection", "power",
)  # fmt: skip
HOW = ("scale", "add", "set", "switch")


@dataclass(frozen=True)
class Move:
    """What a malfunction does to one parameter, in SI.

    ``scale`` multiplies by ``to`` to the power of the severity, ``add`` adds ``to`` times the severity, ``set``
    goes that share of the way from where the parameter is to ``to``, and ``switch`` sets it beyond half severity.
    With a ``period`` the cause itself comes in slugs, as sand does: the severity swells and is gone once in each.
    """

    parameter: str  # by its name in plant.process.parameter_table, such as "oil_valve.leak"
    how: str
    to: float
    period: float = 0.0  # [s]; 0: all the time


@dataclass(frozen=True)
class Malfunction:
    """One row of the table, for one type of asset."""

    name: str
    asset_type: str
    group: str
    title: Mapping[str, str]  # its name by language
    cause: Mapping[str, str]  # what has happened physically, by language
    ramp: float  # time in which it comes to its severity, where nobody says another [s]
    moves: tuple[Move, ...]
    signature: int | None = None  # number of the row in the table of signatures that it must show


@cache
def malfunctions() -> Mapping[tuple[str, str], Malfunction]:
    """The table, by type of asset and name. Raises :class:`ConfigError` with every mistake in it."""
    return load_malfunctions(FILE)


def load_malfunctions(path: Path) -> dict[tuple[str, str], Malfunction]:
    """The table in a file. Raises :class:`ConfigError` with every mistake in it."""
    file = Table.load(path)
    found: dict[tuple[str, str], Malfunction] = {}
    for row in file.tables("malfunction"):
        for one in _read(row):
            if (one.asset_type, one.name) in found:
                row.mistake("name", one.name, f"is given twice for {one.asset_type}")
            found[one.asset_type, one.name] = one
    file.no_others()
    file.finish()
    return found


def _read(row: Table) -> list[Malfunction]:
    """A row, once for each type of asset that it may befall."""
    name, group = row.text("name"), row.text("group", choices=GROUPS)
    title, cause = read_wording(row)
    types = row.texts("assets")
    for wrong in set(types) - set(ASSET_TYPES):
        row.mistake("assets", wrong, f"must be of {', '.join(ASSET_TYPES)}")
    ramp, signature = row.number("ramp", "time", 0.0, low=0.0), row.integer("signature", None)
    moves = tuple(map(_move, row.tables("moves")))
    if not moves:
        row.mistake("moves", None, "must have at least one")
    row.no_others()
    return [Malfunction(name, kind, group, title, cause, ramp, moves, signature) for kind in types]


def read_wording(row: Table) -> tuple[dict[str, str], dict[str, str]]:
    """Name and cause of a row, in English as it stands there and in Spanish from its table ``es``."""
    title, cause, spanish = row.text("name"), row.text("cause"), row.table("es")
    found = {"en": title, "es": spanish.text("name")}, {"en": cause, "es": spanish.text("cause")}
    spanish.no_others()
    return found


def _move(row: Table) -> Move:
    how = row.text("how", choices=HOW)
    move = Move(row.text("parameter"), how, row.number("to"), row.number("period", "time", 0.0, low=0.0))
    if how == "scale" and move.to <= 0.0:
        row.mistake("to", move.to, "must be positive: it multiplies")
    row.no_others()
    return move
