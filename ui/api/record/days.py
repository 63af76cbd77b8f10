"""Production days of a field: entered and divided among its wells, closed with approval, corrected by new entries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, ConfigDict, Field

from control.access.identity import Place
from historian.ledger.books import Books, Row
from historian.ledger.day import MEASURED, PHASES, Span, allocate, balance, close, correct, standing
from plant.error import ConfigError, Mistake, Unknown
from ui.api.asked import FORMAT, Listed
from ui.api.context import Context, Ctx
from ui.api.problem import responses
from ui.api.record import desk, edge
from ui.api.record.resource import of
from ui.api.record.routes import InUnits, Reason
from ui.api.record.sight import READ, sight
from ui.api.snapshot import Units
from ui.identity.error import Forbidden

router = APIRouter(tags=["production"], route_class=Listed, dependencies=FORMAT)

NOUN, ENTER, CLOSE = "daily_production", "production.write", "production.close"
_ENTERED = {"date": "2026-01-31", "zone": "Asia/Shanghai", "oil_bbl": 5200.0, "water_bbl": 14100.0, "gas_m3": 21000.0}
_ROW: dict[str, Any] = {
    "id": "0b6f8f7c5d1e4c1d9a6c2f0e8b7a5d3c", "date": "2026-01-31", "state": "OPEN", "well": "CACB27A-P1",
    "oil_m3": 70.1, "gas_m3": 1800.0, "water_m3": 190.2, "uptime_h": 24.0, "deferred_oil_m3": 0.0,
}  # fmt: skip


class Days(BaseModel):
    """Entries that hold, the field's own without a well; ``balance`` is what it has more than its wells [m³]."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"production": [_ROW], "balance": {"2026-01-31": {"oil": 0.0}}}}
    )
    production: list[dict[str, Any]]
    balance: dict[str, dict[str, float]] = Field(description="by day and phase")


ANSWERS = responses(404, 422, 503, ok={"model": Days})
Sent = Annotated[dict[str, Any], Body(examples=[_ENTERED])]


@router.get("/fields/{id}/production", summary="Production days", response_model=None, responses=ANSWERS)
async def days(ctx: Ctx, id: str, start: date, end: date, units: InUnits = "field") -> dict[str, Any]:  # noqa: A002
    """Of the days from ``start`` to ``end``, both of them included."""

    def work(books: Books) -> dict[str, Any]:
        field = desk.found(books, ctx, of("fields"), id, READ)["id"]
        where = [("date", ">=", start), ("date", "<=", end)]
        return _shown(books, ctx, books.find(NOUN, where, "date", 1_000_000, field_id=field), units)

    return await desk.read(ctx, work)


@router.post("/fields/{id}/production", summary="Enter a production day", response_model=None, responses=ANSWERS)
async def enter(
    ctx: Ctx, request: Request, id: str, body: Sent, reason: Reason = "", units: InUnits = "field"  # noqa: A002
) -> dict[str, Any]:  # fmt: skip
    """The field's totals of a day that begins at ``hour`` of ``zone``, divided among wells by test and running hours.

    Entered again it takes the place of what was entered; a closed day is refused.
    """
    given = dict(body)
    zone, hour = given.pop("zone", "UTC"), given.pop("hour", 0)
    values = edge.taken(NOUN, given, {})
    _only(given, values, ("date", *PHASES, *MEASURED))
    span = Span.of(
        values["date"] if isinstance(values["date"], date) else date.fromisoformat(values["date"]), zone, hour
    )
    measured = {key: values[key] for key in MEASURED if key in values}

    def work(books: Books) -> dict[str, Any]:
        rows = allocate(
            books, _field(books, ctx, id, ENTER), span, {key: values.get(key, 0.0) for key in PHASES}, measured
        )
        return _shown(books, ctx, rows, units)

    return await desk.write(ctx, request, reason, work)


@router.post(
    "/fields/{id}/production/{day}/close", summary="Close a production day", response_model=None, responses=ANSWERS
)
async def approve(
    ctx: Ctx, request: Request, id: str, day: date, reason: Reason = "", units: InUnits = "field"  # noqa: A002
) -> dict[str, Any]:  # fmt: skip
    """Approve it as it stands, if its wells add up to its total. What is wrong in it is corrected from then on."""

    def work(books: Books) -> dict[str, Any]:
        return _shown(books, ctx, close(books, _field(books, ctx, id, CLOSE), day, reason), units)

    return await desk.write(ctx, request, reason, work)


@router.post("/production/{id}/correct", summary="Correct a closed entry", response_model=None, responses=ANSWERS)
async def amend(
    ctx: Ctx, request: Request, id: str, body: Sent, reason: Reason = "", units: InUnits = "field"  # noqa: A002
) -> dict[str, Any]:  # fmt: skip
    """A new entry with what it should have been, and why; the closed one stays."""
    values = edge.taken(NOUN, body, {})
    _only(body, values, (*PHASES, *MEASURED, "uptime", "deferred_oil"))

    def work(books: Books) -> dict[str, Any]:
        entry = books.one(NOUN, id=id)
        if entry is None:
            raise Unknown("entry", id)
        _field(books, ctx, entry["field_id"], CLOSE)
        return _shown(books, ctx, [correct(books, id, values, reason)], units)

    return await desk.write(ctx, request, reason, work)


def _only(given: Mapping[str, Any], values: Mapping[str, Any], known: tuple[str, ...]) -> None:
    others = [name for name in values if name not in known]
    missing = ["date"] if "date" in known and "date" not in values else []
    mistakes = [
        Mistake(NOUN, name, given.get(name), f"is not to be sent; there are {', '.join(known)}") for name in others
    ]
    mistakes += [Mistake(NOUN, name, None, "is missing") for name in missing]
    if mistakes:
        raise ConfigError(mistakes)


def _field(books: Books, ctx: Context, id_: str, permission: str) -> str:
    field = desk.found(books, ctx, of("fields"), id_, READ)
    is_his = books.find("field", sight(books, "field", ctx.identity, permission), id=field["id"], limit=1)
    if not is_his or ctx.identity.is_narrowed(permission, Place(books.tenant, field["code"])):
        raise Forbidden(permission)  # a day is the whole field's
    return str(field["id"])


def _shown(books: Books, ctx: Context, rows: list[Row], units: Units) -> dict[str, Any]:
    """Entries that hold, of wells that he may see; each day's balance to whom sees all of them."""
    seen = sight(books, "well", ctx.identity, READ)
    codes = {well["id"]: well["code"] for well in books.find("well", seen, limit=1_000_000)}
    known = [row for row in standing(rows) or rows if row["well_id"] is None or row["well_id"] in codes]
    names = [name for name in edge.names_of(NOUN) if name not in ("basis", "field_id", "well_id")]
    shown = [
        {**edge.shown(NOUN, row, names, units), "well": codes.get(row["well_id"]), "basis": row["basis"]}
        for row in known
    ]
    dates = [] if seen else sorted({row["date"] for row in rows})
    return {"production": shown, "balance": {str(one): balance([r for r in rows if r["date"] == one]) for one in dates}}
