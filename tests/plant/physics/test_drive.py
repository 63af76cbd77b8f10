import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.drive import (
    current_distortion,
    drive_voltage,
    exceeds_ieee_519,
    frequency_at_limit,
    reflected_peak,
    voltage_distortion,
)


@given(st.floats(0.0, 70.0), st.floats(0.0, 70.0))
def test_voltage_rises_with_frequency_to_its_limit(one, other):
    slow, fast = sorted((one, other))
    assert drive_voltage(slow, 50.0, 1000.0, 1050.0) <= drive_voltage(fast, 50.0, 1000.0, 1050.0) <= 1050.0


def test_boost_holds_a_share_of_the_voltage_near_a_stand_and_none_at_it():
    assert drive_voltage(1e-6, 50.0, 1000.0, boost=0.05) == pytest.approx(50.0, rel=1e-3)
    assert drive_voltage(0.0, 50.0, 1000.0, boost=0.05) == 0.0


@given(st.floats(30.0, 60.0), st.floats(20.0, 200.0), st.floats(0.0, 15.0))
def test_at_the_frequency_it_falls_back_to_a_pumps_current_is_its_limit(f, current, idle):
    limit = 40.0
    slower = frequency_at_limit(f, current, limit, idle)
    working = np.sqrt(max(current**2 - idle**2, 0.0)) * (slower / f) ** 2  # torque goes with the square of speed
    assert np.hypot(working, idle) == pytest.approx(min(max(current, idle), limit), rel=1e-6)


def test_six_pulses_distort_towards_the_closed_form_and_twelve_half_as_much():
    # closed form: square blocks of a third of the period have a distortion of sqrt(pi²/9 - 1)
    assert current_distortion(6, highest=10_001) == pytest.approx(np.sqrt(np.pi**2 / 9.0 - 1.0), rel=1e-3)
    assert current_distortion(12) < 0.5 * current_distortion(6)


def test_a_weak_supply_is_flagged_and_a_strong_one_is_not():
    weak, strong = voltage_distortion(6, 1e5, 4e6), voltage_distortion(6, 1e5, 2e7)
    assert bool(exceeds_ieee_519(weak))
    assert not bool(exceeds_ieee_519(strong))


@given(st.floats(0.0, 5000.0), st.floats(1e-7, 1e-3))
def test_a_reflected_pulse_never_more_than_doubles(length, rise_time):
    assert 1.0 <= reflected_peak(length, rise_time) <= 2.0


def test_what_has_no_meaning_is_refused():
    with pytest.raises(OutOfRange, match=r"limit = 10\.0"):
        frequency_at_limit(50.0, 40.0, 10.0, 15.0)
    with pytest.raises(OutOfRange, match=r"pulses = 7"):
        current_distortion(7)
    with pytest.raises(OutOfRange, match=r"f = -1\.0"):
        drive_voltage(-1.0, 50.0, 1000.0)
