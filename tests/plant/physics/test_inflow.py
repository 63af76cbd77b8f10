import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.inflow import (
    composite_pressure,
    composite_rate,
    jones_rate,
    vogel_rate,
)
from plant.physics.productivity import productivity_rate, radial_productivity

PRESSURE = st.floats(1e5, 1e8)
SHARE = st.floats(0.0, 1.0)


def test_rate_vanishes_when_flowing_pressure_reaches_reservoir_pressure():
    assert float(productivity_rate(1.2e7, 1.2e7, 1e-9)) == 0.0
    assert float(vogel_rate(1.2e7, 1.2e7, 1e-2)) == pytest.approx(0.0, abs=1e-17)
    assert float(composite_rate(1.2e7, 1.2e7, 1e7, 1e-9)) == 0.0
    assert float(jones_rate(1.2e7, 1.2e7, 1e8, 1e9)) == 0.0


def test_a_well_takes_liquid_above_reservoir_pressure():
    assert float(productivity_rate(1.3e7, 1.2e7, 1e-9)) < 0.0
    assert float(composite_rate(1.3e7, 1.2e7, 1.25e7, 1e-9)) == pytest.approx(-1e-3)
    assert float(jones_rate(1.3e7, 1.2e7, 1e8, 1e9)) < 0.0


@given(PRESSURE, PRESSURE, SHARE)
def test_composite_rate_is_vogels_curve_when_all_is_below_the_bubble_point(p_r, above, share):
    J, p_wf = 1e-9, share * p_r
    expected = vogel_rate(p_wf, p_r, J * p_r / 1.8)
    assert float(composite_rate(p_wf, p_r, p_r + above, J)) == pytest.approx(float(expected), rel=1e-9, abs=1e-12)


@given(PRESSURE, PRESSURE, st.floats(0.0, 2.0), st.floats(1e-6, 0.1))
def test_inflow_falls_as_flowing_pressure_rises(p_r, p_b, share, rise):
    p_wf = np.array([share, share + rise]) * p_r
    for rate in (composite_rate(p_wf, p_r, p_b, 1e-9), jones_rate(p_wf, p_r, 1e8, 1e10)):
        assert np.isfinite(rate).all()
        assert rate[1] < rate[0]


@given(PRESSURE)
def test_composite_rate_has_no_kink_at_the_bubble_point(p_b):
    step = 1e-5 * p_b
    left, middle, right = composite_rate(p_b + np.array([-step, 0.0, step]), 1.5 * p_b, p_b, 1e-9)
    assert left - middle == pytest.approx(middle - right, rel=1e-4)


@given(PRESSURE, st.floats(1e6, 1e10), st.floats(0.0, 1e13))
def test_jones_rate_gives_back_its_drawdown(drawdown, A, B):
    q = float(jones_rate(1e8, 1e8 + drawdown, A, B))
    assert A * q + B * q * q == pytest.approx(drawdown, rel=1e-6)


def test_jones_without_turbulence_is_the_productivity_index():
    assert float(jones_rate(1e7, 2e7, 1e9, 0.0)) == pytest.approx(float(productivity_rate(1e7, 2e7, 1e-9)))


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: vogel_rate(2.1e7, 2e7, 1.0), "p_wf"),
        (lambda: vogel_rate([1e7, -1.0], 2e7, 1.0), "p_wf"),
        (lambda: vogel_rate(np.nan, 2e7, 1.0), "p_wf"),
        (lambda: composite_rate(-1.0, 2e7, 1e7, 1e-9), "p_wf"),
        (lambda: composite_rate(1.0, 0.0, 1e7, 1e-9), "p_r"),
        (lambda: jones_rate(1e7, 2e7, 0.0, 1.0), "A"),
        (lambda: jones_rate(1e7, 2e7, 1.0, -1.0), "B"),
        (lambda: radial_productivity(1e-14, 10.0, 1e-3, 1.2, 500.0, 0.1, skin=-9.0), "skin"),
    ],
)
def test_what_an_inflow_relation_was_not_made_for_is_refused_by_name(call, name):
    with pytest.raises(OutOfRange) as refused:
        call()
    assert refused.value.name == name


@given(st.floats(0.0, 1.2), st.floats(1e6, 4e7), st.floats(1e6, 4e7))
def test_the_flowing_pressure_of_a_rate_is_the_one_that_gives_it(share, p_r, p_b):
    # inverse, on both sides of the bubble point and where the well takes liquid
    J = 1e-9
    q = composite_rate(share * p_r, p_r, p_b, J)
    assert composite_pressure(q, p_r, p_b, J) == pytest.approx(share * p_r, rel=1e-6, abs=10.0)


def test_more_than_a_well_gives_at_no_pressure_is_refused():
    with pytest.raises(OutOfRange, match="q ="):
        composite_pressure(1.01 * composite_rate(0.0, 2e7, 1e7, 1e-9), 2e7, 1e7, 1e-9)


WATER = np.linspace(0.0, 1.0, 11)[:, None]


def test_water_stays_on_the_straight_line_and_oil_on_vogels_curve():
    p_wf = np.linspace(0.0, 2e7, 41)
    rate = composite_rate(p_wf, 2e7, 1e7, 1e-9, WATER)
    assert rate[0] == pytest.approx(composite_rate(p_wf, 2e7, 1e7, 1e-9))
    assert rate[-1] == pytest.approx(productivity_rate(p_wf, 2e7, 1e-9), abs=1e-15)
    assert (np.diff(rate, axis=0) >= -1e-15).all()  # at a pressure, more water means more liquid
    assert (np.diff(rate, axis=1) < 0.0).all()


def test_pressure_gives_back_the_rate_at_any_water_cut_down_to_none():
    p_wf = np.linspace(0.0, 2e7, 41)
    rate = composite_rate(p_wf, 2e7, 1e7, 1e-9, WATER)
    assert composite_pressure(rate, 2e7, 1e7, 1e-9, WATER) == pytest.approx(np.broadcast_to(p_wf, rate.shape), abs=1.0)


def test_the_curve_goes_straight_on_where_the_oil_gives_all_it_can():
    end = 0.4 * (1.0 - 1.0 / 1.8) * 1e7  # of a well with 40 % water
    above, at, below = composite_rate(end + np.array([1.0, 0.0, -1.0]) * 1e3, 2e7, 1e7, 1e-9, 0.4)
    assert above - at == pytest.approx(at - below, rel=1e-3)
    tail = composite_rate(np.linspace(0.0, end, 5), 2e7, 1e7, 1e-9, 0.4)
    assert np.diff(tail, 2) == pytest.approx(0.0, abs=1e-12)


def test_a_water_cut_that_is_no_share_is_refused():
    with pytest.raises(OutOfRange, match="f_w = 40"):
        composite_rate(1e7, 2e7, 1e7, 1e-9, 40.0)
