from pathlib import Path

import pytest

from plant.error import ConfigError, Unknown
from scenarios.story import bundled, find, load_story


@pytest.mark.parametrize("name", bundled())
def test_a_bundled_story_has_no_mistake_and_ends_after_its_last_event(name: str) -> None:
    timeline, field, bench = load_story(name)
    assert (timeline.field, bench.field) == (field.name, field.name)
    assert all(event.at < timeline.length for event in timeline.events)


def test_a_story_goes_by_name_or_by_path() -> None:
    assert find("esp-trip") == find(str(bundled()["esp-trip"]))


def test_an_unknown_story_is_answered_with_those_there_are() -> None:
    with pytest.raises(Unknown, match=r"esp-tripp \(there are device-lost, esp-trip"):
        find("esp-tripp")


def test_a_story_about_a_well_that_the_field_does_not_have_is_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(bundled()["esp-trip"].read_text().replace("CACB27A-P1", "CACB27A-P19"), encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_story(file)
    wrong = [mistake for mistake in raised.value.mistakes if "CACB27A-P19" in str(mistake)]
    assert len(wrong) == len(raised.value.mistakes) >= 12
