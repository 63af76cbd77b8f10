"""Assets: the field as a tree, and each asset with its facts and its tags."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from plant.asset.field import Field as OilField
from ui.api.context import Ctx
from ui.api.problem import responses
from ui.api.tags import TagRow, row_of

router = APIRouter(tags=["assets"])


class Asset(BaseModel):
    """An asset, by the name with which its tags begin, and where it stands in the field's own grid."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"asset": "Well.CACB27A-P1", "type": "Well", "code": "CACB27A-P1"}}
    )
    asset: str
    type: str
    code: str
    wellpad: str | None = None
    x_m: float | None = None
    y_m: float | None = None


class Pad(BaseModel):
    """A wellpad and what stands on it."""

    code: str
    name: str
    x_m: float
    y_m: float
    wells: list[Asset]
    facilities: list[Asset]


class Tree(BaseModel):
    """A field: its wellpads with their wells, and the facilities behind them."""

    field: str
    tenant: str
    wellpads: list[Pad]
    facilities: list[Asset]


class Details(Asset):
    """An asset with its facts, the unit in each key, and its tags."""

    facts: dict[str, Any] = Field(examples=[{"pump_depth_m": 1650.0, "stages": 210}])
    tags: list[TagRow]


@router.get("/assets", summary="The field as a tree", response_model=Tree)
async def tree(ctx: Ctx) -> Tree:
    """Wellpads with wells and manifolds, then separator and tanks."""
    field = ctx.catalogue.site.field
    found = {name: one for name, one in assets_of(field).items() if name in ctx.catalogue.assets}
    pads = [
        Pad(
            code=pad.code, name=pad.name, x_m=pad.x, y_m=pad.y,
            wells=[a for a in found.values() if a.wellpad == pad.code and a.type == "Well"],
            facilities=[a for a in found.values() if a.wellpad == pad.code and a.type != "Well"],
        )
        for pad in field.wellpads
    ]  # fmt: skip
    rest = [asset for asset in found.values() if asset.wellpad is None]
    return Tree(field=field.name, tenant=field.tenant, wellpads=pads, facilities=rest)


@router.get("/assets/{asset}", summary="One asset", response_model=Details, responses=responses(404))
async def details(ctx: Ctx, asset: str) -> Details:
    """Its facts and its tags."""
    field = ctx.catalogue.site.field
    index = ctx.catalogue.check(asset)
    found = assets_of(field)[asset]
    tags = [row_of(one) for one in ctx.catalogue.of(asset, None)]
    return Details(**found.model_dump(), facts=_well_facts(field, index) if found.type == "Well" else {}, tags=tags)


def assets_of(field: OilField) -> dict[str, Asset]:
    """Every asset of a field by name. What stands on a wellpad and has no place of its own has the wellpad's."""
    pads = {pad.code: pad for pad in field.wellpads}
    place: dict[str, dict[str, Any]] = {
        f"Well.{well.code}": {"wellpad": well.wellpad, "x_m": well.x, "y_m": well.y} for well in field.wells
    }
    for manifold in field.manifolds:
        pad = pads[manifold.wellpad]
        place[f"Manifold.{manifold.code}"] = {"wellpad": pad.code, "x_m": pad.x, "y_m": pad.y}
    return {name: _asset(name, place.get(name, {})) for name in field.assets()}


def _asset(name: str, place: dict[str, Any]) -> Asset:
    asset_type, _, code = name.partition(".")
    return Asset(asset=name, type=asset_type, code=code, **place)


def _well_facts(field: OilField, index: int) -> dict[str, Any]:
    well = field.wells[index]
    return {
        "pump_depth_m": well.pump_depth, "perforation_depth_m": well.perforation_depth,
        "tubing_diameter_m": well.tubing_diameter, "casing_diameter_m": well.casing_diameter,
        "stages": well.pump.stages, "rated_power_W": well.motor.rated_power,
        "rated_voltage_V": well.motor.rated_voltage,
        "water_cut_frac": well.fluid.water_cut, "gor_m3_m3": well.fluid.gor,
        "oil_density_kg_m3": well.fluid.oil_density,
    }  # fmt: skip
