"""The entrance: where people come in by name and password, or by the link that is printed at the start.

That link holds a code behind ``#``, which no browser sends to anybody: the page's script shows it once, for a cookie.
The code is a file in the data folder, and gone with its first use.
"""

from __future__ import annotations

import hmac
import time
from pathlib import Path
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from control.access.identity import Identity, Place
from historian.ledger.audit import Actor
from plant.error import OutOfRange
from ui.identity.accounts import Accounts
from ui.identity.error import Busy, Unauthorized
from ui.identity.known import COOKIE, LOCAL, Known, cookie_of
from ui.identity.local import bearer
from ui.identity.token import Claims
from ui.screens.header import LANGUAGE
from ui.screens.language import Language, languages
from ui.screens.page import TEMPLATES
from ui.screens.script import address

CODE = "code"  # the file of the data folder
FRESH = 60.0  # s for which a sign of somebody is not written down again
LARGEST = 4096  # byte of a form
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"  # noqa: E501


class Entrance:
    """The routes beside the pages by which people come in, stay and go."""

    def __init__(self, known: Known, place: Place, accounts: Accounts | None = None, folder: Path | None = None):
        self._known, self._place, self._accounts, self._folder = known, place, accounts, folder
        self._seen: dict[Claims, float] = {}
        self.router = APIRouter()
        for method, path, answer in (
            ("GET", "/login", self.form), ("POST", "/login", self.login), ("POST", "/enter", self.enter),
            ("GET", "/logout", self.logout), ("POST", "/here", self.here),
            ("GET", "/password", self.password_form), ("POST", "/password", self.password),
        ):  # fmt: skip
            self.router.add_api_route(path, answer, methods=[method], response_class=Response)

    async def form(self, request: Request) -> Response:
        """The page on which one comes in."""
        return _page(request, "login")

    async def login(self, request: Request) -> Response:
        """Come in by name and password."""
        said = await _form(request)
        try:
            if self._accounts is None:
                raise Unauthorized("no accounts are kept here")
            sessions, agent = self._accounts.sessions, request.headers.get("user-agent", "")
            pair = await run_in_threadpool(
                sessions.open,
                self._place.tenant,
                said.get("login", ""),
                said.get("password", ""),
                _whence(request),
                agent,
            )
        except Unauthorized:
            return _page(request, "login", 401, "wrong name or password")
        except Busy as busy:
            return _page(request, "login", 429, "Too many tries: wait {seconds} s", seconds=round(busy.retry_s) + 1)
        return self._let_in(request, pair.claims, "/password" if pair.user.must_change else "/")

    async def enter(self, request: Request) -> Response:
        """Come in as the local administrator: by the printed code, once, or by the data folder's own key."""
        given = bearer(request.headers)
        is_known = self._known.own.opens(given) if given else self._is_code((await _form(request)).get("code", ""))
        if not is_known:
            text = _text(request)
            return PlainTextResponse(text("This link was used before: log in by name, or ask for a new one"), 401)
        return self._let_in(request, LOCAL, "/")

    async def logout(self, request: Request) -> Response:
        """Go: the session ends, whoever else has its cookie."""
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
        try:
            claims = self._known.read_cookie(cookie_of(request.headers))
        except Unauthorized:
            return answer
        if self._accounts is not None and claims != LOCAL:
            name = self._known.of_claims(claims).name
            self._accounts.sessions.end(claims.tenant, claims.session, Actor(name, _whence(request), "logged out"))
        self._known.forget()
        return answer

    async def here(self, request: Request) -> Response:
        """A sign of somebody before the screen: his cookie anew."""
        claims = self._known.read_cookie(cookie_of(request.headers))
        answer = Response(status_code=204)
        if claims != LOCAL:
            if self._accounts is not None and time.monotonic() - self._seen.get(claims, -FRESH) >= FRESH:
                await run_in_threadpool(self._accounts.sessions.touch, claims)
                self._seen = {**self._seen, claims: time.monotonic()} if len(self._seen) < 10_000 else {}
            self._give(request, answer, claims)
        return answer

    async def password_form(self, request: Request) -> Response:
        """The page on which one changes one's password."""
        return _page(request, "password")

    async def password(self, request: Request) -> Response:
        """Change it, and go on in a new session; all others end."""
        said, identity = await _form(request), _identity(request)
        try:
            claims = await run_in_threadpool(self._change, request, identity, said)
        except Unauthorized:
            return _page(request, "password", 401, "wrong name or password")
        except Busy as busy:
            return _page(request, "password", 429, "Too many tries: wait {seconds} s", seconds=round(busy.retry_s) + 1)
        except OutOfRange as error:
            return _page(request, "password", 422, "Choose a password of your own: {rule}", rule=error.rule)
        return self._let_in(request, claims, "/")

    def _change(self, request: Request, by: Identity, said: dict[str, str]) -> Claims:
        accounts, old, new, whence = self._accounts, said.get("old", ""), said.get("new", ""), _whence(request)
        if accounts is None or by.how == "local" or not accounts.sessions.confirms(by.tenant, by.name, old, whence):
            raise Unauthorized("wrong password")
        if new == old:
            raise OutOfRange("password", "…", "must be another than the old one")
        accounts.people.set_password(by, Actor(by.name, whence), by.tenant, by.name, new, must_change=False)
        self._known.forget()
        return accounts.sessions.begin(accounts.people.named(by.tenant, by.name), whence).claims

    def _is_code(self, given: str) -> bool:
        """Whether that is the code; it is none any more."""
        file = self._folder / CODE if self._folder else None
        try:
            code = file.read_text(encoding="utf-8").strip() if file else ""
            if not file or not code or not hmac.compare_digest(given.encode(), code.encode()):
                return False
            file.unlink()
        except OSError:  # another process was faster
            return False
        return True

    def _let_in(self, request: Request, claims: Claims, to: str) -> Response:
        answer = RedirectResponse(to, 303)
        self._give(request, answer, claims)
        return answer

    def _give(self, request: Request, answer: Response, claims: Claims) -> None:
        answer.set_cookie(
            COOKIE, self._known.cookie(claims), httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )  # fmt: skip


def _page(request: Request, kind: str, status: int = 200, said: str = "", **values: object) -> Response:
    text = _text(request)
    drawn = TEMPLATES.get_template(f"{kind}.html").render(
        text=text, languages=languages(), address=address, said=text(said, **values) if said else ""
    )
    return HTMLResponse(drawn, status, {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})


def _text(request: Request) -> Language:
    return languages()[request.headers[LANGUAGE]]


async def _form(request: Request) -> dict[str, str]:
    """What a form says; nothing of one that is larger than any of ours."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return {}
    said = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
    return {key: values[0] for key, values in said.items()}


def _whence(request: Request) -> str:
    return request.client.host if request.client else ""


def _identity(request: Request) -> Identity:
    found: Identity = request.state.identity
    return found
