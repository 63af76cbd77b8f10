import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.inflow import composite_rate
from plant.physics.nodal import Outcome, operating_point, stable_rates


def quadratic(low, high):
    """Left over between two roots, as of a straight inflow on a U-shaped tubing curve."""
    return lambda q: -(q - low) * (q - high) * 1e11


@given(st.floats(0.0, 0.0045), st.floats(0.0052, 0.0099))
def test_of_two_rates_the_higher_is_taken(low, high):
    # closed form: the root near shut-in is unstable; solvers that start there report it
    point = operating_point(quadratic(low, high), [0.01])
    assert point.outcome[0] == Outcome.FLOWING
    assert point.q[0] == pytest.approx(high, abs=1e-10)


def test_of_two_stable_rates_the_higher_is_taken_and_both_are_told():
    roots = (0.002, 0.004, 0.007)
    surplus = lambda q: -(q - roots[0]) * (q - roots[1]) * (q - roots[2]) * 1e14  # noqa: E731
    point = operating_point(surplus, [0.01])
    assert point.q[0] == pytest.approx(0.007)
    assert point.roots[0] == 3
    stable, unstable = stable_rates(surplus, 0.01)
    assert stable == pytest.approx([0.002, 0.007])
    assert unstable == pytest.approx([0.004])


def test_wells_that_do_not_settle_are_told_apart():
    level = np.array([-1e6, 1e9, 1e6, np.nan])
    point = operating_point(lambda q: level - 1e8 * q, np.full(4, 0.1))
    assert [Outcome(o) for o in point.outcome] == [Outcome.DEAD, Outcome.BEYOND, Outcome.FLOWING, Outcome.ASTRAY]
    assert point.q[:3] == pytest.approx([0.0, 0.1, 0.01])
    assert np.isnan(point.q[3])


def test_a_jump_through_zero_is_met_to_the_tolerance_or_called_astray():
    # a surplus that jumps has no root; the rate found must be that of the jump, or none
    point = operating_point(lambda q: np.where(q < 0.0037, 1e6, -1e3), [0.01])
    assert point.outcome[0] == Outcome.ASTRAY or point.q[0] == pytest.approx(0.0037, rel=1e-6)


@given(st.floats(1.5e7, 4e7), st.floats(5e6, 1.4e7), st.floats(1e-10, 5e-9))
def test_at_the_operating_point_the_reservoir_gives_what_the_tubing_takes(p_r, p_b, J):
    column, friction = 9e6, 2e11

    def surplus(q):
        drawn = np.linspace(0.0, 1.0, 2001) * p_r
        return np.interp(q, composite_rate(drawn, p_r, p_b, J)[::-1], drawn[::-1]) - column - friction * q**2

    point = operating_point(surplus, composite_rate(0.0, p_r, p_b, J))
    assert point.outcome[0] == Outcome.FLOWING
    p_wf = column + friction * point.q[0] ** 2
    assert point.q[0] == pytest.approx(float(composite_rate(p_wf, p_r, p_b, J)), rel=1e-3)


def test_a_thousand_wells_are_as_each_alone():
    high = np.linspace(0.006, 0.009, 1000)
    together = operating_point(quadratic(0.001, high), np.full(1000, 0.01)).q
    alone = [operating_point(quadratic(0.001, h), [0.01]).q[0] for h in high[::250]]
    assert together[::250] == pytest.approx(alone, rel=1e-9)
    assert together == pytest.approx(high, abs=1e-10)


def test_a_well_without_a_greatest_rate_is_refused():
    with pytest.raises(OutOfRange, match="q_max"):
        operating_point(lambda q: -q, [0.0])
