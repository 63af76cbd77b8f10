"""The guard: what reaches a page is what we say of its reader, not what the reader says."""

from typing import Any

import pytest
from bokeh.util.token import generate_jwt_token, generate_session_id

from ui.identity.accounts import PURPOSE
from ui.identity.known import COOKIE, LOCAL, Known
from ui.identity.local import LocalKey
from ui.identity.token import key_from
from ui.screens.guard import SECURITY, Guard
from ui.screens.header import LANGUAGE, USER

KNOWN = Known(LocalKey("token"), key_from("token", PURPOSE))
KEY = key_from("token", "pages")
OPERATOR = LOCAL.written()
pytestmark = pytest.mark.anyio


class Behind:
    """What stands behind the guard, and remembers what came through."""

    def __init__(self) -> None:
        self.scopes: list[dict[str, Any]] = []

    async def __call__(self, scope: Any, _: Any, send: Any) -> None:
        self.scopes.append(scope)
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})


async def ask(headers: dict[str, str], kind: str = "http", protocols: list[str] | None = None, **options: Any) -> Any:
    """The headers that came through, or nothing; and all that was sent back."""
    behind, sent = Behind(), list[dict[str, Any]]()
    raw = [(name.lower().encode(), value.encode()) for name, value in ({"host": "here:1"} | headers).items()]
    scope = {"type": kind, "path": "/", "headers": raw, "subprotocols": protocols or [], "method": "GET"}

    async def receive() -> dict[str, Any]:
        return {"type": f"{kind}.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await Guard(behind, KNOWN, KEY, **options)(scope, receive, send)
    through = [{k.decode(): v.decode() for k, v in one["headers"]} for one in behind.scopes]
    return (through[0] if through else None), sent


def cookie(known: Known = KNOWN) -> dict[str, str]:
    return {"cookie": f"{COOKIE}={known.cookie(LOCAL)}"}


def page_token(user: str, key: bytes | None = KEY) -> str:
    payload = {"headers": {USER.title(): user}, "cookies": {}, "arguments": {}}
    signing = {"secret_key": key, "signed": key is not None}
    return generate_jwt_token(generate_session_id(**signing), extra_payload=payload, **signing)


async def test_a_reader_cannot_name_himself() -> None:
    through, _ = await ask({USER: "engineer", USER.title(): "engineer", LANGUAGE: "xx"})
    assert through[USER] == ""
    assert through[LANGUAGE] == "es"


async def test_a_signed_cookie_names_the_reader_and_a_forged_one_does_not() -> None:
    assert (await ask(cookie()))[0][USER] == OPERATOR
    assert (await ask(cookie(Known(LocalKey("token"), b"guess" * 8))))[0][USER] == ""
    assert (await ask({"cookie": "\x00=;;;gemelo=%%%"}))[0][USER] == ""


async def test_the_language_is_the_chosen_one_then_the_browsers_then_spanish() -> None:
    english = {"accept-language": "en-GB,en;q=0.9,es;q=0.5"}
    assert (await ask(english))[0][LANGUAGE] == "en"
    assert (await ask(english | {"cookie": "gemelo_language=es"}))[0][LANGUAGE] == "es"
    assert (await ask({"accept-language": "fr"}))[0][LANGUAGE] == "es"
    assert (await ask({"cookie": "gemelo_language=../../etc"}))[0][LANGUAGE] == "es"


async def test_a_socket_must_come_from_a_page_of_this_site() -> None:
    """bokeh-fastapi has a check of the origin and never calls it."""
    mine = ["bokeh", page_token("")]
    assert (await ask({"origin": "http://here:1"}, "websocket", mine))[0] is not None
    through, sent = await ask({"origin": "http://evil.example"}, "websocket", mine)
    assert through is None
    assert sent[0]["type"] == "websocket.close"


async def test_a_socket_belongs_to_whoever_its_page_was_made_for() -> None:
    """A page's token that leaks does not make another an operator, nor the other way round."""
    assert (await ask(cookie(), "websocket", ["bokeh", page_token(OPERATOR)]))[0] is not None
    assert (await ask({}, "websocket", ["bokeh", page_token(OPERATOR)]))[0] is None
    assert (await ask(cookie(), "websocket", ["bokeh", page_token("")]))[0] is None


@pytest.mark.parametrize("key", [None, b"guess"])
async def test_a_page_that_we_did_not_sign_opens_no_socket(key: bytes | None) -> None:
    """Unsigned session tokens let a viewer make himself administrator."""
    assert (await ask(cookie(), "websocket", ["bokeh", page_token(OPERATOR, key)]))[0] is None


@pytest.mark.parametrize("protocols", [[], ["bokeh"], ["bokeh", "no token"], ["bokeh", "e30"], ["bokeh", "%%%.x"]])
async def test_a_socket_without_a_page_is_refused(protocols: list[str]) -> None:
    through, sent = await ask({}, "websocket", protocols)
    assert through is None
    assert sent[0]["type"] == "websocket.close"


async def test_on_loopback_it_answers_only_to_loopback_names() -> None:
    """A foreign name that resolves to this machine (DNS rebinding) gets nothing."""
    hosts = ("127.0.0.1", "localhost", "[::1]")
    for host in ("127.0.0.1:8081", "localhost:8081", "LOCALHOST", "[::1]:8081"):
        assert (await ask({"host": host}, hosts=hosts))[0] is not None
    through, sent = await ask({"host": "evil.example:8081"}, hosts=hosts)
    assert through is None
    assert sent[0]["status"] == 421


async def test_every_answer_carries_the_security_headers() -> None:
    _, sent = await ask({})
    given = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    assert given.items() >= SECURITY.items()
    assert "default-src 'self'" in given["content-security-policy"]
