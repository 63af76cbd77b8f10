import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.evidence.case.cable import FLAT, LAYERS, R_20
from plant.physics.cable import (
    cable_loss,
    core_resistance,
    core_temperature,
    round_surface_resistance,
    voltage_drop,
)


@given(st.floats(280.0, 420.0), st.floats(0.0, 80.0))
def test_the_cores_temperature_balances_their_loss(T_around, current):
    T = core_temperature(T_around, current, R_20, FLAT)
    loss = cable_loss(current, core_resistance(R_20, T), 1.0)
    assert T - T_around == pytest.approx(loss * FLAT, abs=1e-8)


@given(st.floats(0.0, 100.0), st.floats(0.0, 1.0))
def test_drop_goes_with_current_and_never_exceeds_that_across_the_impedance(current, power_factor):
    drop = voltage_drop(current, R_20, 2000.0, power_factor)
    assert 0.0 <= drop <= np.sqrt(3.0) * current * 2000.0 * np.hypot(R_20, 1.2e-4) + 1e-9
    assert voltage_drop(2.0 * current, R_20, 2000.0, power_factor) == pytest.approx(2.0 * drop)


def test_drop_at_unit_power_factor_accounts_for_the_whole_loss():
    # closed form: sqrt(3) dU I = 3 I² r L
    drop = voltage_drop(40.0, R_20, 1500.0, 1.0)
    assert np.sqrt(3.0) * drop * 40.0 == pytest.approx(cable_loss(40.0, R_20, 1500.0))


def test_a_round_cable_in_the_same_well_runs_about_as_hot():
    round_cable = LAYERS + round_surface_resistance(0.030, 0.12)
    flat, whole = (core_temperature(393.15, 30.0, R_20, s) for s in (FLAT, round_cable))
    assert flat == pytest.approx(whole, abs=1.0)


def test_a_current_that_no_temperature_can_balance_is_refused():
    with pytest.raises(OutOfRange, match=r"current = 300\.0: heats the cable without end"):
        core_temperature(393.15, [30.0, 300.0], R_20, FLAT)
