"""Every text has its Spanish, and the scripts ask for no label that they do not get."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from control.alarms.state import State
from plant.asset.name import names
from ui import trust
from ui.screens import alarm_list, comparison, journal, production, setpoint, shell, station, trend, wall
from ui.screens.language import FOLDER, Language, chosen, languages

SCREENS = FOLDER.parent
CALL = re.compile(r"""(?<!drawn\.)\btext\(\s*(?:"([^"]+)"|'([^']+)')""")  # in Python and in templates
LABEL = re.compile(r"""\blabels(?:\.(\w+)|\[(["'])(.+?)\2\])""")
OTHERS = (
    "Simulated", "Real", "Mixed", "Overview", "Trainer", "Alarms", "done", "written", "refused", "failed", "Liquid",
    "Oil", "Water", "Normal", "Priority", "Time span",
    "wrong name or password", "Too many tries: wait {seconds} s", "Choose a password of your own: {rule}",
)  # fmt: skip


def catalogue(code: str) -> dict[str, str]:
    with (FOLDER / f"{code}.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id}


def said() -> set[str]:
    """Every text that the pages may show and the catalogue of names has not."""
    return set(_texts()) - set(names())


def _texts() -> Iterator[str]:
    for file in [*SCREENS.glob("*.py"), *SCREENS.glob("template/*.html")]:
        for found in CALL.finditer(file.read_text(encoding="utf-8")):
            yield found[1] or found[2]
    for module in (shell, production, comparison, setpoint, alarm_list, journal, station, wall):
        yield from module.LABELS
    yield from trust.NAMES
    yield from (chart.title for chart in trend.CHARTS)
    yield from (*State, *OTHERS)
    yield from alarm_list.DONE.values()


@pytest.mark.parametrize("text", sorted(said()))
def test_no_text_lacks_its_spanish(text: str) -> None:
    assert catalogue("es").get(text)


def test_no_catalogue_has_what_another_lacks_or_nobody_says() -> None:
    assert set(catalogue("en")) == set(catalogue("es"))
    assert set(catalogue("es")) == said()


def test_a_translation_fills_in_what_the_text_fills_in() -> None:
    for code in languages():
        for text, translation in catalogue(code).items():
            if translation:
                assert re.findall(r"{\w*}", translation) == re.findall(r"{\w*}", text), (code, text)


@pytest.mark.parametrize("script", sorted(SCREENS.glob("static/*.js")), ids=lambda path: path.name)
def test_a_script_writes_no_text_of_its_own(script: Path) -> None:
    """What it shows comes as labels, translated; so each label it reads must be a text of ours."""
    asked = {found[1] or found[3] for found in LABEL.finditer(script.read_text(encoding="utf-8"))}
    assert asked <= set(catalogue("es")) | set(names())


def test_a_text_is_given_in_the_language_with_its_names_filled_in() -> None:
    assert languages()["es"]("pump at {depth} m", depth=1240) == "bomba a 1240 m"
    assert languages()["en"]("IntakePressure") == "Intake pressure"
    assert Language("xx", {})("anything") == "anything"


def test_the_browser_s_first_known_wish_is_met() -> None:
    assert chosen(None, "fr-CA,en-GB;q=0.8,es;q=0.5") == "en"
    assert chosen(None, "es-MX,es;q=0.9") == "es"
    assert chosen(None, "") == "es"
    assert chosen("en", "es") == "en"
