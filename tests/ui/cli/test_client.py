"""The command's view of the API, against a small HTTP server that answers as the API does."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from control.client import WRITTEN
from plant.error import ServiceError
from ui.cli.client import TIMEOUT, Api
from ui.supervisor.folder import Folder

PROBLEM = {"type": "about:blank", "title": "Refused", "status": 422, "detail": "Well.X.Choke = 2: must be at most 1"}


class Answers(BaseHTTPRequestHandler):
    """What is answered by path; what was asked."""

    asked: ClassVar[list[dict[str, Any]]] = []

    def do_GET(self) -> None:
        self._note(None)
        if self.path.startswith("/api/v1/live"):
            self._send(200, "text/event-stream", b': hello\n\nevent: values\ndata: {"n": 1}\n\ndata: {"n": 2}\n\n')
        elif self.path.startswith("/api/v1/odd"):
            self._send(502, "text/html", b"<h1>a proxy</h1>")
        elif self.path.startswith("/api/v1/page"):
            self._send(200, "text/html", b"<h1>a page</h1>")
        else:
            self._send(200, "application/json", b'{"tags": []}')

    def do_POST(self) -> None:
        self._note(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self._send(422, "application/problem+json", json.dumps(PROBLEM).encode())

    def _note(self, body: Any) -> None:
        self.asked.append({"path": self.path, "token": self.headers.get("Authorization"), "body": body})

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    """Where such a server answers."""
    Answers.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_running_fields_address_and_token_are_found_in_its_folder(url: str, tmp_path: Path) -> None:
    """As `gemelo up` leaves them there."""
    folder = Folder(tmp_path)
    folder.write_run({"api": url, "children": {}})
    token = folder.token()
    assert Api.of(tmp_path).get("/tags") == {"tags": []}
    assert Answers.asked == [{"path": "/api/v1/tags", "token": f"Bearer {token}", "body": None}]


def test_a_token_is_never_sent_to_another_address_unasked(url: str, tmp_path: Path) -> None:
    """The folder's token belongs to the folder's field; --url may be anybody."""
    Folder(tmp_path).token()
    Api.of(tmp_path, url).get("/tags")
    Api.of(tmp_path, url, "given").get("/tags")
    assert [asked["token"] for asked in Answers.asked] == [None, "Bearer given"]


def test_a_refusal_is_told_in_the_apis_own_words(url: str) -> None:
    """RFC 9457: the detail is for people."""
    with pytest.raises(ServiceError, match=r"^Well\.X\.Choke = 2: must be at most 1$"):
        Api(url, None).post("/commands", {"tag": "Well.X.Choke", "value": 2})


def test_an_answer_that_is_no_problem_of_ours_is_told_with_its_status(url: str) -> None:
    """As from a proxy in between."""
    with pytest.raises(ServiceError, match=r"/api/v1/odd answered 502"):
        Api(url, None).get("/odd")


def test_the_command_waits_longer_than_the_api_does_for_an_outcome() -> None:
    """Else it would say that nothing answers, just when the API is about to say what became of the command."""
    assert TIMEOUT >= WRITTEN + 5.0


def test_an_answer_that_is_no_json_is_told(url: str) -> None:
    """As from a web server that is no API."""
    with pytest.raises(ServiceError, match="does not answer as Gemelo's API does"):
        Api(url, None).get("/page")


@pytest.mark.parametrize("url", ["", "bogus", "localhost:8080", "file:///tmp", "http://", "http://a:port", "http://[x"])
def test_what_is_no_address_is_refused_in_one_line(url: str, tmp_path: Path) -> None:
    """urllib would raise for some of them while the request is still being built."""
    with pytest.raises(ServiceError) as refused:
        Api.of(tmp_path, url)
    assert str(refused.value) == f"--url = {url!r}: must be http://HOST:PORT or https://HOST:PORT"


def test_events_are_read_one_by_one_and_their_end_is_told(url: str) -> None:
    """Server-sent events: comments and names are passed over; a live stream ends only where its server does."""
    events = Api(url, None).events("/live", tags="a,b")
    assert [next(events), next(events)] == [{"n": 1}, {"n": 2}]
    with pytest.raises(ServiceError, match="sends no more"):
        next(events)
    assert Answers.asked[0]["path"] == "/api/v1/live?tags=a%2Cb"
