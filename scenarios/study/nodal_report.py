"""A nodal analysis told as plain data, in the units that were asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from plant.unit import UNITS, Unit
from scenarios.study.nodal import Case, Point
from scenarios.study.vary import Varied

OWN = {  # unit of each column where none is asked for
    "rate": "m3_d", "pumped": "m3_d", "bottomhole": "MPag", "inflow": "MPag", "outflow": "MPag", "intake": "MPag",
    "discharge": "MPag", "lift": "MPa", "current": "A", "power": "kW",
}  # fmt: skip


def as_json(well: str, varied: Sequence[Varied], cases: Sequence[Case], asked: Mapping[str, Unit]) -> dict[str, Any]:
    """Curves as lists of the same length, null where there is none, and the operating points of each case."""
    units = {key: _unit(key, asked) for key in OWN}
    return {
        "well": well,
        "units": {key: unit.symbol for key, unit in units.items()},
        "cases": [_case(case, varied, units) for case in cases],
    }


def _unit(key: str, asked: Mapping[str, Unit]) -> Unit:
    own = UNITS[OWN[key]]
    unit = asked.get(own.quantity, own)
    if key == "lift":  # a difference has no zero
        return replace(unit, offset=0.0, symbol=unit.symbol.removesuffix("(g)"))
    return unit


def _case(case: Case, varied: Sequence[Varied], units: Mapping[str, Unit]) -> dict[str, Any]:
    columns = {"rate": case.q, "inflow": case.inflow, "outflow": case.outflow, "pumped": case.pumped, "lift": case.lift}
    shown = {
        key: [None if value != value else value for value in units[key].from_si(column).tolist()]
        for key, column in columns.items()
    }
    values = [(one.variable, case.values[one.variable.row]) for one in varied]
    said = [{"name": v.name, "value": round(v.unit.from_si(x), 9), "unit": v.unit.symbol} for v, x in values]
    return {"varied": said, **shown, "points": [_point(point, units) for point in case.points]}


def _point(point: Point, units: Mapping[str, Unit]) -> dict[str, Any]:
    values = asdict(point) | {"lift": point.discharge - point.intake}
    stable = values.pop("is_stable")
    return {"stable": stable} | {key: units[key].from_si(value) for key, value in values.items()}
