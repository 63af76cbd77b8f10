"""Status: whether each process lives and what it does, and whether the whole is ready."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict

from historian.client import History
from plant.error import ServiceError
from ui.api.context import Context, Ctx
from ui.api.moment import iso
from ui.api.problem import answer, responses

router = APIRouter(tags=["status"])
probes = APIRouter(tags=["status"])

PATIENCE = 1.0  # s, for the historian to answer

_EXAMPLE: dict[str, Any] = {
    "field": "shengli12", "time": "2026-01-31T12:00:00.000Z", "clock": "wall",
    "bus": {"connected": True, "reconnects": 0},
    "services": {"control": {
        "state": "running", "pid": 4242, "age_s": 0.7, "up_s": 3600.0, "counts": {"points": 990000},
        "gauges": {"points_per_s": 275.0}, "last_error": None,
        "devices": {"RTU-CACB27A-P1": {"connected": True, "rate": 21.0, "lag_s": 0.4, "missed": 0, "last_error": None,
                                           "clock_error_s": 0.2, "complaints": {}}},
    }},
}  # fmt: skip


class Status(BaseModel):
    """Every process by name: its last pulse, and whether it is running or silent."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})
    field: str
    time: str
    clock: str
    bus: dict[str, Any]
    services: dict[str, dict[str, Any]]


class Ready(BaseModel):
    """Whether values can be read, asked for and written; where not, why."""

    ready: bool
    reasons: list[str]


@router.get("/status", summary="Processes and devices", response_model=Status)
async def status(ctx: Ctx) -> Status:
    """Counts, rates, lag and last error of each process, and of each device that control keeps."""
    site, client = ctx.catalogue.site, ctx.bus.client
    bus = {"connected": client.is_connected, "reconnects": client.stats["reconnects"]}
    time = iso(ctx.clock.now())
    return Status(field=site.field.name, time=time, clock=site.bench.clock, bus=bus, services=ctx.feed.services())


@probes.get("/health", summary="Whether this process lives")
async def health() -> dict[str, str]:
    """It does."""
    return {"status": "ok"}


@probes.get("/ready", summary="Whether the whole is ready", response_model=Ready, responses=responses(503))
async def ready(ctx: Ctx) -> Ready | Response:
    """Bus and historian answer, and every process lives and can work; 503 with the reasons where one does not."""
    said = await asyncio.gather(_bus(ctx), _historian(ctx))
    reasons = [reason for reason in (*said, *_services(ctx.feed.services())) if reason]
    return answer(503, "not-ready", "; ".join(reasons)) if reasons else Ready(ready=True, reasons=[])


async def _bus(ctx: Context) -> str:
    return "" if ctx.bus.client.is_connected else "the bus is not connected"


def _services(services: dict[str, dict[str, Any]]) -> list[str]:
    """What is wrong with those that have been heard, and that control has not been."""
    unheard = [] if "control" in services else ["control has not been heard"]
    silent = [
        f"{name} is silent since {pulse['age_s']:.0f} s"
        for name, pulse in services.items()
        if pulse["state"] == "silent"
    ]
    return (
        unheard + silent + [f"{name}: {pulse['trouble']}" for name, pulse in services.items() if pulse.get("trouble")]
    )


async def _historian(ctx: Context) -> str:
    try:
        await History(ctx.bus, PATIENCE).tags()
    except ServiceError as error:
        return f"historian: {error}"
    return ""
