"""The guard before all pages and sockets: who is looking, in which language, and from where.

Plain ASGI, so that it sees websockets too. What a browser claims in our trusted headers is thrown
away; they are set here, from the signed cookie. A socket must come from a page of this site and must
belong to whoever that page was made for.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.identity.error import Unauthorized
from ui.identity.known import Known, cookie_of
from ui.screens.header import LANGUAGE, TRUSTED, USER
from ui.screens.language import chosen
from ui.screens.mount import session_user

LANGUAGE_COOKIE = "gemelo_language"
REFUSED = 4403  # close code of a refused websocket

SECURITY = {
    # Panel compiles nothing but loads its modules from blobs; Bokeh runs inline script.
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline' blob:; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


class Guard:
    """Middleware around the whole application. ``hosts`` are the names by which it may be called."""

    def __init__(self, app: ASGIApp, known: Known, key: bytes, hosts: Iterable[str] | None = None):
        self.app, self.known, self.key = app, known, key
        self.hosts = None if hosts is None else {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through with our headers, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        scope = dict(scope, headers=self._trusted(scope, headers))
        if self.hosts is not None and _name(headers.get("host", "")) not in self.hosts:
            await _refuse(scope, receive, send, "this server does not go by that name", 421)
        elif scope["type"] == "websocket" and not _is_ours(scope, self.key):
            await _refuse(scope, receive, send, "this socket belongs to no page of this site", 403)
        else:
            await self.app(scope, receive, _with(SECURITY, send))

    def _trusted(self, scope: Scope, headers: Headers) -> list[tuple[bytes, bytes]]:
        language = chosen(cookie_of(headers, LANGUAGE_COOKIE), headers.get("accept-language", ""))
        user = self._session(headers)
        kept = [(name, value) for name, value in scope["headers"] if name.decode("latin-1").lower() not in TRUSTED]
        return [*kept, (USER.encode(), user.encode()), (LANGUAGE.encode(), language.encode())]

    def _session(self, headers: Headers) -> str:
        """In which session somebody has come in, and goes on; empty where in none."""
        try:
            claims = self.known.read_cookie(cookie_of(headers))
            self.known.of_claims(claims)
        except Unauthorized:
            return ""
        return claims.written()


def _is_ours(scope: Scope, key: bytes) -> bool:
    """Whether a socket comes from a page of this host, made for the same user."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2].lower() != headers.get("host", "").lower():
        return False
    try:
        return session_user(scope["subprotocols"][1], key) == headers[USER]
    except (IndexError, KeyError, ValueError):
        return False


def _name(host: str) -> str:
    return host.rpartition(":")[0].lower() if host.rpartition(":")[2].isdigit() else host.lower()


def _with(extra: dict[str, str], send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(extra)
        await send(message)

    return sending


async def _refuse(scope: Scope, receive: Receive, send: Send, why: str, status: int) -> None:
    if scope["type"] == "http":
        await PlainTextResponse(why, status)(scope, receive, send)
        return
    await receive()
    await send({"type": "websocket.close", "code": REFUSED, "reason": why})
