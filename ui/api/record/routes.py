"""The routes of every resource, made from its row: list, read, make, change, end."""

from __future__ import annotations

import json
from inspect import Parameter, Signature
from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Query, Request
from fastapi.responses import Response

from plant.error import OutOfRange
from ui.api.asked import FORMAT, Listed
from ui.api.context import Context, Ctx
from ui.api.problem import responses
from ui.api.record import desk, edge
from ui.api.record.page import Asked
from ui.api.record.resource import RESOURCES, Resource
from ui.api.record.shape import page, shape
from ui.api.snapshot import Units

router = APIRouter(tags=["records"], route_class=Listed, dependencies=FORMAT)

InUnits = Annotated[Units, Query(description="field: as people of the field count; or SI; each key has its unit")]
Reason = Annotated[str, Query(max_length=1000, description="why; it is kept in the audit")]
Match = Annotated[str | None, Header(alias="If-Match", description="ETag of what is to be changed")]
Once = Annotated[str | None, Header(alias="Idempotency-Key", description="asked again under it, it is done once")]
Limit = Annotated[int, Query(ge=1, le=10_000)]
Skip = Annotated[int, Query(ge=0, le=10_000_000, description="rows to leave out; cursor is faster")]
Cursor = Annotated[str | None, Query(max_length=2000, description="next of the page before")]
Sort = Annotated[str | None, Query(max_length=64, description="a key, downwards with - before it")]
Fields = Annotated[str | None, Query(max_length=1000, description="keys with commas between, as the ledger names them")]


def respond(row: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A record with its version."""
    etag = {"ETag": f'"{row["version"]}"'}
    return Response(json.dumps(row, ensure_ascii=False), status, etag | (headers or {}), "application/json")


def version_of(match: str | None) -> int | None:
    """The version that an ``If-Match`` means. Raises :class:`OutOfRange`."""
    if match is None or match.strip() == "*":
        return None
    said = match.strip().removeprefix("W/").strip('"')
    if not said.isdecimal():
        raise OutOfRange("If-Match", match, "must be the ETag of the record as it was read")
    return int(said)


def whole(resource: Resource, row: dict[str, Any], units: Units) -> dict[str, Any]:
    """All of a record but whose it is."""
    return edge.shown(resource.noun, row, resource.traits, units)


def _list(resource: Resource) -> Any:
    async def endpoint(
        ctx: Context, limit: int, skip: int, cursor: str | None, sort: str | None, fields: str | None, units: Units,
        **filters: str | None,
    ) -> Response:  # fmt: skip
        asked = Asked.of(resource, filters, sort, limit, skip, cursor, fields)
        found = await desk.read(ctx, desk.listed(ctx, resource, asked, units))
        return Response(json.dumps(found, ensure_ascii=False), media_type="application/json")

    own = {"ctx": Ctx, "limit": Limit, "skip": Skip, "cursor": Cursor, "sort": Sort, "fields": Fields, "units": InUnits}
    named = {name: Annotated[str | None, Query(max_length=2000)] for name in resource.filters}
    usual = {"limit": 100, "skip": 0, "units": "field", **dict.fromkeys(("cursor", "sort", "fields", *named))}
    parameters = [
        Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind, default=usual.get(name, Parameter.empty))
        for name, kind in (own | named).items()
    ]  # fmt: skip
    endpoint.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return endpoint


def _get(resource: Resource) -> Any:
    async def endpoint(
        ctx: Ctx, request: Request, id: str, units: InUnits = "field",  # noqa: A002
        if_none_match: Annotated[str | None, Header(alias="If-None-Match")] = None,
    ) -> Response:  # fmt: skip
        kept = await desk.one(ctx, resource, id, units, request.scope["path"])
        etag = {"ETag": kept.etag}
        if if_none_match is not None and if_none_match.removeprefix("W/") == kept.etag:
            return Response(status_code=304, headers=etag)
        return Response(kept.body, headers=etag, media_type="application/json")

    return endpoint


def _post(resource: Resource) -> Any:
    async def endpoint(
        ctx: Ctx, request: Request, body: Annotated[dict[str, Any], Body()], reason: Reason = "",
        units: InUnits = "field", key: Once = None,
    ) -> Response:  # fmt: skip
        make = desk.made(ctx, resource, body, reason)

        def answer(books: Any) -> desk.Answer:
            row = make(books)
            return desk.Answer(201, whole(resource, row, units), str(row["version"]))

        asked = [ctx.identity.id or ctx.identity.name, resource.path, body, units]
        given = await desk.write(ctx, request, reason, desk.once(key, asked, answer))
        at = {"Location": f"{request.url.path}/{given.body['id']}"}
        return respond(given.body, given.status, at)

    return endpoint


def _patch(resource: Resource) -> Any:
    async def endpoint(
        ctx: Ctx, request: Request, id: str, body: Annotated[dict[str, Any], Body()], reason: Reason = "",  # noqa: A002
        units: InUnits = "field", if_match: Match = None,
    ) -> Response:  # fmt: skip
        work = desk.changed(ctx, resource, id, body, version_of(if_match), reason)
        return respond(whole(resource, await desk.write(ctx, request, reason, work), units))

    return endpoint


def _delete(resource: Resource) -> Any:
    async def endpoint(
        ctx: Ctx,
        request: Request,
        id: str,  # noqa: A002
        reason: Reason = "",
        units: InUnits = "field",
        if_match: Match = None,
    ) -> Response:
        work = desk.ended(ctx, resource, id, version_of(if_match), reason)
        return respond(whole(resource, await desk.write(ctx, request, reason, work), units))

    return endpoint


def _sent(resource: Resource) -> dict[str, Any]:
    schema = shape(resource, True).model_json_schema(ref_template="#/components/schemas/{model}")
    return {"requestBody": {"content": {"application/json": {"schema": schema}}, "required": True}}


def _add(resource: Resource) -> None:
    wrong = (404, 409, 412, 413, 422, 503)
    one, sent = {"model": shape(resource)}, _sent(resource)
    made = {201: one, **responses(409, 413, 422, 503)}
    single, end = f"/{resource.path}/{{id}}", "retire one" if resource.end else "take one away"
    rows = (
        ("GET", f"/{resource.path}", "", 200, responses(422, 503, ok={"model": page(resource)}), None, _list),
        ("GET", single, ": one", 200, responses(404, 422, 503, ok=one), None, _get),
        ("POST", f"/{resource.path}", ": a new one", 201, made, sent, _post),
        ("PATCH", single, ": change one", 200, responses(*wrong, ok=one), sent, _patch),
        ("DELETE", single, f": {end}", 200, responses(*wrong, ok=one), None, _delete),
    )
    for method, path, does, status, answers, body, endpoint in rows:
        router.add_api_route(
            path, endpoint(resource), methods=[method], summary=f"{resource.says}{does}", status_code=status,
            response_model=None, responses=answers, openapi_extra=body, description=_SAYS[method],
        )  # fmt: skip


_SAYS = {
    "GET": "Those that you may see; quantities have their unit in the key.",
    "POST": "Refused with every rule that it breaks, or made.",
    "PATCH": "Only what is sent changes; with If-Match, only if nobody has changed it since.",
    "DELETE": "What others live by stays, retired; what nobody refers to goes, and the audit keeps it.",
}
for _resource in RESOURCES:
    _add(_resource)
