"""What a well cannot be, though each of its numbers may stand alone: the rules of physics that its file must keep.

A row of :data:`LIMITS` bounds one number of a well by others of it; a row of :data:`SHAPES` says what a curve or a
survey must look like. None looks at a derived factor, so that a file can be checked before it is calibrated.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any

import numpy as np

from plant.asset.field import Field, Well
from plant.asset.table import Table
from plant.physics.column import G
from plant.physics.fluid import mixture_density
from plant.physics.heat import geothermal_temperature
from plant.physics.pump import affinity_head
from plant.physics.survey import vertical_depth

Bound = Callable[[Well, Field], float]

NAN, INF = math.nan, math.inf  # NaN stands for what the file does not give: no rule is broken by it
ATMOSPHERE, WATER = 101_325.0, 1000.0  # [Pa], and the density in a factory test [kg/m³]
TYPICAL = 0.75  # efficiency and power factor of a submersible motor, for the size of a current


def none(_well: Well, _field: Field) -> float:
    """No bound on this side."""
    return NAN


@dataclass(frozen=True)
class Limit:
    """A number of a well, the bounds [SI] that other numbers of it set, and what it means to be beyond them."""

    name: str
    low: Bound
    high: Bound
    why: str


@dataclass(frozen=True)
class Shape:
    """A curve of a well, when it is none, and the rule."""

    name: str
    is_broken: Callable[[Well], bool]
    rule: str


def check_well(row: Table, well: Well, field: Field) -> None:
    """Note what is unphysical in one well. A number found wrong does not count as a reason to doubt another."""
    for part, shapes in SHAPES.items():
        broken = next((shape for shape in shapes if shape.is_broken(well)), None)
        if broken:
            row.mistake(broken.name, None, broken.rule)
            well = replace(well, **{part: _emptied(getattr(well, part))})
    for limit in LIMITS:
        if row.doubt(limit.name, limit.low(well, field), limit.high(well, field), limit.why):
            well = _without(well, limit.name)


def _without(one: Any, name: str) -> Any:
    """The same with one number not given."""
    head, _, rest = name.partition(".")
    return replace(one, **{head: _without(getattr(one, head), rest) if rest else NAN})


def _emptied(one: Any) -> Any:
    """The same with its columns not given."""
    return replace(one, **{each.name: () for each in fields(one) if isinstance(getattr(one, each.name), tuple)})


def _bottom(well: Well, _field: Field) -> float:
    return max(well.survey.md, default=NAN)


def _depth(well: Well, md: float) -> float:
    survey = well.survey
    return float(vertical_depth(md, survey.md, survey.tvd)) if survey.md else NAN


def _density(well: Well) -> float:
    return float(mixture_density(well.fluid.water_cut, well.fluid.oil_density, well.fluid.water_density))


def _water_column(share: float) -> Bound:
    """That share of the pressure under a column of the well's water down to its perforations."""

    def bound(well: Well, _field: Field) -> float:
        return share * (ATMOSPHERE + well.fluid.water_density * G * _depth(well, well.perforation_depth))

    return bound


def _least_productivity(well: Well, _field: Field) -> float:
    """That which draws the pressure at the intake down to nothing at the measured rate."""
    below = _density(well) * G * (_depth(well, well.perforation_depth) - _depth(well, well.pump_depth))
    at_intake = well.inflow.reservoir_pressure - max(below, 0.0)
    return well.measured.rate / at_intake if at_intake > 0.0 else NAN


def _speed(well: Well) -> float:
    return well.measured.frequency / well.pump.frequency


def _greatest_wellhead_pressure(well: Well, _field: Field) -> float:
    """What the pump's best catalogue head at the measured frequency lifts an undrawn reservoir's liquid to."""
    pump, n, rho = well.pump, _speed(well), _density(well)
    if not (n > 0.0 and pump.head):
        return NAN
    head = float(np.max(affinity_head(n * np.array(pump.rate), n, pump.rate, pump.head)))
    return well.inflow.reservoir_pressure + rho * G * (head - _depth(well, well.perforation_depth))


def _greatest_power(well: Well) -> float:
    return max(well.pump.shaft_power, default=NAN) * _speed(well) ** 3


def _typical_current(well: Well) -> float:
    return well.motor.rated_power / (math.sqrt(3.0) * well.motor.rated_voltage * TYPICAL**2)


def _design_pressure(well: Well, field: Field) -> float:
    return next((one.design_pressure for one in field.manifolds if one.wellpad == well.wellpad), NAN)


def _rock_temperature(well: Well, field: Field) -> float:
    depth = _depth(well, well.perforation_depth)
    return float(geothermal_temperature(depth, field.surface_temperature, field.geothermal_gradient))


def _above(value: float) -> float:
    return math.nextafter(value, INF)


def _below(value: float) -> float:
    return math.nextafter(value, -INF)


