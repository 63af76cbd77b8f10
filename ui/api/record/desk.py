"""The desk: what is asked of the ledger in a request, off the loop, in the name and within the sight of who asks."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from fastapi import Request

from control.access.identity import Place
from historian.ledger.audit import Actor
from historian.ledger.books import Books, Row
from historian.ledger.field_book import begin_histories
from plant.error import OutOfRange, Unknown
from ui.api.context import Context
from ui.api.record import edge
from ui.api.record.hot import Kept
from ui.api.record.page import Asked
from ui.api.record.resource import Resource
from ui.api.record.sight import READ, asset_of, sight
from ui.api.snapshot import Units
from ui.identity.error import Forbidden

T = TypeVar("T")
LONGEST_KEY = 200  # characters of an Idempotency-Key


class Answer(NamedTuple):
    """What a write is answered with."""

    status: int
    body: dict[str, Any]
    etag: str


async def read(ctx: Context, work: Callable[[Books], T]) -> T:
    """The work's result over the tenant's books."""

    def run() -> T:
        with ctx.ledger.reading(ctx.place.tenant) as books:
            return work(books)

    return await asyncio.to_thread(run)


async def write(ctx: Context, request: Request, reason: str, work: Callable[[Books], T]) -> T:
    """The result of work that changes the books, all of it or nothing, audited in the name of who asks."""
    actor = Actor(ctx.identity.name, request.client.host if request.client else "", reason)

    def run() -> T:
        with ctx.ledger.writing(ctx.place.tenant, actor) as books:
            return work(books)

    try:
        return await asyncio.to_thread(run)
    finally:
        ctx.hot.forget()


def listed(ctx: Context, resource: Resource, asked: Asked, units: Units) -> Callable[[Books], dict[str, Any]]:
    """A page of a list."""

    def work(books: Books) -> dict[str, Any]:
        rows, after = asked.rows(books, resource.noun, sight(books, resource.noun, ctx.identity, READ))
        shown = [edge.shown(resource.noun, row, asked.fields, units) for row in rows]
        return {resource.path: shown, "next": after}

    return work


async def one(ctx: Context, resource: Resource, id_: str, units: Units, path: str) -> Kept:
    """One record, by its id, or by its code where that is one record's alone. Raises :class:`Unknown`."""
    key, began = (path, units), ctx.hot.began()
    kept = ctx.hot.get(key)
    if kept is not None and kept.is_seen_by(ctx.identity, READ):
        return kept

    def work(books: Books) -> tuple[Row, str | None]:
        row = found(books, ctx, resource, id_, READ)
        return row, _field_of(books, resource, row)

    row, field = await read(ctx, work)
    body = json.dumps(edge.shown(resource.noun, row, resource.traits, units), ensure_ascii=False).encode()
    asset = asset_of(row) if resource.noun == "well" else None
    kept = Kept(body, f'"{row["version"]}"', Place(ctx.place.tenant, field, asset))
    if field is not None:
        ctx.hot.put(key, kept, began)
    return kept


def _field_of(books: Books, resource: Resource, row: Row) -> str | None:
    """The code of the field in which it stands; None of what is only in it by its well."""
    if "field_id" not in row or "well_id" in row:
        return row["code"] if resource.noun == "field" else None
    return str(books.get("field", row["field_id"])["code"])


def found(books: Books, ctx: Context, resource: Resource, id_: str, permission: str) -> Row:
    """The record, if he may see it. Raises :class:`Unknown` alike where there is none and where he may not."""
    seen = sight(books, resource.noun, ctx.identity, READ)
    rows = books.find(resource.noun, seen, id=id_, limit=1)
    if not rows and "code" in resource.traits:
        rows = books.find(resource.noun, seen, code=id_, limit=2)
    if len(rows) != 1:
        raise Unknown(resource.noun, id_)
    if permission != READ:
        _hold(books, ctx, resource, rows[0])
    return rows[0]


def _hold(books: Books, ctx: Context, resource: Resource, row: Row) -> None:
    """See that he may change it; what was changed within this transaction is undone where he may not."""
    if not books.find(
        resource.noun, sight(books, resource.noun, ctx.identity, resource.writing), id=row["id"], limit=1
    ):
        raise Forbidden(resource.writing)


def made(ctx: Context, resource: Resource, given: Mapping[str, Any], reason: str) -> Callable[[Books], Row]:
    """A new record."""

    def work(books: Books) -> Row:
        values = edge.taken(resource.noun, given)
        row = books.add(resource.noun, values)
        if resource.noun == "well":
            begin_histories(books, [row], reason or "made by the API")
        _hold(books, ctx, resource, row)
        return row

    return work


def changed(
    ctx: Context, resource: Resource, id_: str, given: Mapping[str, Any], version: int | None, reason: str
) -> Callable[[Books], Row]:
    """A record with some values changed; a well's new status is a line of its history."""

    def work(books: Books) -> Row:
        before = found(books, ctx, resource, id_, resource.writing)
        row = books.change(resource.noun, before["id"], edge.taken(resource.noun, given, before), version)
        _hold(books, ctx, resource, row)
        if resource.noun == "well" and row["status"] != before["status"]:
            begin_histories(books, [row], reason or "changed by the API")
        return row

    return work


def ended(ctx: Context, resource: Resource, id_: str, version: int | None, reason: str) -> Callable[[Books], Row]:
    """A record retired, or taken away where it is none that others live by."""
    if resource.end is not None:
        return changed(ctx, resource, id_, resource.end, version, reason)

    def work(books: Books) -> Row:
        row = found(books, ctx, resource, id_, resource.writing)
        books.remove(resource.noun, row["id"], version)
        return row

    return work


def once(key: str | None, asked: object, answer: Callable[[Books], Answer]) -> Callable[[Books], Answer]:
    """The answer, given again to whoever asks the same under the same key: it is not done twice.

    Raises :class:`OutOfRange` where something else was asked under that key.
    """
    if key is None:
        return answer
    if not 0 < len(key) <= LONGEST_KEY:
        raise OutOfRange("Idempotency-Key", key, f"must have 1 to {LONGEST_KEY} characters")
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()

    def work(books: Books) -> Answer:
        known = books.one("answered", key=key)
        if known is None:
            given = answer(books)
            books.add("answered", {"key": key, "digest": digest, **given._asdict()})
            return given
        if known["digest"] != digest:
            raise OutOfRange("Idempotency-Key", key, "was used for another request")
        return Answer(known["status"], known["body"], known["etag"])

    return work
