"""The validation page: what is committed is what the physics gives now, and nothing that fails is left out."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from plant.error import ServiceError
from plant.evidence.number import topics
from ui.cli import validation
from ui.validation import page, picture

DOCS = Path(__file__).parents[3] / "docs"
COMMITTED = (DOCS / page.PAGE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def results():
    return page.evaluate()


def test_the_committed_page_says_what_the_physics_gives(results):
    assert page.page(results) == COMMITTED, "write it again: gemelo validate"


def test_every_given_number_is_on_the_page():
    for topic in topics().values():
        for given in topic.numbers:
            assert f"| {given.name} |" in COMMITTED


def test_a_number_that_fails_is_listed_with_its_reason_and_counted(results):
    good = results["decline"][0]
    bad = replace(good, number=replace(good.number, fails="the sun was in our eyes"), ours=2.0 * good.ours)
    told = page.page({**results, "decline": [bad, *results["decline"][1:]]})
    rows = [line for line in told.splitlines() if line.startswith(f"| {good.number.name} |")]
    assert len(rows) == 2
    assert all("the sun was in our eyes" in row for row in rows)
    assert "| [Decline](#decline) | 5 | 4 | 1 |" in told


def test_what_the_plant_is_calibrated_to_is_not_counted_as_met(results):
    free = [n for topic in topics().values() if not topic.is_calibrated for n in topic.numbers]
    assert f"**{len(free)} given numbers:" in page.page(results)


def test_every_picture_is_on_the_page_and_beside_it():
    shown = re.findall(r"\((validation/[\w.]+)\)", COMMITTED)
    assert shown == [f"{page.PICTURES}/{name}.svg" for name in picture.PICTURES]
    assert all((DOCS / path).stat().st_size < 200_000 for path in shown)


def test_every_link_leads_somewhere():
    headings = {re.sub(r"[^\w-]", "", line.strip("# ").lower().replace(" ", "-")) for line in COMMITTED.splitlines()}
    for target in re.findall(r"\]\(([^)]+)\)", COMMITTED):
        assert target.strip("#") in headings if target.startswith("#") else (DOCS / target).exists(), target


def test_a_picture_drawn_again_is_the_same_file(tmp_path, monkeypatch):
    monkeypatch.setattr(picture, "PICTURES", {"viscosity": picture.viscosity_factors})
    for again in ("once", "twice"):
        picture.draw_all(tmp_path / again)
    once, twice = ((tmp_path / again / "viscosity.svg").read_bytes() for again in ("once", "twice"))
    assert once == twice
    assert b"<dc:date>" not in once


def test_the_command_writes_the_page_and_names_what_is_not_met(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(picture, "PICTURES", {"empty": Figure})
    validation.write(tmp_path)
    assert (tmp_path / "validation.md").read_text(encoding="utf-8") == COMMITTED
    assert (tmp_path / "validation" / "empty.svg").exists()
    told = capsys.readouterr().out
    unmet = [given.name for topic in topics().values() for given in topic.numbers if given.fails]
    assert f"{len(unmet)} not met" in told
    assert all(name in told for name in unmet)


def test_without_matplotlib_the_command_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.delitem(sys.modules, "ui.validation.picture")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ServiceError, match=r"matplotlib: install gemelo\[test\]"):
        page.write(tmp_path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(picture, "PICTURES", {})
    (tmp_path / "docs").write_text("a file")
    with pytest.raises(ServiceError, match="docs"):
        page.write(tmp_path / "docs")
