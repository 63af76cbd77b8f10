"""The overview in a browser, over a real bus."""

import re

from playwright.sync_api import expect

from control.bus import quality
from tests.ui.screens.conftest import Visit
from tests.ui.screens.small_field import SmallField

WELL = "CACB27A-P1"


def test_the_first_page_shows_every_well_with_its_live_value(visit: Visit, small_field: SmallField) -> None:
    page = visit()
    tiles = page.locator("a.tile")
    expect(tiles).to_have_count(len(small_field.field.wells))
    well = small_field.field.wells[1]
    flow = f"{well.measured.rate * 86_400:.1f}".replace(".", ",")
    expect(page.locator(f"#{well.code} .main .number")).to_have_text(flow)
    expect(page.locator(f"#{well.code}")).to_have_attribute("aria-label", re.compile(f"{well.code}.*{flow} m³/d"))


def test_a_value_that_changes_in_the_field_changes_on_the_page(visit: Visit, small_field: SmallField) -> None:
    page = visit()
    number = page.locator(f"#{WELL} .main .number")
    for m3_d in (123.4, 98.7):
        small_field.values[f"Well.{WELL}.Flow"] = m3_d / 86_400
        expect(number).to_have_text(f"{m3_d:.1f}".replace(".", ","))
    total = sum(small_field.values[f"Well.{well.code}.Flow"] for well in small_field.field.wells) * 86_400
    measured = page.locator(".production tbody tr").first.locator("td.number")
    expect(measured).to_have_text(f"{total:.1f}".replace(".", ","))


def test_a_bad_and_an_uncertain_value_look_it(visit: Visit, small_field: SmallField) -> None:
    page = visit()
    row = page.locator(f"#{WELL} .row").first
    expect(row).to_have_class(re.compile("good"))
    small_field.qualities[f"Well.{WELL}.IntakePressure"] = quality.BAD_COMMUNICATION
    expect(row).to_have_class(re.compile("bad"))
    small_field.qualities[f"Well.{WELL}.IntakePressure"] = quality.UNCERTAIN_SUBNORMAL
    expect(row).to_have_class(re.compile("uncertain"))
    small_field.qualities[f"Well.{WELL}.IntakePressure"] = quality.GOOD
    expect(row).to_have_class(re.compile("good"))


def test_a_well_that_stops_looks_stopped_and_says_so(visit: Visit, small_field: SmallField) -> None:
    page = visit()
    run = page.locator(f"#{WELL} .run")
    expect(run).to_have_class(re.compile(r"\bon\b"))
    small_field.values[f"Well.{WELL}.RunState"] = 0.0
    expect(page.locator(f"#{WELL} .state")).to_have_text("Parado")
    expect(run).not_to_have_class(re.compile(r"\bon\b"))
    small_field.values[f"Well.{WELL}.RunState"] = 2.0


def test_a_well_that_is_not_heard_has_a_mark_of_its_own(visit: Visit, small_field: SmallField) -> None:
    page = visit()
    run = page.locator(f"#{WELL} .run")
    small_field.qualities[f"Well.{WELL}.RunState"] = quality.BAD_COMMUNICATION
    expect(page.locator(f"#{WELL} .state")).to_have_text("Desconocido")
    expect(run).to_have_class("run unknown")
    small_field.qualities[f"Well.{WELL}.RunState"] = quality.GOOD
    expect(page.locator(f"#{WELL} .state")).to_have_text("En marcha")
    expect(run).to_have_class("run on")


def test_an_alarm_shows_on_bar_and_tile_by_shape_and_number(visit: Visit, small_field: SmallField) -> None:
    """ISA-101: never by colour alone; it blinks while nobody has acknowledged it."""
    page = visit()
    small_field.raise_alarm("Well.CACB6E-1.MotorTemperature", priority=1)
    shape = page.locator("#CACB6E-1 .slot svg")
    expect(shape).to_have_class("shape p1 unacknowledged")
    expect(shape.locator("text")).to_have_text("1")
    expect(shape.locator("rect")).to_have_count(1)
    expect(page.locator("#CACB6E-1")).to_have_attribute("aria-label", re.compile("Prioridad 1"))
    expect(page.locator(".alarm-bar .top")).to_contain_text("CACB6E-1")
    small_field.raise_alarm("Well.CACB6E-1.MotorTemperature", priority=1, state="ACKED")
    expect(shape).to_have_class("shape p1")
    small_field.raise_alarm("Well.CACB6E-1.MotorTemperature", priority=1, state="NORM")
    expect(shape).to_have_count(0)


def test_a_tile_leads_to_its_well_by_keyboard_too(visit: Visit) -> None:
    page = visit()
    tile = page.locator("#XBKD47-X2")
    tile.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/well/XBKD47-X2")
    expect(page.locator(".face h2")).to_contain_text("XBKD47-X2")
