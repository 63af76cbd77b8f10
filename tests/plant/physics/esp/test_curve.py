import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.asset.field_file import load_field
from plant.error import OutOfRange
from plant.evidence.case.stack import HEAD, POWER, RATE
from plant.physics.esp.curve import best_efficiency, stack_head, stack_power
from plant.unit import day


@given(st.floats(0.3, 1.3), st.floats(0.0, 3e-3), st.floats(0.5, 2.0))
def test_head_and_power_scale_with_the_square_and_cube_of_speed_and_rate(n, q, k):
    assert stack_head(k * q, k * n, 5, RATE, HEAD) == pytest.approx(k**2 * stack_head(q, n, 5, RATE, HEAD), abs=1e-6)
    assert stack_power(k * q, k * n, 5, RATE, POWER) == pytest.approx(k**3 * stack_power(q, n, 5, RATE, POWER))


@given(st.floats(0.3, 1.3))
def test_head_falls_with_rate_and_goes_on_falling_past_the_catalogue(n):
    assert np.all(np.diff(stack_head(np.linspace(0.0, 5e-3, 100), n, 10, RATE, HEAD)) < 0.0)


def test_power_grows_with_density_and_stages():
    assert stack_power(1e-3, 1.0, 20, RATE, POWER, 900.0) == pytest.approx(
        18.0 * stack_power(1e-3, 1.0, 1, RATE, POWER)
    )


def test_best_efficiency_of_the_catalogue_stage_lies_at_its_nominal_rate():
    # Novomet names the VNN5-125 after its nominal 125 m³/d
    q_best, eta = best_efficiency(RATE, HEAD, POWER)
    assert q_best * day == pytest.approx(125.0, rel=0.05)
    assert 0.5 < eta < 0.6


@pytest.mark.parametrize("well", load_field("shengli12").wells, ids=lambda well: well.code)
def test_best_efficiency_of_a_tested_pump_is_about_the_efficiency_its_maker_measured(well):
    # grade M: factory tests of the twelve pumps, whose own best points are 0.4 to 0.7
    q_best, eta = best_efficiency(well.pump.rate, well.pump.head, well.pump.shaft_power)
    assert well.pump.rate[0] <= q_best <= well.pump.rate[-1]
    assert 0.3 < eta < 0.8


def test_a_standing_pump_or_an_unsorted_curve_is_refused():
    with pytest.raises(OutOfRange, match=r"n = 0\.0: must be positive"):
        stack_head(1e-3, 0.0, 10, RATE, HEAD)
    with pytest.raises(OutOfRange, match="rate"):
        stack_head(1e-3, 1.0, 10, RATE[::-1], HEAD)
