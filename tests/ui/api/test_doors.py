"""Every route of the API has its row, and a walk over the whole matrix: role, route, own or foreign tenant."""

import random
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.datastructures import Headers
from starlette.routing import Route

from control.access.identity import ANY, Grant, Identity, Place
from control.access.role import table
from ui.api import problem
from ui.api.app import DOORS, ROUTERS, create_app
from ui.api.context import Context
from ui.identity.bucket import Buckets
from ui.identity.door import Door
from ui.identity.door_table import ANYONE, OPEN, DoorTable, Row
from ui.identity.local import bearer

OWN, FOREIGN, FIELD = "acme", "other", "north"
PLACE = Place(OWN, FIELD)
ROLES = [None, *table().roles]
pytestmark = pytest.mark.anyio


class Named:
    """Knows everybody by what he says he is: ``Bearer role@tenant``."""

    def identify(self, headers: Headers) -> Identity | None:
        said = bearer(headers)
        if said is None:
            return None
        role, _, tenant = said.partition("@")
        return Identity("ana", (Grant(role, tenant),), "bearer")


class Endless(Buckets):
    """Nobody waits."""

    def take(self, who: str, a_minute: float) -> Mapping[str, str]:
        self._levels.clear()
        return super().take(who, a_minute)


async def inside(scope: Any, _: Any, send: Any) -> None:
    """What stands behind the door: it says yes, and who came."""
    identity = scope["state"]["identity"]
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": identity.name.encode() if identity else b""})


def door(doors: DoorTable = DOORS) -> httpx.AsyncClient:
    app = Door(inside, doors, Named(), PLACE, problem.refuse, Endless())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here")


def shown(role: str | None, tenant: str = OWN) -> dict[str, str]:
    return {} if role is None else {"Authorization": f"Bearer {role}@{tenant}"}


def path_of(row: Row, name: str = "Well.A-1") -> str:
    return row.path.replace("{alarm:path}", name).replace("{verb}", "acknowledge").replace("{asset}", name).replace(
        "{tag}", f"{name}.Flow"
    )  # fmt: skip


def routes() -> Iterator[tuple[str, str]]:
    """Every route that the application answers, as the modules declare them."""
    for module in ROUTERS:
        for route in module.router.routes:
            assert isinstance(route, APIRoute)
            yield from ((method, f"/api/v1{route.path}") for method in route.methods)


def test_every_route_has_its_row_and_every_row_its_route() -> None:
    declared = {f"{method} {path}" for method, path in routes()}
    probes = {f"GET /api/v1/{name}" for name in ("health", "ready", "openapi.json")}
    rows = {f"{row.method} {row.path}" for row in DOORS.rows if row.path.startswith("/api/v1")} - probes
    verbs = {row for row in rows if "/alarms/" in row and row.endswith(("remove", "return"))}  # one route, more rows
    assert declared <= rows
    assert rows - declared == verbs


def test_what_is_open_is_what_says_nothing_of_a_field() -> None:
    opened = {row.path.removeprefix("/api/v1") for row in DOORS.rows if row.is_open}
    assert opened == {"/health", "/ready", "/docs", "/openapi.json", "/login", "/refresh"}


@pytest.mark.parametrize("tenant", [OWN, FOREIGN])
@pytest.mark.parametrize("role", ROLES)
async def test_the_matrix(role: str | None, tenant: str) -> None:
    """Who passes is who the table of roles names, in his own tenant."""
    async with door() as client:
        for row in DOORS.rows:
            reply = await client.request(row.method, path_of(row), headers=shown(role, tenant))
            assert reply.status_code == expected(row, role, tenant), (row, reply.text)


def expected(row: Row, role: str | None, tenant: str) -> int:
    if row.is_open:
        return 299
    if role is None:
        return 401
    if row.permission == ANYONE:  # who one is, and to go: nothing of a field
        return 299
    return 299 if tenant == OWN and role in table().permission(row.permission).roles else 403


@pytest.mark.parametrize("tries", [2_000])
async def test_a_foreign_tenant_learns_not_even_what_there_is(tries: int) -> None:
    """Seeded requests: what is answered does not depend on what was named, or whether it exists."""
    chance, answers = random.Random(11), dict[str, set[tuple[int, bytes]]]()
    rows = [row for row in DOORS.rows if row.permission not in (OPEN, ANYONE)]
    names = ["Well.A-1", "Well.NOPE", "x", "' or 1=1 --", "<b>", "%2e%2e", "Wéll", "a" * 300]
    async with door() as client:
        for _ in range(tries):
            row, role = chance.choice(rows), chance.choice(ROLES[1:])
            query = {"tags": chance.choice(names)} if chance.random() < 0.3 else None
            path = path_of(row, chance.choice(names).replace("/", ""))
            reply = await client.request(row.method, path, params=query, headers=shown(role, FOREIGN))
            answers.setdefault(row.permission, set()).add((reply.status_code, reply.content))
    assert all(len(of) == 1 for of in answers.values())
    assert {status for of in answers.values() for status, _ in of} == {403}


async def test_a_route_without_a_row_is_not_there_for_anybody() -> None:
    async with door(DoorTable([Row("GET", "/a", "telemetry.read")])) as client:
        admin = shown("platform-admin", ANY)
        assert (await client.get("/a", headers=admin)).status_code == 299
        assert (await client.get("/b", headers=admin)).status_code == 404
        other = await client.post("/a", headers=admin)
        assert (other.status_code, other.headers["allow"]) == (405, "GET")


@pytest.mark.parametrize("path", ["//api/v1/values", "/api/v1/values/", "/API/v1/values", "/api/v1/../v1/x", "/docs/x"])
async def test_a_path_that_only_looks_like_one_of_ours_opens_nothing(path: str) -> None:
    async with door() as client:
        assert (await client.get(path)).status_code in (401, 404)


def test_the_description_names_the_permission_of_every_route() -> None:
    api = create_app(Context.__new__(Context), Named(), PLACE).openapi()
    for path, verbs in api["paths"].items():
        for method, route in verbs.items():
            row = DOORS.at(method.upper(), path).row
            assert row is not None
            assert route.get("x-permission") == (None if row.is_open else row.permission)
            assert row.is_open or {"401", "403", "429"} <= set(route["responses"])


def test_what_else_the_application_serves_has_a_row_too() -> None:
    app: FastAPI = create_app(Context.__new__(Context), Named(), PLACE)
    plain = [route for route in app.routes if isinstance(route, Route)]
    assert plain
    assert all(DOORS.at("GET", route.path).row for route in plain)
