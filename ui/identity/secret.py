"""Secrets that we make ourselves: shown once, kept as a hash. They are long and random, so a quick hash is enough.

Written ``PREFIX_ID.SECRET.TENANT``: the front says to people and to scanners what it is, the rest where to look it up.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import NamedTuple

from ui.identity.error import Unauthorized

REFRESH, KEY = "grt_", "gk_"  # a session's, a program's
BYTES = 32


class Secret(NamedTuple):
    """One secret, and whose record it belongs to."""

    id: str
    text: str
    tenant: str

    @classmethod
    def new(cls, id: str, tenant: str) -> Secret:  # noqa: A002
        """A fresh one."""
        return cls(id, secrets.token_urlsafe(BYTES), tenant)

    @classmethod
    def read(cls, written: str, prefix: str) -> Secret:
        """One as it was written. Raises :class:`Unauthorized` for what is none."""
        parts = written.removeprefix(prefix).split(".", 2)
        if not written.startswith(prefix) or len(parts) != 3 or not all(parts) or not written.isascii():
            raise Unauthorized("that is no key of ours")
        return cls(*parts)

    def written(self, prefix: str) -> str:
        """As it is shown, once."""
        return f"{prefix}{self.id}.{self.text}.{self.tenant}"

    @property
    def hash(self) -> str:
        """What is kept of it."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def fits(self, kept: str) -> bool:
        """Whether what is kept is of this one."""
        return hmac.compare_digest(self.hash, kept)
