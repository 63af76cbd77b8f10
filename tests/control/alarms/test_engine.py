"""The engine: batches in, transitions out. Expectations are ISA-18.2's and the table's own words."""

import numpy as np
import pytest

from control.alarms.engine import AlarmEngine
from control.alarms.rule import Cause, Rule
from control.alarms.state import Alarm, Event, State
from control.bus import quality
from control.bus.batch import Batch
from control.bus.clock import SECOND
from plant.asset.tag import tags_of
from plant.error import Unknown

TAGS = tags_of(["Well.A", "Well.B"])
A, B = "Well.A.Current", "Well.B.Current"


def rule(tag: str = A, kind: str = "high", limit: float | None = 60.0, **more) -> Rule:
    delays = {"on_delay": more.pop("on_delay", 0.0), "off_delay": more.pop("off_delay", 0.0)}
    cause = Cause(TAGS[tag], kind, np.nan if limit is None else limit, **more)
    return Rule(cause, priority=2, message={}, **delays)


def scan(value: float, code: int = quality.GOOD, tags: tuple[str, ...] = (A,)) -> Batch:
    return Batch.snapshot(tags, 0, [value] * len(tags), code, "RTU")


def changes(engine: AlarmEngine, *batches: Batch) -> list[tuple[str, str]]:
    """(alarm, new state) of each transition; one batch a second."""
    made = [engine.evaluate(batch, n * SECOND) for n, batch in enumerate(batches)]
    return [(c.rule.id, str(c.transition.after)) for several in made for c in several]


def test_a_value_beyond_its_limit_raises_and_its_return_shows():
    assert changes(AlarmEngine([rule()]), scan(59), scan(61), scan(62), scan(59)) == [
        (f"{A}.high", "UNACK"), (f"{A}.high", "RTNUN"),
    ]  # fmt: skip


def test_the_change_tells_the_value_that_made_it():
    engine = AlarmEngine([rule()])
    [change] = engine.evaluate(scan(61.5), 7)
    assert (change.value, change.transition.time) == (61.5, 7)


def test_an_alarm_on_one_tag_does_not_hear_another():
    engine = AlarmEngine([rule(), rule(B)])
    assert changes(engine, scan(61, tags=(B,))) == [(f"{B}.high", "UNACK")]


@pytest.mark.parametrize("code", [quality.BAD_COMMUNICATION, quality.BAD_SENSOR_FAILURE])
def test_a_bad_sample_neither_raises_nor_clears_a_limit(code):
    engine = AlarmEngine([rule()])
    assert changes(engine, scan(99, code)) == []
    assert changes(engine, scan(61), scan(0, code), scan(np.nan, code)) == [(f"{A}.high", "UNACK")]


def test_a_device_that_is_still_awaited_raises_and_clears_nothing():
    """Neither as lost, at a start; nor, after control alone was started again, as well."""
    awaited = scan(np.nan, quality.BAD_WAITING)
    assert changes(AlarmEngine([rule(kind="bad", limit=None)]), awaited, awaited) == []
    engine = AlarmEngine([rule(kind="bad", limit=None)])
    engine.restore(0, Alarm(State.UNACK, holds=True), None)
    assert changes(engine, awaited) == []
    assert changes(engine, scan(1)) == [(f"{A}.bad", "RTNUN")]


def test_an_uncertain_sample_counts_because_beyond_the_span_is_beyond_the_limit():
    assert changes(AlarmEngine([rule()]), scan(900, quality.UNCERTAIN_UNITS_EXCEEDED)) == [(f"{A}.high", "UNACK")]


def test_lost_quality_is_an_alarm_of_its_own_kind():
    engine = AlarmEngine([rule(kind="bad", limit=None)])
    assert changes(engine, scan(1), scan(np.nan, quality.BAD_COMMUNICATION), scan(1)) == [
        (f"{A}.bad", "UNACK"), (f"{A}.bad", "RTNUN"),
    ]  # fmt: skip


def test_a_delay_runs_over_the_scans():
    engine = AlarmEngine([rule(on_delay=2.0)])
    assert changes(engine, scan(61), scan(61)) == []
    assert changes(AlarmEngine([rule(on_delay=2.0)]), scan(61), scan(61), scan(61)) == [(f"{A}.high", "UNACK")]


def test_acknowledging_shows_once():
    engine = AlarmEngine([rule()])
    engine.evaluate(scan(61), 0)
    change = engine.take(f"{A}.high", Event.ACKNOWLEDGE, 5)
    assert change is not None
    assert change.transition.after is State.ACKED
    assert engine.take(f"{A}.high", Event.ACKNOWLEDGE, 6) is None


def test_an_unknown_alarm_is_unknown():
    with pytest.raises(Unknown, match="no alarm 'x'"):
        AlarmEngine([rule()]).take("x", Event.ACKNOWLEDGE, 0)


def test_a_restored_alarm_is_not_raised_again_and_returns_when_it_may():
    engine = AlarmEngine([rule(deadband=5.0)])
    engine.restore(0, Alarm(State.ACKED, 3, holds=True), 61.0)
    assert changes(engine, scan(61), scan(57), scan(55)) == [(f"{A}.high", "NORM")]


