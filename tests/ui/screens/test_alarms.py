"""The alarm list in a browser (what users miss elsewhere: acknowledging many at once, with a comment)."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from control.bus.clock import SECOND
from tests.ui.screens.conftest import Visit
from tests.ui.screens.small_field import SmallField

TAGS = ("Well.CACB248A-5.IntakePressure", "Well.CACB248A-6.Current", "Tank.OIL.Level")


@pytest.fixture(autouse=True)
def _standing(small_field: SmallField) -> Iterator[None]:
    small_field.acknowledged.clear()
    for priority, tag in enumerate(TAGS, 1):
        small_field.raise_alarm(tag, priority=priority)
    yield
    for priority, tag in enumerate(TAGS, 1):
        small_field.raise_alarm(tag, priority=priority, state="NORM")


def test_one_alarm_is_acknowledged_by_name(visit: Visit, small_field: SmallField) -> None:
    page = visit("/alarms", operator=True)
    row = page.locator(f'tr[data-id="{TAGS[1]}.high"]')
    row.get_by_role("button", name="Reconocer").click()
    expect(row).to_contain_text("Reconocida")
    expect(row.locator(".shape")).not_to_have_class("unacknowledged")
    [sent] = small_field.acknowledged
    assert sent.items() >= {"alarm": f"{TAGS[1]}.high", "verb": "acknowledge", "by": "operator", "comment": ""}.items()
    expect(page.locator(".said")).to_have_text("1 reconocidas")


def test_an_acknowledged_alarm_keeps_the_time_at_which_it_was_raised(visit: Visit, small_field: SmallField) -> None:
    moment = datetime.now(UTC).replace(hour=21, minute=54, second=0, microsecond=0)
    at = int(moment.timestamp())
    lived = {"raised_ns": at * SECOND, "acknowledged_ns": (at + 120) * SECOND, "acknowledged_by": "ana"}
    small_field.raise_alarm(TAGS[0], state="ACKED", **lived)
    row = visit("/alarms").locator(f'tr[data-id="{TAGS[0]}.high"]')
    for text in ("21:54:00", "21:56:00", "ana"):
        expect(row).to_contain_text(text)


def test_many_alarms_are_acknowledged_at_once_with_a_comment(visit: Visit, small_field: SmallField) -> None:
    page = visit("/alarms", operator=True)
    page.get_by_label("Seleccionar todo").check()
    page.get_by_label("Comentario").fill("revisado en sitio")
    page.get_by_role("button", name="Aplicar a la selección").click()
    expect(page.locator("tr.unacknowledged")).to_have_count(0)
    expect(page.locator(".said")).to_have_text("3 reconocidas")
    assert {one["alarm"] for one in small_field.acknowledged} == {f"{tag}.high" for tag in TAGS}
    assert {one["comment"] for one in small_field.acknowledged} == {"revisado en sitio"}


def test_an_alarm_is_set_aside_with_why_and_taken_back(visit: Visit, small_field: SmallField) -> None:
    page = visit("/alarms", operator=True)
    page.locator(f'tr[data-id="{TAGS[2]}.high"] input').check()
    page.get_by_label("Aplicar a la selección").select_option("Archivar 1 h")
    apply = page.get_by_role("button", name="Aplicar a la selección")
    apply.click()
    expect(page.locator(".said")).to_have_text("rechazado: diga por qué en el comentario")
    page.get_by_label("Comentario").fill("sensor en taller")
    apply.click()
    expect(page.locator(".said")).to_have_text("1 archivadas")
    [sent] = small_field.acknowledged
    assert (sent["verb"], sent["for_s"], sent["comment"]) == ("shelve", 3600.0, "sensor en taller")
    expect(page.locator("tbody tr[data-id]")).to_have_count(2)
    page.get_by_label("Apartadas").check()
    row = page.locator(f'tr[data-id="{TAGS[2]}.high"]')
    expect(row).to_contain_text("Archivada")
    row.get_by_role("button", name="Desarchivar").click()
    expect(page.get_by_text("No hay nada apartado")).to_be_visible()


def test_the_list_is_filtered_by_priority_state_and_text(visit: Visit) -> None:
    page = visit("/alarms")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(3)
    page.get_by_role("button", name="Prioridad 2").click()
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Todas").click()
    page.get_by_label("Buscar", exact=True).fill("tank.oil")
    expect(rows).to_have_count(1)
    page.get_by_label("Buscar", exact=True).fill("nothing")
    expect(page.get_by_text("Ninguna alarma pasa el filtro")).to_be_visible()


def test_who_may_only_look_is_offered_nothing_to_do(visit: Visit) -> None:
    page = visit("/alarms")
    expect(page.locator("tbody tr[data-id]").first).to_be_visible()
    expect(page.get_by_role("button", name="Reconocer")).to_have_count(0)
    expect(page.get_by_text("Su función solo permite ver")).to_be_visible()


def test_a_well_s_page_lists_its_own_alarms_only(visit: Visit, small_field: SmallField) -> None:
    page = visit("/well/CACB248A-5", operator=True)
    rows = page.locator("table.alarms tbody tr")
    expect(rows).to_have_count(1)
    rows.get_by_role("button", name="Reconocer").click()
    expect(rows).to_contain_text("Reconocida")
    assert small_field.acknowledged[0]["alarm"] == f"{TAGS[0]}.high"
