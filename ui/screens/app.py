"""The application: the pages, the few plain routes beside them, and the guard before all."""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles

from ui.screens import script, ticket
from ui.screens.alarms import alarms
from ui.screens.compression import Compression
from ui.screens.context import Context
from ui.screens.existing import Existing
from ui.screens.guard import LANGUAGE_COOKIE, Guard
from ui.screens.language import languages
from ui.screens.mount import UNUSED, mount
from ui.screens.overview import overview
from ui.screens.page_table import ROWS
from ui.screens.well import well

YEAR = 365 * 86_400
BUILDERS = {"overview": overview, "alarms": alarms, "well": well}  # by kind of page, who builds it
OPERATOR = "operator"  # whoever knows the token; users and roles come later


def create_app(
    context: Context, token: str | None = None, hosts: Iterable[str] | None = None, unused: float = UNUSED
) -> FastAPI:
    """All screens of one site. Without a ``token`` nobody can log in, and the screens only show."""
    keys = ticket.keys_from(token)
    app = FastAPI(title="Gemelo screens", docs_url=None, redoc_url=None, openapi_url=None)
    app.mount(script.root(), StaticFiles(directory=script.FOLDER))
    _plain_routes(app, token, keys)
    mount(app, {row.path: BUILDERS[row.kind](context) for row in ROWS}, keys.session, unused)
    app.add_middleware(Existing, codes=context.site.wells)
    app.add_middleware(Compression)
    app.add_middleware(Guard, keys=keys, hosts=hosts)
    return app


def _plain_routes(app: FastAPI, token: str | None, keys: ticket.Keys) -> None:
    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/favicon.ico")
    async def icon() -> Response:
        return RedirectResponse(script.address("favicon.svg"))

    @app.get("/login")
    async def login(request: Request) -> Response:
        given = request.query_params.get("token", "")
        if not token or not hmac.compare_digest(given.encode(), token.encode()):
            return PlainTextResponse("wrong token", 401)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(
            ticket.COOKIE, ticket.issue(OPERATOR, keys.ticket, time.time()), httponly=True, samesite="strict",
            max_age=ticket.HOURS * 3600, secure=request.url.scheme == "https",
        )  # fmt: skip
        return answer

    @app.get("/logout")
    async def logout() -> Response:
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(ticket.COOKIE, httponly=True, samesite="strict")
        return answer

    @app.get("/language/{code}")
    async def language(code: str, request: Request) -> Response:
        if code not in languages():
            return PlainTextResponse(f"no language {code!r}", 404)
        answer = RedirectResponse(_back(request), 303)
        answer.set_cookie(LANGUAGE_COOKIE, code, max_age=YEAR, httponly=True, samesite="strict")
        return answer


def _back(request: Request) -> str:
    """The page of this site that the reader comes from."""
    came = urlsplit(request.headers.get("referer", ""))
    is_ours = came.netloc == request.headers.get("host") and not came.path.startswith("//")
    return came.path if is_ours and came.path else "/"
