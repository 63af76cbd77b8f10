"""Whoever is known: one look at what a request shows, the same for API and screens.

A bearer's token may be the data folder's own key (the local administrator), an access token, or a program's key; a
browser shows a cookie. What the ledger says of it is remembered for a moment, so that it is not asked at every request.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers

from control.access.identity import How, Identity, local
from ui.identity.error import Unauthorized
from ui.identity.keys import Keys
from ui.identity.local import LocalKey, bearer
from ui.identity.people import User
from ui.identity.secret import KEY
from ui.identity.sessions import BEARER, SCREENS, Sessions
from ui.identity.token import Claims

COOKIE = "gemelo"
REMEMBERED = 5.0  # s: as long a role that was taken in another process may still hold
ROOM = 10_000
LOCAL = Claims("", "", "local")  # of a browser that was let in by the data folder's own key


class Known:
    """Knows the local administrator, and where there is a ledger the people and programs in it."""

    def __init__(
        self, own: LocalKey, sessions: Sessions | None = None, keys: Keys | None = None,
        clock: Callable[[], float] = time.monotonic,
    ):  # fmt: skip
        self.own, self._sessions, self._keys, self._clock = own, sessions, keys, clock
        self._remembered: dict[str, tuple[float, Identity]] = {}

    def identify(self, headers: Headers) -> Identity | None:
        """Who it is; None who shows nothing. Raises :class:`Unauthorized` for what is shown and is not good."""
        given = bearer(headers)
        if given is None:
            cookie = cookie_of(headers)
            return self.of_cookie(cookie) if cookie else None
        if self.own.opens(given):
            return local()
        return self._remember(given, self._of_key if given.startswith(KEY) else self._of_token)

    def of_cookie(self, cookie: str) -> Identity:
        """Who a browser is. Raises :class:`Unauthorized`."""
        return self._remember(cookie, self._of_cookie)

    def forget(self) -> None:
        """Ask the ledger anew: something in it was changed."""
        self._remembered.clear()

    def _remember(self, given: str, ask: Callable[[str], Identity]) -> Identity:
        until, identity = self._remembered.get(given, (0.0, None))
        if identity is None or self._clock() >= until:
            identity = ask(given)
            if len(self._remembered) >= ROOM:
                self._remembered.clear()
            self._remembered[given] = self._clock() + REMEMBERED, identity
        return identity

    def _of_token(self, given: str) -> Identity:
        sessions = self._known()
        return identity_of(sessions.user(claims := sessions.read(given, BEARER)), "bearer", claims.session)

    def _of_cookie(self, given: str) -> Identity:
        sessions = self._known()
        claims = sessions.read(given, SCREENS)
        if claims == LOCAL:
            return local()
        return identity_of(sessions.user(claims), "cookie", claims.session)

    def _of_key(self, given: str) -> Identity:
        if self._keys is None:
            raise Unauthorized("this process knows no keys: it was started without a data folder")
        key = self._keys.shown(given)
        return identity_of(key.user, "key", key.id, key.scopes)

    def _known(self) -> Sessions:
        if self._sessions is None:
            raise Unauthorized("that token is none of ours: the folder's own stands in data/token")
        return self._sessions


def identity_of(user: User, how: How, session: str, scopes: frozenset[str] | None = None) -> Identity:
    """A user as he comes to a door. Whoever has to change his password first may do only that."""
    grants = () if user.must_change and how != "key" else user.grants
    return Identity(user.login, grants, how, user.id, session, user.tenant, scopes)


def cookie_of(headers: Headers) -> str:
    """Our cookie; empty where there is none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""  # whatever it was, it was none of ours
    return found.value if found else ""
