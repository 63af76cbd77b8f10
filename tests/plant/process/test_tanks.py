import numpy as np
import pytest

from plant.process.tanks import Tanks


def test_a_tank_fills_until_its_pump_starts_and_empties_until_it_stops(field):
    tanks, levels = Tanks(field.tanks), []
    for _ in range(3000):
        tanks.step(60.0, 5e-3, 1e-2)
        levels.append(tanks.levels)
    levels = np.array(levels)
    starts, stops = ([getattr(tank, name) for tank in field.tanks] for name in ("pump_start", "pump_stop"))
    assert levels.max(axis=0) == pytest.approx(starts, abs=0.01)
    assert levels.min(axis=0) == pytest.approx(stops, abs=0.02)
    assert np.all(tanks.spilled == 0.0)


def test_oil_goes_to_the_oil_tank_and_water_to_the_water_tank(field):
    tanks = Tanks(field.tanks)
    before = tanks.content.copy()
    tanks.step(100.0, 5e-3, 0.0)
    gained = tanks.content - before
    assert [gain > 0.0 for gain in gained] == [tank.content == "oil" for tank in field.tanks]


def test_what_a_full_tank_cannot_hold_is_counted_as_spilled(field):
    tanks = Tanks(field.tanks)
    for _ in range(100):
        tanks.step(60.0, 1.0, 1.0)
    assert np.all(tanks.levels <= 1.0)
    assert np.all(tanks.spilled > 0.0)
