"""The doors of the screens: the plain routes a row each, and for every page of the table itself and its socket."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from ui.identity.door_table import ANYONE, OPEN, SOCKET, DoorTable, Row
from ui.identity.error import Forbidden, NoSuchDoor, Unauthorized
from ui.screens.page_table import ROWS

REFUSED = 4403  # close code of a refused websocket
PLAIN = (
    Row("GET", "/health", OPEN), Row("GET", "/favicon.ico", OPEN), Row("GET", "/language/{code}", OPEN),
    Row("GET", "/assets/{path:path}", OPEN), Row("GET", "/static/{path:path}", OPEN),
    Row("GET", "/login", OPEN), Row("POST", "/login", OPEN), Row("POST", "/enter", OPEN), Row("GET", "/logout", OPEN),
    Row("POST", "/here", ANYONE), Row("GET", "/password", ANYONE), Row("POST", "/password", ANYONE),
)  # fmt: skip
PAGES = tuple(
    Row(method, path, row.permission, is_whole=True)
    for row in ROWS
    for method, path in (("GET", row.path), (SOCKET, f"{row.path.rstrip('/')}/ws"))
)
DOORS = DoorTable((*PLAIN, *PAGES))


async def refuse(error: Exception, scope: Scope, receive: Receive, send: Send) -> None:
    """Close a socket; show whoever has not come in where he does, and everybody else why not."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": REFUSED, "reason": str(error)})
        return
    await _answer(error, Request(scope))(scope, receive, send)


def _answer(error: Exception, request: Request) -> Response:
    if isinstance(error, Unauthorized):
        is_page = request.method == "GET"
        return RedirectResponse("/login", 303) if is_page else PlainTextResponse(str(error), 401)
    if isinstance(error, Forbidden):  # whoever has to change his password first may do nothing else
        if request.method == "GET" and error.has_no_role:
            return RedirectResponse("/password", 303)
        return PlainTextResponse(str(error), 403)
    if isinstance(error, NoSuchDoor):
        return PlainTextResponse(str(error), 405 if error.methods else 404)
    return PlainTextResponse(str(error), 429)
