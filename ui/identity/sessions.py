"""Sessions: who has come in with a password, and goes on with tokens of which each refresh is used once.

A refresh that comes a second time was stolen from somebody: the whole session ends, for thief and owner alike.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from historian.ledger.audit import Actor
from historian.ledger.books import Books
from historian.ledger.ledger import Ledger
from plant.error import Unknown
from ui.identity import password, token
from ui.identity.error import Unauthorized
from ui.identity.guessing import Guessing
from ui.identity.people import User, row_of, user_of
from ui.identity.secret import REFRESH, Secret
from ui.identity.token import Claims

IDLE = 30 * 60  # s without a sign of whoever came in
LONGEST = 12 * 3600  # s, however busy he is
BEARER, SCREENS = "gemelo", "gemelo-screens"  # for whom a token is made: programs and commands; browsers
S = 10**9  # ns
WRONG = "wrong name or password"


@dataclass(frozen=True)
class Pair:
    """What somebody is given who has come in."""

    access: str
    refresh: str
    user: User
    claims: Claims


class Sessions:
    """Those who have come in, in one ledger; their tokens are signed with ``key``."""

    def __init__(self, ledger: Ledger, key: bytes, clock: Callable[[], float] = time.time):
        self._ledger, self._key, self._clock = ledger, key, clock
        self.guessing = Guessing()

    def open(self, tenant: str, login: str, given: str, whence: str, agent: str = "") -> Pair:
        """Come in. Raises :class:`Unauthorized`, in the same words for every reason; :class:`Busy` after wrong ones."""
        who = f"{tenant}/{login[:100]}"
        self.guessing.check(who, whence)
        user, hashed = self._kept(tenant, login)
        if not password.is_right(given, hashed) or user is None or not user.is_active:
            self.guessing.wrong(who, whence)
            self._refuse(tenant, user, whence)
            raise Unauthorized(WRONG)
        self.guessing.right(who, whence)
        return self.begin(user, whence, agent)

    def confirms(self, tenant: str, login: str, given: str, whence: str) -> bool:
        """Whether that is his password. Raises :class:`Busy` as :meth:`open`."""
        who = f"{tenant}/{login}"
        self.guessing.check(who, whence)
        is_right = password.is_right(given, self._kept(tenant, login)[1])
        (self.guessing.right if is_right else self.guessing.wrong)(who, whence)
        return is_right

    def begin(self, user: User, whence: str, agent: str = "") -> Pair:
        """A session of somebody of whom it is known that it is he."""
        secret, now = Secret.new("", user.tenant), self._now()
        row = {
            "user_id": user.id, "token": secret.hash, "used": now, "expires": now + LONGEST * S,
            "is_revoked": False, "whence": whence, "agent": agent[:300],
        }  # fmt: skip
        with self._ledger.writing(user.tenant, Actor(user.login, whence)) as books:
            session = books.add("session", row)
        return self._pair(user, secret._replace(id=session["id"]))

    def refresh(self, written: str, whence: str) -> Pair:
        """Go on. Raises :class:`Unauthorized`; where it was used before, nobody goes on."""
        shown = Secret.read(written, REFRESH)
        is_replayed = False
        with self._ledger.writing(shown.tenant, Actor("session", whence, "refresh")) as books:
            row = self._alive(books, shown.id)
            user = user_of(books, books.get("user", row["user_id"]))
            new = Secret.new(shown.id, shown.tenant)
            if shown.fits(row["token"]):
                books.change("session", row["id"], {"token": new.hash, "previous": row["token"], "used": self._now()})
            else:
                is_replayed = True
                books.change("session", row["id"], {"is_revoked": True})
        if is_replayed or not user.is_active:
            raise Unauthorized("that token was used before: log in again")
        return self._pair(user, new)

    def end(self, tenant: str, session: str, actor: Actor) -> None:
        """Go. Whoever has gone already stays away."""
        with self._ledger.writing(tenant, actor) as books:
            if books.one("session", id=session) is not None:
                books.change("session", session, {"is_revoked": True})

    def user(self, claims: Claims) -> User:
        """Whose session it is. Raises :class:`Unauthorized` once it has ended, or he may not come in any more."""
        with self._ledger.reading(claims.tenant) as books:
            row = self._alive(books, claims.session)
            user = user_of(books, books.get("user", row["user_id"]))
        if user.id != claims.user or not user.is_active:
            raise Unauthorized("that session has ended: log in again")
        return user

    def touch(self, claims: Claims) -> None:
        """Somebody is still there. Raises :class:`Unauthorized` where his session has ended."""
        user = self.user(claims)
        with self._ledger.writing(claims.tenant, Actor(user.login, "screens")) as books:
            books.change("session", claims.session, {"used": self._now()})

    def _pair(self, user: User, secret: Secret) -> Pair:
        claims = Claims(user.tenant, user.id, secret.id)
        access = token.issue(claims, self._key, BEARER, self._clock())
        return Pair(access, secret.written(REFRESH), user, claims)

    def _alive(self, books: Books, session: str) -> dict[str, Any]:
        row, now = books.one("session", id=session), self._now()
        if row is None or row["is_revoked"] or not now < min(row["expires"], row["used"] + IDLE * S):
            raise Unauthorized("that session has ended: log in again")
        return row

    def _kept(self, tenant: str, login: str) -> tuple[User | None, str | None]:
        try:
            with self._ledger.reading(tenant) as books:
                row = row_of(books, login)
                return user_of(books, row), row["password"]
        except Unknown:
            return None, None

    def _refuse(self, tenant: str, user: User | None, whence: str) -> None:
        """Of a name that there is, the tenant reads that somebody tried."""
        if user is not None:
            with self._ledger.writing(tenant, Actor(user.login, whence)) as books:
                books.note("refuse", "login", user.id)

    def _now(self) -> int:
        return int(self._clock() * S)
