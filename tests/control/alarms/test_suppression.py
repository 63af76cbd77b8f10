"""Suppression by design (ISA-18.2, 3.1.98): alarms that say nothing while something else is so."""

from pathlib import Path

import pytest

from control.alarms.state import Event
from control.alarms.suppression import Suppressor
from control.alarms.table import AlarmTable, load_alarms
from control.bus.batch import Batch
from control.bus.clock import SECOND
from plant.asset.tag import tags_of
from plant.error import ConfigError

TAGS = tags_of(["Well.A", "Well.B", "Separator.SEP"])
LOW = """
[[alarm]]
tags = "Well.*.IntakePressure"
low_MPag = 0.5
bad = true
priority = 2

[[alarm]]
tags = "Well.*.RunState"
bad = true
latched = true
priority = 3
"""
STOPPED = """
[[suppress]]
alarms = "Well.*.IntakePressure"
kinds = ["low"]
while = "RunState"
discrete = ["Stopped", "Tripped"]
off_delay = "2m"
"""
LOST = """
[[suppress]]
alarms = "Well.*.IntakePressure"
kinds = ["bad"]
while = "RunState"
bad = true
"""


def table(tmp_path: Path, text: str) -> AlarmTable:
    (tmp_path / "t.alarms.toml").write_text(text, encoding="utf-8")
    return load_alarms(tmp_path / "t.alarms.toml", TAGS)


def state(well: str, code: float, quality: int = 0) -> Batch:
    return Batch.snapshot([f"Well.{well}.RunState"], 0, [code], quality, "RTU")


def code_of(name: str) -> float:
    return next(code for code, text in (TAGS["Well.A.RunState"].signal.states or {}).items() if text == name)


def test_a_well_that_is_stopped_does_not_cry_low_pressure_and_may_again_so_long_after_its_start(tmp_path):
    suppressor = Suppressor(table(tmp_path, LOW + STOPPED).suppressions)
    stopped, running = code_of("Stopped"), code_of("Running")
    assert list(suppressor.hear(state("A", running), 0)) == []
    assert list(suppressor.hear(state("A", stopped), SECOND)) == [("Well.A.IntakePressure.low", Event.SUPPRESS)]
    assert list(suppressor.hear(state("A", running), 2 * SECOND)) == []
    assert list(suppressor.hear(state("A", running), 121 * SECOND)) == []
    assert list(suppressor.hear(state("A", running), 122 * SECOND)) == [("Well.A.IntakePressure.low", Event.UNSUPPRESS)]


def test_a_lost_device_is_one_alarm(tmp_path):
    """The alarm on the tag that tells of the loss stands; those that it makes do not."""
    suppressor = Suppressor(table(tmp_path, LOW + LOST).suppressions)
    assert list(suppressor.hear(state("B", 0.0, 0x8000_0000), 0)) == [("Well.B.IntakePressure.bad", Event.SUPPRESS)]


def test_an_alarm_that_two_reasons_suppress_is_so_until_both_have_gone(tmp_path):
    both = STOPPED.replace('off_delay = "2m"', "").replace('kinds = ["low"]', "") + LOST
    suppressor = Suppressor(table(tmp_path, LOW + both).suppressions)
    bad = "Well.A.IntakePressure.bad"
    assert (bad, Event.SUPPRESS) in list(suppressor.hear(state("A", code_of("Stopped")), 0))
    assert list(suppressor.hear(state("A", code_of("Stopped"), 0x8000_0000), 1)) == []
    gone = list(suppressor.hear(state("A", code_of("Running")), 2))
    assert (bad, Event.UNSUPPRESS) in gone


def test_a_row_says_that_its_alarms_latch(tmp_path):
    rules = {rule.id: rule for rule in table(tmp_path, LOW).rules}
    assert rules["Well.A.RunState.bad"].is_latched
    assert not rules["Well.A.IntakePressure.low"].is_latched


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('alarms = "Well.*.Current"\nwhile = "RunState"\nbad = true', "names no tag with such an alarm in this table"),
        ('alarms = "Well.*.RunState"\nwhile = "Level"\nbad = true', "must be a tag, or a signal of every asset"),
        ('alarms = "Well.*.RunState"\nwhile = "RunState"', "needs a condition: low_low, low"),
        ('alarms = "Well.*.RunState"\nkinds = ["lo"]\nwhile = "RunState"\nbad = true', "must be kinds of alarms"),
        ('alarms = "Well.*.RunState"\nwhile = "RunState"\ndiscrete = ["Asleep"]', "must be states of"),
        ('alarms = "Well.*.RunState"\nwhile = "RunState"\nbad = true\nunless = 1', "is not a key of this table"),
    ],
)
def test_what_is_wrong_in_a_row_is_said(tmp_path, row, said):
    with pytest.raises(ConfigError, match=said):
        table(tmp_path, f"{LOW}\n[[suppress]]\n{row}\n")
