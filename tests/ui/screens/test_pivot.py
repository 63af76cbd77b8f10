"""Samples as columns become rows by time."""

import numpy as np
import pyarrow as pa

from ui.screens import pivot
from ui.screens.page_feed import Fresh
from ui.screens.shown_field import ShownField

SITE = ShownField.load("shengli12", "shengli12")
TAGS = [SITE.tags["Well.CACB27A-P1.Flow"], SITE.tags["Well.CACB27A-P1.WellheadPressure"]]


def fresh(rows: list[int], times: list[int], values: list[float]) -> Fresh:
    return Fresh(np.array(rows), np.array(times), np.array(values), np.zeros(len(rows), np.uint32))


def test_samples_of_one_time_stand_in_one_row_and_what_is_missing_is_a_gap() -> None:
    time, values = pivot.of_fresh([fresh([5, 9, 7], [1, 1, 1], [10, 90, 70]), fresh([7], [2], [71])], {5: 0, 7: 1})
    assert time.tolist() == [1, 2]
    np.testing.assert_array_equal(values, [[10, 70], [np.nan, 71]])


def test_nothing_wanted_gives_no_rows() -> None:
    time, values = pivot.of_fresh([fresh([9], [1], [90])], {5: 0})
    assert len(time) == 0
    assert values.shape == (0, 1)


def test_a_history_becomes_what_a_chart_shows_in_the_units_that_people_see() -> None:
    table = pa.table({
        "tag": [TAGS[0].name, TAGS[1].name, TAGS[0].name],
        "time": np.array([0, 0, 5_000_000_000]), "average": [1 / 86_400, 1_101_325.0, None],
    })  # fmt: skip
    data = pivot.source_data(*pivot.of_buckets(table, TAGS), TAGS)
    assert data["time"].tolist() == [0.0, 5000.0]
    np.testing.assert_allclose(data["Flow"], [1.0, np.nan])
    np.testing.assert_allclose(data["WellheadPressure"], [1.0, np.nan])


def test_a_page_that_is_ready_before_the_first_tick_has_no_rows_yet() -> None:
    time, values = pivot.of_fresh([], {5: 0})
    assert (len(time), values.shape) == (0, (0, 1))
