"""Which samples are believed: OPC UA part 8's codes for what the span of a signal and a missing value mean."""

import numpy as np
import pytest

from control.acquisition.driver import Reading
from control.acquisition.quality import Validator, bounded
from control.bus import quality
from control.bus.clock import SECOND
from plant.asset.signal import signals
from plant.unit import UNITS

FREQUENCY = signals()["Well", "Frequency"]  # 0 … 70 Hz
CHOKE = signals()["Well", "ChokeReference"]  # 0 … 100 %


def validated(signal, value: float, code: int = quality.GOOD) -> int:
    reading = Reading(np.zeros(1, np.int64), np.array([value]), np.array([code], np.uint32))
    return int(Validator([signal])(reading).quality[0])


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (50.0, quality.GOOD), (0.0, quality.GOOD), (70.0, quality.GOOD),
        (70.01, quality.UNCERTAIN_UNITS_EXCEEDED), (-0.01, quality.UNCERTAIN_UNITS_EXCEEDED),
        (float("inf"), quality.UNCERTAIN_UNITS_EXCEEDED), (float("nan"), quality.BAD_SENSOR_FAILURE),
    ],
)  # fmt: skip
def test_a_value_is_believed_within_its_span(value, code):
    assert validated(FREQUENCY, value) == code


def test_what_the_device_called_bad_stays_as_it_was():
    assert validated(FREQUENCY, float("nan"), quality.BAD_COMMUNICATION) == quality.BAD_COMMUNICATION
    assert validated(FREQUENCY, 500.0, quality.BAD_DEVICE_FAILURE) == quality.BAD_DEVICE_FAILURE


def test_a_full_scale_reading_is_within_its_span_whatever_its_binary_fraction():
    assert validated(CHOKE, UNITS["pct"].to_si(1000 * 0.1)) == quality.GOOD
    assert validated(CHOKE, 1000 * (0.1 * 0.01)) == quality.GOOD


def test_a_sample_from_the_future_is_stamped_with_now_and_is_uncertain():
    """Else it would be the newest for as long as that future lasts."""
    now = 1_700_000_000 * SECOND
    reading = Reading(np.array([now, now + 3600 * SECOND]), np.array([1.0, 2.0]), np.zeros(2, np.uint32))
    said = bounded(reading, now, 1.0)
    assert said.time.tolist() == [now, now]
    assert said.quality.tolist() == [quality.GOOD, quality.UNCERTAIN_SUBNORMAL]


def test_a_device_whose_clock_is_a_little_ahead_is_believed():
    now = 1_700_000_000 * SECOND
    reading = Reading(np.array([now + 2 * SECOND]), np.array([1.0]), np.zeros(1, np.uint32))
    assert bounded(reading, now, 1.0) is reading
