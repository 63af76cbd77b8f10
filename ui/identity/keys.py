"""Keys of programs: shown once, bound to a user, narrowed to what they are for, and gone when they are revoked."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from control.access.identity import Identity, Place
from control.access.role import table
from historian.ledger.audit import Actor
from historian.ledger.ledger import Ledger
from plant.error import OutOfRange, Unknown
from ui.identity.error import Forbidden, Unauthorized
from ui.identity.people import User, row_of, user_of
from ui.identity.secret import KEY, Secret

S = 10**9  # ns
MANAGE = "key.manage"


class Shown(NamedTuple):
    """A key as it was shown, whose it is, and what it is for."""

    id: str
    user: User
    scopes: frozenset[str]
    name: str


class Keys:
    """The keys in one ledger."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float] = time.time):
        self._ledger, self._clock = ledger, clock

    def add(
        self, by: Identity, actor: Actor, tenant: str, login: str, name: str, scopes: Sequence[str],
        life: float | None = None,
    ) -> str:  # fmt: skip
        """A new key of that user's, as it is shown once. Raises :class:`Forbidden`, :class:`Unknown`."""
        for scope in scopes:
            table().permission(scope)
        if not scopes:
            raise OutOfRange("scopes", "none", "must name the permissions that it is for")
        if not by.may(MANAGE, Place(tenant)):
            raise Forbidden(MANAGE)
        secret = Secret.new(secrets.token_hex(6), tenant)
        until = None if life is None else int((self._clock() + life) * S)
        with self._ledger.writing(tenant, actor) as books:
            user = user_of(books, row_of(books, login))
            if not all(by.may_grant(grant) for grant in user.grants):
                raise Forbidden(MANAGE)
            row = {"user_id": user.id, "name": name, "prefix": secret.id, "token": secret.hash, "scopes": list(scopes)}
            books.add("api_key", row | {"expires": until, "is_revoked": False})
        return secret.written(KEY)

    def listed(self, tenant: str) -> list[dict[str, Any]]:
        """All of a tenant's, without what they are."""
        with self._ledger.reading(tenant) as books:
            logins = {user["id"]: user["login"] for user in books.find("user")}
            shown = ("name", "prefix", "scopes", "is_revoked")
            return [
                {key: row[key] for key in shown}
                | {"login": logins.get(row["user_id"]), "expires": row["expires"] and row["expires"] / S}
                for row in books.find("api_key", order="created")
            ]

    def revoke(self, actor: Actor, tenant: str, prefix: str) -> None:
        """Let it open nothing any more. Raises :class:`Unknown`."""
        with self._ledger.writing(tenant, actor) as books:
            row = books.one("api_key", prefix=prefix)
            if row is None:
                raise Unknown("key", prefix)
            books.change("api_key", row["id"], {"is_revoked": True})

    def shown(self, written: str) -> Shown:
        """Whose it is. Raises :class:`Unauthorized` for one that is none, is revoked, or has run out."""
        secret = Secret.read(written, KEY)
        with self._ledger.reading(secret.tenant) as books:
            row = books.one("api_key", prefix=secret.id)
            if row is None or not secret.fits(row["token"]) or row["is_revoked"] or self._is_over(row["expires"]):
                raise Unauthorized("that key opens nothing")
            user = user_of(books, books.get("user", row["user_id"]))
        if not user.is_active:
            raise Unauthorized("that key opens nothing")
        return Shown(row["id"], user, frozenset(row["scopes"]), row["name"])

    def _is_over(self, until: int | None) -> bool:
        return until is not None and self._clock() * S >= until
