"""What the screens cost: how soon a page shows live values, and what each open page keeps in memory.

Both need Chromium, driven by Playwright. ``url`` is that of the overview, and ``token`` the data folder's own.
"""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import psutil

from plant.error import ServiceError

CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
LIVE = "a.tile .number"  # a value on a tile: the page is of use from then on
VIEW = {"width": 1400, "height": 1000}
PATIENCE = 60_000  # ms


def pages(url: str, token: str, pid: int, visits: int = 3, sessions: int = 6) -> dict[str, float]:
    """``first_paint_s`` and ``session_mb`` of the screens at ``url``, which process ``pid`` serves.

    First paint is the median over visits from asking for the page to its first live values, in a browser without a
    cache, each in a new profile. Memory is what the process' resident set grows by per page held open, once the
    visits have loaded what is loaded only once. Raises :class:`ServiceError` without Chromium.
    """
    with _browser() as browser, ExitStack() as open_pages:
        painted = statistics.median(_visit(browser, url, token) for _ in range(visits))
        before = psutil.Process(pid).memory_info().rss
        for _ in range(sessions):
            context = open_pages.enter_context(_context(browser, url, token))
            _show(context.new_page(), url)
        grown = psutil.Process(pid).memory_info().rss - before
    return {"first_paint_s": painted, "session_mb": grown / sessions / 1e6}


def _visit(browser: Any, url: str, token: str) -> float:
    with _context(browser, url, token) as context:
        return _show(context.new_page(), url)


def _show(page: Any, url: str) -> float:
    """Open a page and take, by the browser's own clock, when its first value stood there."""
    page.goto(url, wait_until="commit")
    page.locator(LIVE).first.wait_for(timeout=PATIENCE)
    return float(page.evaluate("performance.now()")) / 1000


@contextmanager
def _context(browser: Any, url: str, token: str) -> Iterator[Any]:
    """A new profile whose owner has come in."""
    context = browser.new_context(viewport=VIEW)
    entered = context.request.post(f"{url}enter", headers={"Authorization": f"Bearer {token}"})
    if not entered.ok:
        raise ServiceError(f"the screens let nobody in: {entered.status} {entered.text()}")
    yield context
    context.close()


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # belongs to the test extra; nothing else here needs it

    path = shutil.which("chromium")
    if path is None:
        raise ServiceError("chromium is not installed; without it nothing can say when a page shows")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        yield browser
        browser.close()
