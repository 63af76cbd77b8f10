import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.physics.choke import choke_coefficient, choke_rate, choke_slope

PRESSURE = st.floats(-2e7, 2e7)


def test_rate_is_the_square_root_of_a_large_pressure_drop():
    assert float(choke_rate(1e6, 2e-5)) == pytest.approx(2e-5 * 1e6**0.5, rel=2e-4)


def test_coefficient_is_bernoullis_for_a_bean():
    # q = C_d A sqrt(2 Δp / ρ), closed form
    q = 0.75 * np.pi / 4 * 0.01**2 * np.sqrt(2 * 1e6 / 1000.0)
    assert float(choke_coefficient(0.01, 1000.0)) * 1e3 == pytest.approx(q)


@given(PRESSURE)
def test_rate_is_odd_and_slope_even(dp):
    assert float(choke_rate(-dp, 1e-5)) == -float(choke_rate(dp, 1e-5))
    assert float(choke_slope(-dp, 1e-5)) == float(choke_slope(dp, 1e-5))


@given(PRESSURE)
def test_slope_is_the_derivative_of_the_rate(dp):
    step = 10.0
    numeric = (choke_rate(dp + step, 1e-5) - choke_rate(dp - step, 1e-5)) / (2 * step)
    assert float(choke_slope(dp, 1e-5)) == pytest.approx(float(numeric), rel=1e-4)


def test_slope_is_finite_where_the_pressure_drop_vanishes():
    assert 0.0 < float(choke_slope(0.0, 1e-5)) < 1e-6
