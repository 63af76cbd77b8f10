import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.choke import (
    CRITICAL_FLOW,
    choke_coefficient,
    choke_rate,
    choke_slope,
    gilbert_pressure,
    gilbert_rate,
)

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


@pytest.mark.parametrize("author", CRITICAL_FLOW)
def test_pressure_before_a_critical_bean_is_proportional_to_the_rate_and_found_back(author):
    q = gilbert_rate(np.array([1e6, 2e6]), 0.01, 100.0, author)
    assert q[1] == pytest.approx(2 * q[0])
    assert gilbert_pressure(q, 0.01, 100.0, author) == pytest.approx([1e6, 2e6])


@given(st.floats(1e-3, 0.05), st.floats(10.0, 1000.0))
def test_a_wider_bean_passes_more_and_more_gas_passes_less_liquid(diameter, R_p):
    q = float(gilbert_rate(3e6, diameter, R_p))
    assert float(gilbert_rate(3e6, 1.1 * diameter, R_p)) > q > float(gilbert_rate(3e6, diameter, 1.1 * R_p))


def test_critical_flow_without_gas_is_refused():
    with pytest.raises(OutOfRange, match=r"R_p = 0\.0: must be positive"):
        gilbert_rate(3e6, 0.01, 0.0)
