"""What makes a field file unphysical, or at odds with itself, though each of its values may stand alone.

Values that were already refused are NaN here, and every comparison is written so that a NaN passes:
one mistake is reported once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from plant.asset.facility_rule import RULES, check_facilities
from plant.asset.field import Field, PumpCurve, Survey, Well
from plant.asset.lift import LIFTED
from plant.asset.lift_rule import check_lift
from plant.asset.table import Table

NAN = float("nan")  # stands for what the file does not give; no rule is broken by it


def check_well(row: Table, well: Well) -> None:
    """Note what contradicts itself within one well."""
    _check_survey(row, well.survey)
    _check_pump(row, well.pump)
    measured, fluid = well.measured, well.fluid
    bottom, last_rate = max(well.survey.md, default=NAN), max(well.pump.rate, default=NAN)
    rules = (
        ("pump_depth", well.pump_depth, well.pump_depth > bottom, f"is deeper than the hole, {bottom:g} m"),
        ("pump_depth", well.pump_depth, well.pump_depth > well.perforation_depth, "is below the perforations"),
        ("perforation_depth", well.perforation_depth, well.perforation_depth > bottom, "is below the survey's end"),
        ("tubing_diameter", well.tubing_diameter, well.tubing_diameter >= well.casing_diameter,
         "does not fit into the casing"),
        ("measured.wellhead_pressure", measured.wellhead_pressure,
         measured.wellhead_pressure <= measured.flowline_pressure, "is not above the flowline's: nothing would flow"),
        ("measured.rate", measured.rate, measured.rate > 2.0 * last_rate, "is over twice what the pump was tested to"),
        ("fluid.oil_density", fluid.oil_density, fluid.oil_density > fluid.water_density, "is above that of water"),
    )  # fmt: skip
    for key, value, is_broken, rule in rules:
        if is_broken:
            row.mistake(key, value, rule)


def _check_survey(row: Table, survey: Survey) -> None:
    if len(survey.md) < 2 or len(survey.md) != len(survey.tvd):
        row.mistake("survey", None, "must be two or more stations, each with all its columns")
    elif not _is_rising(survey.md):
        row.mistake("survey.md", None, "must rise from station to station")
    elif any(vertical > along * 1.001 + 0.5 for along, vertical in zip(survey.md, survey.tvd, strict=True)):
        row.mistake("survey.tvd", None, "is deeper than the hole is long")


def _check_pump(row: Table, pump: PumpCurve) -> None:
    columns = (pump.rate, pump.head, pump.shaft_power, pump.motor_efficiency, pump.power_factor)
    if len(pump.rate) < 4 or any(len(column) != len(pump.rate) for column in columns):
        row.mistake("pump", None, "must be four or more points, each with all its columns")
        return
    if not _is_rising(pump.rate):
        row.mistake("pump.rate", None, "must rise from point to point")
    if pump.head[-1] >= pump.head[-2] or pump.head[-1] >= 0.95 * max(pump.head):
        row.mistake("pump.head", pump.head[-1], "must fall at the right end of the curve")


def check_field(file: Table, field: Field) -> None:
    """Note what contradicts itself between the parts of a field."""
    for kind, group in (("wellpads", field.wellpads), ("wells", field.wells), ("manifolds", field.manifolds),
                        ("flowlines", field.flowlines), ("tanks", field.tanks),
                        *((kind, getattr(field, kind)) for kind in RULES)):  # fmt: skip
        codes = [one.code for one in group]
        _check_codes(file, kind, codes)
    for kind, _, _ in LIFTED:
        _check_codes(file, kind, [one.code for one in getattr(field, kind)])
    pads, manifolds = {pad.code for pad in field.wellpads}, {manifold.code for manifold in field.manifolds}
    _check_known(file, "wells", "wellpad", ((well.code, well.wellpad) for well in field.wells), pads)
    _check_known(file, "manifolds", "wellpad", ((one.code, one.wellpad) for one in field.manifolds), pads)
    _check_known(file, "flowlines", "manifold", ((one.code, one.manifold) for one in field.flowlines), manifolds)
    _check_complete(file, field)
    _check_facilities(file, field)
    check_facilities(file, field)
    check_lift(file, field)


def _check_codes(file: Table, kind: str, codes: Sequence[str]) -> None:
    for code, times in Counter(codes).items():
        if times > 1:
            file.mistake(f"{kind}[{code}].code", code, f"is used {times} times")
        if not code or any(letter in code for letter in ". /#*>\t\n"):
            file.mistake(
                f"{kind}[{code}].code", code, "must be a word without dots, blanks or wildcards: it is part of tags"
            )


def _check_known(file: Table, kind: str, key: str, pairs: Iterable[tuple[str, str]], known: set[str]) -> None:
    for code, target in pairs:
        if target not in known:
            file.mistake(f"{kind}[{code}].{key}", target, f"is not one of {', '.join(sorted(known))}")


def _check_complete(file: Table, field: Field) -> None:
    """Every wellpad with wells needs one manifold, every manifold one flowline."""
    per_pad = Counter(manifold.wellpad for manifold in field.manifolds)
    per_manifold = Counter(flowline.manifold for flowline in field.flowlines)
    producers = (*field.wells, *field.gas_lift_wells, *field.natural_wells)
    for pad in sorted({well.wellpad for well in producers} & {pad.code for pad in field.wellpads}):
        if per_pad[pad] != 1:
            file.mistake(f"wellpads[{pad}]", None, f"has {per_pad[pad]} manifolds, must have one")
    for manifold in field.manifolds:
        if per_manifold[manifold.code] != 1:
            file.mistake(
                f"manifolds[{manifold.code}]", None, f"has {per_manifold[manifold.code]} flowlines, must have one"
            )
    for content in ("oil", "water"):
        if [tank.content for tank in field.tanks].count(content) != 1:
            file.mistake("tanks", None, f"must be one for oil and one for water; {content} is not there once")
    if not field.wells:
        file.mistake("wells", None, "must be at least one")


def _check_facilities(file: Table, field: Field) -> None:
    separator = field.separator
    if separator.oil_volume + separator.water_volume >= 0.95 * separator.volume:
        file.mistake("separator.volume", separator.volume, "leaves no gas space above its two compartments")
    if separator.gas_header_pressure >= separator.pressure:
        file.mistake("separator.gas_header_pressure", separator.gas_header_pressure, "is not below the separator's")
    for manifold in field.manifolds:
        if manifold.design_pressure <= separator.pressure:
            file.mistake(
                f"manifolds[{manifold.code}].design_pressure", manifold.design_pressure, "is not above the separator's"
            )
    for tank in field.tanks:
        if tank.pump_stop >= tank.pump_start:
            file.mistake(f"tanks[{tank.code}].pump_stop", tank.pump_stop, "must be below pump_start")


def _is_rising(values: Sequence[float]) -> bool:
    return not any(later <= earlier for earlier, later in pairwise(values))
