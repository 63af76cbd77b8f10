"""The one catalogue of names: whatever a table names, people have a word for, in each language."""

import pytest

from control.alarms.condition import KINDS
from plant.asset.name import LANGUAGES, called, names, said
from plant.asset.signal import UNKNOWN, signals

NAMED = {
    *(name for _, name in signals()), *(asset_type for asset_type, _ in signals()), *KINDS, UNKNOWN,
    *(state for signal in signals().values() for state in (signal.states or {}).values()),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(NAMED))
def test_people_have_a_word_for_it_in_each_language(name: str) -> None:
    assert all(names()[name].text[language] for language in LANGUAGES)


def test_the_catalogue_names_nothing_that_no_table_has() -> None:
    assert set(names()) == NAMED


def test_no_two_signals_of_an_asset_are_called_alike() -> None:
    for language in LANGUAGES:
        called_so = [(asset_type, called(name, language)) for asset_type, name in signals()]
        assert len(called_so) == len(set(called_so))


def test_an_adjective_follows_its_noun() -> None:
    assert said("IntakePressure", "low")["es"] == "Presión de succión baja"
    assert said("Flow", "high_high") == {"en": "Flow very high", "es": "Caudal muy alto"}


def test_what_no_table_names_any_more_is_called_as_it_was() -> None:
    assert called("Gone", "es") == "Gone"
    assert said("Gone", "beyond") == {"en": "Gone beyond", "es": "Gone beyond"}
