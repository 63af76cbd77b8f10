"""Tickets: the signed cookie that shows who has logged in.

The keys are made from the token, so that a login outlives a restart and any process that knows the
token honours it; without a token nobody can log in and the keys are random.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

COOKIE = "gemelo"
HOURS = 12


@dataclass(frozen=True)
class Keys:
    """What signs our own cookie, and what signs Bokeh's session tokens."""

    ticket: bytes
    session: bytes


def keys_from(token: str | None) -> Keys:
    """Two keys out of the token; slowly, because anyone who sees a page sees something signed with one."""
    if not token:
        return Keys(secrets.token_bytes(32), secrets.token_bytes(32))
    made = hashlib.scrypt(token.encode(), salt=b"gemelo screens", n=2**14, r=8, p=1, dklen=64)
    return Keys(made[:32], made[32:])


def issue(user: str, key: bytes, now: float) -> str:
    """A ticket for ``user``, good for :data:`HOURS` from ``now`` (UTC, s)."""
    text = f"{user}.{int(now) + HOURS * 3600}"
    return f"{text}.{_sign(text, key)}"


def holder(ticket: str, key: bytes, now: float) -> str:
    """Who holds this ticket; empty where it is none, is forged, or has run out."""
    text, _, signature = ticket.rpartition(".")
    user, _, until = text.rpartition(".")
    if not text.isascii() or not signature.isascii() or not hmac.compare_digest(signature, _sign(text, key)):
        return ""
    return user if now < int(until) else ""


def _sign(text: str, key: bytes) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
