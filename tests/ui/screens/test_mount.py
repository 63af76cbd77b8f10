"""The defects of mounting Panel in FastAPI, each met on Panel 1.9 with bokeh-fastapi 0.1.8, and each kept away."""

import asyncio
import gc
import json
import re
import subprocess
import sys
import tomllib
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import panel as pn
import pytest
import websockets
from bokeh.util.token import get_token_payload

from control.access.identity import Place
from control.bus.cancel import end
from control.bus.clock import WallClock
from plant.error import ServiceError
from tests.conftest import free_port
from tests.limit import HANGS
from ui.identity.accounts import PURPOSE
from ui.identity.known import COOKIE, LOCAL, Known
from ui.identity.local import LocalKey
from ui.identity.token import key_from
from ui.screens import mount
from ui.screens.app import create_app
from ui.screens.context import Context
from ui.screens.entrance import Entrance
from ui.screens.page_feed import Listener, PageFeed
from ui.screens.shown_field import ShownField
from ui.web_server import listening, serve

ROOT = Path(__file__).parents[3]
TOKEN = "correct-horse-battery-staple"
KNOWN = Known(LocalKey(TOKEN), key_from(TOKEN, PURPOSE))
COME_IN = {COOKIE: KNOWN.cookie(LOCAL)}
COOKIE_HEADER = {"Cookie": f"{COOKIE}={COME_IN[COOKIE]}"}
HERE = Place("demo", "shengli12")
PULL = ('{"msgid":"1","msgtype":"PULL-DOC-REQ"}', "{}", "{}")
READY = {
    "kind": "MessageSent", "msg_type": "bokeh_event",
    "msg_data": {"type": "event", "name": "document_ready", "values": {"type": "map"}},
}  # fmt: skip
pytestmark = pytest.mark.anyio


class CountedFeed(PageFeed):
    """A feed that says when a session comes or goes."""

    def __init__(self, site: ShownField):
        super().__init__(site.tags, WallClock())
        self.changed, self.loop = asyncio.Condition(), asyncio.get_running_loop()

    def listen(self, listener: Listener) -> Callable[[], None]:
        end = super().listen(listener)
        self._announce()

        def leave() -> None:
            end()
            self._announce()

        return leave

    def _announce(self) -> None:
        async def tell() -> None:
            async with self.changed:
                self.changed.notify_all()

        self.telling = asyncio.run_coroutine_threadsafe(tell(), self.loop)  # Panel 1.10 builds pages on threads

    async def until(self, sessions: int) -> None:
        async with asyncio.timeout(HANGS), self.changed:
            await self.changed.wait_for(lambda: self.listening == sessions)


class NoHistory:
    """A bus on which a historian refuses, when it is let."""

    def __init__(self) -> None:
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    class Subjects:
        def history(self, _: str) -> str:
            return "history"

    subjects = Subjects()

    async def request(self, *_: Any) -> bytes:
        await self.may_answer.wait()
        raise ServiceError("none")


@dataclass(frozen=True)
class Client:
    """A page's websocket, and the document that came over it."""

    socket: Any
    document: str

    async def say(self, kind: str, content: Any) -> None:
        for fragment in ({"msgid": "2", "msgtype": kind}, {}, content):
            await self.socket.send(json.dumps(fragment))

    async def hear(self) -> tuple[str, str]:
        return await message(self.socket)


async def message(socket: Any) -> tuple[str, str]:
    """Kind and content of one message of Bokeh's protocol: a header, metadata, content, and buffers in pairs."""
    header = json.loads(await socket.recv())
    _, content = await socket.recv(), await socket.recv()
    for _ in range(2 * header.get("num_buffers", 0)):
        await socket.recv()
    return header["msgtype"], str(content)


