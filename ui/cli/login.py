"""Logins of the command line: the tokens of whoever has come in, by address of the API, in a file of his own (0600)."""

from __future__ import annotations

import contextlib
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from plant.error import ServiceError

EARLY = 30.0  # s before its end at which an access token is renewed
TIMEOUT = 20.0  # s


def file() -> Path:
    """Where they are kept: in the user's own configuration folder."""
    return Path(typer.get_app_dir("gemelo")) / "logins.json"


def come_in(url: str, login: str, password: str, tenant: str | None) -> dict[str, Any]:
    """Log in there, and keep the tokens. Raises :class:`ServiceError` in the API's own words."""
    said = {"login": login, "password": password} | ({"tenant": tenant} if tenant else {})
    tokens = _ask(url, "/login", said)
    with _kept() as logins:
        logins[url] = _entry(tokens, login)
    return tokens


def forget(url: str) -> None:
    """Keep nothing of it any more."""
    with _kept() as logins:
        logins.pop(url, None)


def token_for(url: str) -> str | None:
    """The access token of whoever has come in there, renewed where it runs out; None where nobody has.

    Two commands at once renew it one after the other, for each refresh token is good once.
    """
    if not file().exists():
        return None
    with _kept() as logins:
        entry = logins.get(url)
        if entry is None or entry["until"] - EARLY > time.time():
            return entry and str(entry["access"])
        try:
            logins[url] = _entry(_ask(url, "/refresh", {"refresh_token": entry["refresh"]}), entry["login"])
        except ServiceError:  # the session has ended: whoever asks is told to log in again
            del logins[url]
            return None
        return str(logins[url]["access"])


def _entry(tokens: dict[str, Any], login: str) -> dict[str, Any]:
    until = time.time() + float(tokens["expires_in"])
    return {"access": tokens["access_token"], "refresh": tokens["refresh_token"], "until": until, "login": login}


def _ask(url: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{url}/api/v1{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as reply:
            answer: dict[str, Any] = json.load(reply)
            return answer
    except urllib.error.HTTPError as error:
        with contextlib.suppress(ValueError, KeyError, TypeError):
            raise ServiceError(str(json.load(error)["detail"])) from None
        raise ServiceError(f"{url} answered {error.code} {error.reason}") from None
    except (OSError, ValueError) as error:
        raise ServiceError(f"{url} does not answer: {error}") from None


@contextlib.contextmanager
def _kept() -> Iterator[dict[str, Any]]:
    """What is kept, for one command at a time; written back as it is left."""
    place = file()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as handle:
        _lock(handle.fileno())
        text = handle.read()
        try:
            logins = json.loads(text) if text else {}
        except ValueError:
            raise ServiceError(f"{place} is damaged: remove it, and log in again") from None
        before = json.dumps(logins)
        yield logins
        if json.dumps(logins) != before:
            handle.seek(0)
            handle.truncate()
            json.dump(logins, handle, indent=2)


def _lock(handle: int) -> None:
    if os.name != "nt":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
