"""The screens over the whole stack: devices on the wire, control, historian and twin, nothing stood in for."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from control.bus.keyring import Ring
from control.bus.server import KEYS
from tests.place import DEMO
from tests.stack import Stack
from tests.ui.screens.conftest import Screens, Visit

WELL = "CASH201B-15"


@pytest.fixture(scope="module")
def over_field(stack: Stack, new_screens: Callable[..., Screens]) -> Screens:
    """Screens of the running demo field."""
    key = Ring.read(stack.data / "bus" / KEYS).key(DEMO, "screens")
    return new_screens(stack.bus_url, "--bench", str(stack.bench.path), key=key)


def test_a_setpoint_goes_through_control_to_the_simulated_drive_and_back(visit: Visit, over_field: Screens) -> None:
    page = visit(f"/well/{WELL}", operator=True, of=over_field)
    stands = page.locator(".setpoint").first.locator(".number").first
    expect(stands).to_have_text("50,0")
    for value in ("49.5", "50"):
        page.get_by_label("Referencia de frecuencia, Fijar en").fill(value)
        page.get_by_role("button", name="Fijar…").first.click()
        page.get_by_label("Motivo").fill("prueba de extremo a extremo")
        page.get_by_role("button", name="Confirmar").click()
        shown = f"{float(value):.1f}".replace(".", ",")
        expect(page.locator(".answer")).to_have_text(f"Referencia de frecuencia: hecho: leído de vuelta {shown} Hz")
        expect(stands).to_have_text(shown)


def test_trends_begin_with_what_the_historian_has(visit: Visit, over_field: Screens) -> None:
    page = visit(f"/well/{WELL}", of=over_field)
    expect(page.locator(".spans .faint")).to_have_text("")
    page.get_by_role("button", name="1 h").click()
    expect(page.get_by_role("button", name="1 h")).to_have_attribute("aria-pressed", "true")
    points = page.evaluate(
        "Bokeh.documents[0].all_models.size && [...Bokeh.documents[0].all_models]"
        ".filter(m => m.type === 'ColumnDataSource' && m.data.Flow)[0].data.Flow.length"
    )
    assert points > 3


def test_the_twin_stands_beside_the_meters(visit: Visit, over_field: Screens) -> None:
    page = visit(f"/well/{WELL}", of=over_field)
    cells = page.locator(".comparison tbody tr").first.locator("td")
    expect(cells.nth(2)).to_have_text(re.compile(r"^\d+,\d\d$"))
    expect(cells.nth(3)).to_have_text(re.compile(r"^[+-]?\d+,\d\d$"))
