import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.nodal import Outcome, operating_point
from plant.physics.performance import deliver, refine, tabulate


def wells(level):
    """Straight inflow on a tubing that rubs, as pressure arriving at the end."""
    return lambda q: level - 4e8 * q - 1e11 * q**2


@given(st.floats(1e6, 9e6), st.floats(2e5, 9e5))
def test_a_refined_rate_is_the_operating_point_of_the_fine_scan(level, p_back):
    # independent: false position on the well itself
    well, q_max = wells(level), np.array([0.01])
    found = refine(well, deliver(tabulate(well, q_max), p_back), p_back, q_max)
    expected = operating_point(lambda q: well(q) - p_back, q_max)
    assert found.q == pytest.approx(expected.q, rel=1e-4)
    assert well(found.q) == pytest.approx(p_back, abs=10.0)
    assert np.all(found.slope < 0.0)


def test_of_several_rates_the_highest_stable_one_is_taken():
    # closed form: roots at 2, 4 and 7 l/s, of which the middle one is unstable
    def well(q):
        return 1e6 - (q - 0.002) * (q - 0.004) * (q - 0.007) * 1e14

    found = deliver(tabulate(well, [0.01], points=401), 1e6)
    assert found.roots[0] == 3
    assert refine(well, found, 1e6, np.array([0.01])).q[0] == pytest.approx(0.007, rel=1e-6)


def test_wells_that_do_not_flow_are_told_apart():
    level = np.array([1e5, 1e9, 4e6, np.nan])
    found = deliver(tabulate(wells(level), np.full(4, 0.01)), 1e6)
    assert [Outcome(o) for o in found.outcome] == [Outcome.DEAD, Outcome.BEYOND, Outcome.FLOWING, Outcome.ASTRAY]
    assert found.q[:2].tolist() == [0.0, 0.01]
    assert np.isnan(found.q[3])


def test_a_root_that_only_the_coarse_scan_had_leaves_the_well_astray():
    coarse, fine = wells(np.array([2e6])), wells(np.array([5e5]))
    found = refine(fine, deliver(tabulate(coarse, [0.01]), 1e6), 1e6, np.array([0.01]))
    assert found.outcome[0] == Outcome.ASTRAY
    assert np.isnan(found.q[0])


def test_a_higher_back_pressure_never_gives_more():
    scan = tabulate(wells(np.linspace(2e6, 8e6, 50)), np.full(50, 0.01))
    rates = np.stack([deliver(scan, p).q for p in np.linspace(2e5, 9e6, 40)])
    assert np.all(np.diff(rates, axis=0) <= 0.0)


def test_a_scan_in_blocks_is_one_scan():
    # more wells than a block holds rates
    many = tabulate(wells(np.full(9000, 4e6)), np.full(9000, 0.01), points=5)
    assert np.array_equal(many.p[:, :1], tabulate(wells(np.full(1, 4e6)), [0.01], points=5).p)


def test_a_well_without_a_greatest_rate_is_refused():
    with pytest.raises(OutOfRange, match="q_max"):
        tabulate(wells(4e6), [0.0])
