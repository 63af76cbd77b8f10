"""What every page has: its language, its manners, and its end."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from control.access.identity import Grant, local
from control.access.role import table
from historian.ledger.audit import Actor
from plant.unit import UNITS
from tests.place import DEMO
from tests.ui.screens.conftest import Screens, Visit
from tests.ui.screens.small_field import SmallField
from ui.screens.language import languages

PAGES = ("/", "/well/CACB27A-P1", "/alarms")
TEXTS = """
() => {
  const found = []
  const walk = node => {
    if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent)
    else if (node.nodeType === Node.ELEMENT_NODE || node.nodeType === Node.DOCUMENT_FRAGMENT_NODE) {
      if (['SCRIPT', 'STYLE', 'TITLE'].includes(node.nodeName)) return
      for (const name of ['aria-label', 'title', 'placeholder'])
        if (node.getAttribute && node.getAttribute(name)) found.push(node.getAttribute(name))
      if (node.shadowRoot) walk(node.shadowRoot)
      node.childNodes.forEach(walk)
    }
  }
  walk(document.body)
  return found
}
"""

FOCUSED = """
() => {
  let element = document.activeElement
  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element.nodeName
}
"""


def spanish() -> list[str]:
    """All that the Spanish catalogue says, without what is filled in; longest first."""
    parts = [part.strip() for text in languages()["es"].texts.values() for part in re.split(r"{\w*}", text)]
    return sorted(filter(None, parts), key=len, reverse=True)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_shows_an_untranslated_word(visit: Visit, small_field: SmallField, path: str) -> None:
    """What remains after all Spanish texts, names of assets, units and numbers must have no letters."""
    page = visit(path, operator=True)
    page.locator("canvas, table").first.wait_for()
    field = small_field.field
    names = [asset.partition(".")[2] for asset in field.assets()]
    names += [field.name, "Gemelo", *(pad.name for pad in field.wellpads), *(unit.symbol for unit in UNITS.values())]
    names += ["operator", *(role.title["es"] for role in table().roles.values())]
    own = [*spanish(), *sorted(filter(None, names), key=len, reverse=True), "en", "es", "min", "h", "A", "B"]
    months = r"\b(ene|feb|mar|abr|may|jun|jul|ago|sept?|oct|nov|dic)\b"
    for text in page.evaluate(TEXTS):
        rest = re.sub(months, "", text)
        for known in own:
            rest = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", "", rest)
        assert not re.search(r"[^\W\d_]", rest), f"{text!r} leaves {rest!r}"


def test_the_language_is_switched_on_the_spot_and_stays(visit: Visit) -> None:
    page = visit("/alarms")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("group", name="Idioma").get_by_text("en").click()
    page.wait_for_url("**/alarms")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="Active alarms")).to_be_visible()
    page.get_by_role("link", name="Overview").click()
    expect(page.locator("#CACB27A-P1 .state")).to_have_text("Running")
    expect(page.locator("#XBKD47-X2 .main .number")).to_have_text("40.2")


def test_a_browser_that_prefers_english_is_met_in_english(visit: Visit) -> None:
    expect(visit(locale="en-GB").locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("path", PAGES)
def test_no_request_leaves_this_machine(visit: Visit, screens: Screens, path: str) -> None:
    page = visit()
    asked: list[str] = []

    def watch(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    page.context.route("**/*", watch)
    page.goto(screens.address + path)
    page.locator("canvas, table").first.wait_for()
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith((f"{screens.address}/", "data:", "blob:"))] == []


def test_a_page_that_is_closed_leaves_no_session(visit: Visit, small_field: SmallField) -> None:
    pages = [visit(path) for path in PAGES]
    small_field.until_sessions(len(pages))
    for page in pages:
        page.context.close()
    small_field.until_sessions(0)


def test_a_page_whose_server_is_gone_says_so(
    visit: Visit, small_field: SmallField, new_screens: Callable[..., Screens]
) -> None:
    """Old values that look live are worse than none."""
    own = new_screens(small_field.url)
    page = visit(of=own)
    banner = page.get_by_role("alert")
    expect(banner).to_be_hidden()
    own.stop()
    expect(banner).to_have_text("Conexión perdida: los valores no están en vivo")
    expect(page.locator("body")).to_have_class(re.compile("lost-connection"))


def test_who_has_not_come_in_sees_where_he_does_and_nothing_else(visit: Visit, screens: Screens) -> None:
    page = visit()
    expect(page.locator(".user")).to_contain_text("viewer · Observador · Solo lectura")
    page.get_by_role("link", name="Salir").click()
    expect(page.get_by_role("button", name="Ingresar")).to_be_visible()
    for path in ("/", "/alarms", "/well/CACB27A-P1"):
        page.goto(screens.address + path)
        expect(page).to_have_url(f"{screens.address}/login")
    assert page.request.post(f"{screens.address}/enter", headers={"Authorization": "Bearer guess"}).status == 401


def test_people_come_in_by_name_and_password_and_choose_their_own_first(visit: Visit, screens: Screens) -> None:
    said, once = {"login": "ana", "password": "correct horse battery"}, "correct horse battery"
    screens.accounts.people.add(local(), Actor("test"), DEMO.tenant, said, [Grant("operator", DEMO.tenant)])
    page = visit()
    page.context.clear_cookies()
    page.goto(screens.address)
    for password in ("wrong wrong wrong", once):
        page.get_by_label("Usuario").fill("ana")
        page.get_by_label("Contraseña").fill(password)
        page.get_by_role("button", name="Ingresar").click()
        if password != once:
            expect(page.get_by_role("alert")).to_have_text("usuario o contraseña incorrectos")
    page.goto(f"{screens.address}/alarms")  # not before
    expect(page).to_have_url(f"{screens.address}/password")
    page.get_by_label("Contraseña", exact=True).fill(once)
    page.get_by_label("Contraseña nueva").fill(f"{once}!")
    page.get_by_role("button", name="Cambiar la contraseña").click()
    expect(page.locator(".user")).to_contain_text("ana · Operador")
    ticket = next(one for one in page.context.cookies() if one["name"] == "gemelo")
    assert (ticket["httpOnly"], ticket["sameSite"]) == (True, "Strict")


def test_the_printed_link_lets_one_in_once_and_its_code_is_sent_in_no_address(visit: Visit, screens: Screens) -> None:
    (screens.folder / "code").write_text("a-code-that-nobody-guesses\n")
    page, asked = visit(), list[str]()
    page.context.clear_cookies()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{screens.address}/login#a-code-that-nobody-guesses")
    expect(page.locator(".user")).to_contain_text("local · Administrador de la plataforma")
    assert not [url for url in asked if "nobody-guesses" in url.partition("#")[0]]
    page.context.clear_cookies()
    page.goto("about:blank")
    page.goto(f"{screens.address}/login#a-code-that-nobody-guesses")
    expect(page.get_by_role("alert")).to_contain_text("Este enlace ya se usó")


def test_everything_that_acts_is_reached_by_keyboard(visit: Visit) -> None:
    page = visit("/alarms")
    assert focusable(page) >= {"A", "SELECT", "BUTTON", "INPUT"}


def focusable(page: Page) -> set[str]:
    """What the tab key comes by."""
    seen = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(FOCUSED))
    return seen
