import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.esp.separation import (
    alhanati_separation,
    marquez_separation,
    rise_velocity,
    rotary_separation,
    total_separation,
)

VELOCITY = st.floats(0.0, 5.0)
RATE = st.floats(0.0, 0.05)
SHARE = st.floats(0.0, 1.0)


def test_air_rises_in_water_at_a_quarter_of_a_metre_a_second():
    # Harmathy's measured bubbles: 24 to 26 cm/s
    assert float(rise_velocity(998.0, 1.2, 0.0728)) == pytest.approx(0.25, rel=0.03)


@given(VELOCITY, VELOCITY, st.floats(0.05, 0.5))
def test_natural_separation_falls_with_the_liquids_velocity(one, other, v_inf):
    slow, fast = sorted((one, other))
    for model in (marquez_separation, alhanati_separation):
        assert 0.0 <= model(fast, v_inf) <= model(slow, v_inf) + 1e-12 <= 1.0 + 1e-12


def test_marquez_depends_on_the_ratio_of_velocities_alone():
    assert marquez_separation(2.0, 1.0) == pytest.approx(marquez_separation(0.2, 0.1))


@given(RATE, st.floats(0.0, 70.0), st.floats(0.01, 0.4))
def test_a_rotary_separator_gains_with_speed_and_loses_with_rate(q, speed, still):
    share = rotary_separation(q, speed, still)
    assert 0.0 <= share <= 0.95
    assert share <= rotary_separation(q, speed + 5.0, still)
    assert share >= rotary_separation(q + 1e-3, speed, still)


@given(SHARE, SHARE)
def test_two_separators_take_out_more_than_either_and_never_all_twice(natural, rotary):
    total = total_separation(natural, rotary)
    assert max(natural, rotary) - 1e-12 <= total <= 1.0 + 1e-12


def test_what_has_no_meaning_is_refused():
    with pytest.raises(OutOfRange, match=r"v_inf = 0\.0"):
        marquez_separation(1.0, 0.0)
    with pytest.raises(OutOfRange, match=r"rho_g = 1100\.0"):
        rise_velocity(1000.0, 1100.0, 0.03)
    with pytest.raises(OutOfRange, match=r"q = -1\.0"):
        rotary_separation(-1.0, 50.0, 0.2)
