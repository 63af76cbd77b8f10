"""What the guard lets through: what is known, served, writable, finite, within its span, not too fast, and reasoned."""

import dataclasses
import math

import pytest

from control.bus.message.command import Command
from control.commands.guard import check
from plant.asset.tag import Tag, tags_of
from plant.error import CommandRefused, Unknown
from plant.unit import UNITS

TAGS = tags_of(["Well.A"])
REFERENCE = "Well.A.FrequencyReference"  # 30 … 60 Hz
ASK = {"tag": REFERENCE, "value": 50.0, "by": "ana", "reason": "more oil"}


def asked(previous: float | None = 50.0, elapsed: float = 1.0, tags=TAGS, served=tuple(TAGS), **changes):
    return check(Command.of(ASK | changes), tags, served, previous, elapsed)


def test_a_command_that_breaks_no_rule_passes():
    assert asked().name == REFERENCE


@pytest.mark.parametrize("value", [30.0, 60.0])
def test_the_ends_of_the_span_are_within_it(value):
    assert asked(value=value)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"value": 60.001}, r"FrequencyReference = 60.001 Hz: must be between 30 Hz and 60 Hz"),
        ({"value": 29.9}, "must be between"),
        ({"value": math.nan}, "must be a finite number"),
        ({"value": math.inf}, "must be a finite number"),
        ({"tag": "Well.A.Frequency"}, "is a measurement, which cannot be written"),
        ({"tag": "Well.A.RunState", "value": 1}, "is a state, which cannot be written"),
        ({"tag": "Well.A.Twin.Flow", "value": 1}, "is an estimate, which cannot be written"),
        ({"tag": "Well.A.Start", "value": 0}, "must be 1, which gives the command"),
        ({"served": ()}, "is served by no device"),
    ],
)
def test_each_broken_rule_is_named(changes, rule):
    with pytest.raises(CommandRefused, match=rule):
        asked(**changes)


def test_an_unknown_tag_is_unknown():
    with pytest.raises(Unknown, match=r"no tag 'Well.B.FrequencyReference'"):
        asked(tag="Well.B.FrequencyReference")


def slow_tags():
    """The reference may change by 0.5 Hz/s."""
    signal = dataclasses.replace(TAGS[REFERENCE].signal, rate=0.5)
    return TAGS | {REFERENCE: Tag("Well.A", signal)}


def test_a_change_faster_than_the_signals_rate_is_refused():
    with pytest.raises(CommandRefused, match=r"must not change faster than 0.5 Hz/s"):
        asked(value=52.0, previous=50.0, elapsed=3.9, tags=slow_tags())


def test_the_same_change_passes_once_enough_time_went_by_or_nothing_is_known_of_the_value_before():
    assert asked(value=52.0, previous=50.0, elapsed=4.0, tags=slow_tags())
    assert asked(value=52.0, previous=None, elapsed=0.0, tags=slow_tags())


def test_a_rule_shows_the_unit_that_people_see():
    with pytest.raises(CommandRefused, match=r"ChokeReference = 120 %: must be between 0 % and 100 %"):
        asked(tag="Well.A.ChokeReference", value=UNITS["pct"].to_si(120.0))
