import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.insulation import ageing_rate, insulation_resistance, leakage_current, parallel_resistance

SHARE = st.floats(0.0, 1.0)
RESISTANCE = st.floats(0.0, 1e12)


@given(st.floats(280.0, 450.0), SHARE, SHARE)
def test_resistance_halves_with_ten_kelvin_whatever_else_wears_it(T, water, age):
    # IEEE 43
    warmer = insulation_resistance(1e9, T + 10.0, water, age)
    assert warmer == pytest.approx(0.5 * insulation_resistance(1e9, T, water, age))


def test_water_takes_a_motor_from_megohms_to_kilohms_and_leakage_the_other_way():
    # fault signatures 23 and 24
    dry, flooded = (insulation_resistance(1e9, 393.15, water) for water in (0.0, 1.0))
    assert dry > 1e6
    assert flooded < 1e4
    assert leakage_current(1500.0, flooded) > 1e3 * leakage_current(1500.0, dry)


@given(RESISTANCE, RESISTANCE)
def test_two_parts_together_insulate_no_better_than_either(one, other):
    together = parallel_resistance(one, other)
    assert 0.0 <= together <= min(one, other) * (1.0 + 1e-9)


@given(st.floats(1.0, 1e12))
def test_equal_parts_share_evenly(resistance):
    assert parallel_resistance(resistance, resistance, resistance) == pytest.approx(resistance / 3.0)


def test_a_fault_to_ground_is_limited_by_what_grounds_it():
    assert float(leakage_current(1732.05, 0.0, 100.0)) == pytest.approx(10.0, rel=1e-4)


def test_life_at_the_rated_temperature_is_the_rated_life():
    assert float(ageing_rate(453.15, 453.15, 1e8)) * 1e8 == pytest.approx(1.0)


def test_shares_beyond_the_whole_are_refused():
    with pytest.raises(OutOfRange, match=r"water = 1\.5"):
        insulation_resistance(1e9, 350.0, 1.5)
    with pytest.raises(OutOfRange, match=r"resistance = -1\.0"):
        parallel_resistance(1e6, -1.0)
