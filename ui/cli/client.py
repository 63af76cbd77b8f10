"""The API as the command sees it: where it is, and what it answers.

The standard library speaks to it, because importing a better client takes longer than the whole answer.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any

from plant.error import ServiceError
from ui.cli.language import language
from ui.cli.login import token_for
from ui.supervisor.folder import Folder

TIMEOUT = 40.0  # s; longer than the API waits for a command's outcome, so that its own words arrive
ROOT = "/api/v1"


@dataclass(frozen=True)
class Api:
    """One API, and the token of whoever asks: given, of a login there, or the data folder's own."""

    url: str
    token: str | None

    @classmethod
    def of(cls, data: Path, url: str | None = None, token: str | None = None) -> Api:
        """The API at ``url``, else that of the field on ``data``. Raises :class:`ServiceError` where none runs."""
        folder = Folder(data)
        if url is not None:
            return cls(_address(url), token or token_for(_address(url)))
        run = folder.read_run()
        if run is None:
            raise ServiceError(f"no field is running here (data {data}); start one with: gemelo up")
        return cls(run["api"], token or token_for(run["api"]) or folder.kept_token())

    def get(self, path: str, **query: Any) -> Any:
        """What stands there. Raises :class:`ServiceError` in the API's own words where it refuses."""
        return self._answer(self._request(path, query))

    def post(self, path: str, body: dict[str, Any], **query: Any) -> Any:
        """Send it. Raises :class:`ServiceError` in the API's own words where it refuses."""
        return self.send("POST", path, body, **query)

    def send(self, method: str, path: str, body: dict[str, Any] | None, **query: Any) -> Any:
        """Likewise, by another method."""
        request = self._request(path, query)
        request.method = method
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        return self._answer(request)

    def events(self, path: str, **query: Any) -> Iterator[Any]:
        """What it keeps sending (server-sent events). Raises :class:`ServiceError` where it stops."""
        with self._open(self._request(path, query)) as reply:
            try:
                for line in reply:
                    if line.startswith(b"data:"):
                        yield json.loads(line[5:])
            except (OSError, HTTPException) as error:
                raise ServiceError(f"{self.url} was lost: {error or type(error).__name__}") from None
        raise ServiceError(f"{self.url} sends no more")

    def _request(self, path: str, query: dict[str, Any]) -> urllib.request.Request:
        given = urllib.parse.urlencode({key: value for key, value in query.items() if value is not None})
        request = urllib.request.Request(f"{self.url}{ROOT}{path}" + (f"?{given}" if given else ""))
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        return request

    def _answer(self, request: urllib.request.Request) -> Any:
        with self._open(request) as reply:
            try:
                return json.load(reply)
            except ValueError:
                raise ServiceError(f"{self.url} does not answer as Gemelo's API does: that is no JSON") from None
            except (OSError, HTTPException) as error:
                raise ServiceError(f"{self.url} was lost: {error or type(error).__name__}") from None

    def _open(self, request: urllib.request.Request) -> HTTPResponse:
        try:
            reply: HTTPResponse = urllib.request.urlopen(request, timeout=TIMEOUT)
        except urllib.error.HTTPError as error:
            raise ServiceError(_detail(error)) from None
        except urllib.error.URLError as error:
            raise ServiceError(f"{self.url} does not answer: {error.reason}") from None
        except (OSError, HTTPException, ValueError) as error:
            raise ServiceError(f"{self.url} does not answer: {error or type(error).__name__}") from None
        return reply


def _address(url: str) -> str:
    try:
        parts = urllib.parse.urlsplit(url)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or an IPv6 host that is none
        is_one = False
    if not is_one:
        raise ServiceError(f"--url = {url!r}: must be http://HOST:PORT or https://HOST:PORT")
    return url.rstrip("/")


def _told(problem: dict[str, Any]) -> str:
    """What the API says was wrong; the rule of a refused command in the language of the terminal."""
    detail, rule, rules = str(problem["detail"]), problem.get("rule"), problem.get("rules") or {}
    own = rules.get(language())
    return detail.removesuffix(rule) + own if rule and own else detail


def _detail(error: urllib.error.HTTPError) -> str:
    try:
        return _told(json.load(error))
    except (ValueError, KeyError, TypeError):  # not one of our API's problems
        return f"{error.url} answered {error.code} {error.reason}"
