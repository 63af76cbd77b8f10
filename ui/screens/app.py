"""The application: the pages, the few plain routes beside them, and the guard before all."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles

from ui.identity.door import Door
from ui.identity.token import key_from
from ui.screens import script
from ui.screens.alarms import alarms
from ui.screens.compression import Compression
from ui.screens.context import Context
from ui.screens.door import DOORS, refuse
from ui.screens.entrance import Entrance
from ui.screens.existing import Existing
from ui.screens.guard import LANGUAGE_COOKIE, Guard
from ui.screens.language import languages
from ui.screens.mount import UNUSED, mount
from ui.screens.overview import overview
from ui.screens.page_table import ROWS
from ui.screens.station import station
from ui.screens.well import well

YEAR = 365 * 86_400
BUILDERS = {"overview": overview, "alarms": alarms, "station": station, "well": well}  # by kind of page, who builds it


def create_app(
    context: Context, entrance: Entrance, hosts: Iterable[str] | None = None, unused: float = UNUSED
) -> FastAPI:
    """All screens of one site, for those who have come in by ``entrance``."""
    key = key_from(context.known.own.secret, "pages")
    app = FastAPI(title="Gemelo screens", docs_url=None, redoc_url=None, openapi_url=None)
    app.mount(script.root(), StaticFiles(directory=script.FOLDER))
    _plain_routes(app)
    app.include_router(entrance.router)
    mount(app, {row.path: BUILDERS[row.kind](context) for row in ROWS}, key, unused)
    app.add_middleware(Existing, codes=context.site.wells)
    app.add_middleware(Compression)
    app.add_middleware(Door, table=DOORS, who=context.known, place=context.place, refuse=refuse)
    app.add_middleware(Guard, known=context.known, key=key, hosts=hosts)
    return app


def _plain_routes(app: FastAPI) -> None:
    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/favicon.ico")
    async def icon() -> Response:
        return RedirectResponse(script.address("favicon.svg"))

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
