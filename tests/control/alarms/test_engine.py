"""The engine: batches in, transitions out. Expectations are ISA-18.2's and the table's own words."""

import numpy as np
import pytest

from control.alarms.engine import AlarmEngine
from control.alarms.state import State
from control.alarms.table import Rule
from control.bus import quality
from control.bus.batch import Batch
from control.bus.clock import SECOND
from plant.asset.error import Unknown
from plant.asset.tag import tags_of

TAGS = tags_of(["Well.A", "Well.B"])
A, B = "Well.A.Current", "Well.B.Current"


def rule(tag: str = A, kind: str = "high", limit: float | None = 60.0, **more) -> Rule:
    settings = {"deadband": 0.0, "on_delay": 0.0, "off_delay": 0.0, "priority": 2, "message": {}}
    return Rule(TAGS[tag], kind, limit, **settings | more)


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
    engine.restore(f"{A}.bad", State.UNACK, 0, None)
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
    change = engine.acknowledge(f"{A}.high", 5)
    assert change is not None
    assert change.transition.after is State.ACKED
    assert engine.acknowledge(f"{A}.high", 6) is None


def test_an_unknown_alarm_is_unknown():
    with pytest.raises(Unknown, match="no alarm 'x'"):
        AlarmEngine([rule()]).acknowledge("x", 0)


def test_a_restored_alarm_is_not_raised_again_and_returns_when_it_may():
    engine = AlarmEngine([rule(deadband=5.0)])
    engine.restore(f"{A}.high", State.ACKED, 3, 61.0)
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
