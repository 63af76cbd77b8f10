"""All facilities together: nothing is lost, nothing breaks, and all of it can be put back."""

import copy

import numpy as np
import pytest

from plant.process.facility.signal import station_signals


def test_twenty_minutes_with_trips_lose_nothing(trial):
    """Trips of compressors, generator, heater and wells, a hole in a line and a dry vessel: closure to rounding."""
    station, trial.dt, trial.held = trial.station, 1.0, False

    def valve(name, opening):
        trial.inputs[f"Separator.{name}"][:] = opening

    story = (
        lambda: station.compressors.parameters.trip.__setitem__(0, 1.0),
        lambda: station.compressors.parameters.trip.__setitem__(1, 1.0),
        lambda: station.gathering.parameters.leak_area.__setitem__(0, 5e-4),
        lambda: station.power.parameters.trip.__setitem__(0, 1.0),
        lambda: valve("WaterValve", 1.0),
        lambda: (station.compressors.parameters.trip.fill(0.0), trial.inputs["Compressor.Reset"].fill(True)),
        lambda: station.separator.oil_valve.parameters.stop_high.fill(0.0),
        lambda: station.heaters.parameters.burner.fill(0.0),
        lambda: trial.arriving.fill(0.0),
        lambda: station.tanks.parameters.leak_area.fill(1e-3),
        lambda: station.gathering.parameters.plug.fill(1.0),
        lambda: station.power.parameters.trip.fill(1.0),
    )
    for event in story:
        trial.run(100.0)
        event()
    assert trial.closure() == pytest.approx(0.0, abs=1e-9)
    assert all(np.isfinite(array).all() for array in station.state.values())
    assert all(np.isfinite(values).all() for values in station_signals(station).values())
    assert station.inventory().min() >= 0.0


def test_state_restored_is_state_continued(trial):
    trial.run(60.0)
    kept = {name: array.copy() for name, array in trial.station.state.items()}
    inputs, bias = copy.deepcopy(trial.inputs), trial.bias.copy()
    trial.run(60.0)
    first = {name: array.copy() for name, array in trial.station.state.items()}
    for name, array in trial.station.state.items():
        array[...] = kept[name]
    trial.inputs, trial.bias = inputs, bias
    trial.run(60.0)
    assert all(np.array_equal(first[name], array) for name, array in trial.station.state.items())


def test_a_clone_runs_ahead_without_moving_the_original(trial):
    trial.run(10.0)
    clone = copy.deepcopy(trial)
    before = {name: array.copy() for name, array in trial.station.state.items()}
    clone.run(30.0)
    assert all(np.array_equal(before[name], array) for name, array in trial.station.state.items())
    assert not np.array_equal(clone.station.separator.gas, trial.station.separator.gas)


@pytest.mark.parametrize("dt", [0.05, 1.0])
def test_step_size_does_not_matter(trial, dt):
    """After a step of the inflow, from a plant at rest: at a start the anti-surge control sees what it samples."""
    trial.run(300.0)
    trial.arriving *= 1.1
    reference = copy.deepcopy(trial)
    trial.dt, reference.dt = dt, 0.2
    trial.run(120.0)
    reference.run(120.0)
    vessel, other = trial.station.separator, reference.station.separator
    assert vessel.pressure[0] == pytest.approx(other.pressure[0], rel=2e-3)
    assert vessel.levels == pytest.approx(other.levels, abs=2e-3)
    machines, others = trial.station.compressors, reference.station.compressors
    assert machines.drum.pressure == pytest.approx(others.drum.pressure, rel=1e-2)
    assert trial.station.power.frequency[0] == pytest.approx(reference.station.power.frequency[0], abs=1e-3)


def test_shed_wells_get_no_supply(trial):
    trial.load[:] = 100e3
    trial.station.power.parameters.trip[0] = 1.0
    trial.run(10.0)
    assert np.any(trial.station.well_supply == 0.0)


def test_fuel_comes_out_of_the_gas(trial):
    trial.run(120.0)
    assert trial.station.gas.fuel[2] > 0.0
    assert np.all(trial.closure() < 1e-9)


def test_injected_water_comes_out_of_the_tank(trial):
    trial.taken_water = 1e-3
    trial.run(120.0)
    assert trial.station.border.taken_water[0] == pytest.approx(1e-3)
    assert trial.station.injection.injected[1] == pytest.approx(0.12, rel=1e-3)
    assert np.all(trial.closure() < 1e-9)
