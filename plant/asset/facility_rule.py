"""What contradicts itself among a field's optional facilities: one table of rules a kind of asset.

A rule names a key, says of one asset and its field when it is broken, and why. Values that were already
refused are NaN, and no comparison with a NaN is true.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plant.asset.field import Field
from plant.asset.table import Table

Rule = tuple[str, Callable[[Any, Field], bool], str]

RULES: dict[str, tuple[Rule, ...]] = {
    "risers": (
        ("manifold", lambda one, field: one.manifold not in {m.code for m in field.manifolds}, "is no manifold"),
        ("manifold", lambda one, field: [r.manifold for r in field.risers].count(one.manifold) > 1,
         "has more than one riser"),
    ),
    "heaters": (
        ("temperature", lambda one, field: one.temperature <= field.surface_temperature, "is not above the ground's"),
    ),
    "compressors": (
        ("discharge_pressure", lambda one, _: one.discharge_pressure <= 1.05 * one.suction_pressure,
         "is not above the suction pressure"),
        ("suction_pressure", lambda one, field: one.suction_pressure >= field.separator.pressure,
         "is not below the separator's: no gas would come"),
        ("discharge_pressure", lambda one, _: one.discharge_pressure > 5.0 * one.suction_pressure,
         "is over five times the suction pressure: more than one casing makes"),
    ),
    "flares": (
        ("pressure", lambda one, field: one.pressure <= field.separator.pressure,
         "is not above the separator's: it would always burn"),
        ("pressure", lambda one, field: one.pressure >= (field.separator.relief_pressure or float("inf")),
         "is not below the relief valve's"),
    ),
    "injection_pumps": (
        ("shut_in_pressure", lambda one, _: one.shut_in_pressure <= one.pressure,
         "is not above the pressure at the rated flow: the curve must fall"),
    ),
    "generators": (),
}  # fmt: skip


def check_facilities(file: Table, field: Field) -> None:
    """Note every rule that one of a field's optional facilities breaks."""
    for kind, rules in RULES.items():
        for one in getattr(field, kind):
            for key, is_broken, why in rules:
                if is_broken(one, field):
                    file.mistake(f"{kind}[{one.code}].{key}", getattr(one, key), why)
    relief = field.separator.relief_pressure
    if relief is not None and relief <= field.separator.pressure:
        file.mistake("separator.relief_pressure", relief, "is not above the separator's")
