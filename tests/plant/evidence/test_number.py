"""Every given number is reproduced by the call it names; its row names its source and grade.

A row we do not meet says why under ``fails``. It stays listed, and meeting it one day is an error until the
word is taken out.
"""

from dataclasses import replace

import pytest

from plant.error import ConfigError, Unknown
from plant.evidence import number
from plant.evidence.number import topics

GIVEN = [
    pytest.param(
        given,
        id=f"{topic.name}: {given.name}",
        marks=[pytest.mark.xfail(strict=True, reason=given.fails)] if given.fails else [],
    )
    for topic in topics().values()
    for given in topic.numbers
]


@pytest.mark.parametrize("given", GIVEN)
def test_a_given_number_is_reproduced(given):
    assert given.is_met(given.ours()), given.ours()


def test_no_number_is_given_twice():
    names = [(topic.name, given.name) for topic in topics().values() for given in topic.numbers]
    assert len(names) == len(set(names))


def test_a_bound_is_met_by_anything_below_it_and_a_value_by_what_is_near():
    bound = topics()["viscosity"].number("Our factor of rate: mean error on a pump left out")
    assert [bound.is_met(x) for x in (0.01, 0.05, 0.051)] == [True, True, False]
    value = replace(bound, at_most=False, given=100.0, tolerance=0.01, tolerance_abs=2.0)
    assert [value.is_met(x) for x in (97.9, 98.1, 102.0, 102.1)] == [False, True, True, False]


def test_arguments_are_read_with_their_units_and_words_stay():
    hot = topics()["electric"].number("Flat cable at 30 A in fluid at 120 °C")
    assert replace(hot, args={"T_around": 393.15, "current": 30}).ours() == pytest.approx(hot.ours())


def test_a_name_that_nobody_gave_is_refused():
    with pytest.raises(Unknown, match="number on Hydrates"):
        topics()["hydrate"].number("ice")


def test_every_mistake_of_a_topic_is_told_at_once(tmp_path, monkeypatch):
    (tmp_path / "ice.toml").write_text('title = "Ice"\n[[number]]\nname = "a"\ngrade = "X"\ngiven = "cold"\n')
    monkeypatch.setattr(number, "FOLDER", tmp_path)
    topics.cache_clear()
    try:
        with pytest.raises(ConfigError) as refused:
            topics()
    finally:
        topics.cache_clear()
    told = str(refused.value)
    assert all(f"number[a].{key}" in told for key in ("source", "grade", "given", "tolerance", "call"))
