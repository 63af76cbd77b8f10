"""The alarm table: patterns, units, overrides, and every mistake of a file at once."""

import pytest

from control.alarms.table import alarm_file, load_alarms
from control.site import Site
from plant.asset.tag import tags_of
from plant.error import ConfigError
from plant.unit import UNITS

TAGS = tags_of(["Well.A", "Well.B", "Separator.S"])


@pytest.fixture
def load(tmp_path):
    def from_text(text: str):
        (tmp_path / "t.alarms.toml").write_text(text)
        return {rule.id: rule for rule in load_alarms(tmp_path / "t.alarms.toml", TAGS).rules}

    return from_text


ROW = """
[[alarm]]
tags = "Well.*.IntakePressure"
low_MPag = 2.0
high_psig = 1000
deadband_psig = 10
on_delay_min = 1
off_delay_s = 5
priority = 2
message_en = "Intake pressure"
message_es = "Presión de entrada"
"""


def test_a_row_gives_each_tag_of_its_pattern_an_alarm_of_each_kind_in_si(load):
    rules = load(ROW)
    assert set(rules) == {f"Well.{w}.IntakePressure.{k}" for w in "AB" for k in ("low", "high")}
    low, high = rules["Well.A.IntakePressure.low"], rules["Well.A.IntakePressure.high"]
    assert (low.limit, high.limit) == (UNITS["MPag"].to_si(2.0), UNITS["psig"].to_si(1000))
    assert low.cause.deadband == pytest.approx(10 * UNITS["psi"].scale)  # a difference has no atmosphere in it
    assert (low.on_delay, low.off_delay, low.priority) == (60.0, 5.0, 2)
    assert low.message == {"en": "Intake pressure: low", "es": "Presión de entrada: baja"}  # it has two kinds
    assert high.message["es"] == "Presión de entrada: alta"


def test_a_star_stands_for_one_part_of_a_tag_only(load):
    # Well.A.Twin.IntakePressure is an estimate of the twin's, not a measurement
    assert not [name for name in load(ROW) if "Twin" in name]


def test_a_later_row_overrides_an_earlier_one_for_its_tags_and_kinds_only(load):
    rules = load(ROW + '[[alarm]]\ntags = "Well.B.IntakePressure"\nlow_MPag = 1.0\npriority = 1\n')
    limits = {name: (round(UNITS["MPag"].from_si(rule.limit), 3), rule.priority) for name, rule in rules.items()}
    assert limits["Well.A.IntakePressure.low"] == (2.0, 2)
    assert limits["Well.B.IntakePressure.low"] == (1.0, 1)
    assert limits["Well.B.IntakePressure.high"] == (6.895, 2)


def test_the_quality_itself_can_alarm(load):
    [rule] = load('[[alarm]]\ntags = "Separator.S.Pressure"\nbad = true\npriority = 1\n').values()
    assert (rule.id, rule.limit) == ("Separator.S.Pressure.bad", None)


def test_each_kind_of_condition_can_be_given(load):
    rules = load("""
[[alarm]]
tags = "Well.*.Frequency"
deviation_Hz = 2.0
from = "FrequencyReference"
stale = "30s"
on_delay = "10s"
priority = 3
[[alarm]]
tags = "Well.A.IntakePressure"
rate_psig = 100
per = "1m"
priority = 2
[[alarm]]
tags = "Well.A.RunState"
discrete = ["Tripped"]
priority = 1
""")
    off = rules["Well.B.Frequency.deviation"]
    assert (off.cause.threshold, off.cause.other, off.on_delay) == (2.0, "Well.B.FrequencyReference", 10.0)
    assert off.limit is None
    assert rules["Well.A.Frequency.stale"].cause.threshold == 30.0
    fast = rules["Well.A.IntakePressure.rate"].cause
    assert (fast.threshold, fast.per) == (pytest.approx(100 * UNITS["psi"].scale), 60.0)
    assert rules["Well.A.RunState.discrete"].cause.states == (3.0,)
    assert rules["Well.A.RunState.discrete"].message["es"].endswith("en estado de alarma")


