"""Access: reading is open to whoever reaches the API, which listens on loopback; writing needs the token."""

from __future__ import annotations

import hmac

from fastapi import Request

from ui.api.problem import Unauthorized


def writer(request: Request) -> None:
    """Let a request pass that carries ``Authorization: Bearer TOKEN``. Raises :class:`Unauthorized` otherwise."""
    token: str | None = request.app.state.context.token
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if not token:
        raise Unauthorized("this API was started without a token (GEMELO_TOKEN), so nothing can be written")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
        raise Unauthorized("writing needs the header Authorization: Bearer TOKEN, with the token printed at start")
