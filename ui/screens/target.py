"""Targets: the rates that a field's meters should read, from what its wells were measured at."""

from __future__ import annotations

from collections.abc import Iterable

from plant.asset.field import Field, Well


def targets(field: Field) -> dict[str, float]:
    """Rate by tag [m³/s]: of each well, of each manifold's wells together, and of oil and water after the separator."""
    separator = f"Separator.{field.separator.code}"
    return {
        **{f"Well.{well.code}.Flow": well.measured.rate for well in field.wells},
        **{
            f"Manifold.{m.code}.Flow": _liquid(w for w in field.wells if w.wellpad == m.wellpad)
            for m in field.manifolds
        },
        f"{separator}.OilFlow": sum(well.measured.rate * (1 - well.fluid.water_cut) for well in field.wells),
        f"{separator}.WaterFlow": sum(well.measured.rate * well.fluid.water_cut for well in field.wells),
    }


def _liquid(wells: Iterable[Well]) -> float:
    return sum(well.measured.rate for well in wells)
