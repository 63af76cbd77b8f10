"""Imports: many records from one file, with what became of each row. Unless part of it is wanted, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict

from historian.ledger.books import Books, unique_of
from historian.ledger.field_book import begin_histories
from historian.ledger.trait import Trait
from plant.error import ConfigError, Mistake, OutOfRange
from plant.unit import split_key
from ui.api.context import Context, Ctx
from ui.api.problem import MEDIA_TYPE, responses
from ui.api.record import desk, edge, sheet
from ui.api.record.resource import RESOURCES, Resource
from ui.api.record.routes import Reason
from ui.api.record.sight import sight
from ui.identity.error import Forbidden

router = APIRouter(tags=["records"])

CHUNK = 1_000  # rows written at once
TOLD = 1_000  # refusals told one by one
BY_CODE = {"field": "field", "wellpad": "wellpad", "well": "well"}  # column of a file → the noun whose code it holds
_REPORT: dict[str, Any] = {
    "rows": 2, "created": 0, "refused": 1, "is_written": False,
    "refusals": [{"row": 3, "key": "latitude", "value": 91, "rule": "must be between -90 and 90"}],
}  # fmt: skip


class Refusal(BaseModel):
    """One rule that one row breaks; rows are counted as a spreadsheet counts them."""

    row: int
    key: str
    value: Any = None
    rule: str


class Report(BaseModel):
    """What became of a file: the first thousand refusals one by one."""

    model_config = ConfigDict(json_schema_extra={"example": _REPORT})
    rows: int = 0
    created: int = 0
    refused: int = 0
    is_written: bool = False
    refusals: list[Refusal] = []


class _Undone(Exception):
    """Nothing of it is to be written."""


class Import:
    """One file on its way into the books."""

    def __init__(self, ctx: Context, resource: Resource, books: Books, reason: str):
        self._ctx, self._resource, self._books, self._reason = ctx, resource, books, reason
        self._ids: dict[tuple[str, str, str], str] = {}
        self._seen: set[tuple[str, tuple[Any, ...]]] = set()
        self.report = Report()

    def take(self, rows: Iterator[tuple[int, sheet.Row]]) -> None:
        """All rows, a chunk at a time."""
        while chunk := list(islice(rows, CHUNK)):
            self.report.rows += len(chunk)
            good = self._new([(number, values) for number, row in chunk if (values := self._values(number, row))])
            made = self._books.add_many(self._resource.noun, [values for _, values in good])
            if self._resource.noun == "well":
                begin_histories(self._books, made, self._reason or "imported")
            self._hold([row["id"] for row in made])
            self.report.created += len(made)

    def _values(self, number: int, row: sheet.Row) -> dict[str, Any] | None:
        try:
            given = {key: self._read(key, cell) for key, cell in self._referred(row).items()}
            return edge.taken(self._resource.noun, given)
        except ConfigError as error:
            self._refuse(number, error.mistakes)
        except OutOfRange as error:
            self._refuse(number, [Mistake("", error.name, error.value, error.rule)])
        return None

    def _referred(self, row: sheet.Row) -> sheet.Row:
        """The row with ids where it has codes."""
        found = dict(row)
        for key, noun in BY_CODE.items():
            if key in found and f"{noun}_id" in self._resource.traits:
                field = found.get("field_id", "")
                found[f"{noun}_id"] = self._id(noun, str(found.pop(key)), str(field) if noun != "field" else "")
        return found

    def _id(self, noun: str, code: str, field: str) -> str:
        known = self._ids.get((noun, code, field))
        if known is None:
            where = [("code", "=", code), *([("field_id", "=", field)] if field else [])]
            rows = self._books.find(noun, where, limit=2)
            if len(rows) != 1:
                raise OutOfRange(noun, code, f"must be the code of one {noun}" + (" of that field" if field else ""))
            known = self._ids[noun, code, field] = rows[0]["id"]
        return known

    def _read(self, key: str, cell: Any) -> Any:
        """A cell as its column wants it: text that is a number is one."""
        known = self._resource.traits
        trait = known.get(key) or known.get(split_key(key)[0])
        return cell if trait is None else _typed(trait, cell)

    def _new(self, rows: list[tuple[int, dict[str, Any]]]) -> list[tuple[int, dict[str, Any]]]:
        """Those rows that are neither in the ledger nor twice in the file."""
        for columns in unique_of(self._resource.noun):
            found = [(number, values, tuple(values.get(c) for c in columns)) for number, values in rows]
            whole = [key for _, _, key in found if None not in key]
            where = [
                (c, "in", sorted({key[i] for key in whole}, key=str)) for i, c in enumerate(columns)
            ]  # all, as the index has
            there = self._books.find(self._resource.noun, where, limit=10**7) if whole else []
            known = {tuple(row[c] for c in columns) for row in there}
            rows = [(number, values) for number, values, key in found if self._is_new(number, columns, key, known)]
        return rows

    def _is_new(self, number: int, columns: tuple[str, ...], key: tuple[Any, ...], known: set[Any]) -> bool:
        if None in key:
            return True
        if key in known or (columns[-1], key) in self._seen:
            where = "is there already" if key in known else "stands in this file before"
            self._refuse(number, [Mistake("", columns[-1], key[-1], where)])
            return False
        self._seen.add((columns[-1], key))
        return True

    def _refuse(self, number: int, mistakes: Any) -> None:
        self.report.refused += 1
        if len(self.report.refusals) < TOLD:
            self.report.refusals += [Refusal(row=number, key=m.key, value=m.value, rule=m.rule) for m in mistakes]

    def _hold(self, ids: list[str]) -> None:
        seen = sight(self._books, self._resource.noun, self._ctx.identity, self._resource.writing)
        if seen and self._books.count(self._resource.noun, [*seen, ("id", "in", ids)]) < len(ids):
            raise Forbidden(self._resource.writing)


def _typed(trait: Trait, cell: Any) -> Any:
    """What the cell is where its column wants no text; itself where it is none, to be refused as it was sent."""
    if trait.kind in ("text", "moment", "exact"):
        return cell if isinstance(cell, str) else f"{cell:g}" if isinstance(cell, float) else str(cell)
    if not isinstance(cell, str) or trait.kind not in _PARSED:
        return cell
    try:
        return _PARSED[trait.kind](cell.lower())
    except (ValueError, KeyError):
        return cell


_PARSED: dict[str, Any] = {
    "flag": {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.__getitem__,
    "number": float, "integer": int, "structure": json.loads,
}  # fmt: skip


def _import(resource: Resource) -> Any:
    async def endpoint(
        ctx: Ctx, request: Request, reason: Reason = "",
        partial: Annotated[bool, Query(description="write the rows that are right, whatever others are")] = False,
        dry_run: Annotated[bool, Query(description="only say what would become of each row")] = False,
    ) -> Response:  # fmt: skip
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in (sheet.CSV, sheet.XLSX):
            raise OutOfRange("Content-Type", kind, f"must be {sheet.CSV} or {sheet.XLSX}")
        content = await request.body()
        report = Report()

        def work(books: Books) -> None:
            nonlocal report
            one = Import(ctx, resource, books, reason)
            report = one.report
            one.take(sheet.rows(content, kind))
            report.is_written = not dry_run and (partial or not report.refused)
            if not report.is_written:
                raise _Undone

        try:
            await desk.write(ctx, request, reason, work)
        except _Undone:
            report.created = 0 if not dry_run else report.created
        return _answer(report, dry_run)

    return endpoint


def _answer(report: Report, is_dry: bool) -> Response:
    body = report.model_dump()
    if report.is_written or is_dry:
        return Response(json.dumps(body, ensure_ascii=False), media_type="application/json")
    said = (
        f"{report.refused} of {report.rows} rows break rules, so that nothing was written; partial=true writes the rest"
    )
    problem = {
        "type": "urn:gemelo:problem:import-refused", "title": HTTPStatus(422).phrase, "status": 422, "detail": said,
    }  # fmt: skip
    return Response(json.dumps(problem | body), 422, media_type=MEDIA_TYPE)


for _resource in RESOURCES:
    _files: dict[str, Any] = {
        kind: {"schema": {"type": "string", "format": "binary"}} for kind in (sheet.CSV, sheet.XLSX)
    }
    router.post(
        f"/{_resource.path}/import", summary=f"{_resource.says}: many from a file", response_model=None,
        description="CSV or XLSX, a row each; columns as the keys of a record, or field, wellpad and well by code.",
        responses=responses(409, 413, 422, 503, ok={"model": Report}),
        openapi_extra={"requestBody": {"content": _files, "required": True}},
    )(_import(_resource))  # fmt: skip
