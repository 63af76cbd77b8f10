"""Drills on the field that runs: begun and watched by trainers; briefed, asked and answered by trainees.

All of it goes to the instructor, on the bus. What trainees get has nothing of the truth in it.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from plant.error import Unknown
from scenarios.drill.drill_file import titles
from scenarios.drill.record import Records
from ui.api.context import Context, Ctx
from ui.api.problem import responses

router = APIRouter(tags=["drills"])

PATIENCE = 60.0  # s: a drill begins with the field going on from a moment
Tongue = Literal["en", "es"]


class Begun(BaseModel):
    """A drill to begin: a bundled one by name, who plays, and the moment that it begins from; without one, now."""

    drill: str = Field(min_length=1, max_length=200, examples=["06-dead-head"])
    player: str = Field("trainee", min_length=1, max_length=100)
    moment: str | None = Field(None, max_length=64)


class Told(BaseModel):
    """A message to trainees."""

    text: str = Field(min_length=1, max_length=500)


class Planned(BaseModel):
    """A malfunction, and what it waits for: an act by name, or a tag's value as in a drill file."""

    request: dict[str, Any] = Field(examples=[{"malfunction": "gas lock", "on": "Well.XBKD47-X2"}])
    when: dict[str, Any] = Field(examples=[{"tag": "Well.XBKD47-X2.Frequency", "above_Hz": 48}])


class Said(BaseModel):
    """A diagnosis: one of the choices of the briefing."""

    what: str = Field(min_length=1, max_length=100)


@router.get("/drills", summary="The drills that there are")
async def drills() -> dict[str, Any]:
    """Their names and titles."""
    return {"drills": titles()}


@router.get("/drill", summary="The drill that runs, in truth", responses=responses(503))
async def drill(ctx: Ctx) -> dict[str, Any]:
    """What is expected and what of it was done, who drives the field, and at the end the score."""
    return await ask(ctx, "status")


@router.post("/drill", summary="Begin a drill on the field that runs", responses=responses(404, 422, 503))
async def begin(ctx: Ctx, asked: Begun) -> dict[str, Any]:
    """The field goes on from the moment as a run of the drill's own."""
    return await ask(ctx, "start", drill=asked.drill, player=asked.player, moment=asked.moment)


@router.post("/drill/stop", summary="End the drill before its time", responses=responses(422, 503))
async def stop(ctx: Ctx) -> dict[str, Any]:
    """It is scored as it stands."""
    return await ask(ctx, "stop")


@router.post("/drill/message", summary="Tell trainees something", responses=responses(422, 503))
async def message(ctx: Ctx, told: Told) -> dict[str, Any]:
    """It shows on their screens."""
    return await ask(ctx, "message", text=told.text)


@router.post("/drill/plan", summary="Let something go wrong once it is time", responses=responses(422, 503))
async def plan(ctx: Ctx, planned: Planned) -> dict[str, Any]:
    """All that is wrong with either part is told at once."""
    return await ask(ctx, "plan", request=planned.request, when=planned.when)


@router.post("/drill/leave", summary="Let another trainer drive the field", responses=responses(503))
async def leave(ctx: Ctx) -> dict[str, Any]:
    """Only one does at a time."""
    return await ask(ctx, "leave")


@router.get("/drill/brief", summary="The drill as trainees see it", responses=responses(503))
async def brief(ctx: Ctx) -> dict[str, Any]:
    """Briefing, question, time left, messages."""
    return await ask(ctx, "brief")


@router.post("/drill/answer", summary="Say what is wrong", responses=responses(422, 503))
async def answer(ctx: Ctx, said: Said) -> dict[str, Any]:
    """Once a drill."""
    return await ask(ctx, "answer", what=said.what)


@router.post("/drill/hint", summary="Ask for a hint", responses=responses(422, 503))
async def hint(ctx: Ctx) -> dict[str, Any]:
    """The next one, at its cost; it is among the messages then."""
    return await ask(ctx, "hint")


@router.get("/drill/reports/{name}", summary="The report of a drill", responses=responses(404, 503))
async def report(ctx: Ctx, name: str, language: Annotated[Tongue, Query()] = "en") -> HTMLResponse:
    """One page that needs nothing else."""
    if ctx.data is None:
        raise Unknown("drill report", name)
    file = Records.of(ctx.data, ctx.catalogue.site.field.name).file(f"{name}-{language}", "html")
    if not file.exists():
        raise Unknown("drill report", name)
    return HTMLResponse(file.read_text(encoding="utf-8"))


async def ask(ctx: Context, verb: str, **what: Any) -> dict[str, Any]:
    """Ask the instructor, as whoever asks here. Raises what it refuses with."""
    request = {"do": verb, "by": ctx.identity.name, **what}
    reply: dict[str, Any] = json.loads(await ctx.bus.request(ctx.bus.subjects.drill(), request, PATIENCE))
    return reply
