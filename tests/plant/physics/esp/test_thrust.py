import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.esp.thrust import impeller_thrust, shaft_thrust, thrust_excess, thrust_window
from plant.physics.esp_three_state import F_0

# Pavlov et al. 2014: the benchmark's down- and up-thrust rates at 60 Hz
DOWN, UP = 0.00542847756833871, 0.0134581949664923


@given(st.floats(0.0, 1.5), st.floats(-0.01, 0.03))
def test_a_pump_inside_its_window_has_no_excess_and_outside_has_its_sign(n, q):
    low, high = thrust_window(n, DOWN, UP)
    excess = float(thrust_excess(q, n, DOWN, UP))
    if n <= 0.01 or low <= q <= high:
        assert excess == pytest.approx(0.0, abs=1e-9)
    else:
        assert np.sign(excess) == np.sign(q - low)


def test_slowing_down_moves_the_window_left():
    # grade I: benchmark, affinity
    low, high = thrust_window(50.0 / F_0, DOWN, UP)
    assert (low, high) == pytest.approx((DOWN * 5 / 6, UP * 5 / 6))


def test_thrust_points_down_at_shut_off_and_up_at_runout():
    assert impeller_thrust(0.0, 6.7, 1000.0, 1e-3, 4e-4) > 0.0
    assert impeller_thrust(2.4e-3, 1.5, 1000.0, 1e-3, 4e-4) < 0.0


@given(st.floats(0.0, 0.01), st.floats(0.0, 10.0), st.floats(0.5, 2.0))
def test_thrust_scales_with_density_and_the_square_of_speed(q, head, k):
    once = impeller_thrust(q, head, 800.0, 1e-3, 4e-4)
    assert impeller_thrust(k * q, k**2 * head, 800.0, 1e-3, 4e-4) == pytest.approx(k**2 * once, abs=1e-9)
    assert impeller_thrust(q, head, 1600.0, 1e-3, 4e-4) == pytest.approx(2.0 * once, abs=1e-9)


def test_a_shaft_without_pressure_rise_bears_nothing():
    assert shaft_thrust(0.0, 0.02) == 0.0


def test_a_window_upside_down_is_refused():
    with pytest.raises(OutOfRange, match="q_up"):
        thrust_excess(0.01, 1.0, UP, DOWN)