def test_several_samples_of_a_tag_in_one_batch_count_in_their_order():
    batch = Batch(
        (A, B), np.array([0, 1, 0, 0], np.int32), np.zeros(4, np.int64), np.array([61.0, 61.0, 59.0, 61.0]),
        np.zeros(4, np.uint32), ("RTU",), np.zeros(4, np.int32),
    )  # fmt: skip
    assert changes(AlarmEngine([rule(), rule(B)]), batch) == [
        (f"{A}.high", "UNACK"), (f"{B}.high", "UNACK"), (f"{A}.high", "RTNUN"), (f"{A}.high", "UNACK"),
    ]  # fmt: skip


def test_a_batch_with_names_but_no_samples_says_nothing():
    empty = np.zeros(0, np.int32)
    batch = Batch((A,), empty, empty.astype(np.int64), empty.astype(float), empty.astype(np.uint32), ("RTU",), empty)
    assert AlarmEngine([rule()]).evaluate(batch, 0) == []


def at(second: float, value: float, tag: str = A, code: int = quality.GOOD) -> Batch:
    return Batch.snapshot((tag,), round(second * SECOND), [value], code, "RTU")


def raised(engine: AlarmEngine, *batches: Batch) -> list[float]:
    """The seconds at which the alarm was there, batch by batch."""
    there = []
    for batch in batches:
        engine.evaluate(batch, int(batch.time[0]))
        there += [batch.time[0] / SECOND] if any(alarm.state.is_active for _, alarm in engine.standing()) else []
    return there


def test_a_deviation_is_from_the_other_tag_whichever_of_both_comes_and_to_either_side():
    engine = AlarmEngine([rule(kind="deviation", limit=5.0, deadband=1.0, other=B)])
    steps = [at(1, 60), at(2, 58, B), at(3, 52, B), at(4, 56.5), at(5, 55.9), at(6, 70, B), at(7, 67)]
    assert raised(engine, *steps) == [3.0, 4.0, 6.0]  # off by 8, 4.5, 3.9, 14.1, 3


def test_nothing_deviates_from_a_tag_of_which_nothing_is_known():
    engine = AlarmEngine([rule(kind="deviation", limit=5.0, other=B)])
    bad = at(3, 0, B, quality.BAD_COMMUNICATION)
    assert raised(engine, at(1, 60), at(2, np.nan, B, quality.BAD_COMMUNICATION), bad, at(4, 99)) == []


def test_a_steady_rise_alarms_where_it_is_more_in_the_time_than_it_may_and_ends_with_it():
    engine = AlarmEngine([rule(kind="rate", limit=10.0, per=60.0)])
    slow = [at(t, 0.1 * t) for t in range(1, 400)]
    fast = [at(400 + t, 40 + 0.25 * t) for t in range(1, 300)]
    still = [at(700 + t, 115.0) for t in range(1, 300)]
    there = raised(engine, *slow, *fast, *still)
    assert 400 < there[0] < 500
    assert 700 < there[-1] < 760


def test_what_has_changed_over_a_gap_is_no_fast_change():
    engine = AlarmEngine([rule(kind="rate", limit=10.0, per=60.0)])
    lost = [at(t, np.nan, code=quality.BAD_COMMUNICATION) for t in range(11, 900)]
    assert raised(engine, *[at(t, 50.0) for t in range(1, 11)], *lost, at(900, 120.0), at(901, 120.0)) == []


def test_a_state_alarms_as_long_as_it_is_shown():
    engine = AlarmEngine([rule(kind="discrete", limit=None, states=(3.0, 4.0))])
    assert raised(engine, *[at(t, state) for t, state in enumerate((2, 3, 4, 0, 3), 1)]) == [2.0, 3.0, 5.0]


def test_a_tag_is_stale_when_nothing_newer_has_come_and_fresh_when_something_has():
    engine = AlarmEngine([rule(kind="stale", limit=30.0)])
    assert engine.look(100 * SECOND) == []  # what has never been heard is not old
    engine.evaluate(at(100, 60), 100 * SECOND)
    assert engine.look(129 * SECOND) == []
    engine.evaluate(at(100, 60), 129 * SECOND)  # the same stamp again is no sign of life
    assert [str(change.transition.after) for change in engine.look(131 * SECOND)] == ["UNACK"]
    assert engine.look(132 * SECOND) == []
    assert [str(c.transition.after) for c in engine.evaluate(at(133, 60), 133 * SECOND)] == ["RTNUN"]


def test_conditions_of_every_kind_on_one_tag_are_heard_in_one_batch():
    kinds = [rule(kind="high", limit=55.0), rule(kind="bad", limit=None), rule(kind="deviation", limit=5.0, other=B),
             rule(kind="discrete", limit=None, states=(60.0,))]  # fmt: skip
    engine = AlarmEngine(kinds)
    both = Batch.snapshot((B, A), SECOND, [40.0, 60.0], quality.GOOD, "RTU")
    assert {change.rule.kind for change in engine.evaluate(both, SECOND)} == {"high", "deviation", "discrete"}