class Served:
    """A running application, and its sessions."""

    def __init__(self, address: str, feed: CountedFeed, bus: NoHistory):
        self.address, self.feed, self.bus = address, feed, bus

    async def page(self, path: str = "/", **cookies: str) -> str:
        async with httpx.AsyncClient(cookies=COME_IN | cookies, timeout=30) as client:
            answer = await client.get(self.address + path)
        assert answer.status_code == 200
        return answer.text

    @asynccontextmanager
    async def socket(self, html: str, path: str = "/", **headers: str) -> AsyncIterator[Client]:
        """The page's websocket, with its document pulled and read: a client that then is idle."""
        url = f"{self.address}{path.rstrip('/')}/ws".replace("http", "ws", 1)
        async with websockets.connect(
            url,
            subprotocols=["bokeh", token_of(html)],
            additional_headers=COOKIE_HEADER | headers,
            max_size=None,
            max_queue=None,
        ) as socket:
            await message(socket)
            for fragment in PULL:
                await socket.send(fragment)
            yield Client(socket, (await message(socket))[1])


def token_of(html: str) -> str:
    found = re.search(r'"token":"([^"]+)"', html)
    assert found is not None
    return found[1]


@pytest.fixture(scope="module")
def site() -> ShownField:
    return ShownField.load("shengli12", "shengli12")


Starter = Callable[[], Awaitable[Served]]


@pytest.fixture
async def start(site: ShownField) -> AsyncIterator[Starter]:
    """Starts applications of one token on this very loop, as processes behind one proxy would be."""
    serving = []

    async def starting() -> Served:
        feed, bus = CountedFeed(site), NoHistory()
        context = Context(site, feed, bus, asyncio.get_running_loop(), KNOWN, HERE)  # type: ignore[arg-type]
        app = create_app(context, Entrance(KNOWN, HERE), unused=0.2)
        port = free_port()
        serving.append(asyncio.create_task(serve(app, listening("127.0.0.1", port), lifespan="auto")))
        await asyncio.sleep(0)  # let it open its socket, which then holds back who comes early
        return Served(f"http://127.0.0.1:{port}", feed, bus)

    yield starting
    for server in serving:
        await end(server)


async def test_an_idle_client_that_leaves_is_noticed(start: Starter) -> None:
    """Defect 1: bokeh-fastapi took its leaving for an empty message; 15 of 15 sessions lived for ever."""
    served = await start()
    for path in ("/", "/alarms", "/well/CACB27A-P1"):
        html = await served.page(path)
        async with served.socket(html, path):
            assert served.feed.listening == 1
        await served.feed.until(0)


async def test_a_page_that_nobody_connects_to_does_not_stay(start: Starter) -> None:
    served = await start()
    await served.page()
    await served.feed.until(0)


