import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.vibration import (
    API_11S8,
    hydraulic_velocity,
    imbalance_velocity,
    line_velocity,
    overall_velocity,
    worn_critical_speed,
)


@given(st.floats(1.0, 60.0), st.floats(1e-7, 1e-4), st.floats(30.0, 200.0))
def test_imbalance_shakes_in_proportion_to_itself_and_alike_in_either_direction(speed, eccentricity, critical):
    once = imbalance_velocity(speed, eccentricity, critical)
    assert imbalance_velocity(-speed, 2.0 * eccentricity, critical) == pytest.approx(2.0 * once)


def test_a_rotor_is_amplified_at_its_critical_speed_and_turns_about_its_centre_of_mass_far_above():
    # Jeffcott: gain 1/(2 zeta) at resonance, and 1 beyond
    at, beyond = (imbalance_velocity(n, 1e-5, 50.0, 0.1) / (2 * np.pi * n * 1e-5 / np.sqrt(2)) for n in (50.0, 5000.0))
    assert at == pytest.approx(5.0)
    assert beyond == pytest.approx(1.0, rel=1e-3)


def test_worn_bearings_shake_more_at_the_speeds_a_pump_runs():
    # fault signature 25: the critical speed comes down towards the running speed
    wear = np.linspace(0.0, 1.0, 20)
    assert np.all(np.diff(imbalance_velocity(50.0, 5e-6, worn_critical_speed(100.0, wear))) > 0.0)


@given(st.floats(0.0, 1.0), st.floats(-1.0, 1.0))
def test_gas_and_thrust_of_either_sign_add_to_a_quiet_pump(gas, thrust):
    shaken = hydraulic_velocity(1.0, gas, thrust)
    assert shaken >= hydraulic_velocity(1.0)
    assert shaken == pytest.approx(hydraulic_velocity(1.0, gas, -thrust))


def test_a_standing_pump_is_still_even_full_of_gas():
    assert hydraulic_velocity(0.0, 0.5, 1.0) == 0.0


def test_a_healthy_pump_keeps_the_standards_limit_and_a_gassy_one_does_not():
    # API RP 11S8: 0.156 in/s peak
    healthy = overall_velocity(imbalance_velocity(50.0, 5e-6, 100.0), hydraulic_velocity(1.0), line_velocity(0.02))
    assert healthy < API_11S8
    assert overall_velocity(healthy, hydraulic_velocity(1.0, 0.4)) > API_11S8


def test_what_has_no_meaning_is_refused():
    with pytest.raises(OutOfRange, match=r"critical = 0\.0"):
        imbalance_velocity(50.0, 1e-6, 0.0)
    with pytest.raises(OutOfRange, match=r"gas = 1\.5"):
        hydraulic_velocity(1.0, 1.5)
    with pytest.raises(OutOfRange, match=r"wear = -0\.1"):
        worn_critical_speed(100.0, -0.1)
