import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.circuit import breakdown_slip, nameplate_circuit, nameplate_resistances, running, slip_at

VOLTAGE = 1000.0 / np.sqrt(3.0)
MOTOR = nameplate_circuit(32e3, VOLTAGE, 0.05, 0.835, 0.84)


def test_at_rated_slip_the_circuit_gives_the_nameplate_back():
    rated = running(0.05, VOLTAGE, 1.0, MOTOR)
    assert rated.shaft_power == pytest.approx(32e3)
    assert rated.shaft_power / rated.active == pytest.approx(0.835)
    assert rated.active / np.hypot(rated.active, rated.reactive) == pytest.approx(0.84)
    assert rated.current == pytest.approx(32e3 / 0.835 / 0.84 / np.sqrt(3.0) / 1000.0)


def test_breakdown_torque_is_the_nameplates_multiple_of_rated():
    rated, most = (running(slip, VOLTAGE, 1.0, MOTOR) for slip in (0.05, breakdown_slip(1.0, MOTOR)))
    torque = most.shaft_power / (1.0 - breakdown_slip(1.0, MOTOR)) / (rated.shaft_power / 0.95)
    assert torque == pytest.approx(3.0, rel=0.01)


def test_a_locked_rotor_takes_four_to_six_times_its_rated_current_and_gives_nothing():
    # fault signature 13
    locked, rated = running(1.0, VOLTAGE, 1.0, MOTOR), running(0.05, VOLTAGE, 1.0, MOTOR)
    assert 4.0 < locked.current / rated.current < 6.0
    assert locked.shaft_power == 0.0


@given(st.floats(0.0, 60e3), st.floats(0.5, 1.2))
def test_the_slip_of_a_power_gives_that_power(power, nu):
    slip = slip_at(power * nu, VOLTAGE * nu, nu, MOTOR)
    if slip < 1.0:
        assert running(slip, VOLTAGE * nu, nu, MOTOR).shaft_power == pytest.approx(power * nu, rel=1e-4, abs=2.0)
        assert slip <= breakdown_slip(nu, MOTOR)


@given(st.floats(1e-4, 1.0), st.floats(0.1, 1.2), st.floats(100.0, 700.0))
def test_no_more_comes_out_of_the_shaft_than_goes_in(slip, nu, voltage):
    state = running(slip, voltage, nu, MOTOR)
    assert state.shaft_power < state.active
    assert all(np.isfinite(value) for value in state)


def test_falling_voltage_at_constant_power_raises_current_until_the_motor_stalls():
    # fault signature 21
    voltage = np.linspace(1.0, 0.4, 61) * VOLTAGE
    slip = slip_at(32e3, voltage, 1.0, MOTOR)
    current = running(slip, voltage, 1.0, MOTOR).current
    assert np.all(np.diff(slip) >= 0.0)
    assert slip[-1] == 1.0
    assert current[20] > current[0]


def test_a_nameplate_that_contradicts_itself_is_refused():
    with pytest.raises(OutOfRange, match="leaves no loss for the stator"):
        nameplate_resistances(32e3, VOLTAGE, 0.15, 0.95)
    with pytest.raises(OutOfRange, match="friction"):
        nameplate_circuit(32e3, VOLTAGE, 0.05, 0.835, 0.84, friction=1.13)
    with pytest.raises(OutOfRange, match=r"slip = 0\.0"):
        running(0.0, VOLTAGE, 1.0, MOTOR)
