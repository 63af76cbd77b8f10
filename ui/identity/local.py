"""The data folder's own key: whoever can read that file is the local administrator."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from starlette.datastructures import Headers

from control.access.identity import Identity, local
from ui.identity.error import Unauthorized


@dataclass(frozen=True)
class LocalKey:
    """The key, where the folder has one. It opens everything, to whoever shows it as a bearer's token."""

    secret: str | None

    def identify(self, headers: Headers) -> Identity | None:
        """The local administrator; None who shows nothing. Raises :class:`Unauthorized` for a wrong one."""
        given = bearer(headers)
        if given is None:
            return None
        if self.opens(given):
            return local()
        raise Unauthorized("that token is none of ours: the folder's own stands in data/token")

    def opens(self, given: str) -> bool:
        """Whether that is the key."""
        return bool(self.secret) and hmac.compare_digest(given.encode(), (self.secret or "").encode())


def bearer(headers: Headers) -> str | None:
    """What is shown as a bearer's token; None where nothing is. Raises :class:`Unauthorized` for another way."""
    said = headers.get("authorization")
    if not said:
        return None
    scheme, _, given = said.partition(" ")
    if scheme.lower() != "bearer" or not given.strip():
        raise Unauthorized("Authorization: must be Bearer TOKEN")
    return given.strip()
