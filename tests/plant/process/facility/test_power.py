import numpy as np
import pytest

from plant.physics.generator import droop_frequency
from plant.process.facility.power import DROOP, Power

LOADS = np.array([60e3, 60e3, 110e3, 50e3])
ON, RESET = np.array([True, True]), np.array([False, False])


@pytest.fixture
def power(island):
    bus = Power(island.generators)
    bus.start(LOADS)
    return bus


def run(power, seconds, loads=LOADS, reset=RESET):
    """Loads that are shed take nothing."""
    for _ in range(round(seconds / 0.2)):
        power.step(0.2, loads * (1.0 - power.shed), ON, reset)


def test_the_bus_settles_on_the_governors_droop(power):
    """The droop line is plant.physics.generator's; loads that fall with the frequency bend it a little."""
    run(power, 60.0)
    assert power.frequency[0] == pytest.approx(droop_frequency(LOADS.sum(), 4e5, 1.0, DROOP), abs=2e-3)
    assert power.given[0] == pytest.approx(power.given[1])


def test_loads_are_shed_until_the_machine_that_is_left_can_carry_the_rest(power):
    run(power, 10.0)
    power.parameters.trip[0] = 1.0
    run(power, 30.0)
    assert power.shed[0] == 1.0
    assert power.shed[-1] == 0.0
    assert power.frequency[0] > 0.975
    assert power.given[0] == 0.0


def test_without_shedding_an_overloaded_bus_goes_dark(power):
    power.parameters.shedding[:] = 0.0
    power.parameters.trip[0] = 1.0
    run(power, 60.0, loads=2.0 * LOADS)
    assert power.supply == 0.0


def test_an_overloaded_machine_loses_voltage_and_frequency(power):
    power.parameters.shedding[:] = 0.0
    run(power, 10.0)
    power.parameters.derate[:] = 0.45
    run(power, 1.0)
    assert power.frequency[0] < 0.99
    assert power.voltage[0] < 1.0


def test_a_frozen_governor_lets_the_frequency_run(power):
    run(power, 10.0)
    before = power.frequency[0]
    power.parameters.governor[:] = power.parameters.shedding[:] = 0.0
    run(power, 5.0, loads=1.1 * LOADS)
    assert power.frequency[0] < before - 0.01


def test_a_reset_brings_machines_and_loads_back(power):
    power.parameters.trip[0] = 1.0
    run(power, 30.0)
    power.parameters.trip[0] = 0.0
    run(power, 0.2, reset=np.array([True, True]))
    run(power, 60.0)
    assert np.all(power.shed == 0.0)
    assert power.frequency[0] == pytest.approx(droop_frequency(LOADS.sum(), 4e5, 1.0, DROOP), abs=2e-3)


def test_anothers_grid_sags_only_where_it_is_told_to(field):
    grid = Power(field.generators)
    grid.step(1.0, LOADS, ON[:0], RESET[:0])
    assert grid.supply == 1.0
    grid.parameters.sag[:] = 0.3
    grid.step(1.0, LOADS, ON[:0], RESET[:0])
    assert grid.voltage[0] == pytest.approx(0.7)


def test_fuel_is_burnt_by_willans_line(power):
    run(power, 10.0)
    assert np.all(power.fuel_rate > 0.2 * 2e5 / 0.3 / 38e6)
