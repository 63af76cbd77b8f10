"""Which samples are believed: OPC UA part 8's codes for what the span of a signal and a missing value mean."""

import numpy as np
import pytest

from control.acquisition.driver import Reading
from control.acquisition.quality import Validator
from control.bus import quality
from plant.asset.signal import signals
from plant.asset.unit import UNITS

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
