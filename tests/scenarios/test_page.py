"""The page in a real browser, which alone can say that it needs no network."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios.page import page
from scenarios.run import Run

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


@pytest.fixture
def chromium(require_peer: Callable[[str], str]) -> str:
    """The browser's program."""
    return require_peer("chromium")


def test_names_in_the_page_are_text_and_not_markup(made_up_run: Run) -> None:
    assert "<h1>A made-up &lt;run&gt;: failed, 1 of 5 expectations" in page(made_up_run)


def test_the_page_is_one_file_that_draws_a_chart_for_each_signal(
    made_up_run: Run, tmp_path: Path, chromium: str
) -> None:
    from playwright.sync_api import sync_playwright

    file = tmp_path / "report.html"
    file.write_text(page(made_up_run), encoding="utf-8")
    requests: list[str] = []
    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        tab = browser.new_page()
        tab.on("request", lambda request: requests.append(request.url))
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(file.as_uri())
        tab.wait_for_selector(".bk-Canvas canvas, .bk-CanvasPanel canvas, .bk-Figure canvas", state="attached")
        charts, verdicts = tab.locator(".bk-Figure").count(), tab.locator("tbody tr td:first-child").all_inner_texts()
        browser.close()
    assert requests == [file.as_uri()]
    assert errors == []
    assert charts == 4  # intake pressure, state, flow, and the frequency that the story wants shown
    assert verdicts == ["pass", "FAIL", "pass", "pass", "pass"]
