"""Access tokens: who it is and in which session, signed by us, good for a quarter of an hour (RFC 7519, HS256).

What somebody may is not in it: that is looked up, so that a role taken or a session ended holds at once.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

import jwt
from jwt.types import Options

from ui.identity.error import Unauthorized

ALGORITHM = "HS256"
LIFE = 15 * 60  # s
AHEAD = 5  # s that a clock may be ahead of the one that signed
REQUIRED = ["ten", "sub", "sid", "aud", "iat", "exp"]
OPTIONS: Options = {  # times are checked on our own clock
    "require": REQUIRED, "verify_exp": False, "verify_iat": False, "verify_nbf": False,
}  # fmt: skip


@dataclass(frozen=True)
class Claims:
    """What a token says: the user and the session, by id, and in whose books they stand."""

    tenant: str
    user: str
    session: str

    def written(self) -> str:
        """As one word, for a header."""
        return "/".join((self.tenant, self.user, self.session))

    @classmethod
    def of(cls, written: str) -> Claims | None:
        """What was written so; None for what was not."""
        parts = written.split("/")
        return cls(*parts) if len(parts) == 3 else None


def key_from(secret: str | None, purpose: str) -> bytes:
    """A key out of the data folder's own secret, another for each purpose; without one a random key.

    Slowly, because anyone who is given a token has something signed with it.
    """
    if not secret:
        return secrets.token_bytes(32)
    return hashlib.scrypt(secret.encode(), salt=f"gemelo {purpose}".encode(), n=2**14, r=8, p=1, dklen=32)


def issue(claims: Claims, key: bytes, audience: str, now: float, life: float = LIFE) -> str:
    """A token for that session."""
    said = {
        "ten": claims.tenant,
        "sub": claims.user,
        "sid": claims.session,
        "aud": audience,
        "iat": int(now),
        "exp": int(now + life),
    }
    return jwt.encode(said, key, ALGORITHM)


def read(token: str, key: bytes, audience: str, now: float) -> Claims:
    """What a token of ours says. Raises :class:`Unauthorized` for one that is forged, not for here, or has run out."""
    try:
        said = jwt.decode(token, key, algorithms=[ALGORITHM], audience=audience, options=OPTIONS)
        issued, until = int(said["iat"]), int(said["exp"])
        claims = Claims(str(said["ten"]), str(said["sub"]), str(said["sid"]))
    except (jwt.InvalidTokenError, ValueError, TypeError):
        raise Unauthorized("that token is none of ours, or not for here: log in again") from None
    if not issued - AHEAD <= now < until:
        raise Unauthorized("that token has run out: refresh it, or log in again")
    return claims
