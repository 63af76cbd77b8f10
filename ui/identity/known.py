"""Whoever is known: one look at what a request shows, the same for API and screens.

A bearer's token may be the data folder's own key (the local administrator), an access token, or a program's key; a
browser shows a cookie. What the ledger says of it is remembered for a moment, so that it is not asked at every request.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.datastructures import Headers

from control.access.identity import How, Identity, local
from ui.identity import token
from ui.identity.error import Unauthorized
from ui.identity.keys import Keys
from ui.identity.local import LocalKey, bearer
from ui.identity.people import User
from ui.identity.secret import KEY
from ui.identity.sessions import BEARER, IDLE, SCREENS, Sessions
from ui.identity.token import Claims

COOKIE = "gemelo"
REMEMBERED = 5.0  # s: as long a role that was taken in another process may still hold
ROOM = 10_000
LOCAL = Claims("", "", "local")  # of a browser that was let in by the data folder's own key
LOCAL_LIFE = 12 * 3600  # s


class Known:
    """Knows the local administrator, and where there is a ledger the people and programs in it."""

    def __init__(
        self, own: LocalKey, key: bytes, sessions: Sessions | None = None, keys: Keys | None = None,
        clock: Callable[[], float] = time.time,
    ):  # fmt: skip
        self.own, self.sessions, self._key, self._keys, self._clock = own, sessions, key, keys, clock
        self._remembered: dict[Any, tuple[float, Identity]] = {}

    def identify(self, headers: Headers) -> Identity | None:
        """Who it is; None who shows nothing. Raises :class:`Unauthorized` for what is shown and is not good."""
        given = bearer(headers)
        if given is None:
            cookie = cookie_of(headers)
            return self.of_claims(self.read_cookie(cookie)) if cookie else None
        if self.own.opens(given):
            return local()
        return self._remember(given, self._of_key if given.startswith(KEY) else self._of_token)

    def of_claims(self, claims: Claims) -> Identity:
        """Who has come in in that session. Raises :class:`Unauthorized` once it has ended."""
        return self._remember(claims, self._of_claims)

    def read_cookie(self, cookie: str) -> Claims:
        """In which session a browser is. Raises :class:`Unauthorized` for a cookie that is forged, or has run out."""
        return token.read(cookie, self._key, SCREENS, self._clock())

    def cookie(self, claims: Claims) -> str:
        """What a browser keeps: of people good for as long as they may be idle."""
        return token.issue(claims, self._key, SCREENS, self._clock(), LOCAL_LIFE if claims == LOCAL else IDLE)

    def forget(self) -> None:
        """Ask the ledger anew: something in it was changed."""
        self._remembered.clear()

    def _remember(self, given: Any, ask: Callable[[Any], Identity]) -> Identity:
        until, identity = self._remembered.get(given, (0.0, None))
        if identity is None or self._clock() >= until:
            identity = ask(given)
            if len(self._remembered) >= ROOM:
                self._remembered.clear()
            self._remembered[given] = self._clock() + REMEMBERED, identity
        return identity

    def _of_token(self, given: str) -> Identity:
        claims = token.read(given, self._key, BEARER, self._clock())
        return identity_of(self._ledger().user(claims), "bearer", claims.session)

    def _of_claims(self, claims: Claims) -> Identity:
        return local() if claims == LOCAL else identity_of(self._ledger().user(claims), "cookie", claims.session)

    def _of_key(self, given: str) -> Identity:
        if self._keys is None:
            raise Unauthorized("this process knows no keys: it was started without a data folder")
        key = self._keys.shown(given)
        return identity_of(key.user, "key", key.id, key.scopes)

    def _ledger(self) -> Sessions:
        if self.sessions is None:
            raise Unauthorized("that token is none of ours: the folder's own stands in data/token")
        return self.sessions


def identity_of(user: User, how: How, session: str, scopes: frozenset[str] | None = None) -> Identity:
    """A user as he comes to a door. Whoever has to change his password first may do only that."""
    grants = () if user.must_change and how != "key" else user.grants
    return Identity(user.login, grants, how, user.id, session, user.tenant, scopes)


def cookie_of(headers: Headers, name: str = COOKIE) -> str:
    """A cookie of ours; empty where there is none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""  # whatever it was, it was none of ours
    return found.value if found else ""
