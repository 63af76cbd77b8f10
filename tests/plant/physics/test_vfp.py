import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import ConfigError, OutOfRange
from plant.physics.nodal import Outcome, operating_point
from plant.physics.vfp import bottomhole_pressure, lift_table
from plant.physics.vfp_file import read_vfpprod, write_vfpprod
from plant.unit import UNITS

AXES = ([1e-3, 3e-3, 8e-3], [1e6, 2e6], [0.0, 0.5, 0.9], [20.0, 200.0], [0.0, 0.5])


def multilinear(q, p, w, r, a):
    return 5e6 + p * (1 + 0.2 * w) + 1e9 * q * (1 + w) - 1e3 * r * (1 - w) - 1e6 * a


@pytest.fixture(name="table")
def built_table():
    return lift_table(7, 2438.4, AXES, multilinear, lift="GRAT")


# A deck in another hand: lower-case comment, repeats, defaults, a record over lines, records out of order.
FOREIGN = """
-- lift curves
VFPPROD
 5 7000.0 LIQ WCT GOR 1* ' ' FIELD 1* /  rest of the header is default
 100 500 2500 /
 200 400 / -- psia
 0 /
 1.0 /
 0 /
 2 1 1 1 1200.5 1300
   1500D0 /
 1 1 1 1 3*1000.0 /
"""


@pytest.mark.parametrize("system", ["METRIC", "FIELD"])
def test_a_table_written_and_read_back_is_the_same(table, system):
    (again,) = read_vfpprod(write_vfpprod(table, system))
    assert (again.number, again.rate, again.water, again.gas, again.lift) == (7, "LIQ", "WCT", "GOR", "GRAT")
    assert again.depth == pytest.approx(2438.4)
    for axis in ("flo", "thp", "wfr", "gfr", "alq", "bhp"):
        assert getattr(again, axis) == pytest.approx(getattr(table, axis), rel=1e-10)


@pytest.mark.parametrize(
    "names",
    [
        {"rate": "GAS", "water": "WGR", "gas": "OGR"},
        {"rate": "OIL", "water": "WOR", "gas": "GLR", "lift": "IGLR"},
        {"lift": "PUMP"},
    ],
)
def test_every_kind_of_axis_survives_the_field_units(names):
    table = lift_table(1, 1000.0, AXES, multilinear, **names)
    (again,) = read_vfpprod(write_vfpprod(table, "FIELD"))
    for axis in ("flo", "wfr", "gfr", "alq"):
        assert getattr(again, axis) == pytest.approx(getattr(table, axis), rel=1e-10)


def test_a_table_in_another_hand_is_read():
    # Eclipse's rules for records: comments, n* repeats and defaults, what follows the slash is not read
    (table,) = read_vfpprod(FOREIGN)
    psi, bpd = UNITS["psi"].scale, UNITS["bpd"].scale
    assert table.depth == pytest.approx(7000 * 0.3048)
    assert table.flo == pytest.approx(np.array([100, 500, 2500]) * bpd)
    assert table.gfr == pytest.approx([1000 * UNITS["scf_stb"].scale])
    assert table.bhp[:, 0, 0, 0, 0] == pytest.approx([1000 * psi] * 3)
    assert table.bhp[:, 1, 0, 0, 0] == pytest.approx(np.array([1200.5, 1300, 1500]) * psi)


@given(*(st.floats(0.5 * axis[0], 1.5 * axis[-1]) for axis in AXES))
def test_interpolation_is_exact_for_what_is_straight_along_each_axis(q, p, w, r, a):
    # invariant of multilinear interpolation, and of continuing the last piece beyond the axes
    table = lift_table(7, 2438.4, AXES, multilinear)
    assert float(bottomhole_pressure(table, q, p, w, r, a)) == pytest.approx(multilinear(q, p, w, r, a), rel=1e-9)


def test_interpolation_agrees_with_scipy(table):
    from scipy.interpolate import RegularGridInterpolator

    rng = np.random.default_rng(1)
    points = [rng.uniform(axis[0], axis[-1], 50) for axis in AXES]
    bhp = table.bhp + rng.uniform(0, 1e6, table.bhp.shape)
    bent = lift_table(1, 0.0, AXES, lambda *_: bhp)
    independent = RegularGridInterpolator(AXES, bhp)(np.transpose(points))
    assert bottomhole_pressure(bent, *points) == pytest.approx(independent)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("100 500 2500 /", "100 500 500 /", "must be finite and rise"),
        ("LIQ WCT", "LIQ XXX", "must be one of WOR, WCT, WGR"),
        ("FIELD", "LAB", "must be METRIC or FIELD"),
        ("1 1 1 1 3*1000.0", "3 1 1 1 3*1000.0", "four indices within"),
        ("3*1000.0", "2*1000.0", "3 values"),
        ("1 1 1 1 3*1000.0 /", "", "before the table ends"),
        ("1 1 1 1 3*", "2 1 1 1 3*", "must be finite"),
        ("1200.5", "12OO.5", "must be numbers"),
    ],
)
def test_a_wrong_table_is_refused_with_the_rule_it_breaks(old, new, rule):
    assert old in FOREIGN
    with pytest.raises(ConfigError, match=rule):
        read_vfpprod(FOREIGN.replace(old, new))


def test_all_wrong_tables_of_a_deck_are_told_at_once():
    with pytest.raises(ConfigError) as refused:
        read_vfpprod(FOREIGN.replace("FIELD", "LAB") + FOREIGN + FOREIGN.replace("LIQ", "LIK"))
    assert [mistake.key for mistake in refused.value.mistakes] == ["table 1: system", "table 3: rate"]


def test_a_deck_without_a_table_is_refused():
    with pytest.raises(ConfigError, match="VFPPROD"):
        read_vfpprod("")


def test_a_table_whose_axis_does_not_rise_is_refused():
    with pytest.raises(OutOfRange, match="rise"):
        lift_table(1, 0.0, ([2.0, 1.0], [1.0], [0.0], [0.0], [0.0]), multilinear)


def test_wells_settle_on_their_lift_table_as_on_the_traverse_it_was_made_of():
    # the table is dense where wells run, so its chords leave the curve by less than the tolerance
    def traverse(q, p_wh, *_):
        return p_wh + 9e6 + 2e10 * q**2 - 1e8 * q

    table = lift_table(1, 2000.0, (np.linspace(0.0, 0.02, 201), [1e6, 3e6], [0.0], [50.0], [0.0]), traverse)
    p_r, p_wh, J = np.array([1.4e7, 1.8e7, 1.1e7]), np.array([1e6, 1.5e6, 2.5e6]), 1e-9
    ways = (lambda q: bottomhole_pressure(table, q, p_wh, 0.0, 50.0), lambda q: traverse(q, p_wh))
    points = [operating_point(lambda q, way=way: p_r - q / J - way(q), p_r * J) for way in ways]
    assert points[0].q == pytest.approx(points[1].q, rel=1e-4)
    assert points[0].outcome.tolist() == [Outcome.FLOWING, Outcome.FLOWING, Outcome.DEAD]
