"""Live: values as they come, as server-sent events."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from ui.api.context import Context, Ctx, names
from ui.api.problem import responses
from ui.api.snapshot import Units
from ui.api.values import InUnits, Tags

router = APIRouter(tags=["values"])

HEARTBEAT = 10.0  # s without an event, after which a comment shows that the connection lives

_EVENT = 'data: {"values": [{"tag": "Well.CACB27A-P1.Frequency", "value": 50.0, "unit": "Hz", "quality": "Good"}], "dropped": 0}'  # noqa: E501
_EVENTS = {"description": "Events", "content": {"text/event-stream": {"schema": {"type": "string"}, "example": _EVENT}}}


@router.get("/live", summary="Live values", response_class=StreamingResponse, responses=responses(404, 422, ok=_EVENTS))
async def live(ctx: Ctx, tags: Tags = "", units: InUnits = "field") -> StreamingResponse:
    """Every value that stands now, then each sample as it comes.

    A client that reads too slowly misses the oldest samples; ``dropped`` counts the events it missed so far.
    """
    rows = ctx.catalogue.rows(names(tags)) if tags else list(ctx.catalogue.row.values())
    headers = {"X-Accel-Buffering": "no"}  # a proxy that collects before it sends would spoil it
    return StreamingResponse(_events(ctx, rows, units), media_type="text/event-stream", headers=headers)


async def _events(ctx: Context, rows: list[int], units: Units) -> AsyncIterator[str]:
    with ctx.feed.listening(rows, units) as listener:
        yield _event(json.dumps(ctx.snapshot.shown(rows, units)), 0)
        while not listener.is_closed:
            event = await listener.next(HEARTBEAT)
            if event is not None:
                yield _event(event, listener.dropped)
            elif not listener.is_closed:
                yield ":\n\n"


def _event(values: str, dropped: int) -> str:
    return f'data: {{"values": {values}, "dropped": {dropped}}}\n\n'
