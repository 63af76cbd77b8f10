from collections.abc import Callable
from math import isclose

import pytest

from hil.timeline import Timeline
from hil.wording import wording
from plant.asset.duration import seconds, shown
from plant.error import ConfigError

Load = Callable[[str], Timeline]

HEAD = 'title = "t"\nlength = "10m"\n'
EXPECT = """
[[expect]]
that = "band"
tag = "Well.A-1.Frequency"
low_Hz = 40
within = "1m"
"""


def test_durations_are_read_as_people_write_them() -> None:
    assert [seconds(text) for text in ("2m30s", "1h", "0.3s", "1h1m1s")] == [150.0, 3600.0, 0.3, 3661.0]


@pytest.mark.parametrize("text", ["", "5", "2 minutes", "s", "-3s", "1s2m"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be a duration"):
        seconds(text)


@pytest.mark.parametrize("text", ["2m30s", "1h", "0.3s", "59.9s", "1h1m1s", "0s"])
def test_a_duration_shown_reads_back_as_itself(text: str) -> None:
    assert shown(seconds(text)) == text


def test_a_setpoint_arrives_in_si_and_in_the_order_of_time(timeline: Load) -> None:
    story = timeline(
        HEAD
        + """
[[event]]
at = "2m"
do = "set"
tag = "Separator.SEP.OilLevelReference"
to_pct = 60
[[event]]
at_s = 30
do = "set"
tag = "Well.A-1.FrequencyReference"
to_Hz = 45
"""
        + EXPECT
    )
    assert [(event.at, event.do, event.target) for event in story.events] == [
        (30.0, "write", "Well.A-1.FrequencyReference"),
        (120.0, "write", "Separator.SEP.OilLevelReference"),
    ]
    assert isclose(story.events[1].value or 0, 0.6)


def test_a_limit_in_scans_is_the_benchs(timeline: Load) -> None:
    row = '[[expect]]\nthat = "quality"\ndevice = "RTU-A"\nis = "Bad"\nwithin_scans = 2\n'
    assert timeline(HEAD + row).expectations[0].window.end == 6.0


def test_a_difference_has_no_zero_whatever_its_unit(timeline: Load) -> None:
    event = '[[event]]\nname = "{0}"\nat = "1m"\ndo = "malfunction"\nmalfunction = "bias"\non = "Well.A-1.{1}"\n{2}\n'
    biases = event.format("a", "MotorTemperature", "size_degC = -5") + event.format(
        "b", "IntakePressure", "size_MPag = 1"
    )
    orders = [event.order for event in timeline(HEAD + biases + EXPECT).events]
    assert [order and order.settings["size"] for order in orders] == [-5.0, 1e6]


def test_a_ramp_is_a_row_of_steps_that_ends_at_its_target(timeline: Load) -> None:
    story = timeline(
        HEAD
        + """
[[event]]
name = "ramp"
at = "1m"
do = "ramp"
tag = "Well.A-1.FrequencyReference"
from_Hz = 40
to_Hz = 50
over = "1m"
steps = 4
"""
        + EXPECT
    )
    assert [(event.at, event.value) for event in story.events] == [(75, 42.5), (90, 45), (105, 47.5), (120, 50)]


def test_a_command_to_all_wells_is_staggered(timeline: Load) -> None:
    story = timeline(HEAD + '[[event]]\nat = "1m"\ndo = "start"\nwell = "Well.*"\neach = "5s"\n' + EXPECT)
    assert [(event.at, event.target) for event in story.events] == [(60, "Well.A-1.Start"), (65, "Well.B-2.Start")]


def test_every_event_is_expected_to_be_done_unless_the_file_says_otherwise(timeline: Load) -> None:
    refused = '[[expect]]\nthat = "outcome"\nevent = "b"\nis = "refused"\n'
    event = '[[event]]\nname = "{}"\nat = "1m"\ndo = "malfunction"\nmalfunction = "trip"\non = "Well.A-1"\n'
    story = timeline(HEAD + event.format("a") + event.format("b") + EXPECT + refused)
    outcomes = [(e.events, e.what) for e in story.expectations if e.kind == "outcome"]
    assert outcomes == [(("b",), "refused"), (("a",), "done")]


def test_a_pattern_names_many_tags_less_the_exceptions(timeline: Load) -> None:
    story = timeline(
        HEAD
        + """
[[expect]]
that = "quality"
tag = "Well.*.Flow"
except = ["Well.A-1.*"]
is = "Good"
during = ["1m", "2m"]
"""
    )
    assert [tag.name for tag in story.expectations[0].tags] == ["Well.B-2.Flow"]


def test_a_device_stands_for_all_that_it_shows(timeline: Load) -> None:
    row = '[[expect]]\nthat = "quality"\ndevice = "RTU-A"\nis = "Bad"\nwithin = "1m"\n'
    assert [tag.name for tag in timeline(HEAD + row).expectations[0].tags] == ["Well.A-1.Flow", "Well.A-1.RunState"]


def test_every_mistake_of_a_file_is_reported_at_once(timeline: Load) -> None:
    with pytest.raises(ConfigError) as raised:
        timeline(
            """
length = "10 minutes"
lenght = "10m"
[[event]]
name = "twice"
at = "1m"
do = "set"
tag = "Well.A-1.FrequencyReference"
to_Hz = 90
[[event]]
name = "twice"
at = "1m"
do = "malfunction"
malfunction = "trip"
on = "Well.C-3"
code = "Boredom"
[[event]]
at = "1m"
do = "explode"
[[event]]
at = "1m"
do = "malfunction"
malfunction = "bias"
on = "Well.A-1.MotorTemperature"
size_MPa = 5
[[event]]
at = "1m"
do = "malfunction"
malfunction = "cut"
on = "RTU-Z"
colour = "red"
[[expect]]
that = "alarm"
tag = "Well.A-1.Pressure"
alarm = "loud"
after = "never"
during = ["3m", "1m"]
[[expect]]
that = "band"
tag = "Well.A-1.IntakePressure"
low_Hz = 3
within = "1m"
"""
        )
    keys = [mistake.key for mistake in raised.value.mistakes]
    expected = [
        "title", "length", "lenght", "event[twice].to_Hz", "event[twice].on", "event[twice].code", "event[2].do",
        "event[3].size_MPa", "event[4].on", "event[4].colour", "expect[0].tag", "expect[0].alarm", "expect[0].after",
        "expect[0].during", "expect[1].low_Hz",
    ]  # fmt: skip
    assert [key for key in expected if key not in keys] == []


def test_limits_over_tags_of_several_quantities_are_a_mistake(timeline: Load) -> None:
    with pytest.raises(ConfigError, match="several quantities") as raised:
        timeline(HEAD + '[[expect]]\nthat = "band"\ntag = "Well.A-1.*"\nlow_Hz = 1\nhigh_Hz = 3\nwithin = "1m"\n')
    assert len(raised.value.mistakes) == 1


def test_two_events_of_one_name_are_a_mistake(timeline: Load) -> None:
    event = '[[event]]\nname = "x"\nat = "1m"\ndo = "malfunction"\nmalfunction = "trip"\non = "Well.A-1"\n'
    with pytest.raises(ConfigError, match="given twice"):
        timeline(HEAD + event + event + EXPECT)


def test_an_event_after_the_end_is_a_mistake(timeline: Load) -> None:
    with pytest.raises(ConfigError, match="is after the end, 600 s"):
        timeline(HEAD + '[[event]]\nat = "11m"\ndo = "malfunction"\nmalfunction = "trip"\non = "Well.A-1"\n' + EXPECT)


def test_a_story_that_expects_nothing_is_a_mistake(timeline: Load) -> None:
    with pytest.raises(ConfigError, match="expects nothing cannot fail"):
        timeline(HEAD + "expect = []\n")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('that = "state"\ntag = "Well.A-1.RunState"\nis = "Backspin"\nwithin = "5s"', "is Backspin within 5s"),
        ('that = "no_alarm"\ntag = "Well.*.Flow"\nduring = ["0s", "1m"]', "and 1 more raises no alarm from 0s to 1m"),
        ('that = "spread"\ntag = "Well.A-1.Flow"\nat_most_m3_d = 2\nduring = ["0s", "1m"]', "varies by at most 2 m³/d"),
        ('that = "band"\ntag = "Well.A-1.Choke"\nlow_pct = 5\nhigh_pct = 9\nduring = ["0s", "1m"]', "is 5 … 9 % from"),
    ],
)
def test_an_expectation_reads_as_a_sentence(timeline: Load, row: str, says: str) -> None:
    assert says in wording(timeline(HEAD + "[[expect]]\n" + row).expectations[0])


