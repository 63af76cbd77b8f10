"""A column of liquid: hydrostatics."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.physics.column import G, column_height

HEIGHTS = st.floats(-1e4, 1e4)
DENSITIES = st.floats(1.0, 2e3)


def test_an_atmosphere_is_some_ten_metres_of_water_and_760_millimetres_of_mercury():
    # grade A: the definition of the millimetre of mercury, at 13,595.1 kg/m³
    assert float(column_height(101_325.0, 13_595.1)) == pytest.approx(0.760, rel=1e-6)
    assert float(column_height(101_325.0, 1000.0)) == pytest.approx(10.33, abs=0.005)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(HEIGHTS, DENSITIES)
def test_the_weight_of_the_height_is_the_pressure(height, rho):
    assert float(column_height(rho * G * height, rho)) == pytest.approx(height, rel=1e-12, abs=1e-12)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(HEIGHTS, DENSITIES, st.floats(1.0, 10.0))
def test_a_denser_liquid_stands_lower_in_proportion_and_a_greater_pressure_higher(dp, rho, times):
    height = float(column_height(dp, rho))
    assert float(column_height(dp, times * rho)) == pytest.approx(height / times)
    assert float(column_height(times * dp, rho)) == pytest.approx(height * times)
    assert float(column_height(-dp, rho)) == -height
