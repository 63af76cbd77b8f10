from dataclasses import replace

import numpy as np
import pytest

from plant.physics.inflow import composite_rate
from plant.physics.multiphase.tubing import Tubing
from plant.physics.natural_well import CELLS, NaturalWells, operating_points, wellhead_pressure
from plant.physics.nodal import Outcome, operating_point
from plant.physics.performance import refine
from plant.physics.pvt.blackoil import Fluid

P_R = np.array([18e6, 25e6, 30e6])
WELLS = NaturalWells(
    Fluid(0.85, 0.75, 100.0), np.array([0.0, 0.3, 0.6]), np.array([90.0, 150.0, 300.0]), P_R, 15e6, 4e-10,
    2500.0, 2400.0, np.array([0.05, 0.062, 0.076]), 1e-5, 360.0, 310.0,
)  # fmt: skip
P_WH = np.array([1e6, 2e6, 3e6])


def test_wells_settle_where_a_tubing_marched_the_other_way_says():
    # independent: from the wellhead down by Heun's rule with z by iteration, and false position on the flowing pressure
    found = operating_points(WELLS, P_WH)
    md = np.linspace(0.0, 2500.0, 201)
    for i in range(3):
        tubing = Tubing(WELLS.fluid, md, 0.96 * md, 310.0 + 0.02 * md, WELLS.diameter[i], 1e-5, WELLS.author)
        p_wf = tubing.bottomhole_pressure(found.q[i], P_WH[i], WELLS.f_w[i], WELLS.gor[i])
        assert composite_rate(p_wf, P_R[i], 15e6, 4e-10) == pytest.approx(found.q[i], rel=2e-3)


def test_rates_are_the_highest_stable_ones_of_a_full_scan():
    found = operating_points(WELLS, P_WH)
    scanned = operating_point(lambda q: wellhead_pressure(WELLS, q) - P_WH, WELLS.q_max)
    assert found.outcome.tolist() == [Outcome.FLOWING] * 3
    assert found.q == pytest.approx(scanned.q, rel=1e-4)


def test_finer_cells_move_rates_by_a_thousandth_at_most():
    found = operating_points(WELLS, P_WH)
    fine = refine(lambda q: wellhead_pressure(WELLS, q, 16 * CELLS), found, P_WH, WELLS.q_max)
    assert found.q == pytest.approx(fine.q, rel=1e-3)


def test_wells_together_are_as_each_alone():
    together = operating_points(WELLS, P_WH).q
    for i in range(3):
        one = replace(WELLS, f_w=WELLS.f_w[i], gor=WELLS.gor[i], p_r=P_R[i : i + 1], diameter=WELLS.diameter[i])
        assert operating_points(one, P_WH[i]).q == pytest.approx(together[i : i + 1], rel=1e-4)


def test_a_drowned_well_is_dead():
    # a column of water outweighs the reservoir
    drowned = replace(WELLS, f_w=0.98, gor=20.0, p_r=np.full(3, 18e6))
    assert operating_points(drowned, P_WH).outcome.tolist() == [Outcome.DEAD] * 3


def test_more_pressure_at_the_wellhead_takes_rate():
    assert np.all(operating_points(WELLS, 1.2 * P_WH).q < operating_points(WELLS, P_WH).q)
