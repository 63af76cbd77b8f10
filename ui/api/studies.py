"""Studies: what would be. Nothing is written, and the field goes on as it is."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from plant.unit import units_asked
from ui import trust
from ui.api.context import Context, Ctx
from ui.api.problem import responses
from ui.api.text import Text

router = APIRouter(tags=["studies"])

_EXAMPLE: dict[str, Any] = {"set": ["Well.CACB27A-P1.FrequencyReference=52Hz"], "units": ["psig", "bpd"]}
_ROW: dict[str, Any] = {
    "tag": "Well.CACB27A-P1.Flow", "unit": "bbl/d", "before": 1659.4, "after": 1902.1, "difference": 242.7,
    "measured": 1650.2, "expected": 1892.9,
}  # fmt: skip


class WhatIf(BaseModel):
    """What would be set: ``TAG=VALUE``, a pattern or a unit where wanted; and the units of the answer."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": _EXAMPLE})
    set: list[Text] = Field(min_length=1, max_length=1000)
    units: list[Text] = []


class Answer(BaseModel):
    """Each signal ``before``, ``after`` and the ``difference`` by the model, as it is ``measured`` and what is then
    ``expected``; the ``limits`` beyond which it would be; what was assumed and who does not flow (``notes``).
    """

    set: list[dict[str, Any]]
    rows: list[dict[str, Any]] = Field(examples=[[_ROW]])
    limits: list[dict[str, Any]]
    notes: list[str]
    converged: bool


_NODAL: dict[str, Any] = {
    "well": "CACB27A-P1", "vary": ["FrequencyReference=45:55:5"], "set": [], "units": ["psig", "bpd"],
}  # fmt: skip


class Nodal(BaseModel):
    """The well, what is varied (``NAME=LOW:HIGH:STEP``, up to three), what else would be set, units of the answer."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": _NODAL})
    well: Text
    vary: list[Text] = Field([], max_length=3)
    set: list[Text] = Field([], max_length=1000)
    units: list[Text] = []


class Curves(BaseModel):
    """Of every case what is varied in it, its curves over the same rates, and its operating ``points``."""

    well: str
    units: dict[str, str]
    cases: list[dict[str, Any]]


@router.post("/studies/what-if", summary="What if", response_model=Answer, responses=responses(413, 422))
async def what_if(ctx: Ctx, asked: WhatIf) -> Answer:
    """Where the field would settle with other setpoints, from what it measures now."""
    return Answer(**await asyncio.to_thread(_answered, ctx, asked, _believed(ctx)))


def _believed(ctx: Context) -> dict[str, float]:
    """The newest values that can be believed now [SI]."""
    rows = range(len(ctx.catalogue.served))
    shown = ctx.snapshot.shown(rows, "si")
    good = trust.NAMES[0], trust.NAMES[1]
    return {one["tag"]: one["value"] for one in shown if one["trust"] in good and one["value"] is not None}


def _answered(ctx: Context, asked: WhatIf, measured: dict[str, float]) -> dict[str, Any]:
    from scenarios.study.change import changes_of  # the physics is loaded once somebody asks
    from scenarios.study.report import as_json
    from scenarios.study.what_if import what_if

    site = ctx.catalogue.site
    changes, units = changes_of(asked.set, site.tags), units_asked(asked.units)
    return as_json(what_if(site.field, changes, site.rules, measured), units)


@router.post("/studies/nodal", summary="Nodal analysis", response_model=Curves, responses=responses(404, 413, 422))
async def nodal(ctx: Ctx, asked: Nodal) -> Curves:
    """Where a well can work, from what the field measures now: inflow, outflow, and every point where they meet."""
    return Curves(**await asyncio.to_thread(_curves, ctx, asked, _believed(ctx)))


def _curves(ctx: Context, asked: Nodal, measured: dict[str, float]) -> dict[str, Any]:
    from scenarios.study.nodal_answer import nodal_answer

    return nodal_answer(ctx.catalogue.site.field, measured, asked.well, asked.vary, asked.set, asked.units)
