import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from plant.error import OutOfRange
from plant.physics.decline import arps_cumulative, arps_rate, arps_time

EXPONENT = st.one_of(st.sampled_from([0.0, 1.0, 2.0]), st.floats(0.0, 2.0))
DECLINE = st.floats(1e-6, 3.0)


@given(EXPONENT, DECLINE, st.floats(0.1, 30.0))
def test_cumulative_is_the_integral_of_the_rate(b, d_i, t):
    # independent: adaptive quadrature
    integral, _ = quad(lambda s: float(arps_rate(s, 100.0, d_i, b)), 0.0, t)
    assert float(arps_cumulative(t, 100.0, d_i, b)) == pytest.approx(integral, rel=1e-6)


@given(EXPONENT, DECLINE, st.floats(0.01, 1.0))
def test_time_to_a_rate_limit_gives_back_that_rate(b, d_i, share):
    t = arps_time(100.0 * share, 100.0, d_i, b)
    assert float(arps_rate(t, 100.0, d_i, b)) == pytest.approx(100.0 * share, rel=1e-9)


@given(DECLINE, st.floats(0.1, 30.0), st.floats(0.0, 1.9))
def test_a_larger_exponent_declines_more_slowly(d_i, t, b):
    assert arps_rate(t, 1.0, d_i, b + 0.1) >= arps_rate(t, 1.0, d_i, b) > 0.0


@pytest.mark.parametrize("b", [0.0, 1e-9, 1.0, 1.0 - 1e-9])
def test_nothing_jumps_where_the_formula_has_its_limits(b):
    assert float(arps_cumulative(10.0, 1.0, 0.1, b)) == pytest.approx(float(arps_cumulative(10.0, 1.0, 0.1, b + 1e-9)))


def test_without_decline_the_rate_stays():
    t = np.array([0.0, 5.0])
    assert arps_rate(t, 3.0, 0.0, 0.5) == pytest.approx([3.0, 3.0])
    assert arps_cumulative(t, 3.0, 0.0, 0.5) == pytest.approx([0.0, 15.0])


@pytest.mark.parametrize(
    ("args", "name"), [((-1.0, 1.0, 0.1, 0.0), "t"), ((1.0, 1.0, -0.1, 0.0), "d_i"), ((1.0, 1.0, 0.1, 2.1), "b")]
)
def test_a_decline_that_is_none_is_refused_by_name(args, name):
    with pytest.raises(OutOfRange) as refused:
        arps_rate(*args)
    assert refused.value.name == name
