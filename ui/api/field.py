"""The simulated field: its time, and what is made to fail in it. For trainers, engineers and QA.

What is asked goes to the field's own control channel, on which nothing of the production stack listens.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body

from scenarios.drill.instructor import QUESTIONS
from simulators.fault.row import as_json
from simulators.fault.table import faults
from ui.api.context import Context, Ctx
from ui.api.drill import ask
from ui.api.moment import iso
from ui.api.problem import responses

router = APIRouter(tags=["simulated field"])

PATIENCE = 30.0  # s: a restored field takes some
Verb = Literal[
    "freeze", "run", "speed", "step", "trip", "malfunction", "heal", "personality", "detach", "attach", "local",
    "remote", "save", "restore",
]  # fmt: skip
SHORT = {"trip": {"do": "malfunction", "malfunction": "trip"}}  # verbs that stand for another with its name

_EXAMPLE = {"malfunction": "gas lock", "on": "Well.XBKD47-X2", "severity_pct": 80, "ramp": "10m"}
Asked = Annotated[dict[str, Any] | None, Body(examples=[_EXAMPLE])]


@router.get("/malfunctions", summary="All that can be made to fail")
async def malfunctions() -> dict[str, Any]:
    """The fault table: what each befalls, its words in English and Spanish, and what it can be given."""
    return {"malfunctions": [as_json(fault) for fault in faults().values()]}


@router.get(
    "/field", summary="The simulated field in truth", responses=responses(503)
)  # fmt: skip
async def field(ctx: Ctx) -> dict[str, Any]:
    """Speed, devices, drives, and all that is made to fail, at its true severity."""
    return await _ask(ctx, {"do": "status"})


@router.get("/field/moments", summary="Moments that can be gone back to", responses=responses(503))
async def moments(ctx: Ctx) -> dict[str, Any]:
    """Those that were saved by name, and the ring of those that the field keeps by itself, newest first."""
    return await _ask(ctx, {"do": "moments"})


@router.post(
    "/field/{verb}", summary="Drive the simulated field",
    responses=responses(413, 422, 503),
)  # fmt: skip
async def drive(ctx: Ctx, verb: Verb, asked: Asked = None) -> dict[str, Any]:
    """Freeze, run, speed, step `for` so long; trip, malfunction, heal; give devices a personality;
    detach and attach a well; let its drive be operated at its panel (`local`) or by the wire (`remote`);
    save a moment by `name`; restore one by `name`, or by how far `back` it lies. What is real hardware refuses.

    Settings are those of `GET /malfunctions`, their units in their keys. All that is wrong is told at once.
    """
    return await _ask(ctx, {**(asked or {}), **SHORT.get(verb, {"do": verb})})


async def _ask(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """By way of the instructor, who lets one trainer drive and all others watch."""
    if ctx.data is None:  # no instructor runs in this process, and nobody to share the field with
        return await _asked(ctx, request)
    verb = "ask" if request.get("do") in QUESTIONS else "drive"
    reply = await ask(ctx, verb, request=request)
    return {"time": iso(reply["time_ns"]), **reply}


async def _asked(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    reply: dict[str, Any] = json.loads(await ctx.bus.request(ctx.bus.subjects.sim_control(), request, PATIENCE))
    return {"time": iso(reply["time_ns"]), **reply}
