from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from plant.asset.field_file import load_field
from plant.process.facility.flowline import flowline_parameters
from plant.process.facility.station import VALVES, Station


class Trial:
    """A station fed with steady streams, its separator held by simple controllers, and its books kept."""

    def __init__(self, field, dt=0.5):
        self.field, self.dt = field, dt
        lines = flowline_parameters(field)
        self.station = Station(field, lines)
        water = lines.water_cut * lines.rate
        self.arriving = np.stack((lines.rate - water, water, lines.gas_rate))
        self.T = lines.temperature.copy()
        self.load = np.full(len(field.wells), 55e3)
        self.station.settle(self.arriving, self.T, self.load)
        self.inputs = self.station.inputs()
        self.taken_water = 0.0
        self.came = np.zeros(3)
        self.started = self.station.inventory() + self.station.crossed()
        self.bias = self.station.separator.openings[:, 0].copy()
        self.held = True  # by the controllers

    def control(self):
        vessel, field = self.station.separator, self.field
        errors = (
            4.0 * (vessel.levels[0, 0] - 0.5),
            4.0 * (vessel.levels[1, 0] - 0.5),
            4e-6 * (vessel.pressure[0] - field.separator.pressure),
        )
        for k, (name, error) in enumerate(zip(VALVES, errors, strict=True)):
            self.bias[k] = np.clip(self.bias[k] + error * self.dt / 200.0, 0.0, 1.0)
            self.inputs[f"Separator.{name}"][:] = np.clip(self.bias[k] + error, 0.0, 1.0)

    def run(self, seconds, watch=None):
        """Let time pass; returns what ``watch`` of the station gave each step, as an array."""
        seen = []
        for _ in range(round(seconds / self.dt)):
            if self.held:
                self.control()
            self.station.step(self.dt, self.arriving, self.T, self.inputs, self.load, self.taken_water)
            self.came += self.arriving.sum(axis=1) * self.dt
            if watch is not None:
                seen.append(watch(self.station))
        return np.array(seen)

    def closure(self):
        """What is missing of each of oil, water and gas, over what came."""
        now = self.station.inventory() + self.station.crossed()
        return np.abs(now - self.started - self.came) / self.came


@pytest.fixture(scope="session")
def island():
    """The invented field with every facility."""
    return load_field(Path(__file__).with_name("station.toml"))


@pytest.fixture
def plain(field):
    """The demo field's station: no facility but the usual."""
    return Trial(field)


@pytest.fixture
def trial(island):
    """A station with every facility; its riser has gas enough not to slug."""
    return Trial(island)


@pytest.fixture
def lone(island):
    """The same without heater, with one compressor that takes all the gas, and the grid of another."""
    machine = replace(island.compressors[0], rate=2.2 * island.compressors[0].rate, rated_power=60e3)
    return Trial(replace(island, compressors=(machine,), generators=(), heaters=()))
