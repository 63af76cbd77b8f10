"""Tags: everything that can be read or written, by name."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from ui.api.asked import FORMAT, Listed
from ui.api.catalogue import Served
from ui.api.context import Ctx, names
from ui.api.problem import responses

router = APIRouter(tags=["tags"], route_class=Listed, dependencies=FORMAT)

_EXAMPLE: dict[str, Any] = {
    "tag": "Well.CACB27A-P1.FrequencyReference", "asset": "Well.CACB27A-P1", "signal": "FrequencyReference",
    "kind": "setpoint", "quantity": "frequency", "unit": "Hz", "unit_key": "Hz", "low": 30.0, "high": 60.0,
    "writable": True, "states": None, "device": "RTU-CACB27A-P1",
}  # fmt: skip


class TagRow(BaseModel):
    """A tag: what it is, its unit, and its span in that unit (of a measurement believable, of a setpoint permitted)."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})
    tag: str
    asset: str
    signal: str
    kind: str
    quantity: str
    unit: str
    unit_key: str
    low: float
    high: float
    writable: bool
    states: dict[int, str] | None
    device: str | None


class TagRows(BaseModel):
    """Tags."""

    tags: list[TagRow]


@router.get("/tags", summary="All tags", response_model=TagRows, responses=responses(404))
async def tags(
    ctx: Ctx,
    asset: str | None = None,
    signal: str | None = None,
    tags: Annotated[str, Query(description="names or patterns with commas between, as Well.*.Flow")] = "",
) -> TagRows:
    """The tags of one asset, of one signal, of a pattern, or all."""
    found = ctx.catalogue.of(asset, signal)
    if tags:
        meant = set(ctx.catalogue.named(names(tags)))
        found = [one for one in found if one.name in meant]
    return TagRows(tags=[row_of(one) for one in found])


@router.get("/tags/{tag}", summary="One tag", response_model=TagRow, responses=responses(404))
async def tag(ctx: Ctx, tag: str) -> TagRow:
    """What it is, and which device serves it."""
    return row_of(ctx.catalogue.tag(tag))


def row_of(one: Served) -> TagRow:
    """A tag as it is shown."""
    signal = one.tag.signal
    return TagRow(
        tag=one.name, asset=one.tag.asset, signal=signal.name, kind=signal.kind, quantity=signal.unit.quantity,
        unit=signal.unit.symbol, unit_key=signal.unit.key, low=_rounded(signal.unit.from_si(signal.low)),
        high=_rounded(signal.unit.from_si(signal.high)), writable=signal.is_writable,
        states=dict(signal.states) if signal.states else None, device=one.device,
    )  # fmt: skip


def _rounded(value: float) -> float:
    return float(f"{value:.12g}")  # 0.1 to SI and back is 0.09999999999999999
