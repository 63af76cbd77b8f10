"""What a request may ask: the keys of its query, on every route, and in which form it wants its answer.

A key that a route does not know is refused, for a misspelt filter would pass for none. ``format=csv`` (or
``Accept: text/csv``) gives a list as a table: a row of names, then a row for each thing in it.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Iterator
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from plant.error import OutOfRange

CSV = "text/csv"
NEXT = "Gemelo-Next"  # header of a table that was cut: what ``next`` is in JSON
Format = Literal["json", "csv"]


async def known_keys(request: Request) -> None:
    """Let a request pass whose query has only keys that its route knows, each once. Raises :class:`OutOfRange`."""
    route = request.scope.get("route")
    known = sorted(_keys(route.dependant)) if isinstance(route, APIRoute) else []
    for key, times in Counter(key for key, _ in request.query_params.multi_items()).items():
        if key not in known:
            rule = f"is no key of this request; it knows {', '.join(known)}" if known else "this request knows no keys"
            raise OutOfRange(key, request.query_params[key], rule)
        if times > 1:
            raise OutOfRange(key, f"{times} times", "must be given once; several names have commas between")


def _keys(dependant: Dependant) -> Iterator[str]:
    yield from (parameter.alias for parameter in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _keys(inner)


async def _format(  # async, since what is not waits for a thread
    format: Annotated[Format | None, Query(description="json, or csv: a table; else what Accept says")] = None,  # noqa: A002
) -> None:
    """Make ``format`` a key of the route; :class:`Listed` reads it."""


FORMAT = [Depends(_format)]  # of every router whose routes are :class:`Listed`


class Listed(APIRoute):
    """A route that gives its answer as a table where that is asked for."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's own, and then the table."""
        answered = super().get_route_handler()

        async def handler(request: Request) -> Response:
            reply = await answered(request)
            return as_csv(json.loads(bytes(reply.body))) if _is_table(request) else reply

        return handler if "GET" in (self.methods or ()) else answered


def _is_table(request: Request) -> bool:
    asked = request.query_params.get("format")
    accepted = request.headers.get("accept", "").partition(",")[0].partition(";")[0].strip()
    return asked == "csv" or (asked is None and accepted == CSV)


def as_csv(body: dict[str, Any]) -> Response:
    """The list in an answer as a table, what is no list as its one row."""
    rows = next((value for value in body.values() if _is_list(value)), [body])
    if "series" in body:
        rows = [row for series in body["series"] for row in _samples(series)]
    out = io.StringIO()
    table = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)))
    table.writeheader()
    table.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    headers = {NEXT: body["next"]} if body.get("next") else None
    return Response(out.getvalue(), headers=headers, media_type=f"{CSV}; charset=utf-8")


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _samples(series: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """A row for each sample of a tag's columns."""
    columns = {key: column for key, column in series.items() if isinstance(column, list)}
    named = {"tag": series["tag"], "unit": series["unit"]}
    return (named | dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True))


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
