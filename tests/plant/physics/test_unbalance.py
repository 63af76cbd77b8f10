import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.unbalance import (
    TURN,
    copper_heat,
    current_unbalance,
    mean_unbalance,
    nema_derating,
    phase_currents,
    sequence_components,
)

MAGNITUDE = st.floats(0.1, 100.0)


def test_unbalance_of_the_standards_example():
    # grade T: NEMA MG 1, 14.36: 460, 467 and 450 V have a mean of 459, and 9 V is 1.96 % of it
    assert float(mean_unbalance(460.0, 467.0, 450.0)) == pytest.approx(0.0196, abs=5e-5)


@given(st.complex_numbers(max_magnitude=100.0), st.complex_numbers(max_magnitude=100.0))
def test_sequences_put_together_are_taken_apart_again(positive, negative):
    phases = [positive * TURN ** (-k) + negative * TURN**k for k in range(3)]
    ours = sequence_components(*phases)
    assert ours[0] == pytest.approx(positive, abs=1e-9)
    assert ours[1] == pytest.approx(negative, abs=1e-9)


def test_one_per_cent_of_voltage_makes_six_to_ten_of_current():
    # fault signature 20; NEMA MG 1
    for locked_rotor, load in ((6.0, 1.0), (6.0, 0.7), (6.5, 0.7)):
        assert 0.06 <= float(current_unbalance(0.01, locked_rotor, load)) <= 0.10


@given(MAGNITUDE, st.floats(0.0, 0.5), st.floats(0.0, 6.28))
def test_an_unbalance_spreads_the_currents_and_leaves_their_squares_sum(mean, unbalance, angle):
    currents = phase_currents(mean, unbalance, angle)
    assert np.sum(currents**2) == pytest.approx(3.0 * mean**2 * (1.0 + unbalance**2))
    assert np.ptp(currents) >= 0.0


def test_balanced_phases_stay_equal_and_cool():
    assert phase_currents(50.0, 0.0) == pytest.approx([50.0] * 3)
    assert float(copper_heat(0.0)) == 1.0


def test_derating_falls_with_unbalance_and_ends_where_a_motor_must_not_run():
    shares = nema_derating(np.linspace(0.0, 0.05, 30))
    assert np.all(np.diff(shares) <= 0.0)
    with pytest.raises(OutOfRange, match=r"voltage_unbalance = 0\.06"):
        nema_derating(0.06)
    with pytest.raises(OutOfRange, match=r"load = 0\.0"):
        current_unbalance(0.01, load=0.0)
