"""The verdict on made-up records, where what must be found is known beforehand."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from control.bus.quality import BAD_COMMUNICATION, GOOD
from hil.event import Event
from hil.record import AlarmChange, Occurrence, Record, Series
from hil.timeline import Timeline
from hil.verdict import Row, judge

Load = Callable[[str], Timeline]
PRESSURE, FLOW, STATE = "Well.A-1.IntakePressure", "Well.A-1.Flow", "Well.A-1.RunState"
HEAD = 'title = "t"\nlength = "2m"\n[[event]]\nname = "trip"\nat = "1m"\n'
HEAD += 'do = "malfunction"\nmalfunction = "trip"\non = "Well.A-1"\n[[expect]]\n'
TRIP = Event("trip", 60.0, "malfunction", "Well.A-1")


def series(values: Sequence[float], qualities: Sequence[int] | None = None) -> Series:
    """One sample a second from zero on."""
    time = np.arange(len(values), dtype=float)
    codes = np.full(len(values), GOOD) if qualities is None else np.asarray(qualities)
    return Series(time, np.asarray(values, dtype=float), codes.astype(np.uint32))


def row(
    timeline: Load, expect: str, tags: dict[str, Series], alarms: Sequence[AlarmChange] = (), outcome: str = "done"
) -> Row:
    occurrences = [Occurrence(TRIP, 60.0, outcome, "why")]
    return judge(timeline(HEAD + expect), Record(tags, alarms, occurrences, 120.0))[0]


RISING = series(np.linspace(2e6, 3.2e6, 121))  # Pa, 10 kPa a second


@pytest.mark.parametrize(
    ("expect", "passed", "observed", "margin"),
    [
        ('low_MPa = 2.5\nwithin = "1m"', True, "after 50s", "10 s"),
        ('low_MPa = 2.5\nwithin = "40s"', False, "no nearer than 2.299 MPa(g) by 40s", ""),
        ('low_MPa = 2.5\nwithin = "1m"\nnot_before = "55s"', False, "after 50s: too early", "-5 s"),
        ('low_MPa = 2.5\nafter = "trip"\nwithin = "10s"', True, "after 0s", "10 s"),
        ('low_MPa = 1.9\nhigh_MPa = 3.3\nduring = ["0s", "2m"]', True, "121 samples", "0.1 MPa"),
        ('high_MPa = 3.1\nduring = ["1m", "2m"]', False, "3.009 MPa(g) at 1m51s", "-0.1 MPa"),
    ],
)
def test_a_band_once_or_throughout(timeline: Load, expect: str, passed: bool, observed: str, margin: str) -> None:
    found = row(timeline, f'that = "band"\ntag = "{PRESSURE}"\n{expect}', {PRESSURE: RISING})
    assert found.passed is passed
    assert observed in found.finding.observed
    assert found.finding.margin_shown() == margin


def test_a_change_counts_from_the_mean_just_before_the_event(timeline: Load) -> None:
    values = np.r_[np.tile([0.9e6, 1.1e6], 30), np.full(61, 0.7e6)]  # noisy about 1 MPa, then 0.3 MPa lower
    expect = f'that = "change"\ntag = "{PRESSURE}"\nafter = "trip"\nwithin = "30s"\nby_kPa = '
    tags = {PRESSURE: series(values)}
    fall, deeper = row(timeline, expect + "-250", tags), row(timeline, expect + "-350", tags)
    assert (fall.passed, deeper.passed) == (True, False)
    assert "-0.3 MPa" in deeper.finding.observed


def test_a_state_is_called_by_its_name(timeline: Load) -> None:
    expect = f'that = "state"\ntag = "{STATE}"\nis = "Backspin"\nafter = "trip"\nwithin = "10s"'
    tags = {STATE: series([2.0] * 63 + [4.0] * 20)}
    assert row(timeline, expect, tags).finding.observed == "Backspin after 3s"


def test_quality_goes_bad_and_its_samples_carry_no_value(timeline: Load) -> None:
    codes = [GOOD] * 61 + [BAD_COMMUNICATION] * 60
    tags = {FLOW: series([1e-3] * 61 + [9.9] * 60, codes)}
    turned = row(timeline, f'that = "quality"\ntag = "{FLOW}"\nis = "Bad"\nafter = "trip"\nwithin = "2s"', tags)
    held = row(timeline, f'that = "quality"\ntag = "{FLOW}"\nis = "Good"\nduring = ["0s", "1m30s"]', tags)
    band = row(timeline, f'that = "band"\ntag = "{FLOW}"\nhigh_m3_d = 90\nduring = ["0s", "2m"]', tags)
    assert (turned.passed, turned.finding.observed) == (True, "BadCommunicationError after 1s")
    assert (held.passed, held.finding.observed) == (False, "BadCommunicationError at 1m1s")
    assert band.passed


def test_a_quality_holds_until_the_next_sample(timeline: Load) -> None:
    sparse = Series(np.array([0.0, 50.0]), np.zeros(2), np.array([GOOD, BAD_COMMUNICATION], dtype=np.uint32))
    expect = f'that = "quality"\ntag = "{FLOW}"\nis = "Bad"\nduring = '
    assert row(timeline, expect + '["55s", "1m30s"]', {FLOW: sparse}).finding.observed.startswith("BadComm")
    assert not row(timeline, expect + '["45s", "1m30s"]', {FLOW: sparse}).passed


@pytest.mark.parametrize("that", ["band", "spread", "quality", "no_alarm", "alarm"])
def test_what_nobody_saw_does_not_pass_except_an_alarm_that_must_not_be(timeline: Load, that: str) -> None:
    asked = {
        "band": 'low_m3_d = 1\nduring = ["0s", "1m"]',
        "spread": 'at_most_m3_d = 1\nduring = ["0s", "1m"]',
        "quality": 'is = "Good"\nduring = ["0s", "1m"]',
        "no_alarm": 'during = ["0s", "1m"]',
        "alarm": 'alarm = "low"\nwithin = "1m"',
    }[that]
    found = row(timeline, f'that = "{that}"\ntag = "{FLOW}"\n{asked}', {})
    assert found.passed is (that == "no_alarm")


def test_a_frozen_reading_has_no_spread(timeline: Load) -> None:
    expect = f'that = "spread"\ntag = "{FLOW}"\nduring = ["1m", "2m"]\n'
    still, moving = {FLOW: series([1e-3] * 121)}, {FLOW: series(np.linspace(1e-3, 2e-3, 121))}
    assert row(timeline, expect + "at_most_m3_d = 0.001", still).passed
    assert not row(timeline, expect + "at_most_m3_d = 0.001", moving).passed
    assert row(timeline, expect + "at_least_m3_d = 40", moving).passed
    assert not row(timeline, expect + "at_least_m3_d = 40", still).passed


ALARM = AlarmChange(66.0, FLOW, "low", is_raised=True, is_cleared=False)
CLEAR = AlarmChange(90.0, FLOW, "low", is_raised=False, is_cleared=True)


@pytest.mark.parametrize(
    ("expect", "passed", "observed"),
    [
        ('that = "alarm"\nalarm = "low"\nafter = "trip"\nwithin = "10s"', True, "raised after 6s"),
        ('that = "alarm"\nalarm = "low"\nafter = "trip"\nwithin = "5s"', False, "raised after 6s"),
        ('that = "alarm"\nalarm = "high"\nafter = "trip"\nwithin = "10s"', False, "not raised by 1m"),
        ('that = "alarm"\nalarm = "low"\nafter = "trip"\nwithin = "1m"\nnot_before = "7s"', False, "too early"),
        ('that = "cleared"\nalarm = "low"\nafter = "trip"\nwithin = "30s"', True, "cleared after 30s"),
        ('that = "no_alarm"\nduring = ["0s", "1m"]', True, "none"),
        ('that = "no_alarm"\nduring = ["0s", "2m"]', False, "low raised after 1m6s"),
        ('that = "no_alarm"\nalarm = "high"\nduring = ["0s", "2m"]', True, "none"),
    ],
)
def test_alarms_by_kind_and_time(timeline: Load, expect: str, passed: bool, observed: str) -> None:
    found = row(timeline, f'tag = "{FLOW}"\n{expect}', {}, [ALARM, CLEAR])
    assert (found.passed, observed in found.finding.observed) == (passed, True)


def test_an_event_that_was_refused_fails_the_run_unless_that_was_expected(timeline: Load) -> None:
    band = f'that = "band"\ntag = "{FLOW}"\nlow_m3_d = 1\nwithin = "1m"'
    tags = {FLOW: series([1.0] * 121)}
    rows = judge(timeline(HEAD + band), Record(tags, [], [Occurrence(TRIP, 60.0, "refused", "no")], 120.0))
    assert [(r.passed, r.finding.observed) for r in rows[1:]] == [(False, "refused: no")]
    assert row(timeline, 'that = "outcome"\nevent = "trip"\nis = "refused"', {}, outcome="refused").passed


def test_an_expectation_after_an_event_that_never_came_fails(timeline: Load) -> None:
    expect = f'that = "band"\ntag = "{FLOW}"\nlow_m3_d = 1\nafter = "trip"\nwithin = "1m"'
    found = judge(timeline(HEAD + expect), Record({FLOW: series([1.0] * 121)}, [], [], 120.0))[0]
    assert (found.passed, found.finding.observed) == (False, "trip did not happen")


def test_a_pattern_is_as_good_as_its_worst_tag(timeline: Load) -> None:
    expect = 'that = "band"\ntag = "Well.*.Flow"\nlow_m3_d = 1\nduring = ["0s", "2m"]'
    tags = {FLOW: series([1.0] * 121), "Well.B-2.Flow": series([0.0] * 121)}
    found = row(timeline, expect, tags)
    assert not found.passed
    assert found.finding.observed == "1 of 2 wrong; worst Well.B-2.Flow: 0 m³/d at 0s"
