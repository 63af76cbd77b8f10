"""The measures of ISA-18.2 clause 16 on logs small enough to be worked by hand."""

import pytest

from control.alarms.annunciation import Annunciation, annunciations
from control.alarms.metrics import DAY, INTERVAL, MINUTE, SECOND, Flood, measured


def told(*at: int, alarm: str = "Well.A.Current.high", priority: int = 3, lasts: int | None = 5 * MINUTE) -> list:
    """An alarm raised at these times, each time for so long."""
    return [Annunciation(alarm, alarm, priority, t, ended=None if lasts is None else t + lasts) for t in at]


def said(alarm: str, state: str, event: str, time_ns: int) -> dict:
    return {"id": alarm, "tag": alarm, "priority": 2, "state": state, "event": event, "time_ns": time_ns}


def test_a_journal_tells_of_each_raising_with_when_it_was_seen_and_when_it_had_gone():
    journal = [
        said("x", "UNACK", "raise", 1), said("y", "UNACK", "raise", 2), said("x", "RTNUN", "clear", 3),
        said("x", "NORM", "acknowledge", 4), said("y", "ACKED", "acknowledge", 5), said("x", "UNACK", "raise", 6),
        said("y", "NORM", "clear", 7), said("z", "NORM", "clear", 8),
    ]  # fmt: skip
    assert annunciations(journal) == [
        Annunciation("x", "x", 2, 1, acknowledged=4, ended=3), Annunciation("y", "y", 2, 2, acknowledged=5, ended=7),
        Annunciation("x", "x", 2, 6),
    ]  # fmt: skip


def test_what_was_set_aside_has_ended_and_is_no_return():
    [one] = annunciations([said("x", "UNACK", "raise", 1), said("x", "SHLVD", "shelve", 9)])
    assert (one.ended, one.was_set_aside) == (9, True)
    assert measured([one], 0, INTERVAL).returned_after is None


def test_a_quiet_hour_has_no_flood_and_its_rate_is_counted_per_ten_minutes():
    found = measured(told(MINUTE, 30 * MINUTE, 59 * MINUTE), 0, 6 * INTERVAL)
    assert (found.alarms, found.per_10_min, found.most_in_10_min, found.floods) == (3, 0.5, 1, ())


def test_a_flood_lasts_from_the_first_interval_with_more_than_ten_to_the_first_with_fewer_than_five():
    """11, 6, 5 and 4 alarms in four intervals: thirty minutes of flood with 22 alarms in them."""
    at = [i * INTERVAL + n * SECOND for i, count in enumerate((0, 11, 6, 5, 4, 0)) for n in range(count)]
    found = measured(told(*at), 0, 6 * INTERVAL)
    assert found.floods == (Flood(INTERVAL, 4 * INTERVAL, 22),)
    assert (found.flood_share, found.overloaded_share) == (0.5, pytest.approx(1 / 6))


def test_ten_alarms_in_ten_minutes_are_no_flood_yet():
    assert measured(told(*range(0, 10 * SECOND, SECOND)), 0, INTERVAL).floods == ()


def test_a_flood_that_has_not_ended_ends_with_what_is_looked_at():
    assert measured(told(*range(11)), 0, INTERVAL // 2).floods == (Flood(0, INTERVAL // 2, 11),)


def test_an_alarm_raised_three_times_in_a_minute_chatters_and_one_raised_in_seventy_seconds_does_not():
    chatters = told(0, 30 * SECOND, 60 * SECOND, alarm="c", lasts=SECOND)
    not_quite = told(0, 35 * SECOND, 70 * SECOND, alarm="n", lasts=2 * MINUTE)
    found = measured(chatters + not_quite, 0, INTERVAL)
    assert (found.chattering, found.fleeting) == (("c",), ())


def test_an_alarm_that_goes_within_a_minute_and_does_not_come_back_is_fleeting():
    assert measured(told(0, alarm="f", lasts=59 * SECOND), 0, INTERVAL).fleeting == ("f",)


def test_an_alarm_that_has_stood_for_more_than_a_day_is_stale_and_stands():
    found = measured(told(0, alarm="s", lasts=None) + told(SECOND, alarm="t", lasts=DAY), 0, DAY + INTERVAL)
    assert (found.stale, found.standing) == (("s",), 1)


def test_the_worst_ten_and_the_mix_of_priorities_are_shares_of_all():
    many = [one for n in range(12) for one in told(*range(n + 1), alarm=f"a{n:02}", priority=1 + n % 4)]
    found = measured(many, 0, INTERVAL)
    assert (found.top[0].alarm, found.top[0].count, len(found.top)) == ("a11", 12, 10)
    assert found.top_share == pytest.approx((78 - 1 - 2) / 78)
    assert found.by_priority == pytest.approx({1: 15 / 78, 2: 18 / 78, 3: 21 / 78, 4: 24 / 78})


def test_times_to_see_and_to_return_are_medians_of_what_was_seen_and_has_returned():
    seen = [Annunciation("x", "x", 1, 0, acknowledged=t * SECOND, ended=2 * t * SECOND) for t in (10, 20, 90)]
    found = measured([*seen, Annunciation("x", "x", 1, 0)], 0, INTERVAL)
    assert (found.acknowledged_after, found.returned_after, found.unacknowledged) == (20.0, 40.0, 1)


def test_of_nothing_there_is_nothing_to_say():
    found = measured([], 0, INTERVAL)
    assert (found.alarms, found.top, found.top_share, found.acknowledged_after) == (0, (), 0, None)


def test_what_was_raised_before_counts_only_where_it_still_stands():
    before = told(0, alarm="b", lasts=None) + told(0, alarm="gone", lasts=MINUTE)
    found = measured(before, 2 * DAY, 3 * DAY)
    assert (found.alarms, found.standing, found.stale) == (0, 1, ("b",))
