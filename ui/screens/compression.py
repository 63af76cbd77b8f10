"""Static files compressed once and kept: Bokeh's and Panel's scripts weigh megabytes, and never change.

A file whose address says its version may be kept by the browser for ever; others for an hour.
"""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONDITIONS = (b"if-none-match", b"if-modified-since")
FOLDERS = ("/static/", "/assets/", "/components/")
FOR_EVER, FOR_AN_HOUR = "public, max-age=31536000, immutable", "public, max-age=3600"


@dataclass(frozen=True)
class Kept:
    """A compressed answer."""

    headers: list[tuple[bytes, bytes]]
    body: bytes


class Compression:
    """Middleware that answers for static files from memory after the first time."""

    def __init__(self, app: ASGIApp):
        self.app = app
        self._kept: dict[str, Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or ask the application and remember."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(FOLDERS):
            await self.app(scope, receive, send)
        elif "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self.app(scope, receive, _caching(send, _lifetime(scope)))
        else:
            await self._compressed(scope, send)

    async def _compressed(self, scope: Scope, send: Send) -> None:
        key = f"{scope['path']}?{scope['query_string'].decode('latin-1')}"
        kept = self._kept.get(key)
        if kept is None:
            status, headers, body = await self._fetch(scope)
            if status != 200:
                await send({"type": "http.response.start", "status": status, "headers": headers.raw})
                await send({"type": "http.response.body", "body": body})
                return
            kept = self._kept[key] = await asyncio.to_thread(_compress, headers, body, _lifetime(scope))
        await send({"type": "http.response.start", "status": 200, "headers": kept.headers})
        await send({"type": "http.response.body", "body": kept.body})

    async def _fetch(self, scope: Scope) -> tuple[int, MutableHeaders, bytes]:
        """The application's whole answer: a 304 could not be kept, nor what a client broke off by leaving."""
        plain = [(name, value) for name, value in scope["headers"] if name not in CONDITIONS]
        said: list[Message] = []

        async def collect(message: Message) -> None:
            said.append(message)

        await self.app(dict(scope, headers=plain), _stays, collect)
        start = next(message for message in said if message["type"] == "http.response.start")
        return start["status"], MutableHeaders(raw=list(start["headers"])), b"".join(m.get("body", b"") for m in said)


async def _stays() -> Message:
    """What is received from a client that has sent its request and never leaves."""
    await asyncio.Event().wait()
    raise AssertionError("an event that nobody sets was set")


def _compress(headers: MutableHeaders, body: bytes, lifetime: str) -> Kept:
    packed = gzip.compress(body, 6, mtime=0)
    headers["content-encoding"], headers["content-length"] = "gzip", str(len(packed))
    headers["cache-control"], headers["vary"] = lifetime, "accept-encoding"
    return Kept(headers.raw, packed)


def _lifetime(scope: Scope) -> str:
    is_versioned = scope["path"].startswith("/assets/") or b"v=" in scope["query_string"]
    return FOR_EVER if is_versioned else FOR_AN_HOUR


def _caching(send: Send, lifetime: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            MutableHeaders(scope=message)["cache-control"] = lifetime
        await send(message)

    return sending
