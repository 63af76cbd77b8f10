"""History: what a tag was, as raw samples or as averages over an interval."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any

import numpy as np
import pyarrow as pa
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict

from control.bus.column import to_numpy, whole
from historian.client import more
from plant.error import OutOfRange
from plant.unit import Unit
from ui.api.asked import FORMAT, Listed
from ui.api.context import Context, Ctx, OfRun, names
from ui.api.moment import SECOND, iso, moment, width
from ui.api.problem import responses
from ui.api.snapshot import SI, Units
from ui.api.values import InUnits

router = APIRouter(tags=["history"], route_class=Listed, dependencies=FORMAT)

HOUR = 3600 * SECOND
RAW = ("value",)  # columns in the tag's unit …
BUCKETS = ("average", "min", "max")
PLAIN = ("count", "bad", "quality")  # … and columns that have none

_EXAMPLE: dict[str, Any] = {
    "start": "2026-01-31T12:00:00.000Z", "end": "2026-01-31T12:02:00.000Z", "interval": "1m", "next": None,
    "series": [{
        "tag": "Well.CACB27A-P1.Frequency", "unit": "Hz", "time_ns": [1769860800000000000, 1769860860000000000],
        "average": [50.0, 50.2], "min": [49.9, 50.0], "max": [50.1, 50.4], "count": [60, 59], "bad": [0, 1],
        "quality": [0, 1083506688],
    }],
}  # fmt: skip


class Series(BaseModel):
    """One tag's samples as columns: ``value`` of raw samples, or ``average``, ``min``, ``max``, ``count`` and ``bad``.

    ``quality`` is an OPC UA status code; of an average it is the worst of its samples, and ``bad`` counts
    those that were left out of it.
    """

    tag: str
    unit: str
    time_ns: list[int]
    value: list[float | None] | None = None
    average: list[float | None] | None = None
    min: list[float | None] | None = None
    max: list[float | None] | None = None
    count: list[int] | None = None
    bad: list[int] | None = None
    quality: list[int]


class History(BaseModel):
    """A reply. Where it had to be cut, ``next`` is the ``start`` of the next request."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})
    start: str
    end: str
    interval: str
    next: str | None
    series: list[Series]


@router.get("/history", summary="History", responses=responses(404, 422, 503, ok={"model": History}))
async def history(
    ctx: Ctx,
    tags: Annotated[str, Query(description="tag names with commas between")],
    start: Annotated[str | None, Query(description="ISO 8601 or ns since 1970; an hour before end by default")] = None,
    end: Annotated[str | None, Query(description="not included; now by default")] = None,
    interval: Annotated[str, Query(description="raw, or a width as 10s, 1m, 1h")] = "raw",
    limit: Annotated[int, Query(ge=1, le=100_000, description="samples or averages in one reply")] = 10_000,
    units: InUnits = "field",
    run: OfRun = None,
) -> Response:
    """Samples of ``start <= time < end`` in the order of time, each tag in its unit."""
    asked = names(tags)
    if not asked:
        raise OutOfRange("tags", tags, "must name a tag")
    asked = ctx.catalogue.named(asked)
    end_ns = moment("end", end) if end else max(ctx.clock.now(), 1)
    start_ns = moment("start", start) if start else max(end_ns - HOUR, 0)
    if start_ns >= end_ns:
        raise OutOfRange("start", start, f"must be earlier than end = {iso(end_ns)}")
    step = width(interval)
    if step is None:
        table = await ctx.history.of(run).raw(asked, start_ns, end_ns, limit)
    else:
        table = await ctx.history.of(run).buckets(asked, start_ns, end_ns, step, limit)
    head = {"start": iso(start_ns), "end": iso(end_ns), "interval": interval, "next": _next(table)}
    body = await asyncio.to_thread(_body, ctx, head, dict.fromkeys(asked), table, units)
    return Response(body, media_type="application/json")


def _next(table: pa.Table) -> str | None:
    at = more(table)
    return None if at is None else str(at)  # in ns, so that it goes on exactly there


def _body(ctx: Context, head: dict[str, Any], asked: dict[str, None], table: pa.Table, units: Units) -> bytes:
    columns, order, ends = _by_tag(table)
    series = []
    for name in asked:
        begin, end = ends.get(name, (0, 0))
        rows = order[begin:end]
        unit = ctx.catalogue.tag(name).tag.signal.unit
        shown = {"tag": name, "unit": unit.symbol if units == "field" else SI.get(unit.quantity, "")}
        series.append(shown | {key: _column(key, column[rows], unit, units) for key, column in columns.items()})
    return json.dumps(head | {"series": series}).encode()


def _by_tag(table: pa.Table) -> tuple[dict[str, np.ndarray], np.ndarray, dict[str, tuple[int, int]]]:
    """Columns, the order that puts each tag's rows together, and where in it each tag begins and ends."""
    table = table.unify_dictionaries().combine_chunks()
    tag = whole(table["tag"])
    index = to_numpy(tag.indices)
    order = np.argsort(index, kind="stable")  # within a tag the order of time stays
    edges = np.searchsorted(index[order], np.arange(len(tag.dictionary) + 1))
    ends = {name: (int(edges[i]), int(edges[i + 1])) for i, name in enumerate(tag.dictionary.to_pylist())}
    wanted = [name for name in ("time", *RAW, *BUCKETS, *PLAIN) if name in table.column_names]
    columns = {name: to_numpy(whole(table[name])) for name in wanted}
    return {"time_ns" if name == "time" else name: column for name, column in columns.items()}, order, ends


def _column(name: str, column: np.ndarray, unit: Unit, units: Units) -> list[Any]:
    if name not in RAW + BUCKETS:
        return column.tolist()
    if units == "field":
        column = unit.from_si(column)
    return [None if value != value else value for value in column.tolist()]
