"""What makes wells without pumps unphysical, or at odds with the rest of a field.

Values that were already refused are NaN, and every comparison lets a NaN pass: one mistake is reported once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plant.asset.lift import KINDS, LIFTED, FlowingWell, GasLiftWell, Injector, NaturalWell
from plant.asset.table import Table

if TYPE_CHECKING:
    from plant.asset.field import Field

Rules = list[tuple[str, Any, bool, str]]  # key, value, whether it is broken, what is wrong


def check_lift(file: Table, field: Field) -> None:
    """Note what contradicts itself in wells without pumps."""
    pads = {pad.code for pad in field.wellpads}
    for key, _, _ in LIFTED:
        for one in getattr(field, key):
            for name, value, is_broken, rule in [_known_pad(one, pads), *_rules(one)]:
                if is_broken:
                    file.mistake(f"{key}[{one.code}].{name}", value, rule)


def _known_pad(one: Any, pads: set[str]) -> tuple[str, Any, bool, str]:
    return "wellpad", one.wellpad, one.wellpad not in pads, f"is not one of {', '.join(sorted(pads))}"


def _rules(one: Any) -> Rules:
    rules = _of_injector(one) if isinstance(one, Injector) else _of_flowing(one)
    if isinstance(one, GasLiftWell):
        rules += _of_gas_lift(one)
    if isinstance(one, NaturalWell):
        rules += _of_natural(one)
    return rules


def _of_flowing(well: FlowingWell) -> Rules:
    return [
        ("tubing_depth", well.tubing_depth, well.tubing_depth > well.perforation_depth, "is below the perforations"),
        ("tubing_length", well.tubing_length, well.tubing_length < well.tubing_depth * 0.999,
         "is shorter than the tubing is deep"),
        ("tubing_diameter", well.tubing_diameter, well.tubing_diameter + 0.005 >= well.casing_diameter,
         "does not fit into the casing"),
        ("oil_density", well.oil_density, well.oil_density > well.water_density, "is above that of water"),
    ]  # fmt: skip


def _of_gas_lift(well: GasLiftWell) -> Rules:
    return [
        ("orifice", well.orifice, well.orifice >= well.tubing_diameter, "is wider than the tubing"),
        ("productivity", well.productivity, well.productivity <= 0.0, "must be positive"),
    ]


def _of_natural(well: NaturalWell) -> Rules:
    is_gas = well.kind == "PROD_GAS"
    return [
        _kind("NaturalWell", well.kind),
        ("productivity", well.productivity, not is_gas and well.productivity <= 0.0, "must be positive"),
        ("back_pressure", well.back_pressure, is_gas and well.back_pressure <= 0.0, "must be positive"),
    ]


def _of_injector(well: Injector) -> Rules:
    return [
        _kind("Injector", well.kind),
        ("tubing_length", well.tubing_length, well.tubing_length < well.depth * 0.999,
         "is shorter than the well is deep"),
        ("fracture_pressure", well.fracture_pressure, well.fracture_pressure <= well.reservoir_pressure,
         "is not above the reservoir's"),
    ]  # fmt: skip


def _kind(asset_type: str, kind: str) -> tuple[str, Any, bool, str]:
    return "kind", kind, kind not in KINDS[asset_type], f"must be one of {', '.join(KINDS[asset_type])}"
