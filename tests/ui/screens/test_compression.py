"""Static files are compressed once and kept by the browser: scripts weigh megabytes (28 % of it gzipped)."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from ui.screens.compression import FOR_AN_HOUR, FOR_EVER, Compression

TEXT = "export const a = 1\n" * 200
pytestmark = pytest.mark.anyio


class Files:
    """An application of files that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        request = Request(scope)
        answer: Response = PlainTextResponse(TEXT, headers={"etag": '"1"'})
        if request.headers.get("if-none-match") == '"1"':
            answer = Response(status_code=304)
        elif "absent" in scope["path"]:
            answer = PlainTextResponse("absent", 404)
        await answer(scope, receive, send)


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def client(files: Files) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(Compression(files)), base_url="http://here")


async def test_a_file_is_compressed_once_and_answered_from_memory(client: httpx.AsyncClient, files: Files) -> None:
    for _ in range(3):
        answer = await client.get("/static/js/bokeh.min.js?v=abc")
        assert answer.text == TEXT
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) < len(TEXT) / 10
        assert answer.headers["vary"] == "accept-encoding"
    assert files.asked == 1


async def test_who_takes_no_gzip_gets_none(client: httpx.AsyncClient) -> None:
    answer = await client.get("/static/js/bokeh.min.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.text == TEXT
    assert answer.headers["cache-control"] == FOR_AN_HOUR


async def test_an_address_that_says_its_version_is_kept_for_ever(client: httpx.AsyncClient) -> None:
    kept = {path: (await client.get(path)).headers["cache-control"] for path in ("/assets/1f/a.js", "/static/a.js?v=1")}
    assert set(kept.values()) == {FOR_EVER}
    assert (await client.get("/static/a.js")).headers["cache-control"] == FOR_AN_HOUR


async def test_a_conditional_first_request_does_not_make_it_keep_an_empty_answer(client: httpx.AsyncClient) -> None:
    answer = await client.get("/static/a.js", headers={"if-none-match": '"1"'})
    assert answer.status_code == 200
    assert answer.text == TEXT


async def test_what_is_absent_is_not_kept(client: httpx.AsyncClient, files: Files) -> None:
    for _ in range(2):
        assert (await client.get("/static/absent.js")).status_code == 404
    assert files.asked == 2


async def test_pages_pass_untouched(client: httpx.AsyncClient, files: Files) -> None:
    for _ in range(2):
        assert "content-encoding" not in (await client.get("/")).headers
    assert files.asked == 2


async def test_a_client_that_leaves_early_does_not_leave_half_a_file_behind(tmp_path: Path) -> None:
    """Met in a browser that went on while scripts came: they were kept empty, and every page after was blank."""
    (tmp_path / "a.js").write_text(TEXT)
    compression = Compression(StaticFiles(directory=tmp_path))

    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def unheard(_: Any) -> None:
        pass

    scope = {
        "type": "http", "method": "GET", "path": "/static/a.js", "root_path": "/static", "query_string": b"",
        "headers": [(b"accept-encoding", b"gzip")], "asgi": {"spec_version": "2.3"},
    }  # fmt: skip
    await compression(scope, gone, unheard)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(compression, root_path="/static"), base_url="http://here")
    assert (await client.get("/static/a.js")).text == TEXT
