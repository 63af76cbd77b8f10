"""The shield around the API: no body that fills memory, and headers that keep browsers from misusing it."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY = 64 * 1024  # byte, at most; a command has some hundred …
FILE = 32 * 2**20  # … and a file that is imported so many
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Shield:
    """ASGI middleware. A body beyond :data:`BODY` (a file: :data:`FILE`) ends in 413, announced or not."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting its body, and its response back, with the headers added."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        taken, most = 0, FILE if scope["path"].endswith("/import") else BODY

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise HTTPException(413, f"the body has more than {most} bytes")
            return message

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        return await self.app(scope, counted, with_headers)
