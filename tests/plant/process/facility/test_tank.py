import numpy as np
import pytest

from plant.process.facility.tank import Tanks


def oil(rate):
    return np.array([rate, 0.0, 0.0])


def water(rate):
    return np.array([0.0, rate, 0.0])


def test_a_tank_fills_until_its_pump_starts_and_empties_until_it_stops(field):
    tanks, levels = Tanks(field.tanks), []
    for _ in range(3000):
        tanks.step(60.0, oil(5e-3), water(1e-2))
        levels.append(tanks.levels)
    levels = np.array(levels)
    starts, stops = ([getattr(tank, name) for tank in field.tanks] for name in ("pump_start", "pump_stop"))
    assert levels.max(axis=0) == pytest.approx(starts, abs=0.01)
    assert levels.min(axis=0) == pytest.approx(stops, abs=0.02)
    assert np.all(tanks.spilled == 0.0)


def test_oil_goes_to_the_oil_tank_and_water_to_the_water_tank(field):
    tanks = Tanks(field.tanks)
    before = tanks.levels
    tanks.step(100.0, oil(5e-3), water(0.0))
    assert [gain > 0.0 for gain in tanks.levels - before] == [tank.content == "oil" for tank in field.tanks]


def test_what_a_full_tank_cannot_hold_is_counted_as_spilled(field):
    tanks = Tanks(field.tanks)
    for _ in range(100):
        tanks.step(60.0, oil(1.0), water(1.0))
    assert np.all(tanks.levels <= 1.0 + 1e-12)
    assert np.all(tanks.spilled.sum(axis=0) > 0.0)


def test_gas_that_blows_by_leaves_at_the_vent(field):
    tanks = Tanks(field.tanks)
    tanks.step(10.0, np.array([0.0, 0.0, 0.5]), water(0.0))
    assert tanks.vented[2].sum() == pytest.approx(5.0)


def test_a_holed_tank_loses_what_it_holds_faster_the_fuller_it_is(field):
    """Torricelli."""
    tanks, lost = Tanks(field.tanks), []
    tanks.parameters.leak_area[:] = 5e-3
    for _ in range(2):
        before = tanks.spilled.sum()
        tanks.step(600.0, oil(0.0), water(0.0))
        lost.append(tanks.spilled.sum() - before)
    assert lost[0] > lost[1] > 0.0


def test_a_tank_whose_pump_has_no_power_runs_over(field):
    tanks = Tanks(field.tanks)
    for _ in range(2000):
        tanks.step(60.0, oil(5e-3), water(1e-2), supply=0.0)
    assert tanks.shipped.sum() == 0.0
    assert tanks.spilled.sum() > 0.0
