import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.esp.gas import (
    cirilo_fraction,
    dunbar_ratio,
    gas_fraction,
    turpin_head_factor,
    turpin_ratio,
    turpin_stability,
)
from plant.unit import atm, psi

PRESSURE = st.floats(2e5, 3e7)
RATIO = st.floats(0.0, 5.0)


@given(RATIO, RATIO, PRESSURE)
def test_head_never_rises_with_gas_nor_falls_with_intake_pressure(one, other, p_in):
    less, more = sorted((one, other))
    assert 0.0 <= turpin_head_factor(more, p_in) <= turpin_head_factor(less, p_in) <= 1.0
    assert turpin_head_factor(more, p_in) <= turpin_head_factor(more, 2.0 * p_in)


@given(PRESSURE, st.floats(0.01, 1.0))
def test_the_ratio_of_a_head_factor_gives_that_factor(p_in, factor):
    assert turpin_head_factor(turpin_ratio(p_in, factor), p_in) == pytest.approx(factor, rel=1e-9)


@given(PRESSURE)
def test_a_pump_at_its_stability_limit_has_lost_head_and_is_not_locked(p_in):
    # Turpin's own two criteria, in the order in which gas meets them
    limit = 3.0 / 2000.0 * p_in / psi
    assert turpin_stability(limit, p_in) == pytest.approx(1.0)
    assert 0.8 < turpin_head_factor(limit, p_in) < 0.9
    assert limit < turpin_ratio(p_in)


def test_mixed_flow_stages_take_at_most_thirty_per_cent_of_gas_at_500_psi():
    # grade M: Cirilo and Doty's tests of two mixed-flow pumps, as their abstract puts it
    assert 0.25 < float(cirilo_fraction(500 * psi + atm)) <= 0.30


@given(PRESSURE)
def test_more_intake_pressure_lets_more_gas_through(p_in):
    for limit in (cirilo_fraction, dunbar_ratio, turpin_ratio):
        assert 0.0 < limit(p_in) <= limit(1.1 * p_in)


def test_a_pump_without_flow_takes_no_gas():
    assert gas_fraction(np.array([0.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0])) == pytest.approx([0.0, 0.0, 1.0])


def test_what_has_no_meaning_is_refused():
    with pytest.raises(OutOfRange, match=r"p_in = 0\.0"):
        turpin_head_factor(0.1, 0.0)
    with pytest.raises(OutOfRange, match=r"gas_per_liquid = -0\.1"):
        turpin_stability(-0.1, 1e6)
    with pytest.raises(OutOfRange, match=r"q_l = -1\.0"):
        gas_fraction(0.0, -1.0)
    with pytest.raises(OutOfRange, match=r"factor = 0\.0"):
        turpin_ratio(1e6, 0.0)
