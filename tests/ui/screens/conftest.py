"""The small field on a bus, the real screens process looking at it, and a browser looking at that."""

import os
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from control.access.identity import Grant, local
from control.bus import server
from control.bus.keyring import Key
from hil.patience import Patience
from historian.ledger.audit import Actor
from tests.conftest import free_port
from tests.limit import HANGS
from tests.place import DEMO
from tests.ui.screens.small_field import SmallField
from ui.identity.accounts import Accounts
from ui.identity.known import COOKIE
from ui.measuring.screens import CHROMIUM

TOKEN = "correct-horse-battery-staple"


@pytest.fixture(scope="session")
def bus_of_small_field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a real bus server for the small field."""
    port = free_port()
    command = server.command(port, tmp_path_factory.mktemp("bus"))
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert any("Server is ready" in line for line in process.stderr)
    threading.Thread(target=process.stderr.read, daemon=True).start()  # a full pipe would block the server
    yield f"nats://127.0.0.1:{port}"
    process.terminate()
    process.wait(HANGS)


@pytest.fixture(scope="session")
def small_field(bus_of_small_field: str) -> Iterator[SmallField]:
    """A field that is alive on the bus."""
    field = SmallField(bus_of_small_field)
    field.start()
    yield field
    field.stop()


class Screens:
    """A screens process."""

    def __init__(self, bus: str, log: Path, *options: str, key: Key | None = None):
        self.port, self.log = free_port(), log
        self.address = f"http://127.0.0.1:{self.port}"
        module = [sys.executable, "-m", "ui.screens.service", "--bus", bus, "--port", str(self.port), "--linger", "0.5"]
        self.folder = log.parent
        self.accounts = Accounts.open(self.folder, TOKEN)
        self.accounts.ledger.add_tenant(DEMO.tenant)
        for login in ("operator", "engineer", "viewer"):
            said = {"login": login, "must_change": False}
            self.accounts.people.add(local(), Actor("test"), DEMO.tenant, said, [Grant(login, DEMO.tenant)])
        own = os.environ | {"GEMELO_TOKEN": TOKEN} | (key.environment() if key else {})
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [*module, "--data", str(self.folder), *options], env=own, stdout=out, stderr=out
            )

    def wait(self) -> None:
        """Until it answers; it says so by answering, so there is nothing to wait on but that."""
        patience = Patience(60.0)
        while not patience.is_over():
            try:
                urllib.request.urlopen(f"{self.address}/health", timeout=5)
                return
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                threading.Event().wait(0.1)
        raise AssertionError("the screens never answered")

    def cookie(self, login: str) -> Any:
        """What the browser of somebody has who has come in."""
        claims = self.accounts.sessions.begin(self.accounts.people.named(DEMO.tenant, login), "test").claims
        return {"name": COOKIE, "value": self.accounts.known.cookie(claims), "url": self.address, "httpOnly": True}

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(HANGS)


@pytest.fixture(scope="session")
def new_screens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Screens]]:
    """Starts screens processes on a bus; stops what still runs."""
    made: list[Screens] = []

    def make(bus: str, *options: str, key: Key | None = None) -> Screens:
        made.append(Screens(bus, tmp_path_factory.mktemp("screens") / "log", *options, key=key))
        made[-1].wait()
        return made[-1]

    yield make
    for screens in made:
        screens.stop()


@pytest.fixture(scope="session")
def screens(small_field: SmallField, new_screens: Callable[..., Screens]) -> Screens:
    """The screens of the small field."""
    return new_screens(small_field.url)


@pytest.fixture(scope="module")
def chromium(require_peer: Callable[[str], str]) -> Iterator[Browser]:
    """A browser without a window. While it lives no async test can run: its driver holds the thread's loop."""
    path = require_peer("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        yield browser
        browser.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, screens: Screens) -> Iterator[Visit]:
    """Opens a page of the screens, as viewer, operator or engineer, in a fresh profile. Errors on it fail the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(
        path: str = "/", operator: bool = False, locale: str = "es-ES", of: Screens = screens, who: str = "viewer"
    ) -> Page:
        context = chromium.new_context(viewport={"width": 1400, "height": 1000}, locale=locale)
        context.set_default_timeout(120_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        context.add_cookies([of.cookie("operator" if operator else who)])
        page.goto(of.address + path)
        page.locator(".alarm-bar").wait_for()
        return page

    expect.set_options(timeout=120_000)
    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
