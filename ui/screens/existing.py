"""Only wells that exist have a page: any other address under ``/well/`` is answered with 404."""

from __future__ import annotations

from collections.abc import Collection

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

PREFIX = "/well/"


class Existing:
    """Middleware; Panel would answer for any code, and fail while building the page."""

    def __init__(self, app: ASGIApp, codes: Collection[str]):
        self.app, self.codes = app, codes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what exists."""
        path = scope.get("path", "")
        code = path.removeprefix(PREFIX).partition("/")[0]
        if scope["type"] == "http" and path.startswith(PREFIX) and code not in self.codes:
            await PlainTextResponse(f"no well {code!r}", 404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)
