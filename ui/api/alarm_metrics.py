"""How well a field's alarms serve its operators, worked out of the journal."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from control.alarms.annunciation import HELD, Annunciation, annunciations
from control.alarms.metrics import measured
from plant.asset.tag import asset_of
from plant.error import OutOfRange
from ui.api.alarms import span
from ui.api.context import Ctx, OfRun
from ui.api.moment import iso
from ui.api.problem import responses

router = APIRouter(tags=["alarms"])

PAGE, MOST = 10_000, 200_000  # transitions asked for at once, and looked at in all


class Flood(BaseModel):
    """Ten minutes and more with more alarms than an operator can take."""

    start: str
    end: str
    alarms: int


class BadActor(BaseModel):
    """An alarm, how often it was raised, and its share of all."""

    alarm: str
    count: int
    share: float


class Metrics(BaseModel):
    """How well the alarms serve: the measures of ISA-18.2, clause 16. Durations in seconds, shares of 1."""

    start: str
    end: str
    alarms: int
    per_10_min: float
    most_in_10_min: int
    overloaded_share: float
    floods: list[Flood]
    flood_share: float
    chattering: list[str]
    fleeting: list[str]
    stale: list[str]
    standing: int
    top: list[BadActor]
    top_share: float
    by_priority: dict[int, float]
    acknowledged_after: float | None
    returned_after: float | None
    unacknowledged: int


@router.get(
    "/alarms/metrics", summary="How well the alarms serve", response_model=Metrics, responses=responses(422, 503)
)
async def metrics(ctx: Ctx, start: str, end: str | None = None, run: OfRun = None) -> Metrics:
    """Rates, floods, chattering, fleeting and stale alarms, the worst ten, priorities, and how soon they are seen."""
    asked = span(start, end)
    until = asked.get("end_ns", ctx.clock.now())
    found = asdict(measured(await _told(ctx, asked["start_ns"], until, run), asked["start_ns"], until))
    floods = [flood | {key: iso(flood[key]) for key in ("start", "end")} for flood in found["floods"]]
    return Metrics(**found | {"start": iso(found["start"]), "end": iso(found["end"]), "floods": floods})


async def _told(ctx: Ctx, start: int, end: int, run: str | None) -> list[Annunciation]:
    """What was told from ``start`` on, and what had been told before and stands."""
    journal: list[dict[str, Any]] = []
    at: int | None = end
    while at is not None:
        entries, at = await ctx.history.of(run).alarm_page(
            tags=ctx.catalogue.named(()), start_ns=start, end_ns=at, limit=PAGE
        )
        journal += entries
        if len(journal) > MOST:
            raise OutOfRange(
                "start", iso(start), f"has more than {MOST} transitions up to {iso(end)}; ask for less time"
            )
    seen = [a for a in ctx.feed.alarms.values() if asset_of(a["tag"]) in ctx.catalogue.assets]
    standing = [a for a in seen if (raised := a.get("raised_ns")) and raised < start]
    before = [Annunciation(a["id"], a["tag"], a["priority"], a["raised_ns"]) for a in standing if a["state"] in HELD]
    return before + annunciations(reversed(journal))
