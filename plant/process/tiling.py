"""Fields of any size for benches: a field repeated, each copy with wellpads and lines of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from plant.asset.field import Field, Flowline, Manifold, Separator, Tank, Well, Wellpad

_Asset = TypeVar("_Asset", Wellpad, Well, Manifold, Flowline)
_Facility = TypeVar("_Facility", Separator, Tank)


def tile(field: Field, n: int) -> Field:
    """A field of ``n`` wells that repeats this one's; its separator and tanks grow with it."""
    copies = -(-n // len(field.wells))
    wells = tuple(_renamed(well, k) for k in range(copies) for well in field.wells)[:n]
    pads = {well.wellpad for well in wells}
    manifolds = tuple(_renamed(one, k) for k in range(copies) for one in field.manifolds)
    manifolds = tuple(manifold for manifold in manifolds if manifold.wellpad in pads)
    kept = {manifold.code for manifold in manifolds}
    flowlines = (_renamed(one, k) for k in range(copies) for one in field.flowlines)
    return replace(
        field,
        wellpads=tuple(pad for k in range(copies) for one in field.wellpads if (pad := _renamed(one, k)).code in pads),
        wells=wells,
        manifolds=manifolds,
        flowlines=tuple(flowline for flowline in flowlines if flowline.manifold in kept),
        separator=_grown(field.separator, ("volume", "oil_volume", "water_volume"), copies),
        tanks=tuple(_grown(tank, ("volume", "pump_rate"), copies) for tank in field.tanks),
    )


def _renamed(asset: _Asset, copy: int) -> _Asset:
    """The same asset under a code of its own, pointing to others of the same copy."""
    names = (name for name in ("code", "wellpad", "manifold") if hasattr(asset, name))
    renamed: dict[str, Any] = {name: f"{getattr(asset, name)}~{copy}" for name in names}
    return replace(asset, **renamed)


def _grown(one: _Facility, names: tuple[str, ...], times: int) -> _Facility:
    return replace(one, **{name: getattr(one, name) * times for name in names})
