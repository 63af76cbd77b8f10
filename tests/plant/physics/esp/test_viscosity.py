import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.esp.viscosity import (
    hi_factors,
    hi_head_factor,
    hi_parameter,
    turzo_factors,
    turzo_head_factor,
    turzo_q_star,
)


@given(st.floats(1e-6, 1e-3), st.floats(1e-3, 1e-2), st.floats(3.0, 30.0), st.floats(25.0, 60.0))
def test_factors_of_both_charts_fall_with_viscosity_and_stay_below_one(nu, q_best, h_best, speed):
    b = hi_parameter(np.array([nu, 2.0 * nu]), q_best, h_best, speed)
    q_star = turzo_q_star(np.array([nu, 2.0 * nu]), q_best, h_best)
    for factors in (hi_factors(np.minimum(b, 40.0)), turzo_factors(np.minimum(q_star, 57.0))):
        for factor in factors:
            assert 0.0 <= factor[1] <= factor[0] <= 1.0


@given(st.floats(0.0, 40.0))
def test_head_is_whole_at_shut_off_and_the_charts_at_the_best_rate(b):
    assert hi_head_factor(0.0, 1.0, b) == 1.0
    assert hi_head_factor(1.0, 1.0, b) == pytest.approx(hi_factors(b).head)
    assert turzo_head_factor(0.0, 1.0, b) == 1.0
    assert turzo_head_factor(1.0, 1.0, b) == pytest.approx(turzo_factors(b).head)


def test_what_lies_beyond_the_charts_is_refused_by_name_and_value():
    with pytest.raises(OutOfRange, match=r"B = 41\.0"):
        hi_factors(41.0)
    with pytest.raises(OutOfRange, match=r"Q\* = 60.0"):
        turzo_factors([10.0, 60.0])
    with pytest.raises(OutOfRange, match="nu = -1e-06"):
        hi_parameter(-1e-6, 1e-3, 10.0, 50.0)