async def test_nothing_of_a_session_outlives_it(start: Starter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Defect 2: panel_material_ui's Page stayed alive through a watcher on ``pn.state.busy``. We have no such page."""
    served, made = await start(), []
    build = mount.Component.__init__

    def remembering(self: Any, **params: Any) -> None:
        made.append(weakref.ref(self))
        build(self, **params)

    monkeypatch.setattr(mount.Component, "__init__", remembering)
    watchers = len(pn.state.param.watchers.get("busy", {}).get("value", []))
    for path in ("/", "/alarms", "/well/CACB27A-P1"):
        async with served.socket(await served.page(path), path):
            pass
    await served.feed.until(0)
    await asyncio.to_thread(gc.collect)
    gc.collect()
    assert len(made) > 8
    assert [ref().__class__.__name__ for ref in made if ref() is not None] == []
    assert len(pn.state.param.watchers.get("busy", {}).get("value", [])) == watchers


async def test_what_changes_while_the_browser_builds_a_page_is_not_lost(start: Starter) -> None:
    """Between the document and its being shown Panel and Bokeh drop changes: a history, an alarm, a note."""
    served = await start()
    served.bus.may_answer.clear()
    path = "/well/CACB27A-P1"
    async with served.socket(await served.page(path), path) as client:
        served.bus.may_answer.set()
        for _ in range(5):
            served.feed.tick()
            await client.say("SERVER-INFO-REQ", {})
            assert (await client.hear())[0] == "SERVER-INFO-REPLY"
        await client.say("PATCH-DOC", {"events": [READY]})
        content = ""
        while "sin historia" not in content:
            _, content = await client.hear()


async def test_any_process_of_the_same_token_takes_a_page_s_socket(start: Starter) -> None:
    """Defect 3: two workers broke sessions, because the page watched its location."""
    one, other = await start(), await start()
    html = await one.page("/well/CACB27A-P1")
    async with other.socket(html, "/well/CACB27A-P1") as client:
        assert "CACB27A-P1" in client.document
        assert other.feed.listening == 1
        assert "location.Location" not in client.document


async def test_a_session_token_is_signed(start: Starter) -> None:
    """Defect 4: unsigned by default; a viewer forged one and became administrator."""
    served = await start()
    html = await served.page()
    token = token_of(html)
    payload = get_token_payload(token)
    assert len(token.split(".")) == 2
    forged = html.replace(token, token.split(".")[0])
    with pytest.raises(websockets.InvalidStatus):
        async with served.socket(forged):
            pass
    assert payload["headers"] == {"X-Gemelo-User": LOCAL.written(), "X-Gemelo-Language": "es"}


async def test_a_foreign_page_cannot_open_our_socket(start: Starter) -> None:
    """Defect 5: the origin check existed and was never called."""
    served = await start()
    html = await served.page()
    with pytest.raises(websockets.InvalidStatus):
        async with served.socket(html, Origin="http://evil.example"):
            pass
    async with served.socket(html, Origin=served.address):
        pass


async def test_a_page_holds_no_header_and_no_cookie_but_ours(start: Starter) -> None:
    """Defect 6: all request headers and cookies stood in the page, HttpOnly ones too."""
    served = await start()
    issued = COME_IN[COOKIE]
    async with httpx.AsyncClient(headers={"X-Secret": "swordfish"} | COOKIE_HEADER) as client:
        html = (await client.get(served.address)).text
    payload = get_token_payload(token_of(html))
    assert set(payload["headers"]) == {"X-Gemelo-User", "X-Gemelo-Language"}
    assert payload["headers"]["X-Gemelo-User"] == LOCAL.written()
    assert payload["cookies"] == {}
    assert issued not in html + json.dumps(payload, default=str)
    assert "swordfish" not in html + json.dumps(payload, default=str)


async def test_every_script_and_style_that_a_page_names_is_there(start: Starter) -> None:
    """Defect 7: panel_material_ui's bundle was missing where it was imported late. We need no such bundle."""
    served = await start()
    for path in ("/", "/alarms", "/well/CACB27A-P1"):
        html = await served.page(path)
        addresses = re.findall(r'(?:src|href)="([^"#]+\.(?:js|css|svg)[^"]*)"', html)
        assert len(addresses) > 6
        async with httpx.AsyncClient(base_url=served.address) as client:
            for address in addresses:
                assert "://" not in address
                answer = await client.get(address.replace("&amp;", "&") if address.startswith("/") else f"/{address}")
                assert answer.status_code == 200, address


async def test_what_is_asked_of_the_mount_is_done(start: Starter) -> None:
    """Defect 8: the decorator ``add_application`` drops its keyword arguments; so it is not used, and they hold."""
    assert "add_application(" not in Path(mount.__file__).read_text(encoding="utf-8")
    served = await start()
    async with httpx.AsyncClient(cookies=COME_IN) as client:
        answer = await client.get(served.address)
    assert "<title>Vista general · Gemelo</title>" in answer.text


def test_what_is_installed_sends_no_reports_elsewhere() -> None:
    """Defect 9: ``panel[fastapi]`` pulls in sentry and cloud tools."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert "bokeh-fastapi==" in lock or "bokeh_fastapi==" in lock
    assert not re.search(r"^(sentry|fastapi-cloud|fastapi-cli)", lock, re.MULTILINE)
    assert not [one for one in wanted["screens"] if "[" in one or "material" in one]


def test_the_screens_load_no_bundle_of_panel_material_ui() -> None:
    """Defects 2 and 7 stay away with it: the pages are lighter without."""
    code = "import sys, ui.screens.app; sys.exit('panel_material_ui' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=100).returncode == 0
