"""Commands: the way to write. Control's guard decides, the device is read back, and all of it is logged."""

from __future__ import annotations

import math
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from control.bus.message.command import Command
from plant.asset.tag import Tag
from plant.error import CommandRefused
from ui.api.alarms import span
from ui.api.asked import FORMAT, Listed
from ui.api.catalogue import unit_of
from ui.api.context import Ctx, OfRun, names
from ui.api.moment import iso
from ui.api.problem import responses
from ui.api.text import Text

router = APIRouter(tags=["commands"], route_class=Listed, dependencies=FORMAT)

_ASKED: dict[str, Any] = {"tag": "Well.CACB27A-P1.FrequencyReference", "value": 51.0, "reason": "raise rate"}
_DONE: dict[str, Any] = {
    "id": "7f0c…", "outcome": "done", "tag": "Well.CACB27A-P1.FrequencyReference", "value": 51.0, "value_si": 51.0,
    "readback": 51.0, "readback_si": 51.0, "unit": "Hz", "detail": "", "time": "2026-01-31T12:00:00.000Z",
    "time_ns": 1769860800000000000, "duration_s": 0.31,
}  # fmt: skip


class Request(BaseModel):
    """What is to be written, in the tag's own unit or in ``unit``, and why.

    A request sent again with the same ``id`` is answered as before, and not written twice.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": _ASKED})
    tag: Text
    value: Annotated[float, Field(strict=True, allow_inf_nan=False)]
    reason: Text = Field(min_length=1, max_length=1000, pattern=r"\S")
    unit: Text | None = None
    id: Text | None = Field(default=None, min_length=1, max_length=100, pattern=r"\S")


class Outcome(BaseModel):
    """What became of a command: ``done``, ``failed`` (``detail`` says how), and in the log also ``refused``."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"example": _DONE})
    id: str
    outcome: str
    tag: str
    value: float | None
    value_si: float | None
    readback: float | None = None
    readback_si: float | None = None
    unit: str
    detail: str = ""
    time: str
    time_ns: int
    duration_s: float | None = None


class Log(BaseModel):
    """Commands. Where the log had to be cut, ``next`` is the ``end`` of the request for what came before."""

    commands: list[Outcome]
    next: str | None = None


@router.post(
    "/commands", summary="Write a value", response_model=Outcome,
    responses=responses(404, 413, 422, 503),
)  # fmt: skip
async def command(ctx: Ctx, asked: Request) -> Outcome:
    """Write through the guard, and answer once the device shows it or has failed to.

    404 for a tag that there is not, 422 for a value that the guard refuses; nothing was written then.
    ``failed`` is an outcome and no error of the request: the device was asked.
    """
    one = ctx.catalogue.tag(asked.tag)
    ctx.check("command.write", one.tag.asset, "tag", asked.tag)
    unit = unit_of(one.tag, asked.unit)
    si = unit.to_si(asked.value)
    value = si if math.isfinite(si) else asked.value
    given = {"id": asked.id} if asked.id else {}
    try:
        outcome = await ctx.control.write(Command(asked.tag, value, ctx.identity.name, asked.reason, **given))
    except CommandRefused as error:
        raise CommandRefused(asked.tag, asked.value, error.rule, error.rules) from None  # as it was sent
    return shown(outcome.plain(), one.tag, asked.unit)


@router.get("/commands", summary="Command log", response_model=Log, responses=responses(404, 422, 503))
async def log(
    ctx: Ctx,
    tags: Annotated[str, Query(description="tag names with commas between; all where left out")] = "",
    start: str | None = None,
    end: str | None = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 200,
    run: OfRun = None,
) -> Log:
    """Every command and what became of it, refused ones too: the newest first."""
    asked = {"kinds": ["command"], "tags": ctx.catalogue.named(names(tags)), "limit": limit} | span(start, end)
    entries, at = await ctx.history.of(run).event_page(**asked)
    known = [(entry, ctx.catalogue.site.tags.get(entry["tag"])) for entry in entries]
    return Log(commands=[shown(entry, tag, None) for entry, tag in known], next=None if at is None else str(at))


def shown(record: dict[str, Any], tag: Tag | None, asked: str | None) -> Outcome:
    """A command in the tag's own unit (or the one asked for) and in SI; in SI only where the tag is no more."""
    unit = unit_of(tag, asked) if tag else None
    si = {key: record.get(key) for key in ("value", "readback", "previous") if key in record}
    shown = {key: value if value is None or unit is None else unit.from_si(value) for key, value in si.items()}
    both = shown | {f"{key}_si": value for key, value in si.items()}
    return Outcome(**record | both | {"unit": unit.symbol if unit else "", "time": iso(record["time_ns"])})
