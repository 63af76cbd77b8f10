"""A well's page in a browser: what is set goes through the command path, and only after it was asked back."""

import re

import pytest
from playwright.sync_api import Page, expect

from control.bus import quality
from tests.ui.screens.conftest import Screens, Visit
from tests.ui.screens.small_field import SmallField

WELL = "CACB1GA-2"


def ask(page: Page, value: str) -> None:
    page.get_by_label("Referencia de frecuencia, Fijar en").fill(value)
    page.get_by_role("button", name="Fijar…").first.click()


def test_a_setpoint_is_asked_back_with_a_reason_and_its_outcome_is_shown(visit: Visit, small_field: SmallField) -> None:
    page = visit(f"/well/{WELL}", operator=True)
    small_field.commands.clear()
    ask(page, "47.5")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("50,0 Hz → nuevo 47,5 Hz")
    dialog.get_by_role("button", name="Confirmar").click()
    expect(dialog).to_be_visible()  # not without a reason
    assert small_field.commands == []
    dialog.get_by_label("Motivo").fill("prueba de caudal")
    dialog.get_by_role("button", name="Confirmar").click()
    expect(page.locator(".answer")).to_have_text("Referencia de frecuencia: hecho: leído de vuelta 47,5 Hz")
    sent = small_field.commands[0]
    assert sent.pop("id")
    assert sent == {
        "version": 1, "tag": f"Well.{WELL}.FrequencyReference", "value": 47.5, "by": "operator",
        "reason": "prueba de caudal",
    }  # fmt: skip
    expect(page.locator(".setpoint").first.locator(".number").first).to_have_text("47,5")


def test_what_is_cancelled_is_not_sent(visit: Visit, small_field: SmallField) -> None:
    page = visit(f"/well/{WELL}", operator=True)
    small_field.commands.clear()
    ask(page, "46")
    page.get_by_role("button", name="Cancelar").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert small_field.commands == []


def test_a_refusal_is_shown_with_its_rule(visit: Visit, small_field: SmallField) -> None:
    page = visit(f"/well/{WELL}", operator=True)
    small_field.refusal = "must not change faster than 0.5 Hz/s"
    ask(page, "55")
    page.get_by_label("Motivo").fill("rápido")
    page.get_by_role("button", name="Confirmar").click()
    expect(page.locator(".answer")).to_contain_text("rechazado")
    expect(page.locator(".answer")).to_contain_text("must not change faster than 0.5 Hz/s")
    small_field.refusal = ""


@pytest.mark.parametrize("value", ["", "29", "61"])
def test_a_value_that_is_none_or_not_allowed_is_not_even_asked_back(visit: Visit, value: str) -> None:
    page = visit(f"/well/{WELL}", operator=True)
    ask(page, value)
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_choke_is_set_in_percent_and_sent_in_si(visit: Visit, small_field: SmallField) -> None:
    page = visit(f"/well/{WELL}", operator=True)
    small_field.commands.clear()
    page.get_by_label("Referencia del estrangulador, Fijar en").fill("42")
    page.get_by_role("button", name="Fijar…").nth(1).click()
    page.get_by_label("Motivo").fill("contrapresión")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text("hecho")
    assert small_field.commands[0]["value"] == pytest.approx(0.42)


def test_who_is_not_logged_in_can_set_nothing(visit: Visit) -> None:
    page = visit(f"/well/{WELL}")
    buttons = page.locator(".setpoints button:not(dialog button)")
    expect(buttons).to_have_count(5)
    for i in range(5):
        expect(buttons.nth(i)).to_be_disabled()
    expect(page.locator(".setpoints").first).to_contain_text("Su función solo permite ver")


def test_the_faceplate_follows_values_and_shows_their_quality(visit: Visit, small_field: SmallField) -> None:
    page = visit(f"/well/{WELL}")
    row = page.locator(".fact", has_text="Presión de cabezal")
    small_field.values[f"Well.{WELL}.WellheadPressure"] = 3_101_325.0
    expect(row.locator(".number")).to_have_text("3,00")
    small_field.qualities[f"Well.{WELL}.WellheadPressure"] = quality.BAD_SENSOR_FAILURE
    expect(row).to_have_class(re.compile("bad"))
    expect(row).to_have_attribute("title", "Presión de cabezal: Malo")
    small_field.qualities[f"Well.{WELL}.WellheadPressure"] = quality.GOOD


def test_no_write_is_offered_that_cannot_arrive(visit: Visit, small_field: SmallField) -> None:
    page = visit(f"/well/{WELL}", operator=True)
    frequency, buttons = page.get_by_label("Referencia de frecuencia, Fijar en"), page.locator(".drive button")
    expect(frequency).to_be_enabled()
    tags = [tag for tag in small_field.tags if tag.startswith(f"Well.{WELL}.")]
    small_field.qualities |= dict.fromkeys(tags, quality.BAD_COMMUNICATION)
    expect(page.locator(".lost-device")).to_have_text("El equipo no responde")
    expect(frequency).to_be_disabled()
    assert [buttons.nth(i).is_disabled() for i in range(3)] == [True, True, True]
    expect(page.locator(".fact", has_text="Estado").locator(".word")).to_have_text("Desconocido")
    small_field.qualities |= dict.fromkeys(tags, quality.GOOD)
    expect(frequency).to_be_enabled()
    expect(page.locator(".lost-device")).to_have_text("")


def test_without_twin_and_historian_the_page_says_so_and_shows_the_rest(visit: Visit) -> None:
    page = visit("/well/CACB22C-C2")
    expect(page.locator(".spans")).to_contain_text("sin historia: solo valores en vivo")
    expect(page.locator("canvas").first).to_be_visible()


def test_the_twin_s_estimate_and_residual_stand_beside_the_meter(visit: Visit, small_field: SmallField) -> None:
    page = visit(f"/well/{WELL}")
    flow = page.locator(".comparison tbody tr").nth(1).locator("td")
    small_field.values |= {
        f"Well.{WELL}.Flow": 150 / 86_400,
        f"Well.{WELL}.Twin.Flow": 140 / 86_400,
        f"Well.{WELL}.Twin.FlowResidual": 10 / 86_400,
    }
    expect(flow.nth(2)).to_have_text("sin gemelo")
    small_field.estimates = (f"Well.{WELL}.Twin.Flow", f"Well.{WELL}.Twin.FlowResidual")
    for column, text in ((1, "150,0"), (2, "140,0"), (3, "+10,0")):
        expect(flow.nth(column)).to_have_text(text)


def test_a_well_that_does_not_exist_has_no_page(visit: Visit, screens: Screens) -> None:
    answer = visit().request.get(f"{screens.address}/well/NOPE-1")
    assert answer.status == 404
    assert "NOPE-1" in answer.text()
