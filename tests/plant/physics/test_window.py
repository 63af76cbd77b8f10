"""A pump's operating window: about its best-efficiency rate, and moving with its speed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.asset.field_file import load_field
from plant.physics.window import HIGH, LOW, operating_window

RATE = np.array([0.001, 0.002, 0.003, 0.004])
HEAD = np.array([1000.0, 950.0, 800.0, 400.0])
POWER = np.array([40e3, 45e3, 50e3, 52e3])


def test_the_window_is_about_the_tested_rate_of_best_efficiency():
    # by hand: head times rate over power is 25, 42.2, 48 and 30.8 in units of 1e-6, so the third point is best
    assert operating_window(1.0, RATE, HEAD, POWER) == pytest.approx((0.7 * 0.003, 1.25 * 0.003))


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.floats(0.0, 2.0), st.floats(0.1, 10.0), st.floats(0.1, 10.0))
def test_the_window_moves_with_speed_and_not_with_the_units_of_head_and_power(n, a, b):
    low, high = operating_window(n, RATE, a * HEAD, b * POWER)
    assert (low, high) == pytest.approx((n * LOW * 0.003, n * HIGH * 0.003))


def test_every_well_of_the_demo_field_has_its_window_within_its_pumps_test():
    for well in load_field("shengli12").wells:
        low, high = operating_window(1.0, well.pump.rate, well.pump.head, well.pump.shaft_power)
        assert well.pump.rate[0] < low < high < 1.1 * well.pump.rate[-1], well.code