def test_all_that_is_wrong_with_conditions_is_told_at_once(load):
    with pytest.raises(ConfigError) as error:
        load("""
[[alarm]]
tags = "Well.A.Frequency"
deviation_Hz = 2.0
from = "IntakePressure"
discrete = ["Tripped"]
priority = 3
[[alarm]]
tags = "Well.A.RunState"
discrete = ["Asleep"]
stale = "0s"
priority = 3
[[alarm]]
tags = "Well.A.IntakePressure"
rate_Hz = 3
deviation_MPa = 1
priority = 3
""")
    text = str(error.value)
    for expected in (
        "alarm[0].from = 'IntakePressure': must be a signal of Well.A",
        "alarm[0].discrete = ['Tripped']: Well.A.Frequency has no states",
        "alarm[1].discrete = ['Asleep']: must be states of Well.A.RunState: Stopped",
        "alarm[1].stale = '0s': must be at least 1",
        "alarm[2].rate_Hz = 3: Hz is no unit of pressure",
        "alarm[2].per: is missing",
        "alarm[2].from: is missing",
    ):
        assert expected in text, text


def test_a_field_without_a_table_has_no_alarms(tmp_path):
    assert load_alarms(tmp_path / "none.alarms.toml", TAGS).rules == ()


def test_the_table_lies_beside_the_field_file(tmp_path):
    assert alarm_file(tmp_path / "mine.toml") == tmp_path / "mine.alarms.toml"
    assert alarm_file("shengli12").name == "shengli12.alarms.toml"
    assert alarm_file("shengli12").exists()


def test_all_mistakes_of_a_table_are_told_at_once_with_file_key_and_rule(load):
    with pytest.raises(ConfigError) as error:
        load(
            """
            [[alarm]]
            tags = "Well.*.IntakePresure"
            low_MPag = 2.0
            priority = 2
            [[alarm]]
            tags = "Well.*.Frequency"
            low_MPag = 2.0
            priority = 5
            [[alarm]]
            tags = "Well.A.*Pressure"
            priority = 2
            colour = "red"
            [[alarm]]
            tags = "Well.A.*"
            high = 1
            priority = 2
            [[alarm]]
            tags = "Well.A.Current"
            low_A = 50
            high_A = 40
            deadband_A = -1
            priority = 2
            [[alarm]]
            tags = "Well.A.Flow"
            high_m3_d = 1501
            on_delay_s = "5"
            priority = 2
            """
        )
    text = str(error.value)
    for expected in (
        "t.alarms.toml: alarm[0].tags = 'Well.*.IntakePresure': names no tag of the field",
        "alarm[1].low_MPag = 2.0: MPa(g) is no unit of frequency",
        "alarm[1].priority = 5: must be between 1 and 4",
        "alarm[2].tags = 'Well.A.*Pressure': needs a condition: low_low, low, high, high_high, ",
        "alarm[2].colour: is not a key of this table",
        "alarm[3].tags = 'Well.A.*': has limits for several quantities",
        "alarm[4].tags = 'Well.A.Current': its limits low, high must rise in this order",
        "alarm[4].deadband_A = -1: must be at least 0",
        "alarm[5].high: lies outside the span of Well.A.Flow",
        "alarm[5].on_delay_s = '5': must be a finite number",
    ):
        assert expected in text, text


def test_a_row_without_words_of_its_own_takes_the_catalogue_s(load):
    rules = load('[[alarm]]\ntags = "Well.A.IntakePressure"\nlow_MPag = 1.0\nbad = true\npriority = 1\n')
    assert rules["Well.A.IntakePressure.low"].message == {"en": "Intake pressure low", "es": "Presión de succión baja"}
    assert rules["Well.A.IntakePressure.bad"].message["es"] == "Presión de succión sin medición"


def test_the_only_message_of_a_row_is_said_as_it_stands(load):
    rules = load('[[alarm]]\ntags = "Well.A.Flow"\nlow = 0.0\npriority = 1\nmessage_en = "No flow"\n')
    assert rules["Well.A.Flow.low"].message == {"en": "No flow", "es": "Caudal bajo"}


def test_the_demo_fields_table_is_right_and_says_everything_in_both_languages():
    site = Site.load("shengli12", "shengli12")
    assert site.rules
    assert all(set(rule.message) == {"en", "es"} for rule in site.rules)