# A cause stands before what follows from it.
LIMITS = (
    Limit("perforation_depth", none, _bottom, "is below the survey's end"),
    Limit("pump_depth", none, _bottom, "is deeper than the hole"),
    Limit("pump_depth", none, lambda w, _: w.perforation_depth, "is below the perforations"),
    Limit("tubing_diameter", none, lambda w, _: _below(w.casing_diameter), "does not fit into the casing"),
    Limit("choke.bean", none, lambda w, _: w.tubing_diameter, "is wider than the tubing"),
    Limit("fluid.oil_density", none, lambda w, _: w.fluid.water_density, "is above that of water"),
    Limit("pump.speed", lambda w, _: 0.2 * w.pump.frequency, lambda w, _: w.pump.frequency,
          "is not what that frequency can turn a motor at"),
    Limit("inflow.reservoir_pressure", _water_column(0.3), _water_column(2.5),
          "is not within 0.3 to 2.5 times that of a water column down to the perforations"),
    Limit("measured.frequency", lambda w, _: w.motor.least_frequency, none,
          "is below the least frequency of the drive"),
    Limit("measured.rate", none, lambda w, _: 2.0 * max(w.pump.rate, default=NAN),
          "is over twice what the pump was tested to"),
    Limit("measured.flowline_pressure", lambda w, f: _above(_design_pressure(w, f)), none,
          "is not above its manifold's design pressure: nothing would flow"),
    Limit("measured.wellhead_pressure", lambda w, _: _above(w.measured.flowline_pressure), none,
          "is not above the flowline's: nothing would flow"),
    Limit("measured.wellhead_pressure", none, _greatest_wellhead_pressure,
          "is more than the catalogue head can lift the liquid column to at the measured frequency, at any rate"),
    Limit("measured.casing_pressure", none, lambda w, _: w.inflow.reservoir_pressure, "is above the reservoir's"),
    Limit("inflow.productivity", _least_productivity, none,
          "would take a flowing pressure below that of the liquid under the pump to give the measured rate"),
    Limit("measured.wellhead_temperature", lambda _, f: _above(f.surface_temperature),
          lambda w, f: _below(_rock_temperature(w, f)), "is not between those of the surface and of the reservoir"),
    Limit("motor.rated_power", lambda w, _: 0.6 * _greatest_power(w), none,
          "is far below the greatest that the pump takes at the measured frequency"),
    Limit("measured.current", lambda w, _: 0.1 * _typical_current(w), lambda w, _: 3.0 * _typical_current(w),
          "is out of proportion to the motor's rated power and voltage"),
)  # fmt: skip


def _is_rising(values: Sequence[float]) -> bool:
    return not any(later <= earlier for earlier, later in pairwise(values))


def _is_not_falling(well: Well) -> bool:
    head = well.pump.head
    peak = max(head, default=NAN)
    beyond = head[head.index(peak) :] if head else ()
    return any(later >= earlier for earlier, later in pairwise(beyond)) or (bool(head) and head[-1] >= 0.95 * peak)


def _gives_more_than_it_takes(well: Well) -> bool:
    pump = well.pump
    points = zip(pump.rate, pump.head, pump.shaft_power, strict=True)
    return any(rate * WATER * G * head >= power for rate, head, power in points)


def _is_too_deep(well: Well) -> bool:
    return any(tvd > 1.001 * md + 0.5 for md, tvd in zip(well.survey.md, well.survey.tvd, strict=True))


def _starts_slanting(well: Well) -> bool:
    survey = well.survey
    return bool(survey.md) and survey.tvd[0] < 0.98 * survey.md[0] - 0.5


def _is_too_steep(well: Well) -> bool:
    stations = pairwise(zip(well.survey.md, well.survey.tvd, strict=True))
    return any(abs(tvd_2 - tvd_1) > 1.001 * (md_2 - md_1) + 0.5 for (md_1, tvd_1), (md_2, tvd_2) in stations)


# Of each part the first that is broken is told: the others take it for granted.
SHAPES = {
    "survey": (
        Shape("survey.md", lambda w: not _is_rising(w.survey.md), "must rise from station to station"),
        Shape("survey.tvd", _is_too_deep, "is deeper than the hole is long"),
        Shape("survey.tvd", _starts_slanting,
              "begins where the hole is no longer vertical: give its stations from the surface on"),
        Shape("survey.tvd", _is_too_steep, "must not change by more than the hole's length from station to station"),
    ),
    "pump": (
        Shape("pump.rate", lambda w: not _is_rising(w.pump.rate), "must rise from point to point"),
        Shape("pump.head", _is_not_falling, "must fall beyond its peak, by a twentieth or more at the right end"),
        Shape("pump.shaft_power", _gives_more_than_it_takes, "is less than what the liquid receives from it"),
    ),
}  # fmt: skip
