"""Drill files: all that ship are whole, and everything wrong in one is told at once."""

from pathlib import Path

import pytest

from plant.asset.name import LANGUAGES
from plant.error import ConfigError, Unknown
from scenarios.drill.drill_file import bundled, find, load_drill

WELL = "Well.CACB27A-P1"


@pytest.mark.parametrize("name", bundled())
def test_a_bundled_drill_is_free_of_mistakes_and_asks_for_something_in_both_languages(name):
    drill, field, _ = load_drill(name)
    assert (drill.field, drill.name) == (field.name, name)
    assert drill.expected
    assert drill.forbidden
    assert drill.question.truth in drill.question.choices
    texts = [drill.title, drill.briefing, *(one.act.says for one in (*drill.expected, *drill.forbidden))]
    assert all(text[language] for text in texts for language in LANGUAGES)


@pytest.mark.parametrize("name", bundled())
def test_what_a_drill_deducts_for_acts_diagnosis_and_regret_leaves_no_points_to_those_who_do_nothing_right(name):
    """A drill in which everything may be left undone for a good mark teaches nothing."""
    drill, _, _ = load_drill(name)
    undone = sum(expected.points for expected in drill.expected) + drill.question.points
    assert undone >= 40
    assert undone + drill.regret_points <= 100


def test_a_drill_that_there_is_not_is_said_with_those_there_are():
    with pytest.raises(Unknown, match="there are 01-esp-trip, 02-gas-lock"):
        find("gas-lok")


def test_everything_wrong_in_a_file_is_told_at_once(tmp_path: Path):
    text = bundled()["06-dead-head"].read_text(encoding="utf-8")
    for right, wrong in (
        ('malfunction = "wellhead valve shut"', 'malfunction = "wellhead valve shutt"'),
        ('after = "onset"', 'after = "onzet"'),
        ('within = "3m"', 'within = "3h"'),
        ("below_m3_d = 40", "below_degC = 40"),
        ('truth = "wellhead valve shut"', 'truth = "gas lock"'),
        ("cost = 1", "cost = 1\nprice = 2"),
        ('title_es = "Un pozo se cierra contra su bomba"\n', ""),
    ):
        assert right in text
        text = text.replace(right, wrong, 1)
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load_drill(tmp_path / "x.toml")
    said = str(error.value)
    for part in (
        "is no malfunction; did you mean 'wellhead valve shut'", "after = 'onzet': must be one of", "below_degC",
        "within", "truth = 'gas lock': must be one of", "hint[0].price: is not a key", "title_es: is missing",
    ):  # fmt: skip
        assert part in said