def test_a_fall_reads_as_a_fall(timeline: Load) -> None:
    story = timeline(
        HEAD
        + """
[[event]]
name = "trip"
at = "1m"
do = "malfunction"
malfunction = "trip"
on = "Well.A-1"
[[expect]]
that = "change"
tag = "Well.A-1.DischargePressure"
by_kPa = -50
after = "trip"
within = "30s"
"""
    )
    expected = "Well.A-1.DischargePressure falls by 0.05 MPa within 30s after trip"
    assert wording(story.expectations[0]) == expected


def test_a_malfunction_befalls_each_asset_of_a_pattern_or_the_field(timeline: Load) -> None:
    events = """
[[event]]
name = "a"
at = "1m"
do = "malfunction"
malfunction = "pump-off"
on = "Well.*"
severity_pct = 50
[[event]]
name = "b"
at = "2m"
do = "malfunction"
malfunction = "supply sag"
ramp = "10s"
[[event]]
name = "c"
at = "3m"
do = "heal"
malfunction = "pump-off"
on = "Well.A-1"
"""
    found = timeline(HEAD + events + EXPECT).events
    orders = [event.order for event in found if event.order]
    assert [(e.do, e.target) for e in found] == [
        ("malfunction", "Well.A-1"), ("malfunction", "Well.B-2"), ("malfunction", "Field"), ("heal", "Well.A-1"),
    ]  # fmt: skip
    assert [str(order) for order in orders] == [
        "malfunction pump-off on Well.A-1 severity 50 %", "malfunction pump-off on Well.B-2 severity 50 %",
        "malfunction supply sag on Field ramp 10s", "heal pump-off on Well.A-1",
    ]  # fmt: skip


def test_a_malfunction_that_an_asset_cannot_have_is_a_mistake(timeline: Load) -> None:
    event = '[[event]]\nat = "1m"\ndo = "malfunction"\nmalfunction = "gas lock"\non = "Separator.SEP"\n'
    with pytest.raises(ConfigError, match="names nothing that can have"):
        timeline(HEAD + event + EXPECT)
