import numpy as np
import pytest

from plant.error import OutOfRange
from plant.physics.inflow import composite_pressure, composite_rate
from plant.physics.multiphase.tubing import Tubing
from plant.physics.nodal import Outcome, operating_point
from plant.physics.productivity import productivity_rate
from plant.physics.pvt.blackoil import Fluid
from plant.physics.pvt.blackoil_table import tabulate
from plant.physics.vfp import bottomhole_pressure, lift_table

MD = np.linspace(0.0, 2000.0, 41)
FLUID = Fluid(gamma_o=0.85, gamma_g=0.75, gor=100.0)


def tubing(fluid=FLUID, author="hagedorn_brown"):
    return Tubing(fluid, MD, MD, 310.0 + 0.02 * MD, 0.062, 1e-5, author)


@pytest.mark.parametrize("author", ["hagedorn_brown", "gray", "duns_ros", "beggs_brill_payne"])
def test_a_tubing_curve_falls_to_a_best_rate_and_rises_again(author):
    # Gilbert 1954: gas slips at low rates, friction costs at high ones
    q = np.geomspace(1e-4, 1.5e-2, 60)
    p_wf = tubing(author=author).bottomhole_pressure(q, 2e6, 0.3, 200.0)
    best = np.argmin(p_wf)
    assert 0 < best < 59
    assert p_wf[0] > p_wf[best] + 5e5
    assert p_wf[-1] > p_wf[best] + 5e5


def test_lift_gas_lightens_the_column_until_it_rubs():
    # the reason for gas lift, and its end
    p_wf = tubing().bottomhole_pressure(1e-3, 2e6, 0.8, 50.0, np.array([0.0, 0.2, 5.0]))
    assert p_wf[1] < p_wf[0] - 1e6
    assert p_wf[2] > p_wf[1]


def test_tabulated_fluids_give_the_same_pressure():
    # black oil by interpolation against the correlations themselves
    table = tabulate(FLUID, np.linspace(0.0, 40e6, 161), np.linspace(290.0, 400.0, 23))
    q = np.linspace(2e-4, 4e-3, 20)
    exact = tubing().bottomhole_pressure(q, 2e6, 0.5, 100.0)
    assert tubing(table).bottomhole_pressure(q, 2e6, 0.5, 100.0) == pytest.approx(exact, rel=1e-3)


def test_a_well_settles_where_inflow_meets_its_tubing():
    # nodal analysis: the pressures of both sides agree at the rate found
    well, p_r, J = tubing(), 20e6, 4e-10
    given = {"p_wh": 1.5e6, "f_w": 0.2, "gor": 150.0}

    def surplus(q):
        return p_r - q / J - well.bottomhole_pressure(q, **given)

    point = operating_point(surplus, np.array([p_r * J]), points=33)
    assert point.outcome[0] == Outcome.FLOWING
    p_wf = well.bottomhole_pressure(point.q, **given)
    assert productivity_rate(p_wf, p_r, J) == pytest.approx(point.q, rel=1e-6)


def test_a_lift_table_holds_the_tubing_at_its_points():
    # a table is the traverse itself where it was computed
    well = tubing()
    axes = ([5e-4, 1e-3, 2e-3], [1e6, 2e6], [0.0, 0.5], [100.0], [0.0])
    table = lift_table(1, 2000.0, axes, well.bottomhole_pressure)
    ours = well.bottomhole_pressure(1e-3, 2e6, 0.5, 100.0)
    assert bottomhole_pressure(table, 1e-3, 2e6, 0.5, 100.0) == pytest.approx(float(ours), rel=1e-12)


def test_a_deviated_well_has_the_weight_of_its_true_depth():
    # twice the length, the same depth: at little rate the weight decides
    straight = tubing().bottomhole_pressure(1e-4, 2e6, 1.0, 0.0)
    slanted = Tubing(FLUID, 2.0 * MD, MD, 310.0 + 0.02 * MD, 0.062, 1e-5).bottomhole_pressure(1e-4, 2e6, 1.0, 0.0)
    assert slanted == pytest.approx(straight, rel=1e-3)


def test_a_tubing_that_cannot_be_is_refused():
    with pytest.raises(OutOfRange, match="tvd = 4000"):
        Tubing(FLUID, [0.0, 2000.0], [0.0, 4000.0], [310.0, 350.0], 0.062)
    with pytest.raises(OutOfRange, match=r"diameter = 0\.0"):
        Tubing(FLUID, MD, MD, 310.0 + 0.02 * MD, 0.0)


@pytest.mark.parametrize("author", ["beggs_brill", "hagedorn_brown", "duns_ros", "gray", "drift_flux"])
def test_a_well_that_cannot_lift_its_own_column_is_dead_and_does_not_flow_at_a_trickle(author):
    """Its reservoir holds a column of its liquid 500 m below the wellhead."""
    md = np.linspace(0.0, 2000.0, 21)
    tubing = Tubing(Fluid(0.85, 0.75, 5.0), md, md, 310.0 + 0.02 * md, 0.062, author=author)

    def surplus(q):
        return composite_pressure(q, 13e6, 1e6, 1e-9, 0.8) - tubing.bottomhole_pressure(q, 1e6, 0.8, 5.0)

    point = operating_point(surplus, composite_rate(0.0, 13e6, 1e6, 1e-9, 0.8))
    assert (Outcome(point.outcome[0]).name, point.q[0], point.roots[0]) == ("DEAD", 0.0, 0)
