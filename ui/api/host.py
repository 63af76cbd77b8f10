"""Hosts: the names by which the API may be called.

A page of another site that has its own name point to this machine is known by the host it asks for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.api.problem import answer

HOST = re.compile(r"(?P<name>\[[^]]*]|[^:]*)(:\d*)?")  # of RFC 9112: name or address, and perhaps a port
ANY = "*"


class KnownHosts:
    """ASGI middleware. A request for another host than ``names`` ends in 400; :data:`ANY` among them lets all pass."""

    def __init__(self, app: ASGIApp, names: Sequence[str]):
        self.app, self.names = app, tuple(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or ANY in self.names:
            return await self.app(scope, receive, send)
        host = Headers(scope=scope).get("host", "")
        found = HOST.fullmatch(host)
        if found and found["name"].lower() in self.names:
            return await self.app(scope, receive, send)
        rule = f"must be one of {', '.join(self.names)}"
        return await answer(400, "unknown-host", f"Host = {host}: {rule}", "Host", host, rule)(scope, receive, send)
