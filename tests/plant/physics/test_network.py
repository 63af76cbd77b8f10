import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import root

from plant.error import OutOfRange
from plant.physics.choke import choke_rate
from plant.physics.network import SEPARATOR, network_point
from plant.physics.nodal import operating_point
from plant.physics.productivity import productivity_rate

TREE = [SEPARATOR, 0, 0, 1, 1, SEPARATOR]


def wells(p):
    return choke_rate(6e6 - p, 1e-5)


def lines(q):
    return 4e8 * q * np.abs(q) * 100.0 + 1e7 * q


@given(st.integers(0, 2**32 - 1))
def test_every_line_of_any_tree_loses_what_its_flow_asks_for(seed):
    # invariants: what enters above a line flows through it, and pressure rises by each line's loss
    rng = np.random.default_rng(seed)
    parent = np.array([rng.integers(-1, i) if i else -1 for i in range(8)])
    strength = rng.uniform(0.1, 3.0, 8)
    point = network_point(lambda p: strength * wells(p), lines, parent, 1e6)
    assert point.converged
    entering = strength * wells(point.p)
    assert point.q[parent == SEPARATOR].sum() == pytest.approx(entering.sum())
    behind = np.where(parent == SEPARATOR, 1e6, point.p[parent])
    assert point.p - behind == pytest.approx(lines(point.q), abs=2.0)


def test_the_tree_agrees_with_a_general_solver():
    # independent: scipy's hybrid Powell method on the equations written out by hand
    def written_out(p):
        q = wells(p)
        through = np.array([q[:5].sum(), q[1] + q[3] + q[4], q[2], q[3], q[4], q[5]])
        behind = np.array([1e6, p[0], p[0], p[1], p[1], 1e6])
        return p - behind - lines(through)

    expected = root(written_out, np.full(6, 2e6), tol=1e-12).x
    assert network_point(wells, lines, TREE, 1e6).p == pytest.approx(expected, abs=2.0)


def test_a_stronger_well_holds_back_those_that_share_its_line_and_no_other():
    base = network_point(wells, lines, TREE, 1e6)
    more = network_point(lambda p: wells(p) * np.array([1, 1, 1, 2, 1, 1]), lines, TREE, 1e6)
    rates = wells(more.p) - wells(base.p)
    assert np.all(rates[[0, 1, 2, 4]] < 0.0)
    assert rates[5] == pytest.approx(0.0, abs=1e-9)


def test_a_field_without_a_steady_state_is_said_to_have_none():
    # all wells die at 1.2 MPa, and their line asks for more than that as long as they flow
    point = network_point(lambda p: np.where(p < 1.2e6, 0.05, 0.0), lines, [SEPARATOR], 1e6)
    assert not point.converged
    assert point.residual > 1e4


def test_wells_found_by_their_own_operating_points_settle_together():
    # 40 wells with straight inflow on four pads: the rate of each is both its own operating point and the network's
    rng = np.random.default_rng(3)
    pad = np.arange(40) % 4
    p_r, J = rng.uniform(1.6e7, 2e7, 40), rng.uniform(0.5e-9, 2e-9, 40)
    q_max = productivity_rate(0.0, p_r, J)

    def well_rates(p):
        def surplus(q):
            return p_r - q / J - 8e6 - 1e11 * q**2 - p[pad]

        return operating_point(surplus, q_max).q

    point = network_point(lambda p: np.bincount(pad, well_rates(p), 4), lines, np.full(4, SEPARATOR), 1e6)
    assert point.converged
    assert point.q == pytest.approx(np.bincount(pad, well_rates(point.p), 4))


@pytest.mark.parametrize(("parent", "rule"), [([1, 0], "circle"), ([2, SEPARATOR], "must be a node"), ([0], "circle")])
def test_lines_that_do_not_lead_to_the_separator_are_refused(parent, rule):
    with pytest.raises(OutOfRange, match=rule):
        network_point(wells, lines, parent, 1e6)


def test_wells_that_die_within_a_narrow_range_of_pressure_settle_inside_it():
    # full Newton steps leap from all flowing to all dead and back; their parts do not. Closed form at the midpoint
    def dying(p):
        return 0.05 / (1.0 + np.exp(np.clip((p - 2e6) / 5e4, -50.0, 50.0)))

    point = network_point(dying, lambda q: 4e7 * q, [SEPARATOR], 1e6)
    assert point.converged
    assert point.p == pytest.approx([2e6], abs=2.0)
