"""Values: the newest sample of each tag, with how far it can be believed and how old it is."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from ui.api.asked import FORMAT, Listed
from ui.api.context import Ctx, names
from ui.api.problem import responses
from ui.api.snapshot import Units

router = APIRouter(tags=["values"], route_class=Listed, dependencies=FORMAT)

Tags = Annotated[str, Query(description="tag names or patterns with commas between; all tags where left out")]
InUnits = Annotated[Units, Query(description="each tag's own unit (field), or SI")]

_EXAMPLE: dict[str, Any] = {
    "tag": "Well.CACB27A-P1.Frequency", "value": 50.0, "unit": "Hz", "state": None, "quality": "Good",
    "quality_code": 0, "time": "2026-01-31T12:00:00.000Z", "time_ns": 1769860800000000000, "age_s": 0.4,
    "trust": "Good", "source": "RTU-CACB27A-P1",
}  # fmt: skip


class Value(BaseModel):
    """A sample. ``value`` is null where there is none; ``quality`` says why (OPC UA names).

    ``quality`` is the sample's own and stays; ``trust`` is that of this moment: Stale once no other has come for long.
    """

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})
    tag: str
    value: float | None
    unit: str
    state: str | None = None
    quality: str
    quality_code: int
    time: str | None
    time_ns: int | None
    age_s: float | None
    trust: Literal["Good", "Uncertain", "Bad", "Stale", "No data"]
    source: str | None


class Values(BaseModel):
    """Samples."""

    values: list[Value]


@router.get("/values", summary="Latest values", response_model=Values, responses=responses(404, 422))
async def values(ctx: Ctx, tags: Tags = "", units: InUnits = "field") -> Values:
    """Of the tags named, in their order, or of all."""
    rows = ctx.catalogue.rows(names(tags)) if tags else list(ctx.catalogue.row.values())
    return Values(values=[Value(**shown) for shown in ctx.snapshot.shown(rows, units)])


@router.get("/values/{tag}", summary="Latest value of one tag", response_model=Value, responses=responses(404, 422))
async def value(ctx: Ctx, tag: str, units: InUnits = "field") -> Value:
    """Of one tag."""
    return Value(**ctx.snapshot.shown(ctx.catalogue.rows([tag]), units)[0])
