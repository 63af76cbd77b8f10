"""How an operator sees quality and age (ISA-101: quality and staleness are visible)."""

import numpy as np
import pytest

from control.bus import quality
from control.bus.clock import SECOND
from ui import trust

NOW = 1_800_000_000 * SECOND


@pytest.mark.parametrize(
    ("code", "age", "expected"),
    [
        (quality.GOOD, 1, trust.GOOD),
        (quality.UNCERTAIN_UNITS_EXCEEDED, 1, trust.UNCERTAIN),
        (quality.BAD_SENSOR_FAILURE, 1, trust.BAD),
        (quality.BAD_COMMUNICATION, 60, trust.BAD),  # a lost device is Bad, however long ago
        (quality.GOOD, 60, trust.STALE),
        (quality.UNCERTAIN_SUBNORMAL, 60, trust.STALE),
        (quality.BAD_WAITING, 1, trust.NONE),  # of a device that is still awaited
        (quality.GOOD, -2, trust.GOOD),  # a device's clock may be a little ahead
        (quality.GOOD, -3600, trust.STALE),  # a clock was set back: it was said an unknown while ago
    ],
)
def test_a_value_is_trusted_by_its_quality_and_its_age(code: int, age: float, expected: int) -> None:
    found = trust.of(np.array([code], np.uint32), np.array([NOW - int(age * SECOND)]), NOW, scan=1.0)
    assert found.tolist() == [expected]


def test_a_tag_that_never_had_a_sample_has_no_data() -> None:
    assert trust.of(np.zeros(1, np.uint32), np.zeros(1, np.int64), NOW, 1.0).tolist() == [trust.NONE]


def test_a_slow_scan_does_not_make_its_values_stale() -> None:
    time = np.array([NOW - 20 * SECOND])
    assert trust.of(np.zeros(1, np.uint32), time, NOW, scan=10.0).tolist() == [trust.GOOD]
