import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.physics.multiphase import hagedorn_brown
from plant.physics.multiphase.stream import Stream
from plant.unit import foot


def oil_and_gas(v_sl, v_sg):
    return Stream(v_sl, v_sg, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, 5e6)


def polynomial(x, *coefficients):
    return sum(c * x**i for i, c in enumerate(coefficients))


def test_the_charts_agree_with_another_fit_of_them():
    # Guo, Lyons, Ghalambor, Petroleum Production Engineering, 2007, ch. 4, who fitted polynomials to the same charts;
    # the two fits differ by up to 16 %
    n_l = np.array([0.002, 0.005, 0.01, 0.03, 0.1, 0.3])
    cn_l = 10 ** polynomial(np.log10(n_l) + 3.0, -2.69851, 0.15841, -0.55100, 0.54785, -0.12195)
    assert hagedorn_brown.viscosity_chart(n_l) == pytest.approx(cn_l, rel=0.16)
    h = np.array([1e-5, 1e-4, 1e-3, 3e-3])
    held = polynomial(np.log10(h) + 6.0, -0.10307, 0.61777, -0.63295, 0.29598, -0.0401)
    assert hagedorn_brown.primary_chart(h) == pytest.approx(held, rel=0.1)
    b = np.array([0.01, 0.02, 0.04, 0.06, 0.08, 0.09])
    psi = polynomial(b, 0.91163, -4.82176, 1232.25, -22253.6, 116174.3)
    assert hagedorn_brown.secondary_chart(b) == pytest.approx(psi, rel=0.05)


def test_bubbles_end_where_griffith_and_wallis_drew_the_line():
    # their border in feet and seconds: 1.071 - 0.2218 v²/d = 0.79375 at 0.5 ft/s in 0.2 ft, and never below 0.13
    share = np.array([0.793, 0.795])
    slow = oil_and_gas((1.0 - share) * 0.5 * foot, share * 0.5 * foot)
    assert hagedorn_brown.is_bubble(slow, 0.2 * foot).tolist() == [True, False]
    share = np.array([0.129, 0.131])
    fast = oil_and_gas((1.0 - share) * 5.0 * foot, share * 5.0 * foot)
    assert hagedorn_brown.is_bubble(fast, 0.2 * foot).tolist() == [True, False]


@given(st.floats(0.01, 3.0), st.floats(0.001, 3.0))
def test_griffiths_bubbles_rise_8_tenths_of_a_foot_per_second_faster_than_the_liquid(v_sl, v_sg):
    # the definition of their slip
    held = hagedorn_brown.griffith_holdup(oil_and_gas(v_sl, v_sg))
    assert v_sg / (1.0 - held) - v_sl / held == pytest.approx(0.8 * foot, rel=1e-6)


def test_bubble_flow_takes_griffiths_holdup():
    # Hagedorn and Brown with Griffith: the charts are not asked there
    stream = oil_and_gas(1.0, 0.05)
    held = hagedorn_brown.griffith_holdup(stream)
    smooth = hagedorn_brown.gradient(stream, 0.062, np.pi / 2) - hagedorn_brown.gradient(stream, 0.062, 0.0)
    assert smooth == pytest.approx((40.0 + 810.0 * held) * 9.80665, rel=1e-9)
