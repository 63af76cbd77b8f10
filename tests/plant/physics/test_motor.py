import numpy as np
import pytest

from plant.asset.field_file import load_field
from plant.physics.motor import electrical_power, fit_losses, line_current

WELLS = load_field("shengli12").wells


@pytest.mark.parametrize("well", WELLS, ids=[well.code for well in WELLS])
def test_fitted_losses_give_back_the_tested_efficiency_and_apparent_power(well):
    # grade M: factory tests; four numbers stand for twenty
    pump = well.pump
    power = np.array(pump.shaft_power)
    losses = fit_losses(power, pump.motor_efficiency, pump.power_factor)
    active, reactive = electrical_power(power, 1.0, losses)
    assert power / active == pytest.approx(pump.motor_efficiency, rel=0.02)
    apparent = power / np.array(pump.motor_efficiency) / np.array(pump.power_factor)
    assert np.hypot(active, reactive) == pytest.approx(apparent, rel=0.04)


def test_current_never_falls_below_the_magnetising_current():
    losses = fit_losses(WELLS[0].pump.shaft_power, WELLS[0].pump.motor_efficiency, WELLS[0].pump.power_factor)
    currents = [line_current(*electrical_power(power, 1.0, losses), 2000.0) for power in np.linspace(0.0, 1e5, 20)]
    assert np.all(np.diff(currents) > 0.0)
    assert currents[0] >= losses.reactive / (np.sqrt(3.0) * 2000.0)


def test_current_at_constant_torque_is_the_same_at_every_frequency():
    # constant volts per hertz: only the loss in iron and windage moves it, by a few per cent
    losses = fit_losses(WELLS[0].pump.shaft_power, WELLS[0].pump.motor_efficiency, WELLS[0].pump.power_factor)
    currents = [line_current(*electrical_power(6e4 * nu, nu, losses), 2000.0 * nu) for nu in (0.6, 0.8, 1.0)]
    assert np.ptp(currents) < 0.05 * max(currents)
