"""Problems: what the API answers when it cannot do what was asked (RFC 9457, application/problem+json).

A request that is wrong is answered with 4xx and its subject, value and rule, and nothing was written;
503 says that a process behind the API does not answer. Statuses:

====  ==========================================================================================
400   called by a host name that is not this machine's
401   who asks has not shown who he is, or not well enough
403   it is known who asks, and he may not
404   no such tag, asset, alarm or page
405   a page that answers to other methods
409   there is such a record already
412   the record was changed since it was read
413   the body is too large
422   a value is out of range, of the wrong type or not a number, or the command guard refused it
429   too often, or too soon after wrong passwords: Retry-After says how long
503   the bus, the historian or control does not answer
====  ==========================================================================================
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from historian.ledger.error import Duplicate, Outdated
from plant.error import CommandRefused, ConfigError, OutOfRange, ServiceError, Unknown
from ui.identity.door_table import DoorTable
from ui.identity.error import Busy, Forbidden, NoSuchDoor, Unauthorized

MEDIA_TYPE = "application/problem+json"
SHOWN = 200  # characters of a refused value that are sent back


class Problem(BaseModel):
    """What was wrong: of what (``subject``), what it was (``value``), and what it should have been (``rule``)."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "urn:gemelo:problem:command-refused", "title": "Unprocessable Entity", "status": 422,
                "detail": "Well.CACB27A-P1.FrequencyReference = 90 Hz: must be between 30 Hz and 60 Hz",
                "subject": "Well.CACB27A-P1.FrequencyReference", "value": 90.0,
                "rule": "must be between 30 Hz and 60 Hz",
            }
        }
    )  # fmt: skip
    type: str = Field(description="names the kind of problem: urn:gemelo:problem:…")
    title: str
    status: int
    detail: str
    subject: str | None = None
    value: Any = None
    rule: str | None = None
    rules: dict[str, str] | None = Field(default=None, description="of a refused command, the rule in each language")


def responses(*statuses: int, ok: dict[str, Any] | None = None) -> dict[int | str, dict[str, Any]]:
    """For a route's OpenAPI: the problems that it may answer with, and what it answers otherwise."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    known: dict[int | str, dict[str, Any]] = {200: ok} if ok else {}
    return known | {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def described(api: dict[str, Any], doors: DoorTable) -> dict[str, Any]:
    """An OpenAPI description in which every refused request is a :class:`Problem`, and that names each permission."""
    schemas = api.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema()
    for theirs in ("HTTPValidationError", "ValidationError"):
        schemas.pop(theirs, None)
    for path, routes in api["paths"].items():
        for method, route in routes.items():
            row = doors.at(method.upper(), path).row
            if row and not row.is_open:
                route["x-permission"] = row.permission
                route["responses"] |= {str(status): said for status, said in responses(401, 403, 429).items()}
            if "422" in route["responses"]:
                route["responses"]["422"] = responses(422)[422]
    return api


def answer(
    status: int,
    kind: str,
    detail: str,
    subject: str = "",
    value: object = None,
    rule: str = "",
    rules: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem as a response."""
    body = {
        "type": f"urn:gemelo:problem:{kind}", "title": HTTPStatus(status).phrase, "status": status, "detail": detail,
    }  # fmt: skip
    if rule:
        body |= {"subject": subject, "value": _plain(value), "rule": rule}
    if rules:
        body["rules"] = rules
    # Written in ASCII, because what was sent may hold half a surrogate pair, which UTF-8 has not.
    return Response(json.dumps(body), status, dict(headers or {}), MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Have every error of ours, and every request that is wrong, answered as a problem."""
    for error, handler in _HANDLERS.items():
        app.exception_handler(error)(handler)


async def _unknown(_: Request, error: Unknown) -> Response:
    return answer(
        404, f"unknown-{error.kind}", str(error), error.kind, error.name, f"must name one of the {error.kind}s"
    )


async def _refused(_: Request, error: CommandRefused) -> Response:
    return answer(422, "command-refused", str(error), error.tag, error.value, error.rule, error.rules)


async def _duplicate(_: Request, error: Duplicate) -> Response:
    return answer(409, "duplicate", str(error), error.name, error.value, error.rule)


async def _outdated(_: Request, error: Outdated) -> Response:
    return answer(412, "outdated", str(error))


async def _out_of_range(_: Request, error: OutOfRange) -> Response:
    return answer(422, "out-of-range", str(error), error.name, error.value, error.rule)


async def _mistaken(_: Request, error: ConfigError) -> Response:
    first = error.mistakes[0]
    return answer(422, "invalid", str(error)[: 5 * SHOWN], first.key, first.value, first.rule)


async def _silent(_: Request, error: ServiceError) -> Response:
    return answer(503, "unavailable", str(error))


async def _unauthorized(_: Request, error: Unauthorized) -> Response:
    return answer(401, "unauthorized", str(error), headers={"WWW-Authenticate": "Bearer"})


async def _forbidden(_: Request, error: Forbidden) -> Response:
    return answer(403, "forbidden", str(error), "permission", error.permission, "must be given by one of your roles")


async def _busy(_: Request, error: Busy) -> Response:
    return answer(429, "too-many-requests", str(error), headers={"Retry-After": str(math.ceil(error.retry_s))})


async def _no_door(_: Request, error: NoSuchDoor) -> Response:
    if error.methods:
        return answer(405, "method-not-allowed", str(error), headers={"Allow": ", ".join(error.methods)})
    return answer(404, "not-found", str(error))


async def _invalid(_: Request, error: RequestValidationError) -> Response:
    first, *_rest = mistakes = error.errors()
    said = [(_where(m), m.get("input"), _rule(m)) for m in mistakes]
    detail = "; ".join(f"{where} = {_plain(value)}: {rule}" for where, value, rule in said)
    return answer(422, "invalid", detail[: 5 * SHOWN], _where(first), first.get("input"), _rule(first))


async def _http(_: Request, error: HTTPException) -> Response:
    phrase = HTTPStatus(error.status_code).phrase
    return answer(error.status_code, phrase.lower().replace(" ", "-"), str(error.detail))


async def _unexpected(_: Request, error: Exception) -> Response:
    return answer(500, "internal", f"the API failed: {type(error).__name__}")


_HANDLERS: dict[type[Exception], Any] = {
    Unknown: _unknown, CommandRefused: _refused, OutOfRange: _out_of_range, Duplicate: _duplicate, Outdated: _outdated,
    ConfigError: _mistaken,
    ServiceError: _silent, Unauthorized: _unauthorized, Forbidden: _forbidden, Busy: _busy, NoSuchDoor: _no_door,
    RequestValidationError: _invalid, HTTPException: _http, Exception: _unexpected,
}  # fmt: skip


async def refuse(error: Exception, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer as a route would whose caller is not let in."""
    response: Response = await _HANDLERS[type(error)](Request(scope), error)
    await response(scope, receive, send)


def _where(mistake: dict[str, Any]) -> str:
    whole, *parts = mistake["loc"]
    return ".".join(map(str, parts)) if parts and mistake["type"] != "json_invalid" else str(whole)


def _rule(mistake: dict[str, Any]) -> str:
    because = mistake.get("ctx", {}).get("error")
    return str(because or mistake["msg"])


def _plain(value: object) -> object:
    """The value where JSON has it, else how it reads."""
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and value - value == 0.0):
        return value if not isinstance(value, int) or abs(value) < 2**53 else str(value)[:SHOWN]
    return str(value)[:SHOWN]
