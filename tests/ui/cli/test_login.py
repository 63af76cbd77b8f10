"""Logins of the command line: kept for their owner alone, renewed in time, and each refresh used once."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from plant.error import ServiceError
from ui.cli import login
from ui.cli.client import Api


class Answers(BaseHTTPRequestHandler):
    """An API with one user, whose refresh tokens are good once."""

    given, until = 0, 900

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        is_good = said.get("password") == "right" or said.get("refresh_token") == f"r{Answers.given}"
        Answers.given += is_good
        body: dict[str, Any] = {"detail": "wrong name or password"}
        if is_good:
            body = {"access_token": f"a{self.given}", "refresh_token": f"r{self.given}", "expires_in": self.until}
        self.send_response(200 if is_good else 401)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    Answers.given, Answers.until = 0, 900
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_what_is_kept_is_for_its_owner_alone_and_used_by_the_commands_that_follow(url: str) -> None:
    assert login.token_for(url) is None
    login.come_in(url, "ana", "right", None)
    assert login.file().stat().st_mode & 0o777 == 0o600
    assert Api.of(Path("nowhere"), url).token == "a1"
    assert Api.of(Path("nowhere"), url, "another").token == "another"
    assert login.token_for("http://127.0.0.1:9") is None
    login.forget(url)
    assert login.token_for(url) is None


def test_a_wrong_password_is_told_in_the_api_s_words_and_keeps_nothing(url: str) -> None:
    with pytest.raises(ServiceError, match="wrong name or password"):
        login.come_in(url, "ana", "wrong", None)
    assert login.token_for(url) is None


def test_a_token_that_runs_out_is_renewed_once_however_many_ask(url: str) -> None:
    Answers.until = 0
    login.come_in(url, "ana", "right", None)
    Answers.until = 900
    found: list[str | None] = []
    asking = [threading.Thread(target=lambda: found.append(login.token_for(url))) for _ in range(4)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert found == ["a2"] * 4


def test_a_session_that_has_ended_is_forgotten(url: str) -> None:
    Answers.until = 0
    login.come_in(url, "ana", "right", None)
    Answers.given = 7
    assert login.token_for(url) is None
    assert json.loads(login.file().read_text()) == {}


def test_a_damaged_file_is_named(url: str) -> None:
    login.come_in(url, "ana", "right", None)
    login.file().write_text("{")
    with pytest.raises(ServiceError, match=r"logins\.json is damaged"):
        login.token_for(url)
