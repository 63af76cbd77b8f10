"""The door before an application: it finds the row, asks who comes and whether he may, and lets through or refuses.

Plain ASGI and before all routing, so that websockets pass it too, and that whoever may not come in learns nothing of
what is inside: every request that he makes is answered alike, whether or not what it names exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from control.access.identity import Identity, Place
from ui.identity.bucket import Buckets
from ui.identity.door_table import ANYONE, DoorTable, Row, asked
from ui.identity.error import Busy, Forbidden, NoSuchDoor, Unauthorized

IDENTITY = "identity"  # where a request's state has it
STRANGERS = 60.0  # refused requests a minute of one address whose caller nobody knows


class Who(Protocol):
    """Whoever can say who it is from what a request carries."""

    def identify(self, headers: Headers) -> Identity | None:
        """Who it is; None who shows nothing. Raises :class:`Unauthorized` for what is shown and is not good."""


class Refuse(Protocol):
    """How an application says no."""

    async def __call__(self, error: Exception, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with that refusal."""


@dataclass(frozen=True)
class Door:
    """ASGI middleware: behind it, a request's state has its ``identity``, None only behind an open door."""

    app: ASGIApp
    table: DoorTable
    who: Who
    place: Place
    refuse: Refuse
    buckets: Buckets = field(default_factory=Buckets)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        try:
            identity, left = self._admitted(scope)
        except (Unauthorized, Forbidden, NoSuchDoor, Busy) as error:
            return await self.refuse(error, scope, receive, send)
        scope = {**scope, "state": {**scope.get("state", {}), IDENTITY: identity}}
        return await self.app(scope, receive, _with(left, send) if left else send)

    def _admitted(self, scope: Scope) -> tuple[Identity | None, Mapping[str, str]]:
        found = self.table.at(*asked(dict(scope)))
        if found.row is None:
            raise NoSuchDoor(found.methods)
        if found.row.is_open:
            return None, {}
        identity = self._known(scope)
        left = self.buckets.take(identity.id or identity.name, identity.a_minute)
        self._check(found.row, identity)
        return identity, left

    def _known(self, scope: Scope) -> Identity:
        try:
            identity = self.who.identify(Headers(scope=scope))
            if identity is None:
                raise Unauthorized(
                    "this needs the header Authorization: Bearer TOKEN; the field's own stands in data/token"
                )
        except Unauthorized:
            self.buckets.take(f"from {(scope.get('client') or ('', 0))[0]}", STRANGERS)
            raise
        return identity

    def _check(self, row: Row, identity: Identity) -> None:
        if row.permission == ANYONE:
            return
        is_narrowed = row.is_whole and identity.is_narrowed(row.permission, self.place)
        if is_narrowed or not identity.may(row.permission, self.place):
            raise Forbidden(row.permission, not identity.grants)


def _with(headers: Mapping[str, str], send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(dict(headers))
        await send(message)

    return sending
