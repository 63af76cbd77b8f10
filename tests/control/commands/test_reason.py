"""Reasons: what a drive itself shows becomes a refusal that says what makes the command pass."""

import math

import pytest

from control.bus.quality import BAD_SENSOR_FAILURE, GOOD
from control.commands.reason import LEFT, TEXTS, inhibition
from plant.asset.name import LANGUAGES
from plant.asset.signal import signals
from plant.asset.tag import tags_of

TAGS = tags_of(["Well.A"])
CODES = {name: float(code) for code, name in (signals()["Well", "Inhibit"].states or {}).items()}


def shown(inhibit: str, left: float = 0.0, trip: float = 0.0) -> dict[str, tuple[float, int]]:
    left_code = BAD_SENSOR_FAILURE if math.isnan(left) else GOOD
    return {
        "Well.A.Inhibit": (CODES[inhibit], GOOD), "Well.A.InhibitTime": (left, left_code),
        "Well.A.TripCode": (trip, GOOD),
    }  # fmt: skip


def test_backspin_says_how_long_it_will_still_last() -> None:
    told = inhibition(TAGS["Well.A.Start"], TAGS, shown("Backspin", 700.0))
    assert told == {
        "en": "the shaft still turns back: wait until it stands, about 12 min left",
        "es": "el eje aún gira en reversa: espere a que se detenga, faltan unos 12 min",
    }


def test_what_the_drive_cannot_reckon_is_not_said() -> None:
    told = inhibition(TAGS["Well.A.Start"], TAGS, shown("Backspin", math.nan))
    assert told is not None
    assert told["es"] == "el eje aún gira en reversa: espere a que se detenga"


def test_a_trip_is_named() -> None:
    told = inhibition(TAGS["Well.A.Start"], TAGS, shown("Tripped", trip=2.0))
    assert told is not None
    assert told["es"] == "el variador está disparado (Sobrecarga): restablézcalo primero"


@pytest.mark.parametrize("name", sorted(set(CODES) - {"None"}))
def test_whatever_a_drive_may_show_has_its_words_in_each_language(name: str) -> None:
    told = inhibition(TAGS["Well.A.Reset"], TAGS, shown(name))
    assert told is not None
    assert all(told[language] for language in LANGUAGES)


def test_a_device_that_says_nothing_of_it_gives_no_reason() -> None:
    assert inhibition(TAGS["Well.A.Start"], TAGS, {}) is None
    assert inhibition(TAGS["Well.A.Start"], TAGS, shown("None")) is None
    assert inhibition(TAGS["Well.A.FrequencyReference"], TAGS, shown("Backspin")) is None


def test_every_text_is_there_in_each_language() -> None:
    assert all(set(texts) == set(LANGUAGES) for texts in (*TEXTS.values(), LEFT))
