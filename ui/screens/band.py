"""Bands: where a value belongs, and the scale on which it is shown. In the unit that people see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plant.asset.field import Measured, Well
from plant.asset.tag import Tag

ROOM = 0.75  # of the normal band's width, shown below and above it

# What a well was measured at, and how far from that still is normal.
AROUND_TARGET = 0.25
AROUND: dict[str, tuple[str, float]] = {
    "Frequency": ("frequency", 0.08),
    "WellheadPressure": ("wellhead_pressure", 0.25),
    "FlowlinePressure": ("flowline_pressure", 0.25),
    "Current": ("current", 0.25),
}


Limits = Mapping[str, float]  # by kind of alarm, in the unit that people see


@dataclass(frozen=True)
class Band:
    """The normal band, where there is one, and the ends of the scale."""

    normal: tuple[float, float] | None
    low: float
    high: float


def band_of(tag: Tag, well: Well | None, target: float | None, limits: Limits) -> Band:
    """The band of a tag: around its target or what was measured (SI), else between its alarm limits."""
    unit = tag.signal.unit
    low, high = float(unit.from_si(tag.signal.low)), float(unit.from_si(tag.signal.high))
    normal = _around(tag, target, AROUND_TARGET) if well is None or target else _measured(tag, well.measured)
    if normal is None and limits:
        normal = (float(limits.get("low", low)), float(limits.get("high", high)))
    if normal is None:
        return Band(None, low, high)
    room = ROOM * (normal[1] - normal[0])
    return Band(normal, max(low, normal[0] - room), min(high, normal[1] + room))


def _measured(tag: Tag, measured: Measured) -> tuple[float, float] | None:
    name, width = AROUND.get(tag.signal.name, ("", 0.0))
    return _around(tag, getattr(measured, name, None), width)


def _around(tag: Tag, value: float | None, width: float) -> tuple[float, float] | None:
    if value is None:
        return None
    shown = float(tag.signal.unit.from_si(value))
    return shown * (1 - width), shown * (1 + width)
