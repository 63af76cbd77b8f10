"""A rehearsal of a start: what a field and its bench are made into is made, so that no start fails on what was checked.

:func:`construct` builds what is soon built; :func:`rehearse` builds all of it and lets the field come to rest, which
shows what its numbers give where something was measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from plant.asset.bench import Bench
from plant.asset.field import Field
from plant.error import ConfigError, GemeloError, Mistake
from plant.process.esp.parameter import well_parameters
from plant.process.facility.flowline import flowline_parameters
from plant.process.facility.station import Station
from plant.process.field import FieldProcess
from plant.process.gas_lift import GasLiftWells
from plant.process.natural_flow import NaturalWells
from plant.process.settled import settled_field
from plant.unit import IN_KEYS, Unit
from simulators.field import SimulatedField
from twin.estimator import Estimator


@dataclass(frozen=True)
class Told:
    """A number that was measured, and how far what the file's own numbers give may stray from it."""

    name: str
    signal: str
    units: str  # in which both are told
    share: float = 0.0  # of the measured …
    least: float = 0.0  # … but so much at least [SI]


TOLD = (
    Told("rate", "Flow", "m3_d", 0.05, 0.5 / 86_400.0),
    Told("wellhead_pressure", "WellheadPressure", "MPag", 0.05),
    Told("flowline_pressure", "FlowlinePressure", "MPag", 0.05),
    Told("casing_pressure", "CasingPressure", "MPag", 0.10),
    Told("wellhead_temperature", "WellheadTemperature", "degC", 0.0, 5.0),
    Told("current", "Current", "A", 0.10),
)
PARTS: tuple[Callable[[Field], Any], ...] = (  # all that takes no equation that is compiled
    well_parameters, GasLiftWells, NaturalWells, lambda field: Station(field, flowline_parameters(field)), Estimator,
)  # fmt: skip
FLOWING = (("gas_lift_wells", "GasLiftWell"), ("natural_wells", "NaturalWell"), ("injectors", "Injector"))


def construct(field: Field, source: str) -> list[Mistake]:
    """Why plant or twin cannot be made of a field, if anything keeps them from that."""
    return _tried(source, lambda: [make(field) for make in PARTS])


def rehearse(field: Field, source: str, bench: Bench | None = None) -> tuple[list[Mistake], list[str]]:
    """What keeps a field from running on its bench, and where its numbers give what was not measured."""
    plants: list[FieldProcess] = []

    def run() -> None:
        made = settled_field(field, seed=None) if bench is None else SimulatedField(field, bench, seed=None).plant
        plants.append(made)

    mistakes = _tried(source, run)
    if mistakes:
        return mistakes, []
    signals = plants[0].signals
    return list(_astray(field, source, signals)), list(_differing(field, source, signals))


def _tried(source: str, make: Callable[[], Any]) -> list[Mistake]:
    try:
        with np.errstate(all="ignore"):
            make()
    except ConfigError as error:
        return list(error.mistakes)
    except (GemeloError, ArithmeticError, ValueError, LookupError, TypeError) as error:
        return [Mistake(source, "field", None, f"cannot be made to run: {error}")]
    return []


def _astray(field: Field, source: str, signals: dict[str, Any]) -> Iterator[Mistake]:
    """Assets that come to rest at no finite value."""
    for asset in field.assets():
        kind, _, _ = asset.partition(".")
        own = {key: values[field.index(asset)] for key, values in signals.items() if key.startswith(f"{kind}.")}
        wrong = [key.partition(".")[2] for key, value in own.items() if not np.isfinite(value)]
        if wrong:
            yield Mistake(source, asset, None, f"comes to rest nowhere: no finite value of {', '.join(wrong)}")


def _differing(field: Field, source: str, signals: dict[str, Any]) -> Iterator[str]:
    """Of each well, what was measured and what its own numbers give, where the two disagree."""
    for i, well in enumerate(field.wells):
        measured = [told for told in TOLD if well.motor.is_measured or told.name != "wellhead_temperature"]
        yield from _compared(f"{source}: wells[{well.code}].measured", well.measured, measured, "Well", i, signals)
    for key, kind in FLOWING:
        for i, well in enumerate(getattr(field, key)):
            yield from _compared(f"{source}: {key}[{well.code}]", well, TOLD[:1], kind, i, signals)


def _compared(where: str, one: Any, rows: Any, kind: str, i: int, signals: dict[str, Any]) -> Iterator[str]:
    for told in rows:
        measured, given = getattr(one, told.name), float(signals[f"{kind}.{told.signal}"][i])
        if measured is not None and abs(given - measured) > max(told.share * abs(measured), told.least):
            unit = IN_KEYS[told.units]
            yield (
                f"{where}.{told.name}: measured {_shown(measured, unit)}, but the file's own numbers give "
                f"{_shown(given, unit)}"
            )


def _shown(value: float, unit: Unit) -> str:
    return f"{unit.from_si(value):.4g} {unit.symbol}"
