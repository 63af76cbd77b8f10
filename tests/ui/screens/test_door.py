"""The doors of the screens: every route and socket has its row, and who passes is who the table of roles names."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from fastapi import FastAPI
from starlette.routing import Mount, Route, WebSocketRoute

from control.access.identity import Grant, Identity, Place
from control.access.role import table
from ui.identity.door import Door
from ui.identity.door_table import ANYONE, OPEN, SOCKET
from ui.screens.door import DOORS, refuse
from ui.screens.entrance import Entrance
from ui.screens.mount import mount
from ui.screens.page_table import ROWS

OWN, FOREIGN = "acme", "other"
HERE = Place(OWN, "north")
pytestmark = pytest.mark.anyio
NOT_NEEDED = ("/components/{path:path}",)  # Panel's own, which no page of ours asks for


def test_every_route_and_every_socket_has_its_row() -> None:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    mount(app, {row.path: lambda: None for row in ROWS}, b"x" * 32)
    for route in (*app.routes, *Entrance(cast(Any, None), HERE).router.routes):
        if isinstance(route, Mount):
            assert DOORS.at("GET", f"{route.path}/x").row, route.path
        elif isinstance(route, WebSocketRoute):
            assert DOORS.at(SOCKET, route.path).row, route.path
        elif isinstance(route, Route) and route.path not in NOT_NEEDED:
            assert all(DOORS.at(method, route.path).row for method in route.methods or ()), route.path


async def passes(role: str | None, tenant: str, kind: str, method: str, path: str) -> bool:
    """Whether somebody comes in by that door."""
    seen = []

    async def inside(*_: Any) -> None:
        seen.append(path)

    async def receive() -> dict[str, Any]:
        return {"type": f"{kind}.connect"}

    async def send(_: Any) -> None:
        """What is answered does not matter here."""

    identity = role and Identity("ana", (Grant(role, tenant),), "cookie")
    who = SimpleNamespace(identify=lambda _: identity)
    scope = {"type": kind, "path": path, "headers": [], "method": method, "query_string": b""}
    await Door(inside, DOORS, cast(Any, who), HERE, refuse)(scope, receive, send)
    return bool(seen)


@pytest.mark.parametrize("tenant", [OWN, FOREIGN])
@pytest.mark.parametrize("role", [None, *table().roles])
async def test_the_matrix(role: str | None, tenant: str) -> None:
    for row in DOORS.rows:
        kind, method = ("websocket", "GET") if row.method == SOCKET else ("http", row.method)
        is_his = row.permission == OPEN or (role is not None and row.permission == ANYONE)
        if row.permission in table().permissions:
            is_his = tenant == OWN and role in table().permission(row.permission).roles
        assert await passes(role, tenant, kind, method, row.path) is is_his, row


def test_no_page_but_the_trainers_shows_the_truth_of_a_simulated_field() -> None:
    plain = {OPEN, ANYONE, "telemetry.read", "alarm.read"}
    assert {row.path for row in DOORS.rows if row.permission not in plain} == {"/station", "/station/ws"}
