"""Relay times against IEC 60255-151."""

import numpy as np
import pytest

from control.loops.trip import definite_time, very_inverse_time


def test_a_definite_time_relay_counts_only_unbroken_time() -> None:
    elapsed = np.zeros(2)
    for beyond in ([True, True], [True, False], [True, True]):
        elapsed = definite_time(elapsed, np.array(beyond), dt=2.0)
    assert elapsed.tolist() == [6.0, 2.0]


@pytest.mark.parametrize(("multiple", "seconds"), [(2.0, 13.5), (5.0, 3.375), (10.0, 1.5)])
def test_an_inverse_time_relay_trips_when_the_standards_curve_says(multiple: float, seconds: float) -> None:
    """IEC 60255-151:2009, very inverse: t = k 13.5 / (M - 1)."""
    travel, dt, steps = np.zeros(1), 0.001, 0
    while travel[0] < 1.0:
        travel = very_inverse_time(travel, np.array([multiple]), dt, time_multiplier=1.0)
        steps += 1
    assert steps * dt == pytest.approx(seconds, abs=2 * dt)


def test_an_inverse_time_relay_never_trips_at_its_setting_and_returns_below_it() -> None:
    travel = very_inverse_time(np.array([0.5, 0.5]), np.array([1.0, 0.8]), 6.0, 1.0, reset_time=60.0)
    assert travel.tolist() == pytest.approx([0.4, 0.4])
